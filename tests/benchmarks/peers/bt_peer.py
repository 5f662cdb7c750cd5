"""bt: the rotation. It trades at the close at which it decides."""

import bt
from common import panel, ranked, serve


def rotation(count):
    closes = panel(count)[1]

    def work():
        weights = ranked(closes).dropna(how="all")
        algos = [bt.algos.RunOnDate(*weights.index), bt.algos.WeighTarget(weights), bt.algos.Rebalance()]
        test = bt.Backtest(bt.Strategy("rotation", algos), closes, initial_capital=1e5, integer_positions=False,
                           commissions=lambda quantity, price: 0.0, progress_bar=False)  # fmt: skip
        result = bt.run(test)
        result.stats, result.get_transactions()
        return None, float(test.strategy.value)

    return work


serve(f"bt {bt.__version__}", {"rotation, this close": rotation})

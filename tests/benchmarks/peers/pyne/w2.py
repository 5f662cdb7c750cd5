"""@pyne

W2 for PyneCore.
"""

from pynecore.lib import close, script, strategy, ta


@script.strategy(
    "W2",
    initial_capital=1_000_000,
    default_qty_type=strategy.fixed,
    default_qty_value=1,
    commission_type=strategy.commission.percent,
    commission_value=0.1,
)
def main():
    e20 = ta.ema(close, 20)
    e50 = ta.ema(close, 50)
    strength = ta.rsi(close, 14)
    reach = ta.atr(14)
    if strategy.position_size == 0 and e20 > e50 and strength < 40:
        strategy.entry("long", strategy.long)
        strategy.exit("out", "long", stop=close - 2 * reach, limit=close + 3 * reach)

"""Stratagem inside another program: compile once, then backtest, look inside, sweep and go live.

python examples/embedding.py
"""

from __future__ import annotations

import stratagem as sg

STRATEGY = """
strategy "Trend with a stop"

param length = 100 in 20 to 200
param room   = 3.0 in 1.0 to 6.0

let trend = ema(close, length)
let above = close > trend

enter long when rising_edge(above)
  size 90%
  stop room * atr(14)
  because "closed above {trend}"

exit long when not above
"""


def main() -> None:
    try:
        program = sg.compile(STRATEGY)
    except sg.CompileError as fault:  # its diagnostics are values: code, message, place, fixes
        raise SystemExit("\n".join(diagnostic.message for diagnostic in fault.diagnostics)) from None
    print(program.explain())

    # A history: a path, sample:NAME, an Arrow table, a data frame, or arrays. Changing a parameter compiles nothing.
    data = sg.load_bars("sample:AAPL")
    result = program.backtest(data, params={"length": 150}, fee="0.1%", slippage="2bp")
    stats = result.stats
    print(f"{stats['trades']} trades, {stats['return']:+.1%}, drawdown {stats['max_drawdown']:.1%}")
    best = max(result.trades.to_pylist(), key=lambda trade: trade["return"])
    print(f"best: {best['entry_time']:%Y-%m-%d}, {best['entry_reason']}, {best['return']:+.1%}, {best['exit_reason']}")

    # Any let of the program is a series, one value a bar.
    print(f"above its trend on {result.series['above'].mean():.0%} of the days")

    # Every combination of a grid, in one native run.
    table = program.sweep(data, {"length": range(40, 201, 40), "room": [2, 4]}, metric="sharpe", fee="0.1%")
    top = max(table.to_pylist(), key=lambda row: row["sharpe"])
    print(f"{len(table)} combinations; the best Sharpe ratio is {top['sharpe']:.2f}, at {top['length']}, {top['room']}")

    # Live, the same program takes a bar at a time; it needs neither numba nor LLVM.
    session = program.session(timeframe="1d", params={"length": 150}, fee="0.1%", slippage="2bp")
    columns = (data.ts, data.open, data.high, data.low, data.close, data.volume)
    for bar in map(sg.Bar, *(column.tolist() for column in columns)):
        session.push(bar)
    print(f"live equals backtest: {session.equity == stats['final_equity']}")


if __name__ == "__main__":
    main()

"""A report of one's own from the tables of a result: a page in Markdown, with what this desk wants to read.

python examples/embedding/custom_report.py STRATEGY.strat DATA OUT.md
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow.compute as pc
import stratagem as sg

_BARS = " ▁▂▃▄▅▆▇█"


def headline(result: sg.Result) -> Iterator[str]:
    """What came of it, and whether to believe it."""
    stats = result.stats
    yield f"# {stats['strategy']} on {stats['symbol']}, {stats['from'][:10]} to {stats['to'][:10]}\n"
    yield (f"{stats['return']:+.1%} after costs, {stats['annual_return']:+.1%} a year, against "
           f"{stats['benchmark_return']:+.1%} of buying and holding. Deepest fall {stats['max_drawdown']:.1%}, "
           f"{stats['trades']} trades, invested {stats['exposure']:.0%} of the time.\n")  # fmt: skip
    for note in result.notes:
        yield f"> {note}\n"
    least, most = result.interval.figures["return"]
    yield f"Under any path inside the bars the return is from {least:+.1%} to {most:+.1%}.\n"


def years(result: sg.Result) -> Iterator[str]:
    """A row a year, from the daily table."""
    yield "## Years\n\n| year | result | trades |\n|---|---|---|"
    sums: dict[int, list[float]] = defaultdict(lambda: [0.0, 0])
    for row in result.daily.select(["day", "pnl", "trades"]).to_pylist():
        year = sums[row["day"].year]
        year[0] += row["pnl"]
        year[1] += row["trades"]
    yield from (f"| {year} | {pnl:+,.0f} | {count:.0f} |" for year, (pnl, count) in sorted(sums.items()))
    yield ""


def reasons(result: sg.Result) -> Iterator[str]:
    """Which ways out make money: a group by in Arrow."""
    yield "## Ways out\n\n| reason | trades | average | in all |\n|---|---|---|---|"
    grouped = result.trades.group_by("exit_reason").aggregate([("pnl", "count"), ("return", "mean"), ("pnl", "sum")])
    for row in grouped.sort_by([("pnl_sum", "descending")]).to_pylist():
        yield f"| {row['exit_reason']} | {row['pnl_count']} | {row['return_mean']:+.2%} | {row['pnl_sum']:+,.0f} |"
    yield ""


def worst(result: sg.Result) -> Iterator[str]:
    """The worst trade, and why it was entered."""
    if not len(result.trades):
        return
    found: dict[str, Any] = result.trades.sort_by("pnl").slice(0, 1).to_pylist()[0]
    span = f"{found['entry_time']:%Y-%m-%d} to {found['exit_time']:%Y-%m-%d}"
    yield f"## The worst trade\n\n{span}: {found['return']:+.1%}."
    yield f"\n```\n{result.why(trade=found['id']).text(width=100)}\n```\n"


def curve(result: sg.Result, width: int = 80) -> Iterator[str]:
    """Equity as a line of text."""
    equity = result.equity["equity"]
    low, high = pc.min(equity).as_py(), pc.max(equity).as_py()
    step = max(1, len(equity) // width)
    levels = [(value - low) / (high - low or 1.0) for value in equity.to_pylist()[::step]]
    yield f"## Equity\n\n`{''.join(_BARS[round(8 * level)] for level in levels)}`\n"


def report(result: sg.Result) -> str:
    """The page."""
    return "\n".join(line for part in (headline, curve, years, reasons, worst) for line in part(result))


def main() -> int:
    if len(sys.argv) != 4:
        print((__doc__ or "").splitlines()[2], file=sys.stderr)
        return 2
    strategy, data, out = sys.argv[1:]
    try:
        result = sg.compile(Path(strategy)).backtest(data, fee="0.1%", slippage="1bp")
    except (sg.CompileError, sg.RunError, sg.DataError) as error:
        print(error, file=sys.stderr)
        return 1
    Path(out).write_text(report(result), encoding="utf-8")
    print(f"{out}: {result!r}")
    return 0


if __name__ == "__main__":
    sys.exit(main())

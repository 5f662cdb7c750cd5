"""Every metric as lines for a terminal: values by group, drawdowns, trades by what they have in common, intervals."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence

from ...lang.diagnostics.brief import one_line
from .figures import Metrics
from .format import counted, day_or_minute, shown
from .metrics.breakdown import KEYS, breakdown
from .metrics.definitions import DEFINITIONS, RATIO
from .metrics.trailing import trailing
from .metrics.wider import EVERY_GROUP, METRICS
from .output import RunOutput

_DROPS = 5
_SHARES = ("trades", "win_rate", "profit_factor", "money", "average_return", "average_bars")
_UNIT_OF = {"money": "net_profit"}
"""The statistic whose unit a column has, where it is called otherwise."""


def metrics_lines(metrics: Metrics, width: int) -> Iterator[str]:
    """Lines of so many columns, as far as names and numbers let them."""
    told = " · ".join(f"{name} {_plain(value)}" for name, value in metrics.conventions.items())
    yield from textwrap.wrap(f"conventions: {told}", width, subsequent_indent="  ", break_on_hyphens=False)
    yield one_line(f"benchmark: {metrics.benchmark}", width)
    for note in metrics.notes:
        yield from textwrap.wrap(f"note: {note}", width, subsequent_indent="  ", break_on_hyphens=False)
    for group in EVERY_GROUP:
        yield from ("", group.title)
        cells = [f"  {d.title:<30}{shown(metrics[d.name], d.unit):>14}" for d in group.definitions]
        across = 2 if width >= 2 * len(cells[0]) + 2 else 1
        half = -(-len(cells) // across)
        for at in range(half):
            yield "  ".join(cells[at::half])
    yield from _trailing(metrics)
    yield from _drawdowns(metrics)
    for key in KEYS:
        yield from _by(metrics, key)
    yield from _intervals(metrics)


def _plain(value: str | float) -> str:
    return value if isinstance(value, str) else f"{value:g}"


def _drawdowns(metrics: Metrics) -> Iterator[str]:
    output, drops = metrics.run.output, metrics.run.drops
    if not len(drops):
        return
    yield from ("", f"Deepest drawdowns{f' (times of {output.shown_zone})' if output.shown_zone else ''}")
    head = ["from", "lowest", "recovered", "depth", "length"]
    made = []
    for at in drops.deepest_first(_DROPS).tolist():
        start, trough, end = (_when(output, int(places[at])) for places in (drops.start, drops.trough, drops.end))
        length = counted(int(drops.bars[at]), "bar")
        depth = shown(float(drops.depth[at]), RATIO)
        made.append([start, trough, end if drops.recovered[at] else "not yet", depth, length])
    yield from aligned([head, *made])


def _trailing(metrics: Metrics) -> Iterator[str]:
    found = [span for span in trailing(metrics.run) if span.gained is not None]
    if not found:
        return
    yield from ("", "Up to the end of the test")
    head = ["", "from", "return", "a year"]
    figures = [[shown(value, RATIO) for value in (each.gained, each.yearly)] for each in found]
    rows = [[each.name, each.begins.isoformat(), *told] for each, told in zip(found, figures, strict=True)]
    yield from aligned([head, *rows])


def _when(output: RunOutput, at: int) -> str:
    """A tested bar; the first one for the capital before it."""
    at = max(at, 0)
    return day_or_minute(output.local(int(output.bars.ts[output.first + at])), output.bars.daily)


def _by(metrics: Metrics, key: str) -> Iterator[str]:
    shares = breakdown(metrics.run, key)
    if len(shares) < 2:
        return
    yield from ("", f"Trades by {key.replace('_', ' ')}")
    head = [key.replace("_", " "), *(name.replace("_", " ") for name in _SHARES)]
    units = [DEFINITIONS[_UNIT_OF.get(name, name)].unit for name in _SHARES]
    columns = list(zip(_SHARES, units, strict=True))
    made = [[each.name, *(shown(getattr(each, name), unit) for name, unit in columns)] for each in shares]
    yield from aligned([head, *made])


def _intervals(metrics: Metrics) -> Iterator[str]:
    found = metrics.intervals()
    if not found:
        return
    yield from ("", "Between which values 90 % lie, had the periods come otherwise (stationary bootstrap)")
    made = [
        [METRICS[name].title, *(shown(v, METRICS[name].unit) for v in (each.value, each.low, each.high))]
        for name, each in found.items()
    ]
    yield from aligned([["", "measured", "from", "to"], *made])


def aligned(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Columns of a table, the first to the left and the others to the right."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for first, *others in rows:
        cells = [f"{text:>{width}}" for text, width in zip(others, widths[1:], strict=True)]
        yield "  ".join([f"  {first:<{widths[0]}}", *cells]).rstrip()

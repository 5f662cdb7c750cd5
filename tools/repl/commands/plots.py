"""Charts in the terminal: candles with what the program plots, equity, drawdown, any expression."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ....lang.diagnostics.brief import one_line
from ....runtime.results.format import day_or_minute
from ....runtime.results.summary import as_ascii
from ...terminal.console import UsageError
from .. import expressions, runs
from ..reply import Reply, failed, faulty, painted
from ..results import written_out

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ....runtime.data.bars import Bars
    from ..session import Session

    Column = NDArray[Any]

HEIGHT = 20
_LAST = re.compile(r"(?:\A|\s)last\s+(\d{1,9})\s*\Z")
_ASCII = str.maketrans({"│": "|", "┤": "|", "█": "#", "─": "-", **dict.fromkeys("┌┐└┘┬┴├┼", "+")})
_LINES = ("cyan", "yellow", "magenta", "blue")


@dataclass(frozen=True, slots=True)
class Chart:
    """What is drawn: columns by name, of these bars; candles, or lines alone."""

    title: str
    bars: Bars
    columns: Mapping[str, Column]
    candles: bool = False


def plot(session: Session, rest: str) -> Reply:
    """`plot`, `plot candles last 60`, `plot equity`, `plot drawdown`, `plot rsi(close, 14) last 200`."""
    wanted = _LAST.search(rest)
    count = int(wanted[1]) if wanted else 0
    if wanted and not count:
        return failed("expected at least one bar: `plot close last 100`")
    what = rest[: wanted.start()].strip() if wanted else rest.strip()
    if what in ("", "candles"):
        chart = _candles(session, count or max(10, (session.look.width - 12) // 2))
    elif what in ("equity", "drawdown"):
        chart = _of_run(session, what)
    else:
        typed, said, sources = expressions.typed_of(session, written_out(what, session.results))
        if typed is None:
            return faulty(said, sources, session.look)
        chart = _of_expression(session, what, typed)
    kept = count or len(chart.bars)
    chart = Chart(chart.title, chart.bars.rows(max(0, len(chart.bars) - kept), len(chart.bars)),
                  {name: column[-kept:] for name, column in chart.columns.items()}, chart.candles)  # fmt: skip
    if not len(chart.bars):
        return failed("there are no bars to draw", 1)
    return painted("plot", drawn(chart, session), title=chart.title, bars=len(chart.bars))


def _candles(session: Session, count: int) -> Chart:
    """The last bars, with the prices that the program plots."""
    data = session.needed()
    if len(data.parts) > 1:
        raise UsageError("candles are of one symbol, and the data are of several: `plot close of SPY`")
    bars = data.parts[0]
    program = session.program
    columns: dict[str, Column] = {}
    for at, each in enumerate(program.plots if program else ()):
        if str(each.node.unit) == "price" and len(columns) < len(_LINES):
            columns[each.title] = _plotted(session, at)
    return Chart(f"{one_line(bars.symbol, 24)} {bars.timeframe}", bars.rows(max(0, len(bars) - count), len(bars)),
                 {name: column[-count:] for name, column in columns.items()}, candles=True)  # fmt: skip


def _plotted(session: Session, at: int) -> Column:
    """The values of a plot of the program."""
    from dataclasses import replace

    program = session.program
    assert program is not None
    named = replace(program, lets={expressions.VALUE: program.plots[at].node})
    found: Column = _one(expressions.evaluate(session, named, expressions.VALUE))[1][expressions.VALUE]
    return found


def _of_run(session: Session, what: str) -> Chart:
    made = runs.ran(session, dict(session.ran.options) if session.ran else {})
    run = made.result.run
    column = run.equity if what == "equity" else -100.0 * run.drawdown
    bars = made.result.output.bars
    return Chart("equity" if what == "equity" else "drawdown, %", bars.rows(len(bars) - len(column), len(bars)),
                 {what: column})  # fmt: skip


def _of_expression(session: Session, what: str, typed: Any) -> Chart:
    bars, columns = _one(expressions.evaluate(session, typed, expressions.VALUE))
    named = {name.removeprefix(f"{expressions.VALUE}."): column for name, column in columns.items()}
    if list(named) == [expressions.VALUE]:
        named = {what: named[expressions.VALUE]}
    return Chart(one_line(what, 60), bars, named)


def _one(found: Any) -> tuple[Bars, Mapping[str, Column]]:
    """Bars and columns of one symbol; UsageError of several."""
    from ....runtime.run.evaluate import Alone

    if not isinstance(found, Alone):
        raise UsageError("a chart is of one symbol, and this is of several: add `of` and a symbol")
    return found.bars, found.columns


def drawn(chart: Chart, session: Session) -> str:
    """The chart as text, as wide as the terminal."""
    import plotext

    look = session.look
    plotext.clear_figure()
    plotext.limit_size(False, False)
    plotext.plotsize(look.width, HEIGHT)
    plotext.theme("clear")
    plotext.title(chart.title)
    places = list(range(len(chart.bars)))
    if chart.candles:
        prices = {name.title(): getattr(chart.bars, name).tolist() for name in ("open", "close", "high", "low")}
        plotext.candlestick(places, prices, colors=["green", "red"] if look.colour else None)
    for (name, column), colour in zip(chart.columns.items(), _LINES * len(chart.columns), strict=False):
        known = [(at, value) for at, value in _thinned(column, look.width * 4) if value == value]
        if known:
            label = one_line(name, 30) if chart.candles or len(chart.columns) > 1 else None
            plotext.plot(*zip(*known, strict=True), marker="braille" if look.unicode else "*", label=label,
                         color=colour if look.colour else None)  # fmt: skip
    ticks = sorted({round(share * (len(places) - 1) / 3) for share in range(4)})
    daily = chart.bars.daily
    plotext.xticks(ticks, [day_or_minute(int(chart.bars.ts[at]), daily) for at in ticks])
    text = plotext.build() if look.colour else plotext.uncolorize(plotext.build())
    plotext.clear_figure()
    text = "\n".join(line.rstrip() for line in text.splitlines())
    return text if look.unicode else as_ascii(text.translate(_ASCII))


def _thinned(column: Column, most: int) -> list[tuple[int, float]]:
    """At most so many points, of each part its least and its greatest, so that no spike is lost."""
    import numpy as np

    if len(column) <= most:
        return list(enumerate(column.astype(float).tolist()))
    ends = (np.arange(1, most // 2 + 1) * len(column)) // (most // 2)
    found: list[tuple[int, float]] = []
    first = 0
    for end in ends.tolist():
        part = column[first:end].astype(float)
        known = ~np.isnan(part)
        if known.any():
            places = {int(np.nanargmin(part)), int(np.nanargmax(part))}
            found += [(first + at, float(part[at])) for at in sorted(places)]
        first = end
    return found

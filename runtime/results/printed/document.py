"""The printed report, part after part: headlines, charts, months, figures, trades, and what the result rests on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import TYPE_CHECKING, Any

import numpy as np

from ...limits import look
from ...progress import stage
from ..figures import Metrics
from ..format import counted, shown
from ..metrics.definitions import DEFINITIONS, MONEY, RATIO
from ..metrics.run import Measured
from ..metrics.wider import EVERY_GROUP, METRICS
from ..report.hashes import hashes, versions
from ..report.sections import ALERTS, HEADLINES, SIGNED, span_of
from ..rows import with_reasons
from . import tables
from .charts import Line, extent, panel, roomy
from .type import BENCHMARK, EQUITY, LOSS, PLAIN, QUIET, library, space, text, words

if TYPE_CHECKING:
    from ..output import Floats

DWARFED = 4.0
"""Times: where the benchmark needs so much more room than equity, equity has the panel alone, as in the page."""
_EDGE = 15.0
"""Millimetres of margin."""
_ROOM, _TORN = 90.0, 40
"""Points below a title, at least; lines from which on a table may be torn over pages."""


def printed(run: Measured) -> bytes:
    """The whole report as a PDF; equal runs give equal bytes. UsageFault where ReportLab is not installed."""
    stage("making the PDF")
    lib, file = library(), BytesIO()
    edge = _EDGE * lib.mm
    document = lib.document.BaseDocTemplate(
        file, pagesize=lib.page, leftMargin=edge, rightMargin=edge, topMargin=edge, bottomMargin=edge, invariant=1,
        title=words(run.output.strategy), author="", creator="Stratagem", producer="Stratagem",
    )  # fmt: skip
    frame = lib.frames.Frame(
        edge, edge, document.width, document.height, id="page", leftPadding=0, rightPadding=0, topPadding=0,
        bottomPadding=0,
    )  # fmt: skip
    template = lib.document.PageTemplate(id="page", frames=[frame], onPage=lambda canvas, _: _foot(canvas, run))
    document.addPageTemplates([template])
    story = []
    for part in _story(run, document.width):
        look()
        story.append(part)
    document.build(story)
    look()
    return file.getvalue()


def _foot(canvas: Any, run: Measured) -> None:
    lib = library()
    canvas.setFont(PLAIN, 6.5)
    canvas.setFillColor(lib.color(QUIET))
    canvas.drawString(_EDGE * lib.mm, 8 * lib.mm, words(f"{run.output.strategy} · {run.output.bars.symbol}")[:110])
    canvas.drawRightString(lib.page[0] - _EDGE * lib.mm, 8 * lib.mm, str(canvas.getPageNumber()))


def _story(run: Measured, width: float) -> Iterator[Any]:
    out, metrics = run.output, Metrics(run)
    yield text(out.strategy, "title")
    yield text(" · ".join(span_of(out)), "quiet")
    yield from (space(4), tables.cards([_headline(name, metrics) for name in HEADLINES], width), space(4))
    told = [f"{shown(metrics[name], METRICS[name].unit)} {_alert(name, run)}" for name in ALERTS if metrics[name]]
    yield from [text(" · ".join(told), "quiet")] if told else []
    yield from _charts(run, width)
    yield from _titled("Months", tables.months(run, width), "Return of each calendar month, in percent.")
    told_of = "The deepest falls below the high-water mark, at closes."
    yield from _titled("Drawdowns", tables.drawdowns(metrics), told_of)
    yield from _side_by_side("Days", list(tables.days(run)), width)
    for part in tables.parts(run):
        yield from _titled("Parts", part, "Money after fees, of what is still open as it stood at the end.")
    yield from _side_by_side("Trades by what they have in common", list(tables.kinds(metrics)), width)
    yield from _figures(metrics, width)
    yield text("Each is defined in docs/results.md, and beside its value in report.html.", "quiet")
    yield from _rests_on(run, width)
    yield from _titled("Trades", tables.trades(out), _listed(run))


def _headline(name: str, metrics: Metrics) -> tuple[str, str]:
    definition = DEFINITIONS[name]
    return definition.title, shown(metrics[name], definition.unit, name in SIGNED)


def _alert(name: str, run: Measured) -> str:
    return DEFINITIONS[name].title.lower() + with_reasons(name, run.output)


def _titled(title: str, part: Any, told: str) -> Iterator[Any]:
    if part is not None:
        room = library().flowables.CondPageBreak(_ROOM)  # a title is never the last thing on its page
        yield from (room, text(title, "heading"), text(told, "quiet"), part)


def _side_by_side(title: str, parts: Sequence[Any], width: float) -> Iterator[Any]:
    """Parts two by two; one that is long stands alone, as what stands beside another is not torn over pages."""
    if parts:
        yield from (library().flowables.CondPageBreak(_ROOM), text(title, "heading"))
    waiting: list[Any] = []
    for part in parts:
        if tables.lines(part) > _TORN:
            yield from (part, space(8))
            continue
        waiting.append(part)
        if len(waiting) == 2:
            yield from (tables.beside(waiting, width), space(8))
            waiting = []
    yield from (waiting[0], space(8)) if waiting else ()


def _figures(metrics: Metrics, width: float, across: int = 3) -> Iterator[Any]:
    """Every group of metrics, in columns of about equal length; no group is torn from its title."""
    columns: list[list[Any]] = [[] for _ in range(across)]
    filled = [0] * across
    for group in EVERY_GROUP:
        shortest = filled.index(min(filled))
        filled[shortest] += len(group.definitions) + 2
        columns[shortest] += [tables.figures(group, metrics, width / across - 10.0), space(7)]
    yield text("Figures", "heading")
    yield tables.beside(columns, width)


def _listed(run: Measured) -> str:
    count, zone = len(run.output.trades), run.output.shown_zone
    told = f"Times are the opens of the bars of entry and exit{f', in {zone}' if zone else ''}."
    if count <= tables.LISTED:
        return told
    return f"The last {tables.LISTED:,} of {count:,}; all are in the table trades that --out writes. {told}"


def _charts(run: Measured, width: float) -> Iterator[Any]:
    if not run.output.tested:
        return
    out, held = run.output, _held(run)
    own, both = extent(run.equity), extent(run.equity, held)
    dwarfed = both[1] - both[0] > DWARFED * max(own[1] - own[0], 1e-6 * abs(own[1]))
    yield from (text("Equity", "heading"), text(_equity_told(run, dwarfed), "quiet"))
    lines = [Line(held, BENCHMARK, 0.6, (3, 2)), Line(run.equity, EQUITY, 1.1)]
    yield panel(out, lines, roomy(*(own if dwarfed else both)), _money, width, 175.0)
    below = -run.drawdown
    yield text("Drawdown", "part")
    scale = (1.05 * min(float(below.min()), -1e-6), 0.0)
    yield panel(out, [Line(below, LOSS, 0.6, filled=True)], scale, lambda value: shown(value, RATIO), width, 80.0)
    weight = _weight(run)
    if np.isfinite(weight).any() and np.nanmax(np.abs(weight)) > 0.0:
        low, high = extent(weight)
        yield text("Value held / equity", "part")
        scale = roomy(min(low, 0.0), max(high, 0.0))
        yield panel(out, [Line(weight, EQUITY, 0.6)], scale, lambda value: f"{value:.4g}", width, 60.0)


def _money(value: float) -> str:
    return f"{value:,.0f}" if 10.0 <= abs(value) < 1e12 or value == 0.0 else f"{value:.4g}"


def _equity_told(run: Measured, dwarfed: bool) -> str:
    what = "buying and holding" if run.output.several is None else "the index of all symbols"
    edge = f" It goes beyond this scale, which is that of equity: it ends {_ends(run)}." if dwarfed else ""
    return f"From {shown(run.capital, MONEY)} to {shown(run.final_equity, MONEY)}; dashed: {what}.{edge}"


def _ends(run: Measured) -> str:
    known = _held(run)[np.isfinite(_held(run))]
    return f"at {shown(float(known[-1]), MONEY)}"


def _held(run: Measured) -> Floats:
    """Buying and holding with the capital, and with what is paid in or taken out."""
    close = run.benchmark
    known = close[np.isfinite(close)]
    if not len(known) or known[0] == 0.0:
        return np.full(len(close), np.nan)
    units = np.full(len(close), run.capital / known[0])
    if run.flows is not None:
        moved = (run.flows != 0.0) & np.isfinite(close) & (close != 0.0)
        units += np.cumsum(np.where(moved, run.flows / np.where(moved, close, 1.0), 0.0))
    held: Floats = units * close
    return held


def _weight(run: Measured) -> Floats:
    """The net value of all that is held / equity, after each tested bar."""
    out = run.output
    worth = out.quantity * out.bars.close * out.points if out.several is None else out.several.net
    equity = np.where(run.equity > 0.0, run.equity, np.nan)
    weight: Floats = worth[out.first :] / equity
    return weight


def _rests_on(run: Measured, width: float) -> Iterator[Any]:
    out = run.output
    yield text("What this result rests on", "heading")
    warm = {f"warm-up {clock}": counted(bars, "bar") for clock, bars in out.warmup.items() if bars}
    left = [text("Assumptions", "part"), tables.pairs(out.assumptions, "None.")]
    right = [text("Parameters", "part"), tables.pairs({**out.params, **warm}, "The strategy has none."),
             text("Data, text and versions", "part"), tables.pairs({**hashes(out), **versions()}, "")]  # fmt: skip
    if max(len(out.assumptions), len(out.params)) > _TORN:
        yield from (*left, *right)
    else:
        yield tables.beside([left, right], width)
    if out.notes:
        yield text("Notes", "part")
        yield from (text(f"– {note}") for note in out.notes)
    yield text("Source", "heading")
    for number, line in enumerate(out.source.splitlines(), 1):
        yield text(f"{number:4}  {line}", "code")

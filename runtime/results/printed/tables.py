"""Tables of the printed report: figures, months, drawdowns, days, parts, trades."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from ....lang.diagnostics.brief import one_line
from ...trading.rows import EXIT_REASONS
from ..daily import Days
from ..figures import DEEPEST, Metrics
from ..format import counted, day_or_minute, price, shown
from ..metrics.breakdown import KEYS, breakdown
from ..metrics.definitions import BARS, COUNT, MONEY, NUMBER, RATIO, Group, Value
from ..metrics.run import Measured
from ..output import RunOutput
from ..periods import yearly
from ..rows import closed_count, reasons, trade_column
from ..several.attribution import attribution
from ..strategies.attribution import of_strategies
from .type import BOLD, GAIN, INK, LINE, LOSS, PAPER, PLAIN, QUIET, library, text, words

LISTED = 500
"""Trades that are printed, the last ones."""
_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec Year".split()
_STRONG = 0.10
"""A monthly return this large has the full colour of the heat map."""
_REASON, _NAME = 46, 24
"""Characters of a reason that fit into a line of the trades, and of the name of a symbol or strategy."""


def table(
    head: Sequence[str], rows: Sequence[Sequence[str]], left: int = 1, size: float = 6.5, more: Sequence[Any] = (),
    widths: Sequence[float] | None = None,
) -> Any:  # fmt: skip
    """Titles and lines; the first `left` columns are words, the others numbers. A title is repeated on every page."""
    lib = library()
    cells = [[words(cell, BOLD) for cell in head], *([words(cell) for cell in row] for row in rows)]
    style = [
        ("FONT", (0, 0), (-1, -1), PLAIN, size, 1.25 * size), ("FONT", (0, 0), (-1, 0), BOLD, size, 1.25 * size),
        ("TEXTCOLOR", (0, 0), (-1, 0), lib.color(QUIET)), ("TEXTCOLOR", (0, 1), (-1, -1), lib.color(INK)),
        ("ALIGN", (0, 0), (left - 1, -1), "LEFT"), ("ALIGN", (left, 0), (-1, -1), "RIGHT"),
        ("LINEBELOW", (0, 0), (-1, -2), 0.3, lib.color(LINE)),
        ("TOPPADDING", (0, 0), (-1, -1), 1.4), ("BOTTOMPADDING", (0, 0), (-1, -1), 1.8),
        ("LEFTPADDING", (0, 0), (-1, -1), 2), ("RIGHTPADDING", (0, 0), (-1, -1), 4), *more,
    ]  # fmt: skip
    made = lib.tables.LongTable(cells, repeatRows=1, style=style, hAlign="LEFT", colWidths=widths)
    made.counted = len(rows)
    return made


def lines(part: Any) -> int:
    """How many lines a table has below its titles."""
    return int(part.counted)


def beside(parts: Sequence[Any], width: float) -> Any:
    """Parts in columns of equal width."""
    style = [("VALIGN", (0, 0), (-1, -1), "TOP"), *((f"{side}PADDING", (0, 0), (-1, -1), 0) for side in _SIDES)]
    widths = [width / len(parts)] * len(parts)
    return library().tables.Table([list(parts)], colWidths=widths, style=style, hAlign="LEFT")


_SIDES = ("LEFT", "RIGHT", "TOP", "BOTTOM")


def cards(values: Sequence[tuple[str, str]], width: float, across: int = 6) -> Any:
    """The headlines: names above their values."""
    lib = library()
    rows: list[list[str]] = []
    for at in range(0, len(values), across):
        part = values[at : at + across]
        rows += [[words(name) for name, _ in part], [words(value, BOLD) for _, value in part]]
    style: list[Any] = [
        ("BACKGROUND", (0, 0), (-1, -1), lib.color(PAPER)), ("LEFTPADDING", (0, 0), (-1, -1), 6),
        ("TOPPADDING", (0, 0), (-1, -1), 1), ("BOTTOMPADDING", (0, 0), (-1, -1), 2),
    ]  # fmt: skip
    for at in range(0, len(rows), 2):
        style += [
            ("FONT", (0, at), (-1, at), PLAIN, 6.5, 8), ("TEXTCOLOR", (0, at), (-1, at), lib.color(QUIET)),
            ("FONT", (0, at + 1), (-1, at + 1), BOLD, 10.5, 13), ("TOPPADDING", (0, at), (-1, at), 5),
            ("BOTTOMPADDING", (0, at + 1), (-1, at + 1), 5),
        ]  # fmt: skip
    return lib.tables.Table(rows, colWidths=[width / across] * across, style=style, hAlign="LEFT")


def months(run: Measured, width: float) -> Any:
    """The heat map of monthly returns in percent, newest year first; None where no month was tested."""
    lib, years = library(), yearly(run.monthly)
    if not years:
        return None
    rows, style = [], []
    for line, year in enumerate(reversed(years), 1):
        values = [run.monthly.get((year, month)) for month in range(1, 13)] + [years[year]]
        rows.append([str(year), *("" if value is None else f"{value * 100:.1f}" for value in values)])
        for column, value in enumerate(values, 1):
            if value:
                share = 0.08 + 0.6 * min(1.0, abs(value) / _STRONG)
                place = (column, line)
                style.append(("BACKGROUND", place, place, lib.color(_mixed(GAIN if value > 0 else LOSS, share))))
    return table(("", *_MONTHS), rows, more=style, widths=[width / 14] * 14)


def _mixed(colour: str, share: float) -> str:
    """A colour on white."""
    parts = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return "#" + "".join(f"{round(255 - (255 - part) * share):02x}" for part in parts)


def figures(group: Group, values: Mapping[str, Value], width: float) -> Any:
    """A group of metrics, each by its title."""
    rows = [[d.title, shown(values[d.name], d.unit)] for d in group.definitions]
    return table((group.title, ""), rows, widths=[0.66 * width, 0.34 * width])


def drawdowns(metrics: Metrics) -> Any:
    """The deepest ones; None where equity never closed below its high."""
    out, drops = metrics.run.output, metrics.run.drops
    if not len(drops):
        return None
    rows = []
    for at in drops.deepest_first(DEEPEST).tolist():
        start, trough, end = (_when(out, int(places[at])) for places in (drops.start, drops.trough, drops.end))
        rows.append([start, trough, end if drops.recovered[at] else "not yet", shown(float(drops.depth[at]), RATIO),
                     shown(float(drops.money[at]), MONEY), counted(int(drops.bars[at]), "bar")])  # fmt: skip
    return table(("From the high of", "Lowest", "Recovered", "Depth", "Money", "Length"), rows, left=3)


def _when(out: RunOutput, at: int) -> str:
    return day_or_minute(out.local(int(out.bars.ts[out.first + max(at, 0)])), out.bars.daily)


def days(run: Measured, each: int = 8) -> Iterator[Any]:
    """The best and the worst days; nothing where there is none of them."""
    found = Days(run)
    order = np.argsort(-found.pnl, kind="stable")
    best, worst = order[found.pnl[order] > 0.0], order[found.pnl[order] < 0.0][::-1]
    for title, chosen in (("Best days", best), ("Worst days", worst)):
        rows = [
            [str(np.datetime64(int(found.numbers[at]), "D")), shown(float(found.pnl[at]), MONEY, True),
             shown(_known(float(found.returns[at])), RATIO, True)]
            for at in chosen[:each].tolist()
        ]  # fmt: skip
        if rows:
            yield table((title, "Money", "Return"), rows)


def _known(value: float) -> float | None:
    return value if value == value else None


def kinds(metrics: Metrics) -> Iterator[Any]:
    """Trades by what they have in common; one where they all have the same is left out."""
    columns = (
        ("trades", COUNT), ("win_rate", RATIO), ("money", MONEY), ("average_return", RATIO), ("average_bars", BARS),
    )  # fmt: skip
    for key in KEYS:
        shares = breakdown(metrics.run, key)
        if len(shares) > 1:
            rows = [
                [one_line(share.name, _NAME), *(shown(getattr(share, name), unit) for name, unit in columns)]
                for share in shares
            ]  # fmt: skip
            name = key.replace("_", " ").capitalize()
            yield table((name, "Trades", "Win rate", "Money", "Return", "Bars"), rows)


def parts(run: Measured) -> Iterator[Any]:
    """What each strategy and each symbol brought, where there are several."""
    if run.output.strategies is not None:
        yield _parts("strategy", of_strategies(run), _OF_STRATEGY)
    if run.output.several is not None:
        best_first = sorted(attribution(run), key=lambda part: -part.pnl)
        yield _parts("symbol", best_first, _OF_SYMBOL)


_OF_STRATEGY = (
    ("share", RATIO, "Share"), ("pnl", MONEY, "Money"), ("max_drawdown", RATIO, "Drawdown"),
    ("sharpe", NUMBER, "Sharpe"), ("trades", COUNT, "Trades"), ("win_rate", RATIO, "Win rate"),
)  # fmt: skip
_OF_SYMBOL = (
    ("pnl", MONEY, "Money"), ("trades", COUNT, "Trades"), ("win_rate", RATIO, "Win rate"), ("fees", MONEY, "Fees"),
    ("exposure", RATIO, "Held"), ("average_weight", RATIO, "Weight"),
)  # fmt: skip


def _parts(what: str, found: Sequence[object], columns: Sequence[tuple[str, str, str]]) -> Any:
    rows = [
        [one_line(getattr(part, what), _NAME), *(shown(getattr(part, name), unit) for name, unit, _ in columns)]
        for part in found
    ]  # fmt: skip
    return table((what.capitalize(), *(title for _, _, title in columns)), rows)


def trades(out: RunOutput) -> Any:
    """The last trades, newest first; None without any."""
    count, why = len(out.trades), reasons(out)
    if not count:
        return None
    first = max(0, count - LISTED)
    column = {name: trade_column(out, name)[first:] for name in _COLUMNS}
    told = [why.words[at] for at in why.of(trade_column(out, "exit_order")[first:]).tolist()]
    rows = []
    for at in reversed(range(count - first)):
        row = {name: float(values[at]) for name, values in column.items()}
        ends = [day_or_minute(int(out.local(int(row[f"{end}_time"]))), out.bars.daily) for end in ("entry", "exit")]
        reason = EXIT_REASONS[int(row["reason"])] + (" (open)" if first + at >= closed_count(out) else "")
        rows.append([
            str(first + at + 1), *_whose(out, first + at), "short" if row["side"] < 0 else "long", ends[0], ends[1],
            one_line(f"{reason}: {told[at]}" if told[at] else reason, _REASON), price(row["quantity"]),
            price(row["entry_price"]), price(row["exit_price"]), shown(row["pnl"], MONEY, True),
            shown(row["return"], RATIO, True),
        ])  # fmt: skip
    head = ("#", *(("Symbol",) if out.several is not None else ()), "Side", "Entry", "Exit", "Left by")
    return table((*head, "Quantity", "at", "at", "Money", "Return"), rows, left=len(head), size=5.6)


_COLUMNS = ("side", "quantity", "entry_time", "entry_price", "exit_time", "exit_price", "pnl", "return", "reason")


def _whose(out: RunOutput, number: int) -> tuple[str, ...]:
    return () if out.several is None else (one_line(out.several.symbols[int(out.several.trades[number])], _NAME),)


def pairs(values: Mapping[str, object], nothing: str) -> Any:
    """Names and values; a value may take several lines."""
    if not values:
        return text(nothing, "quiet")
    style = [("VALIGN", (0, 0), (-1, -1), "TOP"), *((f"{side}PADDING", (0, 0), (-1, -1), 1) for side in _SIDES)]
    rows = [[text(name, "quiet"), text(_plain(value))] for name, value in values.items()]
    return library().tables.Table(rows, colWidths=[90, 150], style=style, hAlign="LEFT")


def _plain(value: object) -> str:
    return f"{value:,.10g}" if isinstance(value, float) else str(value)

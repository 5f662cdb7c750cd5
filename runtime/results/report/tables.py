"""Small tables of the page: drawdowns, trades by what they have in common, intervals, costs, what the path decided."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from ...trading.rows import (
    ORDER_ASKED,
    ORDER_GOT,
    ORDER_KIND,
    ORDER_KINDS,
    ORDER_REASON,
    ORDER_STATUS,
    ORDER_TIME,
    REASONS,
    STATUSES,
)
from ..figures import DEEPEST, Metrics
from ..flows import flow_rows
from ..format import counted, day_or_minute, shown
from ..interval import PATHS, interval
from ..metrics.breakdown import KEYS, breakdown
from ..metrics.definitions import BARS, COUNT, DEFINITIONS, MONEY, NUMBER, RATIO, Value
from ..metrics.exact import total
from ..metrics.run import Measured, quotient
from ..metrics.wider import METRICS
from ..output import RunOutput
from .drawn import Drawn
from .sections import escape

_SHARES = {
    "trades": ("Trades", COUNT), "win_rate": ("Win rate", RATIO), "profit_factor": ("Profit factor", NUMBER),
    "money": ("Money", MONEY), "average_return": ("Return", RATIO), "average_bars": ("Bars", BARS),
}  # fmt: skip
"""Columns of trades by what they have in common: how each is called, and its unit."""


def flows(out: RunOutput) -> str:
    """What was paid in and taken out, newest first; "" where nothing was asked to be."""
    rows = flow_rows(out)[::-1]
    if not len(rows):
        return ""
    lines = []
    for row in rows[:FLOWS_LISTED]:
        words = [day_or_minute(out.local(int(row[ORDER_TIME])), out.bars.daily), ORDER_KINDS[int(row[ORDER_KIND])]]
        words.append(" ".join((STATUSES[int(row[ORDER_STATUS])], REASONS[int(row[ORDER_REASON])].replace("_", " "))))
        lines.append(f"<tr>{cells(words, [shown(float(row[at]), MONEY) for at in (ORDER_ASKED, ORDER_GOT)])}</tr>")
    more = len(rows) - len(lines)
    note = f"<p class='quiet'>{counted(more, 'earlier row')} in the table <code>flows</code>.</p>" if more else ""
    made = table("small", ("At the close of", "", ""), ("Asked", "Moved"), lines)
    told = "<p class='quiet'>Returns and drawdowns are time-weighted: what comes or goes is neither gain nor loss.</p>"
    return f"<div class='panel scroll'><h3>Money paid in and taken out</h3>{told}{made}{note}</div>"


FLOWS_LISTED = 100
"""Rows of money in the page, the last ones."""


def drawdowns(metrics: Metrics, groups: Drawn) -> str:
    """The deepest drawdowns, deepest first; a row knows the groups of bars that it is drawn in."""
    out, drops = metrics.run.output, metrics.run.drops
    if not len(drops):
        return "<p class='quiet'>Equity never closed below its high.</p>"
    lines = []
    for at in drops.deepest_first(DEEPEST).tolist():
        start, trough, end = max(int(drops.start[at]), 0), int(drops.trough[at]), int(drops.end[at])
        span = [(out.first + place) // groups.size for place in (start, end)]
        words = [_when(out, start), _when(out, trough), _when(out, end) if drops.recovered[at] else "not yet"]
        depth, money = shown(float(drops.depth[at]), RATIO), shown(float(drops.money[at]), MONEY)
        numbers = [depth, money, counted(int(drops.bars[at]), "bar")]
        lines.append(f"<tr tabindex='0' data-from='{span[0]}' data-to='{span[1]}'>{cells(words, numbers)}</tr>")
    return table("drops", ("From the high of", "Lowest", "Recovered"), ("Depth", "Money", "Length"), lines)


def _when(out: RunOutput, at: int) -> str:
    return day_or_minute(out.local(int(out.bars.ts[out.first + at])), out.bars.daily)


def shares(metrics: Metrics) -> str:
    """A table for each thing that trades may have in common; one where they all have the same is left out."""
    made = []
    for key in KEYS:
        found = breakdown(metrics.run, key)
        if len(found) > 1:
            lines = [
                f"<tr>{cells([each.name], [shown(getattr(each, n), unit) for n, (_, unit) in _SHARES.items()])}</tr>"
                for each in found
            ]
            titles = [title for title, _ in _SHARES.values()]
            name = key.replace("_", " ").capitalize()
            made.append(f"<div class='panel scroll'>{table('small', (name,), titles, lines)}</div>")
    return "".join(made) or "<p class='quiet'>Too few trades to be told apart.</p>"


def intervals(metrics: Metrics) -> str:
    """Between which values the headline figures lie, had the periods come otherwise."""
    found = metrics.intervals()
    if not found:
        return "<p class='quiet'>Too few periods.</p>"
    lines = [
        f"<tr>{cells([METRICS[name].title], [shown(v, METRICS[name].unit) for v in (i.low, i.value, i.high)])}</tr>"
        for name, i in found.items()
    ]
    return table("small", ("",), ("From", "Measured", "To"), lines)


def costs(metrics: Metrics) -> str:
    """What trading cost, and on how much."""
    run = metrics.run
    closed = total(run.closed("fees"))
    names = ("fees", "fees_of_gross", "fees_of_capital", "turnover", "turnover_a_year")
    told: dict[str, tuple[Value, str]] = {METRICS[name].title: (metrics[name], METRICS[name].unit) for name in names}
    told["Fees of a trade"] = (quotient(closed, run.trades), MONEY)
    told["Money before fees"] = (total(run.pnl) + closed if run.trades else None, MONEY)
    return facts(told)


def decided(metrics: Metrics) -> str:
    """How much of the result the assumed path inside a bar decided."""
    run = metrics.run
    chosen = run.closed("ambiguous") != 0.0
    money = total(run.pnl[chosen])
    told_of: dict[str, tuple[Value, str]] = {
        DEFINITIONS["ambiguous_fills"].title: (metrics["ambiguous_fills"], COUNT),
        "Trades decided by the path": (int(chosen.sum()), COUNT),
        METRICS["ambiguous_trades"].title: (metrics["ambiguous_trades"], RATIO),
        "Their money": (money if chosen.any() else None, MONEY),
        "Net profit without them": (run.net_profit - money, MONEY),
    }
    path = run.output.assumptions.get("path")
    inside = run.output.assumptions.get("magnify")
    of = f", inside the bars of {escape(inside)} and where there are none" if inside else ""
    told = f"<p class='quiet'>The path assumed: {escape(path)}{of}.</p>" if path is not None else ""
    return facts(told_of) + told + _paths(run)


def _paths(run: Measured) -> str:
    """The headline figures under each path that can be assumed, where they differ."""
    found = interval(run).figures
    if all(least == greatest for least, greatest in found.values()):
        return ""
    lines = [
        f"<tr>{cells([DEFINITIONS[name].title], [shown(end, DEFINITIONS[name].unit) for end in ends])}</tr>"
        for name, ends in found.items()
    ]
    told = f"<p class='quiet'>Under {', '.join(PATHS[:-1])} and {PATHS[-1]}, each run anew:</p>"
    return told + table("small", ("",), ("Least", "Greatest"), lines)


def facts(values: Mapping[str, tuple[Value, str]], signed: bool = False) -> str:
    """Names and values in their units, side by side."""
    every = values.items()
    rows = (f"<dt>{escape(name)}</dt><dd>{escape(shown(value, unit, signed))}</dd>" for name, (value, unit) in every)
    return f"<dl class='facts'>{''.join(rows)}</dl>"


def table(kind: str, words: Sequence[str], numbers: Sequence[str], lines: Iterable[str]) -> str:
    """A table of the page: titles of words, then of numbers, then its lines."""
    head = "".join(f"<th scope='col'>{escape(title)}</th>" for title in words)
    head += "".join(f"<th scope='col' class='number'>{escape(title)}</th>" for title in numbers)
    return f"<table class='{kind}'><thead><tr>{head}</tr></thead><tbody>{''.join(lines)}</tbody></table>"


def cells(words: Sequence[Any], numbers: Sequence[str]) -> str:
    """The cells of a line."""
    told = "".join(f"<td>{escape(word)}</td>" for word in words)
    return told + "".join(f"<td class='number'>{escape(number)}</td>" for number in numbers)

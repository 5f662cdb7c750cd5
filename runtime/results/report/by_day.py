"""Profit by day in the page: the days that brought and cost the most, and of what the whole profit is made."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ..daily import Days
from ..format import counted, shown
from ..metrics.definitions import COUNT, MONEY, RATIO
from ..metrics.exact import total
from ..metrics.run import Measured
from ..metrics.trailing import trailing
from ..several.attribution import attribution, other
from ..strategies.attribution import of_none, of_strategies
from .drawn import Drawn
from .part_table import is_shown
from .sections import escape
from .tables import cells, facts, table

if TYPE_CHECKING:
    from ..output import Floats, Ints

EACH = 8
"""Days that are listed, of the best and of the worst."""
MOVERS = 3
"""Symbols that are named of a day, at most."""
DAY = 86_400


def section(run: Measured, groups: Drawn) -> str:
    """The section; "" where nothing was tested."""
    if not run.output.tested:
        return ""
    return (
        "<section id='days'><h2>Days and parts</h2><p class='quiet'>The profit of a day is the change of equity, less "
        "what was paid in: of a day on which bars open. A click shows one in the chart. "
        f"{escape(_told(Days(run)))}</p><div class='tiles'>{_days(run, groups)}<div class='panel'>"
        f"<h3>Of what the net profit is made</h3>{_made(run)}</div>"
        f"{_trailing(run)}</div></section>"
    )


def _trailing(run: Measured) -> str:
    """What spans up to the end of the test brought."""
    known = [each for each in trailing(run) if each.gained is not None]
    lines = []
    for each in known:
        figures = [shown(value, RATIO, True) for value in (each.gained, each.yearly)]
        lines.append(f"<tr>{cells([each.name, each.begins.isoformat()], figures)}</tr>")
    return (
        "<div class='panel scroll'><h3>Up to the end of the test</h3>"
        f"{table('small', ('', 'From'), ('Return', 'A year'), lines)}</div>"
    )


def _told(days: Days) -> str:
    """How many days, and how many of them brought money."""
    up, down = int((days.pnl > 0.0).sum()), int((days.pnl < 0.0).sum())
    return f"{counted(len(days.pnl), 'day')}: {up:,} with a profit, {down:,} with a loss."


def _days(run: Measured, groups: Drawn) -> str:
    if run.output.bars.timeframe.seconds > DAY:
        return "<p class='quiet'>Bars last longer than a day.</p>"
    days = Days(run)
    order = np.argsort(-days.pnl, kind="stable")
    best, worst = order[days.pnl[order] > 0.0][:EACH], order[::-1][days.pnl[order[::-1]] < 0.0][:EACH]
    return _list(run, groups, days, "Best days", best) + _list(run, groups, days, "Worst days", worst)


def _list(run: Measured, groups: Drawn, days: Days, title: str, chosen: Ints) -> str:
    if not len(chosen):
        return f"<div class='panel'><h3>{title}</h3><p class='quiet'>None.</p></div>"
    first, several = run.output.first, run.output.several
    names, moved = _parts(run, days)
    lines = []
    for at in chosen.tolist():
        begun = int(days.last[at - 1]) + 1 if at else 0
        span = [(first + bar) // groups.size for bar in (begun, int(days.last[at]))]
        words = [str(np.datetime64(int(days.numbers[at]), "D"))]
        words += [_movers(names, [line[at] for line in moved])] if several is not None else []
        growth = float(days.returns[at])
        numbers = [shown(float(days.pnl[at]), MONEY, True), shown(growth if growth == growth else None, RATIO, True)]
        numbers += [shown(float(run.equity[days.last[at]]), MONEY), shown(int(days.trades[at]), COUNT)]
        lines.append(f"<tr tabindex='0' data-from='{span[0]}' data-to='{span[1]}'>{cells(words, numbers)}</tr>")
    head = ("Day", "Mostly by") if several is not None else ("Day",)
    made = table("drops small", head, ("Money", "Return", "Equity", "Closed"), lines)
    return f"<div class='panel scroll'><h3>{title}</h3>{made}</div>"


def _parts(run: Measured, days: Days) -> tuple[tuple[str, ...], list[Floats]]:
    """Symbols, or strategies, and what each brought on each day."""
    several = run.output.several
    if several is None:
        return (), []
    _, names, moved = days.of_parts(several)
    return names, moved


def _movers(names: tuple[str, ...], moved: list[float]) -> str:
    """Those that moved the day the most, the largest first."""
    order = sorted(range(len(names)), key=lambda at: -abs(moved[at]))[:MOVERS]
    return ", ".join(f"{names[at]} {shown(float(moved[at]), MONEY, True)}" for at in order if moved[at])


def _made(run: Measured) -> str:
    """Two ways to take the net profit apart; each adds up to it."""
    every, closed = total(run.every("pnl")), total(run.pnl)
    carry = run.output.carry
    rounding = total(np.array([run.net_profit, -every, -carry]))
    parts = {
        f"Closed trades ({run.trades:,})": closed,
        f"Trades still open ({len(run.output.trades) - run.trades:,})": every - closed,
        "Interest, borrow, funding": carry,
    }
    parts |= {"Rounding": rounding} if is_shown(rounding) else {}
    parts["Net profit"] = run.net_profit
    made = facts({name: (value, MONEY) for name, value in parts.items()}, signed=True)
    fees = f"<p class='quiet'>Trades are after fees: {escape(shown(total(run.every('fees')), MONEY))} were paid.</p>"
    return made + fees + _by_parts(run)


def _by_parts(run: Measured) -> str:
    """The sum of what symbols or strategies brought beside what none of them did."""
    if run.output.several is None:
        return ""
    if run.output.strategies is not None:
        strategies = of_strategies(run)
        what, brought, rest = "strategies", [each.pnl for each in strategies], of_none(run, strategies)
    else:
        symbols = attribution(run)
        what, brought, rest = "symbols", [each.pnl for each in symbols], other(run, symbols)
    gained = total(np.array([value for value in brought if value > 0.0]))
    lost = total(np.array([value for value in brought if value < 0.0]))
    told = {
        f"{what.capitalize()} with a profit": gained, f"{what.capitalize()} with a loss": lost,
        f"No {what[:-1] if what == 'symbols' else 'strategy'}'s": rest, "Net profit": run.net_profit,
    }  # fmt: skip
    return f"<h3>By {what}</h3>" + facts({name: (value, MONEY) for name, value in told.items()}, signed=True)

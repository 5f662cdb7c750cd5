"""Strategies of a portfolio in the page: what each brought as a table, and what the limits did."""

from __future__ import annotations

from ..format import counted, day_or_minute, shown
from ..metrics.definitions import COUNT, MONEY, NUMBER, RATIO
from ..metrics.run import Measured
from ..strategies.attribution import of_none, of_strategies
from ..strategies.model import Acted
from .part_table import is_shown, part_table
from .sections import escape

ACTS = 200
"""What the limits did that is listed."""
_COLUMNS = {
    "share": ("Share", RATIO), "pnl": ("Money", MONEY), "of_net": ("Of the profit", RATIO),
    "pnl_return": ("Return", RATIO), "max_drawdown": ("Drawdown", RATIO), "sharpe": ("Sharpe", NUMBER),
    "trades": ("Trades", COUNT), "win_rate": ("Win rate", RATIO), "fees": ("Fees", MONEY),
    "denied": ("Denied", COUNT), "moved": ("Moved", MONEY),
}  # fmt: skip


def link(run: Measured) -> str:
    """The way to the section; "" where the run is no portfolio of strategies."""
    return "" if run.output.strategies is None else '<a href="#strategies">Strategies</a>'


def section(run: Measured) -> str:
    """What each strategy brought, in the order of the portfolio, and what the limits did."""
    strategies = run.output.strategies
    if strategies is None:
        return ""
    parts = of_strategies(run)
    rest = of_none(run, parts)
    told = f"Rounding, which is no strategy's: {shown(rest, MONEY, True)}." if is_shown(rest) else ""
    return (
        "<section id='strategies'><h2>Strategies</h2><p class='quiet'>Return, drawdown, Sharpe and win rate are of "
        f"each strategy's own account, which begins with its share of the capital; what moved came from the others, or "
        f"went to them. {escape(told)}</p>"
        f"{part_table('strategy', parts, _COLUMNS)}{_limits(run)}</section>"
    )


def _limits(run: Measured) -> str:
    strategies = run.output.strategies
    if strategies is None or not strategies.limits:
        return "<p class='quiet'>The portfolio has no limits.</p>"
    if not strategies.acts:
        return f"<p class='quiet'>Limits, of which none was reached: {escape(', '.join(strategies.limits))}.</p>"
    lines = "".join(_act(run, act) for act in strategies.acts[:ACTS])
    left = len(strategies.acts) - ACTS
    more = f"<p class='quiet'>{counted(left, 'more act')} in <code>limits</code> of <code>--out</code>.</p>"
    return (
        "<h3>What the limits did</h3><div class='panel scroll tall'><table class='small'><thead><tr>"
        "<th scope='col'>When</th><th scope='col'>Limit</th><th scope='col'>Did</th><th scope='col'>Strategy</th>"
        "<th scope='col' class='number'>Reading</th><th scope='col' class='number'>Orders</th></tr></thead>"
        f"<tbody>{lines}</tbody></table></div>{more if left > 0 else ''}"
    )


def _act(run: Measured, act: Acted) -> str:
    out = run.output
    when = day_or_minute(out.local(int(out.bars.ts[act.event])), out.bars.daily)
    reading = shown(act.reading, COUNT if act.measure == "positions" else RATIO) if act.reading < 1e9 else "–"
    words = (when, act.limit, act.what, act.strategy or "all")
    numbers = (reading, shown(act.orders, COUNT) if act.orders else "")
    return (
        f"<tr>{''.join(f'<td>{escape(each)}</td>' for each in words)}"
        f"{''.join(f'<td class=number>{escape(each)}</td>' for each in numbers)}</tr>"
    )

"""What is easily taken for another thing: the sign of a Supertrend, a VWAP whose day is one bar.

TradingView gives its Supertrend 1 where it falls, so that what is carried over by hand enters against the trend. On
daily bars each day has one: what is gathered from the day's beginning on is that bar's alone.
"""

from __future__ import annotations

from collections.abc import Sequence

from ..diagnostics.reports import Reports, replace
from ..diagnostics.span import Span
from ..program.beginnings import new_period
from ..program.nodes import Clock, Node
from ..program.timeframe import Timeframe
from ..syntax import tree
from .context import Context

_RISES = {"gt": True, "ge": True, "lt": False, "le": False, "cross_above": True, "cross_below": False}
_OPPOSITE = {">": "<", ">=": "<=", "<": ">", "<=": ">=", "==": "=="}
_NEGATED = {"1": "-1", "-1": "1"}


def against_the_trend(context: Context, statement: tree.Enter, parts: list[tuple[tree.Expr, Node]]) -> None:
    """`enter long when supertrend(3, 10).direction < 0`: buys where it falls, as TradingView's sign would not."""
    for expr, node in parts:
        rises = _direction_rises(node)
        if rises is None or rises is (statement.side == "long"):
            continue
        fixes = []
        if isinstance(expr, tree.Binary) and expr.operator in _OPPOSITE and _is_direction(node.args[0]):
            left, right = (context.text(side.span) for side in (expr.left, expr.right))
            text = f"{left} {_OPPOSITE[expr.operator]} {_NEGATED.get(right, right)}"
            fixes = [replace(f"replace with `{text}`", expr.span, text)]
        falls = "rising" if rises else "falling"
        context.reports.hint(
            "W207", f"this {statement.side} is entered while the Supertrend is {falls}", expr.span, fixes=fixes,
            notes=["`direction` is 1 where it rises and -1 where it falls: TradingView has the signs reversed"],
        )  # fmt: skip


def _direction_rises(node: Node) -> bool | None:
    """Whether a condition asks for a direction above 0, or below; None of any other condition."""
    if node.kind not in ("pure", "step") or len(node.args) != 2:
        return None
    left, right = node.args
    if node.name == "eq" and _is_direction(left) and right.kind == "const":
        return float(str(right.data[0])) > 0.0
    rises = _RISES.get(node.name)
    if rises is None or not (_is_direction(left) or _is_direction(right)):
        return None
    return rises if _is_direction(left) else not rises


def _is_direction(node: Node) -> bool:
    """Of this bar: the one before is asked where a turn is meant."""
    return node.kind == "output" and node.args[0].name == "supertrend_of"


# --- what begins anew on every bar -------------------------------------------------------------------

_GATHERS = {"vwap_of": 2, "highest_since": 0, "lowest_since": 0}
"""Operators that gather from an event on, and the place of the event among their arguments."""
_LENGTHS = {"day": 86_400, "week": 7 * 86_400, "month": 28 * 86_400, "year": 365 * 86_400}


def begins_anew(
    reports: Reports, context: Context, name: str, args: Sequence[Node], clock: Clock, span: Span
) -> None:
    """`vwap()` on daily bars: every bar begins a day, so that it is that bar's hlc3. span: where it is written."""
    event = args[_GATHERS[name]] if name in _GATHERS else None
    frame = clock if isinstance(clock, Timeframe) else context.timeframe
    period = new_period(event) if event is not None else ""
    if not period or frame is None or frame.seconds < _LENGTHS[period]:
        return
    author = context.text(span)
    fixes = []
    if author.startswith("vwap(") and author.endswith(")") and "anchor" not in author and "new_" not in author:
        text = f"{author[:-1]}{'' if author == 'vwap()' else ', '}anchor = new_month())"
        fixes = [replace(f"replace with `{text}`", span, text)]
    what = "the price of this bar alone" if name == "vwap_of" else "this bar's own value"
    reports.warning(
        "W208", f"on bars of {frame} this begins anew on every bar: it is {what}", span, fixes=fixes,
        notes=[f"each bar is the first of its {period}"],
        help="over the last bars: `vwma(close, 20)`; over a longer time: another anchor, `vwap(anchor = new_month())`"
        if name == "vwap_of" else "over the last bars: `highest(high, 20)`, `lowest(low, 20)`",
    )  # fmt: skip

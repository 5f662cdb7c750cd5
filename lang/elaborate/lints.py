"""Warnings that save an author a bad week: slips that compile, and mean something else.

Each function is called where the elaborator has the facts in hand; each says
one thing, with the fix where it is certain.
"""

from __future__ import annotations

from collections.abc import Iterable

from ...stdlib.operator import SPARSE, find_operator
from ..diagnostics.reports import Reports, insert, replace
from ..program.nodes import BOOL, Binding, Node
from ..program.units import Unit
from ..syntax import tree
from ..words.vocabulary import BOOK_MISSING
from . import loose_samples, ranges, sparse_lints
from .arithmetic import is_whole
from .context import Context
from .scope import Scope
from .values import Record, Value

_MIRRORED = {"<": ">", "<=": ">="}
_MEANS_NOT_ABOVE = {"<": ">=", "<=": ">", ">": "<=", ">=": "<"}


def compared_with_missing(reports: Reports, expr: tree.Binary, left: Value, right: Value, context: Context) -> bool:
    """`x == na` is never what was meant (semantics 13)."""
    sides = [(expr.left, expr.right), (expr.right, expr.left)]
    missing = next(((other) for side, other in sides if isinstance(side, tree.Missing)), None)
    if missing is None:
        return False
    text = f"is_na({context.text(missing.span)})"
    if expr.operator == "!=":
        text = f"not {text}"
    reports.error(
        "E203", "nothing compares with `na`: the comparison would never hold", expr.span,
        fixes=[replace(f"replace with `{text}`", expr.span, text, safe=True)], help=f"write `{text}`",
    )  # fmt: skip
    return True


def comparison(reports: Reports, expr: tree.Binary, left: Node, right: Node, context: Context) -> None:
    """Comparisons that can never or must always hold, or that wait for what may never come."""
    _sparse_wait(reports, expr, left, right, context)
    loose_samples.comparison(reports, expr, left, context)
    sparse_lints.comparison(reports, expr, left, right, context)
    _impossible(reports, expr, left, right, context)


def _impossible(reports: Reports, expr: tree.Binary, left: Node, right: Node, context: Context) -> None:
    """`close > highest(high, 20)`: today's high is inside the window."""
    operator = expr.operator
    above, below = (left, right) if operator in (">", "<=") else (right, left)
    if operator not in ("<", "<=", ">", ">=") or above.binding < Binding.SERIES or below.binding < Binding.SERIES:
        return
    if not ranges.never_above(above, below) or above is below:
        return
    never = operator in ("<", ">")
    if sparse_lints.is_pivot(above) or sparse_lints.is_pivot(below):
        _at_its_own_bar(reports, expr, expr.left if sparse_lints.is_pivot(left) else expr.right, context)
        return
    window_expr = expr.right if below is right else expr.left
    window = below if below.kind == "step" else above
    if window.kind != "step":
        window_expr = expr.left if window_expr is expr.right else expr.right
    fixes = []
    if isinstance(window_expr, tree.Call):
        fixes = [insert("compare with the bar before: append `[1]`", window_expr.span, window_expr.span.end, "[1]")]
    if not fixes and never is False:
        return
    reports.warning(
        "W203", f"this can never {'hold' if never else 'fail'}", expr.span,
        notes=["the window includes this bar, so its extreme already counts this bar's price"] if fixes else [],
        fixes=fixes, help="look at the extreme of the bars before: `[1]`" if fixes else "",
    )  # fmt: skip


def _at_its_own_bar(reports: Reports, expr: tree.Binary, pivot: tree.Expr, context: Context) -> None:
    """`close > pivot_high(high)`: a high is confirmed by bars that lie below it."""
    text = f"last_known({context.text(pivot.span)})"
    reports.warning(
        "W203", "this never holds: a pivot is known on the bar that confirms it, whose prices have not passed it",
        expr.span, fixes=[replace(f"replace with `{text}`", pivot.span, text)],
        help="to compare with the newest one on every bar: `last_known(…)`",
    )  # fmt: skip


def _sparse_wait(reports: Reports, expr: tree.Binary, left: Node, right: Node, context: Context) -> None:
    """`barssince(x) > n`, `n < barssince(x)`: false before the first event (semantics 16)."""
    operator, call, bound = expr.operator, expr.left, expr.right
    if operator in ("<", "<="):
        operator, call, bound = _MIRRORED[operator], expr.right, expr.left
        left, right = right, left
    if operator not in (">", ">=") or left.kind != "step" or left.name != "barssince":
        return
    if context.unit(right) not in (Unit.BARS, Unit.PLAIN):
        return  # which is told
    count = _bars_before(bound, right, operator, context)
    fixes = []
    if isinstance(call, tree.Call) and call.arguments and count:
        text = f"not recent({context.text(call.arguments[0].span)}, {count})"
        fixes = [replace(f"replace with `{text}`", expr.span, text, safe=False)]
    reports.warning(
        "W402", "this is false until the event has happened once", expr.span, fixes=fixes,
        notes=["`barssince` is missing before the first event, and a comparison with a missing value is false"],
    )  # fmt: skip


def _bars_before(bound: tree.Expr, node: Node, operator: str, context: Context) -> str:
    """The greatest count of bars that is not `operator` the bound, as text; "" where `recent` does not take it."""
    less = 1 if operator == ">=" else 0
    if node.binding is Binding.SERIES or not is_whole(node) or ranges.bounds(node, context.param_ranges)[0] < less:
        return ""
    if node.kind == "const":
        return f"{float(node.data[0]) - less:.15g}"  # type: ignore[arg-type]
    text = context.text(bound.span)
    return (f"({text}) - 1" if isinstance(bound, tree.Conditional) else f"{text} - 1") if less else text


def negated_comparison(reports: Reports, expr: tree.Unary, operand: Node, context: Context) -> None:
    """`not (a > b)` holds when a is missing (semantics 13)."""
    inner = expr.operand
    if not isinstance(inner, tree.Binary) or inner.operator not in _MEANS_NOT_ABOVE:
        return
    if not context.below(_may_be_missing, _may_be_missing)(operand):
        return
    text = f"{context.text(inner.left.span)} {_MEANS_NOT_ABOVE[inner.operator]} {context.text(inner.right.span)}"
    reports.warning(
        "W401", "this also holds while a side is missing", expr.span,
        notes=["a comparison with a missing value is false, so its negation is true"],
        fixes=[replace(f"replace with `{text}`", expr.span, text, safe=False)],
    )  # fmt: skip


def _may_be_missing(node: Node) -> bool:
    """Whether a node can be missing after its warm-up."""
    if node.kind == "step":
        operator = find_operator(node.name)
        return operator is not None and operator.missing == SPARSE and operator.result == "Number"
    if node.kind == "book":
        return node.name in BOOK_MISSING
    if node.kind == "sample":
        return node.data[0] == "event"
    if node.kind in ("of", "across"):
        return node.type != BOOL
    return node.kind == "input" and node.type != BOOL and node.name.startswith("column:")


def history_of_sample(reports: Reports, expr: tree.History, scope: Scope, context: Context) -> None:
    """`(close @ 1h)[1]` is the reading of the bar before, not of the hour before (semantics 4)."""
    if not isinstance(expr.value, tree.Sampled):
        return
    sampled = expr.value
    offset = context.text(expr.offset.span)
    frame = context.text(sampled.timeframe.span)
    text = f"{context.text(sampled.value.span)}[{offset}] @ {frame}"
    reports.warning(
        "W302", "this is the reading of an earlier bar of the data, not the earlier bar of " + frame, expr.span,
        fixes=[replace(f"replace with `{text}`", expr.span, text, safe=False)],
        help=f"the {frame} bar before is `{text}`",
    )  # fmt: skip


def sampled_event(reports: Reports, expr: tree.Sampled, inner: Value, context: Context) -> None:
    """An event under plain `@` would hold for every bar of the next higher bar (semantics 7)."""
    if expr.mode != "closed":
        return
    nodes: Iterable[Node] = [inner] if isinstance(inner, Node) else ()
    if isinstance(inner, Record):
        nodes = [n for n in inner.fields.values() if isinstance(n, Node)]
    if not any(node.type == BOOL and is_event(node) for node in nodes):
        return
    start = expr.timeframe.span.start
    reports.warning(
        "W301", "an event read this way stays true for every bar until the next one completes", expr.span,
        fixes=[insert("replace `@` with `@ event`", expr.timeframe.span, start, "event ")],
        help=f"`@ event {context.text(expr.timeframe.span)}` holds once, on the bar that completes it",
    )  # fmt: skip


def is_event(node: Node, known: dict[int, bool] | None = None) -> bool:
    """Whether a bool is momentary: a cross, an edge, the end of a higher bar, what is read at that end alone.

    known: what was found of nodes that are read more than once.
    """
    known = {} if known is None else known
    if node.id not in known:
        known[node.id] = _momentary(node, known)
    return known[node.id]


def _momentary(node: Node, known: dict[int, bool]) -> bool:
    if node.kind == "step":
        operator = find_operator(node.name)
        return operator is not None and operator.event
    if node.kind == "pure" and node.name in ("and", "or"):
        return (any if node.name == "and" else all)(is_event(arg, known) for arg in node.args)
    return node.kind == "closes" or (node.kind == "sample" and node.data[0] == "event")


def empty_span(reports: Reports, expr: tree.Call) -> None:
    """`between("09:00", "09:00")` holds no instant: the span is half-open (semantics 11)."""
    reports.warning(
        "W203", "this can never hold", expr.span,
        notes=["the span ends where it begins, and its end is not part of it"],
        help='a whole day is `between("00:00", "24:00")`; leave `between` out where any time will do',
    )  # fmt: skip


def clock_time_in_order(
    reports: Reports, statement: tree.Enter | tree.Exit | tree.Cancel, when: Node, context: Context
) -> None:
    """`hour` and `minute` are of the bar's open; an order is decided at its close (semantics 11)."""
    frame = context.timeframe
    if frame is not None and not frame.intraday:
        return
    node = context.first("time of the open", when, _is_time_of_open)
    if node is not None:
        reports.warning(
            "W403", f"`{node.name}` is the time the bar opened; the decision falls at its close",
            node.span if node.span.source == statement.span.source else statement.span,
            help='`between("09:30", "16:00")` tests the time of the decision',
        )  # fmt: skip


def _is_time_of_open(node: Node) -> bool:
    return node.kind == "calendar" and node.name in ("hour", "minute")

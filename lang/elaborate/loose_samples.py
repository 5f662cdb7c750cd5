"""`@` binds tighter than everything but calls: what it then leaves out is told, where something else may be meant.

`(high + low) / 2 @ 1d` reads the 2 of the day, `high - low @ 1d` takes the day's low from this bar's high, and
`a > b @ 4h` compares this bar's a. Each is a sentence of its own that somebody may have meant, so both ways are shown.
"""

from __future__ import annotations

from ..diagnostics.model import Edit, Fix
from ..diagnostics.reports import LIBRARY, Reports, replace
from ..diagnostics.span import Span
from ..program.nodes import BASE, Binding, Node
from ..syntax import tree
from .context import Context


def constant(reports: Reports, expr: tree.Sampled, whole: tree.Expr, context: Context) -> None:
    """`1 @ 1d`: what is the same on every bar is the same on every clock."""
    fixes = [_around(whole, expr, context)] if whole is not expr and _last(whole) is expr else []
    reports.error(
        "E307", f"`{context.text(expr.value.span)}` is the same on every bar, whatever the clock",
        expr.span, notes=["`@` binds tighter than arithmetic"] if fixes else [], fixes=fixes,
        help="put the whole in parentheses before `@`" if fixes else "leave `@` out",
    )  # fmt: skip


def arithmetic(reports: Reports, expr: tree.Binary, left: Node, whole: tree.Expr, context: Context) -> None:
    """`high - low @ 1d`: one side is of the day, the other of this bar."""
    sampled = _last(expr.right)
    if sampled is None or not _of_this_bar(left, context) or expr.span.source.startswith(LIBRARY):
        return
    around = whole if _last(whole) is sampled else expr
    frame = context.text(sampled.timeframe.span)
    reports.warning(
        "W305", f"only `{context.text(sampled.value.span)}` is read on {frame}, the rest on this bar", sampled.span,
        notes=["`@` binds tighter than arithmetic"], help="say with parentheses what is meant",
        fixes=[_alone(sampled, context), _around(around, sampled, context)],
    )  # fmt: skip


def comparison(reports: Reports, expr: tree.Binary, left: Node, context: Context) -> None:
    """`a > b @ 4h` reads `a > (b @ 4h)`: said where both sides could have been meant."""
    sampled = expr.right
    if not isinstance(sampled, tree.Sampled) or isinstance(expr.left, tree.Sampled) or _bracketed(sampled):
        return
    if left.binding < Binding.SERIES or left.clock is not BASE or left.kind in ("sample", "input"):
        return
    one, two = context.text(expr.left.span), context.text(sampled.span)
    frame = context.text(sampled.timeframe.span)
    reports.warning(
        "W303", f"only the right side is read on {frame}", expr.span,
        notes=["`@` binds tighter than a comparison"],
        help=f"to say so, write `{one} {expr.operator} ({two})`; "
        f"to compare on {frame}, put both in parentheses before `@`",
        fixes=[replace("put the right side in parentheses", sampled.span, f"({two})", safe=True)],
    )  # fmt: skip


def _of_this_bar(node: Node, context: Context) -> bool:
    """Whether a value is of this bar and could be read on another clock: it is none already, nor of the books."""
    if node.binding < Binding.SERIES or node.clock is not BASE:
        return False
    return not context.below("of another bar", lambda inner: inner.kind in ("sample", "book", "closes"))(node)


def _last(expr: tree.Expr) -> tree.Sampled | None:
    """The `x @ 1d` that ends a calculation, if no parentheses keep it apart."""
    while isinstance(expr, tree.Binary) and not _bracketed(expr):
        expr = expr.right
    return expr if isinstance(expr, tree.Sampled) and not _bracketed(expr) else None


def _bracketed(expr: tree.Binary | tree.Sampled) -> bool:
    first = expr.left if isinstance(expr, tree.Binary) else expr.value
    return expr.span.start < first.span.start


def _alone(sampled: tree.Sampled, context: Context) -> Fix:
    text = f"({context.text(sampled.span)})"
    return replace(f"replace with `{text}`", sampled.span, text)


def _around(whole: tree.Expr, sampled: tree.Sampled, context: Context) -> Fix:
    """The same with the whole calculation in parentheses before `@`."""
    source, start, end = sampled.span.source, whole.span.start, sampled.span.end
    at = sampled.value.span.end
    text = f"({context.text(Span(source, start, at))}){context.text(Span(source, at, end))}"
    return Fix(f"replace with `{text}`", (Edit(Span(source, start, end), text),))

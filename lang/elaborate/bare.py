"""A bare number where several units are possible: what it may have been, as fixes, the likelier first."""

from __future__ import annotations

from collections.abc import Sequence

from ..diagnostics.model import Fix
from ..diagnostics.reports import replace
from ..diagnostics.span import Span
from ..program.nodes import Binding, Node
from ..program.units import Unit
from ..syntax import tree
from ..words.amounts import PART, as_shares
from .context import Context
from .ranges import bounds

LIKE_A_DISTANCE = 20.0
"""Up to it a number beside a lot's fill is hardly a price: 2 is meant as per cent, points or multiples."""
LIKE_A_SHARE = 1.0


def readings(expr: tree.Expr | None, units: Sequence[str] = (), *, most: float = PART) -> list[Fix]:
    """`2` as `2%` and with each of the units; nothing where it says its unit, or is no number.

    most: the greatest share that can be meant.
    """
    if not isinstance(expr, tree.Number) or expr.suffix:
        return []
    written = f"{expr.value:.15g}"
    texts = [*as_shares(expr.value, most), *(f"{written}{unit}" for unit in units)]
    return [replace(f"replace with `{text}`", expr.span, text) for text in texts]


def in_points(context: Context, expr: tree.Expr, node: Node) -> list[Fix]:
    """`6`, or `2% * close`, as the distance of so many points of price; nothing of what is neither."""
    if isinstance(expr, tree.Number) and not expr.suffix:
        points = f"{expr.value:.15g}"
    elif context.counts.is_part(node):
        points = as_operand(context, expr)
    else:
        return []
    text = f"close - (close - {points})"
    return [replace(f"replace with `{text}`", expr.span, text)]


def as_share(context: Context, expr: tree.Expr) -> list[Fix]:
    """`1 / 4` as `100% / 4`, `0.1 / annual_volatility(20)` as `10% / …`, `kelly` as `100% * kelly`; no bare number."""
    if isinstance(expr, tree.Number):
        return []
    first = expr.left if isinstance(expr, tree.Binary) and expr.operator in ("*", "/") else None
    if isinstance(first, tree.Number) and not first.suffix and 0.0 < first.value <= LIKE_A_SHARE:
        text = f"{first.value * 100.0:.15g}%{context.text(Span(expr.span.source, first.span.end, expr.span.end))}"
    else:
        text = f"100% * {as_operand(context, expr)}"
    return [replace(f"replace with `{text}`", expr.span, text)]


def upward(expr: tree.Expr) -> list[Fix]:
    """`-2%` without its sign."""
    if not isinstance(expr, tree.Unary) or not isinstance(expr.operand, tree.Number):
        return []
    return [replace("remove the sign", Span(expr.span.source, expr.span.start, expr.operand.span.start), "")]


# --- a number as a price ---------------------------------------------------------------------------


def is_price(context: Context, node: Node) -> bool:
    """Whether a number of no unit is taken as a price: one known before the run, or a column of the data's own."""
    missing = node.kind == "const" and node.data[0] != node.data[0]
    if node.unit is not Unit.PLAIN or missing or context.scales.of(node).index:
        return False
    while node.kind in ("step", "sample") and node.name in ("history", "closed"):
        node = node.args[0]
    return node.binding < Binding.SERIES or (node.kind == "input" and node.name.startswith("column:"))


def doubtful(context: Context, word: str, expr: tree.Expr, node: Node, anchor: str, away: str) -> None:
    """Tell of a number that was taken as a price, where it may be how far the price is from `anchor`."""
    if context.counts.is_part(node):
        _part(context, word, expr, node, anchor, away)
    if node.binding is Binding.SERIES or node.unit is not Unit.PLAIN:
        return
    greatest = bounds(node, context.param_ranges)[1]
    from_fill = anchor == "entry"
    doubt = greatest <= LIKE_A_DISTANCE if from_fill else greatest < LIKE_A_SHARE
    if not doubt and not (from_fill and isinstance(expr, tree.Number)):
        return
    text = context.text(expr.span)
    points = f"{anchor} {away} {as_operand(context, expr)}"
    meant = readings(expr, ["ticks"], most=PART if doubt else 0.0)
    tell = context.reports.warning if doubt else context.reports.hint
    told = f"`{word} {text}` is taken as a price; so far from the {'fill' if from_fill else 'close'} is `{points}`"
    tell("W509", told, expr.span, fixes=[*meant, replace(f"replace with `{points}`", expr.span, points)])


def _part(context: Context, word: str, expr: tree.Expr, node: Node, anchor: str, away: str) -> None:
    """Tell of a small part of a price, `stop 2% * close`: a level that far down, where the way there may be meant."""
    least, most = context.counts.of(node)
    points = f"{anchor} {away} {as_operand(context, expr)}"
    share = f"{most * 100.0:.15g}% of a price" if least == most else f"at most {most * 100.0:.15g}% of a price"
    context.reports.warning(
        "W509", f"`{word} {context.text(expr.span)}` is taken as a price itself, and is {share}", expr.span,
        help=f"so far from the {'fill' if anchor == 'entry' else 'close'} is `{points}`",
        fixes=[replace(f"replace with `{points}`", expr.span, points)],
    )  # fmt: skip


def as_operand(context: Context, expr: tree.Expr) -> str:
    """An expression as it is written, in brackets where it needs them beside an operator."""
    text = context.text(expr.span)
    first = expr.left if isinstance(expr, tree.Binary) else None
    bare = first.span.start == expr.span.start if first else isinstance(expr, tree.Conditional) and text[:1] != "("
    return f"({text})" if bare else text

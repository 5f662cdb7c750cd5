"""Values that most bars do not have: a pivot, known on the bar that confirms it alone, and what `@ event` reads.

A window over one is never full, and two of different bars never stand side by side: such a condition compiles, and
never holds. What was meant are the values themselves: `last_known(p)`, and before it `valuewhen(not is_na(p), p, 1)`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from ...stdlib.operator import COUNT, EVENT, RECURSIVE, WINDOWED, Operator, find_operator
from ..diagnostics.model import Edit, Fix
from ..diagnostics.reports import LIBRARY, Reports, replace
from ..diagnostics.span import Span
from ..program.nodes import BOOL, Node
from ..syntax import tree
from .context import Context

_CARRIES = frozenset({"add", "sub", "mul", "div", "neg", "abs", "min", "max"})
"""Functions that are missing where an argument is."""
_RUNS = {"rising": ">", "falling": "<"}


class Sparse(NamedTuple):
    """A value that most bars do not have, and how many bars ago it is read."""

    node: Node
    ago: float


def window(
    reports: Reports, context: Context, operator: Operator, args: tuple[Node, ...], call: tree.Call,
    given: Mapping[str, tree.Expr], span: Span,
) -> None:  # fmt: skip
    """`sma(close @ event 1h, 3)`, `rising(pivot_low(low))`: no bars in a row have a value (semantics 14).

    span: where the author wrote it, or the call of the library that did.
    """
    found = next((each for arg in args for each in _sparse(arg)), None)
    if found is None or operator.missing not in (WINDOWED, RECURSIVE, EVENT) or not _looks_back(operator, args):
        return
    what = f"this {'never holds' if operator.missing == EVENT else 'is always missing'}"
    if found.node.kind == "sample":
        frame = found.node.args[0].clock
        reports.warning(
            "W304", what, span,
            notes=[f"a value read with `@ event {frame}` is missing on every bar that completes no {frame} bar, "
                   "and a window needs one on every bar"],
            help=f"compute on {frame} itself and read that: `{_on_itself(context, call, str(frame))}`",
        )  # fmt: skip
        return
    fixes = [] if call.span.source.startswith(LIBRARY) else _mended(context, operator, args, call, given)
    reports.warning("W304", what, span, notes=[_PIVOT], fixes=fixes, help="" if fixes else _ONE_AFTER_ANOTHER)


_PIVOT = "a pivot is known on the bar that confirms it, and missing on all others"
_ONE_AFTER_ANOTHER = "of `let p = pivot_low(low, 5, 5)` the newest is `last_known(p)`, the one before " \
                     "`valuewhen(not is_na(p), p, 1)`"  # fmt: skip


def _looks_back(operator: Operator, args: tuple[Node, ...]) -> bool:
    """Whether it needs more than this bar's value: `sma(x, 1)` does not, `rising(x, 1)` does."""
    counts = {
        argument.name: node.data[0] for argument, node in zip(operator.arguments, args, strict=True)
        if argument.kind == COUNT and node.kind == "const"
    }  # fmt: skip
    if not callable(operator.warmup):
        return operator.warmup is not None or operator.missing == EVENT
    return len(counts) < len(operator.counts) or operator.warmup(**counts) > 0


def _mended(
    context: Context, operator: Operator, args: tuple[Node, ...], call: tree.Call, given: Mapping[str, tree.Expr]
) -> list[Fix]:
    """`last_known(p) > valuewhen(not is_na(p), p, 1)` for `rising(p)`; elsewhere the newest in place of the pivot."""
    nodes = {argument.name: node for argument, node in zip(operator.arguments, args, strict=True)}
    name = next((each for each in given if any(True for _ in _sparse(nodes[each]))), None)
    if name is None:
        return []
    text = context.text(given[name].span)
    if operator.name in _RUNS:
        if nodes["length"].kind != "const" or nodes["length"].data[0] != 1.0:
            return []
        written = f"last_known({text}) {_RUNS[operator.name]} {_before(text, '1')}"
        return [replace(f"replace with `{written}`", call.span, written)]
    if operator.name == "changed":
        return [replace(f"replace with `not is_na({text})`", call.span, f"not is_na({text})")]
    return [replace(f"replace with `last_known({text})`", given[name].span, f"last_known({text})")]


def _on_itself(context: Context, call: tree.Call, frame: str) -> str:
    """`rising(x) @ 1w` for `rising(x @ event 1w)`; an example where the call does not show what it reads."""
    text, event = context.text(call.span), re.compile(rf"\s*@\s*event\s+{re.escape(frame)}\b")
    alone = event.sub("", text)
    return f"{alone} @ {frame}" if event.search(text) and "@" not in alone else f"sma(close, 3) @ {frame}"


def _before(pivot: str, times: str) -> str:
    return f"valuewhen(not is_na({pivot}), {pivot}, {times})"


def comparison(reports: Reports, expr: tree.Binary, left: Node, right: Node, context: Context) -> None:
    """`pivot_low(low) > pivot_low(low)[1]`: the two are known on different bars."""
    different = {*_sparse(left), *_sparse(right)}
    pivots = {each for each in different if each.node.kind == "step"}
    if len(pivots) < 2 or expr.span.source.startswith(LIBRARY):
        return
    one_after_another = len({each.node.id for each in pivots}) == 1
    written = [_meant(context, side, node) for side, node in ((expr.left, left), (expr.right, right))]
    edits = [Edit(side.span, text) for side, text in zip((expr.left, expr.right), written, strict=True) if text]
    fixes = []
    if len(edits) == 2:
        fixes = [Fix(f"replace with `{written[0]} {expr.operator} {written[1]}`", tuple(edits))]
    reports.warning(
        "W304", f"this {'never' if one_after_another else 'hardly ever'} holds: the two are known on different bars",
        expr.span, notes=[_PIVOT], fixes=fixes, help="" if fixes else _ONE_AFTER_ANOTHER,
    )  # fmt: skip


def _meant(context: Context, expr: tree.Expr, node: Node) -> str:
    """`p` as the newest, `p[1]` as the one before; "" of what is more than that."""
    if is_pivot(node):
        return f"last_known({context.text(expr.span)})"
    earlier = isinstance(expr, tree.History) and node.kind == "step" and node.name == "history"
    if earlier and is_pivot(node.args[0]):
        assert isinstance(expr, tree.History)
        return _before(context.text(expr.value.span), context.text(expr.offset.span))
    return ""


def is_pivot(node: Node) -> bool:
    """Whether it is a number that an event alone gives: a turning point."""
    operator = find_operator(node.name) if node.kind == "step" else None
    return operator is not None and operator.event and node.type != BOOL


def _sparse(node: Node) -> list[Sparse]:
    """The values whose absence makes this one missing."""
    found: list[Sparse] = []
    waiting, seen = [(node, 0.0)], {(node.id, 0.0)}
    while waiting:
        inner, ago = waiting.pop()
        if is_pivot(inner) or (inner.kind == "sample" and inner.data[0] == "event" and inner.type != BOOL):
            found.append(Sparse(inner, ago))
        further: list[tuple[Node, float]] = []
        if inner.kind == "pure" and inner.name in _CARRIES:
            further = [(arg, ago) for arg in reversed(inner.args)]
        elif inner.kind == "step" and inner.name == "history" and inner.args[1].kind == "const":
            further = [(inner.args[0], ago + float(str(inner.args[1].data[0])))]
        fresh = [each for each in further if (each[0].id, each[1]) not in seen]
        waiting += fresh
        seen.update((each.id, bars) for each, bars in fresh)
    return found

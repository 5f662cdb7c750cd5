"""Conditions that can never hold together, or of which one always does: `hour > 16 and hour < 9`.

What is joined by `and` is read as an order of values: `a > b` puts b below a, `a > 30` puts 30 below a, a cross says
what it is on its own bar. Where the order goes round in a circle that somewhere is strict, there is no bar on which all
of it holds. Of what is joined by `or` the opposite of each part is read so: where none of them can fail, one holds.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise, product
from typing import NamedTuple

from ..diagnostics.model import Fix
from ..diagnostics.reports import LIBRARY, Reports, replace
from ..diagnostics.span import Span
from ..program.nodes import Binding, Node
from ..syntax import tree
from . import ranges
from .context import Context

Key = tuple[object, ...]
_MOST = 16
"""Parts of a chain that are looked at; of a longer one nothing is said."""
_SIZES = {"position.long": ">", "position.short": "<", "position.flat": "=="}
_OPERATORS = {"lt": "<", "le": "<=", "gt": ">", "ge": ">=", "eq": "==", "ne": "!="}
_OPPOSITE = {"<": ">=", "<=": ">", ">": "<=", ">=": "<", "==": "!=", "!=": "=="}
_CROSSES = {"cross_above": ">", "cross_below": "<"}
_RUNS = {"rising": ">", "falling": "<"}


class Fact(NamedTuple):
    """`left operator right`, of two values; or that a condition of its own holds (`==` true) or not."""

    left: Key
    operator: str
    right: Key


def check(reports: Reports, context: Context, expr: tree.Binary, left: Node, right: Node) -> None:
    """`left and right`, `left or right`, of which each may be joined of others."""
    if expr.span.source.startswith(LIBRARY):
        return
    holds = expr.operator == "and"
    one, two = _parts(left, expr.operator), _parts(right, expr.operator)
    if one is None or two is None or len(one) + len(two) > _MOST:
        return
    facts = [[_facts(context, node, holds) for node in side] for side in (one, two)]
    each = [[fact for found in side for fact in found] for side in facts]
    if _clash(each[0]) or _clash(each[1]) or not _clash([*each[0], *each[1]]):
        return
    pair = next(((a, b) for a, b in product(range(len(one)), range(len(two))) if _clash([*facts[0][a], *facts[1][b]])),
                None)  # fmt: skip
    nodes = (one[pair[0]], two[pair[1]]) if pair else ()
    texts = [_text(context, node) for node in nodes]
    what = f"`{texts[0]}` and `{texts[1]}`" if texts and all(texts) else "these"
    fixes = _other(context, expr, left, right)
    if not holds:
        reports.warning(
            "W203", f"one of {what} holds on every bar on which there are values", expr.span, fixes=fixes,
            help="what excludes two things is joined by `and`",
        )  # fmt: skip
        return
    crossed = any(node.kind == "step" and node.name in _CROSSES for node in nodes)
    reports.warning(
        "W203", f"{what} never hold on one bar", expr.span, fixes=[] if crossed else fixes,
        notes=["on the bar of a cross the one is beyond the other already"] if crossed else [],
        help="of the bar before it is said by `[1]`, of one of the last by `recent(…, 5)`" if crossed
        else "what may hold one after the other is remembered by `recent(…, 5)`",
    )  # fmt: skip


def _other(context: Context, expr: tree.Binary, left: Node, right: Node) -> list[Fix]:
    """The other joint between two conditions, where that says something."""
    other = "or" if expr.operator == "and" else "and"
    between = Span(expr.span.source, expr.left.span.end, expr.right.span.start)
    text = context.text(between)
    facts = [fact for node in (left, right) for fact in _facts(context, node, other == "and")]
    joined = any(node.kind == "pure" and node.name in ("and", "or") for node in (left, right))
    if joined or text.strip() != expr.operator or _clash(facts):
        return []
    return [replace(f"replace with `{other}`", between, text.replace(expr.operator, other))]


HELD = ("book", "position.size")
BARS_HELD = ("book", "position.bars")


def excluded(context: Context, when: Node, *known: Fact) -> bool:
    """Whether a condition never holds while something else does, and may otherwise."""
    parts = _parts(when, "and")
    if parts is None:
        return False
    asked = [fact for node in parts for fact in _facts(context, node, True)]
    return not _clash(asked) and _clash([*asked, *known])


def _parts(node: Node, joint: str) -> list[Node] | None:
    """What a chain joins; None of one that is too long."""
    found: dict[int, Node] = {}
    waiting = [node]
    while waiting:
        inner = waiting.pop()
        if inner.kind == "pure" and inner.name == joint:
            waiting.extend(reversed(inner.args))
        else:
            found.setdefault(inner.id, inner)
        if len(found) + len(waiting) > _MOST:
            return None
    return list(found.values())


def _text(context: Context, node: Node) -> str:
    text = context.text(node.span)
    return text if len(text) <= 60 and "\n" not in text else ""


# --- what a condition says -------------------------------------------------------------------------


def _facts(context: Context, node: Node, holds: bool) -> list[Fact]:
    """What is known where a condition holds, or where it has values and does not."""
    if node.kind == "pure" and node.name == "not":
        return _facts(context, node.args[0], not holds)
    if node.kind in ("book", "book_of") and node.name in _SIZES:
        size, operator = (node.kind, "position.size", *node.data[1:]), _SIZES[node.name]
        return [Fact(size, operator if holds else _OPPOSITE[operator], (0.0,))]
    if node.kind == "pure" and node.name in _OPERATORS:
        operator = _OPERATORS[node.name]
        return _compared(context, node.args[0], operator if holds else _OPPOSITE[operator], node.args[1])
    if node.kind == "step" and node.name in _CROSSES and holds:
        return _compared(context, node.args[0], _CROSSES[node.name], node.args[1])
    if node.kind == "step" and node.name in _RUNS and holds:
        return [Fact(_key(node.args[0]), _RUNS[node.name], ("earlier", _key(node.args[0]), 1.0))]
    return [Fact((node.id,), "==" if holds else "!=", ("true",))]


def _compared(context: Context, left: Node, operator: str, right: Node) -> list[Fact]:
    """A comparison; of a parameter or a constant with what it may be at most and at least."""
    if left.type != "number" or (left.binding < Binding.SERIES and right.binding < Binding.SERIES):
        return []
    found = [Fact(_key(left), operator, _key(right))]
    for node in (left, right):
        if node.binding < Binding.SERIES and node.kind != "const":
            low, high = ranges.bounds(node, context.param_ranges)
            found += [Fact((low,), "<=", _key(node)), Fact(_key(node), "<=", (high,))]
    return found


def _key(node: Node) -> Key:
    if node.kind == "const":
        return (float(str(node.data[0])),)
    if node.kind == "step" and node.name == "history" and node.args[1].kind == "const":
        return ("earlier", _key(node.args[0]), float(str(node.args[1].data[0])))
    if node.kind in ("book", "book_of"):
        return (node.kind, *node.data)
    return ("node", node.id)


# --- whether it can be -----------------------------------------------------------------------------


def _clash(facts: Sequence[Fact]) -> bool:
    """Whether no values are in all these orders at once."""
    keys = list(dict.fromkeys(key for fact in facts for key in (fact.left, fact.right)))
    place = {key: at for at, key in enumerate(keys)}
    count = len(keys)
    below: list[list[int]] = [[0] * count for _ in keys]  # 0: nothing is known, 1: no more than, 2: less than

    def put(one: int, other: int, how: int) -> None:
        below[one][other] = max(below[one][other], how)

    for left, operator, right in facts:
        one, other = place[left], place[right]
        if operator in ("<", "<=", "=="):
            put(one, other, 2 if operator == "<" else 1)
        if operator in (">", ">=", "=="):
            put(other, one, 2 if operator == ">" else 1)
    numbers = sorted((key[0], place[key]) for key in keys if isinstance(key[0], float) and key[0] == key[0])
    for (_, one), (_, other) in pairwise(numbers):
        put(one, other, 2)
    for by, after in enumerate(below):
        for row in below:
            if row[by]:
                for other, how in enumerate(after):
                    if how:
                        row[other] = max(row[other], row[by], how)
    circle = any(below[at][at] == 2 for at in range(count))
    apart = [(place[left], place[right]) for left, operator, right in facts if operator == "!="]
    return circle or any(below[a][b] and below[b][a] for a, b in apart)

"""Stops, targets and trails: prices that may depend on the lot's own fill.

Whatever way a bracket is written (a level, a distance, a ratio, a formula in
`entry` and `stop`), it becomes one shape: `base + slope * entry`, both known
at the decision. The expression is elaborated with a placeholder for `entry`,
then split into the part that does not depend on it and the part that does.
"""

from __future__ import annotations

from ..diagnostics.span import Span
from ..program.nodes import BASE, Binding, Graph, Node, walk
from ..program.program import Affine
from ..program.units import Unit
from ..syntax import tree
from .arithmetic import pure
from .expressions import Expressions
from .scope import Given, Scope
from .values import Poison, TextValue

ENTRY = "$entry"


def placeholder(graph: Graph, span: Span) -> Node:
    """Stands for the lot's fill price while a bracket is elaborated; it never reaches the program."""
    return graph.node("param", (), (ENTRY, False), binding=Binding.SERIES, clock=BASE, unit=Unit.PRICE, span=span)


def bracket(
    part: Expressions, clause: tree.Clause, side: str, scope: Scope, stop: Affine | Poison | None
) -> Affine | None:
    """The affine price of a `stop` or `target` clause of `side`; None if it was reported.

    stop: what the `stop` clause of the same statement gave; POISON if that was reported already.
    """
    assert clause.value is not None
    inner = Scope(scope.path, scope)
    entry = placeholder(part.graph, clause.span)
    inner.names["entry"] = Given(entry)
    inner.names["$side"] = Given(TextValue(side, clause.span))
    if clause.word == "target" and stop is not None:
        inner.names["stop"] = Given(stop if isinstance(stop, Poison) else _price(part, stop, entry, clause.span))
    node = part.number(clause.value, inner, BASE, f"a price, a distance or a ratio after `{clause.word}`")
    if isinstance(node, Poison):
        return None
    below = (clause.word == "stop") == (side == "long")
    return _from_unit(part, clause, node, below)


def trail(part: Expressions, clause: tree.Clause, side: str, scope: Scope) -> Affine | None:
    """The level of a `trail` clause of `side`, as `base + slope * best extreme`; None if it was reported."""
    assert clause.value is not None
    node = part.number(clause.value, scope, BASE, "a distance or a ratio after `trail`")
    if isinstance(node, Poison):
        return None
    if node.unit in (Unit.DISTANCE, Unit.RATIO):
        return _from_unit(part, clause, node, side == "long")
    part.reports.error(
        "E408", f"`trail` takes a distance or a ratio, found a {node.unit}", clause.value.span,
        help="for example `trail 3 * atr(14)`, `trail 2%` or `trail 40ticks`",
    )  # fmt: skip
    return None


def _from_unit(part: Expressions, clause: tree.Clause, node: Node, below: bool) -> Affine | None:
    graph, span = part.graph, clause.span
    value = node.data[0] if node.kind == "const" else None
    if isinstance(value, float) and value <= 0.0 and clause.value is not None:
        side = "below" if below else "above"
        part.reports.error("E415", f"`{clause.word}` is above 0, found {value:g}", clause.value.span,
                           help=f"a distance or ratio counts {side} the fill by itself")  # fmt: skip
        return None
    zero, one = graph.constant(0.0), graph.constant(1.0)
    split = _split(part, node, clause)
    if split is None:
        return None
    base, slope = split.base, split.slope
    if node.unit is Unit.PRICE:
        return split
    if node.unit is Unit.DISTANCE:  # entry - (base + slope * entry), or + above
        function = "sub" if below else "add"
        moved = pure(graph, "neg", (base,), span, base.unit) if below else base
        return Affine(moved, pure(graph, function, (one, slope), span))
    if node.unit is Unit.RATIO and _is(slope, 0.0):
        return Affine(zero, pure(graph, "sub" if below else "add", (one, base), span))
    assert clause.value is not None
    part.reports.error(
        "E408", f"`{clause.word}` takes a price, a distance or a ratio, found a {node.unit}", clause.value.span,
        help=f"for example `{clause.word} 2 * atr(14)`, `{clause.word} 3%`, `{clause.word} 20ticks` "
        f"or `{clause.word} lowest(low, 10)`",
    )  # fmt: skip
    return None


def _price(part: Expressions, affine: Affine, entry: Node, span: Span) -> Node:
    """`base + slope * entry` as one node, for `stop` inside a target."""
    if _is(affine.slope, 0.0):
        return affine.base
    scaled = pure(part.graph, "mul", (affine.slope, entry), span, Unit.PRICE)
    return pure(part.graph, "add", (affine.base, scaled), span, Unit.PRICE)


def _split(part: Expressions, node: Node, clause: tree.Clause) -> Affine | None:
    """`node` as base + slope * entry; reports what is not linear in `entry`."""
    found = _Splitter(part.graph, clause.span).split(node)
    if found is None:
        assert clause.value is not None
        part.reports.error(
            "E407", f"a `{clause.word}` may only add to `entry` or multiply it", clause.value.span,
            notes=["the fill is not known at the decision: what follows from it must be a line in it"],
            help="for example `target entry + 2 * (entry - stop)`",
        )  # fmt: skip
    return found


def _is(node: Node, value: float) -> bool:
    return node.kind == "const" and node.data[0] == value


def _is_entry(node: Node) -> bool:
    return node.kind == "param" and node.name == ENTRY


class _Splitter:
    """Splits a node into the part free of `entry` and the factor of `entry`."""

    def __init__(self, graph: Graph, span: Span) -> None:
        self.graph, self.span = graph, span
        self.zero, self.one = graph.constant(0.0), graph.constant(1.0)

    def split(self, node: Node) -> Affine | None:
        """`node` as base + slope * entry; None if it is not linear. Only nodes that lead to `entry` are entered."""
        dependent: set[int] = set()
        for inner in walk([node]):
            if _is_entry(inner) or any(a.id in dependent for a in inner.args):
                dependent.add(inner.id)
        return self._split(node, dependent)

    def _split(self, node: Node, dependent: set[int]) -> Affine | None:
        if node.id not in dependent:
            return Affine(node, self.zero)
        if _is_entry(node):
            return Affine(self.zero, self.one)
        parts = [self._split(a, dependent) for a in node.args]
        known = [p for p in parts if p is not None]
        return self._combine(node, known) if node.kind == "pure" and len(known) == len(parts) else None

    def _combine(self, node: Node, parts: list[Affine]) -> Affine | None:
        name = node.name
        if name in ("add", "sub", "neg"):
            return self._both(name, parts, node.unit)
        if name == "mul" and any(self._free(p) for p in parts):
            free, other = parts if self._free(parts[0]) else reversed(parts)
            return Affine(self._of("mul", free.base, other.base), self._of("mul", free.base, other.slope))
        if name == "div" and self._free(parts[1]):
            return Affine(
                self._of("div", parts[0].base, parts[1].base), self._of("div", parts[0].slope, parts[1].base)
            )
        if name == "select" and self._free(parts[0]):
            condition = node.args[0]
            return Affine(
                self._of("select", condition, parts[1].base, parts[2].base),
                self._of("select", condition, parts[1].slope, parts[2].slope),
            )
        return None

    def _both(self, name: str, parts: list[Affine], unit: Unit) -> Affine:
        bases, slopes = tuple(p.base for p in parts), tuple(p.slope for p in parts)
        return Affine(self._sum(name, bases, unit), self._sum(name, slopes, Unit.PLAIN))

    def _sum(self, name: str, of: tuple[Node, ...], unit: Unit) -> Node:
        """`add`, `sub` or `neg` of parts, of which those that are nothing are left out."""
        if name != "neg" and _is(of[1], 0.0):
            return of[0]
        if name != "neg" and _is(of[0], 0.0):
            return of[1] if name == "add" else pure(self.graph, "neg", of[1:], self.span, unit)
        return pure(self.graph, name, of, self.span, unit)

    def _free(self, affine: Affine) -> bool:
        return _is(affine.slope, 0.0)

    def _of(self, name: str, *args: Node) -> Node:
        if name == "mul" and _is(args[1], 1.0):
            return args[0]
        return pure(self.graph, name, args, self.span)

"""Levels of a lot: stops, targets, trails, prices that may depend on the lot's own fill.

Whatever way a bracket is written (a level, a distance, a ratio, a formula in
`entry` and `stop`), it becomes one shape: `base + slope * entry`, both known
at the decision; the slope is another where the fill is below 0. The expression
is elaborated with a placeholder for `entry`, then split into the part that
does not depend on it and the part that does.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from ..diagnostics.model import Edit, Fix
from ..diagnostics.span import Span
from ..program.nodes import BASE, Binding, Graph, Node
from ..program.program import Affine
from ..program.units import Unit
from ..syntax import tree
from . import bare
from .arithmetic import pure
from .context import Context
from .expressions import Expressions
from .level import Level, Stops
from .questions import AWAY, LEVEL
from .scope import Given, Scope
from .values import Poison, TextValue

ENTRY, STOP = "$entry", "$stop"


def placeholder(graph: Graph, name: str, span: Span) -> Node:
    """Stands for the lot's fill price, or its stop, while a bracket is elaborated; it never reaches the program."""
    return graph.node("param", (), (name, False), binding=Binding.SERIES, clock=BASE, unit=Unit.PRICE, span=span)


def bracket(part: Expressions, level: Level, side: str, scope: Scope, stops: Stops) -> Affine | None:
    """The affine price of a level of a lot of `side`; None if it was reported."""
    inner, known = _beside_a_fill(part, level.clause, side, scope, stops)
    node = part.number(level.expr, inner, BASE, f"a price, a distance or a ratio after `{level.word}`", LEVEL)
    if isinstance(node, Poison):
        return None
    found = _from_unit(part, level, node, level.gain != (side == "long"), known)
    return found and replace(found, said=node)


def _beside_a_fill(
    part: Expressions, clause: tree.Clause, side: str, scope: Scope, stops: Stops
) -> tuple[Scope, dict[str, Affine]]:
    """The scope of a clause in which the fill and the stops are known, and what their placeholders stand for."""
    around = part.context.resolutions[clause.span.source].brackets[clause.span.start]
    inner = Scope(scope.path, around, scope)
    known = {ENTRY: _itself(part.graph)}
    inner.names["entry"] = Given(placeholder(part.graph, ENTRY, clause.span))
    inner.names["$side"] = Given(TextValue(side, clause.span))
    if stops.statement is not None:
        inner.names["$statement"] = Given(TextValue("", stops.statement))
    for name, stop in (("stop", stops.stop), ("$first", stops.first)):
        if stop is not None:
            inner.names[name] = Given(_stop(part.graph, stop, clause.span, known))
    return inner, known


def trail(part: Expressions, level: Level, side: str, scope: Scope, stops: Stops) -> Affine | None:
    """The level of a `trail` clause of `side`, as `base + slope * best extreme`; None if it was reported.

    One in `r` is as `base + slope * entry`: how far it stays behind is known once the lot has its fill.
    """
    known: dict[str, Affine] = {}
    if level.in_r:
        scope, known = _beside_a_fill(part, level.clause, side, scope, stops)
    node = part.number(level.expr, scope, BASE, "a distance or a ratio after `trail`", AWAY)
    if isinstance(node, Poison):
        return None
    if part.context.unit(node) in (Unit.DISTANCE, Unit.RATIO):
        found = _from_unit(part, level, node, side == "long", known)
        return found and replace(found, said=node)
    price = part.context.unit(node) is Unit.PRICE
    part.reports.error(
        "E408", f"`trail` takes a distance or a ratio, found {part.context.unit(node).noun}", level.expr.span,
        notes=["it counts from the best price since the fill by itself, and says how far behind"] if price else [],
        help="for example `trail 3 * atr(14)`, `trail 2%`, `trail 40ticks` or, beside a `stop`, `trail 1r`; "
        "points of price are a difference of prices: `trail close - (close - 6)`",
        fixes=[*bare.readings(level.expr, ["ticks"]), *bare.in_points(part.context, level.expr, node)],
    )  # fmt: skip
    return None


def _itself(graph: Graph) -> Affine:
    """The fill price as a line in itself."""
    one = graph.constant(1.0)
    return Affine(graph.constant(0.0), one, one)


def _stop(graph: Graph, stop: Affine | Poison, span: Span, known: dict[str, Affine]) -> Node | Poison:
    """What a stop stands for inside another level: itself, or a placeholder where it follows from the fill."""
    if isinstance(stop, Poison) or _is_free(stop):
        return stop if isinstance(stop, Poison) else stop.base
    known[STOP] = stop
    return placeholder(graph, STOP, span)


def _from_unit(
    part: Expressions, level: Level, node: Node, below: bool, known: Mapping[str, Affine]
) -> Affine | None:
    graph, span = part.graph, level.clause.span
    value = node.data[0] if node.kind == "const" else None
    if isinstance(value, float) and (value < 0.0 if level.moves else value <= 0.0):
        side = "below" if below else "above"
        least = "0 or more" if level.moves else "above 0"
        kept = f"; a gain that is kept: `stop entry {'+' if below else '-'} 1r`" if level.moves else ""
        part.reports.error("E415", f"`{level.word}` must be {least}, found {value:g}", level.expr.span,
                           help=f"a distance or ratio counts {side} the fill by itself{kept}",
                           fixes=bare.upward(level.expr))  # fmt: skip
        return None
    zero, one = graph.constant(0.0), graph.constant(1.0)
    split = _split(part, node, level, known)
    if split is None:
        return None
    base = split.base
    if node.unit is Unit.PRICE or bare.is_price(part.context, node):
        bare.doubtful(part.context, level.word, level.expr, node, "entry", "-" if below else "+")
        return split
    if node.unit is Unit.DISTANCE:  # entry - (base + slope * entry), or + above
        function = "sub" if below else "add"
        moved = pure(graph, "neg", (base,), span, base.unit) if below else base
        slopes = (pure(graph, function, (one, slope), span) for slope in (split.slope, split.slope_below))
        return Affine(moved, *slopes)
    if part.context.unit(node) is Unit.RATIO and _is_free(split):
        nearer, farther = (pure(graph, function, (one, base), span) for function in ("sub", "add"))
        return Affine(zero, nearer, farther) if below else Affine(zero, farther, nearer)
    part.reports.error(
        "E408", f"`{level.word}` takes a price, a distance or a ratio, found {part.context.unit(node).noun}",
        level.expr.span,
        help=f"for example `{level.word} 2 * atr(14)`, `{level.word} 3%`, `{level.word} 20ticks` "
        f"or `{level.word} lowest(low, 10)`; points of price count from `entry`: "
        f"`{level.word} entry {'-' if below else '+'} 5`" + _LATER * (level.word == "after" and _lasts(part, node)),
    )  # fmt: skip
    return None


_LATER = "; after some time: `exit long when position.bars >= 10 trigger position.entry_price`"


def _lasts(part: Expressions, node: Node) -> bool:
    """Whether what should be a level is a time."""
    return part.context.unit(node) in (Unit.BARS, Unit.DURATION)


def _split(part: Expressions, node: Node, level: Level, known: Mapping[str, Affine]) -> Affine | None:
    """`node` as a line in `entry`; reports what is none."""
    found = _Splitter(part.context, level.clause.span, known).split(node)
    if found is None:
        trails = level.word == "trail"
        parts = list(tree.walk([level.expr]))
        entries = [each for each in parts if isinstance(each, tree.Name) and each.name == "entry"]
        chosen = entries and not trails and any(isinstance(each, tree.Call) for each in parts)
        fixes = [_of_the_close(entries)] if chosen else []
        part.reports.error(
            "E407", f"what follows `{level.word}` may only add to {'`r`' if trails else '`entry`'} or multiply it",
            level.expr.span, notes=["the fill is not known at the decision: what follows from it must be a line in it"],
            help="for example `trail 1r + atr(14)`" if trails else "for example `target entry + 2 * (entry - stop)`"
            + "; what is chosen among levels counts from the `close` of the decision" * bool(fixes), fixes=fixes,
        )  # fmt: skip
    return found


def _of_the_close(entries: list[tree.Name]) -> Fix:
    """`stop max(entry - 2 * atr(14), lowest(low, 10))`: the close, near which a market order fills, in place of it."""
    edits = tuple(Edit(entry.name_span, "close") for entry in entries)
    return Fix("count from `close`, which is known at the decision", edits)


def _is(node: Node, value: float) -> bool:
    return node.kind == "const" and node.data[0] == value


def _is_free(affine: Affine) -> bool:
    """Whether it is one price, whatever the fill."""
    return _is(affine.slope, 0.0) and _is(affine.slope_below, 0.0)


class _Splitter:
    """Splits a node into the part free of `entry` and the factors of `entry`; `known` are the placeholders by name."""

    def __init__(self, context: Context, span: Span, known: Mapping[str, Affine]) -> None:
        self.graph, self.span, self.known = context.graph, span, known
        self.zero = self.graph.constant(0.0)
        names = frozenset(known)
        self._depends = context.below(names, lambda node: node.kind == "param" and node.name in names)
        self._found: dict[int, Affine | None] = {}

    def split(self, node: Node) -> Affine | None:
        """`node` as a line in `entry`; None if it is none. Only nodes that lead to a placeholder are entered."""
        return self._split(node)

    def _placeholder(self, node: Node) -> Affine | None:
        return self.known.get(node.name) if node.kind == "param" else None

    def _split(self, node: Node) -> Affine | None:
        """A node that is read in several places is split once."""
        if node.id not in self._found:
            self._found[node.id] = self._taken_apart(node)
        return self._found[node.id]

    def _taken_apart(self, node: Node) -> Affine | None:
        if not self._depends(node):
            return Affine(node, self.zero, self.zero)
        if found := self._placeholder(node):
            return found
        parts = [self._split(a) for a in node.args]
        known = [p for p in parts if p is not None]
        return self._combine(node, known) if node.kind == "pure" and len(known) == len(parts) else None

    def _combine(self, node: Node, parts: list[Affine]) -> Affine | None:
        name = node.name
        if name in ("add", "sub", "neg"):
            bases, *slopes = zip(*(p.nodes for p in parts), strict=True)
            return Affine(self._sum(name, bases, node.unit), *(self._sum(name, s, Unit.PLAIN) for s in slopes))
        if name == "mul" and any(_is_free(p) for p in parts):
            free, other = parts if _is_free(parts[0]) else reversed(parts)
            return Affine(*(self._of("mul", free.base, n) for n in other.nodes))
        if name == "div" and _is_free(parts[1]):
            return Affine(*(self._of("div", n, parts[1].base) for n in parts[0].nodes))
        if name == "select" and _is_free(parts[0]):
            chosen = zip(parts[1].nodes, parts[2].nodes, strict=True)
            return Affine(*(self._of("select", node.args[0], one, other) for one, other in chosen))
        return None

    def _sum(self, name: str, of: tuple[Node, ...], unit: Unit) -> Node:
        """`add`, `sub` or `neg` of parts, of which those that are nothing are left out."""
        if name != "neg" and _is(of[1], 0.0):
            return of[0]
        if name != "neg" and _is(of[0], 0.0):
            return of[1] if name == "add" else pure(self.graph, "neg", of[1:], self.span, unit)
        return pure(self.graph, name, of, self.span, unit)

    def _of(self, name: str, *args: Node) -> Node:
        if name == "mul" and _is(args[1], 1.0):
            return args[0]
        return pure(self.graph, name, args, self.span)

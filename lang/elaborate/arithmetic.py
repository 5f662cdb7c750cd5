"""Operators on values: their types, their units, and the node they make.

The unit of a result is inferred by the tables below (semantics 17). A unit
that cannot be told is PLAIN: units make mistakes visible, they never forbid
arithmetic.
"""

from __future__ import annotations

from ...stdlib.primitives import evaluate
from ..diagnostics.span import Span
from ..program.nodes import BOOL, NUMBER, Binding, Clock, Graph, Node
from ..program.units import Unit

P, D, R, Q, M, B, U, T, N = (
    Unit.PRICE, Unit.DISTANCE, Unit.RATIO, Unit.QUANTITY, Unit.MONEY, Unit.BARS, Unit.DURATION, Unit.TIME, Unit.PLAIN,
)  # fmt: skip

_ADD = {(P, D): P, (D, P): P, (P, N): P, (N, P): P, (D, N): D, (N, D): D, (T, U): T, (U, T): T, (B, N): B, (N, B): B,
        (M, N): M, (N, M): M, (Q, N): Q, (N, Q): Q, (R, N): R, (N, R): R}  # fmt: skip
_SUB = {(P, P): D, (T, T): U, (P, D): P, (T, U): T, (P, N): P, (D, N): D, (B, N): B, (M, N): M, (Q, N): Q, (R, N): R,
        (N, R): R, (N, B): B, (N, M): M, (N, Q): Q, (N, D): D}  # fmt: skip
_MUL = {(P, Q): M, (D, Q): M, (R, R): R, (R, N): R}
_DIV = {(D, P): R, (P, D): R, (M, P): Q, (M, Q): P, (M, D): Q}
_SCALES = (N, R)


def unit_of(function: str, left: Unit, right: Unit) -> Unit:
    """The unit of `left function right` for the four arithmetic operations."""
    if function == "add":
        return left if left is right else _ADD.get((left, right), N)
    if function == "sub":
        return _SUB.get((left, right), left if left is right else N)
    if function == "mul":
        found = _MUL.get((left, right)) or _MUL.get((right, left))
        return found or (left if right in _SCALES else right if left in _SCALES else N)
    if function in ("div", "floordiv", "mod"):
        if left is right:
            return R if left is not N and function == "div" else N
        return _DIV.get((left, right), left if right in _SCALES else N)
    raise KeyError(function)


def joined(left: Node, right: Node) -> Unit:
    """The unit of a choice between two values: what has none of its own takes the other's."""
    if left.unit is right.unit:
        return left.unit
    for this, other in ((left, right), (right, left)):
        if this.unit is N and (this.binding < Binding.SERIES or this.kind in ("previous", "lagged", "present")):
            return other.unit
    return N


def as_condition(graph: Graph, value: Node) -> Node:
    """A column of the data's own, or its history, read as true and false; any other value as it is (semantics 34)."""
    if value.kind == "input" and value.name.startswith("column:"):
        return graph.node("input", (), value.data, type=BOOL, clock=value.clock, span=value.span)
    if value.kind == "of":
        source = as_condition(graph, value.args[0])
        if source.type == BOOL:
            return graph.node("of", (source,), value.data, type=BOOL, clock=value.clock, span=value.span)
    if value.kind == "step" and value.name == "history":
        source, offset = as_condition(graph, value.args[0]), value.args[1]
        if source.type == BOOL:
            return graph.node(
                "step", (source, offset), ("history_bool",), type=BOOL, clock=value.clock, span=value.span
            )
    return value


def common_clock(args: tuple[Node, ...]) -> Clock | None:
    """The clock of the series among `args`; None if none of them is one."""
    for arg in args:
        if arg.clock is not None:
            return arg.clock
    return None


_BOOL_RESULTS = frozenset("lt le gt ge eq ne beq bne and or not is_na bselect".split())


def pure(graph: Graph, function: str, args: tuple[Node, ...], span: Span, unit: Unit = N) -> Node:
    """`function(args)` as a node; computed here and now if every argument is a constant."""
    result = BOOL if function in _BOOL_RESULTS else NUMBER
    binding = args[0].binding
    for arg in args:
        if arg.binding > binding:
            binding = arg.binding
    if binding is Binding.CONST:
        value = evaluate(function, [a.data[0] for a in args])
        return graph.constant(bool(value) if result == BOOL else float(value), unit, span)
    simple = _simplified(function, args)
    if simple is not None:
        return simple
    return graph.node(
        "pure", args, (function,), type=result, binding=binding, clock=common_clock(args), unit=unit, span=span
    )


def _simplified(function: str, args: tuple[Node, ...]) -> Node | None:
    """Identities that hold for every value, missing ones among them (so never `x * 1` or `x - x`)."""
    if function in ("select", "bselect") and args[0].kind == "const":
        return args[1] if args[0].data[0] else args[2]
    if function in ("and", "or"):
        for this, other in ((args[0], args[1]), (args[1], args[0])):
            if this.kind == "const":
                return other if bool(this.data[0]) is (function == "and") else this
        if args[0] is args[1]:
            return args[0]
    if function == "not" and args[0].kind == "pure" and args[0].name == "not":
        return args[0].args[0]
    return None


def is_whole(node: Node) -> bool:
    """Whether a value known before the run is certainly a whole number: all that it is made of is."""
    waiting, seen = [node], {node.id}
    while waiting:
        inner = waiting.pop()
        parts = _wholes_of(inner)
        if parts is None:
            return False
        waiting += [part for part in parts if part.id not in seen]
        seen.update(part.id for part in parts)
    return True


def _wholes_of(node: Node) -> tuple[Node, ...] | None:
    """What has to be whole for a node to be; None where it need not be whole whatever they are."""
    if node.kind == "const":
        value = node.data[0]
        return () if isinstance(value, float) and value.is_integer() else None
    if node.kind == "param":
        return () if node.data[1] else None
    if node.kind != "pure":
        return None
    if node.name in ("floor", "ceil", "round", "floordiv", "sign", "number"):
        return ()
    if node.name in ("add", "sub", "mul", "neg", "abs", "min", "max", "mod"):
        return node.args
    return node.args[1:] if node.name == "select" else None

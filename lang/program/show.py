"""A typed program as text: one node a line, then what is done with them (`--emit program`)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from .nodes import Node, walk
from .program import Affine, Cancel, Enter, Flow, Hold, Program, Value


def show(program: Program) -> str:
    """Every node reachable from a definition or statement, renumbered in order, and the statements."""
    start = list(roots(program))
    numbers: dict[int, int] = {}
    lines: list[str] = []
    for node in walk(start, dict(program.cells)):
        numbers[node.id] = len(numbers)
    for node in walk(start, dict(program.cells)):
        lines.append(_node(node, numbers))
    lines.extend(_statements(program, numbers))
    return "\n".join(lines) + "\n"


def _node(node: Node, numbers: Mapping[int, int]) -> str:
    inside = [*(_datum(d) for d in node.data), *(f"%{numbers[a.id]}" for a in node.args)]
    where = "" if node.clock is None else f" @ {node.clock}"
    kind = node.type if node.type == "bool" else str(node.unit)
    return f"%{numbers[node.id]:<4} = {node.kind} {' '.join(inside)}  : {kind}{where}, {node.binding.name.lower()}"


def _datum(value: object) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)


def roots(program: Program) -> Iterator[Node]:
    """Everything a program computes, before passes remove what nobody asks for."""
    for value in program.lets.values():
        yield from nodes_of(value)
    for statement in program.trading:
        yield from statement.reads
        if isinstance(statement, Hold | Flow):  # of a period, it is no part of what is waited for
            yield statement.when
    yield from (g.threshold for g in program.guards)
    yield from (reading for _, reading in program.gauges)
    yield from (p.node for p in program.plots)
    yield from (e.node for e in program.emits)
    yield from (a.when for a in program.alerts)
    yield from (r.node for r in program.requires)
    yield from [program.prefer] if program.prefer is not None else []


def nodes_of(value: Value) -> Iterator[Node]:
    """Every node of a value: itself, or those of a record's fields."""
    if isinstance(value, Node):
        yield value
    else:
        for inner in value.values():
            yield from nodes_of(inner)


def _statements(program: Program, numbers: Mapping[int, int]) -> Iterator[str]:
    def ref(node: Node | None) -> str:
        return "-" if node is None else f"%{numbers[node.id]}"

    def affine(value: Affine | None) -> str:
        if value is None:
            return "-"
        below = "" if value.slope is value.slope_below else f" ({ref(value.slope_below)} below 0)"
        return f"{ref(value.base)} + {ref(value.slope)} * entry{below}"

    yield ""
    for name, value in program.lets.items():
        yield f"let {name} = {', '.join(ref(n) for n in nodes_of(value))}"
    for statement in program.trading:
        one = f" {statement.symbol}" if statement.symbol else ""
        if isinstance(statement, Cancel):
            yield f"cancel {statement.side}{one} when {ref(statement.when)}"
            continue
        if isinstance(statement, Flow):
            yield f"{statement.word} {statement.sizing.kind} {ref(statement.sizing.value)} when {ref(statement.when)}"
            continue
        if isinstance(statement, Hold):
            word = f"atomic {statement.leg}{one}" if statement.atomic else "rebalance"
            if statement.step:
                word = f"sequence {statement.sequence} step {statement.step} {statement.leg}{one}"
            size = f"{statement.sizing.kind} {ref(statement.sizing.value)}"
            yield f"{word} #{statement.group} when {ref(statement.when)} size {size} band {ref(statement.band)}"
            continue
        size = "all" if statement.sizing is None else f"{statement.sizing.kind} {ref(statement.sizing.value)}"
        line = f"{type(statement).__name__.lower()} {statement.side}{one} when {ref(statement.when)} size {size}"
        if isinstance(statement, Enter):
            line += (
                f" stop {affine(statement.stop)} target {affine(statement.target)} trail {affine(statement.trail)}"
                f" scale {statement.scale}"
            )
            line += "".join(f" take {ref(take.share)} at {affine(take.level)}" for take in statement.takes)
            line += "".join(f" stop {affine(move.stop)} after {affine(move.after)}" for move in statement.moves)
            if ladder := statement.ladder:
                line += f" ladder {len(ladder.rests)} step {ref(ladder.step)}{' again' * ladder.again}"
            if statement.trail_after:
                line += f" trail after {affine(statement.trail_after)}"
            line += " trail from the fill" * statement.trail_from_fill
        if rest := statement.rest:
            line += f" limit {ref(rest.limit)} trigger {ref(rest.trigger)} valid {rest.life or '1 bar'}"
            line += f" {ref(rest.valid)} until {ref(rest.until)}"
        yield line
    if program.prefer is not None:
        yield f"prefer {ref(program.prefer)}"
    for guard in program.guards:
        of = f" of {guard.of}" if guard.of else ""
        until = f" until {guard.until}" if guard.until else ""
        reads = f" ({ref(guard.reading)})" if guard.reading is not None else ""
        yield f"guard {guard.name}{reads} {ref(guard.threshold)}{of} then {guard.action}{until}"

"""What the operands of an op are, for the engines: numbers, bools or counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from ...stdlib import operators as _fills_the_registry  # noqa: F401  a kept plan comes without the elaborator
from ...stdlib.operator import BOOL as BOOL_ARGUMENT
from ...stdlib.operator import COUNT as COUNT_ARGUMENT
from ...stdlib.operator import operator_of
from ...stdlib.primitives import PRIMITIVES
from .model import Clock, Op, Plan

NUMBER, BOOL, COUNT = "number", "bool", "count"
_OF_ARGUMENT = {BOOL_ARGUMENT: BOOL, COUNT_ARGUMENT: COUNT}


def kinds(op: Op) -> tuple[str, ...]:
    """The kind of each operand."""
    if op.kind == "pure":
        return PRIMITIVES[op.name].operands
    if op.kind == "step":
        return tuple(_OF_ARGUMENT.get(argument.kind, NUMBER) for argument in operator_of(op.name).arguments)
    return (op.type,) * len(op.args)


def uses(ops: Iterable[Op], leaving: Iterable[int] = ()) -> Counter[int]:
    """How often each value is read by ops, or leaves."""
    found = Counter(leaving)
    for op in ops:
        found.update(op.args)
    return found


def blocks(plan: Plan) -> list[tuple[Op, ...]]:
    """Every list of ops of a plan."""
    found = [plan.ops, *(decision.ops for decision in plan.decisions)]
    for clock in plan.clocks:
        found += [clock.ops, clock.peek]
    return found


def reads_books(plan: Plan) -> bool:
    """Whether a value of the plan is a reading of the books, or of the account."""
    return any(op.kind == "book" for block in blocks(plan) for op in block)


def slots(plan: Plan) -> dict[str, set[int]]:
    """The slots of the parameter array that are read, by the kind they are read as; thresholds are counts."""
    found: dict[str, set[int]] = {NUMBER: set(), BOOL: set(), COUNT: set()}

    def read(value: int, kind: str) -> None:
        if value < 0:
            found[kind].add(-1 - value)

    for op in (op for block in blocks(plan) for op in block):
        for value, kind in zip(op.args, kinds(op), strict=True):
            read(value, kind)
        found[COUNT].update(slot for _, slot in op.gate)
    for counter in plan.counters:
        found[COUNT].update(slot for _, slot in counter.gate)
    for output in plan.outputs:
        read(output.value, output.type)
        found[COUNT].update(slot for _, slot in output.gate)
    if plan.prefer is not None:
        read(plan.prefer, NUMBER)
    for decision in plan.decisions:
        read(decision.when, BOOL)
        found[COUNT].update(slot for _, slot in decision.gate)
        for _, value in decision.inbox:
            read(value, NUMBER)
        for value, kind in zip(decision.texts, decision.text_types, strict=True):
            read(value, kind)
    for gauge in plan.gauges:
        read(gauge.value, NUMBER)
        found[COUNT].update(slot for _, slot in gauge.gate)
    return found


def leaving(plan: Plan) -> list[int]:
    """Values of the base block that something besides its ops reads."""
    found = [output.value for output in plan.outputs] + [commit.value for commit in plan.commits]
    found += [] if plan.prefer is None else [plan.prefer]
    found += [gauge.value for gauge in plan.gauges]
    for decision in plan.decisions:
        found += [decision.when, *(value for _, value in decision.inbox), *decision.texts]
        found += [arg for op in decision.ops for arg in op.args]
    return found


def leaving_clock(clock: Clock) -> list[int]:
    """Values of a higher block that something besides its ops reads."""
    return [commit.value for commit in clock.commits] + [hold.value for hold in clock.holds]

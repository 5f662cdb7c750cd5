"""What every slot of whole-number state can hold: the one place that says it of a whole plan.

Engines use slots of `k` as places in windows and as conditions, and do not look at them first. State that a run made
lies within these bounds; state that comes from outside is held to them (`runtime/machine/restore.py`). Slots of `f`
and `w` are numbers to compute with: any within ±`LIMIT` will do, but where an operator says otherwise
(`Operator.beyond`, `Operator.sound`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import inf

from ...stdlib.arith import LIMIT
from ...stdlib.operator import COUNT as COUNT_ARGUMENT
from ...stdlib.operator import operator_of
from .model import COUNT, END, GROWING, Commit, Op, Plan
from .operands import BOOL, blocks

Bounds = tuple[int, float, float]
"""A slot of k, the least and the greatest value it can have."""


def bounds(plan: Plan, params: Sequence[float], bars: int) -> Iterator[Bounds]:
    """The bounds of each slot of `k` that is used, after `bars` bars with these parameters."""
    for op in steps(plan):
        for place, (least, most) in enumerate(operator_of(op.name).limits(bars, **counts(op, params)), op.at[1]):
            yield place, least, most
    for commit in commits(plan):
        value, begun = commit.at
        yield begun, 0, 1
        if commit.type == BOOL:
            yield value, 0, 1
    for clock in plan.clocks:
        yield clock.at + GROWING, 0, 1
        yield clock.at + END, -inf, inf
        yield clock.at + COUNT, 0, bars
        for hold in clock.holds:
            if hold.type == BOOL:
                yield hold.slot, 0, 1
    for counter in plan.counters:
        if counter.at >= 0:
            yield counter.at, 0, bars
    for output in plan.outputs:
        if output.at >= 0:
            yield output.at, 0, 1


def steps(plan: Plan) -> Iterator[Op]:
    """The operators that a plan steps, those on copies included."""
    return (op for block in blocks(plan) for op in block if op.kind == "step")


def commits(plan: Plan) -> Iterator[Commit]:
    """All cells that a plan stores."""
    yield from plan.commits
    for clock in plan.clocks:
        yield from clock.commits


def counts(op: Op, params: Sequence[float]) -> Mapping[str, int]:
    """The whole numbers that an operator is given before the run, by name."""
    arguments = operator_of(op.name).arguments
    return {
        argument.name: int(params[-1 - operand])
        for argument, operand in zip(arguments, op.args, strict=True)
        if argument.kind == COUNT_ARGUMENT
    }


def unsound(
    plan: Plan, params: Sequence[float], bars: int, f: Sequence[float], k: Sequence[int], w: Sequence[float]
) -> str:
    """What in this state no run can have left, "" if there is nothing."""
    for slot, least, most in bounds(plan, params, bars):
        if not least <= k[slot] <= most:
            return f"slot {slot} is {k[slot]}, which is not from {least:g} to {most:g}"
    for op in steps(plan):
        operator = operator_of(op.name)
        if operator.sound is not None:
            given = counts(op, params)
            _, at, window = op.at
            size = operator.window(**given) if operator.window else 0
            if not operator.sound(k[at : at + operator.ints], w[window : window + size], **given):
                return f"the window of `{op.name}` is in no order that it can have"
    for most, values in _values(plan, params, f, w):
        if any(abs(value) > most for value in values):
            return f"a value is beyond {most:g}"
    return ""


def _values(
    plan: Plan, params: Sequence[float], f: Sequence[float], w: Sequence[float]
) -> Iterator[tuple[float, Sequence[float]]]:
    """What holds numbers, and how great they may be."""
    for op in steps(plan):
        operator, given = operator_of(op.name), counts(op, params)
        at, _, window = op.at
        most, size = operator.farthest(**given), operator.window(**given) if operator.window else 0
        yield most, f[at : at + operator.floats]
        yield most, w[window : window + size]
    for commit in commits(plan):
        if commit.type != BOOL:
            yield LIMIT, f[commit.at[0] : commit.at[0] + 1]
    for clock in plan.clocks:
        for hold in clock.holds:
            if hold.type != BOOL:
                yield LIMIT, f[hold.slot : hold.slot + 1]

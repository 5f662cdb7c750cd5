"""State of operators from outside: within the declared bounds no step leaves its arrays; no run leaves the bounds."""

from __future__ import annotations

import math
import random
from typing import Any

import pytest
from stratagem.stdlib.operator import BOOL, COUNT, NUMBER, REGISTRY, Operator
from stratagem.stdlib.operators.ranks import heads

from .harness import Running

EXTREME = (math.nan, math.inf, -math.inf, 1e308, -1e308, 0.0, -0.0, -1.0, 0.5, 63.0, 64.0, 1e18, 5e-324)
OPERATORS = sorted(REGISTRY)


class Walled:
    """An array that takes an index of its own only: one from the end, or beyond it, is a fault."""

    def __init__(self, values: list[Any]) -> None:
        self.values = values

    def __getitem__(self, index: Any) -> Any:
        if isinstance(index, slice):
            return Walled(self.values[index])
        assert 0 <= index < len(self.values), index
        return self.values[index]

    def __setitem__(self, index: int, value: Any) -> None:
        assert 0 <= index < len(self.values), index
        self.values[index] = value


def lengths(row: Operator, length: int) -> dict[str, int]:
    return {argument.name: length for argument in row.counts}


def inputs(row: Operator, draw: random.Random, odd: float) -> list[Any]:
    """One bar's inputs, the optional ones too."""
    found: list[Any] = []
    for argument in row.arguments:
        if argument.kind == NUMBER:
            found.append(draw.choice(EXTREME) if draw.random() < odd else float(draw.randrange(20)))
        elif argument.kind == BOOL:
            found.append(draw.randrange(2))
    return found


def arranged(row: Operator, values: list[Any], counts: dict[str, int]) -> list[Any]:
    """The inputs in the order of the step, with the counts."""
    rest = iter(values)
    return [counts[argument.name] if argument.kind == COUNT else next(rest) for argument in row.arguments]


@pytest.mark.parametrize("name", OPERATORS)
@pytest.mark.parametrize("length", [1, 2, 5, 64, 130])
def test_no_run_leaves_the_bounds(name: str, length: int) -> None:
    row, draw = REGISTRY[name], random.Random(f"{name} {length}")
    counts = lengths(row, length)
    step = Running(name, **counts)
    for bar in range(1, 3 * length + 40):
        row.step(step.f, step.k, step.w, *arranged(row, inputs(row, draw, 0.02), counts))
        for value, (least, most) in zip(step.k, row.limits(bar, **counts), strict=True):
            assert least <= value <= most
        assert row.sound is None or row.sound(step.k, step.w, **counts)


@pytest.mark.parametrize("name", OPERATORS)
@pytest.mark.parametrize("length", [1, 2, 5, 64, 130])
def test_no_state_within_the_bounds_leads_out_of_the_arrays(name: str, length: int) -> None:
    """Whatever numbers stand in `f` and `w`, the steps that follow stay in the arrays and raise nothing."""
    row, draw = REGISTRY[name], random.Random(f"{name} {length}")
    counts = lengths(row, length)
    for _ in range(60):
        step = Running(name, **counts)
        step.f = [draw.choice(EXTREME) for _ in step.f]
        step.k = [draw.choice((least, most, draw.randint(least, most))) for least, most in row.limits(9, **counts)]
        step.w = [draw.choice(EXTREME) if draw.random() < 0.5 else float(draw.randrange(40)) for _ in step.w]
        if row.sound is not None:
            step.w[heads(length) :] = [float(draw.randrange(64)) for _ in step.w[heads(length) :]]
            assert row.sound(step.k, step.w, **counts)
        for _ in range(length + 5):
            row.step(Walled(step.f), Walled(step.k), Walled(step.w), *arranged(row, inputs(row, draw, 0.1), counts))


@pytest.mark.parametrize("name", ["median", "percentile", "percentile_nearest", "tail_mean", "percentrank"])
@pytest.mark.parametrize("head", [math.nan, math.inf, -1.0, 64.0, 0.5, -1e300])
def test_a_head_outside_of_its_ring_is_no_state(name: str, head: float) -> None:
    row, counts = REGISTRY[name], {"length": 70}
    step = Running(name, **counts)
    assert row.sound is not None and row.sound(step.k, step.w, **counts)
    step.w[heads(70) + 1] = head
    assert not row.sound(step.k, step.w, **counts)

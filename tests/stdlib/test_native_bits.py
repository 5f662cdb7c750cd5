"""One text, two ways to run: numba compiles every step, and gives the bits that CPython gives."""

from __future__ import annotations

import math
import random
import struct
from functools import cache
from typing import Any

import pytest
from stratagem.stdlib.operator import BOOL, COUNT, NUMBER, REGISTRY, Operator

from .harness import NAN, Running
from .native import run_native

BARS = 20_000


def columns(operator: Operator, seed: int) -> list[list[Any]]:
    """Inputs without a default that are no counts: walks on a grid (so that values repeat), with gaps, and events."""
    return drawn(tuple(a.kind for a in operator.arguments if a.default is None and a.kind != COUNT), seed)


@cache
def drawn(kinds: tuple[str, ...], seed: int) -> list[list[Any]]:
    """Columns of these kinds, which most operators share: drawing them takes longer than many a step."""
    rng = random.Random(seed)
    return [walk(rng) if kind == NUMBER else [int(rng.random() < 0.1) for _ in range(BARS)] for kind in kinds]


def walk(rng: random.Random) -> list[float]:
    level, gap, values = 100.0, 0, []
    for _ in range(BARS):
        level += rng.choice((-0.5, -0.25, 0.0, 0.25, 0.5))
        gap = max(gap - 1, 0) or (rng.choice((1, 2, 150)) if rng.random() < 0.001 else 0)
        spike = rng.choice((1e300, -1e8, 0.0, 1e-8)) if rng.random() < 0.0005 else 0.0
        values.append(NAN if gap else level + spike + rng.random() * (rng.random() < 0.3))
    return values


def bits(value: Any) -> bytes:
    return struct.pack("<d", value) if isinstance(value, float) else struct.pack("<q", value)


CASES = [(name, length) for name, o in sorted(REGISTRY.items()) for length in ((1, 3, 70) if o.counts else (0,))]


@pytest.mark.parametrize(("name", "length"), CASES)
def test_native_gives_the_same_bits(name: str, length: int) -> None:
    operator = REGISTRY[name]
    parameters: dict[str, Any] = {
        a.name: length if a.kind == COUNT else a.default
        for a in operator.arguments
        if a.kind == COUNT or a.default is not None
    }
    inputs = columns(operator, seed=length)
    step = Running(name, **parameters)
    interpreted = [step(*row) for row in zip(*inputs, strict=True)]
    compiled = run_native(name, inputs, list(parameters.values()), len(step.w))
    if operator.result == BOOL:
        assert [int(v) for v in interpreted] == compiled
        return
    for bar, (a, b) in enumerate(zip(interpreted, compiled, strict=True)):
        assert bits(float(a)) == bits(b), f"{name} at bar {bar}: {a!r} in CPython, {b!r} in native code"


@pytest.mark.parametrize("name", sorted(n for n, o in REGISTRY.items() if o.result == NUMBER))
def test_missing_has_one_bit_pattern_and_nothing_is_infinite(name: str) -> None:
    operator = REGISTRY[name]
    parameters = {a.name: 5 for a in operator.counts}
    step = Running(name, **parameters)
    inputs = columns(operator, seed=99)
    missing = bits(math.nan)
    for row in zip(*inputs, strict=True):
        value = float(step(*row))
        assert math.isfinite(value) or bits(value) == missing
        assert not math.isfinite(value) or abs(value) <= 1e300

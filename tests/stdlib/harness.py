"""Runs one operator over columns of numbers, as CPython does: the step, bar by bar, over three flat arrays."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Any

import stratagem.stdlib.operators  # noqa: F401  (fills the registry)
from stratagem.stdlib.operator import COUNT, REGISTRY, Operator

NAN = math.nan


class Running:
    """An operator with its state: call it with one bar's inputs."""

    def __init__(self, name: str, **parameters: Any) -> None:
        self.operator: Operator = REGISTRY[name]
        self.parameters = parameters
        counts = {a.name: int(parameters.get(a.name, a.default or 0)) for a in self.operator.counts}
        size = int(self.operator.window(**counts)) if self.operator.window else 0
        self.f: Any = [0.0] * self.operator.floats
        self.k: Any = [0] * self.operator.ints
        self.w: Any = [0.0] * size

    def __call__(self, *inputs: Any) -> Any:
        return self.operator.step(self.f, self.k, self.w, *inputs, **self.parameters)

    def copy(self) -> Running:
        """The same state, apart."""
        twin = Running.__new__(Running)
        twin.operator, twin.parameters = self.operator, self.parameters
        twin.f, twin.k, twin.w = list(self.f), list(self.k), list(self.w)
        return twin


def run(name: str, *columns: Iterable[Any], **parameters: Any) -> list[Any]:
    """The operator's values over columns of inputs."""
    step = Running(name, **parameters)
    return [step(*row) for row in zip(*(list(c) for c in columns), strict=True)]


def warmup(name: str, **parameters: int) -> int:
    """The bars before the first value, as the operator's row says."""
    operator = REGISTRY[name]
    if operator.warmup is None:
        return 0
    counts = {a.name: parameters.get(a.name, a.default) for a in operator.counts}
    assert callable(operator.warmup)
    return int(operator.warmup(**{n: c for n, c in counts.items() if n in operator.warmup.__code__.co_varnames}))


def same(got: Sequence[Any], expected: Sequence[Any], relative: float = 1e-12, absolute: float = 0.0) -> None:
    """Assert two columns equal, missing where missing."""
    assert len(got) == len(expected)
    for bar, (a, b) in enumerate(zip(got, expected, strict=True)):
        if b != b or a != a:
            assert a != a and b != b, f"bar {bar}: {a!r}, expected {b!r}"
        else:
            assert math.isclose(a, b, rel_tol=relative, abs_tol=absolute), f"bar {bar}: {a!r}, expected {b!r}"


def counts_of(operator: Operator) -> list[str]:
    """Names of the whole-number arguments."""
    return [a.name for a in operator.arguments if a.kind == COUNT]

"""The deepest and the longest fall, against a walk bar by bar."""

from __future__ import annotations

import random

import numpy as np
import pytest
from stratagem.runtime.results.metrics.falls import Falls, falls


def walked(equity: list[float], capital: float) -> Falls:
    """The same, one bar after another."""
    mark, at, ratio, money, longest = capital, -1, 0.0, 0.0, 0
    for bar, value in enumerate(equity):
        if value >= mark:
            longest = max(longest, bar - at if bar - at > 1 else 0)
            mark, at = value, bar
        ratio, money = max(ratio, (mark - value) / mark), max(money, mark - value)
    return Falls(ratio, money, max(longest, len(equity) - 1 - at))


def path(seed: int, count: int, drift: float) -> list[float]:
    chance, value, made = random.Random(seed), 1000.0, []
    for _ in range(count):
        value = round(max(1.0, value * (1.0 + chance.gauss(drift, 0.002))), 2)
        made.append(value)
    return made


@pytest.mark.parametrize("drift", [-1e-4, 0.0, 1e-4])
@pytest.mark.parametrize("count", [0, 1, 2, 1023, 1024, 1025, 5000])
def test_falls_are_those_of_a_walk(count: int, drift: float) -> None:
    for seed in range(4):
        equity = path(seed, count, drift)
        for capital in (1000.0, 900.0, 1200.0):
            assert falls(np.array(equity), capital) == walked(equity, capital)


def test_by_hand() -> None:
    # 100 110 99 110 120 90 60: from 110 down to 99 and back in two bars, then from 120 to 60 for the last two.
    assert falls(np.array([100.0, 110.0, 99.0, 110.0, 120.0, 90.0, 60.0]), 100.0) == Falls(0.5, 60.0, 2)


def test_an_equity_that_only_rises_never_falls() -> None:
    assert falls(np.arange(1.0, 3000.0), 1.0) == Falls()


def test_under_water_from_the_start() -> None:
    assert falls(np.full(2500, 99.0), 100.0) == Falls(1.0 / 100.0, 1.0, 2500)

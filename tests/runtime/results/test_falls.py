"""The deepest and the longest fall, against a walk bar by bar."""

from __future__ import annotations

import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stratagem.runtime.native import passes
from stratagem.runtime.results.metrics.fall import BARS, FOUND, MONEY, RATIO, follow
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


def followed(equity: list[float], capital: float) -> Falls | None:
    """The same by the functions of native code, as Python."""
    found = [0.0] * FOUND
    if not follow(equity, len(equity), capital, found):
        return None
    return Falls(found[RATIO], found[MONEY], int(found[BARS]))


@pytest.fixture(autouse=True)
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Native code follows any number of bars."""
    monkeypatch.setattr(passes, "FEW", 0)


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
            expected = walked(equity, capital)
            assert falls(np.array(equity), capital) == expected
            assert falls(np.array(equity), capital, native=True) == followed(equity, capital) == expected


@settings(max_examples=300)
@given(st.lists(st.sampled_from([90.0, 95.0, 100.0, 100.0, 105.0, 110.0, 1.0, -5.0]), max_size=400))
def test_whoever_follows_finds_the_same(equity: list[float]) -> None:
    expected = walked(equity, 100.0)
    assert falls(np.array(equity), 100.0) == falls(np.array(equity), 100.0, native=True) == expected


@pytest.mark.parametrize("at", [0, 3, 127, 128, 299])
def test_an_equity_that_is_missing_is_not_followed_by_native_code(at: int) -> None:
    equity = path(1, 300, 0.0)
    equity[at] = float("nan")
    assert followed(equity, 1000.0) is None
    with np.errstate(invalid="ignore"):
        slow, quick = (falls(np.array(equity), 1000.0, native=native) for native in (False, True))
    assert repr(slow) == repr(quick)


def test_an_equity_of_every_other_number_is_looked_at_by_blocks() -> None:
    wide = np.repeat(path(2, 500, 0.0), 2)[::2]
    assert falls(wide, 1000.0, native=True) == falls(wide, 1000.0)


def test_by_hand() -> None:
    # 100 110 99 110 120 90 60: from 110 down to 99 and back in two bars, then from 120 to 60 for the last two.
    assert falls(np.array([100.0, 110.0, 99.0, 110.0, 120.0, 90.0, 60.0]), 100.0) == Falls(0.5, 60.0, 2)


def test_an_equity_that_only_rises_never_falls() -> None:
    assert falls(np.arange(1.0, 3000.0), 1.0) == Falls()


def test_under_water_from_the_start() -> None:
    assert falls(np.full(2500, 99.0), 100.0) == Falls(1.0 / 100.0, 1.0, 2500)

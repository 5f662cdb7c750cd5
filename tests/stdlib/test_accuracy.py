"""Running sums do not drift: against exact sums, over hundreds of thousands of bars and, in the soak, ten million."""

from __future__ import annotations

import math
from collections.abc import Iterator
from fractions import Fraction

import numpy as np
import pytest
import stratagem as sg


def prices(bars: int, seed: int, decades: float) -> np.ndarray:
    """A walk that wanders over so many decades, with a spike of a thousandfold now and then."""
    rng = np.random.default_rng(seed)
    steps = rng.normal(0.0, 1.0, bars).cumsum()
    values = 100.0 * 10.0 ** (decades * steps / (np.abs(steps).max() or 1.0))
    values[rng.random(bars) < 1e-5] *= 1000.0
    return values


def through(name: str, values: np.ndarray, length: int) -> np.ndarray:
    """The operator over a whole column, in native code."""
    stamps = np.datetime64("2000-01-01", "us") + np.arange(len(values)) * np.timedelta64(1, "m")
    found: np.ndarray = sg.evaluate(f"{name}(close, {length})", {"ts": stamps, "close": values})
    return found


def places(bars: int, length: int, count: int) -> Iterator[int]:
    """Bars to look at: early, late, and in between."""
    yield from (length - 1, length, bars - 2, bars - 1)
    yield from np.random.default_rng(1).integers(length, bars, count)


def check_sums(bars: int, length: int) -> None:
    values = prices(bars, length, decades=4.0)
    sums, means = through("sum", values, length), through("sma", values, length)
    for bar in places(bars, length, 300):
        exact = math.fsum(values[bar - length + 1 : bar + 1])
        assert abs(sums[bar] - exact) <= 1e-12 * exact
        assert abs(means[bar] - exact / length) <= 1e-12 * exact / length


def check_variance(bars: int, length: int) -> None:
    values = prices(bars, length, decades=4.0)
    got = through("variance", values, length)
    assert np.nanmin(got) >= 0.0
    for bar in places(bars, length, 60):
        window = [Fraction(v) for v in values[bar - length + 1 : bar + 1].tolist()]
        mean = sum(window) / length
        exact = float(sum((v - mean) ** 2 for v in window) / length)
        assert abs(got[bar] - exact) <= 1e-9 * max(exact, 1e-12 * float(mean) ** 2)


LENGTHS = [2, 20, 200, 5001]


@pytest.mark.parametrize("length", LENGTHS)
def test_sums_over_200_000_bars(length: int) -> None:
    check_sums(200_000, length)


@pytest.mark.parametrize("length", LENGTHS)
def test_variance_over_200_000_bars(length: int) -> None:
    check_variance(200_000, length)


@pytest.mark.soak
@pytest.mark.parametrize("length", LENGTHS)
def test_sums_over_ten_million_bars(length: int) -> None:
    check_sums(10_000_000, length)


@pytest.mark.soak
@pytest.mark.parametrize("length", LENGTHS)
def test_variance_over_ten_million_bars(length: int) -> None:
    check_variance(10_000_000, length)


def test_a_running_sum_that_does_not_compensate_would_fail() -> None:
    """The data are hard enough: the naive sum misses the bound that ours keeps."""
    values = prices(200_000, 20, decades=4.0)
    naive = np.cumsum(values)
    naive[20:] -= naive[:-20].copy()
    errors = [abs(naive[b] - math.fsum(values[b - 19 : b + 1])) / naive[b] for b in range(1000, 200_000, 997)]
    assert max(errors) > 1e-12

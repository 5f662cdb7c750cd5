"""Exact sums, against sums of fractions."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from stratagem.runtime.results.metrics.exact import total

LARGE = st.floats(allow_nan=False, allow_infinity=False, min_value=-1e300, max_value=1e300)


def exact(values: list[float]) -> float:
    """The sum of the fractions that the numbers are, rounded once."""
    return float(sum(map(Fraction, values)))


@given(st.lists(LARGE, min_size=0, max_size=120), st.integers(0, 3))
def test_the_sum_is_rounded_once(values: list[float], copies: int) -> None:
    many = values * (1 + 40 * copies)  # beyond the number from which arrays are summed
    assert total(np.array(many, dtype=np.float64)).hex() == exact(many).hex()


def test_what_cancels_leaves_what_is_small() -> None:
    values = [1e300, 1.0, -1e300, 1e-300] * 100 + [5e-324]
    assert total(np.array(values)) == 100.0
    assert total(np.array([1e16, 1.0, -1e16] * 1000)) == 1000.0
    assert total(np.array([5e-324] * 1000)) == 1000 * 5e-324


def test_the_order_means_nothing() -> None:
    chance = np.random.default_rng(5)
    values = chance.normal(size=5000) * 10.0 ** chance.integers(-200, 200, size=5000)
    assert len({total(chance.permutation(values)) for _ in range(5)}) == 1


def test_every_second_item_of_an_array_is_left_as_it_was() -> None:
    rows = np.arange(1000.0).reshape(-1, 2)
    assert total(rows[:, 1]) == 250_000.0
    assert rows[3, 1] == 7.0


def test_the_largest_numbers_there_are() -> None:
    values = np.array([1.7e308, -1.7e308] * 50)
    assert total(values) == 0.0
    with pytest.raises(OverflowError):
        total(np.full(100, 1.7e308))
    assert math.isnan(total(np.array([math.nan] * 100)))

"""Cross-sectional functions: one instant, many instants, and plain loops that know nothing of either."""

from __future__ import annotations

import math
import struct

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stratagem.runtime.portfolio.crossings import combine
from stratagem.runtime.portfolio.instant import FOR_ALL, MISSING, across

NA = float("nan")
CONDITIONS = ("any", "all", "count")
NUMBERS = [name for name in MISSING if name not in CONDITIONS]


def bits(values):
    return [struct.pack("<d", float(value)) for value in values]


values_of = st.one_of(
    st.sampled_from([0.0, -0.0, 1.0, 0.1, 0.3, -0.1, 1e300, -1e300, 5e-324, 2.0**53, 1e-160]),
    st.floats(-1e3, 1e3), st.floats(-1e300, 1e300),
)  # fmt: skip


@st.composite
def panels(draw, values=values_of):
    symbols, instants = draw(st.integers(1, 12)), draw(st.integers(1, 6))
    cell = st.one_of(st.none(), values)
    rows = draw(st.lists(st.lists(cell, min_size=symbols, max_size=symbols), min_size=instants, max_size=instants))
    matrix = np.array([[NA if x is None else x for x in row] for row in rows]).T
    return matrix, ~np.isnan(matrix)


@pytest.mark.parametrize("function", MISSING)
@given(data=st.data())
@settings(max_examples=60, deadline=None)
def test_many_instants_are_one_after_another_to_the_last_bit(function, data):
    matrix, takes = data.draw(panels(st.sampled_from([0.0, 1.0])) if function in CONDITIONS else panels())
    count = data.draw(st.sampled_from([NA, 0.0, 1.0, 2.0, 5.0]))
    many = combine(function, matrix, takes, count)
    for instant in range(matrix.shape[1]):
        once = across(function, matrix[:, instant].tolist(), takes[:, instant].tolist(), count)
        assert bits(many[:, instant]) == bits(once)
        alone = combine(function, matrix[:, [instant]], takes[:, [instant]], count)
        assert bits(alone[:, 0]) == bits(once)


def plain(function, taking, count):
    """What each of those that take part reads, said as plainly as it can be; exact rational sums where it rounds."""
    n = len(taking)
    ranks = [1 + sum(y > x or (y == x and j < i) for j, y in enumerate(taking)) for i, x in enumerate(taking)]
    mean = math.fsum(taking) / n
    deviation = math.sqrt(math.fsum((x - mean) ** 2 for x in taking) / n)
    return {
        "rank": ranks,
        "top": [rank <= count for rank in ranks],
        "quantile_of": [sum(y < x for y in taking) / (n - 1) if n > 1 else NA for x in taking],
        "zscore_across": [(x - mean) / deviation if len(set(taking)) > 1 else NA for x in taking],
        "demean": [x - mean for x in taking],
        "total": [math.fsum(taking)] * n,
        "average": [mean] * n,
        "any": [any(taking)] * n,
        "all": [all(taking)] * n,
        "count": [sum(map(bool, taking))] * n,
    }[function]


@pytest.mark.parametrize("function", MISSING)
@given(data=st.data())
@settings(max_examples=60, deadline=None)
def test_each_function_is_what_a_plain_loop_says(function, data):
    tame = st.sampled_from([0.0, 1.0]) if function in CONDITIONS else st.floats(-99, 99).map(lambda x: round(x, 2))
    matrix, takes = data.draw(panels(tame))
    found = combine(function, matrix, takes, 2.0)
    for instant in range(matrix.shape[1]):
        there = takes[:, instant]
        taking = matrix[there, instant].tolist()
        expected = [float(x) for x in plain(function, taking, 2.0)] if taking else []
        assert found[there, instant].tolist() == pytest.approx(expected, rel=1e-6, abs=1e-9, nan_ok=True)
        others = expected[0] if taking and function in FOR_ALL else MISSING[function]
        assert found[~there, instant] == pytest.approx([others] * int((~there).sum()), rel=1e-6, abs=1e-9, nan_ok=True)


def one(function, values, count=NA):
    return across(function, values, [value == value for value in values], count)


def test_ranks_of_equals_follow_the_panel():
    assert one("rank", [2.0, 5.0, 2.0, NA, 5.0]) == pytest.approx([3, 1, 4, NA, 2], nan_ok=True)
    assert one("top", [2.0, 5.0, 2.0, NA, 5.0], 3.0) == [1, 1, 0, 0, 1]


def test_a_zero_of_either_sign_is_one_value():
    assert one("rank", [0.0, -0.0]) == [1, 2] and one("rank", [-0.0, 0.0]) == [1, 2]
    assert one("quantile_of", [-0.0, 0.0]) == [0, 0]


def test_top_of_a_missing_count_holds_for_nobody():
    assert one("top", [1.0, 2.0], NA) == [0, 0]


def test_equal_values_have_exactly_their_mean():
    assert one("average", [0.1, 0.1, 0.1]) == [0.1] * 3 and one("demean", [0.1, 0.1, 0.1]) == [0.0] * 3
    assert all(z != z for z in one("zscore_across", [0.1, 0.1, 0.1]))


def test_alone_there_are_no_others():
    assert one("quantile_of", [3.0]) == pytest.approx([NA], nan_ok=True)
    assert one("zscore_across", [3.0]) == pytest.approx([NA], nan_ok=True)
    assert one("rank", [3.0]) == [1.0]


def test_a_total_beyond_what_a_number_may_be_is_missing():
    assert all(total != total for total in one("total", [1e300, 1e300]))
    assert one("average", [1e300, 1e300]) == [1e300, 1e300]
    assert all(z != z for z in one("zscore_across", [1e300, -1e300]))


def test_the_sum_is_that_of_the_panels_order():
    values = [1e16, 1.0, 1.0, -1e16]
    assert one("total", values) == [0.0] * 4 and one("total", sorted(values, key=abs)) == [2.0] * 4
    assert combine("total", np.array([values]).T, np.ones((4, 1), bool)).tolist() == [[0.0]] * 4


def test_nobody_takes_part():
    assert one("any", [NA]) == [0.0] and one("all", [NA]) == [0.0] and one("total", [NA])[0] != one("total", [NA])[0]
    assert combine("all", np.empty((0, 3)), np.empty((0, 3), bool)).shape == (0, 3)
    assert one("count", [NA, NA]) == [0.0, 0.0]


def test_what_is_one_for_all_is_read_by_who_takes_no_part():
    assert one("total", [1.0, NA, 2.0]) == [3.0] * 3 and one("average", [1.0, NA, 2.0]) == [1.5] * 3
    assert across("any", [1.0, 0.0, 1.0], [True, True, False]) == [1.0] * 3
    assert across("all", [1.0, 0.0, 1.0], [True, False, False]) == [1.0] * 3
    assert across("count", [1.0, 1.0, 1.0], [True, True, False]) == [2.0] * 3

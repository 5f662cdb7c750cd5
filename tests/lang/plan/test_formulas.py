"""Counts: formulas that functions of counts leave behind stand for the same numbers as the functions."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stratagem.lang.plan.formulas import Count, as_count, most, slot, value

STAGE = [7.0, 3.0, 12.0]

FUNCTIONS = {
    "length - 1": lambda n, m: n - 1,
    "n + m - 1": lambda n, m: n + m - 1,
    "2 * n - m": lambda n, m: 2 * n - m,
    "(n - 1) * m + 3": lambda n, m: (n - 1) * m + 3,
    "10 - n": lambda n, m: 10 - n,
    "1 + n + 1 - 2": lambda n, m: 1 + n + 1 - 2,
    "n - m - m": lambda n, m: n - m - m,
}


@pytest.mark.parametrize("function", FUNCTIONS.values(), ids=FUNCTIONS)
@given(n=st.integers(0, 500), m=st.integers(0, 500))
def test_a_formula_stands_for_its_function(function, n, m):
    form = as_count(function(slot(0), slot(1))).form
    assert value(form, [float(n), float(m)]) == function(n, m)
    assert value(json.loads(json.dumps(form)), [float(n), float(m)]) == function(n, m)


@given(st.lists(st.one_of(st.integers(-5, 20), st.sampled_from([0, 1, 2]).map(lambda s: slot(s))), min_size=1))
def test_most_is_the_largest(counts):
    assert value(most(*counts).form, STAGE) == max(value(as_count(c).form, STAGE) for c in counts)


def test_known_counts_are_added_at_once():
    assert (Count(3) + 4 - 1) * 2 == Count(12)


def test_equal_formulas_are_one():
    assert most(slot(0) - 1, slot(0) - 1) == slot(0) - 1


def test_subtracting_what_was_added_gives_the_count_back():
    assert slot(1) - 1 + 1 == slot(1)
    assert slot(1) + 3 - 1 == slot(1) + 2
    assert slot(1) - 3 + 1 == slot(1) - 2
    assert slot(1) + 0 == slot(1) == 0 + slot(1)


def test_a_missing_count_is_nothing():
    assert value(slot(0).form, [float("nan")]) == 0

"""Texts as numbers."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from stratagem.runtime.data.numbers import decimal_points, floats


@pytest.mark.parametrize(
    ("text", "expected"),
    [("1.5", 1.5), (" -2 ", -2.0), ("1e-5", 1e-5), ("1,234.5", 1234.5), ("12,345,678", 12345678.0), ("$12.30", 12.3),
     ("-$3", -3.0), ("96.7M", 96.7e6), ("1.5k", 1500.0), ("2B", 2e9),
     ("4.03K", 4030.0), ("1.1M", 1100000.0), ("8.21K", 8210.0), ("3.2B", 3.2e9), ("1.07T", 1.07e12),
     ("-2.3 k", -2300.0), ("+4", 4.0), (".5", 0.5)],
)  # fmt: skip
def test_spellings(text: str, expected: float) -> None:
    assert floats([text, "x"])[0] == expected


@pytest.mark.parametrize("text", ["", "na", "N/A", "null", "-", "--", "abc", "1,23,4", "12%", "1.2.3", "5 apples"])
def test_what_is_no_number_is_missing(text: str) -> None:
    assert math.isnan(floats([text])[0])


@given(st.lists(st.floats(allow_nan=False, allow_infinity=False), max_size=20))
def test_numbers_survive_their_text(values: list[float]) -> None:
    assert floats([repr(value) for value in values]).tolist() == values


def test_arrays_of_floats_are_not_copied() -> None:
    values = np.arange(5.0)
    assert floats(values) is values
    assert floats(values[::2]).flags.c_contiguous


def test_decimal_commas() -> None:
    assert decimal_points(["1.234,5", "7", "0,25"]) == ["1234.5", "7", "0.25"]

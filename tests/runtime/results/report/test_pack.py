"""Packed columns come back: exactly on a decimal grid, to nine digits of the largest number off it."""

from __future__ import annotations

import base64
import math
import zlib
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from stratagem.runtime.results.report.pack import packed


def inflated(text: str) -> bytes:
    return zlib.decompress(base64.b64decode(text))


def unpacked(column: dict[str, Any]) -> list[float]:
    """What `unpack.js` does, line for line."""
    count, decimals, whole = column["count"], column["decimals"], column["base"]
    planes, values = inflated(column["bytes"]), []
    for at in range(count):
        zigzag = sum(planes[plane * count + at] << (8 * plane) for plane in range(4))
        whole += -((zigzag + 1) // 2) if zigzag & 1 else zigzag // 2
        values.append(whole / 10**decimals if decimals >= 0 else whole * 10.0**-decimals)
    if "missing" in column:
        bits = inflated(column["missing"])
        for at in range(count):
            if bits[at >> 3] & (128 >> (at & 7)):
                values[at] = math.nan
    return values


@given(st.lists(st.integers(-(10**7), 10**7), max_size=50), st.integers(0, 2))
def test_decimals_come_back_exactly(whole: list[int], decimals: int) -> None:
    values = [number / 10**decimals for number in whole]
    assert unpacked(packed(np.asarray(values))) == values


@given(st.lists(st.floats(-1e12, 1e12), min_size=1, max_size=50))
def test_other_numbers_come_back_to_nine_digits(values: list[float]) -> None:
    largest = max(abs(value) for value in values)
    for value, back in zip(values, unpacked(packed(np.asarray(values))), strict=True):
        assert back == pytest.approx(value, abs=max(largest * 1e-8, 1e-300))


@given(st.lists(st.one_of(st.just(math.nan), st.just(math.inf), st.integers(-9, 9)), max_size=40))
def test_missing_values_stay_missing(values: list[float]) -> None:
    back = unpacked(packed(np.asarray(values, dtype=np.float64)))
    assert [value if math.isfinite(value) else None for value in values] == [
        None if value != value else value for value in back
    ]


@pytest.mark.parametrize("values", [[], [0.0], [1e-8, 1.5e-8], [1e15, -1e15], [1.6e9, 1.6e9 + 60]])
def test_extremes(values: list[float]) -> None:
    assert unpacked(packed(np.asarray(values))) == pytest.approx(values, rel=1e-8)


def test_prices_of_cents_cost_little() -> None:
    steps = np.random.default_rng(1).integers(-40, 41, 100_000)
    column = packed((np.cumsum(steps) + 50_000) / 100.0)
    assert len(column["bytes"]) < 1.5 * 100_000  # type: ignore[arg-type]

"""True range, supertrend, parabolic stop and volume against plain definitions, and on degenerate bars."""

from __future__ import annotations

import math
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from .harness import NAN, Running, run, same

Bars = tuple[list[float], list[float], list[float]]


def bars(seed: int, count: int = 300, level: float = 100.0) -> Bars:
    rng, close, rows = random.Random(seed), level, []
    for _ in range(count):
        opened, close = close, close * (1 + rng.gauss(0, 0.02))
        reach = level * 0.01 * rng.random()
        rows.append((max(opened, close) + reach, min(opened, close) - reach, close))
    return [r[0] for r in rows], [r[1] for r in rows], [r[2] for r in rows]


def test_true_range() -> None:
    high, low, close = bars(1)
    ranges = [high[0] - low[0]]
    for h, lo, c in zip(high[1:], low[1:], close, strict=False):
        ranges.append(max(h - lo, abs(h - c), abs(lo - c)))
    same(run("true_range_of", high, low, close), ranges, relative=0.0)


def test_true_range_without_the_close_before() -> None:
    got = run("true_range_of", [5.0, 6.0, 9.0, NAN, 9.0], [4.0, 5.0, 8.0, 8.0, 8.0], [4.5, NAN, 8.5, 1.0, 8.5])
    same(got, [1.0, 1.5, 1.0, NAN, 8.0])


def supertrend(source: list[float], distance: list[float], close: list[float], first: int) -> list[tuple[float, int]]:
    """As it is usually written, with bands that hold until the close has passed them."""
    out: list[tuple[float, int]] = []
    upper = lower = 0.0
    direction = first
    for bar, middle in enumerate(source):
        new_upper, new_lower = middle + distance[bar], middle - distance[bar]
        if bar:
            new_upper = new_upper if new_upper < upper or close[bar - 1] > upper else upper
            new_lower = new_lower if new_lower > lower or close[bar - 1] < lower else lower
            if direction == -1:
                direction = 1 if close[bar] > new_upper else -1
            else:
                direction = -1 if close[bar] < new_lower else 1
        upper, lower = new_upper, new_lower
        out.append((lower if direction == 1 else upper, direction))
    return out


@pytest.mark.parametrize("long_first", [0, 1])
@pytest.mark.parametrize("seed", range(5))
def test_supertrend(seed: int, long_first: int) -> None:
    high, low, close = bars(seed)
    middle = [(h + lo) / 2 for h, lo in zip(high, low, strict=True)]
    distance = [2.0 + (bar % 5) / 10 for bar in range(len(close))]
    step = Running("supertrend_of", long_first=long_first)
    got = [(step(*row), step.f[3]) for row in zip(middle, distance, close, strict=True)]
    assert got == supertrend(middle, distance, close, 1 if long_first else -1)
    assert {direction for _, direction in got} == {1.0, -1.0}


def test_supertrend_holds_through_a_gap_and_says_nothing_there() -> None:
    high, low, close = bars(9, 60)
    middle = [(h + lo) / 2 for h, lo in zip(high, low, strict=True)]
    whole, gapped = Running("supertrend_of"), Running("supertrend_of")
    for bar, row in enumerate(zip(middle, [3.0] * 60, close, strict=True)):
        if bar == 30:
            assert math.isnan(gapped(NAN, 3.0, 5.0)) and math.isnan(gapped.f[3])
        assert whole(*row) == gapped(*row) and whole.f[3] == gapped.f[3]


@pytest.mark.parametrize("talib", [0, 1])
@pytest.mark.parametrize("seed", range(5))
def test_the_parabolic_stop_keeps_its_side(seed: int, talib: int) -> None:
    high, low, close = bars(seed)
    step = Running("sar_of", talib=talib)
    sides = []
    for bar, row in enumerate(zip(high, low, close, strict=True)):
        stop = step(*row)
        assert (stop != stop) == (bar == 0)
        rising = step.k[1]
        sides.append(rising)
        if bar > 2 and sides[-2] == rising:
            assert stop <= low[bar - 1] if rising else stop >= high[bar - 1]
        assert 0.02 - 1e-15 <= step.f[2] <= 0.2 or bar == 0
    assert {0, 1} <= set(sides)


def test_the_parabolic_stop_accelerates_to_its_limit_and_reverses() -> None:
    high = [10.0 + bar for bar in range(20)] + [5.0]
    low = [9.0 + bar for bar in range(20)] + [4.0]
    step = Running("sar_of", start=0.02, increment=0.02, limit=0.2)
    stops = [step(h, lo, (h + lo) / 2) for h, lo in zip(high, low, strict=True)]
    assert stops[1:20] == sorted(stops[1:20]) and stops[1] == pytest.approx(9.0)
    assert stops[20] == high[19], "on a reversal the stop is the extreme of the trend that ended"
    assert step.f[2] == 0.02 and step.k[1] == 0


@given(st.lists(st.tuples(st.integers(1, 4), st.integers(0, 9)), max_size=30))
def test_balance_of_volume(rows: list[tuple[int, int]]) -> None:
    got = run("obv_of", [float(p) for p, _ in rows], [float(v) for _, v in rows])
    total = 0
    for bar, (price, volume) in enumerate(rows):
        if bar == 0:
            assert got[0] != got[0]
            continue
        total += volume * ((price > rows[bar - 1][0]) - (price < rows[bar - 1][0]))
        assert got[bar] == total


def test_balance_of_volume_holds_through_a_gap() -> None:
    assert run("obv_of", [1.0, 2.0, NAN, 3.0, 3.0], [5.0] * 5)[1:] == [5.0, pytest.approx(NAN, nan_ok=True), 10.0, 10.0]


@given(st.lists(st.tuples(st.floats(1, 100), st.integers(0, 5), st.booleans()), max_size=40))
def test_anchored_average(rows: list[tuple[float, int, bool]]) -> None:
    got = run("vwap_of", [p for p, _, _ in rows], [float(v) for _, v, _ in rows], [a for _, _, a in rows])
    for bar in range(len(rows)):
        start = next((b for b in range(bar, -1, -1) if rows[b][2]), 0)
        volume = sum(v for _, v, _ in rows[start : bar + 1])
        money = math.fsum(p * v for p, v, _ in rows[start : bar + 1])
        assert got[bar] != got[bar] if volume == 0 else got[bar] == pytest.approx(money / volume, rel=1e-14)


def test_an_anchor_on_a_gap_still_counts() -> None:
    got = run("vwap_of", [10.0, NAN, 20.0], [1.0, 1.0, 1.0], [0, 1, 0])
    assert got[0] == 10.0 and got[1] != got[1] and got[2] == 20.0

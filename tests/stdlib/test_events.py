"""Crosses, edges, runs and memories against their definitions; plateaus, gaps, first bars."""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stratagem.stdlib.operator import REGISTRY

from .harness import NAN, Running, run, warmup

SMALL = st.sampled_from([NAN, 1.0, 2.0, 3.0])
SERIES = st.lists(SMALL, min_size=1, max_size=40)
PAIRS = st.lists(st.tuples(SMALL, SMALL), min_size=1, max_size=40)
EVENTS = st.lists(st.booleans(), min_size=1, max_size=40)


def split(pairs: list[tuple[Any, Any]]) -> tuple[list[Any], list[Any]]:
    return [a for a, _ in pairs], [b for _, b in pairs]


CROSSES: dict[str, Callable[[float, float, float, float], bool]] = {
    "cross_above": lambda a, b, a1, b1: a > b and a1 <= b1,
    "cross_below": lambda a, b, a1, b1: a < b and a1 >= b1,
    "crosses": lambda a, b, a1, b1: (a > b and a1 <= b1) or (a < b and a1 >= b1),
}


@pytest.mark.parametrize("name", sorted(CROSSES))
@given(PAIRS)
def test_crosses(name: str, pairs: list[tuple[float, float]]) -> None:
    got = run(name, *split(pairs))
    before = [(NAN, NAN), *pairs[:-1]]
    assert got == [CROSSES[name](a, b, *last) for (a, b), last in zip(pairs, before, strict=True)]


@pytest.mark.parametrize(
    ("a", "above", "below"),
    [
        ([0, 1, 1, 2], [0, 0, 0, 1], [0, 0, 0, 0]),  # to the level, along it, above
        ([2, 1, 1, 2], [0, 0, 0, 1], [0, 0, 0, 0]),  # down to the level and back up
        ([1, 1, 1, 0], [0, 0, 0, 0], [0, 0, 0, 1]),  # from a plateau at the very start
        ([0, NAN, 2, 2], [0, 0, 0, 0], [0, 0, 0, 0]),  # a missing value on the bar before
        ([2, 2, 2, 2], [0, 0, 0, 0], [0, 0, 0, 0]),  # above from the start is no cross
    ],
)
def test_crosses_of_a_level(a: list[float], above: list[int], below: list[int]) -> None:
    assert run("cross_above", a, [1.0] * 4) == above
    assert run("cross_below", a, [1.0] * 4) == below
    assert run("crosses", a, [1.0] * 4) == [x or y for x, y in zip(above, below, strict=True)]


@given(EVENTS)
def test_edges(events: list[bool]) -> None:
    before = [False, *events[:-1]]
    assert run("rising_edge", events) == [now and not last for now, last in zip(events, before, strict=True)]
    assert run("falling_edge", events) == [last and not now for now, last in zip(events, before, strict=True)]


@given(SERIES)
def test_changed(values: list[float]) -> None:
    before = [NAN, *values[:-1]]
    assert run("changed", values) == [x == x and y == y and x != y for x, y in zip(values, before, strict=True)]


@given(SERIES, st.integers(1, 6))
def test_rising_and_falling(values: list[float], length: int) -> None:
    def runs(bar: int, sign: int) -> bool:
        last = values[bar - length : bar + 1] if bar >= length else []
        return bool(last) and all(sign * y > sign * x for x, y in pairwise(last))

    assert run("rising", values, length=length) == [runs(bar, 1) for bar in range(len(values))]
    assert run("falling", values, length=length) == [runs(bar, -1) for bar in range(len(values))]


@given(EVENTS, st.integers(0, 5))
def test_barssince_and_recent(events: list[bool], n: int) -> None:
    since = [next((back for back in range(bar + 1) if events[bar - back]), None) for bar in range(len(events))]
    got = run("barssince", events)
    assert [None if v != v else v for v in got] == since
    assert run("recent", events, n=n) == [s is not None and s <= n for s in since]


@given(st.lists(st.tuples(st.booleans(), SMALL), max_size=40), st.integers(0, 4))
def test_valuewhen(rows: list[tuple[bool, float]], occurrence: int) -> None:
    got = run("valuewhen", *split(rows), occurrence=occurrence)
    for bar in range(len(rows)):
        held = [value for event, value in rows[: bar + 1] if event]
        expected = held[-1 - occurrence] if len(held) > occurrence else NAN
        assert got[bar] == expected or (got[bar] != got[bar] and expected != expected)


@given(SERIES, st.integers(0, 6))
def test_history(values: list[float], n: int) -> None:
    got = run("history", values, n=n)
    for bar, value in enumerate(got):
        expected = values[bar - n] if bar >= n else NAN
        assert value == expected or (value != value and expected != expected)
    assert warmup("history", n=n) == n


@given(EVENTS, st.integers(0, 6))
def test_history_of_a_condition(events: list[bool], n: int) -> None:
    assert run("history_bool", events, n=n) == [bar >= n and events[bar - n] for bar in range(len(events))]


@given(SERIES, st.integers(0, 4))
def test_fill_and_last_known(values: list[float], limit: int) -> None:
    filled, known = run("fill", values, limit=limit), run("last_known", values)
    for bar in range(len(values)):
        back = next((b for b in range(bar + 1) if values[bar - b] == values[bar - b]), None)
        if back is None:
            assert known[bar] != known[bar] and filled[bar] != filled[bar]
            continue
        assert known[bar] == values[bar - back]
        assert (filled[bar] != filled[bar]) if limit and back > limit else filled[bar] == values[bar - back]


@given(st.lists(st.sampled_from([NAN, 0.1, 1e16, -1e16, 3.0]), max_size=40))
def test_cumulative(values: list[float]) -> None:
    total, moved = Fraction(0), Fraction(0)
    for value, got in zip(values, run("cumulative", values), strict=True):
        if value != value:
            assert got != got
            continue
        total, moved = total + Fraction(value), moved + abs(Fraction(value))
        assert abs(Fraction(got) - total) <= Fraction(math.ulp(got)) + moved / 2**98


@given(st.lists(st.tuples(st.booleans(), SMALL), max_size=40))
def test_extremes_since(rows: list[tuple[bool, float]]) -> None:
    high, low = run("highest_since", *split(rows)), run("lowest_since", *split(rows))
    for bar, (_, value) in enumerate(rows):
        start = next((b for b in range(bar, -1, -1) if rows[b][0]), None)
        if start is None or value != value:
            assert high[bar] != high[bar] and low[bar] != low[bar]
        else:
            held = [v for _, v in rows[start : bar + 1] if v == v]
            assert high[bar] == max(held) and low[bar] == min(held)


@given(st.lists(SMALL | st.integers(1, 9).map(float), max_size=40), st.integers(1, 4), st.integers(1, 4))
def test_pivots(values: list[float], left: int, right: int) -> None:
    for name, sign in (("pivot_high", 1), ("pivot_low", -1)):
        got = run(name, values, left=left, right=right)
        for bar, value in enumerate(got):
            window = [sign * v for v in values[max(bar - left - right, 0) : bar + 1]]
            top = window[-1 - right] if len(window) == left + right + 1 else NAN
            turns = all(v <= top for v in window[: -1 - right]) and all(v < top for v in window[len(window) - right :])
            assert value == values[bar - right] if top == top and turns else value != value


EVENT_NAMES = sorted(name for name, row in REGISTRY.items() if row.event)


def test_what_is_momentary() -> None:
    assert EVENT_NAMES == [
        "changed", "cross_above", "cross_below", "crosses", "falling_edge", "pivot_high", "pivot_low", "rising_edge",
    ]  # fmt: skip


@pytest.mark.parametrize("name", EVENT_NAMES)
def test_a_look_ahead_is_a_step_on_a_copy(name: str) -> None:
    row = REGISTRY[name]
    step = Running(name, **{a.name: 2 for a in row.counts})
    inputs = len([a for a in row.arguments if a.default is None])
    for bar in range(50):
        values = [(bar * 5 + at * 3) % 7 for at in range(inputs)]
        peek = step.copy()(*values)
        step.copy()(*[99] * inputs)
        committed = step(*values)
        assert peek == committed or (peek != peek and committed != committed)

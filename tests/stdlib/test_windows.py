"""Every windowed operator against its plain definition: windows of every length, gaps, flat and extreme prices."""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stratagem.stdlib.operator import REGISTRY

from .harness import NAN, Running, run, warmup
from .native import run_native
from .plain import DEFINITIONS, tolerance

NAMES = sorted(DEFINITIONS)
LENGTHS = [1, 2, 7, 64, 65, 500, 501]
LONG = 5_100
"""Bars of the longest window that are tried in CPython: some with a value."""


def check(name: str, values: Sequence[float], length: int, bars: Sequence[int] | range) -> int:
    """Compare at these bars; how many of them had a value."""
    return compare(name, run(name, values, length=length), values, length, bars)


def compare(name: str, got: Sequence[float], values: Sequence[float], length: int, bars: Sequence[int] | range) -> int:
    """Compare what came of values at these bars; how many of them had a value."""
    definition, more = DEFINITIONS[name]
    known = 0
    for bar in bars:
        window = values[max(bar - length - more + 1, 0) : bar + 1]
        if len(window) < length + more or any(v != v for v in window):
            assert got[bar] != got[bar], f"{name}({length}) at {bar} is {got[bar]!r}, expected missing"
            continue
        known += 1
        expected = definition(window)
        close = abs(got[bar] - expected) <= tolerance(name, window)
        assert close, f"{name}({length}) at {bar}: {got[bar]!r}, expected {expected!r}"
    return known


def walk(seed: int, bars: int, level: float = 100.0, grid: bool = False) -> list[float]:
    rng, values, price = random.Random(seed), [], level
    for _ in range(bars):
        price = max(price * (1 + rng.gauss(0, 0.01)), level * 1e-3)
        values.append(round(price / level, 2) * level if grid else price)
    return values


@pytest.mark.parametrize("length", LENGTHS)
@pytest.mark.parametrize("name", NAMES)
def test_equals_the_definition(name: str, length: int) -> None:
    values = walk(length, 3 * length + 40)
    bars = range(len(values)) if length < 100 else random.Random(1).sample(range(len(values)), 60)
    assert check(name, values, length, bars) > 20


@pytest.mark.parametrize("name", NAMES)
def test_a_long_window(name: str) -> None:
    """Every bar in native code, where a step may look at all of a window; CPython has its bits as far as it goes."""
    values = walk(3, 11_000, grid=True)
    step = Running(name, length=5001)
    more = [step.parameters.get(a.name, a.default) for a in step.operator.arguments[1:]]
    got = run_native(name, [values], more, len(step.w))
    assert [step(value) for value in values[:LONG]] == pytest.approx(got[:LONG], rel=0, abs=0, nan_ok=True)
    assert compare(name, got, values, 5001, [4999, 5000, 5001, 7777, 10_001, 10_999]) >= 4


@pytest.mark.parametrize("level", [1e-8, 1e8])
@pytest.mark.parametrize("name", NAMES)
def test_any_level_of_prices(name: str, level: float) -> None:
    assert check(name, walk(5, 200, level), 20, range(200)) >= 180


@pytest.mark.parametrize("name", NAMES)
def test_values_that_repeat(name: str) -> None:
    assert check(name, walk(7, 300, grid=True), 30, range(300)) >= 270


@pytest.mark.parametrize("length", [1, 2, 7, 11, 70])
@pytest.mark.parametrize("name", NAMES)
def test_a_flat_series_is_exactly_flat(name: str, length: int) -> None:
    got = run(name, [0.1] * 300, length=length)[-1]
    exact = {"sum": 0.1 * length, "variance": 0.0, "stdev": 0.0, "linreg_slope": 0.0, "percentrank": 100.0,
             "highest_bars": length - 1, "lowest_bars": length - 1}  # fmt: skip
    if name in ("sum", "sma", "mean_deviation"):
        assert math.isclose(got, {"sum": 0.1 * length, "sma": 0.1, "mean_deviation": 0.0}[name], abs_tol=2e-16 * length)
    else:
        assert got == exact.get(name, 0.1)


GAPS: dict[str, Callable[[list[float], int], list[float]]] = {
    "at the head": lambda v, n: [NAN] * (n + 2) + v[n + 2 :],
    "one in the middle": lambda v, n: [*v[: 3 * n], NAN, *v[3 * n + 1 :]],
    "longer than the window": lambda v, n: v[: 2 * n] + [NAN] * (n + 3) + v[3 * n + 3 :],
    "two, close together": lambda v, n: [*v[:n], NAN, v[n + 1], NAN, *v[n + 3 :]],
}


@pytest.mark.parametrize("gap", sorted(GAPS))
@pytest.mark.parametrize("length", [1, 2, 20, 65])
@pytest.mark.parametrize("name", NAMES)
def test_gaps_pass_without_a_trace(name: str, length: int, gap: str) -> None:
    values = GAPS[gap](walk(11, 6 * length + 10), length)
    assert check(name, values, length, range(len(values))) > length
    first = max(at for at, v in enumerate(values) if v != v) + 1
    after = run(name, values, length=length)[first:]
    fresh = run(name, values[first:], length=length)
    assert [a == b or (a != a and b != b) for a, b in zip(after, fresh, strict=True)] == [True] * len(after)


@pytest.mark.parametrize("length", [1, 2, 3, 64, 130])
@pytest.mark.parametrize("name", NAMES)
def test_warmup_is_exact(name: str, length: int) -> None:
    first = warmup(name, length=length)
    got = run(name, walk(13, first + 3), length=length)
    assert all(v != v for v in got[:first]) and got[first] == got[first]


@settings(deadline=None, max_examples=40)
@given(
    st.sampled_from(NAMES),
    st.integers(1, 9),
    st.lists(st.sampled_from([NAN, 0.0, -0.0, 1.0, 2.0, 2.0, 3.5, -1.25]) | st.floats(-1e6, 1e6), max_size=60),
)
def test_any_small_series(name: str, length: int, values: list[float]) -> None:
    definition, more = DEFINITIONS[name]
    got = run(name, values, length=length)
    for bar, value in enumerate(got):
        window = values[max(bar - length - more + 1, 0) : bar + 1]
        if len(window) < length + more or any(v != v for v in window):
            assert value != value
        else:
            scale = max(abs(v) for v in window) or 1.0
            slack = 1e-9 * scale**2 if name == "variance" else 1e-6 * scale if name == "stdev" else 1e-9 * scale
            assert abs(value - definition(window)) <= max(slack, tolerance(name, window))


@pytest.mark.parametrize("name", NAMES)
def test_a_look_ahead_is_a_step_on_a_copy(name: str) -> None:
    values = walk(17, 120)
    step = Running(name, length=9)
    for bar, value in enumerate(values):
        peeks = [step.copy()(v) for v in (value, value * 2, NAN, value)]
        committed = step(value)
        for peek in (peeks[0], peeks[3]):
            assert peek == committed or (peek != peek and committed != committed), bar


@pytest.mark.parametrize("name", ["variance", "stdev"])
def test_a_spike_leaves_with_its_bar(name: str) -> None:
    values = walk(19, 400)
    values[150] = 1e12
    assert check(name, values, 50, range(400)) >= 300


@pytest.mark.parametrize("name", ["variance", "stdev", "linreg", "wma", "correlation"])
def test_what_overflows_is_missing_and_recovers(name: str) -> None:
    values = [1e300 if bar == 30 else -1e300 if bar == 31 else 100.0 + bar % 3 for bar in range(80)]
    inputs = [values, values[::-1]] if name == "correlation" else [values]
    got = run(name, *inputs, length=5)
    assert all(math.isfinite(v) or v != v for v in got)
    assert got[79] == got[79] and (name == "correlation" or got[79] == run(name, values[40:], length=5)[39])


def test_a_sample_divides_by_one_less() -> None:
    values = walk(23, 60)
    population, sample = run("variance", values, length=10), run("variance", values, length=10, sample=1)
    assert math.isclose(sample[50], population[50] * 10 / 9, rel_tol=1e-14)
    assert all(v != v for v in run("stdev", values, length=1, sample=1))


@given(st.integers(2, 12), st.lists(st.tuples(st.integers(-9, 9), st.integers(-9, 9)), min_size=13, max_size=40))
def test_correlation(length: int, pairs: list[tuple[int, int]]) -> None:
    got = run("correlation", [float(a) for a, _ in pairs], [float(b) for _, b in pairs], length=length)
    for bar in range(length - 1, len(pairs)):
        a, b = zip(*pairs[bar - length + 1 : bar + 1], strict=True)
        together = sum(x * y for x, y in zip(a, b, strict=True)) * length - sum(a) * sum(b)
        apart = (sum(x * x for x in a) * length - sum(a) ** 2) * (sum(y * y for y in b) * length - sum(b) ** 2)
        if apart == 0:
            assert got[bar] != got[bar]
        else:
            assert math.isclose(got[bar], together / math.sqrt(apart), abs_tol=1e-12)
            assert -1.0 <= got[bar] <= 1.0


@pytest.mark.parametrize("strict", [0, 1])
def test_percentrank_counts_equals_unless_strict(strict: int) -> None:
    got = run("percentrank", [1.0, 2.0, 2.0, 3.0, 2.0], length=4, strict=strict)
    assert all(v != v for v in got[:4]) and got[4] == (25.0 if strict else 75.0)


@pytest.mark.parametrize(
    ("percent", "nearest", "linear"),
    [(0, 1.0, 1.0), (10, 1.0, 1.0), (20, 1.0, 1.5), (21, 2.0, 1.55), (50, 3.0, 3.0), (90, 5.0, 5.0), (100, 5.0, 5.0)],
)
def test_percentiles(percent: float, nearest: float, linear: float) -> None:
    values = [3.0, 1.0, 5.0, 2.0, 4.0]
    assert run("percentile_nearest", values, length=5, percent=percent)[-1] == nearest
    assert run("percentile", values, length=5, percent=percent)[-1] == pytest.approx(linear)


@pytest.mark.parametrize("percent", [-1.0, 100.5, NAN])
@pytest.mark.parametrize("name", ["percentile", "percentile_nearest", "tail_mean"])
def test_a_percentage_that_is_none(name: str, percent: float) -> None:
    assert all(v != v for v in run(name, [1.0, 2.0, 3.0], length=2, percent=percent))


@pytest.mark.parametrize("offset", [-1.0, 0.0, 3.0])
def test_the_regression_line_can_be_read_elsewhere(offset: float) -> None:
    values = [2.0 * bar + 5.0 for bar in range(40)]
    assert run("linreg", values, length=10, offset=offset)[-1] == pytest.approx(values[-1] - 2.0 * offset, rel=1e-13)


def test_every_windowed_operator_is_tested() -> None:
    windowed = {name for name, row in REGISTRY.items() if row.missing == "windowed"}
    assert windowed == set(NAMES) | {"correlation"}

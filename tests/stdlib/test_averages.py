"""ema and rma: seeded by an exact mean of valid values in a row, holding through gaps."""

from __future__ import annotations

import math
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from .harness import NAN, Running, run, same, warmup

ALPHA = {"ema": lambda n: Fraction(2, n + 1), "rma": lambda n: Fraction(1, n)}
NAMES = sorted(ALPHA)


def plain(name: str, values: list[float], length: int) -> list[float]:
    """In exact fractions, by the definition: `alpha * x + (1 - alpha) * previous`."""
    alpha = ALPHA[name](length)
    level: Fraction | None = None
    seed: list[Fraction] = []
    out: list[float] = []
    for x in values:
        if x != x:
            seed = []
            out.append(NAN)
        elif level is None:
            seed.append(Fraction(x))
            if len(seed) == length:
                level = sum(seed, Fraction(0)) / length
            out.append(float(level) if level is not None else NAN)
        else:
            level = alpha * Fraction(x) + (1 - alpha) * level
            out.append(float(level))
    return out


@settings(deadline=None, max_examples=60)
@given(st.sampled_from(NAMES), st.integers(1, 12), st.lists(st.floats(1.0, 1000.0) | st.just(NAN), max_size=60))
def test_equals_the_definition(name: str, length: int, values: list[float]) -> None:
    same(run(name, values, length=length), plain(name, values, length), relative=1e-13)


@pytest.mark.parametrize("length", [1, 2, 500, 501, 5001])
@pytest.mark.parametrize("name", NAMES)
def test_any_length_and_its_warmup(name: str, length: int) -> None:
    values = [100.0 + math.sin(bar) for bar in range(length + 50)]
    got = run(name, values, length=length)
    first = warmup(name, length=length)
    assert first == length - 1 and all(v != v for v in got[:first])
    assert got[first] == pytest.approx(math.fsum(values[:length]) / length, rel=1e-15)
    assert all(v == v for v in got[first:])


@pytest.mark.parametrize("name", NAMES)
def test_a_seed_counts_valid_values_in_a_row(name: str) -> None:
    got = run(name, [1.0, 2.0, NAN, 4.0, 5.0, 6.0, 7.0], length=3)
    assert all(v != v for v in got[:5]) and got[5] == 5.0


@pytest.mark.parametrize("name", NAMES)
def test_a_gap_is_missing_and_the_level_holds(name: str) -> None:
    values = [3.0, 5.0, 4.0, 6.0, 8.0]
    whole = run(name, values, length=3)
    gapped = run(name, [*values[:4], NAN, NAN, *values[4:]], length=3)
    assert gapped[3] == whole[3] and gapped[4] != gapped[4] and gapped[5] != gapped[5] and gapped[6] == whole[4]


@pytest.mark.parametrize("value", [0.1, 1e-8, 1e8, 1 / 3])
@pytest.mark.parametrize("name", NAMES)
def test_a_flat_series_stays_exactly_flat(name: str, value: float) -> None:
    got = run(name, [value] * 2000, length=16)
    assert set(got[15:]) == {value}


@pytest.mark.parametrize("name", NAMES)
def test_a_look_ahead_is_a_step_on_a_copy(name: str) -> None:
    step = Running(name, length=4)
    for bar in range(30):
        peek = step.copy()(float(bar % 7))
        step.copy()(1e9)
        committed = step(float(bar % 7))
        assert peek == committed or (peek != peek and committed != committed)


@pytest.mark.parametrize("name", NAMES)
def test_it_forgets_a_spike_as_the_weights_say(name: str) -> None:
    calm = run(name, [100.0] * 400, length=10)
    spiked = run(name, [100.0] * 200 + [1e6] + [100.0] * 199, length=10)
    alpha = float(ALPHA[name](10))
    assert spiked[210] - calm[210] == pytest.approx((1e6 - 100.0) * alpha * (1 - alpha) ** 10, rel=1e-9)

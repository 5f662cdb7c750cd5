"""A missing input, the very first one among them, leaves nothing behind: what remembers goes on with the next value."""

from __future__ import annotations

import math

import numpy as np
import pytest
import stratagem as sg
from stratagem.stdlib.operator import COUNT, NUMBER, RECURSIVE, REGISTRY, Argument

from ..laws.calls import CALLS, SERIES
from ..laws.evaluated import lets, text_of
from .harness import NAN, Running, same

BARS, FIRST, LATER = range(90), (0, 1, 2), (50, 51)
FACTORS = {"start": 0.02, "increment": 0.02, "limit": 0.2, "percent": 50.0, "offset": 0.0, "high": 102.0, "low": 98.0,
           "distance": 5.0}  # fmt: skip
INPUTS = {name: [a for a in row.arguments if a.kind != COUNT] for name, row in sorted(REGISTRY.items())}
SLOTS = [(name, at) for name, inputs in INPUTS.items() for at, each in enumerate(inputs) if each.kind == NUMBER]
RISK = ("ewma_volatility(0.9, x)", "ewma_value_at_risk(1.645, 0.9, x)", "value_at_risk(20, 95%, x)",
        "expected_shortfall(20, 95%, x)", "beta(close / close[1] - 1, 20, x)")  # fmt: skip


def valid(argument: Argument, bar: int) -> float | bool:
    """A value that is there: one that swings, a condition that holds now and then."""
    if argument.kind != NUMBER:
        return argument.default is None and bar % 9 == 4
    middle = FACTORS.get(argument.name, 100.0)
    return middle if middle < 1.0 else middle + 8.0 * math.sin(0.7 * bar) + 0.1 * bar


def values(name: str, bars: list[int], gappy: int = -1, gaps: tuple[int, ...] = ()) -> list[float]:
    """An operator over these bars, one input of which is missing on some."""
    step = Running(name, **{argument.name: 3 for argument in REGISTRY[name].counts})
    call = step.operator.step
    rows = [[valid(each, bar) for each in INPUTS[name]] for bar in bars]
    for bar, row in zip(bars, rows, strict=True):
        if bar in gaps:
            row[gappy] = NAN
    names = [argument.name for argument in INPUTS[name]]
    given = (dict(zip(names, row, strict=True)) | step.parameters for row in rows)
    return [float(call(step.f, step.k, step.w, **each)) for each in given]


@pytest.mark.parametrize(("name", "at"), SLOTS)
def test_an_operator_goes_on_after_a_gap(name: str, at: int) -> None:
    """At the end it has a value where it has one without the gap."""
    whole, gapped = values(name, list(BARS)), values(name, list(BARS), at, FIRST + LATER)
    assert [value == value for value in gapped[-15:]] == [value == value for value in whole[-15:]]


@pytest.mark.parametrize(("name", "at"), [slot for slot in SLOTS if REGISTRY[slot[0]].missing == RECURSIVE])
def test_a_recursive_operator_is_what_it_is_without_the_bars_of_the_gap(name: str, at: int) -> None:
    gaps = FIRST + LATER
    known = [bar for bar in BARS if bar not in gaps]
    gapped = values(name, list(BARS), at, gaps)
    assert all(gapped[bar] != gapped[bar] for bar in gaps)
    same([gapped[bar] for bar in known], values(name, known), 0.0)


CLOSE = 100.0 + 8.0 * np.sin(0.7 * np.arange(len(BARS)))


def shown(pairs: list[tuple[str, str]], gaps: tuple[int, ...]) -> dict[str, np.ndarray]:
    """Lets over `x`, a column that is missing on some bars; and whether each has a value."""
    x = 1.0 + 0.02 * np.cos(1.3 * np.arange(len(BARS)))
    x[list(gaps)] = np.nan
    ts = np.datetime64("2024-01-01", "us") + np.arange(len(BARS)) * np.timedelta64(1, "D")
    bars = {"ts": ts, "open": CLOSE, "high": CLOSE + 1, "low": CLOSE - 1, "close": CLOSE, "volume": CLOSE, "x": x}
    text = 'enter long when false\nlet x = column("x")\n' + text_of(iter(pairs))
    result = sg.compile(text).backtest(bars, timeframe="1d", engine="interpreted")
    return {name: np.asarray(result.series[name], float) for name, _ in pairs}


CALLED = [pair for call in CALLS if any(a.kind == SERIES and not a.default for a in call.arguments)
          for pair in lets(call, call.name + "_of", source="x", length="3", every=True)]  # fmt: skip
CALLED += [(f"risk_{place}", text) for place, text in enumerate(RISK)]


def test_a_function_goes_on_after_a_gap() -> None:
    whole, gapped = shown(CALLED, ()), shown(CALLED, FIRST + LATER)
    known = {name: np.isfinite(values[-15:]).tolist() for name, values in whole.items()}
    assert sum(map(any, known.values())) > 50, "the functions have values to lose"
    assert {name: np.isfinite(values[-15:]).tolist() for name, values in gapped.items()} == known


def test_weights_begin_with_the_first_return_that_is_known() -> None:
    """By hand, returns none, none, 0.2, none, 0.1 and a decay of 0.5: 0.2 twice, then the root of (0.04 + 0.01) / 2."""
    expression = 'ewma_volatility(0.5, column("r"))'
    close = np.full(5, 100.0)
    ts = np.datetime64("2024-01-01", "us") + np.arange(5) * np.timedelta64(1, "D")
    found = sg.evaluate(expression, {"ts": ts, "close": close, "r": np.array([np.nan, np.nan, 0.2, np.nan, 0.1])})
    assert np.isnan(found[:2]).all()
    assert found[2:].tolist() == pytest.approx([0.2, 0.2, math.sqrt(0.025)], abs=1e-15)

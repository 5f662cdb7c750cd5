"""Every slot of whole-number state has bounds, each by one rule."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
import stratagem as sg
from stratagem.lang.plan.bounds import bounds, unsound
from stratagem.lang.plan.constants import evaluate_params

SHIPPED = sorted((Path(__file__).resolve().parents[3] / "strategies").glob("*.strat"))

EVERYTHING = """
state turns = 0 then turns + 1
state up = false then close > open
let slow = median(close, 30) @ 4h
let now = percentile(close, 20, 90) @ forming 1d
let begun = (ema(close, 9) > sma(close, 9)) @ 1d
let flag = rising(close, 3) @ forming 4h
alert when close > slow and now > 0 "up {close}"
emit turning when up and begun and flag
enter long when turns > 3 and close > slow
"""


@pytest.mark.parametrize("program", [*SHIPPED, EVERYTHING], ids=lambda p: p.stem if isinstance(p, Path) else "all")
def test_every_slot_has_bounds(program: Path | str) -> None:
    plan = sg.compile(program).plan
    told = Counter(slot for slot, _, _ in bounds(plan, evaluate_params(plan, {}), 10))
    assert set(told) == set(range(plan.state.ints))
    assert max(told.values(), default=1) == 1


def test_the_empty_state_is_sound() -> None:
    plan = sg.compile(EVERYTHING).plan
    state = [0.0] * plan.state.floats, [0] * plan.state.ints, [0.0] * plan.state.window
    assert unsound(plan, evaluate_params(plan, {}), 0, *state) == ""
    assert plan.state.ints > 20
    state[1][plan.commits[0].at[1]] = 3
    assert "which is not from 0 to 1" in unsound(plan, evaluate_params(plan, {}), 0, *state)


@pytest.mark.parametrize("value", [1e301, -1e308, float("inf")])
def test_what_holds_a_value_holds_none_beyond_all(value: float) -> None:
    """The lowest low would leave as the price of an order. A sum of nine may be nine times as far."""
    for text, fits in (("lowest(low, 9)", 1e300), ("valuewhen(close > open, close, 2)", 1e300),
                       ("highest(high, 3) @ 1d", 1e300), ("sum(close, 9)", 9e300)):  # fmt: skip
        plan = sg.compile(f"enter long when {text} > 7").plan
        state = [fits] * plan.state.floats, [0] * plan.state.ints, [1e300] * plan.state.window
        assert unsound(plan, evaluate_params(plan, {}), 0, *state) == ""
        (state[0] or state[2])[0] = value * 10
        assert "a value is beyond" in unsound(plan, evaluate_params(plan, {}), 0, *state)

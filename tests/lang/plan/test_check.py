"""Kept plans that a hand changed: refused as none, and never anything but that."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest
import stratagem as sg
from stratagem.lang.plan.check import fault
from stratagem.lang.plan.codec import PlanError, from_json, to_json

from .test_bounds import EVERYTHING

SHIPPED = sorted((Path(__file__).resolve().parents[3] / "strategies").glob("*.strat"))
ODD: tuple[Any, ...] = (None, True, -1, 0, 1, 10**30, 1.5, "x", "", [], [[]], [1, 2], {}, 1 << 40, -(1 << 63), "step")


@pytest.mark.parametrize("program", [*SHIPPED, EVERYTHING], ids=lambda p: p.stem if isinstance(p, Path) else "all")
def test_every_plan_that_is_built_is_one(program: Path | str) -> None:
    plan = sg.compile(program).plan
    assert fault(plan) == ""
    assert from_json(to_json(plan)) == plan


def places(value: Any, path: tuple[int, ...] = ()) -> list[tuple[int, ...]]:
    """Where in a plan as JSON something stands."""
    found = [path] if path else []
    if isinstance(value, list):
        for at, item in enumerate(value):
            found += places(item, (*path, at))
    return found


def test_a_changed_plan_is_refused_or_is_one() -> None:
    text = to_json(sg.compile(EVERYTHING).plan)
    every, refused = places(json.loads(text)), 0
    for number in range(1500):
        draw = random.Random(number)
        row = json.loads(text)
        *inner, last = draw.choice(every)
        target = row
        for at in inner:
            target = target[at]
        target[last] = draw.choice(ODD)
        try:
            assert fault(from_json(json.dumps(row))) == ""
        except PlanError:
            refused += 1
    assert refused > 1000


@pytest.mark.parametrize("text", ["", "null", "[", "[" * 100_000, "[6]", '{"format": 6}', "6", "NaN"])
def test_no_plan_is_refused(text: str) -> None:
    with pytest.raises(PlanError):
        from_json(text)


@pytest.mark.parametrize("greater", [21.0, 1e6, 1e300, None])
def test_a_constant_length_beyond_its_window_is_refused(greater: float | None) -> None:
    """An operator steps over its window without looking: with a greater length it would leave the arrays."""
    row = json.loads(to_json(sg.compile("enter long when sma(close, 20) > highest(high[3], 7)").plan))
    stage = next(part for part in row if isinstance(part, list) and ["const", 20.0, []] in part)
    stage[stage.index(["const", 20.0, []])][1] = greater
    with pytest.raises(PlanError, match="which its window is not made for"):
        from_json(json.dumps(row))

"""Kept plans that a hand changed: refused as none, and never anything but that."""

from __future__ import annotations

import json
import random
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import Any, get_args, get_origin

import pytest
import stratagem as sg
from stratagem.lang.plan import check
from stratagem.lang.plan.check import fault
from stratagem.lang.plan.codec import PlanError, _plain, from_json, to_json
from stratagem.lang.plan.model import Column, Plan
from stratagem.lang.plan.rows import made

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


RESTING = """\
enter long when close > open trigger high limit high + 1 valid 3 bars until close < low[1] stop 2% stop 0r after 1r
  take 50% at 1r trail 3% after 2r expire "15:55"
enter short when close < open limit 1% valid day expire day
exit long when true limit highest(high, 9) valid 4h
cancel long when close < sma(close, 5)
"""


@pytest.mark.parametrize("program", [EVERYTHING, RESTING], ids=["all", "resting"])
def test_a_changed_plan_is_refused_or_is_one(program: str) -> None:
    text = to_json(sg.compile(program).plan)
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


def parts(value: Any, hint: Any) -> list[tuple[Any, Any]]:
    """Everything in a value of the model, with what the model says of it."""
    found = [(value, hint)]
    if is_dataclass(value):
        for field in fields(value):
            found += parts(getattr(value, field.name), check.hints(hint)[field.name])
    elif isinstance(value, tuple) and get_origin(hint) is tuple:
        inside = get_args(hint)
        kinds = [inside[0]] * len(value) if inside[-1] is Ellipsis else inside
        for item, kind in zip(value, kinds, strict=True):
            found += parts(item, kind)
    return found


@pytest.mark.parametrize("program", [EVERYTHING, RESTING], ids=["all", "resting"])
def test_what_is_made_of_a_row_is_what_the_model_says(program: str) -> None:
    """`made` and the question that names the place have one answer, of everything that can stand anywhere."""
    every = {repr(hint): (value, hint) for value, hint in parts(sg.compile(program).plan, Plan)}
    assert len(every) > 15
    for value, hint in every.values():
        row = json.loads(json.dumps(_plain(value)))
        assert made(hint, row) == value
        places = range(len(row) if isinstance(row, list) else 0)
        rows = [[*row[:at], other, *row[at + 1 :]] for at in places for other in (None, "x", 1.5, [], True)]
        for one in [*ODD, [1], [1.5, "x"], [[], []], *rows]:
            try:
                found = made(hint, json.loads(json.dumps(one)))
            except ValueError:
                assert is_dataclass(hint) or next(check._ill_typed(frozen(one), hint, ""), ""), (one, hint)
            else:
                assert not next(check._ill_typed(found, hint, ""), ""), (one, hint)


def frozen(value: Any) -> Any:
    return tuple(map(frozen, value)) if isinstance(value, list) else value


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


# --- orders that rest, and levels that move -----------------------------------------------------------------

AFFINE = ("BASE", "SLOPE", "SLOPE_BELOW")


def level(name: str) -> tuple[str, ...]:
    return tuple(f"{name}_{part}" for part in AFFINE)


def resting(columns: tuple[Column, ...] = (), day: tuple[int, ...] = (), **fields: Any) -> Plan:
    """A plan of two enters, of which the first is as `fields` say; `tells`: names of its inbox, all of one value."""
    made = sg.compile("enter long when close > open\nenter long when close > open").plan
    first, second = made.decisions
    told = tuple((name, -1) for name in fields.pop("tells", ()))
    asked = {name: fields.pop(name) for name in ("second",) if name in fields}
    first = replace(first, inbox=first.inbox + told, **fields)
    return replace(made, columns=made.columns + columns, day=day, decisions=(first, asked.get("second", second)))


PASSED = (Column("passed", "open", "", "15:55", True), Column("passed", "close", "", "15:55", True))
PLAIN = sg.compile("enter long when close > open").plan
AT = len(PLAIN.columns)
TAKE = ("TAKE0_SHARE", *level("TAKE0"))
MOVE = (*level("MOVE0"), *level("MOVE0_AFTER"))
ENDS = replace(PLAIN.decisions[0], index=1, action="cancel", inbox=(), of=0)

SOUND: tuple[dict[str, Any], ...] = (
    {"rest": "limit", "tells": ("LIMIT",)},
    {"rest": "trigger_limit", "tells": ("LIMIT", "TRIGGER"), "life": "open"},
    {"rest": "trigger", "tells": ("TRIGGER", "LIFE"), "life": "bars"},
    {"rest": "limit", "tells": ("LIMIT",), "second": ENDS},
    {"rest": "limit", "tells": ("LIMIT",), "life": "day", "day": (0, 0)},
    {"takes": 1, "moves": 1, "tells": (*TAKE, *MOVE)},
    {"expire_kind": "next_open"},
    {"expire_kind": "time", "columns": PASSED, "passed": (AT, AT + 1)},
    {"second": replace(ENDS, of=-1)},
)

WRONG: tuple[tuple[dict[str, Any], str], ...] = (
    ({"action": "sell"}, "what there is not"),
    ({"rest": "stop"}, "what there is not"),
    ({"life": "weeks"}, "what there is not"),
    ({"expire_kind": "session"}, "what there is not"),
    ({"takes": 5}, "too many levels"),
    ({"takes": -1}, "too many levels"),
    ({"moves": 4}, "too many levels"),
    ({"rest": "limit"}, "does not tell LIMIT"),
    ({"rest": "trigger_limit", "tells": ("LIMIT",)}, "does not tell TRIGGER"),
    ({"rest": "limit", "tells": ("LIMIT",), "life": "bars"}, "does not tell LIFE"),
    ({"expire_kind": "bars"}, "does not tell EXPIRE"),
    ({"takes": 2, "tells": TAKE}, "does not tell TAKE1_SHARE"),
    ({"moves": 1, "tells": level("MOVE0")}, "does not tell MOVE0_AFTER_BASE"),
    ({"trail_from_fill": True, "tells": level("STOP")}, "does not tell TRAIL_BASE"),
    ({"trail_from_fill": True, "tells": level("TRAIL")}, "does not tell STOP_BASE"),
    ({"of": 1}, "ends orders of what does not rest"),
    ({"second": ENDS}, "ends orders of what does not rest"),
    ({"second": replace(ENDS, of=-2)}, "ends orders of what does not rest"),
    ({"second": replace(ENDS, of=2)}, "ends orders of what does not rest"),
    ({"expire_kind": "day"}, "no columns of its time of day"),
    ({"columns": PASSED, "passed": (AT, AT + 1)}, "no columns of its time of day"),
    ({"expire_kind": "time", "columns": PASSED, "passed": (AT + 1, AT)}, "no columns of its time of day"),
    ({"expire_kind": "time", "columns": PASSED, "passed": (AT, AT + 2)}, "no columns of its time of day"),
    ({"expire_kind": "time", "columns": (PASSED[0], replace(PASSED[1], whole=False)), "passed": (AT, AT + 1)},
     "no columns of its time of day"),
    ({"rest": "limit", "tells": ("LIMIT",), "life": "day"}, "new days"),
)  # fmt: skip


@pytest.mark.parametrize("fields", SOUND)
def test_what_rests_and_moves_is_kept(fields: dict[str, Any]) -> None:
    made = resting(**fields)
    assert fault(made) == "" and from_json(to_json(made)) == made


@pytest.mark.parametrize(("fields", "wrong"), WRONG)
def test_what_rests_and_moves_is_held_to_what_it_tells(fields: dict[str, Any], wrong: str) -> None:
    assert wrong in fault(resting(**fields))

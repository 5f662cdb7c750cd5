"""`ladder n step D [again]`: what it is refused for, the prices of its orders, and that it is one statement of many."""

from __future__ import annotations

from dataclasses import replace

import pytest
from stratagem.lang.compile import check_text, compile_text
from stratagem.lang.plan.build import plan
from stratagem.lang.plan.codec import from_json, to_json

GRID = "enter long when close > open limit 1% ladder 3 step 2% valid 5 bars size 10%"
WRONG = {
    "enter long when close > open ladder 3 step 1%": ("E418", "fills at market"),
    "enter long when close > open limit 1% ladder 1 step 1%": ("E421", "a whole number from 2 to 50"),
    "enter long when close > open limit 1% ladder 51 step 1%": ("E421", "a whole number from 2 to 50"),
    "enter long when close > open limit 1% ladder 2.5 step 1%": ("E421", "a whole number from 2 to 50"),
    "enter long when close > open limit 1% ladder bar_index step 1%": ("E421", "a whole number from 2 to 50"),
    "enter long when close > open limit 1% ladder friday step 1%": ("E421", "a whole number from 2 to 50"),
    "enter long when close > open limit 1% ladder 3 step rsi(close, 14)": ("E421", "a distance or a ratio, found"),
    "enter long when close > open limit 1% ladder 3 step close": ("E421", "a distance or a ratio, found a price"),
    "enter long when close > open limit 1% ladder 3 step 0%": ("E415", "`step` must be above 0"),
    "enter long when close > open limit 1% ladder 3 step 1% scale 2": ("E421", "a lot of its own"),
    "enter long when close > open limit 1% ladder 3 step 1% again": ("E421", "placed anew"),
    "exit long when close > open limit 1% ladder 3 step 1%": ("E402", "does not belong to `exit`"),
    "enter long when close > open limit 1% ladder 3 step 1% ladder 2 step 1%": ("E401", "said twice"),
    "enter long when close > open limit 1% ladder 3 after 1r": ("E001", "`step`"),
}


@pytest.mark.parametrize("text", WRONG)
def test_what_a_ladder_cannot_be(text: str) -> None:
    code, words = WRONG[text]
    found = [d for d in check_text(text).diagnostics if d.severity == "error"]
    assert [d.code for d in found] == [code] and words in found[0].message, found


def test_each_order_is_a_decision_of_its_own_and_their_until_is_one() -> None:
    made = plan(compile_text(f"{GRID} until close < open\nenter short when close < open"))
    assert [(d.index, d.action, d.rung, d.rungs, d.of) for d in made.decisions] == [
        (0, "enter", 1, 3, -1), (1, "enter", 2, 3, -1), (2, "enter", 3, 3, -1), (3, "cancel", 0, 0, 0),
        (4, "enter", 0, 0, -1),
    ]  # fmt: skip
    assert [(d.label, d.places) for d in made.of_text] == [("enter long 1 of 3", 3), ("enter short", 1)]
    assert from_json(to_json(made)) == made


@pytest.mark.parametrize("other", ["4 step 2%", "3 step 1%", "3 step 2% again"])
def test_another_ladder_is_another_program(other: str) -> None:
    text = GRID.replace("3 step 2%", other)
    assert plan(compile_text(GRID)).seal != plan(compile_text(text)).seal


def test_a_plan_whose_ladder_is_torn_is_none() -> None:
    made = plan(compile_text(GRID))
    for wrong in ({"rung": 3}, {"rungs": 2}, {"again": True}, {"scale": 1}, {"rest": ""}):
        torn = replace(made, decisions=(made.decisions[0], replace(made.decisions[1], **wrong), made.decisions[2]))
        with pytest.raises(ValueError, match="ladder"):
            from_json(to_json(torn))

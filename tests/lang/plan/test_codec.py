"""Plans as JSON: nothing is lost, and damaged text is refused."""

from __future__ import annotations

import json

import pytest
from stratagem.lang.plan.build import plan
from stratagem.lang.plan.codec import PlanError, from_json, to_json
from stratagem.lang.plan.model import FORMAT, Plan

from ...handmade import w1, w2, w4
from ...wild import wild


@pytest.mark.parametrize("program", [w1, w2, w4])
def test_round_trip(program):
    made = plan(program())
    assert from_json(to_json(made)) == made


@pytest.mark.parametrize("seed", range(40))
def test_round_trip_of_every_kind_of_node(seed):
    made = plan(*wild(seed, 4))
    again = from_json(to_json(made))
    assert again == made
    assert repr(again) == repr(made)  # equality of -0.0 and 0.0 or of True and 1 would hide a loss


def test_the_text_is_strict_json_without_line_breaks():
    made = plan(*wild(7))
    text = to_json(made)
    assert "\n" not in text
    assert json.loads(text, parse_constant=lambda name: pytest.fail(name))[0] == FORMAT


def test_the_same_program_gives_the_same_text():
    assert to_json(plan(*wild(3))) == to_json(plan(*wild(3)))


@pytest.mark.parametrize("text", ["", "{}", "[]", "[0]", "null", "7", '["a"]', f"[{FORMAT}]", "[1,", f"[{FORMAT},1,2]"])
def test_what_is_no_plan_is_refused(text):
    with pytest.raises(PlanError):
        from_json(text)


def test_a_plan_of_another_format_is_refused():
    row = json.loads(to_json(plan(w1())))
    row[0] = FORMAT + 1
    with pytest.raises(PlanError, match="format"):
        from_json(json.dumps(row))


def test_a_missing_field_is_refused():
    row = json.loads(to_json(plan(w1())))
    with pytest.raises(PlanError):
        from_json(json.dumps(row[:-1]))


def test_a_missing_field_inside_is_refused():
    row = json.loads(to_json(plan(w1())))
    ops = row[list(Plan.__dataclass_fields__).index("ops")]
    ops[0] = ops[0][:-1]
    with pytest.raises(PlanError, match="Op has"):
        from_json(json.dumps(row))

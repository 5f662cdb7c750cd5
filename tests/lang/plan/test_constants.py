"""The stage: what is known before the run, with the values of one set of parameters."""

from __future__ import annotations

from math import isnan

import pytest
from stratagem.lang.diagnostics.span import NOWHERE
from stratagem.lang.plan.build import plan
from stratagem.lang.plan.constants import evaluate_params, refusals, unfit
from stratagem.lang.plan.model import Plan
from stratagem.lang.program.program import Guard, Require

from ...handmade import Maker


def stage_value(made: Plan, operand: int, **values: float) -> float:
    return evaluate_params(made, values)[-1 - operand]


def with_output(make: Maker, node):  # type: ignore[no-untyped-def]
    made = plan(make.program(), [("x", node)], trading=False)
    return made, made.outputs[0].value


def test_a_constant_and_a_parameter_have_slots():
    make = Maker()
    n = make.param("n", 7, 1, 50)
    made, operand = with_output(make, make.pure("add", n, 0.5))
    assert operand < 0
    assert stage_value(made, operand) == 7.5
    assert stage_value(made, operand, n=10.0) == 10.5


def test_equal_rows_are_one_and_zeros_are_not():
    make = Maker()
    both = make.pure("add", make.pure("add", make.close, 0.0), make.pure("add", make.close, -0.0))
    made = plan(make.program(), [("x", make.pure("add", both, 0.0))], trading=False)
    assert [row[1] for row in made.stage if row[0] == "const"].count(0.0) == 2
    assert len({repr(row) for row in made.stage}) == len(made.stage)


def test_missing_constants_are_missing():
    make = Maker()
    made, operand = with_output(make, make.pure("or_else", float("nan"), make.param("n", 3, 1, 9)))
    assert stage_value(made, operand) == 3.0
    assert isnan(evaluate_params(made, {})[[row[1] for row in made.stage].index(None)])


def test_a_flag_is_one_or_nothing():
    make = Maker()
    flag = make.param("on", True)
    made, operand = with_output(make, make.pure("number", make.pure("not", flag)))
    assert stage_value(made, operand) == 0.0
    assert stage_value(made, operand, on=False) == 1.0


def test_the_tick_is_missing_until_the_host_says():
    make = Maker()
    tick = make.graph.node("param", (), ("$tick", False), binding=1, clock=None)
    made, operand = with_output(make, make.pure("mul", 10.0, tick))
    assert isnan(stage_value(made, operand))
    assert evaluate_params(made, {"$tick": 0.25})[-1 - operand] == 2.5


def test_broken_requirements_are_named():
    make = Maker()
    fast, slow = make.param("fast", 5, 1, 50), make.param("slow", 20, 1, 50)
    rule = Require(make.pure("lt", fast, slow), "fast < slow", NOWHERE)
    made = plan(make.program(requires=(rule,)), [("x", make.close)])
    assert refusals(made, evaluate_params(made, {})) == []
    assert refusals(made, evaluate_params(made, {"fast": 20.0})) == ["fast < slow"]


def test_guards_read_their_thresholds_from_the_stage():
    make = Maker()
    limit = make.param("limit", 0.2)
    when = make.pure("gt", make.close, make.input("open"))
    guard = Guard("drawdown", make.pure("mul", limit, 2.0), "halt", NOWHERE)
    made = plan(make.program(make.enter("long", when), guards=(guard,)))
    assert evaluate_params(made, {"limit": 0.1})[made.guards[0].slot] == pytest.approx(0.2)


@pytest.mark.parametrize("value", [0.0, 51.0, float("nan"), float("inf")])
def test_a_value_that_state_was_not_sized_for_is_refused(value):
    """Native code would write beyond its window."""
    make = Maker()
    n = make.param("n", 7, 1, 50)
    made = plan(make.program(), [("x", make.step("sma", make.close, n))])
    with pytest.raises(ValueError, match="parameter n: expected 1 to 50"):
        evaluate_params(made, {"n": value})


def test_a_length_that_the_parameters_leave_missing_is_unfit():
    make = Maker()
    k = make.param("k", 2, 0, 5)
    length = make.pure("max", 1.0, make.pure("min", make.pure("floordiv", 7.0, k), 20.0))
    made = plan(make.program(), [("x", make.step("median", make.close, length))])
    assert [(row.least, row.most) for row in made.lengths] == [(1, 20)]
    assert unfit(made, evaluate_params(made, {"k": 3})) == ""
    text = "`length` of `median` is missing; expected a whole number from 1 to 20"
    assert unfit(made, evaluate_params(made, {"k": 0})) == text


def test_a_ratio_without_a_domain_may_be_any_number():
    make = Maker()
    ratio = make.param("r", 0.5)
    made = plan(make.program(), [("x", make.pure("mul", ratio, make.close))])
    assert evaluate_params(made, {"r": -12.5})
    with pytest.raises(ValueError, match="parameter r"):
        evaluate_params(made, {"r": float("nan")})


def test_thresholds_follow_the_stage():
    make = Maker()
    n = make.param("n", 7, 1, 50)
    when = make.pure("gt", make.close, make.step("sma", make.close, n))
    made = plan(make.program(make.enter("long", when)))
    for length in (1.0, 7.0, 50.0):
        params = evaluate_params(made, {"n": length})
        assert len(params) == len(made.stage) + len(made.thresholds)
        assert params[made.decisions[0].gate[0][1]] == length - 1

"""The plans of several symbols: what each level computes, what crosses, and what one symbol's plan must not become."""

from __future__ import annotations

import json
from dataclasses import fields, replace
from typing import Any

import pytest
from stratagem.lang.diagnostics.model import CompileError
from stratagem.lang.diagnostics.span import NOWHERE
from stratagem.lang.plan.build import plan
from stratagem.lang.plan.check import fault_of_several
from stratagem.lang.plan.codec import PlanError, several_from_json, to_json
from stratagem.lang.plan.constants import NEVER, evaluate_params
from stratagem.lang.plan.model import HOLD_PLACES, Decision, Plan, Several
from stratagem.lang.plan.several import several
from stratagem.lang.program.nodes import BOOL, Node
from stratagem.lang.program.program import Cancel, Exit, Hold, Program, Sizing
from stratagem.lang.program.timeframe import timeframe
from stratagem.lang.program.verify import verify

from ...handmade import Maker, w1, w2, w4


def of(make: Maker, value: Node, symbol: str) -> Node:
    return make.graph.node("of", (value,), (symbol,), type=value.type, clock=value.clock)


def across(make: Maker, function: str, value: Node, *count: float) -> Node:
    kind = BOOL if function in ("top", "any", "all") else "number"
    return make.graph.node("across", (value, *map(make.node, count)), (function,), type=kind, clock=value.clock)


def leg(index: int, group: int, symbol: str, when: Node, size: Node) -> Hold:
    return Hold(index, group, True, symbol, when, Sizing("fraction", size), None, "", None, (when,), NOWHERE, leg="buy")


def rotation() -> Program:
    """Ranks a z-score of what is demeaned: three levels, the last of them with a reading of one symbol beside it."""
    make = Maker()
    momentum = make.pure("div", make.close, make.step("history", make.close, 126))
    demeaned = across(make, "demean", momentum)
    place = across(make, "rank", make.step("sma", demeaned, 20))
    best = across(make, "top", make.step("sma", demeaned, 20), 3.0)
    calm = make.pure("gt", of(make, make.close, "SPY"), of(make, make.step("sma", make.close, 200), "SPY"))
    made = make.program(make.enter("long", make.pure("and", calm, make.pure("le", place, 5.0))))
    exits = (Exit(1, "long", make.pure("not", best), None, False, "", None, (best,), NOWHERE, symbol="QQQ"),)
    return replace(made, symbols=("SPY", "QQQ"), exits=exits, prefer=momentum, crosses=True)


def found(made: Several) -> list[list[tuple[str, str]]]:
    return [[(crossing.function, crossing.symbol) for crossing in level.crossings] for level in made.levels]


def test_crossings_stand_in_the_level_after_those_they_need():
    made = several(rotation())
    assert found(made) == [[("of", "SPY"), ("of", "SPY"), ("demean", "")], [("rank", ""), ("top", "")]]


def test_a_level_gives_the_arguments_of_its_crossings_and_does_not_trade():
    made = several(rotation())
    for level in made.levels:
        assert not level.plan.trading and not level.plan.decisions
        assert {crossing.argument for crossing in level.crossings} == set(range(len(level.plan.outputs)))
    rank, top = made.levels[1].crossings
    assert rank.argument == top.argument  # one value, ranked in two ways
    assert made.levels[1].plan.stage[top.count] == ("const", 3.0, ())
    assert rank.count == -1


def test_what_crosses_comes_back_as_columns():
    made = several(rotation())
    handed = [{crossing.column for crossing in level.crossings} for level in made.levels]
    taken = [{column.name for column in each.columns if column.source == "given"} for each in made.plans]
    demean = made.levels[0].crossings[2].column
    assert taken == [set(), {demean}, (handed[0] - {demean}) | handed[1]]


def test_the_main_plan_computes_nothing_that_only_a_level_needs():
    made = several(rotation())
    assert [op.name for op in made.main.ops if op.kind == "step"] == ["history"]  # `prefer` needs it
    assert made.main.prefer is not None and made.main.prefer in {op.id for op in made.main.ops}


def test_other_symbols_bars_are_waited_for_as_if_they_were_own_ones():
    waits = dict(several(rotation()).main.decisions[0].gate)
    main = several(rotation()).main
    assert main.thresholds[waits[-1] - len(main.stage)] == max(199, 126 + 19)


def test_what_a_level_hands_on_is_missing_until_it_is_warm():
    level = several(rotation()).levels[0]
    warm = {op.id: op for op in level.plan.ops if op.kind == "cell"}
    gates = [warm[output.value].gate for output in level.plan.outputs if output.value in warm]
    assert [level.plan.thresholds[gate[0][1] - len(level.plan.stage)] for gate in gates] == [199, 126]
    assert len(level.plan.commits) == 2


def test_a_crossing_on_a_higher_clock_is_read_when_its_bar_closes():
    make, week = Maker(), timeframe("1w")
    weekly = across(make, "rank", make.sample(make.input("close", week)))
    on_week = make.graph.node("across", weekly.args, ("rank",), clock=week)
    when = make.pure("lt", make.sample(make.step("sma", on_week, 4)), 3.0)
    main = several(make.program(make.enter("long", when))).main
    (clock,) = main.clocks
    (given,) = clock.fields
    assert given.name.startswith("given ") and main.columns[given.column].source == "given"
    assert [op.kind for op in clock.ops] == ["bar", "step"]


def test_a_condition_that_crosses_on_a_higher_clock_is_a_condition_there():
    make, week = Maker(), timeframe("1w")
    up = make.sample(make.pure("gt", make.input("close", week), make.input("open", week)))
    anyone = make.graph.node("across", (up,), ("any",), type=BOOL, clock=week)
    main = several(make.program(make.enter("long", make.sample(anyone)))).main
    assert [(op.kind, op.name, op.type) for op in main.clocks[0].ops] == [
        ("bar", "given", "number"), ("pure", "ne", "bool"),
    ]  # fmt: skip


def test_clocks_behind_a_crossing_are_waited_for():
    make, week = Maker(), timeframe("1w")
    average = make.sample(make.step("sma", make.input("close", week), 10))
    main = several(make.program(make.enter("long", make.pure("gt", make.close, of(make, average, "SPY"))))).main
    assert [clock.timeframe for clock in main.clocks] == ["1w"]
    assert 0 in dict(main.decisions[0].gate)


def test_holds_take_five_places_each():
    make = Maker()
    when = make.pure("gt", make.close, 1.0)
    base = make.program(make.enter("long", when))
    holds = tuple(leg(at, 0, symbol, when, make.node(0.5)) for at, symbol in enumerate(("GLD", "GDX"), start=1))
    cancels = (Cancel(3, "long", when, (when,), NOWHERE, "GLD"),)
    main = several(replace(base, holds=holds, cancels=cancels)).main
    assert [d.index for d in main.decisions] == [0, 1, 1 + HOLD_PLACES, 1 + 2 * HOLD_PLACES]
    assert [(d.action, d.symbol, d.group, d.atomic) for d in main.decisions] == [
        ("enter", "", -1, False), ("hold", "GLD", 0, True), ("hold", "GDX", 0, True), ("cancel", "GLD", -1, False),
    ]  # fmt: skip


def test_statements_for_another_symbol_never_act():
    main = several(rotation()).main
    slot = main.decisions[1].gate[0][1]
    assert evaluate_params(main, {}, symbol="SPY")[slot] == NEVER
    assert evaluate_params(main, {}, symbol="QQQ")[slot] < NEVER
    assert evaluate_params(main, {})[slot] < NEVER  # a single run has no symbol


def test_a_reading_of_another_book_is_a_column():
    make = Maker()
    size = make.graph.node("book_of", (), ("position.size", "GLD"))
    main = several(make.program(make.enter("long", make.pure("gt", size, 0.0)))).main
    (told,) = main.books_of
    assert told[1:] == ("position.size", "GLD") and main.columns[told[0]].source == "book_of"


def test_nodes_that_cross_obey_the_rules():
    assert verify(rotation()) > 10


def test_a_value_that_needs_its_own_past_through_others_is_refused():
    make = Maker()
    past = make.graph.node("previous", (), ("loop",))
    ranked = across(make, "rank", make.pure("add", past, make.close))
    cell = make.cells["loop"] = make.graph.node("cell", (make.node(0.0), ranked), ("loop",))
    with pytest.raises(CompileError, match="E702"):
        several(make.program(make.enter("long", make.pure("gt", cell, 0.0))))


def test_functions_over_all_symbols_nest_to_a_limit():
    make = Maker()
    value = make.close
    for _ in range(16):
        value = across(make, "rank", value)
    assert len(several(make.program(), [("a", value)]).levels) == 16
    with pytest.raises(CompileError, match="E612"):
        several(make.program(), [("a", across(make, "rank", value))])


# --- as text ----------------------------------------------------------------------------------------------


def test_round_trip():
    made = replace(several(rotation()), watches=("VIX",), universe="sp20", assumed=(("SPY", "lot", "1"),))
    assert several_from_json(to_json(made)) == made


@pytest.mark.parametrize("make", [w1, w2, w4])
def test_a_program_of_one_symbol_has_the_plan_it_always_had(make):
    made = several(make())
    assert made.levels == () and made.main == plan(make())
    row = json.loads(to_json(made.main))
    names = [field.name for field in fields(Plan)]
    assert names[len(row) :][:2] == ["books_of", "prefer"]  # what few programs use is not written
    written = {len(decision) for decision in row[names.index("decisions")]}
    assert [field.name for field in fields(Decision)][written.pop() :] == [
        "symbol", "group", "atomic", "sequence", "step", "rung", "rungs", "again", "trail_from_fill",
    ]  # fmt: skip


WRONG: list[tuple[Any, str]] = [
    (lambda m: replace(m, levels=m.levels[1:]), "no level before it hands on"),
    (lambda m: replace(m, levels=m.levels[::-1]), "no level before it hands on"),
    (lambda m: replace(m, levels=(*m.levels, m.levels[0])), "two crossings"),
    (lambda m: _crossing(m, function="best"), "none"),
    (lambda m: _crossing(m, symbol=""), "none"),
    (lambda m: _crossing(m, type="text"), "none"),
    (lambda m: _crossing(m, argument=9), "what is not there"),
    (lambda m: _crossing(m, argument=-1), "what is not there"),
    (lambda m: _crossing(m, count=0), "counts by"),
    (lambda m: replace(m, levels=(replace(m.levels[0], plan=m.main),)), ""),
    (lambda m: replace(m, main=replace(m.main, prefer=10_000)), "ordered by"),
    (lambda m: replace(m, main=replace(m.main, books_of=((0, "position.size", "GLD"),))), "no column"),
    (lambda m: replace(m, main=replace(m.main, decisions=m.main.decisions[::-1])), "place of another"),
    (lambda m: replace(m, main=replace(m.main, format=1)), "format"),
    (lambda m: replace(m, universe=None), "another kind"),
]


def _crossing(made: Several, **changed: Any) -> Several:
    first, *rest = made.levels
    crossing = replace(first.crossings[0], **changed)
    return replace(made, levels=(replace(first, crossings=(crossing, *first.crossings[1:])), *rest))


@pytest.mark.parametrize(("change", "wrong"), WRONG)
def test_plans_that_do_not_go_together_are_refused(change, wrong):
    changed = change(several(rotation()))
    told = fault_of_several(changed)
    assert told and wrong in told
    with pytest.raises(PlanError):
        several_from_json(to_json(changed))


@pytest.mark.parametrize("text", ["", "[]", "{}", "[[]]", "[[7]]", "7"])
def test_what_is_no_plan_is_refused(text):
    with pytest.raises(PlanError):
        several_from_json(text)

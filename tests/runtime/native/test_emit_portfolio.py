"""The native driver's text: valid for any plan, and the stages of an event in the order in which they stand as data."""

from __future__ import annotations

import re
from dataclasses import replace

import llvmlite.binding as llvm
import pytest
import stratagem as sg
from stratagem.lang.plan.build import plan
from stratagem.runtime.interpreted.generate_parts import generate_parts
from stratagem.runtime.native.emit_portfolio import emit_portfolio
from stratagem.runtime.portfolio.order import groups, stages

from ...handmade import w1, w2, w4
from ...wild import wild
from ..portfolio import kit

PLANS = {"w1": plan(w1()), "w2": plan(w2()), "w4": plan(w4()), "rotation": kit.made(kit.rotation()).main,
         "pair": kit.made(kit.pair()).main, "hold": kit.made(kit.rebalancing()).main}  # fmt: skip


@pytest.mark.parametrize("seed", range(25))
def test_every_plan_gives_a_valid_module(seed):
    made = plan(*wild(seed, 4))
    llvm.parse_assembly(emit_portfolio(made)).verify()
    compile(generate_parts(made), "<parts>", "exec")


@pytest.mark.parametrize("name", PLANS)
def test_what_is_called_is_declared_once(name):
    text = emit_portfolio(PLANS[name])
    llvm.parse_assembly(text).verify()
    called = set(re.findall(r"call (?:double|i64) @((?:op|sg)_\w+)\(", text))
    declared = re.findall(r"^declare .*@(\w+)\(", text, re.MULTILINE)
    assert called == set(declared) and len(declared) == len(set(declared))


@pytest.mark.parametrize("name", PLANS)
def test_stages_come_in_their_order(name):
    """The call that tells each stage, one after another; marks and the sums after them go book by book."""
    text = emit_portfolio(PLANS[name])
    driver = text[text.index("define i64 @portfolio") :]
    wanted = [turn.calls[turn.calls.index("take") - 1] if "take" in turn.calls else turn.calls[-1]
              for stage in stages(PLANS[name]) for turn in stage.turns if stage.name != "day"]  # fmt: skip
    marks = wanted.index("mark_book")
    assert wanted[marks : marks + 3] == ["mark_book", "begin_sums", "add_marked"]
    wanted[marks : marks + 2] = ["begin_sums", "mark_book"]
    at = 0
    for call in wanted:
        found = re.compile(rf"@(?:op_|sg_)?{call}\(").search(driver, at)
        assert found, f"{call} is not called after what stands before it"
        at = found.start() + 1


def test_a_book_is_handed_the_account_for_its_closing_part_only_where_that_reads_it():
    def before_closing(text: str) -> bool:
        (turn,) = next(stage for stage in stages(sg.compile(text).plan) if stage.name == "closing").turns
        return turn.calls == ("hand", "closing")

    assert not before_closing("enter long when close > open")
    assert before_closing("enter long when close > open and position.flat")
    assert before_closing("enter long when close > open size 10% stop drawdown * close")


def test_groups_are_those_of_the_text():
    legs = [[leg.symbol for leg in group] for group in groups(PLANS["pair"])]
    assert legs == [["A", "B"], ["A", "B"]] and groups(PLANS["hold"]) == []
    text = emit_portfolio(PLANS["pair"])
    assert text.count("@sg_propose_leg(") == 1 + 4 and "propose_leg" not in emit_portfolio(PLANS["hold"])


def test_a_preference_is_sorted_by_only_where_there_is_one():
    made = PLANS["rotation"]
    assert "sort." in emit_portfolio(made) and "sort." not in emit_portfolio(replace(made, prefer=None))


def test_no_constant_of_the_program_is_written():
    def text(fast: int) -> str:
        made = emit_portfolio(sg.compile(f"enter long when close > ema(close, {fast}) size {fast} units").plan)
        return re.sub(r"i64 \d+$", "", made, flags=re.MULTILINE)

    assert text(10) == text(20)

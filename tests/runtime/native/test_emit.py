"""LLVM text of plans: valid, without constants of the program, and the same phases as the interpreted engine."""

from __future__ import annotations

import re

import llvmlite.binding as llvm
import pytest
import stratagem as sg
from stratagem.lang.plan.build import plan
from stratagem.runtime.native.emit import emit
from stratagem.runtime.native.symbols import declaration

from ...handmade import Maker, w1, w2, w4
from ...wild import wild


@pytest.mark.parametrize("seed", range(40))
def test_every_plan_gives_a_valid_module(seed):
    module = llvm.parse_assembly(emit(plan(*wild(seed, 4))))
    module.verify()


@pytest.mark.parametrize("seed", range(10))
def test_what_is_called_is_declared_once(seed):
    text = emit(plan(*wild(seed)))
    called = set(re.findall(r"call (?:double|i64) @((?:op|sg)_\w+)\(", text))
    declared = re.findall(r"^declare .*@(\w+)\(", text, re.MULTILINE)
    assert called == set(declared)
    assert len(declared) == len(set(declared))
    assert all(declaration(symbol) in text for symbol in declared)


def lengths(fast: float, slow: float) -> str:
    make = Maker()
    when = make.pure("gt", make.step("sma", make.close, fast), make.step("sma", make.close, slow))
    return emit(plan(make.program(make.enter("long", when))))


def test_a_constant_is_read_not_written():
    assert re.sub(r"i64 \d+$", "", lengths(10.0, 50.0), flags=re.MULTILINE) == re.sub(
        r"i64 \d+$", "", lengths(11.0, 70.0), flags=re.MULTILINE
    )
    assert "call double @op_sma(ptr %f1, ptr %k1, ptr %w1, double %x4, i64 %n" in lengths(10.0, 50.0)


def test_windows_move_with_the_state_only():
    """A longer window moves the places after it; nothing else of the text changes."""
    one, two = lengths(10.0, 50.0).splitlines(), lengths(10.0, 60.0).splitlines()
    changed = [(a, b) for a, b in zip(one, two, strict=True) if a != b]
    assert all("getelementptr double, ptr %w, i64" in a for a, _ in changed)


def test_an_operator_that_stays_a_call_steps_its_state_where_it_lies():
    program = plan(w2())
    inlined, called = emit(program), emit(program, ["op_ema", "op_rma"])
    assert inlined.count("alloca") - called.count("alloca") == 2 * called.count("call double @op_ema") + 2 * (
        called.count("call double @op_rma")
    )
    llvm.parse_assembly(called).verify()


def test_a_plan_that_does_not_trade_calls_no_trading():
    make = Maker()
    text = emit(plan(make.program(), [("x", make.step("ema", make.close, 5.0))], trading=False))
    assert "@sg_" not in text and "op_mark" not in text


@pytest.mark.parametrize("apart", [False, True])
@pytest.mark.parametrize("program", [w1, w2, w4])
def test_phases_come_in_their_order(program, apart):
    text = emit(plan(program()), apart=apart)
    run = text[text.index(f"define i64 @{'books' if apart else 'run'}") :]
    order = ["@op_attention", "@sg_fill", "@op_mark", "@op_tripped", "@sg_trip", "@op_accepts", "@sg_decide"]
    places = [run.index(f"{name}(") for name in order]
    assert places == sorted(places)


def test_expiries_are_looked_for_only_where_a_lot_can_expire():
    def run(clause: str) -> str:
        return emit(sg.compile(f"enter long when close > open size 1 units {clause}").plan)

    assert "@op_due(" not in run("")
    assert run("expire 3 bars").index("@op_accepts(") < run("expire 3 bars").index("@op_due(")


def test_higher_bars_close_before_fills():
    whole = emit(plan(w4()))
    run = whole[whole.index("define i64 @run") :]
    assert run.index("@close_0") < run.index("@sg_fill")
    text = emit(plan(w4()), apart=True)
    series, books = (text[text.index(f"define i64 @{name}") :] for name in ("states", "books"))
    assert "call void @close_0" in series[: len(series) - len(books)] and "@close_0" not in books
    both = text[text.index("define i64 @run") :]
    assert both.index("@series(") < both.index("@books(")


def test_one_function_per_clock_and_one_that_orders_them():
    make = Maker()
    from stratagem.lang.program.timeframe import timeframe

    outputs = [(f, make.sample(make.input("close", timeframe(f)))) for f in ("1h", "4h")]
    text = emit(plan(make.program(), outputs, trading=False))
    assert re.findall(r"define internal void @(\w+)\(", text) == ["close_0", "close_1", "close"]


def test_it_is_deterministic():
    assert emit(plan(*wild(11))) == emit(plan(*wild(11)))

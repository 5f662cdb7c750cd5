"""Warm-up as semantics 16 counts it: adding up along a path, the largest where paths meet, per clock."""

from __future__ import annotations

from dataclasses import replace

import pytest
from stratagem.lang.plan.build import plan
from stratagem.lang.plan.constants import Stage, evaluate_params, warmup
from stratagem.lang.plan.formulas import value
from stratagem.lang.plan.wanted import series
from stratagem.lang.plan.warmup import Bars, Needs
from stratagem.lang.program.nodes import BASE, Node
from stratagem.lang.program.timeframe import timeframe
from stratagem.stdlib.operator import REGISTRY

from ...handmade import Maker, rsi, true_range, w1, w2, w4

HOUR, DAY = timeframe("1h"), timeframe("1d")


@pytest.fixture
def make():
    return Maker()


def need(make: Maker, *nodes: Node) -> dict[str, int]:
    """Zero-based counts by what is counted, with parameters at 5."""
    return {named(bars): count for bars, count in needs(make, *nodes).items()}


def needs(make: Maker, *nodes: Node) -> dict[Bars, int]:
    stage = Stage()
    found = Needs(stage, series(nodes, make.cells), make.cells).of(*nodes)
    held = [5.0 if row[0] == "param" else row[1] for row in stage.rows]
    return {bars: value(count.form, held) for bars, count in found.items()}


def named(bars: Bars) -> str:
    """ "1h", "1h growing", "base since 1" (that many nodes)."""
    since = f" since {len(bars.since)}" if bars.since else ""
    return f"{bars.clock}{since}{' growing' if bars.growing else ''}"


def test_a_price_needs_nothing(make):
    assert need(make, make.close) == {}


def test_a_window_needs_its_length(make):
    assert need(make, make.step("sma", make.close, 20.0)) == {"base": 19}


def test_needs_add_up_along_a_path(make):
    inner = make.step("sma", make.close, 20.0)
    assert need(make, make.step("ema", inner, 10.0)) == {"base": 28}
    assert need(make, make.step("history", make.step("ema", inner, 10.0), 3.0)) == {"base": 31}


def test_the_largest_stands_where_paths_meet(make):
    both = make.pure("sub", make.step("sma", make.close, 20.0), make.step("ema", make.close, 50.0))
    assert need(make, both) == {"base": 49}


def test_rsi_and_atr(make):
    assert need(make, rsi(make, make.close, 14.0)) == {"base": 14}
    assert need(make, make.step("rma", true_range(make), 14.0)) == {"base": 14}


def test_a_parameter_makes_a_formula(make):
    length = make.param("n", 5, 1, 50)
    node = make.step("sma", make.step("sma", make.close, length), make.pure("mul", length, 2.0))
    stage = Stage()
    found = Needs(stage, series([node], {}), {}).of(node)[Bars(BASE)]
    assert not isinstance(found.form, int)
    for n in (1.0, 5.0, 50.0):
        held = [n, 2.0, 2.0 * n]
        named = [n if row[0] == "param" else row[1] if row[0] == "const" else 2.0 * n for row in stage.rows]
        assert value(found.form, named) == 3 * n - 2, held


def test_sparse_operators_add_nothing(make):
    event = make.pure("gt", make.step("sma", make.close, 20.0), make.close)
    assert need(make, make.step("barssince", event)) == {"base": 19}


def test_fields_of_a_record_are_ready_apart(make, monkeypatch):
    """Where an operator says a warm-up per output; where it says one, that is every output's."""
    apart = {"mean": lambda length: length - 1, "half": lambda length: length - 3}
    operator = replace(REGISTRY["sma"], outputs={"half": 1}, first="mean", warmup=apart)
    monkeypatch.setitem(REGISTRY, "sma", operator)
    step = make.step("sma", make.step("ema", make.close, 4.0), 10.0)
    assert need(make, step) == {"base": 12}
    assert need(make, make.output(step, "half")) == {"base": 10}
    monkeypatch.setitem(REGISTRY, "sma", replace(operator, warmup=apart["mean"]))
    assert need(make, make.output(step, "half")) == {"base": 12}


def test_a_sample_brings_the_need_of_its_clock(make):
    trend = make.sample(make.step("ema", make.input("close", HOUR), 50.0))
    assert need(make, trend) == {"1h": 49}
    assert need(make, make.sample(make.input("close", HOUR))) == {"1h": 0}
    both = make.pure("sub", trend, make.step("sma", make.close, 90.0))
    assert need(make, both) == {"1h": 49, "base": 89}


def test_a_sample_of_what_reads_no_bar_needs_one_too(make):
    count = make.cell("s", 0.0, make.pure("add", make.previous("s", clock=HOUR), 1.0), HOUR)
    assert need(make, count) == {}
    assert need(make, make.sample(count)) == {"1h": 0}
    assert need(make, make.sample(count, "forming")) == {"1h growing": 0}


def test_what_is_done_with_a_sample_counts_the_bars_since(make):
    trend = make.sample(make.step("ema", make.input("close", HOUR), 50.0))
    mean = make.step("sma", trend, 5.0)
    assert need(make, mean) == {"1h": 49, "base": 4, "base since 1": 4}


def test_a_count_since_goes_on_along_its_path(make):
    mean = make.step("sma", make.sample(make.step("ema", make.input("close", HOUR), 50.0)), 5.0)
    assert need(make, make.step("sma", mean, 3.0)) == {"1h": 49, "base": 6, "base since 1": 6}


def test_a_count_since_begins_anew_where_another_clock_comes_in(make):
    hours = make.step("sma", make.sample(make.step("ema", make.input("close", HOUR), 50.0)), 5.0)
    days = make.sample(make.input("close", DAY))
    step = make.step("sma", make.pure("sub", hours, days), 3.0)
    found = needs(make, step)
    counted = sorted((named(bars), count) for bars, count in found.items())
    assert counted == [("1d", 0), ("1h", 49), ("base", 6), ("base since 1", 2), ("base since 1", 4)]
    last = next(bars for bars, count in found.items() if bars.since and count == 2)
    assert last.since == (step.args[0],)


def test_a_forming_sample_counts_the_bar_that_grows(make):
    ema = make.step("ema", make.input("close", HOUR), 50.0)
    assert need(make, make.sample(ema, "forming")) == {"1h growing": 49}
    assert need(make, make.sample(make.input("close", HOUR), "forming")) == {"1h growing": 0}
    assert need(make, make.sample(ema, "forming"), make.sample(ema)) == {"1h growing": 49, "1h": 49}


def test_nested_samples_keep_every_clock(make):
    day = make.sample(make.step("sma", make.input("close", DAY), 3.0), clock=HOUR)
    hour = make.pure("sub", make.step("sma", make.input("close", HOUR), 10.0), day)
    assert need(make, make.sample(hour)) == {"1d": 2, "1h": 9, "1h since 1": 0}
    assert need(make, make.sample(day)) == {"1d": 2, "1h since 1": 0}
    assert need(make, make.sample(day, "forming")) == {"1d": 2, "1h since 1 growing": 0}


def test_a_cell_waits_for_what_it_reads(make):
    update = make.pure("add", make.previous("s"), make.step("sma", make.close, 4.0))
    cell = make.cell("s", 0.0, update)
    assert need(make, cell) == {"base": 3}
    assert need(make, make.step("history", cell, 2.0)) == {"base": 5}


def test_a_cell_may_read_its_bar_before_without_a_circle(make):
    update = make.pure("add", make.lagged("s"), make.close)
    assert need(make, make.cell("s", 0.0, update)) == {"base": 1}


def test_warm_up_of_the_known_programs():
    for program, expected in (
        (w1(), {"base": 51}),
        (w2(), {"base": 50}),
        (w4(), {"base": 51, "1h": 50}),
    ):
        made = plan(program)
        assert warmup(made, evaluate_params(made, {})) == expected


def test_each_statement_has_its_own(make):
    slow = make.pure("gt", make.close, make.step("sma", make.close, 30.0))
    quick = make.pure("lt", make.close, make.step("sma", make.close, 3.0))
    made = plan(make.program(make.enter("long", slow), make.exit("long", quick)))
    params = evaluate_params(made, {})
    assert [params[d.gate[0][1]] for d in made.decisions] == [29.0, 2.0]


def test_a_start_raises_every_statement_and_nothing_else(make):
    cell = make.cell("s", 0.0, make.pure("add", make.previous("s"), make.step("sma", make.close, 4.0)))
    made = plan(make.program(make.enter("long", make.pure("gt", cell, 0.0))), [("cell", cell)])
    params = evaluate_params(made, {}, start=100)
    assert params[made.decisions[0].gate[0][1]] == 100.0
    (op,) = (op for op in made.ops if op.kind == "cell")
    assert params[op.gate[0][1]] == 3.0
    assert evaluate_params(made, {}, start=2)[made.decisions[0].gate[0][1]] == 3.0

"""Random programs over random bars: both engines, every chunking and every restart give the same bits."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stratagem.lang.plan.build import plan
from stratagem.lang.plan.codec import from_json, to_json
from stratagem.runtime.machine.engines import INTERPRETED, NATIVE

from ..enginekit import assert_equal, empty_outputs, finished, history, machine, make_bars, run, step_into, stepped
from ..wild import wild

BARS = 160
SEEDS = st.integers(0, 1 << 30)


def bars_of(seed: int, count: int = BARS):  # type: ignore[no-untyped-def]
    return make_bars(seed, count, (15, 60, 5, 1440)[seed % 4], missing=seed % 3 == 0)


CUTS = st.lists(st.integers(0, BARS), max_size=8)
TURNS = st.lists(st.integers(1, 40), min_size=3, max_size=12)


@settings(max_examples=24, deadline=None)
@given(seed=SEEDS, depth=st.integers(1, 5), cuts=CUTS, turns=TURNS)
def test_however_run_it_is_the_same(seed, depth, cuts, turns):
    """Native as interpreted, in chunks as bar by bar, in turns on the same arrays: one program, compiled once."""
    made = plan(*wild(seed, depth))
    bars = bars_of(seed)
    whole = run(made, bars, INTERPRETED)
    assert_equal(whole, run(made, bars, NATIVE))
    for engine in (INTERPRETED, NATIVE):
        assert_equal(whole, run(made, bars, engine, cuts))
        assert_equal(whole, stepped(made, bars, engine))
    mixed = machine(made, INTERPRETED)
    outs = empty_outputs(mixed, BARS)
    provider = history(bars)
    for turn, count in enumerate([*turns, BARS]):
        mixed.switch(NATIVE if turn % 2 else INTERPRETED)
        mixed.run(provider, min(BARS, mixed.index + count), [memoryview(out)[mixed.index :] for out in outs])
    assert_equal(whole, finished(mixed, outs, bars))


@settings(max_examples=12, deadline=None)
@given(seed=SEEDS)
def test_a_restart_at_every_bar_changes_nothing(seed):
    made = plan(*wild(seed))
    bars = bars_of(seed, 70)
    whole = run(made, bars, INTERPRETED)
    provider = history(bars)
    current = machine(made, INTERPRETED)
    outs = empty_outputs(current, 70)
    rows = current.trading
    for index in range(70):
        step_into(current, provider, outs, index)
        kept = current.snapshot()
        restarted = machine(made, NATIVE if index % 10 == 0 else INTERPRETED)
        restarted.restore(kept)
        assert restarted.snapshot() == kept
        for name in ("trade_rows", "order_rows", "record_rows"):
            getattr(restarted.trading, name).extend(getattr(rows, name))
        current, rows = restarted, restarted.trading
    assert_equal(whole, finished(current, outs, bars))


@settings(max_examples=24, deadline=None)
@given(seed=SEEDS, count=st.integers(0, BARS))
def test_the_future_changes_nothing(seed, count):
    """Bars after one change nothing before it: neither series nor books."""
    made = plan(*wild(seed))
    bars = bars_of(seed)
    whole = run(made, bars, INTERPRETED)
    cut = run(made, bars.rows(0, count), INTERPRETED)
    for name, values in cut.outputs.items():
        assert values.tobytes() == whole.outputs[name][:count].tobytes(), name


@pytest.mark.parametrize("seed", range(8))
def test_other_outputs_change_no_result(seed):
    """What is handed out besides does not touch orders and books."""
    program, outputs = wild(seed)
    bars = bars_of(seed)
    with_them, without = run(plan(program, outputs), bars, INTERPRETED), run(plan(program), bars, INTERPRETED)
    assert with_them.rows == without.rows
    assert with_them.outputs["equity"].tobytes() == without.outputs["equity"].tobytes()


@pytest.mark.parametrize("seed", range(12))
def test_a_kept_plan_runs_the_same(seed):
    made = plan(*wild(seed))
    bars = bars_of(seed)
    assert_equal(run(made, bars, INTERPRETED), run(from_json(to_json(made)), bars, INTERPRETED))


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(400))
def test_larger_programs(seed):
    made = plan(*wild(Random(seed), 6))
    bars = bars_of(seed, 600)
    assert_equal(run(made, bars, INTERPRETED), run(made, bars, NATIVE))

"""Machines: blocks, row buffers, snapshots that fit and those that do not."""

from __future__ import annotations

import ctypes

import pytest
from stratagem.lang.inputs.assumptions import read_assumptions
from stratagem.lang.plan.build import plan
from stratagem.lang.plan.model import Column
from stratagem.runtime.machine import machine as machine_module
from stratagem.runtime.machine.engines import ENGINES, INTERPRETED, NATIVE, kernel_key
from stratagem.runtime.machine.machine import Machine, unwritten
from stratagem.runtime.machine.snapshot import SnapshotError
from stratagem.runtime.trading import layout
from stratagem.runtime.trading.rows import TRADE_WIDTH

from ...enginekit import EASY, assert_equal, empty_outputs, finished, history, machine, make_bars, run
from ...handmade import Maker, w1, w2, w4


@pytest.fixture(scope="module")
def bars():
    return make_bars(5, 3000, 1)


@pytest.mark.parametrize("engine", ENGINES)
def test_blocks_are_of_limited_size(bars, engine, monkeypatch):
    monkeypatch.setattr(machine_module, "BLOCK", 256)
    asked: list[int] = []
    provider = history(bars)

    def counting(column: Column, first: int, stop: int):  # type: ignore[no-untyped-def]
        asked.append(stop - first)
        return provider(column, first, stop)

    made = machine(plan(w2()), engine)
    outs = empty_outputs(made, len(bars))
    made.run(counting, len(bars), outs)
    assert max(asked) == 256
    monkeypatch.undo()
    assert_equal(finished(made, outs, bars), run(plan(w2()), bars, engine))


@pytest.mark.parametrize("engine", ENGINES)
def test_full_row_buffers_are_drained(bars, engine):
    """A buffer of few rows stops the engine again and again; nothing is lost."""
    frantic = Maker()
    up = frantic.pure("gt", frantic.close, frantic.input("open"))
    program = frantic.program(frantic.enter("long", up, fill="this_close"),
                              frantic.exit("long", frantic.pure("not", up), fill="this_close"))  # fmt: skip
    small = run(plan(program), bars, engine, max_rows=1, keep_records=True)
    large = run(plan(program), bars, engine, max_rows=100_000, keep_records=True)
    assert len(small.rows[0]) > 500 * TRADE_WIDTH * 8
    assert small.rows == large.rows
    assert {n: v.tobytes() for n, v in small.outputs.items()} == {n: v.tobytes() for n, v in large.outputs.items()}


@pytest.mark.parametrize("max_rows", [1, 9, 100_000])
@pytest.mark.parametrize("records", [False, True])
def test_rows_that_stay_where_they_are_written_are_the_same(bars, max_rows, records):
    """With room for all nothing is copied; with less, what was drained stands before what is left."""
    make = Maker()
    up = make.pure("gt", make.close, make.input("open"))
    program = plan(make.program(make.enter("long", up), make.exit("long", make.pure("not", up))))
    usual = run(program, bars, NATIVE, keep_records=records)
    roomy = run(program, bars, NATIVE, keep_records=records, max_rows=max_rows, room=unwritten)
    assert roomy.rows == usual.rows
    assert all(usual.rows[:2]) and bool(usual.rows[2]) is records
    assert {n: v.tobytes() for n, v in roomy.outputs.items()} == {n: v.tobytes() for n, v in usual.outputs.items()}


def test_with_room_for_all_rows_none_is_copied(bars):
    made = machine(plan(w1()), NATIVE, max_rows=100_000, room=unwritten)
    made.run(history(bars), len(bars))
    made.finish(0, 100.0)
    held = made.trading
    for rows, buffer in ((held.order_rows, held.orders), (held.trade_rows, held.trades)):
        assert len(rows) and ctypes.addressof(ctypes.c_char.from_buffer(rows)) == ctypes.addressof(
            ctypes.c_char.from_buffer(buffer)
        )
    assert not made.trading.k[layout.ORDER_ROWS] and not len(held.record_rows)


def test_records_are_kept_only_when_asked(bars):
    assert not run(plan(w1()), bars, NATIVE).rows[2]
    assert run(plan(w1()), bars, NATIVE, keep_records=True).rows[2]


def test_outputs_have_names():
    make = Maker()
    made = machine(plan(make.program(), [("c", make.close)]), INTERPRETED)
    assert made.outputs == ["equity", "cash", "quantity", "c"]


def test_outputs_may_be_left_out(bars):
    made = machine(plan(w1()), NATIVE)
    outs = [None, *empty_outputs(made, len(bars))[1:]]
    made.run(history(bars), len(bars), outs)
    assert outs[1][-1] == run(plan(w1()), bars, NATIVE).outputs["cash"][-1]


@pytest.mark.parametrize("engine", ENGINES)
def test_nothing_acts_before_the_start(bars, engine):
    made = run(plan(w1()), bars, engine, start=1500)
    quantity = made.outputs["quantity"]
    assert not quantity[:1501].any()
    assert quantity[1501:].any()


def test_no_bars_are_a_run(bars):
    empty = run(plan(w4()), bars.rows(0, 0), NATIVE)
    assert len(empty.outputs["equity"]) == 0


def test_an_unknown_engine_is_named():
    with pytest.raises(ValueError, match="native or interpreted, found 'fast'"):
        Machine(plan(w1()), engine="fast")


def test_the_tick_is_the_assumptions():
    make = Maker()
    tick = make.graph.node("param", (), ("$tick", False), binding=1, clock=None)
    made = plan(make.program(), [("x", make.pure("add", make.close, tick))])
    ticked = Machine(made, engine=INTERPRETED, assumptions=read_assumptions({"tick": 0.25}))
    assert 0.25 in ticked.arrays.params
    assert all(value != value for value in Machine(made, engine=INTERPRETED).arrays.params)


# --- snapshots -----------------------------------------------------------------------------------------


def half_run(program, bars, engine=INTERPRETED, **options):  # type: ignore[no-untyped-def]
    made = machine(plan(program), engine, **options)
    made.run(history(bars), len(bars) // 2)
    return made


def test_a_snapshot_is_the_same_whichever_engine_made_it(bars):
    assert half_run(w4(), bars, INTERPRETED).snapshot() == half_run(w4(), bars, NATIVE).snapshot()


def test_a_snapshot_survives_an_added_output(bars):
    program = w4()
    kept = half_run(program, bars).snapshot()
    trend = program.enters[0].when.args[1].args[1]
    more = machine(plan(program, [("trend", trend)]), NATIVE)
    more.restore(kept)
    outs = empty_outputs(more, len(bars))
    more.run(history(bars), len(bars), [memoryview(out)[more.index :] for out in outs])
    half = len(bars) // 2
    whole = run(plan(program, [("trend", trend)]), bars, NATIVE)
    for name, out in zip(more.outputs, outs, strict=True):
        assert list(out[half:]) == whole.outputs[name][half:].tolist()


def test_a_snapshot_of_another_program_is_refused(bars):
    kept = half_run(w1(), bars).snapshot()
    with pytest.raises(SnapshotError, match="another program"):
        machine(plan(w4()), INTERPRETED).restore(kept)


def test_a_snapshot_with_other_parameters_is_refused(bars):
    make = Maker()
    n = make.param("n", 5, 2, 50)
    when = make.pure("gt", make.close, make.step("sma", make.close, n))
    program = make.program(make.enter("long", when))
    kept = half_run(program, bars).snapshot()
    other = Machine(plan(program), {"n": 6.0}, engine=INTERPRETED, assumptions=EASY)
    with pytest.raises(SnapshotError, match="parameters"):
        other.restore(kept)


def test_a_damaged_snapshot_is_refused(bars):
    kept = half_run(w4(), bars).snapshot()
    for at in range(0, len(kept), max(1, len(kept) // 150)):
        damaged = kept[:at] + bytes([kept[at] ^ 0x40]) + kept[at + 1 :]
        with pytest.raises(SnapshotError):
            machine(plan(w4()), INTERPRETED).restore(damaged)


@pytest.mark.parametrize("size", [0, 5, 16, 40, 60, 200])
def test_a_cut_snapshot_is_refused(bars, size):
    with pytest.raises(SnapshotError):
        machine(plan(w4()), INTERPRETED).restore(half_run(w4(), bars).snapshot()[:size])


# --- kernels ---------------------------------------------------------------------------------------------


def test_a_parameter_compiles_nothing():
    """Programs that differ in a default, a constant's value or a title share their kernel."""

    def program(length: float, title: str):  # type: ignore[no-untyped-def]
        make = Maker()
        when = make.pure("gt", make.close, make.step("ema", make.close, length))
        return plan(make.program(make.enter("long", when), title=title))

    assert kernel_key(program(5.0, "a")) == kernel_key(program(9.0, "b"))
    assert kernel_key(plan(w1())) != kernel_key(plan(w4()))

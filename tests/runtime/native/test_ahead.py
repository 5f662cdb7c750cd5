"""Series that are computed ahead of the books, beside them or not, in whatever pieces: the same bits."""

from __future__ import annotations

import threading
from array import array
from itertools import pairwise
from random import Random

import pytest
from stratagem.lang.compile import compile_text
from stratagem.lang.plan.build import plan
from stratagem.runtime.machine import crossing, engines
from stratagem.runtime.machine import machine as machines
from stratagem.runtime.machine.engines import INTERPRETED, NATIVE
from stratagem.runtime.native import emit_calm
from stratagem.runtime.native.ahead import ahead
from stratagem.runtime.trading import layout, mark

from ...enginekit import EASY, assert_equal, empty_outputs, finished, history, machine, make_bars, run
from ...wild import wild

BARS = 400
OF_SERIES = "enter long when close > sma(close, 5) and rsi(close, 5) < 60 size 1 units stop close - 2 * atr(5)\n"
OF_BOOKS = "enter long when close > open and trades.count < 3 size 1 units\nexit long when position.bars > 4\n"
BOTH = OF_SERIES + "exit long when position.bars > 4 and close > ema(close, 7)\n"


@pytest.fixture(autouse=True)
def apart(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every program of these tests in two loops."""
    monkeypatch.setattr(crossing, "apart", lambda plan, bars: True)


def made(text: str):  # type: ignore[no-untyped-def]
    return plan(compile_text(text))


@pytest.mark.parametrize("text", [OF_SERIES, OF_BOOKS, BOTH])
@pytest.mark.parametrize("together", [1, 7, 100, 1000])
def test_pieces_of_the_series_are_the_whole(text: str, together: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engines, "TOGETHER", together)
    bars, of = make_bars(3, BARS), made(text)
    found = run(of, bars, NATIVE)
    assert_equal(run(of, bars, INTERPRETED), found)
    assert found.rows[1], "it trades"


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("spare", [False, True])
def test_a_thread_beside_changes_nothing(seed: int, spare: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    of, bars = plan(*wild(seed)), make_bars(seed, BARS, missing=seed % 3 == 0)
    whole = run(of, bars, INTERPRETED, max_rows=64)
    monkeypatch.setattr(machines, "TOGETHER", 37)
    monkeypatch.setattr(crossing, "ENOUGH", 1)
    monkeypatch.setattr(crossing, "spare", lambda: spare)
    one = machine(of, NATIVE, max_rows=64)
    outs = empty_outputs(one, BARS)
    one.run(history(bars), BARS, outs, beside=True)
    assert_equal(whole, finished(one, outs, bars))


@pytest.mark.parametrize("together", [7, 37, 1000])
def test_what_else_is_done_with_the_bars_goes_over_them_in_order_on_the_other_thread(
    together: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(machines, "TOGETHER", together)
    monkeypatch.setattr(crossing, "ENOUGH", 1)
    monkeypatch.setattr(crossing, "spare", lambda: True)
    monkeypatch.setattr(crossing, "PIECE", 10)
    of, bars, seen, looked = made(OF_SERIES), make_bars(3, BARS), [], threading.Event()
    one = machine(of, NATIVE)
    outs, books = empty_outputs(one, BARS), one._engine.run

    def slow(*given):  # type: ignore[no-untyped-def]
        assert looked.wait(30), "the other thread looks while this one trades"
        return books(*given)

    def look(first: int, stop: int) -> None:
        seen.append((first, stop, threading.get_ident()))
        looked.set()

    monkeypatch.setattr(one._engine, "run", slow)
    one.run(history(bars), BARS, outs, beside=True, also=look)
    assert [place for *place, _ in seen] == [[at, at + 10] for at in range(0, 10 * len(seen), 10)]
    assert seen[0][2] != threading.get_ident()
    assert_equal(run(of, bars, NATIVE), finished(one, outs, bars))


def test_without_another_thread_nothing_else_is_done(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crossing, "spare", lambda: False)
    one, done = machine(made(OF_SERIES), NATIVE), list[tuple[int, int]]()
    one.run(history(make_bars(3, BARS)), BARS, beside=True, also=lambda *span: done.append(span))
    assert done == []  # it is left to the caller


def test_what_fails_beside_the_run_does_not_end_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crossing, "ENOUGH", 1)
    monkeypatch.setattr(crossing, "spare", lambda: True)
    of, bars = made(OF_SERIES), make_bars(3, BARS)
    one = machine(of, NATIVE)
    outs = empty_outputs(one, BARS)
    one.run(history(bars), BARS, outs, beside=True, also=lambda *_: 1 // 0)
    assert_equal(run(of, bars, NATIVE), finished(one, outs, bars))


def test_an_error_of_the_columns_comes_from_the_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machines, "TOGETHER", 50)
    monkeypatch.setattr(crossing, "ENOUGH", 1)
    monkeypatch.setattr(crossing, "spare", lambda: True)
    provider = history(make_bars(1, BARS))

    def fails(column, first, stop):  # type: ignore[no-untyped-def]
        if first >= 200:
            raise ValueError("the data are gone")
        return provider(column, first, stop)

    with pytest.raises(ValueError, match="the data are gone"):
        machine(made(OF_SERIES), NATIVE).run(fails, BARS, beside=True)


def test_what_rests_on_a_book_is_not_ahead_of_it() -> None:
    text = "state top = close then max(top, position.size)\nenter long when close > top + sma(close, 3) size 1 units\n"
    cell = made(text)
    split = ahead(cell)
    assert split is not None and split.rests_on_books(cell.decisions[0].when), "the cell is given what rests on a book"
    assert {op.name for op in split.ops} >= {"sma"} and all(op.kind != "previous" for op in split.ops)
    of = made("enter long when close > sma(close, 5) and position.flat size 1 units\n")
    found = ahead(of)
    assert found is not None and all(op.kind != "book" for op in found.ops)
    assert found.rests_on_books(of.decisions[0].when) and {op.name for op in found.ops} >= {"sma"}


def test_calm_stretches_are_of_programs_that_nothing_is_asked_of_on_each_bar() -> None:
    def calm(text: str) -> bool:
        split = ahead(made(text))
        return split is not None and emit_calm.fits(made(text), split)

    assert calm(OF_SERIES)
    assert not calm(OF_BOOKS) and not calm(BOTH) and not calm(OF_SERIES.replace("stop", "valid 3 bars limit low stop"))


@pytest.mark.parametrize("seed", range(200))
def test_a_mark_writes_and_reads_the_slots_that_it_says(seed: int) -> None:
    """Whatever else the books hold: what is copied out of them for a calm stretch is all there is to it."""
    random = Random(seed)
    numbers = [random.choice([0.0, 1.0, -2.5, 99.5, 100.0, random.uniform(90, 110)]) for _ in range(layout.B_FIXED)]
    whole = [random.choice([0, 0, 1, 7]) for _ in range(layout.K_FIXED)]
    b, k = array("d", numbers), array("q", whole)
    few_b = array("d", (n if slot in mark.MARK_READS[0] else 1e9 for slot, n in enumerate(numbers)))
    few_k = array("q", (n if slot in mark.MARK_READS[1] else 0 for slot, n in enumerate(whole)))
    bar = random.uniform(100, 110), random.uniform(90, 100), random.choice([float("nan"), random.uniform(90, 110)])
    mark.mark(b, k, *bar)
    mark.mark(few_b, few_k, *bar)
    for now, before, few, kept in ((b, numbers, few_b, mark.MARK_KEEPS[0]), (k, whole, few_k, mark.MARK_KEEPS[1])):
        assert [now[slot] for slot in kept] == [few[slot] for slot in kept]
        assert all(now[slot] == before[slot] for slot in range(len(before)) if slot not in kept)


def test_the_flags_of_a_calm_stretch_are_those_that_a_bar_asks() -> None:
    of = machine(made(OF_SERIES), NATIVE, EASY)
    assert {layout.PENDING, layout.EVERY_BAR, layout.KEEP_RECORDS, layout.WATCHED} == {*mark.CALM_FLAGS}
    assert mark.tripped(of.trading.b, of.trading.k) == 0


def test_who_waits_does_what_else_is_to_be_done(monkeypatch: pytest.MonkeyPatch) -> None:
    """The books of a block are done before the series of the next: meanwhile the first thread is not idle."""
    monkeypatch.setattr(machines, "TOGETHER", 50)
    monkeypatch.setattr(machines, "BLOCK", 50)
    monkeypatch.setattr(crossing, "ENOUGH", 1)
    monkeypatch.setattr(crossing, "PIECE", 10)
    monkeypatch.setattr(crossing, "spare", lambda: True)
    looked, seen = threading.Event(), []
    provider = history(make_bars(3, BARS))
    own = threading.get_ident()

    def slow(column, first, stop):  # type: ignore[no-untyped-def]
        if first == 100 and threading.get_ident() != own:
            assert looked.wait(30), "the first thread looks while the series are computed"
        return provider(column, first, stop)

    def look(first: int, stop: int) -> None:
        seen.append((first, stop))
        looked.set()

    for _ in range(20):  # which thread is first is not decided here
        seen.clear()
        looked.clear()
        one = machine(made(OF_SERIES), NATIVE)
        one.run(slow, BARS, beside=True, also=look)
        assert seen == [(at, at + 10) for at in range(0, BARS, 10)][: len(seen)], "in order; the rest is the caller's"


def test_who_is_idle_looks_ahead_until_it_is_wanted() -> None:
    """Not only at bars that have been run: where series take longest, whoever trades looks at those that come."""
    seen: list[tuple[int, int]] = []
    besides = crossing._Besides(lambda first, stop: seen.append((first, stop)), 5, 5 + 2 * crossing.PIECE + 1)
    besides.wanted = True
    besides.idle()
    assert not seen
    besides.wanted = False
    besides.idle()
    middle, late = 5 + crossing.PIECE, 5 + 2 * crossing.PIECE
    assert seen == [(5, middle), (middle, late), (late, late + 1)] and not besides.one()


def test_the_first_and_the_last_blocks_are_small(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that no thread waits long for its first work, nor for the other's last."""
    monkeypatch.setattr(machines, "TOGETHER", 10)
    monkeypatch.setattr(crossing, "ENOUGH", 1)
    one = machine(made(OF_SERIES), NATIVE)
    blocks = one._blocks(history(make_bars(3, BARS)), BARS, [None] * len(one.outputs), 10)
    sizes = [block.stop - block.first for block in blocks]
    assert sum(sizes) == BARS and sizes[:3] == [10, 20, 40] and max(sizes[-2:]) <= 10, sizes
    assert all(after <= 2 * before for before, after in pairwise(sizes)), sizes
    assert all(2 * after >= before - 1 for before, after in pairwise(sizes[:-1])), sizes

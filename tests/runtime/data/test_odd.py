"""What looks odd, looked for by blocks: whoever looks, and however fast, the same is told."""

from __future__ import annotations

from math import inf, nan

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from stratagem.lang.program.timeframe import timeframe
from stratagem.runtime.data import scan as looks
from stratagem.runtime.data.bars import Bars
from stratagem.runtime.data.odd import Odd, OddRows, Unlooked
from stratagem.runtime.data.quality import LARGEST, Rows, timed
from stratagem.runtime.data.scan import ALL, BROKEN, FAR, PAUSED, Scan
from stratagem.runtime.data.table import MISSING
from stratagem.runtime.native import passes as native
from stratagem.runtime.native.errors import NativeError
from stratagem.runtime.native.scan import NativeScan

from .made import MINUTE, START, arrays

PRICE = st.sampled_from([nan, inf, -1.0, 0.0, 71.0, 99.0, 100.0, 101.0, 141.0, 205.0, LARGEST, LARGEST * 1.1])
VOLUME = st.sampled_from([nan, -1.0, 0.0, 5.0, LARGEST, inf])
TIME = st.sampled_from([MINUTE, MINUTE - 1, MINUTE + 1, 0, -MINUTE, 90 * MINUTE])


@pytest.fixture(autouse=True)
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Native code looks at any number of rows."""
    monkeypatch.setattr(native, "FEW", 1)


def made(rows: list[tuple[float, ...]], times: list[int] | None = None) -> Bars:
    columns = [np.array(column) for column in zip(*rows, strict=True)]
    ts = np.cumsum([START, *(times or [MINUTE] * len(rows))])[: len(rows)]
    return Bars("X", timeframe("1m"), ts.astype(np.int64), *columns)


def by_rules(bars: Bars, first: int, stop: int) -> int:
    """What numpy finds in the rows, by the rules as they are written for people."""
    found = 0
    for at in range(first, stop):
        opened, high, low, close = (float(getattr(bars, name)[at]) for name in ("open", "high", "low", "close"))
        volume = float(bars.volume[at])
        ordered = 0.0 < low <= opened <= high <= LARGEST and low <= close <= high
        sound = ordered and not (volume < 0.0 or volume > LARGEST)
        found |= 0 if sound else BROKEN
        if at + 1 == len(bars):
            continue
        after = float(bars.open[at + 1])
        if after < close * looks.FALL or after > close * looks.RISE or high > low * looks.SPIKE:
            found |= FAR
        if int(bars.ts[at + 1] - bars.ts[at]) > MINUTE:
            found |= PAUSED
    return found


ROWS = st.lists(st.tuples(*[PRICE] * 4, VOLUME), min_size=1, max_size=23)


@settings(max_examples=300)
@given(ROWS, st.lists(TIME, min_size=23, max_size=23), st.integers(0, 22), st.integers(0, 23))
@example([(100.0, 101.0, 99.0, 100.0, 5.0)] * 9, [MINUTE] * 23, 0, 9)
@example([(100.0, 101.0, 99.0, 100.0, 5.0)] * 8 + [(nan, 101.0, 99.0, 100.0, 5.0)], [MINUTE] * 23, 0, 9)
def test_native_code_sees_what_the_rules_say(
    rows: list[tuple[float, ...]], times: list[int], first: int, count: int
) -> None:
    bars = made(rows, times)
    first = min(first, len(bars))
    stop = min(first + count, len(bars))
    assert NativeScan().over(bars)(first, stop) == by_rules(bars, first, stop)


@pytest.mark.parametrize("at", range(9))
@pytest.mark.parametrize(("column", "value"), [(0, nan), (1, nan), (2, nan), (3, nan), (2, 0.0), (4, -1.0), (1, inf)])
def test_one_bad_number_is_seen_wherever_it_stands(at: int, column: int, value: float) -> None:
    rows = [(100.0, 101.0, 99.0, 100.0, 5.0)] * 9
    rows[at] = (*rows[at][:column], value, *rows[at][column + 1 :])
    assert NativeScan().over(made(rows))(0, 9) & BROKEN


@given(st.lists(st.sampled_from([MISSING, -(1 << 62), 1 << 62, 0, 5, MINUTE, -MINUTE, START]), min_size=2, max_size=19))
def test_times_are_those_of_numpy(times: list[int]) -> None:
    ts = np.array(times, dtype=np.int64)
    native = NativeScan()
    assert native.span(ts) == Scan().span(ts) == (ts.min(), ts.max())
    assert native.gaps(ts) == Scan().gaps(ts)


def test_what_was_found_of_times_is_of_that_memory_alone() -> None:
    native, ts = NativeScan(), np.arange(9, dtype=np.int64) * MINUTE
    assert native.span(ts) == (0, 8 * MINUTE)
    assert native.span(ts[1:]) == (MINUTE, 8 * MINUTE) and native.span(ts[:8]) == (0, 7 * MINUTE)
    assert native.gaps(ts.view(np.int64)) == (MINUTE, MINUTE) and native.span(ts * 2) == (0, 16 * MINUTE)
    assert native.span(ts[::2]) == (0, 8 * MINUTE) and native.gaps(ts[::2]) == (2 * MINUTE, 2 * MINUTE)


def test_gaps_go_over_the_ends_of_blocks() -> None:
    ts = np.arange(2 * looks.BLOCK + 5, dtype=np.int64) * MINUTE
    ts[looks.BLOCK :] += 7
    ts[2 * looks.BLOCK :] -= 3
    assert Scan().gaps(ts) == NativeScan().gaps(ts) == (MINUTE - 3, MINUTE + 7)


def test_columns_that_are_not_in_a_row_get_the_closer_look() -> None:
    wide = np.repeat(np.arange(8, dtype=np.int64) * MINUTE, 2)[::2]
    assert NativeScan().gaps(wide) == (MINUTE, MINUTE)
    columns = {name: np.repeat(column[:8], 2)[::2] for name, column in arrays(8).items()}
    bars = Bars("X", timeframe("1m"), *columns.values())  # type: ignore[arg-type]
    assert NativeScan().over(bars)(0, 8) == ALL


def test_where_nothing_may_be_compiled_every_row_gets_the_closer_look(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused() -> None:
        raise NativeError("numba is told to compile nothing")

    monkeypatch.setattr(native, "passing", refused)
    native.passes.cache_clear()
    bars = made([(100.0, 101.0, 99.0, 100.0, 5.0)] * 9)
    try:
        assert NativeScan().over(bars)(0, 9) == ALL
        assert NativeScan().gaps(bars.ts) == (MINUTE, MINUTE)
    finally:
        native.passes.cache_clear()


def test_a_column_that_was_resized_meanwhile_is_not_read_by_native_code() -> None:
    bars = made([(100.0, 101.0, 99.0, 100.0, 5.0)] * 9)
    look = NativeScan().over(bars)
    assert look(0, 9) == 0
    bars.close.resize(4, refcheck=False)
    assert look(0, 9) == ALL


# --- the looks together ------------------------------------------------------------------------------


def looked(bars: Bars, scan: Scan, cuts: list[int]) -> tuple[str, ...]:
    """The notes, after looks at the rows up to each cut."""
    rows = Rows(bars.ts, bars.open, bars.high, bars.low, bars.close, bars.volume, {}, range(len(bars)), bars.timeframe)
    odd = OddRows(bars, range(1, len(bars) + 1), Unlooked(rows, lambda: ("a price breaks a rule",)), scan)
    for first, stop in zip([0, *cuts], cuts, strict=False):
        odd.look(first, stop)
    return odd.notes()


@settings(max_examples=200)
@given(ROWS, st.lists(TIME, min_size=23, max_size=23), st.lists(st.integers(0, 23), max_size=4).map(sorted))
def test_who_looks_and_in_what_pieces_makes_no_difference(
    rows: list[tuple[float, ...]], times: list[int], cuts: list[int]
) -> None:
    bars = made(rows, times)
    cuts = [min(cut, len(bars)) for cut in cuts]
    whole = looked(bars, Scan(), [])
    assert looked(bars, NativeScan(), cuts) == looked(bars, Scan(), cuts) == whole
    assert ("a price breaks a rule" in whole) == bool(by_rules(bars, 0, len(bars)) & BROKEN)


def test_rows_out_of_turn_are_left_for_later() -> None:
    rows = [(100.0, 101.0, 99.0, 100.0, 5.0)] * 6
    rows[1] = (0.0, 101.0, 99.0, 100.0, 5.0)
    bars = made(rows)
    assert looked(bars, NativeScan(), [3, 6]) == looked(bars, NativeScan(), [])
    odd = OddRows(bars, None)
    odd.look(4, 6)
    odd.look(0, 2)
    assert odd.notes() == ()


def test_notes_may_be_asked_for_twice() -> None:
    bars = made([(100.0, 101.0, 99.0, 100.0, 5.0)] * 4 + [(50.0, 51.0, 49.0, 50.0, 5.0)] * 4)
    odd = OddRows(bars, range(1, 9), None, NativeScan())
    assert odd.notes() == odd.notes() != ()
    assert Odd().notes() == ()


def test_times_are_held_to_their_rules_by_either() -> None:
    for stamps, kept in (([0, 1, 2], True), ([0, 2, 1], False), ([0, 0, 1], False)):
        ts = np.array(stamps, dtype=np.int64) * MINUTE + START
        columns = [np.full(3, 100.0)] * 5
        rows = Rows(ts, *columns, {}, range(3), timeframe("1m"))
        assert timed(rows) is timed(rows, NativeScan()) is kept

"""Rows that break a rule, under each policy."""

from __future__ import annotations

from contextlib import nullcontext
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stratagem.runtime.data import DataError, load_bars

from .made import MINUTE, PRICES, START, arrays, rows, write

NAN, INF = float("nan"), float("inf")
NAT = np.datetime64("NaT", "us")

# row (0-based), changes to it, what the complaint says, how many rows drop leaves and keep leaves of 20
BREACHES: list[tuple[int, dict[str, Any], str, int, int]] = [
    (3, {"ts": NAT}, r"row 4: time is missing or cannot be read", 19, 19),
    (3, {"ts": 2}, r"row 4 \(2024-01-01T00:02:00\): time repeats the row before", 19, 19),
    (5, {"ts": 1}, r"row 6 \(2024-01-01T00:01:00\): time is earlier than the row before", 19, 19),
    (19, {"ts": 10**9}, r"row 20 .*: time is outside the years 1678 to 2261", 19, 19),
    (0, {"open": NAN}, r"row 1 \(2024-01-01\): open nan is missing or no number", 19, 20),
    (4, {"high": NAN}, r"row 5 \(2024-01-01T00:04:00\): high nan is missing", 19, 20),
    (4, {"low": NAN}, r"low nan is missing", 19, 20),
    (19, {"close": NAN}, r"row 20 .*close nan is missing", 19, 20),
    (4, {"high": INF}, r"high inf is beyond 1e300", 19, 20),
    (4, {"close": 2e300, "high": 3e300}, r"high 3e\+300 is beyond 1e300", 19, 20),
    (4, {"low": 0.0}, r"low 0 is zero or negative", 19, 20),
    (4, {"low": -1.5}, r"low -1.5 is zero or negative", 19, 20),
    (4, {"high": 100.0, "low": 101.0}, r"high 100 is below low 101", 19, 20),
    (4, {"open": 200.0}, r"open 200 is outside low to high \(103.5 to 104.75\)", 19, 20),
    (4, {"close": 50.0}, r"close 50 is outside low to high", 19, 20),
    (4, {"volume": -1.0}, r"volume -1 is negative", 19, 20),
    (4, {"volume": INF}, r"volume inf is beyond 1e300", 19, 20),
]


def broken(row: int, changes: dict[str, Any]) -> dict[str, Any]:
    columns = {name: column.copy() for name, column in arrays().items()}
    columns["ts"] = columns["ts"].view("M8[us]")
    for name, value in changes.items():
        whole = name == "ts" and isinstance(value, int)
        columns[name][row] = np.datetime64(START + value * MINUTE, "us") if whole else value
    return columns


@pytest.mark.parametrize(("row", "changes", "told", "dropped", "kept"), BREACHES)
def test_each_rule(row: int, changes: dict[str, Any], told: str, dropped: int, kept: int) -> None:
    columns = broken(row, changes)
    ways = rf"drop \(leaves such rows out: {dropped} of 20 rows remain\) or keep \(uses what can run: {kept} of 20"
    with pytest.raises(DataError, match=told + ".*--data-policy " + ways):
        load_bars(columns)
    left = load_bars(columns, policy="drop")
    assert len(left) == dropped
    assert sum("dropped 1 row" in note for note in left.notes) == 1
    assert row not in {int(t - START) // MINUTE for t in left.ts} or "ts" in changes
    assert len(load_bars(columns, policy="keep")) == kept


def test_the_row_number_is_that_of_the_first_fault_in_the_source() -> None:
    columns = broken(9, {"close": 50.0})
    columns["open"][12] = NAN
    with pytest.raises(DataError, match=r"the data, row 10 .*: close 50 .*; 2 of 20 rows break a rule"):
        load_bars(columns)


def test_only_the_policies_that_help_are_offered() -> None:
    dead = {**arrays(), "open": np.zeros(20)}
    with pytest.raises(DataError, match=r"--data-policy keep \(uses what can run: 20 of 20 rows remain\)$"):
        load_bars(dead)
    untimed = {**arrays(), "ts": np.full(20, np.datetime64("NaT", "us"))}
    with pytest.raises(DataError, match="the data: no row has a time$"):
        load_bars(untimed, timeframe="1m")


def test_drop_counts_a_row_once() -> None:
    columns = broken(9, {"open": -1.0, "volume": -1.0})
    notes = [note for note in load_bars(columns, policy="drop").notes if "dropped" in note]
    assert notes == ["dropped 1 row whose open is zero or negative"]


def test_keep_makes_infinite_numbers_missing_and_leaves_the_rest() -> None:
    bars = load_bars(broken(4, {"high": INF, "low": -3.0}), policy="keep")
    assert np.isnan(bars.high[4])
    assert bars.low[4] == -3.0
    assert any("made na 1 row whose high is beyond 1e300, the largest number" in note for note in bars.notes)
    assert any("kept 1 row whose low is zero or negative" in note for note in bars.notes)


def test_keep_counts_a_row_once() -> None:
    """A close of 0 is below the low as well."""
    notes = [note for note in load_bars(broken(9, {"close": 0.0}), policy="keep").notes if "kept" in note]
    assert notes == ["kept 1 row whose close is zero or negative"]


def test_of_equal_times_the_first_row_stands() -> None:
    columns = broken(3, {"ts": 2})
    for policy in ("drop", "keep"):
        bars = load_bars(columns, policy=policy)
        assert bars.close[2] == columns["close"][2]
        assert columns["close"][3] not in bars.close


def test_a_stamp_far_in_the_future_costs_only_its_own_row() -> None:
    bars = load_bars(broken(2, {"ts": 10**6}), policy="drop")
    assert len(bars) == 19


@pytest.mark.parametrize("symbols", [False, True])
@pytest.mark.parametrize(
    ("column", "cell", "told"),
    [
        (4, "abc", "row 7 .*: close 'abc' is missing or no number"),
        (2, "12.5.", "row 7 .*: high '12.5.' is missing or no number"),
        (4, "", "row 7 .*: close nan is missing or no number"),
        (0, "yesterday", "row 7: time 'yesterday' is missing or cannot be read"),
    ],
)
def test_a_cell_is_told_as_it_is_written(tmp_path: Path, column: int, cell: str, told: str, symbols: bool) -> None:
    lines = rows()
    lines[6 if not symbols else 3][column] = cell
    header = "ts,open,high,low,close,volume"
    if symbols:  # of two in one file, in turn
        header += ",symbol"
        lines = [[*line, name] for line in lines for name in "AB"]
    with pytest.raises(DataError, match=told):
        load_bars(write(tmp_path / "bars.csv", lines, header), symbol="A" if symbols else None)


def test_times_that_nobody_lives_to_see_are_refused() -> None:
    columns = {**arrays(), "ts": arrays()["ts"].astype("M8[us]") + np.timedelta64(300 * 366, "D")}
    with pytest.raises(DataError, match=r"outside the years 1678 to 2261"):
        load_bars(columns, timeframe="1m")


@pytest.mark.parametrize("backward", [False, True])
def test_two_rows_of_one_bar(backward: bool) -> None:
    """Dropped is the second, also where a row between them that runs back is left out."""
    columns = arrays(400)
    columns["ts"][200:] -= MINUTE // 2  # row 201 lies within the bar of row 200
    columns["ts"][201:] += MINUTE // 2
    if backward:
        columns = {name: np.insert(column, 200, column[50]) for name, column in columns.items()}
    with pytest.raises(
        DataError, match="row 201 .*: time " + ("is earlier" if backward else "falls into the same bar as")
    ):
        load_bars(columns)
    bars = load_bars(columns, policy="drop")
    assert bars.ts.tolist() == [*arrays(400)["ts"][:200], *arrays(400)["ts"][201:]]
    assert any("dropped 1 row whose time falls into the same bar as the row before" in note for note in bars.notes)
    assert len(load_bars(columns, policy="keep")) == 400


def test_own_columns_follow_their_rows() -> None:
    columns = {**broken(3, {"close": NAN}), "score": np.arange(20.0)}
    assert load_bars(columns, policy="drop").extra["score"].tolist() == [n for n in range(20) if n != 3]


def test_a_missing_volume_is_no_fault() -> None:
    bars = load_bars(broken(3, {"volume": NAN}))
    assert np.isnan(bars.volume[3])


def test_nothing_left_is_an_error_and_says_why() -> None:
    columns = {**arrays(), "low": np.zeros(20)}
    with pytest.raises(DataError, match="no row is left of 20: dropped 20 rows whose low is zero or negative"):
        load_bars(columns, policy="drop")
    assert len(load_bars(columns, policy="keep")) == 20


def test_an_unknown_policy_is_refused() -> None:
    with pytest.raises(DataError, match="no data policy is called 'ignore'; there are fail, sort, drop, keep"):
        load_bars(arrays(), policy="ignore")


NUMBERS = st.sampled_from([NAN, INF, -INF, 0.0, -5.0, 1e-8, 1e8, 99.0, 100.0, 101.0, 1e301])
TIMES = st.integers(0, 12)


@settings(max_examples=300)
@given(st.lists(st.tuples(TIMES, NUMBERS, NUMBERS, NUMBERS, NUMBERS, NUMBERS), min_size=1, max_size=12))
def test_any_rows_end_in_bars_or_in_one_error(rows: list[tuple[float, ...]]) -> None:
    names = ("ts", *PRICES, "volume")
    columns = {name: np.array(values) for name, values in zip(names, zip(*rows, strict=True), strict=True)}
    columns["ts"] = columns["ts"] * MINUTE + START
    for policy in ("fail", "drop", "keep"):
        try:
            bars = load_bars(columns, timeframe="1m", policy=policy)
        except DataError as error:
            assert str(error)
            continue
        assert (np.diff(bars.ts) > 0).all()
        assert not np.isinf([*bars.open, *bars.high, *bars.low, *bars.close]).any()
        if policy != "keep":
            assert (bars.low > 0).all()
            assert (bars.low <= np.minimum(bars.open, bars.close)).all()
            assert (bars.high >= np.maximum(bars.open, bars.close)).all()


@settings(max_examples=200)
@given(st.lists(TIMES, min_size=1, max_size=10))
def test_order_is_restored_by_leaving_out_the_fewest_rows(times: list[int]) -> None:
    columns = {"ts": np.array(times) * MINUTE + START, "close": np.arange(1.0, len(times) + 1)}
    found = load_bars(columns, timeframe="1m", policy="drop")
    if times == sorted(times, reverse=True) and len(set(times)) > 1:
        assert len(found) == len(set(times))  # newest first
        return
    rising = (pick for size in range(len(times), 0, -1) for pick in combinations(times, size))
    best = next(pick for pick in rising if all(a < b for a, b in pairwise(pick)))
    assert len(found) == len(best)


def test_prices_beyond_high_or_low_by_a_rounding_are_taken_and_counted() -> None:
    columns = arrays()
    columns["close"][3] = np.nextafter(columns["high"][3], np.inf)
    columns["open"][7] = columns["low"][7] = float(np.float32(99.1))
    columns["low"][7] = 99.1  # float32 put the open below it
    bars = load_bars(columns)
    assert (bars.close == columns["close"]).all()
    assert any("2 rows with a price beyond high or low by a rounding" in note for note in bars.notes)
    assert not any("rounding" in note for note in load_bars(arrays()).notes)


def test_a_negative_price_is_noted() -> None:
    """CL settled at -37.63 on 20 April 2020."""
    columns = {"ts": ["2020-04-17", "2020-04-20", "2020-04-21"], "close": [18.27, -37.63, 10.01]}
    with pytest.raises(
        DataError, match=r"close -37.63 is zero or negative \(prices have been, as oil's in April 2020: keep"
    ):
        load_bars(columns)
    notes = load_bars(columns, policy="keep").notes
    assert any("prices fall below zero, first at row 2 (2020-04-20)" in note for note in notes)


@pytest.mark.parametrize("policy", ["fail", "drop", "keep"])
def test_a_column_without_a_number_is_no_price_under_any_policy(tmp_path: Path, policy: str) -> None:
    lines = [[row[0], "A", *row[1:]] for row in rows()]
    place = write(tmp_path / "a.csv", lines, "time,open,first price,high,low,close,volume")
    told = "what is taken for open holds no number on any row, the first is 'A'. Say which .*--column open=NAME"
    with pytest.raises(DataError, match=told):
        load_bars(place, policy=policy)
    columns = {"open": "first price"}
    assert load_bars(place, policy=policy, columns=columns).open[0] == 100.0


@pytest.mark.parametrize(
    ("policy", "told"), [("fail", "row 3 .*: close nan is missing"), ("drop", "dropped 1 row whose close is missing"),
                         ("keep", "kept 1 row whose close is missing")],
)  # fmt: skip
def test_of_closes_alone_the_close_is_told(policy: str, told: str) -> None:
    closes = {"ts": np.arange("2024-01-01", "2024-01-09", dtype="M8[D]").astype("M8[us]"), "close": np.arange(8.0) + 5}
    closes["close"][2] = np.nan
    with pytest.raises(DataError, match=told) if policy == "fail" else nullcontext():
        assert any(told in note for note in load_bars(closes, policy=policy).notes)
    closes["close"][:] = np.nan
    with pytest.raises(DataError, match="what is taken for close holds no number .*--column close=NAME"):
        load_bars(closes, policy=policy)

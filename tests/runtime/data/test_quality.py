"""The rules themselves: the quick look and the full examination agree, and each rule sees its rows."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stratagem.lang.program.timeframe import timeframe
from stratagem.runtime.calendar import Calendar
from stratagem.runtime.data.quality import (
    EARLIEST,
    INFINITE,
    LARGEST,
    LATEST,
    PRICES,
    Rows,
    broken_rules,
    in_order,
    one_bar,
    rounded,
    shortest,
    sound,
)
from stratagem.runtime.data.table import MISSING

from .made import MINUTE, START, arrays

VALUES = st.sampled_from([float("nan"), float("inf"), -float("inf"), -1.0, 0.0, 99.0, 100.0, 101.0, 1.1e300])
STAMPS = st.sampled_from([MISSING, 0, MINUTE, MINUTE + 1, 2 * MINUTE, 3 * MINUTE, -MINUTE, EARLIEST - 1, LATEST])


def made(**changes: list[float]) -> Rows:
    """Four sound rows, with the columns named replaced."""
    columns = {name: column[:4].copy() for name, column in arrays(4).items()}
    for name, values in changes.items():
        columns[name] = np.array(values, dtype=columns[name].dtype)
    return Rows(**columns, extra={}, numbers=np.arange(1, 5), timeframe=timeframe("1m"))  # type: ignore[arg-type]


def told(rows: Rows) -> dict[str, list[int]]:
    """Column and rule -> the rows that break it."""
    return {f"{b.column} {b.rule}": b.rows.nonzero()[0].tolist() for b in broken_rules(rows)}


def test_sound_rows_break_no_rule() -> None:
    assert sound(made())
    assert told(made()) == {}
    empty = made().take(slice(0, 0))
    assert sound(empty)
    assert told(empty) == {}


@settings(max_examples=500)
@given(st.lists(st.tuples(STAMPS, *[VALUES] * 5), max_size=5))
def test_the_quick_look_agrees_with_the_rules(rows: list[tuple[float, ...]]) -> None:
    columns = list(zip(*rows, strict=True)) or [()] * 6
    arrays_ = [np.array(columns[0], dtype=np.int64), *(np.array(c, dtype=np.float64) for c in columns[1:])]
    examined = Rows(*arrays_, extra={}, numbers=np.arange(1, len(rows) + 1), timeframe=timeframe("1m"))
    assert sound(examined) == (told(examined) == {} and not rounded(examined).any())


def test_times() -> None:
    stamps = [START, START, MISSING, START - 1]
    assert told(made(ts=stamps)) == {
        "time is missing or cannot be read": [2],
        "time repeats the row before": [1],
        "time is earlier than the row before": [3],  # than the row before that has a time
    }


def test_a_missing_time_hides_no_order() -> None:
    assert told(made(ts=[START, MISSING, START, START + 1]))["time repeats the row before"] == [2]


@pytest.mark.parametrize(
    ("frame", "stamps", "shared"),
    [
        ("1d", ["2024-01-02 00:00", "2024-01-02 01:00", "2024-01-02 23:59", "2024-01-03"], [1, 2]),
        ("1d", ["2024-01-01 23:00", "2024-01-02 22:00", "2024-01-03 22:00", "2024-01-04 23:00"], []),  # a clock was set
        ("1h", ["2024-01-02 14:30", "2024-01-02 15:00", "2024-01-02 15:59", "2024-01-02 16:00"], [2]),  # opens at 9:30
        (
            "7h",
            ["2024-01-01 14:00", "2024-01-01 21:00", "2024-01-02 00:00", "2024-01-02 01:59"],
            [3],
        ),  # cut at midnight
        ("1w", ["2024-01-04", "2024-01-08", "2024-01-10", "2024-01-15"], [2]),  # the first trading day of a week
        ("1mo", ["2024-01-31", "2024-02-01", "2024-02-22", "2024-03-01"], [2]),
    ],
)
def test_two_rows_of_one_bar(frame: str, stamps: list[str], shared: list[int]) -> None:
    rows = replace(made(ts=np.array(stamps, "M8[us]").view(np.int64).tolist()), timeframe=timeframe(frame))
    assert told(rows) == ({"time falls into the same bar as the row before": shared} if shared else {})
    assert sound(rows) == (not shared)


@pytest.mark.parametrize(
    ("frame", "hours"),
    # 25 hours leave one beside 2 and 4, 23 hours leave three beside 5, two beside 7
    [("1h", 1), ("30m", 0.5), ("2h", 1), ("4h", 1), ("5h", 3), ("7h", 2), ("1d", 23), ("1w", 72), ("1mo", 576)],
)
def test_the_nearest_opens_of_two_bars(frame: str, hours: float) -> None:
    assert shortest(timeframe(frame)) == hours * 3_600_000_000


@pytest.mark.parametrize("zone", ["Europe/London", "America/Chicago", "Asia/Tokyo", "Australia/Sydney"])
@pytest.mark.parametrize("frame", ["30m", "1h", "2h", "3h", "4h", "5h", "6h", "7h", "8h", "12h", "1d"])
def test_a_year_of_bars_cut_in_any_zone_is_sound(frame: str, zone: str) -> None:
    """What the calendar itself makes of half hours: no two of its bars are taken for one."""
    instants = np.arange(0, 366 * 48, dtype=np.int64) * 1_800_000_000 + 1_704_067_200_000_000
    ends = np.unique(Calendar(zone).bucket(instants, timeframe(frame))[0])
    assert len(ends) > 300 and not one_bar(ends[:-1], ends[1:], timeframe(frame)).any()


def test_times_that_no_clock_tells() -> None:
    stamps = [EARLIEST - 1, EARLIEST, LATEST - 1, LATEST]
    assert told(made(ts=stamps)) == {"time is outside the years 1678 to 2261": [0, 3]}


def test_prices() -> None:
    nan, inf = float("nan"), float("inf")
    assert told(made(open=[nan, 101.0, 102.0, 103.0])) == {"open is missing or no number": [0]}
    assert told(made(high=[100.75, inf, 102.75, -inf]))[f"high {INFINITE}"] == [1, 3]
    assert told(made(low=[99.5, 0.0, -1.0, 102.5])) == {"low is zero or negative": [1, 2]}


def test_contradictions_are_told_once() -> None:
    assert told(made(high=[100.75, 90.0, 102.75, 103.75])) == {"high is below low": [1]}
    assert told(made(open=[100.0, 101.0, 110.0, 103.0])) == {"open is outside low to high": [2]}
    assert told(made(close=[90.0, 101.25, 102.25, 103.25])) == {"close is outside low to high": [0]}


def test_a_price_on_the_bound_is_inside() -> None:
    columns = arrays(4)
    assert told(made(open=columns["low"].tolist(), close=columns["high"].tolist())) == {}


def test_volumes() -> None:
    nan, inf = float("nan"), float("inf")
    assert told(made(volume=[0.0, nan, 1.0, 2.0])) == {}
    assert told(made(volume=[-1.0, inf, 1.0, -inf])) == {"volume is negative": [0, 3], f"volume {INFINITE}": [1, 3]}


def test_the_largest_price_is_where_numbers_end() -> None:
    at, beyond = LARGEST, np.nextafter(LARGEST, np.inf)
    assert told(made(high=[at, at, at, at])) == {}
    assert told(made(high=[at, at, at, float(beyond)])) == {f"high {INFINITE}": [3]}


def test_taking_rows_takes_every_column() -> None:
    rows = made()
    part = rows.take(np.array([False, True, False, True]))
    assert part.numbers.tolist() == [2, 4]
    assert part.ts.tolist() == rows.ts[[1, 3]].tolist()
    assert all(getattr(part, p).tolist() == getattr(rows, p)[[1, 3]].tolist() for p in (*PRICES, "volume"))


@pytest.mark.parametrize("field", ["open", "close"])
def test_a_rounding_beyond_high_or_low_is_inside(field: str) -> None:
    """One bit, and what is left of a price that went through float32: at most 2**-24 of it on either side."""
    columns = arrays(4)
    high, low = columns["high"], columns["low"]
    for beyond in (np.nextafter(high, np.inf), high * (1 + 2.0**-24), np.nextafter(low, 0.0), low * (1 - 2.0**-24)):
        assert told(made(**{field: beyond.tolist()})) == {}
        assert rounded(made(**{field: beyond.tolist()})).all()
    assert told(made(**{field: (high * (1 + 2.0**-22)).tolist()})) == {f"{field} is outside low to high": [0, 1, 2, 3]}
    assert told(made(high=np.nextafter(low, 0.0).tolist(), open=low.tolist(), close=low.tolist())) == {}


def test_one_bar_keeps_the_same_order_as_a_column() -> None:
    nan = float("nan")
    assert in_order(1.0, 2.0, 0.5, 1.5) and in_order(1.0, 1.0, 1.0, float(np.nextafter(1.0, 2.0)))
    for bar in ((1.0, 2.0, 0.5, 2.1), (3.0, 2.0, 0.5, 1.0), (1.0, 0.4, 0.5, 0.4), (nan, 2.0, 0.5, 1.0)):
        assert not in_order(*bar)

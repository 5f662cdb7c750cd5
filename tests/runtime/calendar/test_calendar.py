"""Calendar fields and the bounds of higher bars, over every kind of odd day."""

from __future__ import annotations

import datetime
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stratagem.lang.program.timeframe import Timeframe, timeframe
from stratagem.lang.program.zones import ZoneError
from stratagem.runtime.calendar import FIELDS, Calendar
from stratagem.runtime.calendar.civil import DAY, HOUR, MINUTE, SECOND, day_of

ZONES = [
    "UTC", "America/New_York", "Europe/London", "Asia/Kolkata", "Australia/Lord_Howe", "America/Sao_Paulo",
    "America/St_Johns", "Pacific/Apia",
]  # fmt: skip
TIMEFRAMES = [timeframe(t) for t in ("30s", "1m", "7m", "1h", "4h", "7h", "1d", "3d", "1w", "2w", "1mo", "3mo", "5mo")]
INSTANTS = st.integers(-2_000_000_000 * SECOND, 5_000_000_000 * SECOND)


def utc(text: str) -> int:
    return int(datetime.datetime.fromisoformat(text + "+00:00").timestamp()) * SECOND


@given(INSTANTS, st.sampled_from(ZONES))
def test_fields_are_those_of_the_local_datetime(instant: int, zone: str) -> None:
    calendar = Calendar(zone)
    local = datetime.datetime(1970, 1, 1) + datetime.timedelta(microseconds=calendar._clock.local(instant))
    expected = {
        "time": instant // SECOND, "year": local.year, "month": local.month, "day": local.day,
        "weekday": local.isoweekday(), "hour": local.hour, "minute": local.minute,
        "decision_minute": local.hour * 60 + local.minute,
    }  # fmt: skip
    assert {name: calendar.field(name, instant) for name in expected} == expected


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("daily", [False, True])
def test_a_block_gives_what_single_bars_give(zone: str, daily: bool) -> None:
    calendar = Calendar(zone, daily)
    years = np.arange(-2 * 10**15, 4 * 10**15, 77_777_777_000_001, dtype=np.int64)
    hours = np.arange(utc("2018-10-25"), utc("2018-11-12"), 31 * MINUTE)
    opens = np.concatenate([years, hours])
    closes = opens + HOUR
    for name in FIELDS:
        single = [Calendar(zone, daily).column(name, int(o), int(c)) for o, c in zip(opens, closes, strict=True)]
        assert calendar.column(name, opens, closes).tolist() == single, name
    for frame in TIMEFRAMES:
        begin, end = calendar.bucket(opens, frame)
        assert list(zip(begin.tolist(), end.tolist(), strict=True)) == [calendar.bucket(int(o), frame) for o in opens]


@settings(max_examples=300)
@given(INSTANTS, st.sampled_from(ZONES), st.sampled_from(TIMEFRAMES))
def test_higher_bars_tile_time(instant: int, zone: str, frame: Timeframe) -> None:
    calendar = Calendar(zone)
    begin, end = calendar.bucket(instant, frame)
    assert begin <= instant < end
    fresh = Calendar(zone)
    assert fresh.bucket(begin, frame) == fresh.bucket(end - 1, frame) == (begin, end)
    assert Calendar(zone).bucket(end, frame)[0] == end
    assert Calendar(zone).bucket(begin - 1, frame)[1] == begin


@pytest.mark.parametrize(
    ("instant", "frame", "begin", "end"),
    [
        ("2024-05-15T13:59:59", "4h", "2024-05-15T12:00:00", "2024-05-15T16:00:00"),
        ("2024-05-15T13:59:59", "7h", "2024-05-15T07:00:00", "2024-05-15T14:00:00"),
        ("2024-05-15T23:30:00", "7h", "2024-05-15T21:00:00", "2024-05-16T00:00:00"),  # cut at midnight
        ("2024-02-29T12:00:00", "1d", "2024-02-29T00:00:00", "2024-03-01T00:00:00"),
        ("2024-05-15T12:00:00", "1w", "2024-05-13T00:00:00", "2024-05-20T00:00:00"),  # a Monday
        ("1970-01-11T12:00:00", "2w", "1970-01-05T00:00:00", "1970-01-19T00:00:00"),
        ("1969-12-31T23:59:59", "2d", "1969-12-30T00:00:00", "1970-01-01T00:00:00"),
        ("2024-02-29T12:00:00", "1mo", "2024-02-01T00:00:00", "2024-03-01T00:00:00"),
        ("2024-12-31T23:59:59", "3mo", "2024-10-01T00:00:00", "2025-01-01T00:00:00"),
        ("1969-12-31T23:59:59", "12mo", "1969-01-01T00:00:00", "1970-01-01T00:00:00"),
    ],
)
def test_bounds_in_utc(instant: str, frame: str, begin: str, end: str) -> None:
    assert Calendar().bucket(utc(instant), timeframe(frame)) == (utc(begin), utc(end))


def test_four_hours_step_in_real_time_over_a_clock_change() -> None:
    calendar = Calendar("America/New_York")
    spring = utc("2024-03-10T05:00:00")  # local midnight; the day has 23 hours
    bounds = [spring]
    while bounds[-1] < spring + 23 * HOUR:
        bounds.append(calendar.bucket(bounds[-1], timeframe("4h"))[1])
    assert [b - spring for b in bounds] == [0, 4 * HOUR, 8 * HOUR, 12 * HOUR, 16 * HOUR, 20 * HOUR, 23 * HOUR]


def test_days_over_clock_changes_last_23_and_25_hours() -> None:
    calendar = Calendar("Europe/London")
    for noon, hours in (("2024-03-31T12:00:00", 23), ("2024-10-27T12:00:00", 25), ("2024-06-01T12:00:00", 24)):
        begin, end = calendar.bucket(utc(noon), timeframe("1d"))
        assert end - begin == hours * HOUR


def test_half_hour_zones_cut_at_their_own_midnight() -> None:
    begin, end = Calendar("Asia/Kolkata").bucket(utc("2024-05-15T12:00:00"), timeframe("4h"))
    assert (begin, end) == (utc("2024-05-15T10:30:00"), utc("2024-05-15T14:30:00"))


def test_a_day_without_midnight_begins_at_one() -> None:
    calendar = Calendar("America/Sao_Paulo")
    begin, end = calendar.bucket(utc("2018-11-04T15:00:00"), timeframe("1d"))
    assert (calendar.field("hour", begin), end - begin) == (1, 23 * HOUR)


def test_daily_bars_carry_dates_in_no_zone() -> None:
    calendar = Calendar("America/New_York", daily=True)
    label = utc("2024-05-13T00:00:00")
    assert [calendar.field(name, label) for name in ("year", "month", "day", "weekday", "hour")] == [2024, 5, 13, 1, 0]
    assert calendar.column("decision_minute", label, label + DAY) == 0
    assert calendar.bucket(label, timeframe("1w"))[0] == label


def test_the_close_is_the_open_and_the_timeframe() -> None:
    calendar = Calendar(daily=True)
    assert calendar.close_of(utc("2024-05-13"), timeframe("1d")) == utc("2024-05-14")
    assert calendar.close_of(utc("2024-05-13T10:00:00"), timeframe("15m")) == utc("2024-05-13T10:15:00")
    assert calendar.close_of(utc("2024-01-31"), timeframe("1mo")) == utc("2024-02-01")
    assert calendar.close_of(np.array([utc("2023-12-01")]), timeframe("3mo")).tolist() == [utc("2024-03-01")]


def test_day_numbers_count_from_1970() -> None:
    assert Calendar().field("day_number", utc("2024-02-29T23:59:59")) == day_of(2024, 2, 29)


def test_what_does_not_exist_is_told() -> None:
    with pytest.raises(KeyError, match="decision_minute"):
        Calendar().field("second", 0)
    with pytest.raises(ZoneError):
        Calendar("Mars/Olympus", daily=True)


def test_calendars_are_equal_by_what_they_say() -> None:
    assert Calendar("Europe/London") == Calendar("Europe/London") != Calendar("Europe/Paris")
    assert len({Calendar("UTC"), Calendar("UTC"), Calendar("UTC", daily=True)}) == 2


def test_a_live_bar_needs_no_numpy() -> None:
    program = (
        "import sys; from stratagem.runtime.calendar import Calendar; from stratagem.lang.program.timeframe import *;"
        "c = Calendar('Asia/Kolkata'); c.bucket(10**15, timeframe('4h')); c.close_of(0, timeframe('1mo'));"
        "[c.field(f, 10**15) for f in ('year', 'day_number', 'hour')]; sys.exit('numpy' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0

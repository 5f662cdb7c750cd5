"""Time without a bar where bars are usual is told; nights, week ends, holidays and minutes without a trade are not."""

from __future__ import annotations

import numpy as np
import pytest
from stratagem.runtime.data import load_bars

from .made import arrays

MINUTE, HOUR, DAY = 60_000_000, 3_600_000_000, 86_400_000_000


def holes(ts: np.ndarray) -> list[str]:
    bars = load_bars({**arrays(len(ts), DAY), "ts": np.sort(ts).astype("datetime64[us]")})
    return [note for note in bars.notes if "hole" in note]


def steps(first: str, last: str, step: int) -> np.ndarray:
    """Every open from one instant up to another, in µs."""
    return np.arange(*(np.datetime64(day, "us").astype(np.int64) for day in (first, last)), step)


def weekday(ts: np.ndarray) -> np.ndarray:
    """0 on a Monday."""
    return (ts // DAY + 3) % 7


def around_the_week() -> np.ndarray:
    """Two years of hours from Sunday 22:00 to Friday 22:00 UTC, as currencies have them; closed for Christmas."""
    ts = steps("2022-01-03", "2024-01-01", HOUR)
    monday = ts % (7 * DAY) - 4 * DAY  # µs into the week; 1970 began on a Thursday
    open_ = (monday % (7 * DAY) < 4 * DAY + 22 * HOUR) | (monday % (7 * DAY) >= 6 * DAY + 22 * HOUR)
    closed = (ts >= steps("2023-12-24T22", "2023-12-25", DAY)[0]) & (ts < steps("2023-12-25T22", "2023-12-26", DAY)[0])
    return ts[open_ & ~closed]


def sessions(step: int = HOUR) -> np.ndarray:
    """Two years of New York's sessions in UTC: an hour earlier in summer, holidays, and days that end early."""
    ts = steps("2022-01-03", "2024-01-01", step)
    day, clock = ts // DAY * DAY, ts % DAY
    month = day.astype("datetime64[us]").astype("datetime64[M]").astype(np.int64) % 12 + 1
    begin = np.where((month >= 4) & (month <= 10), 13, 14) * HOUR
    shut = np.isin(day, HOLIDAYS) | (weekday(ts) >= 5)
    early = np.isin(day, EARLY) & (clock >= begin + 4 * HOUR)
    return ts[(clock >= begin) & (clock < begin + 7 * HOUR) & ~shut & ~early]


def dates(*days: str) -> np.ndarray:
    return np.array(days, dtype="datetime64[us]").astype(np.int64)


HOLIDAYS = dates(
    "2022-01-17", "2022-02-21", "2022-04-15", "2022-05-30", "2022-06-20", "2022-07-04", "2022-09-05", "2022-11-24",
    "2022-12-26", "2023-01-02", "2023-01-16", "2023-02-20", "2023-04-07", "2023-05-29", "2023-06-19", "2023-07-04",
    "2023-09-04", "2023-11-23", "2023-12-25",
)  # fmt: skip
EARLY = dates("2022-11-25", "2023-07-03", "2023-11-24")


def daily() -> np.ndarray:
    ts = steps("2022-01-03", "2024-01-01", DAY)
    return ts[(weekday(ts) < 5) & ~np.isin(ts, HOLIDAYS)]


def without(ts: np.ndarray, count: int) -> np.ndarray:
    """All but so many rows taken out one by one, here and there."""
    left_out = np.random.default_rng(1).choice(np.arange(1, len(ts) - 1), count, replace=False)
    return np.delete(ts, left_out)


# --- what is no hole ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "ts",
    [around_the_week(), sessions(), sessions(5 * MINUTE), daily(), steps("2022-01-01", "2022-06-01", HOUR)],
    ids=["currencies", "stocks by the hour", "stocks by five minutes", "stocks by the day", "day and night"],
)
def test_whole_data_have_no_holes(ts: np.ndarray) -> None:
    assert holes(ts) == []


@pytest.mark.parametrize("name", ["AAPL", "FB", "GOOG", "IBM", "MSFT"])
def test_the_samples_have_no_holes(name: str) -> None:
    """Among them September 2001 and the storm of October 2012, when the exchanges were closed for days."""
    bars = load_bars(f"sample:{name}")
    assert holes(bars.ts) == []


def test_a_session_alone_says_nothing_of_its_break() -> None:
    day = steps("2021-01-14", "2021-01-15", MINUTE)[: 6 * 60]
    assert holes(day[(day % DAY < 150 * MINUTE) | (day % DAY >= 205 * MINUTE)]) == []


def test_minutes_without_a_trade_are_no_holes() -> None:
    assert holes(without(steps("2023-03-01", "2023-03-08", MINUTE), 3000)) == []


def test_weeks_and_months_are_never_quite_as_far_apart() -> None:
    weeks = steps("2020-01-06", "2024-01-01", 7 * DAY)
    assert holes(weeks + (np.arange(len(weeks)) % 9 == 0) * DAY) == []
    assert holes(np.arange("2010-01", "2024-01", dtype="datetime64[M]").astype("datetime64[us]").astype(np.int64)) == []


def test_a_feast_of_every_year_is_no_hole() -> None:
    """China's first week of October: no bar for eleven days."""
    ts = steps("2020-01-06", "2024-01-01", DAY)
    date = ts.astype("datetime64[us]").astype("datetime64[D]")
    october = date - date.astype("datetime64[Y]") - np.timedelta64(273, "D")
    feast = (october >= np.timedelta64(0, "D")) & (october < np.timedelta64(8, "D"))
    assert holes(ts[(weekday(ts) < 5) & ~feast]) == []


# --- what is one -------------------------------------------------------------------------------------


def test_hours_in_the_middle_of_a_week() -> None:
    ts = around_the_week()
    first, last = dates("2023-03-14T04:00", "2023-03-15T00:00")
    assert holes(ts[(ts < first) | (ts >= last)]) == [
        "a hole in the data: no bar between 2023-03-14T03:00:00 and 2023-03-15T00:00:00"
    ]


@pytest.mark.parametrize(("ts", "least"), [(around_the_week(), 18), (sessions(), 10)], ids=["currencies", "stocks"])
def test_twenty_hours_here_and_there_are_counted(ts: np.ndarray, least: int) -> None:
    """But for those at the end of a session, which may have ended early."""
    (note,) = holes(without(ts, 20))
    assert least <= int(note.split()[0]) <= 20


def test_an_hour_of_a_market_that_never_closes() -> None:
    (note,) = holes(np.delete(steps("2022-01-01", "2022-06-01", HOUR), [100, 101, 2000]))
    assert note == "2 holes in the data, the longest with no bar between 2022-01-05T03:00:00 and 2022-01-05T06:00:00"


def test_weeks_of_days() -> None:
    ts = daily()
    (note,) = holes(np.delete(ts, range(100, 125)))
    between = ts[[99, 125]].astype("datetime64[us]").astype("datetime64[D]")
    assert note == f"a hole in the data: no bar between {between[0]} and {between[1]}"


def test_days_here_and_there() -> None:
    (note,) = holes(without(daily(), 25))
    assert int(note.split()[0]) >= 15


def test_each_day_of_data_that_have_all_days() -> None:
    ts = steps("2022-01-01", "2023-01-01", DAY)
    assert holes(ts) == []
    (note,) = holes(np.delete(ts, [40, 90, 91]))
    assert note == "2 holes in the data, the longest with no bar between 2022-03-31 and 2022-04-03"


def test_a_few_days_scattered_over_years() -> None:
    day = sessions(MINUTE)[:420]
    (note,) = holes(np.concatenate([day, day + DAY, day + 400 * DAY, day + 401 * DAY, day + 2000 * DAY]))
    assert note == "2 holes in the data, the longest with no bar between 2023-02-08T20:59:00 and 2027-06-26T14:00:00"


def test_months_that_are_missing() -> None:
    months = np.arange("2010-01", "2024-01", dtype="datetime64[M]").astype("datetime64[us]").astype(np.int64)
    assert holes(np.delete(months, [30, 31])) == ["a hole in the data: no bar between 2012-06-01 and 2012-09-01"]

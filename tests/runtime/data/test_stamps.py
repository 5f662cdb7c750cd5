"""Times in every usual writing."""

from __future__ import annotations

import datetime
import warnings

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from stratagem.runtime.data import DataError, read_instant
from stratagem.runtime.data.stamps import read_stamps
from stratagem.runtime.data.table import MISSING, Place

PLACE = Place("a")
MOMENTS = st.datetimes(datetime.datetime(1950, 1, 1), datetime.datetime(2150, 1, 1))


def micros(moment: datetime.datetime) -> int:
    return (moment - datetime.datetime(1970, 1, 1)) // datetime.timedelta(microseconds=1)


def one(text: str) -> str:
    """A stamp, shown in ISO; "-" if it is missing."""
    try:
        stamp = read_stamps([text], PLACE).ts[0]
    except DataError as error:
        return str(error)
    return "-" if stamp == MISSING else str(np.datetime64(int(stamp), "us"))[:23]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024-03-31", "2024-03-31T00:00:00.000"),
        ("2024-03-31 14:30", "2024-03-31T14:30:00.000"),
        ("2024-03-31T14:30:05.250", "2024-03-31T14:30:05.250"),
        ("2024-03-31T14:30:05.123456789", "2024-03-31T14:30:05.123"),
        ("2024-03-31T14:30:00Z", "2024-03-31T14:30:00.000"),
        ("2024-03-31 14:30:00+00:00", "2024-03-31T14:30:00.000"),
        ("2024-03-31 14:30:00 UTC", "2024-03-31T14:30:00.000"),
        ("2024-03-31T14:30:00-05:00", "2024-03-31T19:30:00.000"),
        ("2024-03-31T14:30:00.5+0530", "2024-03-31T09:00:00.500"),
        ("2024/03/31 9:05", "2024-03-31T09:05:00.000"),
        ("20240331", "2024-03-31T00:00:00.000"),
        ("20240331 143005", "2024-03-31T14:30:05.000"),
        ("20240331143005", "2024-03-31T14:30:05.000"),
        ("20240331T1430", "2024-03-31T14:30:00.000"),
        ("31.03.2024 14:30:05.962 GMT+0300", "2024-03-31T11:30:05.962"),
        ("31.12.2024", "2024-12-31T00:00:00.000"),
        ("04.09.2023 01:00:05.962", "2023-09-04T01:00:05.962"),
        ("31/03/2024", "2024-03-31T00:00:00.000"),
        ("3/31/2024 2:30 PM", "2024-03-31T14:30:00.000"),
        ("3/31/24 12:00 am", "2024-03-31T00:00:00.000"),
        ("03-31-2024", "2024-03-31T00:00:00.000"),
        ("31-Mar-2024", "2024-03-31T00:00:00.000"),
        ("Mar 31, 2024", "2024-03-31T00:00:00.000"),
        ("31 March 2024 14:30", "2024-03-31T14:30:00.000"),
        ("Sun, 31 Mar 2024 14:30:00 GMT", "2024-03-31T14:30:00.000"),
        ("1711895400", "2024-03-31T14:30:00.000"),
        ("1711895400000", "2024-03-31T14:30:00.000"),
        ("1711895400000000", "2024-03-31T14:30:00.000"),
        ("1711895400000000000", "2024-03-31T14:30:00.000"),
        ("1711895400.25", "2024-03-31T14:30:00.250"),
        ("31/12/1999", "1999-12-31T00:00:00.000"),
        ("31/12/99", "1999-12-31T00:00:00.000"),
        ("31Mar2024", "2024-03-31T00:00:00.000"),
        ("31MAR24", "2024-03-31T00:00:00.000"),
        ("31MAR2024:14:30:00", "2024-03-31T14:30:00.000"),
        ("31/Mar/2024:14:30:00 +0200", "2024-03-31T12:30:00.000"),
        ("31/Mar/2024", "2024-03-31T00:00:00.000"),
        ("Mar 2024", "2024-03-01T00:00:00.000"),
        ("March 2024", "2024-03-01T00:00:00.000"),
        ("2024-Mar", "2024-03-01T00:00:00.000"),
        ("2024Q1", "2024-01-01T00:00:00.000"),
        ("2024-Q4", "2024-10-01T00:00:00.000"),
        ("Q3 2024", "2024-07-01T00:00:00.000"),
        ("Q2/2024", "2024-04-01T00:00:00.000"),
    ],
)
def test_writings(text: str, expected: str) -> None:
    assert one(text) == expected


@pytest.mark.parametrize(
    "text", ["2024-02-30", "30/02/2024", "2024-13-01", "2024-03-31 25:00", "13:00 PM 2024", "yesterday", "31-Mrz-2024",
     "2024Q5", "2024Q0", "Mar-24", "31abc2024", "2024-03-31 24:00"]
)
def test_what_cannot_be_read_is_told_with_its_row_and_what_can(text: str) -> None:
    with pytest.raises(DataError, match=rf"a, row 2: the time '{text}' cannot be read.* 31.03.2024 14:30, .*31-Mar-24"):
        read_stamps(["", text, text], PLACE)
    assert read_stamps(["2024-01-01", text], PLACE).ts.tolist()[1] == MISSING  # what then happens the policy says


@pytest.mark.parametrize("text", ["", "NaT", "n/a", " "])
def test_no_time_at_all_is_told_as_that(text: str) -> None:
    with pytest.raises(DataError, match="a: no row has a time"):
        read_stamps([text, text], PLACE)


@given(
    st.lists(MOMENTS, min_size=1, max_size=8), st.sampled_from([" ", "T"]), st.sampled_from(["", "Z", "+00:00", " UTC"])
)
def test_iso_round_trip(moments: list[datetime.datetime], between: str, zone: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = read_stamps([moment.isoformat(between) + zone for moment in moments], PLACE)
    assert found.ts.tolist() == [micros(moment) for moment in moments]
    assert found.naive == (zone == "")


@given(st.lists(MOMENTS, min_size=1, max_size=8), st.integers(-14 * 60, 14 * 60))
def test_offsets_are_taken_off(moments: list[datetime.datetime], minutes: int) -> None:
    zone = datetime.timezone(datetime.timedelta(minutes=minutes))
    found = read_stamps([moment.replace(tzinfo=zone).isoformat() for moment in moments], PLACE)
    assert found.ts.tolist() == [micros(moment) - minutes * 60_000_000 for moment in moments]
    assert not found.naive


def test_one_row_decides_the_order_of_day_and_month_for_all() -> None:
    assert read_stamps(["01/02/2024", "13/02/2024"], PLACE).ts[0] == read_instant("2024-02-01")
    assert read_stamps(["01/02/2024", "02/13/2024"], PLACE).ts[0] == read_instant("2024-01-02")


def test_day_and_month_are_never_guessed() -> None:
    with pytest.raises(DataError, match="'01/02/2024' may be day/month or month/day"):
        read_stamps(["01/02/2024", "03/04/2024"], PLACE)


def test_rows_of_different_shape_and_rows_without() -> None:
    found = read_stamps(["2024-01-01", "2024-01-02 10:00:00", "", "2024-01-03T10:00:00.5", "n/a"], PLACE).ts
    assert found.tolist() == [
        read_instant("2024-01-01"),
        read_instant("2024-01-02 10:00"),
        MISSING,
        read_instant("2024-01-03T10:00:00.5"),
        MISSING,
    ]


def test_offsets_may_change_from_row_to_row() -> None:
    found = read_stamps(["2024-03-31T00:00:00+01:00", "2024-03-31T04:00:00+02:00"], PLACE)
    assert (int(found.ts[1] - found.ts[0]), found.naive) == (3 * 3_600_000_000, False)


@pytest.mark.parametrize("scale", [1, 1_000, 1_000_000, 1_000_000_000])
def test_epochs_by_size(scale: int) -> None:
    seconds = np.array([1_704_067_200, 1_704_067_260])
    expected = (seconds * 1_000_000).tolist()
    assert read_stamps(seconds * scale, PLACE).ts.tolist() == expected
    assert read_stamps((seconds * scale).astype(str).tolist(), PLACE).ts.tolist() == expected
    assert read_stamps(np.array([np.nan, *(seconds * float(scale))]), PLACE).ts.tolist() == [MISSING, *expected]


def test_dates_in_digits_as_numbers() -> None:
    assert read_stamps(np.array([20240301, 20240302]), PLACE).ts[1] == read_instant("2024-03-02")


def test_numbers_that_only_look_like_dates_are_epochs() -> None:
    old = np.array([202_401_310_000, 202_401_310_000 + 86_400_000])  # ms of 1976: the second has no such month
    assert read_stamps(old, PLACE, name="unix").ts.tolist() == (old * 1000).tolist()
    with pytest.raises(DataError, match=r"ms since 1970 \(1976-05-31\), ms since 2001 \(2007-06-01\)"):
        read_stamps(old, PLACE)
    assert read_stamps(np.array([20240301143000]), PLACE).ts[0] == read_instant("2024-03-01T14:30")


def test_datetimes_keep_what_is_missing() -> None:
    found = read_stamps(np.array(["2024-03-01", "NaT"], dtype="M8[D]"), PLACE)
    assert found.ts.tolist() == [read_instant("2024-03-01"), MISSING]
    assert found.naive
    assert not read_stamps(np.array(["2024-03-01"], dtype="M8[us]"), PLACE, "UTC").naive


def test_what_is_no_time_is_refused() -> None:
    with pytest.raises(DataError, match="times as bool cannot be read"):
        read_stamps(np.array([True]), PLACE)
    with pytest.raises(DataError, match="--data-from 'soon' cannot be read; write it as 2024-03-01"):
        read_instant("soon", "--data-from")

"""Days and dates: against the standard library's calendar, for ints and arrays alike."""

from __future__ import annotations

import datetime

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from stratagem.runtime.calendar.civil import date_of, day_of, weekday_of

EPOCH = datetime.date(1970, 1, 1).toordinal()
DAYS = st.integers(datetime.date.min.toordinal() - EPOCH, datetime.date.max.toordinal() - EPOCH)


@given(DAYS)
def test_dates_are_those_of_the_standard_library(day: int) -> None:
    date = datetime.date.fromordinal(day + EPOCH)
    assert date_of(day) == (date.year, date.month, date.day)
    assert weekday_of(day) == date.isoweekday()


@given(DAYS)
def test_day_of_turns_date_of_around(day: int) -> None:
    assert day_of(*date_of(day)) == day


def test_known_days() -> None:
    assert day_of(1970, 1) == 0
    assert date_of(-1) == (1969, 12, 31)
    assert date_of(day_of(2000, 2, 29)) == (2000, 2, 29)
    assert date_of(day_of(1900, 2, 28) + 1) == (1900, 3, 1)  # 1900 was no leap year
    assert weekday_of(4) == 1  # 1970-01-05 was a Monday


def test_a_block_gives_what_single_days_give() -> None:
    days = np.arange(-800_000, 800_000, 997, dtype=np.int64)
    years, months, of_month = date_of(days)
    assert years.dtype == np.int64
    assert list(zip(years, months, of_month, strict=True)) == [date_of(int(day)) for day in days]
    assert (day_of(years, months, of_month) == days).all()
    assert (weekday_of(days) == [weekday_of(int(day)) for day in days]).all()

"""Days and civil dates, in integer arithmetic alone: the same lines serve an `int` and an int64 array.

A day is counted from 1970-01-01 (day 0, a Thursday). The calendar is the proleptic Gregorian one.
The arithmetic counts years from March, so that the leap day is the last of its year.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias, TypeVar

if TYPE_CHECKING:  # a live bar needs no numpy, and an interpreted run never imports it
    import numpy as np
    from numpy.typing import NDArray

Ints: TypeAlias = "NDArray[np.int64]"
Whole = TypeVar("Whole", int, "NDArray[np.int64]")
"""A Python int or an int64 array; a function gives back what it got."""

SECOND = 1_000_000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
DAY = 24 * HOUR

_DAYS_OF_ERA = 146_097  # 400 years
_MARCH_0000 = 719_468  # days from 0000-03-01 to 1970-01-01


def date_of(day: Whole) -> tuple[Whole, Whole, Whole]:
    """Year, month (1 to 12) and day of the month of a day count."""
    shifted = day + _MARCH_0000
    era = shifted // _DAYS_OF_ERA
    of_era = shifted - era * _DAYS_OF_ERA
    year = (of_era - of_era // 1460 + of_era // 36_524 - of_era // 146_096) // 365
    of_year = of_era - (365 * year + year // 4 - year // 100)
    march_month = (5 * of_year + 2) // 153
    day_of_month = of_year - (153 * march_month + 2) // 5 + 1
    next_year = march_month // 10  # January and February belong to the next civil year
    return year + era * 400 + next_year, march_month + 3 - 12 * next_year, day_of_month


def day_of(year: Whole, month: Whole, day_of_month: Whole | int = 1) -> Whole:
    """The day count of a civil date; the inverse of `date_of`."""
    next_year = (14 - month) // 12  # 1 in January and February
    march_year = year - next_year
    era = march_year // 400
    of_era = march_year - era * 400
    of_year = (153 * (month + 12 * next_year - 3) + 2) // 5 + day_of_month - 1
    day: Whole = era * _DAYS_OF_ERA + of_era * 365 + of_era // 4 - of_era // 100 + of_year - _MARCH_0000
    return day


def weekday_of(day: Whole) -> Whole:
    """1 on a Monday to 7 on a Sunday."""
    return (day + 3) % 7 + 1


def is_date(year: Ints, month: Ints, day_of_month: Ints) -> NDArray[np.bool_]:
    """Where there is such a day: 2024-02-29, and not 2023-02-29."""
    there = date_of(day_of(year, month, day_of_month))
    found: NDArray[np.bool_] = (there[0] == year) & (there[1] == month) & (there[2] == day_of_month)
    return found

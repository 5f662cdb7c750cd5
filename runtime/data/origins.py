"""What numbers may count as times: a unit since an instant, or a calendar of a program's own; `UNIT@DATE` says which.

Seconds of Apple's programs in 2024 are seconds since 1970 of 1993, and ticks of .NET are nanoseconds of 1990: numbers
that lie so far from today that another count fits better are asked about, with every count that fits.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..calendar.civil import DAY, SECOND, date_of, day_of
from .table import MISSING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]

UNITS = {"d": (DAY, 1), "s": (SECOND, 1), "ms": (1000, 1), "us": (1, 1), "100ns": (1, 10), "ns": (1, 1000)}
"""What a µs is times, and divided by."""
OF_1970 = ("s", "ms", "us", "ns")
"""The units that are told by their size; a number of one of them is an instant."""

_DAY_ZERO = {"excel": day_of(1899, 12, 30) * DAY, "matlab": -719_529 * DAY, "julian": -2_440_588 * DAY + DAY // 2}
"""The instant from which programs count days, in µs from 1970; Julian days begin at noon."""
DAYS = tuple(_DAY_ZERO)

_SINCE = re.compile(r"(d|s|ms|us|100ns|ns)@(\d{4})-(\d{2})-(\d{2})")

_FIRST_SURE, _LAST_SURE = day_of(1997, 1, 1) * DAY, day_of(2040, 1, 1) * DAY
"""A history that ends before the one or begins after the other is seldom what numbers since 1970 are meant to be:
counts since 2000 and 2001 of up to 2026 lie before, those since 1900 and 1904 of 1975 and later lie after."""
_AHEAD = day_of(2031, 1, 1) * DAY
"""Prices from after it are seldom meant by a number; counts since 1960 of 2021 and later lie there."""
_LATER = 2 * 365 * DAY
"""How long after its begin a count is one that a history of prices reaches."""

_COUNTED = (
    ("d", "a day since 1970, as R and Arrow count"),
    ("d@1960-01-01", "a day of SAS or Stata"),
    ("matlab", "a day of MATLAB"),
    ("julian", "a Julian day"),
    ("s@2001-01-01", "seconds since 2001, as Apple's programs count"),
    ("ms@2001-01-01", "ms since 2001"),
    ("us@2000-01-01", "µs since 2000, as PostgreSQL counts"),
    ("ns@2000-01-01", "ns since 2000, as kdb+ counts"),
    ("s@1960-01-01", "seconds since 1960, as SAS counts"),
    ("ms@1960-01-01", "ms since 1960, as Stata counts"),
    ("s@1904-01-01", "seconds since 1904, as LabVIEW counts"),
    ("s@1900-01-01", "seconds since 1900, as NTP counts"),
    ("100ns@0001-01-01", "ticks of .NET"),
    ("100ns@1601-01-01", "a FILETIME of Windows"),
    ("us@1601-01-01", "µs since 1601, as browsers count"),
    ("100ns", "units of 100 ns since 1970"),
)
"""Counts that programs write, the words for each, in the order in which they are told."""


@dataclass(frozen=True, slots=True)
class Count:
    """Units since an instant: `times` µs, divided by `by`, after `zero` µs from 1970."""

    times: int
    by: int
    zero: int

    def stamps(self, whole: Ints, rest: NDArray[np.float64] | None = None) -> Ints:
        """Whole numbers, and fractions of one, in µs; what 64 bits cannot hold is as far as a time can be."""
        import numpy as np

        broken = rest is not None and bool(rest.any())
        if self.times == self.by == 1 and not self.zero and not broken:
            return whole
        far = np.abs(whole) >= 2**62 // self.times
        found: Ints = np.where(far, 2**62 * np.sign(whole), np.where(far, 0, whole) * self.times // self.by + self.zero)
        if broken:
            assert rest is not None
            found = found + np.rint(rest * self.times / self.by).astype(np.int64)
        return found

    def of(self, number: int) -> int:
        """One whole number in µs, however large."""
        return number * self.times // self.by + self.zero


def count_of(form: str) -> Count | None:
    """What a time format of units counts; None for any other, and for a date that there is not."""
    if form in UNITS:
        return Count(*UNITS[form], 0)
    match = _SINCE.fullmatch(form)
    if match is None:
        return None
    year, month, day = (int(match[at]) for at in (2, 3, 4))
    zero = day_of(year, month, day)
    if not year or date_of(zero) != (year, month, day):
        return None
    return Count(*UNITS[match[1]], zero * DAY)


def day_zero(form: str) -> tuple[int, int] | None:
    """The µs from 1970 from which a format counts days, and the least that is counted; None for one of other units."""
    if form in _DAY_ZERO:
        return _DAY_ZERO[form], 1
    counted = count_of(form)
    return (counted.zero, MISSING) if counted and counted.times == DAY else None


def is_sure(first: int, last: int) -> bool:
    """Whether times since 1970 between two, in µs, are what they are mostly meant to be."""
    return last >= _FIRST_SURE and first < _LAST_SURE


def others(smallest: int, greatest: int) -> dict[str, str]:
    """The other counts in which numbers between two are of years that prices are from, and what each makes of the
    smallest."""
    found = {}
    for form, words in _COUNTED:
        zero, first, last = (_stamp(form, number) for number in (0, smallest, greatest))
        if max(_FIRST_SURE, zero + _LATER) <= last < _AHEAD and first >= 0:
            found[form] = f"{words} ({shown(first)[:10]})"
    return found


def ahead(form: str, first: int, last: int) -> tuple[str, ...]:
    """A note where a number of a history, its first or its last, is of years to come."""
    counted = count_of(form)
    smallest, greatest = sorted((first, last))
    if counted is None or counted.of(greatest) < _AHEAD:
        return ()
    known = others(smallest, greatest)
    told = f"; they may be {', '.join(known.values())}: --time-format {' or '.join(known)}" if known else ""
    return (f"times are read as {form} since 1970 and reach {shown(counted.of(greatest))[:10]}{told}",)


def _stamp(form: str, number: int) -> int:
    counted = count_of(form)
    return counted.of(number) if counted else number * DAY + _DAY_ZERO[form]


def shown(stamp: int) -> str:
    """A time in words; as far as a time can be where it is beyond."""
    import numpy as np

    return str(np.datetime64(max(MISSING + 1, min(int(stamp), 2**62)), "us").astype("datetime64[s]"))

"""Numbers as times: seconds, ms, µs or ns since 1970, other counts (`origins.py`), and dates written in digits.

The unit is told by size where one reading alone gives a year that prices are from. Any other number is asked for
with `--time-format`, never guessed: 45293 may be a day of Excel or the thirteenth hour of 1970.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..calendar.civil import DAY, SECOND, day_of, is_date
from .errors import DataChoiceError, DataError
from .excel import read_days
from .origins import DAYS, OF_1970, UNITS, ahead, count_of, day_zero, is_sure, others, shown
from .rounded import refuse_rounded
from .scan import Scan
from .table import MISSING, Place

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]

_IN_DIGITS = ("YYYY", "YYYYMM", "YYYYMMDD")
ORDERS = ("DMY", "MDY", "YMD")
TIME_FORMATS = (*OF_1970, *DAYS, *_IN_DIGITS, "d", "100ns", *ORDERS)
"""What `--time-format` takes: how numbers, and dates such as 03/04/2024, are to be read; and `UNIT@DATE`."""

_LEAST = 10**8
"""Seconds below it are before 1973-03-03, and may be something else altogether."""
_SIZES = {unit: (_LEAST * 1000**power, 100 * _LEAST * 1000**power) for power, unit in enumerate(OF_1970)}
"""Between which sizes a number is of a unit: 1973 to 2286. In ns it ends where 64 bits do."""
_LAST_EXCEL = day_of(2500, 1, 1) * DAY
"""A day of Excel after it is none that anybody means."""
_LEAP = 30
"""Times of one unit that follow one another are never so many times as large."""
_FAR = 2.0**62  # no time at all in any unit, and numbers beyond do not fit an int64


def checked_format(given: str | None) -> str | None:
    """A time format in its usual spelling. DataChoiceError lists those there are."""
    if given is None:
        return None
    asked = str(given).strip().lower()
    found = next((known for known in TIME_FORMATS if known.lower() == asked), None)
    if found is None and count_of(asked) is None:
        known = ", ".join(TIME_FORMATS)
        raise DataChoiceError(f"no time format is called {given!r:.80}; there are {known}, and a unit since a date, as "
                              "s@2001-01-01")  # fmt: skip
    return found or asked


def read_numbers(
    numbers: NDArray[Any], place: Place, form: str | None, scan: Scan | None = None, since_1970: bool = False
) -> tuple[Ints, bool, tuple[str, ...]]:
    """Stamps in µs, MISSING for what is no time; whether they are in no zone; and notes. scan: looks at many quickly.

    since_1970: their header says that they are. DataError where the numbers may be read in several ways, are of
    several units, or were rounded by a spreadsheet.
    """
    import numpy as np

    if numbers.dtype.kind != "f":
        given, form = form, _chosen(form, numbers, range(len(numbers)), place, scan, since_1970)
        ts, notes = _read(numbers, np.zeros(1), form)
        notes += _doubts(given, form, numbers)
        refuse_rounded(numbers, form, range(len(numbers)), place)
        return ts, form not in OF_1970, notes
    known = np.abs(numbers) < _FAR
    whole = np.floor(numbers[known]).astype(np.int64)
    rows = np.flatnonzero(known)
    ts = np.full(len(numbers), MISSING)
    given, form = form, _chosen(form, whole, rows, place, None, since_1970)
    ts[known], notes = _read(whole, numbers[known] - whole, form)
    notes += _doubts(given, form, whole)
    refuse_rounded(whole, form, rows, place)
    return ts, form not in OF_1970, notes


def _doubts(given: str | None, form: str, whole: Ints) -> tuple[str, ...]:
    """A note on numbers whose unit was told by their size, and which reach far."""
    return ahead(form, int(whole[0]), int(whole[-1])) if form != given and form in OF_1970 and len(whole) else ()


def _chosen(
    form: str | None, whole: Ints, rows: Ints | range, place: Place, scan: Scan | None, since_1970: bool
) -> str:
    """The format that was given or, where none was, that the numbers tell; of no numbers it is any."""
    if form is not None and form not in ORDERS:
        return form
    return _told_by_size(whole, rows, place, scan or Scan(), since_1970) if len(whole) else "YYYYMMDD"


def _read(whole: Ints, rest: NDArray[np.float64], form: str) -> tuple[Ints, tuple[str, ...]]:
    """Whole numbers and fractions of a format as stamps, and notes."""
    zero = day_zero(form)
    if zero is not None:
        return read_days(whole, rest, *zero)
    counted = count_of(form)
    return counted.stamps(whole, rest) if counted else _in_digits(whole, form), ()


def _told_by_size(whole: Ints, rows: Ints | range, place: Place, scan: Scan, since_1970: bool) -> str:
    """The one format that the numbers can be in."""
    import numpy as np

    smallest, greatest = scan.span(whole)
    if smallest >= 19_000_101 and _are_dates(whole[:1]) and _are_dates(whole):
        return "YYYYMMDD"
    for unit, (least, end) in _SIZES.items():
        if least <= smallest and greatest < end:
            if not since_1970:
                _surely_since_1970(whole, (smallest, greatest), unit, rows, place)
            return unit
    sizes = np.abs(whole)
    _of_one_unit(whole, sizes, rows, place)
    largest = int(sizes.max())
    found = next((unit for unit, (least, end) in _SIZES.items() if least <= largest < end), None)
    if found is None or _too_far_apart(whole, sizes, found):
        at = int(sizes.argmax()) if largest >= _LEAST else 0
        refuse_rounded(whole, "YYYYMMDD", rows, place)
        raise _several_readings(int(whole[at]), f"{place.source}, row {place.row(int(rows[at]))}", whole)
    return found


def _are_dates(numbers: Ints) -> bool:
    """Whether all of them are dates in digits."""
    return not bool((_in_digits(numbers, "YYYYMMDD") == MISSING).any())


def _too_far_apart(whole: Ints, sizes: Ints, unit: str) -> bool:
    """Whether some numbers are small for their unit, and in it would mostly be years apart."""
    import numpy as np

    if not (sizes < _SIZES[unit][0]).any():
        return False
    gap = np.median(np.abs(np.diff(whole)))
    return bool(gap * UNITS[unit][0] / UNITS[unit][1] > 366 * DAY)


def _of_one_unit(whole: Ints, sizes: Ints, rows: Ints | range, place: Place) -> None:
    """DataError where seconds stand beside ms, or a zero beside either."""
    import numpy as np

    units = np.searchsorted([least for least, _ in _SIZES.values()], sizes, side="right")
    if (units == units[0]).all():
        return
    ratio = np.maximum(sizes[1:], 1) / np.maximum(sizes[:-1], 1)
    leaps = (units[1:] != units[:-1]) & ((ratio > _LEAP) | (ratio < 1 / _LEAP))
    if leaps.any():
        at = int(leaps.argmax()) + 1
        raise DataError(
            f"{place.source}, row {place.row(int(rows[at]))}: the time {whole[at]} is not of one unit with "
            f"{whole[at - 1]} in row {place.row(int(rows[at - 1]))}; seconds, ms, µs and ns are told by their size: "
            "write all times in one of them"
        )


def _surely_since_1970(
    whole: Ints, span: tuple[int, int], unit: str, rows: Ints | range, place: Place
) -> None:
    """DataError where times since 1970 would all be of years that few prices are from, and another count fits.

    span: the smallest and the greatest of them.
    """
    counted = count_of(unit)
    assert counted is not None
    smallest, greatest = span
    first, last = counted.of(smallest), counted.of(greatest)
    readings = {} if is_sure(first, last) else others(smallest, greatest)
    if readings:
        refuse_rounded(whole, "YYYYMMDD", rows, place)
        where = f"{place.source}, row {place.row(int(rows[0]))}"
        told = ", ".join([f"{unit} since 1970 ({shown(first)[:10]})", *readings.values()])
        raise DataError(f"{where}: the time {smallest} may be {told}, as no row is of 1997 to 2039 since 1970: "
                        f"say which with --time-format {_or([unit, *readings])}")  # fmt: skip


def _several_readings(number: int, where: str, whole: Ints) -> DataError:
    """The error that names what a number may be, and how to say which."""
    import numpy as np

    readings: dict[str, str] = {}
    for form, words in (("YYYY", "a year"), ("YYYYMM", "a year and month"), ("excel", "a day of Excel")):
        stamp = _read(np.array([number]), np.zeros(1), form)[0][0]
        if stamp != MISSING and stamp < _LAST_EXCEL:
            readings[form] = f"{words} ({shown(stamp)[:10]})"
    readings |= others(*(int(end) for end in (whole.min(), whole.max())))
    stamps = {unit: shown(count_of(unit).of(number)) for unit in OF_1970}  # type: ignore[union-attr]
    units = ", ".join(f"{unit} {stamp}" for unit, stamp in stamps.items())
    told = [*readings.values(), f"a time since 1970 (in {units})"]
    counted = abs(number) < _LEAST and bool((np.diff(whole) == 1).all())
    return DataError(
        f"{where}: the time {number} may be {', '.join(told)}"
        + (", or the number of a row, which is no time" if counted else "")
        + f": say which with --time-format {_or([*readings, *OF_1970])}"
    )


def _or(names: list[str]) -> str:
    return f"{', '.join(names[:-1])} or {names[-1]}"


def _in_digits(numbers: Ints, form: str) -> Ints:
    """2024, 202403, and 20240301, 202403011430 and 20240301143000; MISSING where there is no such date."""
    import numpy as np

    if form != "YYYYMMDD":
        times, first = (10_000, 101) if form == "YYYY" else (100, 1)
        numbers = np.where((numbers >= 0) & (numbers < 10**6), numbers * times + first, 0)
    scale = np.where(numbers < 10**8, 1, np.where(numbers < 10**12, 10_000, 1_000_000))
    date, clock = numbers // scale, numbers % scale * (1_000_000 // scale) % 1_000_000
    year, month, day = date // 10_000, date // 100 % 100, date % 100
    hour, minute, second = clock // 10_000, clock // 100 % 100, clock % 100
    there = is_date(year, month, day) & (year >= 1900) & (year < 3000) & (hour < 24) & (minute < 60) & (second < 60)
    stamps = day_of(year, month, day) * DAY + ((hour * 60 + minute) * 60 + second) * SECOND
    return np.where(there, stamps, MISSING)

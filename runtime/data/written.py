"""Times written as text: what the digits of a shape (`shapes.py`) say, on the clock that wrote them and its zone.

Nothing is guessed: whether days stand before months is decided by the whole column, and asked where both fit. A date
of six digits may begin with its year, too: it does where it else would lie years from those of the rows around it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ...lang.program.zones import zone_names
from ..calendar.civil import DAY, HOUR, MINUTE, SECOND, day_of, is_date
from .errors import DataError
from .shapes import Group, groups
from .table import MISSING, Place

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from .shapes import Cells, Ints

_MONTHS = ("january february march april may june july august september october november december").split()
_OFFSETS = {
    "est": -5, "edt": -4, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7,
    "wet": 0, "west": 1, "cet": 1, "cest": 2, "eet": 2, "eest": 3, "msk": 3, "hkt": 8, "sgt": 8, "jst": 9, "kst": 9,
    "aest": 10, "aedt": 11, "nzst": 12, "nzdt": 13,
}  # fmt: skip
"""Hours east of Greenwich of abbreviations that mean one thing; those of America as RFC 5322 (4.3) has them."""
_SEVERAL = {
    "cst": "-06:00 in Chicago, +08:00 in Shanghai",
    "ist": "+05:30 in India, +01:00 in Ireland, +02:00 in Israel",
    "bst": "+01:00 in London, +06:00 in Dhaka",
    "ast": "-04:00 in Halifax, +03:00 in Riyadh",
    "gst": "+04:00 in Dubai, +10:00 in Guam",
    "sst": "-11:00 in Samoa, +08:00 in Singapore",
}

_APART = 20
"""How many times as far apart the dates of rows that follow one another are in an order that is not meant."""

KNOWN = (
    "2024-03-31, 2024-03-31T14:30:00+02:00, 20240331 143000, 31.03.2024 14:30, 3/31/2024 2:30 PM, 31-Mar-24, "
    "Mar 31, 2024, 2024Q1, and seconds, ms, µs or ns since 1970"
)
"""What times are read as, for messages."""


@dataclass(frozen=True, slots=True)
class Written:
    """Times of texts in µs: on the clock that wrote them, and how far that was east of Greenwich.

    zoned: whether each tells its offset. zone: the name of the zone that stands behind every text, "" for none.
    notes: how dates were read.
    """

    local: Ints
    offset: Ints
    zoned: NDArray[np.bool_]
    zone: str
    notes: tuple[str, ...] = ()


def read_written(cells: Cells, place: Place, order: str | None) -> Written:
    """Read texts given as rows of ASCII bytes, padded with zeros. `order`: DMY, MDY or YMD where that has been said.

    DataError where it is open which is the day and which the month, or a text has a zone and another has none.
    """
    import numpy as np

    count = len(cells)
    local, offset = np.full(count, MISSING), np.zeros(count, dtype=np.int64)
    zoned, told = np.zeros(count, dtype=np.bool_), np.zeros(count, dtype=np.bool_)
    dated = [group for group in groups(cells) if group.match is not None]
    open_dates = [group for group in dated if group.word("by") and group.digits("one") is not None]
    order, notes = _order(open_dates, place, order)
    zones: dict[str, Group] = {}
    for group in dated:
        rows = group.rows
        local[rows] = _local(group, order)
        known = _offset(group, place)
        told[rows] = True
        if isinstance(known, str):
            zones.setdefault(known, group)
        else:
            zoned[rows], offset[rows] = known is not None, 0 if known is None else known
    return Written(local, offset, zoned, _one_zone(zones, zoned, told, place), notes)


def _day_first(dates: Sequence[Group], place: Place, order: str | None) -> bool:
    """Whether days stand before months in dates such as 03/04/2024: as said, or as the only way that fits them all."""
    if not dates or order:
        return order != "MDY"
    ones, twos = ([int(number.max()) for group in dates if (number := group.digits(name)) is not None]
                  for name in ("one", "two"))  # fmt: skip
    day_first, month_first = max(twos) <= 12, max(ones) <= 12
    if day_first and month_first and not all(group.word("by") == "." for group in dates):
        raise DataError(
            f"{place.source}: {dates[0].example!r} may be day/month or month/day, and no row decides; say which with "
            "--time-format DMY or MDY, or write dates as 2024-03-31"
        )
    return day_first  # dots are written in countries that put the day first


def _order(dates: Sequence[Group], place: Place, order: str | None) -> tuple[str, tuple[str, ...]]:
    """DMY, MDY or YMD for dates such as 03/04/2024 and 24-04-03, as said or as the column tells; and a note."""
    if not dates:
        return "DMY", ()
    short = [group for group in dates if group.match is not None and len(group.match["year"]) == 2]
    if order == "YMD" and len(short) < len(dates):
        other = next(group for group in dates if group not in short)
        raise DataError(f"{place.source}: --time-format YMD is for dates of two digits each, and {other.example!r} has "
                        "its year behind: say DMY or MDY")  # fmt: skip
    if order or len(short) < len(dates):
        return order or ("DMY" if _day_first(dates, place, order) else "MDY"), ()
    steps = {each: _steps(dates, each) for each in ("DMY", "MDY", "YMD")}
    found = {each: step for each, step in steps.items() if step is not None}
    year_first, others = found.pop("YMD", None), min(found.values(), default=None)
    example = dates[0].example
    if year_first is None or (others is not None and others * _APART <= year_first):
        told = f"dates such as {example!r} are read with the year last: --time-format YMD reads it first"
        return ("DMY" if _day_first(dates, place, None) else "MDY"), (told,) * (year_first == 0)
    if others is None or year_first * _APART <= others:
        return "YMD", (f"dates such as {example!r} are read with the year first: --time-format says another order",)
    raise DataError(f"{place.source}: {example!r} may be {', '.join(found)} or YMD, and no row decides; say which with "
                    f"--time-format {', '.join(found)} or YMD, or write dates as 2024-03-31")  # fmt: skip


def _steps(dates: Sequence[Group], order: str) -> float | None:
    """The days between the dates of one row and the next, all together; None where some are no dates in this order."""
    import numpy as np

    total = 0.0
    for group in dates:
        midnights = _midnights(*_in_order(group, order))
        if (midnights == MISSING).any():
            return None
        total += float(np.abs(np.diff(midnights / DAY)).sum())
    return total


def _in_order(group: Group, order: str) -> tuple[Ints, Ints, Ints]:
    """Years, months and days of dates in three groups of digits."""
    one, two, last = group.digits("one"), group.digits("two"), group.digits("year")
    assert one is not None and two is not None and last is not None
    if order == "YMD":
        return _of_century(one), two, last
    return _full_year(group), *((two, one) if order == "DMY" else (one, two))


def _local(group: Group, order: str) -> Ints:
    """µs of the dates and times of day of a group; MISSING where there is no such date or time."""
    import numpy as np

    if group.digits("one") is not None:
        year, month, day = _in_order(group, order)
    else:
        year, named = _full_year(group), _month(group.word("name"))
        months, days = group.digits("month"), group.digits("day")
        month = np.full(len(year), named) if named is not None else _of_quarter(group) if months is None else months
        day = np.ones_like(year) if days is None else days
    clock, possible = _clock(group)
    midnight = _midnights(year, month, day)
    return np.where((midnight != MISSING) & possible, midnight + clock, MISSING)


def _midnights(year: Ints, month: Ints, day: Ints) -> Ints:
    """µs of dates, each run of equal ones worked out once; MISSING where there is no such date."""
    import numpy as np

    date = (year * 100 + month) * 100 + day
    begins = np.flatnonzero(np.diff(date, prepend=-1))
    year, month, day = year[begins], month[begins], day[begins]
    midnights = np.where(is_date(year, month, day), day_of(year, month, day) * DAY, MISSING)
    return np.repeat(midnights, np.diff(begins, append=len(date)))


def _full_year(group: Group) -> Ints:
    """Two digits as spreadsheets read them: 69 is 1969, 68 is 2068."""
    year, match = group.digits("year"), group.match
    assert year is not None and match is not None
    return year if len(match["year"]) == 4 else _of_century(year)


def _of_century(year: Ints) -> Ints:
    """Two digits of a year in full."""
    import numpy as np

    return year + np.where(year >= 69, 1900, 2000)


def _month(name: str) -> int | None:
    """1 to 12 of `mar`, `march` or `sept`; 0, which is no month, for any other word; None for no word."""
    if not name:
        return None
    found = (at for at, month in enumerate(_MONTHS, 1) if name in (month, month[:3]) or name == month[:4] == "sept")
    return next(found, 0)


def _of_quarter(group: Group) -> Ints:
    """The first month of each quarter; 0, which is no month, of a fifth one."""
    import numpy as np

    quarter = group.digits("quarter")
    assert quarter is not None
    return np.where(quarter <= 4, quarter * 3 - 2, 0)


def _clock(group: Group) -> tuple[Ints | int, NDArray[np.bool_] | bool]:
    """The time of day in µs, what is finer cut off, and where there is such a time."""
    hour, minute, second = (group.digits(part) for part in ("hour", "minute", "second"))
    if hour is None or minute is None:
        return 0, True
    possible = (hour < 24) & (minute < 60)
    half = group.word("half")
    if half:
        possible &= (hour >= 1) & (hour <= 12)
        hour = hour % 12 + (12 if half == "p" else 0)
    clock = hour * HOUR + minute * MINUTE
    if second is not None:
        possible &= second < 60
        clock = clock + second * SECOND
    fraction = group.digits("fraction")
    if fraction is not None and group.match is not None:
        digits = len(group.match["fraction"])
        clock = clock + (fraction * 10 ** (6 - digits) if digits <= 6 else fraction // 10 ** (digits - 6))
    return clock, possible


def _offset(group: Group, place: Place) -> Ints | int | str | None:
    """µs east of Greenwich that a group tells, or the name of its zone; None where it tells neither.

    DataError for a word that is no zone, or that means several.
    """
    import numpy as np

    match, east = group.match, group.digits("east")
    if match is None:
        return None
    if east is not None:
        past = group.digits("past")
        away = east * HOUR + (0 if past is None else past) * MINUTE
        return np.where(group.columns[match.start("sign")] == ord("-"), -away, away)
    if group.word("utc"):
        return 0
    word = match["word"]
    if not word:
        return None
    if word.lower() in _OFFSETS:
        return _OFFSETS[word.lower()] * HOUR
    if word in zone_names() and "/" in word:
        return str(word)
    row = place.row(0 if isinstance(group.rows, slice) else int(group.rows[0]))
    several = _SEVERAL.get(word.lower(), "")
    why = f"{word} means several zones ({several})" if several else f"no zone is known as {word}"
    raise DataError(
        f"{place.source}, row {row}: the time {group.example!r} cannot be read: {why}; "
        "write the offset (+02:00), or leave it out and say --data-tz"
    )


def _one_zone(zones: dict[str, Group], zoned: NDArray[np.bool_], told: NDArray[np.bool_], place: Place) -> str:
    """The zone that is named behind every text, "" for none. DataError where some texts have a zone and some none."""
    import numpy as np

    named = np.zeros(len(told), dtype=np.bool_)
    for group in zones.values():
        named[group.rows] = True
    with_zone = zoned | named
    mixed = told & (with_zone != with_zone[told.argmax()])
    if not len(told) or not (mixed.any() or len(zones) > 1 or (zones and zoned.any())):
        return next(iter(zones), "")
    if mixed.any():
        at = int(mixed.argmax())
        one, other = ("a zone", "none") if with_zone[at] else ("no zone", "one")
        raise DataError(
            f"{place.source}, row {place.row(at)}: the time has {one}, and that of row "
            f"{place.row(int(told.argmax()))} has {other}: write all of them with a zone or all without"
        )
    raise DataError(f"{place.source}: times are in several zones ({', '.join(sorted(zones))}); write them in one")

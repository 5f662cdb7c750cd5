"""Dates in the many ways that people and programs write them, row by row.

Whether days stand before months or after is decided by the whole column, and refused where both fit.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..calendar.civil import DAY, HOUR, MINUTE, SECOND, date_of, day_of
from .errors import DataError
from .table import MISSING

_CLOCK = r"(\d{1,2}):(\d\d)(?::(\d\d)(?:[.,](\d+))?)?\s*([AaPp]\.?[Mm]\.?)?"
_ZONE = r"(?:\s*(?:Z|UTC|GMT)?\s*(?:([+-])(\d\d):?(\d\d)?)?)?"
_ZONED = re.compile(r"(Z|UTC|GMT|:\d\d(?:[.,]\d+)?\s*[+-]\d\d(?::?\d\d)?)$")
_NUMERIC = re.compile(rf"(\d{{1,4}})([-/. ])(\d{{1,2}})\2(\d{{1,4}})(?:[T ,]+{_CLOCK}{_ZONE})?")
_COMPACT = re.compile(rf"(\d{{4}})(\d\d)(\d\d)(?:[T ]?(\d\d):?(\d\d):?(\d\d)?(?:[.,](\d+))?{_ZONE})?")
_DAY_AND_MONTH = r"(?:(\d{1,2})[- ]([A-Za-z]{3,9})|([A-Za-z]{3,9})[- ](\d{1,2}))"
_NAMED = re.compile(rf"(?:[A-Za-z]{{3,9}},? )?{_DAY_AND_MONTH},?[- ](\d{{4}})(?:[T ,]+{_CLOCK}{_ZONE})?")
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()


def read_dates(texts: Sequence[str], source: str) -> tuple[list[int], bool]:
    """Stamps in µs, MISSING where a text is none, and whether they carry no zone."""
    order = _order(texts, source)
    held: dict[str, int] = {}
    for text in texts:
        if text not in held:
            held[text] = _one(text.strip(), order)
    zoned = any(_ZONED.search(text.strip()) for text in texts[:1000])
    return [held[text] for text in texts], not zoned


def _order(texts: Sequence[str], source: str) -> str:
    """`dmy` or `mdy` for dates such as 03/04/2024, decided by all of them; "" if there are none."""
    pairs = {(int(m[1]), int(m[3])) for text in texts if (m := _NUMERIC.fullmatch(text.strip())) and len(m[1]) <= 2}
    if not pairs:
        return ""
    day_first, month_first = all(b <= 12 for _, b in pairs), all(a <= 12 for a, _ in pairs)
    dotted = any(m[2] == "." for text in texts[:100] if (m := _NUMERIC.fullmatch(text.strip())))
    if dotted and day_first:
        return "dmy"  # dots are written in countries that put the day first
    if day_first and month_first:
        example = next(text.strip() for text in texts if _NUMERIC.fullmatch(text.strip()))
        raise DataError(
            f"{source}: {example!r} may be day/month or month/day, and no row decides; write dates as 2024-03-31"
        )
    return "dmy" if day_first else "mdy"


def _one(text: str, order: str) -> int:
    if match := _NUMERIC.fullmatch(text):
        first, _, second, third, *rest = match.groups()
        if len(first) == 4:
            return _instant(int(first), int(second), int(third), rest)
        day, month = (first, second) if order == "dmy" else (second, first)
        return _instant(_full_year(third), int(month), int(day), rest)
    if match := _COMPACT.fullmatch(text):
        year, month, day, hour, minute, second, fraction, *zone = match.groups()
        return _instant(int(year), int(month), int(day), [hour, minute, second, fraction, None, *zone])
    if match := _NAMED.fullmatch(text):
        day1, name1, name2, day2, year, *rest = match.groups()
        name = (name1 or name2)[:3].lower()
        return _instant(int(year), _MONTHS.index(name) + 1, int(day1 or day2), rest) if name in _MONTHS else MISSING
    return MISSING


def _full_year(text: str) -> int:
    """Two digits as spreadsheets read them: 69 is 1969, 68 is 2068."""
    year = int(text)
    return year if len(text) > 2 else year + (1900 if year >= 69 else 2000)


def _instant(year: int, month: int, day: int, rest: Sequence[str | None]) -> int:
    """µs of a date and `rest`: hour, minute, second, fraction, half of the day, sign, hours and minutes of offset."""
    padded = (*rest, None, None, None, None, None, None, None, None)
    hour, minute, second, fraction, half, sign, east, minutes = padded[:8]
    if not 1 <= month <= 12 or date_of(day_of(year, month, day)) != (year, month, day):
        return MISSING
    hours, seconds = int(hour or 0), int(second or 0)
    if half:
        hours = hours % 12 + (12 if half[0] in "pP" else 0)
    if hours > 23 or int(minute or 0) > 59 or seconds > 59:
        return MISSING
    parts = int(((fraction or "") + "000000")[:6])
    offset = (int(east or 0) * HOUR + int(minutes or 0) * MINUTE) * (-1 if sign == "-" else 1)
    local = day_of(year, month, day) * DAY + hours * HOUR + int(minute or 0) * MINUTE + seconds * SECOND + parts
    return local - offset

"""Stamps as µs since 1970: epochs, ISO 8601, and the usual ways to write a date, never by guessing.

A stamp with an offset is an instant. One without is a local time, read as UTC here and moved by `data_tz`
later. Days before months or months before days is decided by the whole column, and refused where both fit.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..calendar.civil import DAY, HOUR, MINUTE, SECOND, date_of, day_of
from .errors import DataError
from .numbers import NOTHING
from .table import Column

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MISSING = -(1 << 63)
"""The stamp of a row whose time is missing or unreadable."""

_ISO = re.compile(r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?)?( ?(?:Z|[+-]00:?00| ?UTC))?")
_CLOCK = r"(\d{1,2}):(\d\d)(?::(\d\d)(?:[.,](\d+))?)?\s*([AaPp]\.?[Mm]\.?)?"
_ZONE = r"(?:\s*(?:Z|UTC|GMT)?\s*(?:([+-])(\d\d):?(\d\d)?)?)?"
_ZONED = re.compile(r"(Z|UTC|GMT|:\d\d(?:[.,]\d+)?\s*[+-]\d\d(?::?\d\d)?)$")
_NUMERIC = re.compile(rf"(\d{{1,4}})([-/. ])(\d{{1,2}})\2(\d{{1,4}})(?:[T ,]+{_CLOCK}{_ZONE})?")
_COMPACT = re.compile(rf"(\d{{4}})(\d\d)(\d\d)(?:[T ]?(\d\d):?(\d\d):?(\d\d)?(?:[.,](\d+))?{_ZONE})?")
_NAMED = re.compile(rf"(?:[a-z]{{3,9}},? )?(?:(\d{{1,2}})[- ]([a-z]{{3,9}})|([a-z]{{3,9}})[- ](\d{{1,2}})),?[- ](\d{{4}})(?:[T ,]+{_CLOCK}{_ZONE})?", re.I)
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_EPOCHS = ((10**17, 1, 1000), (10**14, 1, 1), (10**11, 1000, 1), (-1, SECOND, 1))  # ns, µs, ms, s


@dataclass(frozen=True, slots=True)
class Stamps:
    """Stamps in µs, MISSING where there is none. `naive`: they carry no zone."""

    ts: NDArray[np.int64]
    naive: bool


def read_stamps(column: Column, source: str, naive: bool = True) -> Stamps:
    """Read a column of times; `naive` says of datetime64 whether it is in no zone."""
    import numpy as np

    if not isinstance(column, np.ndarray):
        return _texts(column, source)
    if column.dtype.kind == "M":
        return Stamps(column.astype("datetime64[us]", copy=False).view(np.int64), naive)
    if column.dtype.kind in "iu":
        return Stamps(_epochs(column.astype(np.int64, copy=False)), False)
    if column.dtype.kind == "f":
        return _float_epochs(column)
    raise DataError(f"{source}: times as {column.dtype} cannot be read; expected datetime64, epoch numbers or text")


def read_instant(text: str, source: str = "the time") -> int:
    """One instant as µs; a time without a zone is UTC. DataError if it cannot be read."""
    stamps = _texts([text], source).ts
    if stamps[0] == MISSING:
        raise DataError(f"{source} {text!r} cannot be read; write it as 2024-03-01 or 2024-03-01T14:30:00Z")
    return int(stamps[0])


def _epochs(numbers: NDArray[np.int64]) -> NDArray[np.int64]:
    """Seconds, ms, µs or ns since 1970, told by size; eight digits that are a date are one (20240301)."""
    largest = int(abs(numbers).max()) if len(numbers) else 0
    if 19_000_101 <= largest <= 29_991_231:
        return day_of(numbers // 10_000, numbers // 100 % 100, numbers % 100) * DAY
    multiply, divide = next((m, d) for above, m, d in _EPOCHS if largest > above)
    return numbers // divide if multiply == 1 else numbers * multiply


def _float_epochs(numbers: NDArray[np.float64]) -> Stamps:
    """Epochs with missing values or fractions; those of a date in digits have no fraction."""
    import numpy as np

    known = np.isfinite(numbers)
    whole = np.where(known, numbers, 0.0)
    exact = whole.astype(np.int64)
    ts = _epochs(exact)
    if (whole != exact).any():
        ts = np.rint(whole * (ts.max() / max(1, exact.max()))).astype(np.int64)
    return Stamps(np.where(known, ts, MISSING), False)


def _texts(texts: Sequence[str], source: str) -> Stamps:
    first = next((text.strip() for text in texts if text.strip().lower() not in NOTHING), "")
    if re.fullmatch(r"\d+(\.\d+)?", first) and not (_COMPACT.fullmatch(first) and len(first) in (8, 12, 14)):
        return _numbers(texts)
    fast = _iso(texts, first)
    return fast if fast is not None else _rows(texts, source)


def _numbers(texts: Sequence[str]) -> Stamps:
    import numpy as np

    from .numbers import floats

    try:
        return Stamps(_epochs(np.array([*map(int, texts)], dtype=np.int64)), False)
    except (ValueError, OverflowError):
        return _float_epochs(floats(texts))


def _iso(texts: Sequence[str], first: str) -> Stamps | None:
    """A column of ISO times of one shape at numpy's speed; None where it is not that."""
    import numpy as np

    match = _ISO.fullmatch(first)
    if not match or "," in first:
        return None
    zone = match[1] or ""
    if zone and not all(text.endswith(zone) for text in texts):
        return None
    bare = [text[: -len(zone)] for text in texts] if zone else texts
    if not zone and any(len(text) > 26 for text in (min(texts, key=len), max(texts, key=len))):
        return None  # an offset, or parts of a µs
    try:
        return Stamps(np.array(bare, dtype="datetime64[us]").view(np.int64), not zone) if _plain(bare) else None
    except ValueError:
        return None


def _plain(texts: Sequence[str]) -> bool:
    """Whether numpy may read them: dates in full, and no offset, which it would apply with a warning."""
    return all(len(text) >= 10 and "+" not in text and text.rfind("-") == 7 and text[-1] != "Z" for text in texts)


def _rows(texts: Sequence[str], source: str) -> Stamps:
    """Any mixture of known shapes, row by row."""
    import numpy as np

    order = _order(texts, source)
    held: dict[str, int] = {}
    for text in texts:
        if text not in held:
            held[text] = _one(text.strip(), order)
    zoned = any(_ZONED.search(text.strip()) for text in texts[:1000])
    return Stamps(np.array([held[text] for text in texts], dtype=np.int64), not zoned)


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
        raise DataError(f"{source}: {example!r} may be day/month or month/day, and no row decides; write dates as 2024-03-31")
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
    hour, minute, second, fraction, half, sign, east, minutes = [*rest, *[None] * (8 - len(rest))]
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

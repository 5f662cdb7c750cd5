"""Stamps as µs since 1970: epochs, ISO 8601, and the usual ways to write a date, never by guessing.

A stamp with an offset is an instant. One without is a local time, read as UTC here and moved by `data_tz` later.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from warnings import catch_warnings, simplefilter

from ..calendar.civil import DAY, SECOND, day_of
from .errors import DataChoiceError, DataError
from .numbers import NOTHING
from .table import MISSING, Column

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_ISO = re.compile(r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?)?( ?(?:Z|[+-]00:?00| ?UTC))?")
_EPOCH = re.compile(r"-?\d+(\.\d+)?")
_FAR = 2.0**62  # no time at all in any unit, and numbers beyond do not fit an int64
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
        return _epochs(column.astype(np.int64, copy=False))
    if column.dtype.kind == "f":
        return _float_epochs(column)
    raise DataError(f"{source}: times as {column.dtype} cannot be read; expected datetime64, epoch numbers or text")


def read_instant(text: str, source: str = "the time") -> int:
    """One instant as µs; a time without a zone is UTC. DataChoiceError if it cannot be read."""
    stamps = _texts([text], source).ts
    if stamps[0] == MISSING:
        raise DataChoiceError(f"{source} {text!r} cannot be read; write it as 2024-03-01 or 2024-03-01T14:30:00Z")
    return int(stamps[0])


def _epochs(numbers: NDArray[np.int64]) -> Stamps:
    """Seconds, ms, µs or ns since 1970, told by size; or dates in digits (20240301), which are in no zone."""
    dates = _digits(numbers)
    if dates is not None:
        return Stamps(dates, True)
    largest = int(abs(numbers).max()) if len(numbers) else 0
    multiply, divide = next((m, d) for above, m, d in _EPOCHS if largest > above)
    if divide > 1:
        return Stamps(numbers // divide, False)
    return Stamps(numbers * multiply if multiply > 1 else numbers, False)


def _digits(numbers: NDArray[np.int64]) -> NDArray[np.int64] | None:
    """Stamps of numbers such as 20240301, 202403011430 and 20240301143000; None if one of them is no such date."""
    if not len(numbers):
        return None
    scale = next(
        (s for s in (1, 10_000, 1_000_000) if 19_000_101 * s <= numbers.min() <= numbers.max() < 30_000_000 * s), 0
    )
    if not scale:
        return None
    date, clock = numbers // scale, numbers % scale * (1_000_000 // scale) % 1_000_000
    month, day = date // 100 % 100, date % 100
    hour, minute, second = clock // 10_000, clock // 100 % 100, clock % 100
    if not (
        (month >= 1) & (month <= 12) & (day >= 1) & (day <= 31) & (hour < 24) & (minute < 60) & (second < 60)
    ).all():
        return None
    return (day_of(date // 10_000, month, day) * DAY) + ((hour * 60 + minute) * 60 + second) * SECOND


def _float_epochs(numbers: NDArray[np.float64]) -> Stamps:
    """Epochs with missing values or with fractions of their unit."""
    import numpy as np

    known = np.abs(numbers) < _FAR
    whole = np.floor(numbers[known]).astype(np.int64)
    found = _epochs(whole)
    ts = np.full(len(numbers), MISSING)
    ts[known] = found.ts
    fractions = numbers[known] - whole
    if fractions.any():
        unit = _epochs(whole + 1).ts - found.ts
        ts[known] += np.rint(fractions * unit).astype(np.int64)
    return Stamps(ts, found.naive)


def _texts(texts: Sequence[str], source: str) -> Stamps:
    import numpy as np

    first = next((text.strip() for text in texts if text.strip().lower() not in NOTHING), "")
    if _EPOCH.fullmatch(first):
        return _numbers(texts)
    fast = _iso(texts, first)
    if fast is not None:
        return fast
    from .dates import read_dates

    ts, naive = read_dates(texts, source)
    return Stamps(np.array(ts, dtype=np.int64), naive)


def _numbers(texts: Sequence[str]) -> Stamps:
    import numpy as np

    from .numbers import floats

    try:
        return _epochs(np.array([*map(int, texts)], dtype=np.int64))
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
    if not _plain(bare):
        return None
    with catch_warnings():
        simplefilter("error")  # what numpy only warns of is not a plain time either
        try:
            return Stamps(np.array(bare, dtype="datetime64[us]").view(np.int64), not zone)
        except (ValueError, UserWarning):
            return None


def _plain(texts: Sequence[str]) -> bool:
    """Whether numpy may read them: dates in full, and no offset, which it would apply with a warning."""
    return all(len(text) >= 10 and "+" not in text and text.rfind("-") == 7 and text[-1] != "Z" for text in texts)

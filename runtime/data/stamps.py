"""Stamps as µs since 1970, from numbers (epochs), texts (written) or datetimes, never by guessing.

A stamp with an offset or in a zone is an instant, and the clock that wrote it is kept: bars of a day or longer are
labelled by the date on it. A stamp without is a local time, moved by `zone.absolute` later.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ...lang.program.zones import ZoneError
from ..calendar.civil import HOUR, MINUTE
from ..calendar.clock import Clock
from ..calendar.instants import Moment, instant
from ..errors import UsageFault
from .epochs import ORDERS, checked_format, read_numbers
from .errors import DataChoiceError, DataError
from .numbers import NOTHING, whole_numbers
from .shapes import to_cells
from .table import MISSING, Column, Packed, Place
from .written import KNOWN, read_written

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from .scan import Scan

    Ints = NDArray[np.int64]

_GREENWICH = ("", "UTC", "Etc/UTC", "GMT", "Z", "+00:00")


@dataclass(frozen=True, slots=True)
class Stamps:
    """Stamps in µs, MISSING where there is none.

    naive: they carry no offset: `ts` are local times, of `zone` where that is named.
    Else they are instants; `offset` in µs, or `zone`, tells the clock that wrote them, where it was not Greenwich's.
    notes: how they were read.
    """

    ts: Ints
    naive: bool
    zone: str = ""
    offset: Ints | None = None
    notes: tuple[str, ...] = ()

    @property
    def placed(self) -> bool:
        """Whether the clock that wrote the stamps is known; instants alone may be from anywhere."""
        return self.naive or self.offset is not None or self.zone not in _GREENWICH

    def known(self, most: int | None = None) -> Ints:
        """The stamps that there are, or so many of the first."""
        first: Ints = self.ts[:most]
        return first if len(first) and first.min() > MISSING else self.ts[self.ts != MISSING][:most]

    def local(self, source: str) -> Ints:
        """What the clock that wrote them showed; UTC where it is not known. DataError for a zone that there is not."""
        import numpy as np

        if self.naive or not self.placed:
            return self.ts
        there = self.ts != MISSING
        if self.offset is not None:
            return np.where(there, self.ts + self.offset, MISSING)
        return np.where(there, _wall(np.where(there, self.ts, 0), self.zone, source), MISSING)


def read_stamps(
    column: Column, place: Place, zone: str = "", form: str | None = None, scan: Scan | None = None, name: str = ""
) -> Stamps:  # fmt: skip
    """Read a column of times. scan: looks at many quickly.

    zone: of datetime64, "" where it is in none. form: how numbers, or dates such as 03/04/2024, are to be read
    (`epochs.TIME_FORMATS`). name: its header. DataError where several readings are possible, or none is.
    """
    found = _read(column, place, zone, checked_format(form), scan, "unix" in name.lower())
    if len(found.ts) and found.ts[0] == MISSING == found.ts.max():
        raise DataError(f"{place.source}: no row has a time")
    return found


def _read(column: Column, place: Place, zone: str, form: str | None, scan: Scan | None, unix: bool) -> Stamps:
    import numpy as np

    if not isinstance(column, np.ndarray):
        return _of_texts(column, place, form, unix)
    if column.dtype.kind == "M":
        return Stamps(column.astype("datetime64[us]", copy=False).view(np.int64), not zone, zone)
    if column.dtype.kind in "iuf":
        return _of_numbers(_signed(column), place, form, scan, unix)
    raise DataError(f"{place.source}: times as {column.dtype} cannot be read; expected datetime64, numbers or text")


def read_instant(value: Moment, name: str = "the time", daily: bool = False) -> int:
    """One instant as µs (`calendar.instants`); DataChoiceError if it cannot be read."""
    try:
        return instant(value, name, daily=daily)
    except UsageFault as error:
        raise DataChoiceError(str(error)) from None


def _signed(column: NDArray[Any]) -> NDArray[Any]:
    """Numbers of a kind that holds every time; what is larger is too large for any."""
    import numpy as np

    if column.dtype == np.uint64:
        column = np.minimum(column, np.uint64(2**62))
    return column.astype(np.int64 if column.dtype.kind in "iu" else np.float64, copy=False)


def _of_numbers(
    numbers: NDArray[Any], place: Place, form: str | None, scan: Scan | None = None, unix: bool = False
) -> Stamps:  # fmt: skip
    ts, naive, notes = read_numbers(numbers, place, form, scan, unix)
    return Stamps(ts, naive, notes=notes)


def _of_texts(texts: Sequence[str], place: Place, form: str | None, unix: bool = False) -> Stamps:
    import numpy as np

    if not len(texts):
        return Stamps(np.empty(0, dtype=np.int64), True)
    numbers = whole_numbers(texts)
    if numbers is not None and form not in ORDERS:
        return _of_numbers(numbers, place, form, None, unix)
    if form not in (None, *ORDERS):
        at = _first(texts, lambda text: not _is_number(text))
        raise DataError(f"{place.source}, row {place.row(at)}: the time {texts[at][:40]!r} is no number, which "
                        f"--time-format {form} expects")  # fmt: skip
    cells = texts.cells() if isinstance(texts, Packed) else None
    found = read_written(to_cells(texts) if cells is None else cells, place, form)
    there = found.local != MISSING
    if not there.any() and (error := _unreadable(texts, place)):
        raise error
    if not found.zoned.any():
        return Stamps(found.local, True, found.zone, notes=found.notes)
    ts = np.where(there, found.local - found.offset, MISSING)
    return Stamps(ts, False, offset=found.offset if found.offset.any() else None, notes=found.notes)


def _unreadable(texts: Sequence[str], place: Place) -> DataError | None:
    """The error for a column in which something is written, and no time."""
    at = _first(texts, lambda text: text.strip().lower() not in NOTHING)
    if at < 0:
        return None
    return DataError(
        f"{place.source}, row {place.row(at)}: the time {texts[at].strip()[:40]!r} cannot be read, nor can that of any "
        f"other row; times are read as {KNOWN}"
    )


def _first(texts: Sequence[str], test: Any) -> int:
    return next((at for at, text in enumerate(texts) if test(text)), -1)


def _is_number(text: str) -> bool:
    return text.strip().lower() in NOTHING or whole_numbers([text]) is not None


def _wall(instants: Ints, zone: str, source: str) -> Ints:
    """Local times of instants in a zone as tables name it: Europe/London, or a constant +05:30."""
    if zone[0] in "+-" and len(zone) == 6:
        away = int(zone[1:3]) * HOUR + int(zone[4:]) * MINUTE
        return instants + (-away if zone[0] == "-" else away)
    try:
        return Clock(zone).local(instants)
    except ZoneError as error:
        raise DataError(f"{source}: its times are in a zone that is not known: {error}") from None

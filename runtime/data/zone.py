"""Stamps that carry no zone, put into one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...lang.program.timeframe import Timeframe
from ..calendar.civil import DAY
from ..calendar.clock import Clock
from ..calendar.zones import ZoneError
from .errors import DataChoiceError, DataError
from .stamps import Stamps
from .table import MISSING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


def absolute(
    stamps: Stamps, timeframe: Timeframe, zone: str | None, source: str
) -> tuple[NDArray[np.int64], tuple[str, ...]]:
    """Instants of the stamps, and notes.

    Intraday stamps without a zone are local times of `zone`, UTC if None. Bars of a day or longer are labelled
    by their date: stamps without a zone are that already; instants become the date in `zone` if it is given.
    """
    if zone is None:
        return stamps.ts, _off_midnight(stamps, timeframe)
    try:
        clock = Clock(zone)
    except ZoneError as error:
        raise DataChoiceError(f"--data-tz: {error}") from None
    if timeframe.intraday:
        return (_instants(stamps.ts, clock, source) if stamps.naive else stamps.ts), ()
    if stamps.naive:
        return stamps.ts, ()
    return _dates(stamps.ts, clock), (f"daily bars are labelled by their date in {zone}",)


def _instants(local: NDArray[np.int64], clock: Clock, source: str) -> NDArray[np.int64]:
    """Instants of local times. In a repeated hour the second pass is told by the order of the rows."""
    import numpy as np

    known = local != MISSING
    first, second = clock.instants(np.where(known, local, 0))
    skipped = known & (clock.local(first) != local)
    if skipped.any():
        row = int(skipped.argmax())
        shown = np.datetime64(int(local[row]), "us").astype("datetime64[s]")
        raise DataError(
            f"{source}: {shown} does not exist in {clock.zone}, whose clocks are set forward then; "
            "is it the zone of these stamps?"
        )
    for row in np.flatnonzero(known & (first != second)).tolist():
        if row and first[row] <= first[row - 1]:
            first[row] = second[row]
    return np.where(known, first, MISSING)


def _dates(ts: NDArray[np.int64], clock: Clock) -> NDArray[np.int64]:
    import numpy as np

    known = ts != MISSING
    return np.where(known, clock.local(np.where(known, ts, 0)) // DAY * DAY, MISSING)


def _off_midnight(stamps: Stamps, timeframe: Timeframe) -> tuple[str, ...]:
    """A word of warning where daily bars are stamped at another hour than midnight."""
    if timeframe.intraday:
        return ()
    known = stamps.ts[stamps.ts != MISSING]
    if not (known % DAY).any():
        return ()
    return (
        "daily bars are stamped off midnight UTC: their date is that of the stamp in UTC; --data-tz takes it elsewhere",
    )

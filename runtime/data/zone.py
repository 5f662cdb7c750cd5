"""Stamps put into their place: bars of a day or longer under their date, intraday bars at their instant."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from ...lang.program.timeframe import Timeframe
from ...lang.program.zones import ZoneError
from ..calendar.civil import DAY, weekday_of
from ..calendar.clock import Clock
from .errors import DataChoiceError, DataError
from .spellings import ZONES, plain, words
from .stamps import Stamps
from .table import MISSING, Column, Place

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]

OFF_MIDNIGHT = "daily bars are stamped off midnight"
"""How the note begins that says so."""
_FRIDAY, _SUNDAY = 5, 7
_SHOWN = 3


def absolute(stamps: Stamps, timeframe: Timeframe, data_tz: str | None, place: Place) -> tuple[Ints, tuple[str, ...]]:
    """What the bars are labelled with, and notes.

    Intraday bars are labelled by instants: stamps without an offset are local times of the zone they name or else of
    `data_tz`, UTC if None. Bars of a day or longer are labelled by the date that the stamp shows on the clock that
    wrote it; the date in `data_tz`, where that is given and the stamps are instants.
    """
    given = None if data_tz is None else clock_of(data_tz, "--data-tz")
    if timeframe.intraday:
        return _instants(stamps, given, place)
    if given is None or stamps.naive:
        ts = stamps.local(place.source)
        return _floored(ts), _off_midnight(stamps, ts)
    there = stamps.ts != MISSING
    ts = given.local(stamps.ts * there)
    off = (f"{OFF_MIDNIGHT} in {data_tz}",) * bool(((ts * there) % DAY).any())
    told = f"bars of {timeframe} are labelled by their date in {data_tz}"
    return _floored(ts * there + MISSING * ~there), (told, *off)


def zone_beside(columns: Mapping[str, Column], extra: Sequence[str]) -> tuple[str, str]:
    """The zone that a column names on every row, and a note; no zone, and the way on, where it names none or several.

    extra: the columns that are no field of the bar.
    """
    name = next((name for name in extra if plain(name) in words(ZONES) and not hasattr(columns[name], "dtype")), "")
    named = list(dict.fromkeys(str(cell).strip() for cell in columns[name])) if name else []
    known = {zone: _known(zone) for zone in named[:_SHOWN]}
    if len(named) == 1 and known[named[0]]:
        return known[named[0]], f"times are in {named[0]}, as the column {name!r} says on every row"
    if not named or (plain(name) == "zone" and not any(known.values())):  # which may be one of prices
        return "", ""
    found = ", ".join(repr(zone[:40]) for zone in known) + ", …" * (len(named) > _SHOWN)
    return "", f"the column {name!r} holds {found}, not one known zone: --data-tz says what zone the times are in"


def _known(zone: str) -> str:
    """The name of a zone as clocks have it; "" where there is none."""
    try:
        return Clock(zone).zone if zone else ""
    except ZoneError:
        return ""


NO_ZONE = "times carry no zone: read as UTC, unless --data-tz says another"


def clock_of(zone: str, option: str) -> Clock:
    """The clock of a zone that an option names; DataChoiceError where there is none."""
    if not zone:
        raise DataChoiceError(f"{option}: an empty name is no time zone; leave it out, or give one such as UTC")
    try:
        return Clock(zone)
    except ZoneError as error:
        raise DataChoiceError(f"{option}: {error}") from None


def _instants(stamps: Stamps, given: Clock | None, place: Place) -> tuple[Ints, tuple[str, ...]]:
    """Instants, and a note where a zone was given that the stamps do not need, or is needed and was not."""
    own = stamps.zone if stamps.naive else "UTC"
    if own:
        ts = _of_local(stamps.ts, Clock(own), place) if stamps.naive else stamps.ts
        needless = given is not None and given.zone != own
        return ts, ("the stamps carry their own zone: --data-tz was not needed",) * needless
    if given:
        return _of_local(stamps.ts, given, place), ()
    return stamps.ts, (NO_ZONE,) * bool(len(stamps.ts))


def _of_local(local: Ints, clock: Clock, place: Place) -> Ints:
    """Instants of local times. In a repeated hour the second pass is told by the order of the rows."""
    import numpy as np

    known = local != MISSING
    first, second = clock.instants(np.where(known, local, 0))
    skipped = known & (clock.local(first) != local)
    if skipped.any():
        row = int(skipped.argmax())
        shown = np.datetime64(int(local[row]), "us").astype("datetime64[s]")
        raise DataError(
            f"{place.source}, row {place.row(row)}: {shown} does not exist in {clock.zone}, whose clocks are set "
            "forward then; is it the zone of these stamps?"
        )
    there = np.flatnonzero(known)
    backwards = len(there) > 1 and local[there[-1]] < local[there[0]]  # the newest row comes first
    order = there[::-1] if backwards else there
    found = _in_order(first[order], second[order])
    ts = np.full(len(local), MISSING)
    ts[order] = found
    return ts


def _in_order(first: Ints, second: Ints) -> Ints:
    """The first instant, or the second where the row before is not earlier than the first."""
    import numpy as np

    for row in np.flatnonzero(first != second).tolist():
        if row and first[row] <= first[row - 1]:
            first[row] = second[row]
    return first


def _floored(ts: Ints) -> Ints:
    """Midnight of each date; the same array where they are midnights already."""
    import numpy as np

    if not (ts % DAY * (ts != MISSING)).any():
        return ts
    return np.where(ts == MISSING, MISSING, ts // DAY * DAY)


def _off_midnight(stamps: Stamps, ts: Ints) -> tuple[str, ...]:
    """A word where bars of a day or longer are stamped at another hour than midnight."""
    import numpy as np

    known = ts[ts != MISSING]
    if not (known % DAY).any():
        return ()
    at = known[(known % DAY != 0).argmax()]
    shown = str(np.datetime64(int(at), "us").astype("datetime64[m]"))
    if stamps.placed:
        return (f"{OFF_MIDNIGHT} ({shown}): they are labelled by that date",)
    return (
        f"{OFF_MIDNIGHT} UTC ({shown}): their date is that of the stamp in UTC; "
        f"--data-tz takes it elsewhere{_shifted(known)}",
    )


def _shifted(known: Ints) -> str:
    """What the days of the week say about dates in UTC."""
    import numpy as np

    days = set(np.unique(weekday_of(known // DAY)).tolist())
    if _SUNDAY in days and _FRIDAY not in days:
        return "; no bar lies on a Friday and some lie on a Sunday: in their own zone they are a day later"
    return ""

"""Stamps at which bars end: where nothing else tells when they open, their opens are reckoned from them, and noted.

Bars are labelled by their open. A column may say that it holds ends (`Close Time`), or the stamps do: 09:30:59 and
23:59:59.999 are last moments of bars. Ends on whole minutes look as opens do; sessions that begin at 09:31 and end
with a bar at 16:00 are noted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...lang.program.timeframe import Timeframe
from ..calendar import Calendar
from ..calendar.civil import DAY, HOUR, MINUTE, SECOND
from .headers import Roles, option
from .stamps import Stamps
from .table import MISSING
from .zone import clock_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]

_BEFORE = ((SECOND, MINUTE), (1000, SECOND), (1, SECOND))
"""By how much before whole minutes or seconds programs stamp the last moment of a bar."""
_LOOK, _BREAK, _SESSIONS, _MOSTLY = 100_000, 4 * HOUR, 3, 0.8
"""Bars by which sessions are known, the time between two of them, how many there are at least, and in what share of
them the first and the last bar must lie as ends do."""


def by_opens(
    ts: Ints, stamps: Stamps, timeframe: Timeframe, roles: Roles, data_tz: str | None, source: str
) -> tuple[Ints, tuple[str, ...]]:
    """Labels of bars by their opens, and notes: the labels themselves where they are no ends.

    ts: what the bars are labelled with by their stamps, instants or dates.
    """
    before = _last_moment(ts, timeframe) if timeframe.intraday else 0
    if not (roles.ends or before):
        return ts, _doubts(ts, timeframe, roles)
    if timeframe.intraday:
        opens = _opens(ts, before, timeframe)
        named = f"{(roles.clock or roles.ts)!r} is when bars end"
        why = named if roles.ends else f"bars are stamped {_shown(before)} before they end"
        return opens, (f"{why} ({_at(ts)}): they are labelled by their opens, {timeframe} before ({_at(opens)})",)
    stands = clock_of(data_tz, "--data-tz").local(stamps.ts) if data_tz and not stamps.naive else stamps.local(source)
    opens = _first_days(ts, (stands % DAY == 0) & (ts != MISSING), timeframe)
    return opens, (f"{roles.ts!r} is when bars end ({_at(ts)}): they are labelled by the day they begin, {_at(opens)}",)


def _last_moment(ts: Ints, timeframe: Timeframe) -> int:
    """By how many µs all bars are stamped before a whole minute or second; 0 where they are not."""
    length = timeframe.seconds * SECOND
    for before, unit in _BEFORE:
        fits = len(ts) > 1 and before < length and not length % unit
        if fits and (ts[0] + before) % unit == 0 and not ((ts + before) % unit * (ts != MISSING)).any():
            return before
    return 0


def _opens(ts: Ints, before: int, timeframe: Timeframe) -> Ints:
    """Opens of bars by their ends; none opens before the one of the row before has ended."""
    import numpy as np

    known = ts != MISSING
    ends = np.where(known, ts, 0) + before
    opens = ends - timeframe.seconds * SECOND
    if known.all() and (ends[1:] > ends[:-1]).all():
        opens[1:] = np.maximum(opens[1:], ends[:-1])
    return np.where(known, opens, MISSING)


def _first_days(ts: Ints, midnight: Ints, timeframe: Timeframe) -> Ints:
    """The first days of bars of days, weeks or months, by dates on which they end: a midnight ends the day before."""
    import numpy as np

    lasts = np.where(midnight, ts - DAY, ts)
    if timeframe.unit == "d":
        first: Ints = lasts - (timeframe.count - 1) * DAY
    else:
        first = np.asarray(Calendar(daily=True).bucket(np.where(ts == MISSING, 0, lasts), timeframe)[0])
    return np.where(ts == MISSING, MISSING, first)


def _doubts(ts: Ints, timeframe: Timeframe, roles: Roles) -> tuple[str, ...]:
    """What speaks for ends among stamps that are taken as opens."""
    if not timeframe.intraday or len(ts) < 2:
        return ()
    said = f"{option('date', roles.ts)} {option('end', roles.clock)}" if roles.clock else option("end", roles.ts)
    way_on = f"{said} labels them by their opens"
    if roles.named_ends:
        return (f"{roles.ts!r} is called as ends of bars are, and taken for their opens, as is said: {way_on}",)
    past = int(ts[0]) % MINUTE
    if past and timeframe.seconds % 60 == 0 and not ((ts - past) % MINUTE * (ts != MISSING)).any():
        return (f"all bars are stamped {_shown(past)} after a whole minute ({_at(ts)}): taken as their opens",)
    if _sessions_of_ends(ts[:_LOOK], timeframe):
        return (f"sessions begin with a bar at {timeframe} past a whole half hour and end with one on it, as where "
                f"bars are stamped with their ends: {way_on}",)  # fmt: skip
    return ()


def _sessions_of_ends(ts: Ints, timeframe: Timeframe) -> bool:
    """Whether most sessions begin a bar after a whole half hour, and end on one."""
    import numpy as np

    length, half = timeframe.seconds * SECOND, 30 * MINUTE
    if length >= half or half % length:
        return False
    breaks = np.flatnonzero(np.diff(ts) > _BREAK)
    if len(breaks) < _SESSIONS:
        return False
    first, last = ts[breaks + 1] % half == length, ts[breaks] % half == 0
    return bool(first.mean() >= _MOSTLY and last.mean() >= _MOSTLY)


def _shown(span: int) -> str:
    return f"{span / SECOND:g} s" if span >= SECOND else f"{span / 1000:g} ms" if span >= 1000 else f"{span} µs"


def _at(ts: Ints) -> str:
    import numpy as np

    at = int(ts[(ts != MISSING).argmax()])
    unit = "D" if at % DAY == 0 else "s" if at % SECOND == 0 else "ms" if at % 1000 == 0 else "us"
    return str(np.datetime64(at, "us").astype(f"datetime64[{unit}]"))

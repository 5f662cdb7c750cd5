"""Longer bars made of shorter ones, by the rules by which `@` makes them: the same buckets, the same merging.

A bar is labelled by the begin of its bucket, one of a day or longer by its date. It is complete when the last bar
inside it closes at its end, or when a later bar shows that it ended in a gap.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...lang.program.timeframe import Timeframe, makes
from ..calendar import Calendar
from ..calendar.civil import DAY
from .bars import Bars
from .errors import DataError
from .quality import LARGEST

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]


def resample(bars: Bars, timeframe: Timeframe, zone: str = "UTC") -> Bars:
    """The complete bars of `timeframe`, cut by the calendar of `zone`; notes say what is partial and what is left out.

    An own column has the value of its last bar. DataError where these bars cannot make those.
    """
    import numpy as np

    if bars.timeframe == timeframe:
        return bars
    if not makes(bars.timeframe, timeframe) or timeframe.seconds < bars.timeframe.seconds:
        raise DataError(f"bars of {timeframe} cannot be made of bars of {bars.timeframe}")
    calendar = Calendar(zone, daily=bars.daily)
    ends: Ints = np.asarray(calendar.bucket_ends(bars.ts, timeframe))
    count = _complete(bars, ends, calendar)
    if not count:
        raise DataError(f"{len(bars)} bars of {bars.timeframe} hold no complete bar of {timeframe}")
    starts = np.flatnonzero(np.diff(ends[:count], prepend=ends[0] - 1))
    lasts = np.append(starts[1:], count) - 1
    begins = np.asarray(calendar.bucket(bars.ts[starts], timeframe)[0])
    labels = begins if timeframe.intraday else np.asarray(calendar.day_number(begins)) * DAY
    return Bars(
        bars.symbol, timeframe, labels,
        _first_known(bars.open[:count], starts),
        np.fmax.reduceat(bars.high[:count], starts),
        np.fmin.reduceat(bars.low[:count], starts),
        _last_known(bars.close[:count], starts),
        _summed(bars.volume[:count], starts),
        {name: column[lasts] for name, column in bars.extra.items()},
        (*bars.notes, *_notes(bars, timeframe, zone, len(starts), int(begins[0]), count)),
        bars.unread,
    )  # fmt: skip


def _complete(bars: Bars, ends: Ints, calendar: Calendar) -> int:
    """How many bars lie in complete buckets: all, or those before the last bucket."""
    if not len(bars):
        return 0
    close = calendar.close_of(int(bars.ts[-1]), bars.timeframe)
    return len(bars) if close >= ends[-1] else int(ends.searchsorted(ends[-1]))


def _notes(bars: Bars, timeframe: Timeframe, zone: str, made: int, begin: int, count: int) -> list[str]:
    where = "" if bars.daily else f", in the calendar of {zone}"
    notes = [f"{made} bars of {timeframe} made of {count} bars of {bars.timeframe}{where}"]
    if begin != bars.ts[0]:
        notes.append(f"the first bar of {timeframe} is partial: the data begin inside it")
    if count < len(bars):
        notes.append(f"the last bar of {timeframe} is not complete and was left out: the data end inside it")
    return notes


# --- merging: what is missing is passed over -----------------------------------------------------------


def _first_known(values: Floats, starts: Ints) -> Floats:
    """The first number of each bucket, na where it has none."""
    import numpy as np

    if not np.isnan(values[starts]).any():
        return values[starts]
    places = np.where(np.isnan(values), len(values), np.arange(len(values)))
    return np.append(values, np.nan)[np.minimum.reduceat(places, starts)]


def _last_known(values: Floats, starts: Ints) -> Floats:
    import numpy as np

    turned = (len(values) - np.append(starts[1:], len(values)))[::-1]
    return _first_known(values[::-1], turned)[::-1].copy()


def _summed(values: Floats, starts: Ints) -> Floats:
    """Sums in the order of the bars, as they grow live: numpy's own would add in another."""
    import numpy as np

    sizes = np.diff(np.append(starts, len(values)))
    found = values[starts]
    order = np.argsort(-sizes, kind="stable")  # the longest buckets first: those that go on are always the first
    counts, at = sizes[order], starts[order]
    total = found[order]
    for place in range(1, int(sizes.max())):
        going = int((counts > place).sum())
        total[:going] = _added(total[:going], values[at[:going] + place])
    found[order] = total
    return found


def _added(total: Floats, more: Floats) -> Floats:
    import numpy as np

    with np.errstate(over="ignore"):
        grown = np.where(np.isnan(more), total, np.where(np.isnan(total), more, total + more))
    return np.where(np.abs(grown) > LARGEST, np.nan, grown)

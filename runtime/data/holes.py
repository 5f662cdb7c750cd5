"""Holes in the data: time without a bar where bars are usual. Told, never filled.

Nights, breaks and week ends are no holes: they recur at the same time of day. Nor are holidays, which recur from
year to year, and minutes in which nothing traded. What cannot be told from these is not called a hole.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..calendar.civil import DAY, HOUR, MINUTE, SECOND, weekday_of
from .bars import Bars

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Mask = NDArray[np.bool_]

_LONG = 8 * DAY
"""The longest time that a market is closed but for feasts of its own: in September 2001 it was seven days."""
_FEAST, _FEAST_PART, _MOVES = 12 * DAY, 5 * DAY, 25
"""How long feasts last that recur every year, how long one must at least be, and by how many days they move."""
_FINE, _THIN, _PAUSE = 15 * MINUTE, 0.02, 4 * HOUR
"""Of bars shorter than this some are missing because nothing traded: so long a hole must be then, or a pause where
that is so after more than this share of the bars."""
_WEEKEND = 4 * DAY
_EARLY = 5 * HOUR
"""By how much a session may end before its time."""
_A_WEEK, _A_YEAR = 7 * DAY, 365.2425 * DAY
_SATURDAY, _SATURDAY_NOON = 6, 2 * DAY + 12 * HOUR  # of the week that began on Thursday, 1 January 1970
_OFTEN = 0.1
"""In what share of the weeks a break begins or ends at a time of day."""
_CLOSED = ((12, 24), (12, 25), (12, 26), (12, 31), (1, 1), (1, 2))
"""Months and days on which markets that trade day and night are closed, for some of the hours."""
_MOVED = 6
"""By how many days a holiday such as the third Monday of a month moves from year to year."""
_RECURS = 0.2
"""The share of years from which on a weekday without a bar is a holiday."""
_SPARE, _HOLIDAYS, _ONCE = 5, 17, 1
"""Single weekdays without a bar that are told by nobody: so many in all, and so many a year, of all and of those that
are none of the holidays that recur. Japan has 17 holidays on weekdays; storms and funerals close an exchange once."""


class Gaps:
    """The bars that more time follows than their own, found some rows at a time."""

    def __init__(self, bars: Bars) -> None:
        self._ts, self._length = bars.ts, bars.timeframe.seconds * SECOND
        self._found: list[Ints] = []

    def look(self, first: int, stop: int) -> None:
        """Those of the rows from `first` up to `stop`, in order."""
        import numpy as np

        gaps = np.diff(self._ts[first : stop + 1])
        if len(gaps) and gaps.max() > self._length:
            self._found.append(np.flatnonzero(gaps > self._length) + first)

    def before(self) -> Ints:
        """All that were found."""
        import numpy as np

        return np.concatenate(self._found) if self._found else np.empty(0, np.int64)


def hole_notes(bars: Bars, gaps: Gaps) -> tuple[str, ...]:
    """A sentence with the count of holes and the longest, with the bars on both sides of it; none if there is none.

    gaps: of these bars, all rows of which were looked at.
    """
    import numpy as np

    if len(bars) < 3:
        return ()
    before = gaps.before()
    begins, ends = bars.ts[before], bars.ts[before + 1]
    unit = bars.timeframe.unit
    if bars.timeframe.intraday:
        holes = _of_sessions(bars, begins + bars.timeframe.seconds * SECOND, ends)
    elif unit == "d":
        holes = _of_days(bars, begins, ends)
    else:
        holes = ends - begins > bars.timeframe.seconds * SECOND * 9 // 4
    if not holes.any():
        return ()
    at = np.flatnonzero(holes)[(ends - begins)[holes].argmax()]
    count = int(holes.sum())
    told = f"no bar between {_shown(begins[at], bars)} and {_shown(ends[at], bars)}"
    return (f"{count} holes in the data, the longest with {told}" if count > 1 else f"a hole in the data: {told}",)


def _shown(stamp: np.int64, bars: Bars) -> str:
    import numpy as np

    return str(np.datetime64(int(stamp), "us").astype("datetime64[s]"))[: 10 if bars.daily else None]


# --- bars of days --------------------------------------------------------------------------------------


def _of_days(bars: Bars, begins: Ints, ends: Ints) -> Mask:
    """Every day without a bar where each day of the week has its own; else long times, and what are no holidays."""
    import numpy as np

    length = bars.timeframe.seconds * SECOND
    if _every_day(bars):
        return np.ones(len(ends), dtype=np.bool_)
    long = _too_long(begins, ends, length)
    return long if bars.timeframe.count > 1 else long | _no_holidays(bars, begins, ends)


def _every_day(bars: Bars) -> bool:
    """Whether there are as many bars on Saturdays as on other days, more or less."""
    import numpy as np

    counts = np.bincount(weekday_of(bars.ts // DAY), minlength=8)[1:]
    return bool(counts[_SATURDAY - 1] * 2 > counts.max())


def _too_long(begins: Ints, ends: Ints, length: int) -> Mask:
    """Longer than markets are closed, unless it is a feast that other years have too."""
    import numpy as np

    gaps = ends - begins - length + DAY
    long: Mask = gaps > _LONG
    feasts = np.flatnonzero(gaps >= _FEAST_PART)
    year, day = np.divmod(begins[feasts] / _A_YEAR, 1.0)
    for at in np.flatnonzero(long & (gaps <= _FEAST)):
        own_year, own_day = divmod(begins[at] / _A_YEAR, 1.0)
        apart = np.abs(day - own_day)
        near = np.minimum(apart, 1.0 - apart) * 365 <= _MOVES
        long[at] = not bool((near & (year != own_year)).any())
    return long


def _no_holidays(bars: Bars, begins: Ints, ends: Ints) -> Mask:
    """The gaps with weekdays that are too many for holidays: all of them, or those that no other year misses."""
    import numpy as np

    short = ends - begins <= _LONG
    first, last = int(bars.ts[0] // DAY), int(bars.ts[-1] // DAY)
    there = np.zeros(last - first + 1, dtype=np.bool_)
    there[bars.ts // DAY - first] = True
    for begin, end in zip(begins[~short].tolist(), ends[~short].tolist(), strict=True):
        there[begin // DAY - first : end // DAY - first] = True  # told by themselves
    missing = np.flatnonzero(~there & (weekday_of(np.arange(first, last + 1)) < _SATURDAY)) + first
    years = (last - first - int((ends - begins)[~short].sum()) // DAY) / 365.2425
    holes: Mask = np.zeros(len(ends), dtype=np.bool_)
    for days, a_year in ((missing[~_recur(missing, years)], _ONCE), (missing, _HOLIDAYS)):
        if len(days) > _SPARE + a_year * years and (years >= 2.0 or a_year == _HOLIDAYS):
            holes[np.searchsorted(ends // DAY, days)] = True
            break
    return holes


def _recur(days: Ints, span: float) -> Mask:
    """Which days lie near the same day of the year in enough other years; span: of the data, in years."""
    import numpy as np

    years, places = np.divmod(days, 365.2425)
    year, place = (years - years.min(initial=0.0)).astype(np.int64), places.astype(np.int64)
    missed = np.zeros((int(year.max(initial=0)) + 1, 366), dtype=np.bool_)
    for move in range(-_MOVED, _MOVED + 1):
        missed[year, (place + move) % 366] = True
    others = missed.sum(axis=0)[place] - 1
    recurs: Mask = others >= max(1.0, _RECURS * (span - 1.0))
    return recurs


# --- shorter bars --------------------------------------------------------------------------------------


def _of_sessions(bars: Bars, begins: Ints, ends: Ints) -> Mask:
    """Gaps from the end of a bar to the next that are neither breaks that recur, nor week ends, nor holidays."""
    length = bars.timeframe.seconds * SECOND
    least = length if length >= _FINE else _FINE if len(ends) <= _THIN * len(bars) else _PAUSE
    holes: Mask = ends - begins >= least
    if not holes.any():
        return holes
    begins, ends = begins[holes], ends[holes]
    found = ~_breaks(bars, begins, ends)
    if not _on_saturdays(bars.ts):
        found &= ~(_over_a_weekend(begins, ends) | _over_new_year(begins, ends))
    holes[holes] = found | _too_long(begins, ends, DAY)
    return holes


def _breaks(bars: Bars, begins: Ints, ends: Ints) -> Mask:
    """Gaps that begin and end at times of day at which gaps usually do; or begin earlier, as before a holiday."""
    weeks, dates = (_spans_with_bars(bars.ts, 0, span, span) for span in (_A_WEEK, DAY))
    enough = max(_OFTEN * weeks, min(4, max(1, (dates - 1) // 2)))
    slot = bars.timeframe.seconds * SECOND
    wide = 1 if slot < _FINE else 0
    slot = HOUR if wide else slot
    begin, end = begins % DAY // slot, ends % DAY // slot
    slots = -(-DAY // slot)
    starts, stops = (_usual(at, slots, wide, enough) for at in (begin, end))
    in_time = starts[begin]
    for early in range(1, _EARLY // slot + 1):
        in_time |= starts[(begin + early) % slots] & (ends - begins > early * slot)
    breaks: Mask = in_time & stops[end]
    return breaks


def _usual(slots: Ints, count: int, wide: int, enough: float) -> Mask:
    """Which of so many slots of a day hold enough, with the `wide` ones beside them."""
    import numpy as np

    held = np.bincount(slots, minlength=count)
    usual: Mask = np.sum([np.roll(held, move) for move in range(-wide, wide + 1)], axis=0) >= enough
    return usual


def _on_saturdays(ts: Ints) -> bool:
    """Whether bars open in the middle of Saturdays, on which sessions of no zone's Friday or Sunday do."""
    return _spans_with_bars(ts, _SATURDAY_NOON - 6 * HOUR, 12 * HOUR, _A_WEEK) > 0


def _spans_with_bars(ts: Ints, first: int, length: int, every: int) -> int:
    """How many spans hold a bar, of those of a length that begin at an instant and at every so many µs from it."""
    import numpy as np

    begins = first + np.arange((ts[0] - first) // every, (ts[-1] - first) // every + 1) * every
    return int(np.count_nonzero(np.searchsorted(ts, begins + length) > np.searchsorted(ts, begins)))


def _over_a_weekend(begins: Ints, ends: Ints) -> Mask:
    """Whether the noon of a Saturday lies in gaps that are no longer than a week end with a holiday."""
    noon = begins + (_SATURDAY_NOON - begins) % _A_WEEK
    over: Mask = (noon < ends) & (ends - begins <= _WEEKEND)
    return over


def _over_new_year(begins: Ints, ends: Ints) -> Mask:
    """Whether a gap of a few days touches Christmas or the turn of the year."""
    import numpy as np

    touches = np.zeros(len(begins), dtype=np.bool_)
    for stamps in (begins, ends - 1, (begins + ends) // 2):
        dates = stamps.astype("datetime64[us]").astype("datetime64[D]")
        month = dates.astype("datetime64[M]").astype(np.int64) % 12 + 1
        day = (dates - dates.astype("datetime64[M]")).astype(np.int64) + 1
        for one, other in _CLOSED:
            touches |= (month == one) & (day == other)
    over: Mask = touches & (ends - begins <= _LONG)
    return over

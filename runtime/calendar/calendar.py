"""The calendar of a run: what day and hour an instant is, and which higher bar it falls in.

Instants are int64 µs since 1970, UTC. A block of bars (int64 arrays) and one live bar (ints) go through the
same lines. Bars of a day or longer carry calendar dates, in no zone: their calendar is `daily`.

`fields` are the wall clock of a bar's open instant. `day_number` counts days by steady time, so that a day
never comes twice, not even where a clock is set back over midnight; higher bars are cut by the same days.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any

from ...lang.program.timeframe import Timeframe
from .civil import DAY, HOUR, MINUTE, SECOND, Ints, Whole, date_of, day_of, weekday_of
from .clock import Clock

_FIRST_MONDAY = 4  # 1970-01-05
_DAY_MINUTES = 1440
_FEW = 64  # instants below which placing ends is not worth it


class Calendar:
    """Calendar facts in one zone; with `daily`, of dates in no zone."""

    __slots__ = ("_bars", "_clock", "_date", "daily", "zone")

    def __init__(self, zone: str = "UTC", daily: bool = False) -> None:
        self.zone = zone
        self.daily = daily
        self._clock = clock_of("UTC" if daily else zone)
        self._date = (-1, (1969, 12, 31))  # the last single day asked for, and its date
        self._bars: dict[Timeframe, tuple[int, int]] = {}  # the last single bar asked for, per timeframe
        if daily:
            clock_of(zone)  # a zone that does not exist is an error in any case

    def __repr__(self) -> str:
        return f"Calendar({self.zone!r}, daily={self.daily})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Calendar) and (self.zone, self.daily) == (other.zone, other.daily)

    def __hash__(self) -> int:
        return hash((self.zone, self.daily))

    def column(self, name: str, open_instant: Whole, close_instant: Whole) -> Whole:
        """The column `name` of bars; `time` is in whole seconds. KeyError names what there is."""
        reader = _READERS.get(name)
        if reader is None:
            raise KeyError(f"no calendar field is called {name!r}; there are {', '.join(FIELDS)}")
        value: Whole = reader(self, close_instant if name == "decision_minute" else open_instant)
        return value

    def field(self, name: str, instant: Whole) -> Whole:
        """One field of an instant; `decision_minute` is then the minute of the day of that very instant."""
        return self.column(name, instant, instant)

    def date(self, instant: Whole) -> tuple[Whole, Whole, Whole]:
        """Year, month and day on the wall."""
        day = self._clock.local(instant) // DAY
        if not isinstance(day, int):
            return date_of(day)
        held, date = self._date
        if held != day:
            date = date_of(day)
            self._date = (day, date)
        return date

    def day_number(self, instant: Whole) -> Whole:
        """Days since 1970-01-01 in the zone; never decreasing."""
        return self._clock.steady(instant) // DAY

    def passed(self, instant: Whole, minutes: int) -> Whole:
        """How often a time of day, in minutes, has come in the zone up to an instant, it included; never decreasing.

        Counted from a day that stands for all: only differences mean something. 1440 is the end of a day.
        """
        return (self._clock.steady(instant) - minutes % _DAY_MINUTES * MINUTE) // DAY

    def day_begins(self, day: Whole) -> Whole:
        """The first instant of a day."""
        return self._clock.begins(day * DAY)

    def bucket(self, instant: Whole, timeframe: Timeframe) -> tuple[Whole, Whole]:
        """The bar of `timeframe` that holds an instant: its first instant, and the first after it.

        Intraday bars step in real time from local midnight and the last of a day ends with it. Days, weeks
        (from Monday) and months are local; multiples count from 1970-01-01, 1970-01-05 and January 1970.
        """
        if not isinstance(instant, int):
            return self._bar(instant, timeframe)
        held = self._bars.get(timeframe, (0, 0))
        if not held[0] <= instant < held[1]:
            self._bars[timeframe] = held = self._bar(instant, timeframe)
        return held

    def bucket_ends(self, ts: Whole, timeframe: Timeframe) -> Whole:
        """The ends of the bars of `timeframe` that hold the rising instants `ts`.

        The same values as `bucket(ts, timeframe)[1]`; for a block, found by placing the ends among the
        instants, which costs a small part of asking each of them.
        """
        if isinstance(ts, int) or len(ts) < _FEW:
            return self.bucket(ts, timeframe)[1]
        import numpy as np

        ends, stops = self.ends_among(ts, timeframe)
        found: Ints = np.repeat(ends, np.diff(stops, prepend=0))
        return found

    def ends_among(self, ts: Ints, timeframe: Timeframe) -> tuple[Ints, Ints]:
        """The end of each bar of `timeframe` that holds one of the rising instants `ts`, at least one, and how many
        of these lie before it."""
        import numpy as np

        ends = self._ends_over(int(ts[0]), int(ts[-1]), timeframe, 4 * len(ts))
        if ends is None:
            ends = np.unique(np.asarray(self.bucket(ts, timeframe)[1]))
        stops = _before(ts, ends)
        held = np.diff(stops, prepend=0) > 0
        return ends[held], stops[held]

    def _ends_over(self, first: int, last: int, timeframe: Timeframe, most: int) -> Ints | None:
        """The ends of all bars from that of `first` to that of `last`; None if there are more than `most`."""
        import numpy as np

        if (last - first) // (timeframe.seconds * SECOND) > most:
            return None
        if not timeframe.intraday:
            return np.asarray(list(self._following(first, last, timeframe)), dtype=np.int64)
        days = np.arange(self.day_number(first), self.day_number(last) + 1, dtype=np.int64)
        midnights = self.day_begins(np.append(days, days[-1] + 1))
        step = timeframe.seconds * SECOND
        counts = -((midnights[:-1] - midnights[1:]) // step)
        places = np.arange(int(counts.sum()), dtype=np.int64) - np.repeat(np.cumsum(counts) - counts, counts)
        ends = np.minimum(np.repeat(midnights[:-1], counts) + (places + 1) * step, np.repeat(midnights[1:], counts))
        begin, stop = self.bucket(first, timeframe)[1], self.bucket(last, timeframe)[1]
        held: Ints = ends[np.searchsorted(ends, begin) : np.searchsorted(ends, stop) + 1]
        return held

    def _following(self, first: int, last: int, timeframe: Timeframe) -> Iterator[int]:
        """Bar ends one after another, from the bar that holds `first` to the one that holds `last`."""
        end = int(self.bucket(first, timeframe)[1])
        yield end
        while end <= last:
            end = int(self.bucket(end, timeframe)[1])
            yield end

    def close_of(self, open_instant: Whole, timeframe: Timeframe) -> Whole:
        """The close instant of a bar: its open and the timeframe; a month ends where the next begins."""
        if timeframe.unit != "mo":
            return open_instant + timeframe.seconds * SECOND
        year, month, _ = self.date(open_instant)
        following = year * 12 + month - 1 + timeframe.count
        return self.day_begins(day_of(following // 12, following % 12 + 1))

    def _bar(self, instant: Whole, timeframe: Timeframe) -> tuple[Whole, Whole]:
        day = self.day_number(instant)
        if timeframe.intraday:
            return self._intraday(instant, day, timeframe.seconds * SECOND)
        first, following = _days(day, timeframe)
        return self.day_begins(first), self.day_begins(following)

    def _intraday(self, instant: Whole, day: Whole, step: int) -> tuple[Whole, Whole]:
        midnight, following = self.day_begins(day), self.day_begins(day + 1)
        begin = midnight + (instant - midnight) // step * step
        past = begin + step - following
        return begin, begin + step - past * (past > 0)


def _before(ts: Ints, ends: Ints) -> Ints:
    """How many of the rising instants lie before each of these ends, which are behind the first: counted as if all were
    as far apart, which a look beside each place confirms, and looked for where they are not."""
    import numpy as np

    count = len(ts)
    step = (int(ts[-1]) - int(ts[0])) // (count - 1) if count > 1 else 0
    if step > 0:
        stops: Ints = np.clip(-((ts[0] - ends) // step), 1, count)
        if (ts[stops - 1] < ends).all() and ((stops == count) | (ts[np.minimum(stops, count - 1)] >= ends)).all():
            return stops
    found: Ints = np.searchsorted(ts, ends)
    return found


def _days(day: Whole, timeframe: Timeframe) -> tuple[Whole, Whole]:
    """The day span of a bar of days, weeks or months: its first day, and the first after it."""
    count = timeframe.count
    if timeframe.unit == "mo":
        year, month, _ = date_of(day)
        index = ((year - 1970) * 12 + month - 1) // count * count + 1970 * 12
        following = index + count
        return day_of(index // 12, index % 12 + 1), day_of(following // 12, following % 12 + 1)
    length, origin = (7 * count, _FIRST_MONDAY) if timeframe.unit == "w" else (count, 0)
    first = (day - origin) // length * length + origin
    return first, first + length


def _minute_of_day(calendar: Calendar, instant: Whole) -> Whole:
    return calendar._clock.local(instant) % DAY // MINUTE


_READERS: dict[str, Callable[..., Any]] = {
    "time": lambda calendar, instant: instant // SECOND,
    "year": lambda calendar, instant: calendar.date(instant)[0],
    "month": lambda calendar, instant: calendar.date(instant)[1],
    "day": lambda calendar, instant: calendar.date(instant)[2],
    "weekday": lambda calendar, instant: weekday_of(calendar._clock.local(instant) // DAY),
    "hour": lambda calendar, instant: calendar._clock.local(instant) % DAY // HOUR,
    "minute": lambda calendar, instant: calendar._clock.local(instant) % HOUR // MINUTE,
    "day_number": Calendar.day_number,
    "decision_minute": _minute_of_day,
}
FIELDS = tuple(_READERS)
"""The names that `column` knows."""


@lru_cache(maxsize=64)
def clock_of(zone: str) -> Clock:
    return Clock(zone)

"""Columns for the engines: the data's own, and what the calendar says of each bar.

A block of history and one live bar go through the same calendar functions, so
that they cannot disagree. Blocks are made as they are needed: memory does not
grow with the length of the history.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from ...lang.diagnostics.brief import brief
from ...lang.diagnostics.suggest import nearest
from ...lang.plan.model import Column
from ...lang.program.timeframe import timeframe as read_timeframe
from ..calendar import Calendar
from ..data.headers import field_of
from ..data.quality import LARGEST
from ..errors import RunError, UsageFault

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from ...lang.program.timeframe import Timeframe
    from ..data.bars import Bars

PRICES = ("open", "high", "low", "close", "volume")
LONG = 16
"""How many times as long as a bar a higher one lasts at least for its ends to be looked for one by one, not by bar."""
SHORT = 65_536
"""Bars of a history whose higher ends are found before its first block: of more, nobody waits for them."""
NA = float("nan")


class History:
    """The columns of loaded bars, by block."""

    def __init__(self, bars: Bars, zone: str) -> None:
        self.bars = bars
        self._calendars = _Calendars(zone, bars.daily)
        self._long = LONG * bars.timeframe.seconds
        self._ends: dict[Timeframe, tuple[NDArray[np.int64], NDArray[np.int64]]] = {}

    def __len__(self) -> int:
        return len(self.bars)

    def __call__(self, column: Column, first: int, stop: int) -> NDArray[Any]:
        """`column` for the bars from `first` up to `stop`: int64 if it is whole, else float64, contiguous."""
        import numpy as np

        found = np.ascontiguousarray(self._read(column, first, stop), dtype=np.int64 if column.whole else np.float64)
        if found.shape != (stop - first,):  # an array of the caller's that was resized meanwhile
            raise RunError(f"the data changed while they were read: {column.name} has {found.size} values of "
                           f"{stop - first}")  # fmt: skip
        return found

    def _read(self, column: Column, first: int, stop: int) -> Any:
        if column.source == "bar" and column.name in PRICES:
            return getattr(self.bars, column.name)[first:stop]
        if column.source == "data":
            return own_column(self.bars.extra, column.name, self.bars.unread)[first:stop]
        opened = self.bars.ts[first:stop]
        if column.source == "bar" and column.name == "time":
            return opened
        if column.source == "bucket_end" and (higher := read_timeframe(column.timeframe)).seconds >= self._long:
            return self._placed_ends(higher, first, stop)
        return self._calendars.reader(column)(opened, self._calendars.close(opened, self.bars.timeframe))

    def _placed_ends(self, higher: Timeframe, first: int, stop: int) -> NDArray[np.int64]:
        """The ends of higher bars, which are few."""
        import numpy as np

        if first == stop:  # a symbol of several may have no bar at all
            return np.empty(0, np.int64)
        ends, stops = self._known_ends(higher) if len(self.bars) <= SHORT else self._ends_of(higher, first, stop)
        begin, last = np.searchsorted(stops, (first, stop - 1), side="right")
        held = np.minimum(stops[begin : last + 1], stop)
        return np.repeat(ends[begin : last + 1], np.diff(held, prepend=first))

    def _ends_of(self, higher: Timeframe, first: int, stop: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """The ends of the higher bars that hold these bars, and before which bar each of them is over."""
        ends, stops = self._calendars.of("").ends_among(self.bars.ts[first:stop], higher)
        return ends, stops + first

    def _known_ends(self, higher: Timeframe) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """The same of a whole history, found once: it may be asked for in many small blocks."""
        if higher not in self._ends:
            self._ends[higher] = self._ends_of(higher, 0, len(self.bars))
        return self._ends[higher]


class Live:
    """The columns of one bar at a time."""

    def __init__(self, timeframe: Any, zone: str) -> None:
        self.timeframe = timeframe
        self._calendars = _Calendars(zone, not timeframe.intraday)

    def __call__(self, column: Column, bar: Any, extra: Mapping[str, float]) -> float | int:
        """`column` for a bar with the fields ts (µs) open high low close volume."""
        return self.reader(column)(bar, extra)

    def reader(self, column: Column) -> Callable[[Any, Mapping[str, float]], float | int]:
        """What reads `column` of a bar; whatever is the same for every bar is looked up once."""
        name = column.name
        if column.source == "bar" and name in PRICES:
            return lambda bar, extra: float(getattr(bar, name))
        if column.source == "data":
            return lambda bar, extra: own_number(extra, name)
        read, close, timeframe = self._calendars.reader(column), self._calendars.close, self.timeframe
        if column.whole:
            return lambda bar, extra: read(bar.ts, close(bar.ts, timeframe))
        return lambda bar, extra: float(read(bar.ts, close(bar.ts, timeframe)))


class _Calendars:
    """The calendars a run asks: its own zone, and those that `between` names."""

    def __init__(self, zone: str, daily: bool) -> None:
        self._zone, self._daily = zone, daily
        self._of: dict[str, Calendar] = {}

    def of(self, zone: str) -> Calendar:
        name = zone or self._zone
        if name not in self._of:
            self._of[name] = Calendar(name, daily=self._daily)
        return self._of[name]

    def close(self, opened: Any, timeframe: Any) -> Any:
        return self.of("").close_of(opened, timeframe)

    def reader(self, column: Column) -> Callable[[Any, Any], Any]:
        """What reads a column that depends on time alone from the open and the close instant, of one bar or many."""
        if column.source == "bar":
            return (lambda opened, closed: opened) if column.name == "time" else (lambda opened, closed: closed)
        calendar, name = self.of(column.zone), column.name
        if column.source == "passed":
            minutes = minutes_of(column.timeframe)
            return lambda opened, closed: calendar.passed(opened if name == "open" else closed, minutes)
        if column.source == "bucket_end":
            higher = read_timeframe(column.timeframe)
            return lambda opened, closed: calendar.bucket_ends(opened, higher)
        if column.timeframe:
            longer = read_timeframe(column.timeframe)
            return lambda opened, closed: calendar.column(name, *calendar.bucket(opened, longer))
        return lambda opened, closed: calendar.column(name, opened, closed)


def minutes_of(time: str) -> int:
    """A time of day "15:55" in minutes."""
    hours, minutes = time.split(":")
    return int(hours) * 60 + int(minutes)


def own_column(extra: Mapping[str, Any], name: str, unread: Mapping[str, str] = MappingProxyType({})) -> Any:
    """A column of the data's own; UsageFault says why there is none, or names the nearest there is."""
    if name in extra:
        return extra[name]
    if name in unread:
        raise UsageFault(f"column {name!r} of the data cannot be read: {unread[name]}")
    if not isinstance(extra, Mapping):
        raise UsageFault(
            f"own columns are given as a mapping of names to values, such as {{{name!r}: 1.5}}; found {brief(extra)}"
        )
    close = nearest(name, sorted(map(str, extra)))
    field = field_of(name)
    if close:
        there = f"did you mean {close!r}?"
    elif field in _WRITTEN:
        there = f"write `{_WRITTEN[field]}` without `column` for what every bar has"
    else:
        there = f"the data has {', '.join(sorted(map(str, extra))) or 'none of its own'}"
    raise UsageFault(f"the data has no column {name!r} of its own: {there}")


_WRITTEN = {"ts": "time", **{name: name for name in PRICES}}
"""How the language calls the fields of a bar."""


def own_number(extra: Mapping[str, Any], name: str) -> float:
    """A value of an own column as the engines take it: na if it is missing or beyond 1e300, as in loaded data."""
    value = own_column(extra, name)
    try:
        number = NA if value is None else float(value)
    except Exception:  # whatever is no number
        found = brief(value)
        raise RunError(f"column {name!r} of a bar is {found}; expected a number, true or false, or None") from None
    return number if -LARGEST <= number <= LARGEST else NA

"""Columns of the symbols of a panel: of a stretch of history, or of the bars of one event."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from ...lang.plan.model import Column
from ..machine.columns import PRICES, History, Live

if TYPE_CHECKING:
    from ..data.panel.model import Panel
    from .stretch import Stretch

_FIELDS = {"time": 0, **{name: place for place, name in enumerate(PRICES, 1)}}
"""Where a live bar (ts, open, high, low, close, volume) has its columns."""

Reader = Callable[[Any, Mapping[str, float]], Any]


class Past:
    """The columns of a panel. What time alone decides is made once for symbols that follow each other and have bars
    at the same times, as those of one exchange have."""

    def __init__(self, panel: Panel, zone: str) -> None:
        self._histories = [History(bars, zone) for bars in panel]
        self._last: dict[Column, tuple[Any, Any]] = {}  # a column, the times it was made for, and its values

    def of(self, stretch: Stretch, place: int, column: Column) -> Any:
        """The column on a symbol's bars of a stretch; int64 where it is whole, else float64, contiguous."""
        first = int(stretch.begins[place])
        stop = first + stretch.rows(place)
        history = self._histories[place]
        if column.source == "data" or column.name in PRICES:
            return history(column, first, stop)
        times = history.bars.ts[first:stop]
        known = self._last.get(column)
        if known is None or known[0].shape != times.shape or not (known[0] == times).all():
            self._last[column] = known = times, history(column, first, stop)
        return known[1]


class Present:
    """The columns of one bar. What time alone decides is made once for the bars of one event."""

    def __init__(self, timeframe: Any, zone: str) -> None:
        self._live = Live(timeframe, zone)
        self._readers: dict[Column, Reader] = {}

    def reader(self, column: Column) -> Reader:
        """What reads a column of a bar (ts, open, high, low, close, volume) and the data's own columns."""
        if column not in self._readers:
            self._readers[column] = self._made(column)
        return self._readers[column]

    def _made(self, column: Column) -> Reader:
        if column.source == "bar" and column.name in _FIELDS:
            place, make = _FIELDS[column.name], int if column.whole else float
            return lambda bar, extra: make(bar[place])
        read = self._live.reader(column)
        return read if column.source == "data" else _once(read)


def _once(read: Reader) -> Reader:
    """The same for the last time that was asked for."""
    at, value = None, None

    def again(bar: Any, extra: Mapping[str, float]) -> Any:
        nonlocal at, value
        if bar[0] != at:
            at, value = bar[0], read(bar, extra)
        return value

    return again

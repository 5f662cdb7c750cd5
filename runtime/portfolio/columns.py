"""Columns of the symbols of a panel: of a stretch of history, or of the bars of one event."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from ...lang.plan.model import Column
from ..machine.columns import PRICES, History, Live

if TYPE_CHECKING:
    from ..data.panel.model import Panel
    from .stretch import Stretch

FIELDS = {"time": 0, **{name: place for place, name in enumerate(PRICES, 1)}}
"""Where a live bar (ts, open, high, low, close, volume) has its columns."""


Bars = Mapping[int, tuple[Any, Mapping[str, float]]]
"""The bars of one event by the place of their symbol: (ts, open, high, low, close, volume), the data's own columns."""


class Past:
    """The columns of a panel. What time alone decides is made once for symbols that follow each other and have bars
    at the same times, as those of one exchange have."""

    def __init__(self, panel: Panel, zone: str) -> None:
        self._histories = [History(bars, zone) for bars in panel]
        self._panel, self._zone = panel, zone
        self._of_events: History | None = None
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


    def of_account(self, stretch: Stretch, column: Column) -> Any:
        """The column on the account's bars of a stretch, which are its events."""
        import numpy as np

        from ..data.bars import Bars as Loaded

        if self._of_events is None:
            opens = opens_of(self._panel)
            none = np.full(len(opens), np.nan)
            bars = Loaded("", self._panel.timeframe, opens, none, none, none, none, none)
            self._of_events = History(bars, self._zone)
        return self._of_events(column, stretch.first, stretch.first + len(stretch))


def opens_of(panel: Panel) -> Any:
    """When the first of the bars opened that close at each event, int64 in µs."""
    import numpy as np

    events = panel.events
    opens = np.empty(len(events.row), dtype=np.int64)
    for place, bars in enumerate(panel):
        opens[panel.places_of(place)] = bars.ts
    return np.minimum.reduceat(opens, events.offsets[:-1]) if len(opens) else opens


class Present:
    """The columns of a plan on one bar. What time alone decides is made once for the bars of one event."""

    def __init__(self, columns: Sequence[Column], timeframe: Any, zone: str) -> None:
        live = Live(timeframe, zone)
        at_bar = [column for column in columns if column.source == "bar" and column.name in FIELDS]
        own = [column for column in columns if column.source == "data"]
        given = [column for column in columns if column.source in ("given", "book_of")]
        timed = [column for column in columns if column not in (*at_bar, *own, *given)]
        places = {column: FIELDS[column.name] for column in at_bar}
        places |= {column: place for place, column in enumerate((*timed, *own, *given), len(FIELDS))}
        self._given = [column.name if column.source == "given" else "" for column in given]
        self._timed, self._own = [live.reader(each) for each in timed], [live.reader(each) for each in own]
        self._pick = _picker([places[column] for column in columns])
        self._plain = not (timed or own or given)
        self._at: int | None = None
        self._facts: tuple[Any, ...] = ()

    def row(
        self, place: int, bar: Any, extra: Mapping[str, float], given: Mapping[str, Sequence[float]]
    ) -> Sequence[Any]:
        """The values of a bar (ts, open, high, low, close, volume) of the symbol at this place, in the plan's order.

        extra: the data's own columns. given: crossings by symbol; a reading of another book is put in later, here 0.
        """
        if self._plain:
            return self._pick(bar)
        if bar[0] != self._at:
            self._at, self._facts = bar[0], tuple([read(bar, extra) for read in self._timed])
        values = (*bar, *self._facts)
        if self._own:
            values += tuple([read(bar, extra) for read in self._own])
        if self._given:
            values += tuple([given[name][place] if name else 0.0 for name in self._given])
        return self._pick(values)


def _picker(places: Sequence[int]) -> Callable[[Sequence[Any]], Sequence[Any]]:
    """What gives the items at these places."""
    if len(places) == 1:
        (place,) = places
        return lambda values: (values[place],)
    return itemgetter(*places) if places else lambda values: ()

"""What a run over several symbols left of each of them: its bars, what was held, what it brought."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from ...data.panel.events import last_of
from ...data.rates import standing

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from ...data.bars import Bars
    from ...data.panel import Panel
    from ..output import Series

    Bools = NDArray[np.bool_]
    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Several:
    """Of a run with n events and m bars in all, T symbols traded (the first of the panel).

    quantity, profit: float64[m], in the order of the panel's events: what a symbol's book held after the event at which
        the bar closed, signed, and what it had brought by then: money of closed lots and of open ones, after fees. A
        book changes only at bars of its own symbol.
    point_values: of each symbol traded.
    trades, orders, records: the place of the symbol of each row of these, T where an order is the account's own (a
        halt); records is None where they were not kept.
    conversions: of each symbol traded the column of rates by which its money is converted, "" where none is; empty
        where none of any is. currencies: of each what its prices are in, "" where nobody says.
    series: any let, signal or plot of the program by name, on the symbol at a place.
    end: quantity and profit of each symbol traded after the last event, where the end of the data closed what was open.
    groups: the places of the symbols traded that are in each group declared, by its name in small letters.
    """

    panel: Panel
    traded: int
    quantity: Floats
    profit: Floats
    point_values: Sequence[float]
    trades: Ints
    orders: Ints
    records: Ints | None = None
    series: Callable[[int], Mapping[str, Series]] = lambda place: {}
    end: Sequence[tuple[float, float]] | None = None
    conversions: Sequence[str] = ()
    currencies: Sequence[str] = ()
    groups: Mapping[str, tuple[int, ...]] = field(default_factory=dict)

    @property
    def symbols(self) -> tuple[str, ...]:
        """Those traded."""
        return self.panel.symbols[: self.traded]

    @property
    def bars(self) -> tuple[Bars, ...]:
        """Of those traded."""
        return self.panel.bars[: self.traded]

    def held(self, place: int) -> Floats:
        """The signed quantity of a symbol after each event."""
        return self._ended(place, 0, self._over_events(place, self.quantity))

    def brought(self, place: int) -> Floats:
        """What a symbol had brought after each event."""
        return self._ended(place, 1, self._over_events(place, self.profit))

    def value(self, place: int) -> Floats:
        """What was held of a symbol after each event was worth at its last known close, signed."""
        import numpy as np

        close = self._over_events(place, self._closes, np.nan)
        held = self.held(place)
        worth: Floats = np.where(held == 0.0, 0.0, held * close * self.point_values[place])
        return worth * self.rates(place) if self.converts(place) else worth

    def converts(self, place: int) -> bool:
        """Whether money of a symbol is converted."""
        return bool(self.conversions) and bool(self.conversions[place])

    def rates(self, place: int) -> Floats:
        """What one unit of a symbol's money was worth in the account's after each event; of one that is converted."""
        import numpy as np

        own = standing(self.panel.bars[place], self.conversions[place])
        events, instants = len(self.panel.events), self.panel.events.instants
        return own if len(own) == events else last_of(own, self.panel.bars[place].closes, instants, np.nan)

    @cached_property
    def gross(self) -> Floats:
        """The sizes of all values after each event, added in the order of the panel."""
        return self._sums[0]

    @cached_property
    def net(self) -> Floats:
        """All values after each event, added in the order of the panel."""
        return self._sums[1]

    @cached_property
    def count(self) -> Floats:
        """How many symbols were held after each event."""
        import numpy as np

        found = np.zeros(len(self.panel.events))
        for place in range(self.traded):
            found += self.held(place) != 0.0
        return found

    @cached_property
    def long(self) -> Bools:
        """Whether any was held long after each event."""
        found: Bools = self._sums[2] > 0.0
        return found

    @cached_property
    def short(self) -> Bools:
        """Whether any was held short after each event."""
        found: Bools = self._sums[3] > 0.0
        return found

    # --- inside ---------------------------------------------------------------------------------------

    def _ended(self, place: int, of: int, values: Floats) -> Floats:
        """The values over the events, the last one as the end of the data left it."""
        if self.end is not None and len(values):
            values[-1] = self.end[place][of]
        return values

    @cached_property
    def _sums(self) -> list[Floats]:
        """Of the values their sizes and themselves, and how many symbols are held long and short."""
        import numpy as np

        found = [np.zeros(len(self.panel.events)) for _ in range(4)]
        for place in range(self.traded):
            value, held = self.value(place), self.held(place)
            for line, part in zip(found, (np.abs(value), value, held > 0.0, held < 0.0), strict=True):
                line += part
        return found

    @cached_property
    def _closes(self) -> Floats:
        """The last known close of each bar's symbol, in the order of the events."""
        import numpy as np

        found = np.empty(len(self.panel.events.row))
        for place, bars in enumerate(self.panel):
            close = bars.close
            last = np.maximum.accumulate(np.where(close == close, np.arange(len(close)), 0))
            found[self.panel.places_of(place)] = close[last]
        return found

    def _over_events(self, place: int, values: Floats, before: float = 0.0) -> Floats:
        """What stood at a symbol's last bar, at each event; `before` its first one."""
        own = values[self.panel.places_of(place)]
        if len(own) == len(self.panel.events):
            return own
        found: Floats = last_of(own, self.panel.bars[place].closes, self.panel.events.instants, before)
        return found

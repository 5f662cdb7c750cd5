"""A panel: the bars of several symbols in a stated order, and what was known of each at any instant."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from ....lang.diagnostics.brief import brief
from ....lang.program.timeframe import Timeframe
from ...calendar.instants import Moment
from ..bars import Bars
from ..errors import DataChoiceError, DataError
from ..stamps import read_instant
from .events import Events, events_of, last_at
from .names import absent, called_alike

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Known:
    """What was known of a symbol at an instant: the row of its last closed bar, -1 if it had none, and its age.

    The age is the time since that bar closed, in µs, -1 where there is none. Of several instants both are int64 arrays.
    """

    row: Any
    age: Any

    @property
    def fresh(self) -> Any:
        """Whether the bar closed at that very instant."""
        return self.age == 0


@dataclass(frozen=True, eq=False)
class Panel:
    """Bars of one timeframe, each of another symbol; their order is the order of ties. DataError if they are not so.

    `notes` are on the panel as a whole; those of a symbol are its bars' own.
    """

    bars: tuple[Bars, ...]
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not isinstance(self.bars, tuple) or not self.bars or not all(isinstance(each, Bars) for each in self.bars):
            raise DataError(f"a panel is made of a tuple of Bars, of one symbol or more; found {brief(self.bars)}")
        if alike := called_alike(self.symbols):
            raise DataError(f"a panel holds a symbol once, in whatever case: found {' and '.join(map(repr, alike))}")
        other = next((each for each in self.bars if each.timeframe != self.timeframe), None)
        if other is not None:
            raise DataError(f"a panel has bars of one timeframe: those of {self.bars[0].symbol} last {self.timeframe}, "
                            f"those of {other.symbol} {other.timeframe}")  # fmt: skip

    def __len__(self) -> int:
        return len(self.bars)

    def __iter__(self) -> Iterator[Bars]:
        return iter(self.bars)

    def __contains__(self, symbol: object) -> bool:
        return symbol in self._places

    def __getitem__(self, symbol: str) -> Bars:
        """The bars of a symbol; DataChoiceError names the nearest where there are none."""
        return self.bars[self.place(symbol)]

    def __repr__(self) -> str:
        return f"Panel({len(self)} symbol{'s' * (len(self) != 1)} of {self.timeframe}, {len(self.events)} events)"

    @cached_property
    def symbols(self) -> tuple[str, ...]:
        """The symbols, in the order of the panel."""
        return tuple(each.symbol for each in self.bars)

    @property
    def timeframe(self) -> Timeframe:
        """How long a bar lasts, the same of all symbols."""
        return self.bars[0].timeframe

    @cached_property
    def _places(self) -> dict[str, int]:
        return {symbol: place for place, symbol in enumerate(self.symbols)}

    def place(self, symbol: str) -> int:
        """The place of a symbol in the panel: what `symbol` of the events holds. DataChoiceError: none of them."""
        if symbol not in self._places:
            raise DataChoiceError(absent([str(symbol)], self.symbols, "the panel"))
        return self._places[symbol]

    def select(self, symbols: Sequence[str]) -> Panel:
        """The panel of these symbols alone, in this order, sharing memory. DataChoiceError: one that is not there."""
        return Panel(tuple(self[symbol] for symbol in symbols), self.notes)

    # --- events ---------------------------------------------------------------------------------------

    @cached_property
    def events(self) -> Events:
        """The closes of all bars: the instants at which a decision may be made."""
        return events_of([each.closes for each in self.bars])

    @cached_property
    def opens(self) -> Events:
        """The opens of all bars. Those of an instant come after its closes (`before`)."""
        return events_of([each.ts for each in self.bars])

    def before(self) -> Ints:
        """For each event of `opens`, the last event of closes that precedes it, at the same instant or earlier; -1 if
        none does. What was decided there may fill at these opens."""
        found: Ints = last_at(self.events.instants, self.opens.instants)
        return found

    @cached_property
    def by_symbol(self) -> tuple[Ints, Ints]:
        """The places of each symbol's bars among those of all events, in order, symbol after symbol; and where those of
        each symbol begin in it, with the end of the last."""
        import numpy as np

        symbol = self.events.symbol
        if len(self) <= 1 << 16:
            symbol = symbol.astype(np.uint16)  # which is sorted in steps of its bytes
        begins = np.cumsum([0, *map(len, self.bars)], dtype=np.int64)
        return np.argsort(symbol, kind="stable"), begins

    def places_of(self, place: int) -> Ints:
        """The places of one symbol's bars among those of all events, in order. IndexError: no such place."""
        order, begins = self.by_symbol
        return order[begins[place] : begins[place + 1]]

    # --- what is known --------------------------------------------------------------------------------

    def known(self, symbol: str, at: Moment | Ints) -> Known:
        """The last bar of a symbol that closed at `at` or before; `at` is one time, or an int64 array of µs.

        DataChoiceError: a symbol that is not there. UsageFault: no time."""
        import numpy as np

        bars = self[symbol]
        several = isinstance(at, np.ndarray)
        if several and (at.dtype != np.int64 or at.ndim != 1):
            raise DataChoiceError(f"at: expected one array of int64, µs since 1970; found {at.dtype} of {at.shape}")
        instants = at if several else np.array([read_instant(at, "at", bars.daily)])
        closes = bars.closes
        rows = last_at(closes, instants)
        ages = np.where(rows < 0, -1, instants - closes[rows] if len(bars) else -1)
        return Known(rows, ages) if several else Known(int(rows[0]), int(ages[0]))

    def asof(self, symbol: str) -> Ints:
        """For each event of closes the row of the last bar of a symbol that had closed then; -1 where none had.
        DataChoiceError: a symbol that is not there."""
        found: Ints = last_at(self[symbol].closes, self.events.instants)
        return found

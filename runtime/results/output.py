"""What a run hands to its results: raw columns and rows, and the facts a reader needs beside them.

Everything here is made before results begin; nothing in this folder runs a program. Columns have one value per
bar of `bars`, the rows of trading are those of `runtime/trading/rows.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ...lang.plan.model import Text
from ..calendar.calendar import clock_of
from ..data.rates import standing

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from ..calendar.civil import Whole
    from ..data.bars import Bars
    from ..data.seal import Seal, Seals
    from ..run.again import Again
    from .gate import Check
    from .several.model import Several
    from .strategies.model import Strategies

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]
    Series = NDArray[np.float64] | NDArray[np.bool_]

Scalar = str | float | int | bool


@dataclass(frozen=True, slots=True)
class Statement:
    """An `enter` or `exit` as rows name it: "enter long", and its `because`."""

    label: str
    because: Text | None = None


@dataclass(frozen=True, slots=True)
class Plot:
    """A plot of the program. A unit of "price" is drawn over the candles, any other below them."""

    title: str
    unit: str = "number"


@dataclass(frozen=True, slots=True, eq=False)
class RunOutput:
    """One finished run.

    first: index of the first bar tested; the bars before it only warmed up. capital is in `assumptions`.
    equity, cash, quantity: at the close of each bar; quantity is signed.
    trades, orders, records: rows of float64; the last `counters["open_trades"]` trades were open at the end. records is
    None where the readings of the monitors were not kept.
    checks: those of the quality gate; what did not pass is among the notes.
    warmup: closed bars of each clock ("base", "4h") before the program may act.
    series: any let, signal or plot of the program by name.
    otherwise: the same run under another assumed path inside bars, its rows and its equity alone (cash and quantity are
    empty); None where no order has a level.
    seal: on bars whose memory is the caller's. again: what it takes to run it once more, None without.
    several: of a run over several symbols what each of them did. `bars` are then the account's timeline, a bar for each
        event (`runtime/run/several/timeline.py`), all indexes in rows are those of events, and `quantity` counts the
        symbols held.
    strategies: of a portfolio of strategies each of them; `several` has then a symbol for each book of each strategy.
    untold: where `again` is None, why nobody can be asked.
    magnify: what the finer bars were, and how many bars went by them; None without.
    native: whether native code ran it, and may measure it.
    carry: interest, borrow and funding of the whole run, below 0 where they cost.
    edges: the first and last close tested that is known, None without one.
    """

    strategy: str
    source: str
    source_hash: str
    bars: Bars
    first: int
    equity: Floats
    cash: Floats
    quantity: Floats
    trades: Floats
    orders: Floats
    records: Floats | None
    counters: Mapping[str, int]
    assumptions: Mapping[str, str | float]
    assumptions_hash: str
    params: Mapping[str, Scalar] = field(default_factory=dict)
    statements: tuple[Statement, ...] = ()
    plots: tuple[Plot, ...] = ()
    series: Mapping[str, Series] = field(default_factory=dict)
    warmup: Mapping[str, int] = field(default_factory=dict)
    magnify: Mapping[str, object] | None = None
    native: bool = False
    carry: float = 0.0
    notes: tuple[str, ...] = ()
    checks: tuple[Check, ...] = ()
    elapsed: Mapping[str, float] = field(default_factory=dict)
    otherwise: Callable[[str], RunOutput] | None = None
    seal: Seal | Seals | None = None
    again: Again | None = None
    several: Several | None = None
    strategies: Strategies | None = None
    untold: str = "this result was not made by a run here: there is no program to ask"
    edges: tuple[float, float] | None = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "edges", edges_of(self.bars.close[self.first :]))

    @property
    def capital(self) -> float:
        return float(self.assumptions["capital"])

    @property
    def point_value(self) -> float:
        return float(self.assumptions.get("point_value", 1.0))

    @property
    def points(self) -> float | NDArray[np.float64]:
        """What a point of price is worth in the account's money: at all times, or at each bar where rates convert."""
        rates = self.conversion
        return self.point_value * standing(self.bars, rates) if rates else self.point_value

    @property
    def conversion(self) -> str:
        """The column of rates by which the money of the one symbol is converted, "" where none is."""
        return str(self.assumptions.get("conversion", ""))

    @property
    def currency(self) -> str:
        """What money is in, "" where nobody says."""
        return str(self.assumptions.get("currency", ""))

    @property
    def currencies(self) -> tuple[str, ...]:
        """What the prices of each symbol traded are in, "" where nobody says."""
        if self.several is not None:
            return tuple(self.several.currencies)
        return (str(self.assumptions.get("quote_currency", self.currency)),)

    @property
    def zone(self) -> str:
        """The calendar zone of days and months."""
        return str(self.assumptions.get("timezone", "UTC"))

    @property
    def shown_zone(self) -> str:
        """The zone in which people read its times; "" for bars of a day or longer, which carry their date."""
        return "" if self.bars.daily else str(self.assumptions.get("timezone", "UTC"))

    def local(self, instants: Whole) -> Whole:
        """Instants as the clock on the wall of that zone shows them; dates as they are."""
        return clock_of(self.shown_zone).local(instants) if self.shown_zone not in ("", "UTC") else instants

    @property
    def tested(self) -> int:
        """How many bars were tested."""
        return max(0, len(self.bars) - self.first)


def edges_of(close: Floats) -> tuple[float, float] | None:
    """The first and the last number."""
    if not len(close):
        return None
    first, last = float(close[0]), float(close[-1])
    if first == first and last == last:
        return first, last
    known = close[close == close]
    return (float(known[0]), float(known[-1])) if len(known) else None

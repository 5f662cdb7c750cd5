"""One strategy of a portfolio while it runs: its events, its books, and what a limit over all strategies does to it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from ...machine.transfers import Transfer
from ...trading import layout as at
from ...trading import over_account
from ...trading.rows import BY_PORTFOLIO, HALTED_NOW, ORDER_REASON, ORDER_WIDTH
from ...trading.state import TradingState

if TYPE_CHECKING:
    from array import array

    import numpy as np
    from numpy.typing import NDArray

    from ...data.bars import Bars
    from ...results.output import RunOutput

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

NONE_WAITS = -(1 << 62)


@dataclass(slots=True)
class Holding(ABC):
    """A book of a strategy. index: bars run of it. leave_from: the instant from which `leaving` of it is to be ordered
    out, before the first of its bars that opens then or later; NONE_WAITS without one. conversion: the column of rates
    of its money."""

    symbol: str
    state: TradingState
    index: int = 0
    leave_from: int = NONE_WAITS
    leaving: float = 0.0
    conversion: str = ""

    @abstractmethod
    def last(self) -> Last:
        """Its last bar; of one that has had a bar."""

    @abstractmethod
    def coming(self, instant: int) -> int | None:
        """The open of the bar that it is about to run at an event, None where none of its bars closes then."""


class Last(NamedTuple):
    """A bar that was run: its open, when it closed, its close."""

    opened: int
    closed: int
    price: float


@dataclass(slots=True)
class OfBars(Holding):
    """A book over bars that are all known. opens, closes: instants of each."""

    bars: Bars = field(kw_only=True)
    opens: Ints = field(kw_only=True)
    closes: Ints = field(kw_only=True)

    def last(self) -> Last:
        place = self.index - 1
        return Last(int(self.opens[place]), int(self.closes[place]), float(self.bars.close[place]))

    def coming(self, instant: int) -> int | None:
        known = self.index < len(self.opens) and int(self.closes[self.index]) == instant
        return int(self.opens[self.index]) if known else None


class Running(ABC):
    """A strategy under way, of one symbol or of several that share its account.

    index: its events that were run. touched: whether a limit has changed anything in it. transfers: money that came
    from the other strategies or went to them.
    """

    def __init__(self, name: str, capital: float) -> None:
        self.name, self.capital = name, capital
        self.index, self.touched = 0, False
        self.transfers: list[Transfer] = []
        self._halted_today = False

    # --- what an engine is asked for -------------------------------------------------------------------

    @property
    @abstractmethod
    def holdings(self) -> Sequence[Holding]:
        """Its books, in the order of their symbols."""

    @abstractmethod
    def advance(self, stop: int) -> None:
        """Run its events up to `stop`."""

    @abstractmethod
    def keep(self) -> Any:
        """What it takes to come back here."""

    @abstractmethod
    def back(self, kept: Any) -> None:
        """To where `keep` was called."""

    @property
    @abstractmethod
    def account(self) -> TradingState:
        """Cash, equity and halts; of one symbol its book."""

    @property
    @abstractmethod
    def states(self) -> list[TradingState]:
        """All that rows are written into."""

    @abstractmethod
    def changed(self) -> None:
        """Something outside the engine has changed the books: what was handed out of this event is theirs again."""

    @abstractmethod
    def woken(self) -> None:
        """Something outside the engine has changed a halt."""

    @abstractmethod
    def given_to(self, holding: Holding) -> None:
        """A book gets the account's slots, before it acts."""

    @abstractmethod
    def taken_from(self, holding: Holding) -> None:
        """And gives them back."""

    @abstractmethod
    def next_instant(self) -> int:
        """Of the event that it is about to run."""

    # --- one event -------------------------------------------------------------------------------------

    @property
    def equity(self) -> float:
        return self.account.b[at.EQUITY]

    def step(self, *, denied: bool = False) -> int:
        """Run its next event; gives how many orders a limit denied. denied: what is decided now finds no room."""
        instant = self.next_instant()
        self._leave_before_its_bar(instant)
        count = self._denied() if denied else 0
        if not denied:
            self.advance(self.index + 1)
        self._leave_after_its_bar(instant)
        return count

    def _denied(self) -> int:
        k = self.account.k
        self.settle()
        before = [len(state.order_rows) for state in self.states]
        halted = k[at.HALTED] != at.NOT_HALTED
        if not halted:
            k[at.HALTED] = at.NO_ROOM
            self.woken()
        self.advance(self.index + 1)
        if halted:
            return 0
        if k[at.HALTED] == at.NO_ROOM:
            k[at.HALTED] = at.NOT_HALTED
        for holding in self.holdings:  # what a book keeps of its account until it is handed that again
            if holding.state.k[at.HALTED] == at.NO_ROOM:
                holding.state.k[at.HALTED] = at.NOT_HALTED
        self.settle()
        rows = zip(self.states, before, strict=True)
        return sum(_named_anew(state.order_rows, first) for state, first in rows)

    def settle(self) -> None:
        """Take the finished rows out of the buffers."""
        for state in self.states:
            state.drain()

    # --- what a limit does -----------------------------------------------------------------------------

    def halt(self, instant: int, until: int, *, told: bool) -> None:
        """No new risk, until the next day or for ever. told: whether a row says so."""
        state, own = self.account, self.account.k
        self._halted_today = self._halted_today or (until == at.UNTIL_DAY and own[at.HALTED] == at.NOT_HALTED)
        number, time = self._now()
        over_account.halt_account(state.b, state.k, state.orders, number, time, until, told)
        for holding in self.holdings:
            holding.state.k[at.HALTED] = max(holding.state.k[at.HALTED], own[at.HALTED])
        self.touched = True
        self.woken()

    def begin_day(self) -> None:
        """A new day of the portfolio: what it halted for a day goes on, if nothing of its own has halted it since."""
        k = self.account.k
        if self._halted_today and k[at.HALTED] == at.UNTIL_DAY and not self._halted_by_itself():
            for state in (self.account, *(holding.state for holding in self.holdings)):
                state.k[at.HALTED] = at.NOT_HALTED
            self.woken()
        self._halted_today = False

    def _halted_by_itself(self) -> bool:
        k = self.account.k
        guards = (k[at.GUARDS] + guard * at.GUARD_WIDTH for guard in range(k[at.GUARD_COUNT]))
        return any(k[here + at.TRIPPED] and k[here + at.GUARD_UNTIL] == at.UNTIL_DAY for here in guards)

    def leave(self, instant: int) -> None:
        """Order all out that is held, each book at its next open from an instant on.

        One whose bar closes now has been decided, and is ordered out at once. A bar of another may be under way: it is
        ordered out when its next one is known, before it or after it.
        """
        self.leave_part(instant, [at.EVERYTHING] * len(self.holdings))

    def leave_part(self, instant: int, quantities: Sequence[float]) -> None:
        """The same of a quantity of each book; of one whose is 0 what waits or rests of entries ends alone."""
        for holding, quantity in zip(self.holdings, quantities, strict=True):
            if quantity == 0.0 and not (holding.state.k[at.PENDING] or holding.state.k[at.RESTING]):
                continue
            holding.leave_from, holding.leaving = instant, min(holding.leaving + quantity, at.EVERYTHING)
            if holding.index and holding.last().closed == instant:
                self._order_out(holding, instant)

    @property
    def waiting(self) -> list[tuple[int, float]]:
        """From when on each book is to be ordered out, and how much: a part of what `keep` keeps."""
        return [(holding.leave_from, holding.leaving) for holding in self.holdings]

    def wait_again(self, waiting: list[tuple[int, float]]) -> None:
        for holding, (instant, quantity) in zip(self.holdings, waiting, strict=True):
            holding.leave_from, holding.leaving = instant, quantity

    @property
    def leaves(self) -> bool:
        """Whether a book is still to be ordered out."""
        return any(holding.leave_from != NONE_WAITS for holding in self.holdings)

    @property
    def holds(self) -> bool:
        return any(holding.state.k[at.LOT_COUNT] > 0 for holding in self.holdings)

    def _order_out(self, holding: Holding, instant: int) -> None:
        """What is to leave of a book is ordered out; where its last bar closes now and that is its fill policy, at that
        close."""
        quantity = holding.leaving
        holding.leave_from, holding.leaving = NONE_WAITS, 0.0
        if holding.index == 0:
            return
        self.touched = True
        last, state = holding.last(), holding.state
        self.given_to(holding)
        over_account.order_out(state.b, state.k, state.orders, holding.index - 1, last.opened, quantity)
        if last.closed == instant:
            over_account.fill_at_close(state.b, state.k, state.trades, state.orders, state.records, last.price)
        self.taken_from(holding)
        self.changed()

    def staying(self, holding: Holding, instant: int) -> float:
        """The gross value of a book, less what exits that wait will close, and what is to be ordered out."""
        b, k = holding.state.b, holding.state.k
        now = holding.index > 0 and holding.last().closed == instant
        stays = over_account.staying(b, k, holding.last().opened if now else -1)
        return max(stays - holding.leaving * b[at.POINT_VALUE] * abs(b[at.PRICE]), 0.0) if holding.leaving else stays

    def too_much(self, holding: Holding, stays: float, others: float, equity: float, level: float) -> float:
        """How much of a book is to leave, with its part of what is too much of it and of `others` together."""
        b, k = holding.state.b, holding.state.k
        return over_account.too_much(b, k, stays, others, equity, level, b[at.PRICE]) if stays > 0.0 else 0.0

    @property
    def begins(self) -> int:
        """The first of its events that is tested."""
        return 0

    def transfer(self, asked: float, got: float, event: int) -> None:
        """Money from the other strategies, or below 0 to them, at the close of its last bar. event: of the portfolio,
        before which it is."""
        state, (number, time) = self.account, self._now()
        over_account.transfer(state.b, state.k, state.orders, state.records, number, time, asked, got)
        self.transfers.append(Transfer(self.index, time, asked, got))
        self.woken()

    @property
    def free(self) -> float:
        """Equity that is not tied up."""
        return self.equity + sum(over_account.free(each.state.b, each.state.k) for each in self.holdings)

    def _leave_before_its_bar(self, instant: int) -> None:
        for holding in self.holdings:
            if holding.leave_from != NONE_WAITS:
                opened = holding.coming(instant)
                if opened is not None and opened >= holding.leave_from:
                    self._order_out(holding, holding.leave_from)

    def _leave_after_its_bar(self, instant: int) -> None:
        for holding in self.holdings:
            waits = holding.leave_from != NONE_WAITS and holding.index > 0
            if waits and holding.last().closed == instant:
                self._order_out(holding, instant)

    def _now(self) -> tuple[int, int]:
        """The number of the last event run, and when its bar opened."""
        last = max(self.index - 1, 0)
        times = [holding.last().opened for holding in self.holdings if holding.index]
        return last, max(times, default=0)


class Moved(NamedTuple):
    """Money came or went: after how many of its events, before which event of the portfolio, and its equity and cash
    before that."""

    after: int
    event: int
    equity: float
    cash: float


class Backtested(Running):
    """One over bars that are all known.

    instants: the closes of its bars, each an event of its own clock. first: the first of them that is tested. moved:
    what its account was before each of its transfers.
    """

    def __init__(self, name: str, capital: float, instants: Ints, first: int) -> None:
        super().__init__(name, capital)
        self.instants, self.first = instants, first
        self.moved: list[Moved] = []

    @property
    @abstractmethod
    def holdings(self) -> Sequence[OfBars]: ...

    @property
    @abstractmethod
    def equities(self) -> Floats:
        """Its equity after each of its events, of those run."""

    @property
    @abstractmethod
    def foreseeable(self) -> bool:
        """Whether what it decides can be bounded by the orders it leaves."""

    @property
    @abstractmethod
    def pays(self) -> bool:
        """Whether its program pays money in, or takes it out."""

    @abstractmethod
    def quantities(self, place: int) -> Floats:
        """What the book at a place among `holdings` held after each of its bars, signed."""

    @abstractmethod
    def finished(self, engine: str, elapsed: dict[str, float], *, keep_records: bool) -> RunOutput:
        """The end of the data, and what it left."""

    def next_instant(self) -> int:
        return int(self.instants[self.index])

    @property
    def begins(self) -> int:
        return self.first

    def transfer(self, asked: float, got: float, event: int) -> None:
        b = self.account.b
        self.moved.append(Moved(self.index, event, b[at.EQUITY], b[at.CASH]))
        super().transfer(asked, got, event)
        self.changed()

    def again(self, transfers: Sequence[Transfer]) -> None:
        """All of it alone, with the money that came and went in a portfolio."""
        for each in transfers:
            self.advance(each.after)
            self.transfer(each.asked, each.got, 0)
        self.advance(len(self.instants))

    def leave_at_the_end(self) -> None:
        """The data are over: what was to leave before bars that never came is ordered out, and finds no open."""
        for holding in self.holdings:
            if holding.leave_from != NONE_WAITS:
                self._order_out(holding, holding.leave_from)


def _named_anew(rows: array[float], first: int) -> int:
    """Orders denied because the portfolio had no room say so; gives how many."""
    count = 0
    for place in range(first + ORDER_REASON, len(rows), ORDER_WIDTH):
        if rows[place] == HALTED_NOW:
            rows[place] = float(BY_PORTFOLIO)
            count += 1
    return count

"""One strategy of a portfolio while it runs: its events, its books, and what a limit over all strategies does to it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

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
class Holding:
    """A book of a strategy. index: bars run of it. leave_from: the instant from which it is to be ordered out, once the
    bar that is under way then is over; NONE_WAITS without one. conversion: the column of rates of its money."""

    symbol: str
    state: TradingState
    bars: Bars
    opens: Ints
    closes: Ints
    index: int = 0
    leave_from: int = NONE_WAITS
    conversion: str = ""

    def next_opens_after(self, instant: int) -> bool:
        """Whether its next bar opens at an instant or later, or there is none."""
        return self.index >= len(self.opens) or int(self.opens[self.index]) >= instant


class Running(ABC):
    """A strategy under way, of one symbol or of several that share its account.

    instants: the closes of its bars, each an event of its own clock. first: the first of them that is tested. index:
    those run. touched: whether a limit has changed anything in it.
    """

    def __init__(self, name: str, capital: float, instants: Ints, first: int) -> None:
        self.name, self.capital, self.instants, self.first = name, capital, instants, first
        self.index, self.touched = 0, False
        self.holdings: list[Holding] = []
        self._halted_today = False

    # --- what an engine is asked for -------------------------------------------------------------------

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
    def finished(self, engine: str, elapsed: dict[str, float], *, keep_records: bool) -> RunOutput:
        """The end of the data, and what it left."""

    @property
    @abstractmethod
    def foreseeable(self) -> bool:
        """Whether what it decides can be bounded by the orders it leaves."""

    @abstractmethod
    def quantities(self, place: int) -> Floats:
        """What the book at a place among `holdings` held after each of its bars, signed."""

    # --- one event -------------------------------------------------------------------------------------

    @property
    def equity(self) -> float:
        return self.account.b[at.EQUITY]

    @property
    @abstractmethod
    def equities(self) -> Floats:
        """Its equity after each of its events, of those run."""

    def step(self, *, denied: bool = False) -> int:
        """Run its next event; gives how many orders a limit denied. denied: what is decided now finds no room."""
        instant = int(self.instants[self.index])
        self._leave_before_its_bar()
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
        return any(k[here + at.TRIPPED] and k[here + at.GUARD_KIND] in _OF_A_DAY for here in guards)

    def leave(self, instant: int) -> None:
        """Order all out that is held, each book at its next open from an instant on."""
        for holding in self.holdings:
            if holding.next_opens_after(instant):
                self._order_out(holding, instant)
            else:
                holding.leave_from = instant

    @property
    def waiting(self) -> list[int]:
        """From when on each book is to be ordered out: a part of what `keep` keeps."""
        return [holding.leave_from for holding in self.holdings]

    def wait_again(self, waiting: list[int]) -> None:
        for holding, instant in zip(self.holdings, waiting, strict=True):
            holding.leave_from = instant

    @property
    def leaves(self) -> bool:
        """Whether a book is still to be ordered out."""
        return any(holding.leave_from != NONE_WAITS for holding in self.holdings)

    @property
    def holds(self) -> bool:
        return any(holding.state.k[at.LOT_COUNT] > 0 for holding in self.holdings)

    def _order_out(self, holding: Holding, instant: int) -> None:
        """All of a book is ordered out; where its last bar closes now and that is its fill policy, at that close."""
        holding.leave_from = NONE_WAITS
        if holding.index == 0:
            return
        self.touched = True
        last, state = holding.index - 1, holding.state
        self.given_to(holding)
        over_account.order_all_out(state.b, state.k, state.orders, last, int(holding.opens[last]))
        if int(holding.closes[last]) == instant:
            close = float(holding.bars.close[last])
            over_account.fill_at_close(state.b, state.k, state.trades, state.orders, state.records, close)
        self.taken_from(holding)
        self.changed()

    def _leave_before_its_bar(self) -> None:
        for holding in self.holdings:
            if holding.leave_from != NONE_WAITS and holding.next_opens_after(holding.leave_from):
                self._order_out(holding, holding.leave_from)

    def _leave_after_its_bar(self, instant: int) -> None:
        for holding in self.holdings:
            waits = holding.leave_from != NONE_WAITS and holding.index > 0
            if waits and int(holding.closes[holding.index - 1]) == instant:
                self._order_out(holding, instant)

    def _now(self) -> tuple[int, int]:
        """The number of the last event run, and when its bar opened."""
        last = max(self.index - 1, 0)
        times = [int(h.opens[h.index - 1]) for h in self.holdings if h.index]
        return last, max(times, default=0)


_OF_A_DAY = range(at.DAILY_LOSS, at.DAY_LOSSES + 1)


def _named_anew(rows: array[float], first: int) -> int:
    """Orders denied because the portfolio had no room say so; gives how many."""
    count = 0
    for place in range(first + ORDER_REASON, len(rows), ORDER_WIDTH):
        if rows[place] == HALTED_NOW:
            rows[place] = float(BY_PORTFOLIO)
            count += 1
    return count

"""Strategies of a portfolio while they run live: each is a session, whose bars are pushed."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ....lang.diagnostics.brief import brief
from ...calendar import Calendar
from ...errors import UsageFault
from ...portfolio.kept import copied, keep, put_back, put_state
from ...trading.account import hand, take
from ...trading.state import TradingState
from ..events import Event, row_events
from ..session import Bar, Session
from ..several.session import SeveralSession
from . import kept
from .alone import cut_rows
from .running import Holding, Last, Running

if TYPE_CHECKING:
    from ...why.decided import Moments

NEVER = Last(0, -(1 << 62), 0.0)
"""The last bar of a book before it has had one."""


@dataclass(slots=True)
class Pushed(Holding):
    """A book whose bars are pushed. run: its last bar; next: the one that is about to run."""

    run: Last = NEVER
    next: Last | None = None

    def last(self) -> Last:
        return self.run

    def coming(self, instant: int) -> int | None:
        return self.next.opened if self.next is not None else None


@dataclass(frozen=True, slots=True)
class _Kept:
    index: int
    touched: bool
    books: list[tuple[int, int, float, Last, Last | None]]
    rows: list[tuple[int, int, int]]
    state: Any


class Live(Running):
    """A strategy whose bars are pushed: `ready` takes those of an event, `step` runs it, `told` says what happened."""

    session: Session
    _instant = 0

    def next_instant(self) -> int:
        return self._instant

    @property
    @abstractmethod
    def holdings(self) -> Sequence[Pushed]: ...

    @abstractmethod
    def ready(self, bars: Any, extra: Any) -> tuple[int, int]:
        """The bars of an event are admitted, and nothing has run; gives its instant, and the first of their opens."""

    @abstractmethod
    def idle(self) -> None:
        """It has no bar at the event that comes."""

    @abstractmethod
    def told(self, label: int) -> list[Event]:
        """What happened at an event, whether it had a bar or not. label: of the event."""

    @abstractmethod
    def _state(self) -> Any: ...

    @abstractmethod
    def _put_back(self, state: Any) -> None: ...

    def keep(self) -> _Kept:
        self.settle()
        books = [(each.index, each.leave_from, each.leaving, each.run, each.next) for each in self.holdings]
        rows = [(len(s.trade_rows), len(s.order_rows), len(s.record_rows)) for s in self.states]
        return _Kept(self.index, self.touched, books, rows, self._state())

    def back(self, kept: _Kept) -> None:
        self._put_back(kept.state)
        for state, counts in zip(self.states, kept.rows, strict=True):
            cut_rows(state, counts)
        for each, (index, leave_from, leaving, run, following) in zip(self.holdings, kept.books, strict=True):
            each.index, each.leave_from, each.leaving, each.run, each.next = index, leave_from, leaving, run, following
        self.index, self.touched = kept.index, kept.touched

    def changed(self) -> None:
        self.woken()

    @property
    def waits(self) -> dict[str, Any]:
        """What a snapshot has beside the session's own."""
        books = [[each.index, each.leave_from, each.leaving.hex(), each.run.opened, each.run.closed,
                  each.run.price.hex()] for each in self.holdings]  # fmt: skip
        return {"index": self.index, "touched": self.touched, "halted_today": self._halted_today, "books": books}

    def wait_as(self, waits: Mapping[str, Any]) -> None:
        """As another was."""
        self.index, self.touched = kept.whole(waits["index"]), kept.flag(waits["touched"])
        self._halted_today = kept.flag(waits["halted_today"])
        for each, (index, leave_from, leaving, opened, closed, price) in zip(
            self.holdings, waits["books"], strict=True
        ):
            each.index, each.leave_from, each.next = kept.whole(index), kept.whole(leave_from), None
            each.leaving = kept.price(leaving)
            each.run = Last(kept.whole(opened), kept.whole(closed), kept.price(price))


class LiveAlone(Live):
    """Of one symbol."""

    def __init__(self, name: str, session: Session, symbol: str) -> None:
        super().__init__(name, session.assumptions.capital)
        self.session = session
        self._own = Pushed(symbol, session._machine.trading)
        self._calendar = Calendar(daily=not session.timeframe.intraday)
        self._bar: Bar | None = None
        self._values: Any = ()
        self._handed: Sequence[float] = ()
        self._again: Callable[[], Moments] | None = None

    @property
    def holdings(self) -> list[Pushed]:
        return [self._own]

    def ready(self, bars: Any, extra: Any) -> tuple[int, int]:
        bar, self._values = self.session._ready(bars, extra)
        self._bar = bar
        self._instant = int(self._calendar.close_of(int(bar.ts), self.session.timeframe))
        self._own.next = Last(int(bar.ts), self._instant, float(bar.close))
        return self._instant, self._own.next.opened

    def idle(self) -> None:
        self._bar, self._own.next = None, None

    def advance(self, stop: int) -> None:
        assert self._own.next is not None
        self._again = self.session._again(self._values)
        self._handed = [*self.session._machine.step(self._values)]
        self._own.run, self._own.next = self._own.next, None
        self.session._last = self._own.run.opened
        self._own.index = self.index = self.session._machine.index

    def told(self, label: int) -> list[Event]:
        machine, bar = self.session._machine, self._bar
        self._bar = None
        if bar is None:
            return row_events(machine, label)
        return self.session._happened(bar, self._handed, self._again)

    @property
    def account(self) -> TradingState:
        return self.session._machine.trading

    @property
    def states(self) -> list[TradingState]:
        return [self.account]

    def _state(self) -> Any:
        return copied(self.session._machine.arrays)

    def _put_back(self, state: Any) -> None:
        put_state(self.session._machine.arrays, state)

    def back(self, kept: _Kept) -> None:
        super().back(kept)
        self.session._machine.index = kept.index

    def woken(self) -> None:
        """Nothing is kept of a halt but in the books."""

    def given_to(self, holding: Holding) -> None:
        """Its book is its account."""

    def taken_from(self, holding: Holding) -> None:
        """Its book is its account."""


class LiveSharing(Live):
    """Of several symbols, which share its account."""

    session: SeveralSession

    def __init__(self, name: str, session: SeveralSession) -> None:
        super().__init__(name, session.assumptions.capital)
        self.session = session
        self._holdings = [Pushed(book.symbol, book.trading) for book in session._books]
        self._event: Any = ()
        self._opened: dict[str, int] = {}
        self._again: Callable[[], dict[str, Moments]] | None = None

    @property
    def holdings(self) -> list[Pushed]:
        return self._holdings

    def ready(self, bars: Any, extra: Any) -> tuple[int, int]:
        if not isinstance(bars, Mapping):
            raise UsageFault(f"it is of several symbols, and takes its bars by symbol, found {brief(bars)}")
        self._opened, self._event = self.session._ready_for(bars, extra or {})
        self._instant = self._event[0]
        for each in self._holdings:
            opened = self._opened.get(each.symbol)
            each.next = None if opened is None else Last(opened, self._instant, float(bars[each.symbol].close))
        return self._instant, min(self._opened.values())

    def idle(self) -> None:
        self._opened = {}
        for each in self._holdings:
            each.next = None

    def advance(self, stop: int) -> None:
        self._again = self.session._beside_at(self._event)
        self.session._run(self._opened, self._event)
        self.index = self.session._portfolio.index
        for each, book in zip(self._holdings, self.session._books, strict=True):
            if each.next is not None:
                each.run, each.next = each.next, None
            each.index = book.index

    def told(self, label: int) -> list[Event]:
        opened, self._opened = self._opened, {}
        return self.session._told_of(opened, self._again if opened else None, label)

    @property
    def account(self) -> TradingState:
        return self.session._portfolio.account

    @property
    def states(self) -> list[TradingState]:
        return [self.account, *(book.trading for book in self.session._books)]

    def _state(self) -> Any:
        return keep(self.session._portfolio), self.session._instant, dict(self.session._lasts)

    def _put_back(self, state: Any) -> None:
        kept, self.session._instant, lasts = state
        put_back(self.session._portfolio, kept)
        self.session._lasts = dict(lasts)

    def woken(self) -> None:
        portfolio = self.session._portfolio
        portfolio.take_up(portfolio.day)

    def given_to(self, holding: Holding) -> None:
        a, state = self.account, holding.state
        hand(a.b, a.k, state.b, state.k)

    def taken_from(self, holding: Holding) -> None:
        a, state = self.account, holding.state
        take(a.b, a.k, state.b, state.k)

"""Several books of one account driven by hand: the stages of one event in their order, as the engines run them.

A `Floor` has a book for each symbol. An event is the bars that close at one instant, with the wishes decided at it.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import isnan
from typing import Any

from stratagem.lang.inputs.assumptions import read_assumptions
from stratagem.runtime.trading import layout as at
from stratagem.runtime.trading import rows
from stratagem.runtime.trading.phases import (
    AWAKE,
    COLD,
    HOT,
    MEMBERS,
    PORTFOLIO_EVENT,
    PREFERRED,
    READS,
    SEVERAL,
    Phase,
    Turn,
)
from stratagem.runtime.trading.specs import GuardSpec
from stratagem.runtime.trading.state import Statement, TradingState, lay_out

from .driver import MINUTE, SLOTS, Bar

Values = Mapping[str, float]
Wishes = Mapping[str, Mapping[int, Values]]
NA = float("nan")


def phase_of(name: str) -> Phase:
    """A function of trading."""
    return HOT.get(name) or COLD.get(name) or SEVERAL[name]


@dataclass
class Book:
    """One symbol: its arrays, how many bars it has had, and the last one."""

    state: TradingState
    index: int = -1
    bar: Bar = (NA, NA, NA, NA)

    def read(self, name: str) -> Any:
        """A book field, as a program would."""
        return READS[name].function(self.state.b, self.state.k)

    @property
    def trades(self) -> list[dict[str, float]]:
        return _table(self.state.trade_rows, self.state.trades, self.state.k[at.TRADE_ROWS], rows.TRADE_COLUMNS)

    @property
    def orders(self) -> list[dict[str, float]]:
        return _table(self.state.order_rows, self.state.orders, self.state.k[at.ORDER_ROWS], rows.ORDER_COLUMNS)


def _table(drained: array[float], buffer: array[float], count: int, columns: Sequence[str]) -> list[dict[str, float]]:
    width = len(columns)
    values = [*drained, *buffer[: count * width]]
    return [dict(zip(columns, values[i : i + width], strict=True)) for i in range(0, len(values), width)]


Leg = tuple[str, int]
"""A symbol and its statement."""


@dataclass
class Floor:
    """The account and its books, in panel order."""

    account: TradingState
    books: dict[str, Book]
    groups: Sequence[Sequence[Leg]] = ()
    functions: Callable[[str], Callable[..., int]] = lambda name: phase_of(name).function
    now: int = -1
    equity: list[float] = field(default_factory=list)

    def event(
        self, bars: Mapping[str, Bar], wishes: Wishes | None = None, *, prefer: Values | None = None, day: bool = False
    ) -> None:
        """One event, stage by stage. day: it is the first of a new day."""
        self.now += 1
        wanted, preferred = wishes or {}, prefer or {}
        members = [name for name in self.books if name in bars]
        for name in members:
            self.books[name].index += 1
            self.books[name].bar = bars[name]
        for stage in PORTFOLIO_EVENT:
            if (stage.name == "day" and not day) or stage.name in ("call", "called"):  # no maintenance is assumed here
                continue
            if stage.asks and not self.call(stage.asks, self._given("")):
                continue
            if stage.name in ("release", "groups"):
                for group in self.groups:
                    self._release(group, members) if stage.name == "release" else self._bind(group, members)
            for turn in stage.turns:
                for name in self._places(turn, members):
                    self._turn(turn, name, members, wanted, preferred, day)
        self.equity.append(self.account.b[at.EQUITY])
        for book in self.books.values():
            if book.state.k[at.FULL]:
                book.state.drain()

    def finish(self) -> None:
        """The end of the data."""
        for name in self.books:
            for what in ("hand", "finish", "take"):
                self.call(what, self._given(name))
            self.books[name].state.drain()

    def call(self, name: str, given: Mapping[str, Any]) -> int:
        """A function of trading, with what it takes."""
        return self.functions(name)(*(given[argument] for argument in phase_of(name).arguments))

    # --- the stages ----------------------------------------------------------------------------------

    def _places(self, turn: Turn, members: list[str]) -> Iterable[str]:
        if turn.over == MEMBERS:
            return members
        if turn.over == PREFERRED:
            return sorted(members, key=self._preference)
        return self.books if turn.over == "books" else ("",)

    def _preference(self, name: str) -> tuple[bool, float]:
        value = self.books[name].state.b[at.PREFERENCE]
        return value != value, -value if value == value else 0.0

    def _turn(
        self, turn: Turn, name: str, members: list[str], wishes: Wishes, prefer: Values, day: bool
    ) -> None:
        given = self._given(name, name in members)
        if turn.asks == AWAKE:
            if not day and not self.call("attention", given):
                return
        elif turn.asks and not self.call(turn.asks, given):
            return
        if turn.flag >= 0 and not given["k"][turn.flag]:
            return
        for what in turn.calls:
            if what == "opening":
                self._open(given, day)
            elif what == "closing":
                self._close(name, given["b"], given["k"], wishes.get(name, {}), prefer.get(name, NA))
            else:
                self.call(what, given)

    def _given(self, name: str, member: bool = True) -> dict[str, Any]:
        """What the functions take; of the account where there is no name. A book without a bar now has its last one."""
        given: dict[str, Any] = {"a": self.account.b, "ak": self.account.k, "orders": self.account.orders}
        given |= {"index": self.now, "time": self.now * MINUTE, "day": float(self.now)}
        if name:
            book = self.books[name]
            s = book.state
            given |= {"b": s.b, "k": s.k, "trades": s.trades, "orders": s.orders, "records": s.records}
            given |= dict(zip(("open", "high", "low", "close"), book.bar, strict=True))
            given["index"] = book.index
            if not member:
                given["close"] = NA
        return given

    def _open(self, given: Mapping[str, Any], day: bool) -> None:
        """The kernel's part before the marks."""
        if day:
            self.call("new_day_book", given)
        if self.call("attention", given):
            self.call("fill", given)

    def _close(self, name: str, b: Any, k: Any, wishes: Mapping[int, Values], prefer: float) -> None:
        """The kernel's part after the guards: what is wished, into the inbox."""
        b[at.PREFERENCE] = prefer
        for statement, values in wishes.items():
            if self.call("accepts", {"b": b, "k": k, "statement": statement}):
                inbox = k[at.INBOX] + statement * at.INBOX_WIDTH
                b[inbox + at.WANTED] = 1.0
                for slot, value in values.items():
                    b[inbox + SLOTS[slot]] = value
                k[at.WANTS] = 1

    # --- groups --------------------------------------------------------------------------------------

    def _leg(self, what: str, leg: Leg, members: Sequence[str], **more: int) -> int:
        """A function of one leg, between what the account hands and takes."""
        name, statement = leg
        given = {**self._given(name, name in members), "statement": statement, **more}
        self.call("hand", given)
        answer = self.call(what, given)
        self.call("take", given)
        return answer

    def _release(self, group: Sequence[Leg], members: Sequence[str]) -> None:
        """What waits for all of its symbols to open."""
        status = {leg: self._leg("leg_status", leg, members) for leg in group}
        waiting = [leg for leg in group if status[leg] == 1]
        opening = [leg for leg in waiting if leg[0] in members and not isnan(self.books[leg[0]].bar[0])]
        if 2 in status.values():
            self._end(group, members, rows.OTHER_LEG)
        elif waiting and opening == waiting and all(self._leg("leg_ready", leg, members) for leg in waiting):
            for leg in group:
                self._leg("release_leg", leg, members)
        elif opening and max(self._leg("hold_back_leg", leg, members) for leg in group) >= at.MOST_HELD_BACK:
            self._end(group, members, rows.NO_OPEN)

    def _end(self, group: Sequence[Leg], members: Sequence[str], reason: int) -> None:
        for leg in group:
            self._leg("cancel_leg", leg, members, reason=reason)

    def _bind(self, group: Sequence[Leg], members: Sequence[str]) -> None:
        """All legs are placed, or none."""
        wished = [leg for leg in group if leg[0] in members and self._leg("leg_wishes", leg, members)]
        if wished and wished != list(group):
            for leg in wished:
                self._leg("withdraw_leg", leg, members, failed=2)
            return
        placed = 0
        for leg in wished:
            answer = self._leg("propose_leg", leg, members)
            if answer < 0:
                for other in group:
                    self._leg("withdraw_leg", other, members, failed=int(other == leg))
                return
            placed += answer
        for leg in group if placed else ():
            self._leg("settle_leg", leg, members)

    # --- what stands ---------------------------------------------------------------------------------

    def __getitem__(self, name: str) -> Book:
        return self.books[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.books)

    def sizes(self) -> dict[str, float]:
        """What is held."""
        return {name: book.state.b[at.QUANTITY] for name, book in self.books.items()}

    @property
    def cash(self) -> float:
        return self.account.b[at.CASH]

    @property
    def halts(self) -> list[dict[str, float]]:
        """The account's own rows."""
        s = self.account
        return _table(s.order_rows, s.orders, s.k[at.ORDER_ROWS], rows.ORDER_COLUMNS)


def floor(
    symbols: str,
    statements: Sequence[Statement],
    guards: Sequence[GuardSpec] = (),
    *,
    of: Mapping[str, Mapping[str, Any]] | None = None,
    groups: Sequence[Sequence[Leg]] = (),
    records: bool = False,
    **assume: Any,
) -> Floor:
    """Books of these symbols ("A B C") with assumptions by name; capital is 1,000 unless said. of: those of one."""
    assumed = {"capital": 1000, **assume}

    def book(own: Mapping[str, Any]) -> TradingState:
        return lay_out(
            statements, guards, read_assumptions({**assumed, **own}), 64, bar_seconds=60, keep_records=records
        )

    account = lay_out([], guards, read_assumptions(assumed), 64, bar_seconds=60)
    return Floor(account, {name: Book(book((of or {}).get(name, {}))) for name in symbols.split()}, groups)


def flat(price: float) -> Bar:
    """A bar that never moves."""
    return (price, price, price, price)


def flats(**prices: float) -> dict[str, Bar]:
    """Such a bar for each symbol."""
    return {name: flat(price) for name, price in prices.items()}

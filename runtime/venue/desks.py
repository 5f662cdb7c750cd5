"""The desks of several symbols whose orders a venue fills: a desk for each book, one account between them.

A venue speaks of one order, so of one book: the account is handed to that for as long as its desk acts. Ids of orders
and rows of the log are numbered over all desks.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from ...lang.diagnostics.brief import brief
from ..errors import UsageFault
from ..portfolio.book import Book
from ..portfolio.machine import Portfolio
from ..run.events import Event, of_symbol
from ..trading.phases import SEVERAL
from .clock import Clock
from .desk import Desk
from .orders import Numbers

if TYPE_CHECKING:
    from ...lang.program.timeframe import Timeframe

    Bar = Any


class OfAccount(Clock):
    """The clock of one book: with its day that of the account begins, where another book has not begun it."""

    def __init__(self, book: Book, portfolio: Portfolio, timeframe: Timeframe, zone: str) -> None:
        super().__init__(book, timeframe, zone)
        self._book, self._portfolio = book, portfolio

    def _new_day(self, index: int, label: int, day: float) -> None:
        self._portfolio.begin_day(day, self._book)
        state = self._book.trading
        SEVERAL["new_day_book"].function(state.b, state.k, state.orders, index, label)


class Desks:
    """`of` has the desk of each symbol traded, in the order of the books."""

    def __init__(self, portfolio: Portfolio, timeframe: Timeframe, zone: str, fill: str) -> None:
        """fill: the program's own policy, for orders whose statement says none."""
        self._portfolio, self.numbers = portfolio, Numbers()
        self._books = {book.symbol: book for book in portfolio.books if book is not None}
        self.of = {
            symbol: Desk(book, OfAccount(book, portfolio, timeframe, zone), fill, self.numbers)
            for symbol, book in self._books.items()
        }

    def bars(self, bars: Mapping[str, Bar]) -> dict[str, list[Event]]:
        """An event has run: by symbol what it wrote, and what it decided, moved or ended and is asked of the venue.

        A symbol without a bar now may have been ordered out by a guard of the account.
        """
        told: dict[str, list[Event]] = {}
        for symbol, desk in self.of.items():
            bar = bars.get(symbol)
            if bar is not None:
                told[symbol] = self._act(symbol, partial(desk.bar, bar.ts, bar.high, bar.low, bar.close))
            elif not desk.is_quiet():
                told[symbol] = self._act(symbol, partial(desk.settle, []))
        return told

    def hear(self, say: Callable[[Desk], list[Event]], order: object = None, symbol: str | None = None) -> list[Event]:
        """What a venue says, of an order or of the market of a symbol. Each event says its symbol."""
        if order is None and symbol not in self.of:
            raise UsageFault(f"a price is of one of the symbols traded, symbol={next(iter(self.of))!r} for example; "
                             f"found {brief(symbol)}")  # fmt: skip
        of = symbol if symbol in self.of else self._whose(order)
        return [of_symbol(of, event) for event in self._act(of, partial(say, self.of[of]))]

    def every(self) -> list[dict[str, Any]]:
        """The orders that have not ended, as a host is told of them, oldest first."""
        found = [{"symbol": symbol, **told} for symbol, desk in self.of.items() for told in desk.every()]
        return sorted(found, key=lambda told: int(told["id"]))

    def _whose(self, order: object) -> str:
        """The symbol that an order is of; that of the first desk, which says what is wrong, where there is none."""
        known = isinstance(order, int) and not isinstance(order, bool)
        return next((symbol for symbol, desk in self.of.items() if known and order in desk.orders), next(iter(self.of)))

    def _act(self, symbol: str, act: Callable[[], list[Event]]) -> list[Event]:
        return self._portfolio.between(self._books[symbol], act)

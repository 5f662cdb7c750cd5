"""The interpreted driver with an eye on one book: what its decisions of an event were made from, copied as it stood."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from ..trading import layout
from ..trading.phases import SEVERAL, Stage
from ..trading.specs import UNNAMED, Called
from .book import Book
from .walk import Walk


@dataclass(frozen=True, slots=True)
class Share:
    """A book at some moment. quantity: signed. value: at its last price, in money; claim: of all that it will hold once
    what waits and rests has filled; takes_place: whether it counts as a position held or being entered."""

    symbol: str
    quantity: float
    value: float
    claim: float
    takes_place: bool


@dataclass(frozen=True, slots=True)
class Moment:
    """The arrays of trading of the book, which has the account, and every book's share of that account. called: what
    an answer calls guards."""

    b: array[float]
    k: array[int]
    shares: tuple[Share, ...]
    called: Called = UNNAMED


@dataclass(slots=True)
class Seen:
    """deciding: when all series were read, before any decision of the event. leaving: when it was the book's turn to
    leave, after the books before it; None where nothing of it could. turn: when it was its turn to enter, after every
    exit and the entries before it; None where it had nothing to enter."""

    deciding: Moment | None = None
    leaving: Moment | None = None
    turn: Moment | None = None
    before: dict[int, Moment] = field(default_factory=dict)  # a leg of a group, by its statement, before it was weighed


class Watched(Walk):
    """`each` is of the last event, by symbol."""

    each: dict[str, Seen]
    called: Called
    _shares: bool

    def watch(self, symbols: Sequence[str], called: Called, *, shares: bool) -> None:
        """Keep an eye on the books of these. called: what an answer calls guards. shares: whether a moment
        has what every book holds of the account."""
        self.each, self.called, self._shares = {symbol: Seen() for symbol in symbols}, called, shares

    @property
    def seen(self) -> Seen:
        """Of the one book that is watched."""
        (found,) = self.each.values()
        return found

    def _run(self, number: int, members: Sequence[int], rows: Sequence[Sequence[Any]], items: Sequence[int]) -> None:
        self.each = {symbol: Seen() for symbol in self.each}
        super()._run(number, members, rows, items)

    def _call(self, name: str, book: Book | None, **given: int) -> Any:
        seen = None if book is None else self.each.get(book.symbol)
        if book is None or seen is None:
            return super()._call(name, book, **given)
        if name == "leave":
            seen.leaving = self._moment(book)
        elif name == "enter":
            seen.turn = self._moment(book)
        elif name == "propose_leg":
            seen.before[given["statement"]] = self._moment(book)
        answer = super()._call(name, book, **given)
        if name == "closing":
            seen.deciding = self._moment(book)
        return answer

    def _stage(self, stage: Stage) -> None:
        super()._stage(stage)
        if stage.name in ("account", "gauges") and self._plan.gauged:  # what guards read is known, and they have acted
            for book in self._members:
                if (seen := self.each.get(book.symbol)) is not None:
                    seen.deciding = self._moment(book)

    def _moment(self, book: Book) -> Moment:
        b, k = book.arrays.b[:], book.arrays.bk[:]
        SEVERAL["hand"].function(self._account.b, self._account.k, b, k)  # not every plan has its books handed to it
        shares = tuple(_share(other) for other in self._traded) if self._shares else ()
        return Moment(b, k, shares, self.called)


def _share(book: Book) -> Share:
    b, k = book.arrays.b, book.arrays.bk
    return Share(
        book.symbol, b[layout.QUANTITY], b[layout.VALUE], b[layout.CLAIM], bool(k[layout.TAKES_PLACE])
    )

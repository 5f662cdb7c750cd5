"""The interpreted driver with an eye on one book: what its decisions of an event were made from, copied as it stood."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from ..trading import layout
from ..trading.phases import SEVERAL
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
    """The arrays of trading of the book, which has the account, and every book's share of that account. scopes: what
    guards are of besides the account."""

    b: array[float]
    k: array[int]
    shares: tuple[Share, ...]
    scopes: tuple[str, ...] = ()


@dataclass(slots=True)
class Seen:
    """deciding: when all series were read, before any decision of the event. turn: when it was the book's turn to
    enter, after every exit and the entries before it; None where it had nothing to enter."""

    deciding: Moment | None = None
    turn: Moment | None = None
    before: dict[int, Moment] = field(default_factory=dict)  # a leg of a group, by its statement, before it was weighed


class Watched(Walk):
    """`seen` is of the last event."""

    watched: Book
    scopes: tuple[str, ...]
    seen: Seen

    def watch(self, book: Book, scopes: tuple[str, ...]) -> None:
        """Keep an eye on this book. scopes: what guards are of besides the account."""
        self.watched, self.scopes, self.seen = book, scopes, Seen()

    def _run(self, number: int, members: Sequence[int], rows: Sequence[Sequence[Any]], items: Sequence[int]) -> None:
        self.seen = Seen()
        super()._run(number, members, rows, items)

    def _call(self, name: str, book: Book | None, **given: int) -> Any:
        if book is not self.watched:
            return super()._call(name, book, **given)
        if name == "enter":
            self.seen.turn = self._moment()
        elif name == "propose_leg":
            self.seen.before[given["statement"]] = self._moment()
        answer = super()._call(name, book, **given)
        if name == "closing":
            self.seen.deciding = self._moment()
        return answer

    def _moment(self) -> Moment:
        own = self.watched.arrays
        b, k = own.b[:], own.bk[:]
        SEVERAL["hand"].function(self._account.b, self._account.k, b, k)  # not every plan has its books handed to it
        return Moment(b, k, tuple(_share(book) for book in self._traded), self.scopes)


def _share(book: Book) -> Share:
    b, k = book.arrays.b, book.arrays.bk
    return Share(
        book.symbol, b[layout.QUANTITY], b[layout.VALUE], b[layout.CLAIM], bool(k[layout.TAKES_PLACE])
    )

"""Legs that are taken together or not at all, as the interpreted driver takes them (see `trading/legs.py`).

The native driver has the same in `native/emit_groups.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from ..trading import layout, rows
from .book import Book

Call = Callable[..., Any]
"""`call(name, book, **given)`: a function of trading for a book."""


@dataclass(frozen=True, slots=True)
class Leg:
    """A position to hold: the statement of a book. present: whether the book has a bar at this event."""

    book: Book
    statement: int

    @property
    def present(self) -> bool:
        return bool(self.book.row)


def release(call: Call, legs: Sequence[Leg], opens: Callable[[Book], float]) -> None:
    """At the start of an event: a group that waits fills at its opens, if each leg has one, or is held back."""
    waiting = [call("leg_status", leg.book, statement=leg.statement) for leg in legs]
    if 2 in waiting:
        _cancel(call, legs, rows.OTHER_LEG)
        return
    bound = [leg for leg, status in zip(legs, waiting, strict=True) if status]
    opening = [leg for leg in bound if leg.present and opens(leg.book) == opens(leg.book)]
    if not opening:
        return
    if opening == bound and all(call("leg_ready", leg.book, statement=leg.statement) for leg in bound):
        for leg in legs:
            acting(call, "release_leg", leg)
    elif max(acting(call, "hold_back_leg", leg) for leg in legs) >= layout.MOST_HELD_BACK:
        _cancel(call, legs, rows.NO_OPEN)


def bind(call: Call, legs: Sequence[Leg]) -> None:
    """After what leaves: a group that is wished is placed whole, or not at all."""
    wished = [leg.present and call("leg_wishes", leg.book, statement=leg.statement) != 0 for leg in legs]
    if not any(wished):
        return
    if not all(wished):
        for leg, wants in zip(legs, wished, strict=True):
            if wants:
                acting(call, "withdraw_leg", leg, failed=2)
        return
    placed = 0
    for number, leg in enumerate(legs):
        answer = acting(call, "propose_leg", leg)
        if answer < 0:
            for other, each in enumerate(legs):
                acting(call, "withdraw_leg", each, failed=int(other == number))
            return
        placed += answer
    for leg in legs if placed else ():
        acting(call, "settle_leg", leg)


def _cancel(call: Call, legs: Sequence[Leg], reason: int) -> None:
    for leg in legs:
        acting(call, "cancel_leg", leg, reason=reason)


def acting(call: Call, name: str, leg: Leg, **given: int) -> int:
    """A function of a leg, whose book has the account while it runs."""
    call("hand", leg.book)
    answer: int = call(name, leg.book, statement=leg.statement, **given)
    call("take", leg.book)
    return answer

"""An order as a venue has it: its terms, its state, and the one table of what may happen to it in which state."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from ..errors import VenueError

SENT, WORKING, TRIGGERED, PARTIAL, FILLED, CANCELLED, REJECTED, UNKNOWN = STATES = (
    "sent", "working", "triggered", "partial", "filled", "cancelled", "rejected", "unknown",
)  # fmt: skip
ENDED = frozenset((FILLED, CANCELLED, REJECTED))
ACK, TRIGGER, FILL, CANCEL, REJECT, LOSE = "ack", "trigger", "fill", "cancel", "reject", "unknown"

_SAME = ""
TRANSITIONS: dict[str, dict[str, str]] = {
    SENT: {ACK: WORKING, TRIGGER: TRIGGERED, FILL: PARTIAL, CANCEL: CANCELLED, REJECT: REJECTED, LOSE: UNKNOWN},
    WORKING: {ACK: _SAME, TRIGGER: TRIGGERED, FILL: PARTIAL, CANCEL: CANCELLED, REJECT: _SAME, LOSE: UNKNOWN},
    TRIGGERED: {ACK: _SAME, FILL: PARTIAL, CANCEL: CANCELLED, REJECT: _SAME, LOSE: UNKNOWN},
    PARTIAL: {ACK: _SAME, TRIGGER: _SAME, FILL: PARTIAL, CANCEL: CANCELLED, REJECT: _SAME, LOSE: UNKNOWN},
    UNKNOWN: {ACK: WORKING, TRIGGER: TRIGGERED, FILL: PARTIAL, CANCEL: CANCELLED, REJECT: REJECTED},
    FILLED: {FILL: _SAME},
    CANCELLED: {FILL: _SAME},
    REJECTED: {FILL: _SAME},
}
"""By state and what the venue says, the state that follows (`_SAME`: it stays); what is not in it cannot be.

A fill that completes an order makes it FILLED. What a venue has filled it has filled: of an order that has ended,
too. A `reject` of an order that works is of the request that is open, to replace or to cancel it.
"""

REPLACE = "replace"
"""Beside CANCEL, what may be asked of an order that works, and is open until the venue answers."""


class Terms(NamedTuple):
    """What a venue is asked for.

    kind: market, limit, trigger or trigger_limit. quantity: of the whole order, filled parts included. after: the
    price that has to be touched before it begins to work. life: "" (until it is cancelled), bars, time or day; until:
    its end in µs, where it is known: that of a day is when the first bar has gone by on which the order works. fill:
    of a market order, the moment it is meant for: this_close or next_open.
    """

    kind: str
    quantity: float
    limit: float | None = None
    trigger: float | None = None
    after: float | None = None
    reduce_only: bool = False
    life: str = ""
    until: int | None = None
    fill: str = ""


@dataclass(slots=True)
class Numbers:
    """What is given out next, the same over all desks of a session: the id of an order, and the row of the log."""

    id: int = 0
    row: int = 0


class Slot(NamedTuple):
    """Whose order it is: kind statement (a: its index), guard, or lot (a: the number of its order; b: its row)."""

    kind: str
    a: int = 0
    b: int = 0


@dataclass(slots=True)
class Order:
    """An order that was sent. number: of the decision; -1: a level of a lot. trade: 1 buys, -1 sells.

    terms: as last asked for; agreed: as the venue is known to have them. asked: REPLACE, CANCEL or "", what is open.
    since: the label of the bar that had closed last when it was sent.
    """

    id: int
    slot: Slot
    role: str
    number: int
    trade: int
    side: int
    terms: Terms
    agreed: Terms
    state: str = SENT
    filled: float = 0.0
    price: float = 0.0
    asked: str = ""
    refused: bool = False
    since: int = 0
    fills: list[str] = field(default_factory=list)

    @property
    def ended(self) -> bool:
        return self.state in ENDED

    @property
    def left(self) -> float:
        """What is not filled yet of what was asked for."""
        return max(self.terms.quantity - self.filled, 0.0)

    @property
    def most(self) -> float:
        """The largest quantity that the venue may have: it has not agreed yet to what was asked last."""
        return max(self.terms.quantity, self.agreed.quantity)

    def after(self, what: str) -> str:
        """The state that follows; VenueError if this cannot happen to the order now."""
        row = TRANSITIONS[self.state]
        wrong = what not in row or (what == REJECT and self.state in (WORKING, TRIGGERED, PARTIAL) and not self.asked)
        if wrong:
            raise VenueError(f"order {self.id} is {self.state}: it cannot be told {said(what)} now; expected "
                             f"{' or '.join(map(said, self.possible()))}")  # fmt: skip
        return row[what] or self.state

    def possible(self) -> list[str]:
        """What may happen to it now."""
        working = self.state in (WORKING, TRIGGERED, PARTIAL)
        return [what for what in TRANSITIONS[self.state] if what != REJECT or self.asked or not working]


def said(what: str) -> str:
    """How a host says it."""
    return f"on_{what}"

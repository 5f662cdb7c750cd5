"""What should be at the venue, read from the books: a row for each order that waits, rests or protects a lot.

The tables of trading are the one truth of what is wanted; what was sent is compared with this, and only the
difference is asked for. So a bracket, a trail that moves, a guard's exit and a wish take the same way.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass

from ...lang.plan.model import Decision
from ..run.events import places_of
from ..trading import layout as at
from ..trading.buffers import Floats, Ints
from ..trading.expect import own_price
from ..trading.guards import stands_in_the_way
from ..trading.orders import type_of
from ..trading.places import guards_order, lot_at, order_at, row_at, side_held, state_of, statement_at
from ..trading.rows import EXIT_REASONS, NO_REASON, ORDER_TYPES
from .orders import Slot, Terms

GUARD = Slot("guard")
THIS_CLOSE, NEXT_OPEN = "this_close", "next_open"
LIVES = ("bars", "bars", "time", "day", "")  # by ONE_BAR, FOR_BARS …


@dataclass(frozen=True, slots=True)
class Wanted:
    """An order that should be at the venue; `terms.quantity` is what is still to be filled of it.

    side: of the position, 1 long, -1 short.
    """

    slot: Slot
    role: str
    number: int
    trade: int
    side: int
    terms: Terms


class Reader:
    """Reads what is wanted. fill: the program's own policy. day_ends: when the day of the last bar does, in µs."""

    def __init__(
        self, b: Floats, k: Ints, decisions: Sequence[Decision], fill: str, day_ends: Callable[[], int]
    ) -> None:
        self.b, self.k, self.fill, self._day_ends = b, k, fill, day_ends
        self.decisions = {place: decision for decision in decisions for place in places_of(decision)}
        self._index = 0

    def places(self, kind: int) -> Iterator[tuple[int, Decision]]:
        """The statements of one kind, the parts of holds among them, in source order; each with its decision."""
        for place, decision in self.decisions.items():
            if self.k[statement_at(self.k, place) + at.KIND] == kind:
                yield place, decision

    def _side(self, place: int) -> int:
        return self.k[statement_at(self.k, place) + at.SIDE]

    def read(self, index: int, held: Collection[Slot] = (), met: Collection[Slot] = ()) -> list[Wanted]:
        """In the order in which they are sent: what leaves before what enters. index: of the bar going on.

        held: levels that the venue would not take, which are not sent; those met are, at the market.
        """
        self._index, b = index, self.b
        side, open_ = side_held(b), abs(b[at.QUANTITY])
        leaving = list(self._leaving(side, open_))
        remaining = open_ - sum(wanted.terms.quantity for wanted in leaving)
        found = [*leaving, *self._resting_exits(side, open_)]
        for wanted in self._levels(index):
            if wanted.slot in met:
                wanted = _at_market(wanted)
            elif wanted.slot in held:
                continue
            found.append(wanted)
        return [*found, *self._enters(side, max(remaining, 0.0))]

    # --- what leaves at the market ---------------------------------------------------------------

    def _leaving(self, side: int, open_: float) -> Iterator[Wanted]:
        """The guards' exit, exits of statements, lots for their age: each of what those before it leave. What is for
        this close goes before what is for the next open."""
        b, k, taken = self.b, self.k, 0.0
        if k[at.GUARD_PENDING] == side != 0:
            order = guards_order(k)
            taken = min(b[order + at.AMOUNT], open_)
            yield self._market(GUARD, "guard", order, side, taken, self.fill)
        exits = sorted(self.places(at.EXIT), key=lambda each: (each[1].fill or self.fill) != THIS_CLOSE)
        for place, decision in exits:
            order = order_at(k, place)
            quantity = min(b[order + at.AMOUNT], open_ - taken)
            waits = state_of(b, k, place) == at.WAITS and self._side(place) == side
            if waits and quantity > at.DUST * open_:
                taken += quantity
                yield self._market(Slot("statement", place), "exit", order, side, quantity, decision.fill or self.fill)
        for lot in range(k[at.LOT_COUNT]):
            here = lot_at(k, lot)
            expiry, size = row_at(here, at.EXPIRY_ROW), abs(b[here + at.LOT_QUANTITY])
            part = min(taken, size)
            taken -= part
            if b[expiry + at.STATE] == at.WAITS and size - part > at.DUST * open_:
                slot = Slot("lot", int(b[here + at.LOT_ORDER]), at.EXPIRY_ROW)
                yield self._market(slot, "expire", expiry, side, size - part, self._fill_of_expiry(here, expiry))

    def _fill_of_expiry(self, lot: int, expiry: int) -> str:
        """A time of day that has come at a close is for that close, whatever the program's own policy."""
        kind = self.k[statement_at(self.k, int(self.b[lot + at.LOT_STATEMENT])) + at.EXPIRE_KIND]
        at_close = kind == at.EXPIRE_PASSED and self.b[expiry + at.DECIDED] < self._index
        if kind in (at.EXPIRE_PASSED, at.EXPIRE_NEXT_OPEN):
            return THIS_CLOSE if at_close else NEXT_OPEN
        return self.fill

    def _market(self, slot: Slot, role: str, order: int, side: int, quantity: float, fill: str) -> Wanted:
        trade = -side
        terms = Terms("market", quantity, reduce_only=True, fill=fill)
        return Wanted(slot, role, int(self.b[order + at.NUMBER]), trade, side, terms)

    # --- what rests ------------------------------------------------------------------------------

    def _resting_exits(self, side: int, open_: float) -> Iterator[Wanted]:
        b, k = self.b, self.k
        for place, _ in self.places(at.EXIT):
            order = order_at(k, place)
            if b[order + at.STATE] >= at.RESTS and self._side(place) == side:
                quantity = min(b[order + at.AMOUNT], open_)
                yield self._resting(place, "exit", side, -side, quantity)

    def _levels(self, index: int) -> Iterator[Wanted]:
        """The levels of the lots, oldest first, that work in the bar going on."""
        b, k = self.b, self.k
        if k[at.WALKS] == 0:
            return
        for lot in range(k[at.LOT_COUNT]):
            here = lot_at(k, lot)
            size, number = b[here + at.LOT_QUANTITY], int(b[here + at.LOT_ORDER])
            side = 1 if size > 0.0 else -1
            for row in range(k[at.LEVELS]):
                order = row_at(here, row)
                if row == at.EXPIRY_ROW or b[order + at.STATE] < at.RESTS or b[order + at.FROM] > index:
                    continue
                after = b[order + at.AFTER] if b[order + at.STATE] == at.DORMANT else None
                terms = Terms(
                    ORDER_TYPES[type_of(b, order)], min(abs(size), b[order + at.AMOUNT]),
                    _price(b[order + at.LIMIT_PRICE]), _price(b[order + at.TRIGGER_PRICE]), after, reduce_only=True,
                )  # fmt: skip
                yield Wanted(Slot("lot", number, row), EXIT_REASONS[int(b[order + at.REASON])], -1, -side, side, terms)

    # --- what enters -----------------------------------------------------------------------------

    def _enters(self, held: int, remaining: float) -> Iterator[Wanted]:
        """Entries: with what they open they close what is held on the other side, as far as nothing else closes it."""
        b, k, closing = self.b, self.k, remaining
        for place, decision in self.places(at.ENTER):
            order, side = order_at(k, place), self._side(place)
            state = int(b[order + at.STATE])
            if state == at.NO_ORDER:
                continue
            opens, closes = b[order + at.AMOUNT], 0.0
            if held == -side:
                closes = closing if state == at.WAITS else remaining
                closing = 0.0 if state == at.WAITS else closing
            if not opens + closes > 0.0:
                continue
            if state == at.WAITS:
                terms = Terms("market", opens + closes, reduce_only=opens == 0.0, fill=decision.fill or self.fill)
                slot = Slot("statement", place)
                yield Wanted(slot, "enter", int(b[order + at.NUMBER]), side, side, terms)
            elif stands_in_the_way(b, k, opens, own_price(b, order), side) == NO_REASON:
                yield self._resting(place, "enter", side, side, opens + closes)

    def _resting(self, place: int, role: str, side: int, trade: int, quantity: float) -> Wanted:
        order = order_at(self.k, place)
        life = LIVES[self.k[statement_at(self.k, place) + at.LIFE_KIND]]
        b, kind, trigger = self.b, ORDER_TYPES[type_of(self.b, order)], _price(self.b[order + at.TRIGGER_PRICE])
        if b[order + at.STATE] in (at.TRIGGERED, at.DOUBTED):
            kind, trigger = "limit", None
        until = int(b[order + at.UNTIL_TIME]) if life == "time" else None
        if life == "day" and b[order + at.DAY_FROM] < self._index:
            until = self._day_ends()
        terms = Terms(
            kind, quantity, _price(b[order + at.LIMIT_PRICE]), trigger, None, role == "exit", life, until,
        )  # fmt: skip
        return Wanted(Slot("statement", place), role, int(b[order + at.NUMBER]), trade, side, terms)


def _at_market(wanted: Wanted) -> Wanted:
    terms = Terms("market", wanted.terms.quantity, reduce_only=True, fill=NEXT_OPEN)
    return Wanted(wanted.slot, wanted.role, wanted.number, wanted.trade, wanted.side, terms)


def _price(price: float) -> float | None:
    return price if price == price else None

"""Between the books and a venue: what is asked of it, what it says, and the log of both.

After every bar and everything the venue says, what is wanted is compared with what was sent: the difference is asked
for. Nothing is sent twice: an order of a statement or of a level waits until the one before it has ended, and nothing
is asked of an order that nobody knows about.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from operator import attrgetter
from typing import Any

from ...lang.diagnostics.brief import brief
from ...lang.plan.model import Decision
from ..errors import UsageFault, VenueError
from ..machine.machine import Underway
from ..results.rows import filled
from ..run.events import Event, row_events
from ..trading import layout as at
from ..trading import rows
from ..trading.expiries import expiry_of, leaves_at_open, order_out
from ..trading.levels import next_price, toward
from ..trading.lots import is_fresh, see
from ..trading.places import kept_at, lot_at, order_at, row_at
from ..trading.prices import reaches
from ..trading.venue import come_in, hand_over
from ..trading.watch import refresh
from .books import AFTER_ITS_END, TOO_EARLY, TOO_MUCH, WORSE, Books
from .bounds import check_money, check_time
from .clock import Clock
from .orders import (
    ACK,
    CANCEL,
    FILL,
    FILLED,
    LOSE,
    PARTIAL,
    REJECT,
    REJECTED,
    REPLACE,
    SENT,
    TRIGGER,
    UNKNOWN,
    WORKING,
    Numbers,
    Order,
    Slot,
    Terms,
)
from .wanted import THIS_CLOSE, Reader, Wanted

KEPT = 200
"""Orders that have ended are kept, the last so many: a venue may speak of them late."""
BEFORE = -(1 << 62)

HELD = "the venue would not hold it: at the first close beyond its level it is sent at the market"
REFUSED = "the request was refused: it is asked again after the next bar"
AGAIN = "sent again after the next bar"
OVER = "its time is over"


class Desk:
    """The orders of one session at a venue. Everything it is told gives the events that follow."""

    def __init__(self, machine: Underway, clock: Clock, fill: str, numbers: Numbers | None = None) -> None:
        """fill: the program's own policy, for orders whose statement says none. numbers: shared by several desks."""
        self.machine, self.clock = machine, clock
        state = machine.trading
        self.b, self.k, self.state = state.b, state.k, state
        self.books = Books(state)
        self._reader = Reader(state.b, state.k, machine.plan.decisions, fill, self._day_ends)
        self.orders: dict[int, Order] = {}
        self.live: dict[Slot, Order] = {}
        self.sent_at: dict[int, int] = {}
        self.numbers = numbers or Numbers()
        self.last = self.time = BEFORE
        self.close = 0.0
        self.held: dict[Slot, bool] = {}
        self.blocked: set[Slot] = set()

    def _day_ends(self) -> int:
        return self.clock.day_ends(self.last)

    @property
    def statements(self) -> Collection[int]:
        """The places of the statements that may have orders."""
        return self._reader.decisions

    # --- bars ------------------------------------------------------------------------------------

    def bar(self, ts: int, high: float, low: float, close: float) -> list[Event]:
        """A bar has run: what it decided, moved or ended is asked of the venue."""
        self.last, self.time, self.close = ts, self.clock.close_of(ts), close
        self.blocked.clear()
        for order in self.live.values():
            order.refused = False
        self._look_at_held(high, low, close)
        return [] if self.is_quiet() else self.settle([])

    def is_quiet(self) -> bool:
        """Whether there is nothing that could be asked for, moved or told."""
        k, state = self.k, self.state
        told = k[at.ORDER_ROWS] or k[at.TRADE_ROWS] or k[at.RECORD_ROWS]
        kept = state.order_rows or state.trade_rows or state.record_rows
        return not (told or kept or self.live or k[at.LOT_COUNT] or k[at.PENDING] or k[at.RESTING])

    def hear(self, say: Callable[[Desk], list[Event]], order: object = None, symbol: str | None = None) -> list[Event]:
        """What a venue says, of an order or of the market."""
        known = self.machine.plan.symbols
        if symbol is not None and symbol not in known:
            raise UsageFault(f"this session is of one symbol{f', {known[0]}' if known else ''}: leave "
                             f"symbol={brief(symbol)} out")  # fmt: skip
        return say(self)

    def every(self) -> list[dict[str, Any]]:
        """The orders that have not ended, as a host is told of them, oldest first."""
        return [self.told(order) for order in sorted(self.live.values(), key=attrgetter("id"))]

    def price(self, price: float, time: int | None) -> list[Event]:
        """The market was at a price, inside the bar going on: lots that were filled in it know it."""
        self._check_time(time, self.last)
        check_money(self.b, 0, 0.0, price, 0.0)
        self._come_in(self.machine.index, self._label(time))
        see(self.b, self.k, price)
        return self.settle([])

    def settle(self, told: list[Event]) -> list[Event]:
        """The books are put in order; gives what was told, the rows they wrote, and what is asked of the venue."""
        b, k, index = self.b, self.k, self.machine.index
        hand_over(b, k)
        for lot in range(k[at.LOT_COUNT]):
            due = leaves_at_open(b, k, lot) != 0 and b[lot_at(k, lot) + at.LOT_INDEX] < index
            if due and b[expiry_of(k, lot) + at.STATE] == at.DORMANT:
                order_out(b, k, lot)
        self.books.drop_orphans()
        refresh(b, k)
        self.state.drain()
        self.books.tell_parts(self.state.order_rows)
        return [*told, *row_events(self.machine, max(self.last, 0)), *self._ask(index)]

    def _look_at_held(self, high: float, low: float, close: float) -> None:
        """Levels that the venue would not hold: which of them the bar reached."""
        b, k = self.b, self.k
        for slot in self.held:
            lot = self.books.lot(slot.a)
            if lot < 0:
                continue
            here = lot_at(k, lot)
            order = row_at(here, slot.b)
            way = toward(b, order)
            seen = close if is_fresh(b, k, here) else high if way > 0 else low
            if b[order + at.STATE] == at.RESTS and reaches(b, seen, next_price(b, order), way):
                self.held[slot] = True

    # --- what is asked ---------------------------------------------------------------------------

    def _ask(self, index: int) -> list[Event]:
        """What is wanted beside what was sent: cancels first, then replacements, then new orders."""
        self.held = {slot: met for slot, met in self.held.items() if self._stands(slot)}
        met = [slot for slot, reached in self.held.items() if reached]
        wanted = {each.slot: each for each in self._reader.read(index, self.held, met)}
        live = dict(self.live)
        gone: list[Order] = []
        moved: list[tuple[Order, Terms]] = []
        for order in live.values():
            wish = wanted.get(order.slot)
            if order.state == UNKNOWN or order.refused or order.asked == CANCEL:
                continue
            if wish is None or wish.number != order.number or _other_kind(order, wish):
                gone.append(order)
            elif not _same(terms := _total(order, wish.terms), order.terms):
                moved.append((order, terms))
        asked = [event for order in gone for event in self._cancel(order)]
        asked += [event for order, terms in moved for event in self._replace(order, terms)]
        for wish in wanted.values():
            if wish.slot not in live and wish.slot not in self.blocked:
                asked += self._send(wish, index)
        return asked

    def _stands(self, slot: Slot) -> bool:
        lot = self.books.lot(slot.a)
        return lot >= 0 and self.b[row_at(lot_at(self.k, lot), slot.b) + at.STATE] != at.NO_ORDER

    def _send(self, wish: Wanted, index: int) -> list[Event]:
        order = Order(self.numbers.id, wish.slot, wish.role, wish.number, wish.trade, wish.side, wish.terms, wish.terms)
        order.since = self.last
        self.numbers.id += 1
        self.orders[order.id] = self.live[order.slot] = order
        self.sent_at[order.id] = index
        return [self._row(order, "send"), self._request(order, "send")]

    def _replace(self, order: Order, terms: Terms) -> list[Event]:
        order.terms, order.asked = terms, REPLACE
        return [self._row(order, REPLACE), self._request(order, REPLACE)]

    def _cancel(self, order: Order) -> list[Event]:
        order.asked = CANCEL
        return [self._row(order, CANCEL, "asked"), self._request(order, CANCEL)]

    # --- what the venue says ---------------------------------------------------------------------

    def ack(self, given: object, time: int | None) -> list[Event]:
        order = self.order(given, time)
        was, order.state = order.state, order.after(ACK)
        if order.state == WORKING and order.filled > 0.0:
            order.state = PARTIAL
        self._at(time)
        if was == UNKNOWN:
            _found(order)
        elif order.asked == REPLACE and was != SENT:
            order.asked, order.agreed = "", order.terms
            self._complete(order)
        return self.settle([self._row(order, ACK)])

    def trigger(self, given: object, time: int | None) -> list[Event]:
        order = self.order(given, time)
        was, order.state = order.state, order.after(TRIGGER)
        if was == UNKNOWN:
            _found(order)
        self._come_in(self.machine.index, self._label(time))
        row = self._row_of(order)
        if row >= 0 and self.books.is_alive(order):
            if self.b[row + at.STATE] == at.DORMANT:
                self.b[row + at.STATE] = at.RESTS
                order.terms, order.agreed = order.terms._replace(after=None), order.agreed._replace(after=None)
            elif order.terms.kind == "trigger_limit" and order.slot.kind == "statement":
                self.b[row + at.STATE] = at.TRIGGERED
                order.terms = order.terms._replace(kind="limit", trigger=None)
                order.agreed = order.agreed._replace(kind="limit", trigger=None)
        return self.settle([self._row(order, TRIGGER)])

    def fill(
        self, given: object, quantity: float, price: float, fee: float | None, time: int | None, name: str | None
    ) -> list[Event]:
        order = self.order(given, time)
        state = order.after(FILL)
        known = name is not None and name in order.fills
        if not known:
            check_money(self.b, order.trade, quantity, price, fee or 0.0)
        self._at(time)
        if known:
            return [self._row(order, FILL, f"fill {name} was told before: ignored", quantity, price, fee)]
        told = [TOO_EARLY] if self._is_early(order, time) else []
        if order.ended or not self.books.is_alive(order):
            told.append(AFTER_ITS_END)
        if order.filled + quantity > order.most * (1.0 + at.SLACK):
            told.append(TOO_MUCH)
        limit = order.terms.limit
        if limit is not None and order.trade * (price - limit) > at.SLACK * abs(limit):
            told.append(WORSE)
        index, label, moment = self._moment(order, time)
        self._come_in(index, label)
        before = self.b[at.FEES]
        market = self.close if moment == rows.AT_CLOSE else price  # where the market stood, as far as it is known
        told += self.books.book(order, quantity, price, fee, market, moment)
        self._pass(order, label, moment)
        if name is not None:
            order.fills.append(name)
        order.price += (price - order.price) * (quantity / (order.filled + quantity))
        order.filled += quantity
        was, order.state = order.state, state
        if was == UNKNOWN:
            _found(order)
        self._complete(order)
        charged = self.b[at.FEES] - before if fee is None else fee
        if fee is None:
            told.append("its fee is the assumed one")
        return self.settle([self._row(order, FILL, ", ".join(told), quantity, price, charged)])

    def _complete(self, order: Order) -> None:
        """An order of which all is filled that the venue may have is over."""
        if not order.ended and order.filled >= order.most * (1.0 - at.SLACK):
            order.state, order.asked = FILLED, ""
            self._forget(order)

    def reject(self, given: object, reason: str, time: int | None) -> list[Event]:
        order = self.order(given, time)
        was = order.state
        order.state = order.after(REJECT)
        self._at(time)
        note = reason
        if order.state != REJECTED:
            order.terms, order.asked, order.refused = order.agreed, "", True
            self._complete(order)  # it may have filled whole before the request came
            if not order.ended:
                note = f"{reason}: {REFUSED}" if reason else REFUSED
        else:
            asked = was == SENT and order.asked == CANCEL
            note = self._ended(order, rows.BY_REJECTION, reason, time, asked=asked)
        return self.settle([self._row(order, REJECT, note)])

    def cancel(self, given: object, time: int | None) -> list[Event]:
        order = self.order(given, time)
        order.state = order.after(CANCEL)
        asked, order.asked = order.asked == CANCEL, ""
        self._at(time)
        return self.settle([self._row(order, CANCEL, self._ended(order, rows.BY_VENUE, "", time, asked=asked))])

    def lose(self, given: object, time: int | None) -> list[Event]:
        order = self.order(given, time)
        order.state = order.after(LOSE)
        self._at(time)
        return self.settle([self._row(order, LOSE, "nothing is asked of it, and nothing sent in its place")])

    def _ended(self, order: Order, why: int, reason: str, time: int | None, *, asked: bool) -> str:
        """An order ended that has not filled: what becomes of what it was for, and what is said of it."""
        self._forget(order)
        self._come_in(self.machine.index, self._label(time))
        if asked or not self.books.is_alive(order):
            return reason
        said = f"{reason}: " if reason else ""
        if order.slot.kind == "statement":
            until = order.terms.until
            if why == rows.BY_VENUE and until is not None and self.time >= until:
                self.blocked.add(order.slot)  # the close of this bar ends it, or a wish renews it
                return OVER
            self.books.end(order, why)
            return reason
        if order.role in ("guard", "expire") or self.held.get(order.slot):
            self.blocked.add(order.slot)
            return said + AGAIN
        self.held[order.slot] = False
        return said + HELD

    # --- where and when --------------------------------------------------------------------------

    def order(self, given: object, time: int | None) -> Order:
        """The order of this id; VenueError where none was sent, it ended long ago, or the moment cannot be of it."""
        if isinstance(given, bool) or not isinstance(given, int) or given not in self.orders:
            sent = f"the last was {self.numbers.id - 1}" if self.numbers.id else "none was sent"
            old = f"; of those that have ended the last {KEPT:,} are known" if _before(given, self.numbers.id) else ""
            raise VenueError(f"there is no order {brief(given)}: expected the id of one that was sent, {sent}{old}")
        order = self.orders[given]
        self._check_time(time, order.since)
        return order

    def _check_time(self, time: int | None, since: int) -> None:
        if self.last != BEFORE:
            check_time(time, since, self.clock.close_of(self.last))

    def _is_early(self, order: Order, time: int | None) -> bool:
        """Whether a moment lies before the close that decided an order. Bars of days have no time of day to tell by."""
        return time is not None and self.clock.timeframe.intraday and time < self.clock.close_of(order.since)

    def _row_of(self, order: Order) -> int:
        """Where the books have what the order is of; -1: nowhere any more."""
        if order.slot.kind == "statement":
            return order_at(self.k, order.slot.a)
        lot = self.books.lot(order.slot.a) if order.slot.kind == "lot" else -1
        return row_at(lot_at(self.k, lot), order.slot.b) if lot >= 0 else -1

    def _moment(self, order: Order, time: int | None) -> tuple[int, int, int]:
        """Index and label of the bar of a fill, and where in it: a market order fills when it was meant to."""
        index = self.machine.index
        first = order.terms.kind == "market" and self.sent_at[order.id] == index
        if first and order.terms.fill == THIS_CLOSE:
            return index - 1, self.last, rows.AT_CLOSE
        return index, self._label(time), rows.AT_OPEN if first else rows.INSIDE

    def _label(self, time: int | None) -> int:
        self._at(time)
        return self.clock.going_on(self.last, time)

    def _at(self, time: int | None) -> None:
        """The log goes on at this time, or where it was."""
        self.time = self.time if time is None else time

    def _come_in(self, index: int, label: int) -> None:
        b, k = self.b, self.k
        come_in(b, k, index, label)
        self.clock.begin_day(index, label)
        for lot in range(k[at.LOT_COUNT]):  # a time of day that passed between two bars
            here, expiry = lot_at(k, lot), expiry_of(k, lot)
            decision = self._reader.decisions.get(int(b[here + at.LOT_STATEMENT]))
            if b[expiry + at.STATE] == at.DORMANT and decision is not None:
                passed = self.clock.passed(decision, label)
                if passed is not None and passed > b[here + at.LOT_PASSED]:
                    order_out(b, k, lot)

    def _pass(self, order: Order, label: int, moment: int) -> None:
        """A lot just filled counts the times of day from the open of its own bar."""
        if order.role != "enter" or moment == rows.AT_CLOSE:
            return
        decision = self._decision(order)
        passed = self.clock.passed(decision, label) if decision else None
        lot = self.books.lot(order.number)
        if passed is not None and lot >= 0 and self.b[lot_at(self.k, lot) + at.LOT_INDEX] == self.machine.index:
            self.b[lot_at(self.k, lot) + at.LOT_PASSED] = passed

    def _decision(self, order: Order) -> Decision | None:
        return self._reader.decisions[order.slot.a] if order.slot.kind == "statement" else None

    def _statement(self, order: Order) -> int | None:
        decision = self._decision(order)
        return decision.index if decision is not None else None

    def _forget(self, order: Order) -> None:
        """It has ended. Of the orders that have, the oldest are given up."""
        del self.live[order.slot]
        ended = [order.id for order in self.orders.values() if order.ended]
        for one in ended[: max(0, len(ended) - KEPT)]:
            del self.orders[one], self.sent_at[one]

    # --- what is told ----------------------------------------------------------------------------

    def _row(
        self, order: Order, what: str, note: str = "", quantity: float | None = None, price: float | None = None,
        fee: float | None = None,
    ) -> Event:  # fmt: skip
        """A row of the log: one thing that happened to an order, and its state after it."""
        data = {
            "seq": self.numbers.row, "time": self.time, "id": order.id, "what": what, "state": order.state,
            "quantity": quantity, "price": price, "fee": fee, "filled": order.filled, "left": order.left,
            "average": order.price if order.filled else None, "note": note, **_who(order, self._statement(order)),
        }  # fmt: skip
        self.numbers.row += 1
        return Event("life", max(self.last, 0), data)

    def _request(self, order: Order, what: str) -> Event:
        return Event("request", max(self.last, 0), {"what": what, **self.told(order)})

    def told(self, order: Order) -> dict[str, Any]:
        """An order as a host is told of it."""
        who, terms = _who(order, self._statement(order)), order.terms._asdict()
        data = {"id": order.id, "state": order.state, "filled": order.filled, **who, **terms}
        decision = self._decision(order)
        if decision is not None and decision.because is not None:
            texts = kept_at(self.k, order.slot.a) + at.TEXT
            data["because"] = filled(decision.because, self.b[texts : texts + at.TEXT_COUNT])
        return data


def _who(order: Order, statement: int | None) -> dict[str, Any]:
    """What an order is of: the decision, the statement, the lot by the number of its order."""
    return {
        "order": order.number if order.number >= 0 else None,
        "statement": statement,
        "lot": order.slot.a if order.slot.kind == "lot" else None,
        "role": order.role,
        "side": "long" if order.side > 0 else "short",
        "trade": "buy" if order.trade > 0 else "sell",
    }


def _total(order: Order, wish: Terms) -> Terms:
    """Terms of what is left as those of the whole order; the moment a market order is meant for stays."""
    return wish._replace(quantity=order.filled + wish.quantity, fill=order.terms.fill)


def _same(one: Terms, other: Terms) -> bool:
    """Whether two terms are the same but for rounding of the quantity."""
    alike = abs(one.quantity - other.quantity) <= at.SLACK * other.quantity
    return alike and one._replace(quantity=0.0) == other._replace(quantity=0.0)


def _found(order: Order) -> None:
    """It is known again. Nobody knows whether what was asked of it arrived, so it is asked anew."""
    order.asked, order.terms = "", order.agreed


def _other_kind(order: Order, wish: Wanted) -> bool:
    """Whether what is wanted is another order, not other terms of this one."""
    return order.terms.kind != wish.terms.kind


def _before(given: object, next_id: int) -> bool:
    return isinstance(given, int) and 0 <= given < next_id


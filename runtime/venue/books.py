"""A fill that a venue made, in the books: what it closes, what it opens, and what becomes of its order's row.

The venue is right: whatever it filled is booked. What closes a position closes that of another order where its own
is gone; what nobody has room for opens a lot of its own, and is told.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable

from ..trading import layout as at
from ..trading import rows
from ..trading.booking import apply_exit
from ..trading.execute import OLDEST_FIRST
from ..trading.expiries import expiry_row
from ..trading.levels import level_of
from ..trading.lots import see
from ..trading.orders import (
    NO_TEXTS,
    cancel_entries,
    cancel_guard,
    end_orphans,
    filled_row,
    order_row,
    statement_row,
    status_of,
)
from ..trading.parts import lot_of
from ..trading.places import (
    guards_order,
    lot_at,
    order_at,
    own_at,
    row_at,
    side_held,
    state_of,
    statement_at,
    target_of,
)
from ..trading.prices import fee
from ..trading.state import TradingState
from ..trading.venue import book_entry, book_foreign, closable, counts_as, has_room
from .orders import Order

AFTER_ITS_END, TOO_EARLY, TOO_MUCH, WORSE, UNASKED = (
    "after its end", "before it was sent", "more than ordered", "worse than its limit", "opens what nothing ordered",
)  # fmt: skip
_REASONS = {"exit": rows.BY_SIGNAL, "guard": rows.BY_GUARD, "expire": rows.BY_EXPIRE}


class Books:
    """Books a venue's fills. got: of each decision that is filled in part, the quantity and its average price."""

    def __init__(self, state: TradingState) -> None:
        self.state, self.b, self.k = state, state.b, state.k
        self.got: dict[int, tuple[float, float]] = {}

    def book(
        self, order: Order, quantity: float, price: float, charge: float | None, market: float, moment: int
    ) -> list[str]:
        """Book one fill; gives what is odd about it. charge: its fee, None where the assumed one is taken."""
        b, k = self.b, self.k
        b[at.MARKET] = market
        if moment != rows.AT_CLOSE:
            see(b, k, price)
        held = closable(b, order.trade)
        closes = min(counts_as(quantity, held), held)
        opens = quantity - closes if closes < quantity * (1.0 - at.SLACK) else 0.0
        maker = 1 if order.terms.kind == "limit" and moment == rows.INSIDE else 0
        fees = self._fees(closes, opens, price, maker, charge)
        told: list[str] = []
        part = _Part(order, price, moment)
        if order.role == "enter":
            told += self._enter(part, closes, opens, *fees)
        else:
            ways: dict[str, Callable[[_Part, float, float], None]] = {"exit": self._exit, "guard": self._guard}
            ways.get(order.role, self._leave_lot)(part, closes, fees[0])
            if opens > 0.0:
                book_foreign(b, k, self.state.records, order.trade, opens, price, fees[1], moment)
                told.append(UNASKED)
        end_orphans(b, k, self.state.orders)
        return told

    def _fees(
        self, closes: float, opens: float, price: float, maker: int, charge: float | None
    ) -> tuple[float, float]:
        """The fee of what closes and of what opens. maker: whose assumed fee it is."""
        if charge is None:
            left = fee(self.b, closes, price, maker, at.EXIT_COSTS) if closes > 0.0 else 0.0
            return left, fee(self.b, opens, price, maker, at.ENTRY_COSTS) if opens > 0.0 else 0.0
        if opens == 0.0:
            return charge, 0.0
        left = charge * (closes / (closes + opens)) if closes > 0.0 else 0.0
        return left, charge - left

    def _close(self, part: _Part, lot: int, quantity: float, charge: float, reason: int) -> None:
        if quantity > 0.0:
            state = self.state
            apply_exit(
                self.b, self.k, state.trades, state.records, lot, quantity, part.price, charge, part.moment, reason,
                float(part.order.number), 0,
            )  # fmt: skip

    # --- entries ---------------------------------------------------------------------------------

    def _enter(self, part: _Part, closes: float, opens: float, left: float, paid: float) -> list[str]:
        """What is held on the other side leaves, then the lot of the order grows by what is over."""
        b, k, statement = self.b, self.k, part.order.slot.a
        alive = self.is_alive(part.order)
        order, side = order_at(k, statement), part.order.side
        self._close(part, OLDEST_FIRST, closes, left, rows.BY_REVERSE)
        told: list[str] = []
        if opens > 0.0:
            if alive:
                opens = counts_as(opens, b[order + at.AMOUNT])
            if self._fits(part.order, alive):
                book_entry(
                    b, k, self.state.records, statement, opens, part.price, paid, part.moment, float(part.order.number)
                )
            else:
                book_foreign(b, k, self.state.records, side, opens, part.price, paid, part.moment)
                told.append(UNASKED)
        if not alive:
            return told
        self._enough(part, statement, opens, closes)
        if opens > 0.0 and k[at.ENTRIES] == at.ONE_CANCELS_OTHER:
            kept = b[order + at.STATE]
            b[order + at.STATE] = at.NO_ORDER
            cancel_entries(b, k, self.state.orders, 0, rows.OTHER_FILLED, at.RESTS)
            b[order + at.STATE] = kept
        return told

    def _fits(self, order: Order, alive: bool) -> bool:
        """Whether the statement has, or may have, a lot for this fill."""
        statement = order.slot.a
        if lot_of(self.b, self.k, float(order.number), statement) >= 0:
            return True
        if self.k[statement_at(self.k, statement) + at.PART] != 0:  # a hold has one lot, that grows
            return True
        works = not alive and state_of(self.b, self.k, statement) != at.NO_ORDER  # another decision of it
        return has_room(self.k, statement) != 0 and not works

    def _enough(self, part: _Part, statement: int, opens: float, closes: float) -> None:
        """The row of an entry is done when nothing is left to open."""
        b, k, order = self.b, self.k, order_at(self.k, statement)
        wanted = b[order + at.AMOUNT]
        closing_only = wanted == 0.0
        if opens > 0.0 or closing_only:
            self._note(part.order.number, opens if opens > 0.0 else closes, part.price)
        total = self.got.get(part.order.number, (0.0, 0.0))[0] - opens + wanted
        left = max(wanted - opens, 0.0)
        if closing_only and closable(b, part.order.trade) > 0.0:
            return
        if left > at.SLACK * total:
            b[order + at.AMOUNT] = left
            return
        quantity, price = self.got.pop(part.order.number, (0.0, part.price))
        status = rows.REFUSED if closing_only else status_of(b, order)
        row = statement_row(b, k, self.state.orders, statement, status, 0.0 if closing_only else quantity)
        lot = lot_of(b, k, float(part.order.number), statement)
        if lot >= 0:
            self.state.orders[row + rows.ORDER_STOP] = b[row_at(lot_at(k, lot), at.STOP_ROW) + at.TRIGGER_PRICE]
            self.state.orders[row + rows.ORDER_TARGET] = b[target_of(k, lot_at(k, lot)) + at.LIMIT_PRICE]
        filled_row(k, self.state.orders, row, price, part.moment)

    # --- exits -----------------------------------------------------------------------------------

    def _exit(self, part: _Part, closes: float, charge: float) -> None:
        b, k, statement, side = self.b, self.k, part.order.slot.a, part.order.side
        self._close(part, OLDEST_FIRST, closes, charge, rows.BY_SIGNAL)
        if not self.is_alive(part.order):
            return
        order = order_at(k, statement)
        if b[order + at.STATE] >= at.RESTS:
            k[statement_at(k, statement) + at.USED] = 1
            cancel_entries(b, k, self.state.orders, side, rows.EXIT_FIRST, at.WAITS)
        if self._left(part, order, closes):
            return
        quantity, price = self.got.pop(part.order.number)
        row = statement_row(b, k, self.state.orders, statement, rows.FILLED, quantity)
        filled_row(k, self.state.orders, row, price, part.moment)

    def _guard(self, part: _Part, closes: float, charge: float) -> None:
        b, k, order = self.b, self.k, guards_order(self.k)
        self._close(part, OLDEST_FIRST, closes, charge, rows.BY_GUARD)
        if not self.is_alive(part.order) or self._left(part, order, closes):
            return
        quantity, price = self.got.pop(part.order.number)
        side = k[at.GUARD_PENDING]
        k[at.GUARD_PENDING] = 0
        row = order_row(b, k, self.state.orders, order, NO_TEXTS, -1, rows.GUARD_ORDER, side, rows.FILLED, quantity)
        filled_row(k, self.state.orders, row, price, part.moment)

    def _left(self, part: _Part, order: int, closes: float) -> bool:
        """Whether an exit of the position has something left to close; its quantity is then what is left of it."""
        b = self.b
        self._note(part.order.number, closes, part.price)
        if side_held(b) != part.order.side:
            return False
        if b[order + at.AMOUNT] >= at.EVERYTHING:
            return True
        total = self.got[part.order.number][0] - closes + b[order + at.AMOUNT]
        left = b[order + at.AMOUNT] - closes
        if left <= at.SLACK * total:
            return False
        b[order + at.AMOUNT] = left
        return True

    def _leave_lot(self, part: _Part, closes: float, charge: float) -> None:
        """A level or the age of a lot: its own lot first, then, as the venue filled it, the oldest there is."""
        b, k = self.b, self.k
        lot, reason = self.lot(part.order.slot.a), _REASONS.get(part.order.role, 0)
        own, row = 0.0, part.order.slot.b
        if lot >= 0:
            order = row_at(lot_at(k, lot), row)
            size = abs(b[lot_at(k, lot) + at.LOT_QUANTITY])
            own = min(counts_as(closes, size), size)
            if part.order.role == "expire":
                self._expired(part, lot, own, size)
            elif b[order + at.STATE] != at.NO_ORDER:
                amount = b[order + at.AMOUNT]
                left = amount - own if amount < at.EVERYTHING else size - own
                if left <= at.SLACK * (left + own):
                    b[order + at.STATE] = at.NO_ORDER
                elif amount < at.EVERYTHING:
                    b[order + at.AMOUNT] = left
        over = closes - own if own < closes * (1.0 - at.SLACK) else 0.0
        share = charge * (own / closes) if over > 0.0 else charge
        reason = reason or rows.EXIT_REASONS.index(part.order.role)
        if lot >= 0 and part.order.role != "expire":
            k[at.LEAVES_BY] = level_of(b, k, lot_at(k, lot), row_at(lot_at(k, lot), row))
        self._close(part, lot, own, share, reason)
        k[at.LEAVES_BY] = 0
        self._close(part, OLDEST_FIRST, over, charge - share, reason)

    def _expired(self, part: _Part, lot: int, own: float, size: float) -> None:
        """The row of a lot that leaves for its age, when all of it has."""
        if not self.is_alive(part.order):
            return
        self._note(part.order.number, own, part.price)
        if own < size:
            return
        quantity, price = self.got.pop(part.order.number)
        row = expiry_row(self.b, self.k, self.state.orders, lot, rows.FILLED, quantity)
        self.state.orders[row + rows.ORDER_ASKED] = quantity
        filled_row(self.k, self.state.orders, row, price, part.moment)

    # --- what orders are of ----------------------------------------------------------------------

    def lot(self, number: int) -> int:
        """The open lot of the order of this number, counted from the oldest; -1: none."""
        for lot in range(self.k[at.LOT_COUNT]):
            if self.b[lot_at(self.k, lot) + at.LOT_ORDER] == number:
                return lot
        return -1

    def is_alive(self, order: Order) -> bool:
        """Whether the books still have what the order was sent for."""
        b, k, slot = self.b, self.k, order.slot
        if slot.kind == "guard":
            return k[at.GUARD_PENDING] != 0 and b[guards_order(k) + at.NUMBER] == order.number
        if slot.kind == "statement":
            return state_of(b, k, slot.a) != at.NO_ORDER and b[order_at(k, slot.a) + at.NUMBER] == order.number
        lot = self.lot(slot.a)
        return lot >= 0 and b[row_at(lot_at(k, lot), slot.b) + at.STATE] != at.NO_ORDER

    def end(self, order: Order, reason: int) -> None:
        """The venue ended the order of a statement: so does the books' row."""
        b, k, statement = self.b, self.k, order.slot.a
        b[order_at(k, statement) + at.REASON] = reason
        statement_row(b, k, self.state.orders, statement, rows.CANCELLED, 0.0)

    def drop_orphans(self) -> None:
        """Market exits of a position that is gone have nothing to close."""
        b, k = self.b, self.k
        for nth in range(k[at.OWN_COUNT]):
            statement = own_at(k, nth)
            here = statement_at(k, statement)
            of_none = k[here + at.KIND] == at.EXIT and k[here + at.SIDE] != side_held(b)
            if of_none and state_of(b, k, statement) == at.WAITS:
                b[order_at(k, statement) + at.REASON] = rows.NOTHING_TO_CLOSE
                statement_row(b, k, self.state.orders, statement, rows.CANCELLED, 0.0)
        if k[at.GUARD_PENDING] != 0 and k[at.GUARD_PENDING] != side_held(b):
            cancel_guard(b, k, self.state.orders, rows.NOTHING_TO_CLOSE)

    def _note(self, number: int, quantity: float, price: float) -> None:
        """A further part of a decision."""
        before, mean = self.got.get(number, (0.0, price))
        total = before + quantity
        self.got[number] = total, mean + (price - mean) * (quantity / total if total > 0.0 else 0.0)

    def tell_parts(self, order_rows: array[float]) -> None:
        """The rows of orders that ended with a part filled say so; their parts are forgotten."""
        if not self.got:
            return
        for row in range(0, len(order_rows), rows.ORDER_WIDTH):
            number = int(order_rows[row + rows.ORDER_NUMBER])
            ended = int(order_rows[row + rows.ORDER_STATUS]) in (rows.CANCELLED, rows.EXPIRED)
            if ended and number in self.got:
                quantity, price = self.got.pop(number)
                order_rows[row + rows.ORDER_GOT] = quantity
                order_rows[row + rows.ORDER_FILL_INDEX] = self.k[at.NOW]
                order_rows[row + rows.ORDER_FILL_TIME] = self.k[at.NOW_TIME]
                order_rows[row + rows.ORDER_FILL_MOMENT] = rows.INSIDE
                order_rows[row + rows.ORDER_FILL_PRICE] = price


class _Part:
    """One fill of an order."""

    __slots__ = ("moment", "order", "price")

    def __init__(self, order: Order, price: float, moment: int) -> None:
        self.order, self.price, self.moment = order, price, moment

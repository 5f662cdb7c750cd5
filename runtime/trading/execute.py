"""An order that was accepted meets a price: exits, guard exits, expiries and enters become fills.

The price is the market's; slippage is added here. An enter on the other side closes first, then opens, each
leg a fill of its own at one price.
"""

from __future__ import annotations

from ...stdlib.arith import absolute
from .bracket import attach
from .buffers import Floats, Ints
from .guards import admit
from .layout import (
    ASKED,
    AT_FILL,
    EVERYTHING,
    EXPECTED,
    EXPECTED_COST,
    GUARD_PENDING,
    LOT_CLOSE_INDEX,
    LOT_CLOSE_ORDER,
    LOT_CLOSE_TIME,
    LOT_CLOSING,
    LOT_COUNT,
    LOT_QUANTITY,
    LOT_STATEMENT,
    LOT_STOP,
    LOT_TARGET,
    MARKET,
    NO_SIZE,
    QUANTITY,
    SIDE,
    SIZE,
    SIZE_KIND,
    SIZING,
    WAIT_ASKED,
    WAIT_INBOX,
    WAIT_INDEX,
    WAIT_ORDER,
    WAIT_QUANTITY,
    WAIT_REASON,
    WAIT_TIME,
    WAITS,
    WHY,
)
from .lots import close_first, close_lot, lot_at, open_lot, statement_at
from .orders import cancel, cancel_guard, filled_row, guard_place, order_row, row_place, status_of, waiting_at
from .prices import lots_down, slipped
from .rows import (
    AT_THE_END,
    BY_EXPIRE,
    BY_GUARD,
    BY_REVERSE,
    BY_SIGNAL,
    ENTER_ORDER,
    EXIT_ORDER,
    EXPIRE_ORDER,
    FILLED,
    GUARD_ORDER,
    NO_REASON,
    NOTHING_TO_CLOSE,
    ORDER_STOP,
    ORDER_TARGET,
    REFUSED,
    ZERO_QUANTITY,
)
from .sizing import exit_size, granted, size_up
from .watch import side_held


def execute_exit(
    b: Floats, k: Ints, trades: Floats, orders: Floats, records: Floats, statement: int, price: float, moment: int
) -> int:
    """The exit of a statement closes its quantity, or what is left of it."""
    at, wait = statement_at(k, statement), waiting_at(k, statement)
    side = k[at + SIDE]
    quantity = b[wait + WAIT_QUANTITY]
    if k[SIZING] == AT_FILL and k[at + SIZE_KIND] != NO_SIZE:
        size = b[wait + WAIT_INBOX + SIZE]
        quantity = lots_down(b, exit_size(b, k[at + SIZE_KIND], size, absolute(b[QUANTITY]), price))
    left = absolute(b[QUANTITY])
    if side_held(b) != side or not quantity > 0.0:
        return cancel(b, k, orders, statement, NOTHING_TO_CLOSE)
    got = left if quantity > left else quantity
    b[MARKET] = price
    filled = slipped(b, price, -side)
    k[at + WAITS] = 0
    close_first(b, k, trades, records, got, filled, moment, BY_SIGNAL, b[wait + WAIT_ORDER])
    row = order_row(b, k, orders, statement, statement, EXIT_ORDER, side, FILLED, got)
    return filled_row(k, orders, row, filled, moment)


def execute_guard(
    b: Floats, k: Ints, trades: Floats, orders: Floats, records: Floats, price: float, moment: int
) -> int:
    """The exit that a guard ordered, of the side it was ordered for."""
    wait = waiting_at(k, guard_place(k))
    side, left = side_held(b), absolute(b[QUANTITY])
    if side != k[GUARD_PENDING]:
        return cancel_guard(b, k, orders, NOTHING_TO_CLOSE)
    k[GUARD_PENDING] = 0
    got = left if b[wait + WAIT_QUANTITY] > left else b[wait + WAIT_QUANTITY]
    b[MARKET] = price
    filled = slipped(b, price, -side)
    close_first(b, k, trades, records, got, filled, moment, BY_GUARD, b[wait + WAIT_ORDER])
    row = order_row(b, k, orders, guard_place(k), -1, GUARD_ORDER, side, FILLED, got)
    return filled_row(k, orders, row, filled, moment)


def execute_expiries(
    b: Floats, k: Ints, trades: Floats, orders: Floats, records: Floats, price: float, moment: int
) -> int:
    """Every lot that waits to leave for its age, each a fill of its own."""
    lot = 0
    while lot < k[LOT_COUNT]:
        at = lot_at(k, lot)
        if b[at + LOT_CLOSING] == 0.0:
            lot += 1
        else:
            expire_lot(b, k, trades, orders, records, lot, price, moment)
    return 0


def expire_lot(
    b: Floats, k: Ints, trades: Floats, orders: Floats, records: Floats, lot: int, price: float, moment: int
) -> int:
    """One of them, and its row."""
    side, quantity = side_held(b), absolute(b[lot_at(k, lot) + LOT_QUANTITY])
    b[MARKET] = price
    filled = slipped(b, price, -side)
    row = expiry_row(b, k, orders, lot, FILLED, quantity)
    filled_row(k, orders, row, filled, moment)
    return close_lot(b, k, trades, records, lot, filled, moment, BY_EXPIRE, b[lot_at(k, lot) + LOT_CLOSE_ORDER], 0)


def expiry_row(b: Floats, k: Ints, orders: Floats, lot: int, status: int, got: float) -> int:
    """The row of a lot that was ordered out for its age."""
    at, wait = lot_at(k, lot), waiting_at(k, row_place(k))
    b[wait + WAIT_ORDER] = b[at + LOT_CLOSE_ORDER]
    b[wait + WAIT_INDEX] = b[at + LOT_CLOSE_INDEX]
    b[wait + WAIT_TIME] = b[at + LOT_CLOSE_TIME]
    b[wait + WAIT_ASKED] = absolute(b[at + LOT_QUANTITY])
    b[wait + WAIT_REASON] = NO_REASON if status == FILLED else AT_THE_END
    return order_row(b, k, orders, row_place(k), int(b[at + LOT_STATEMENT]), EXPIRE_ORDER, side_held(b), status, got)


def execute_enter(
    b: Floats, k: Ints, trades: Floats, orders: Floats, records: Floats, statement: int, price: float, moment: int
) -> int:
    """The enter of a statement: what is held on the other side leaves, then the new lot is filled."""
    at, wait = statement_at(k, statement), waiting_at(k, statement)
    side = k[at + SIDE]
    b[MARKET] = price
    filled = slipped(b, price, side)
    k[at + WAITS] = 0
    reversed_ = 0
    if side_held(b) == -side:
        reversed_ = 1
        close_first(b, k, trades, records, EVERYTHING, filled, moment, BY_REVERSE, b[wait + WAIT_ORDER])
    if k[SIZING] == AT_FILL and b[wait + WAIT_QUANTITY] > 0.0:
        size_again(b, k, at, wait, price)
    quantity = b[wait + WAIT_QUANTITY]
    if not quantity > 0.0:
        row = order_row(b, k, orders, statement, statement, ENTER_ORDER, side, REFUSED, 0.0)
        return filled_row(k, orders, row, filled, moment) if reversed_ != 0 else row
    lot = open_lot(b, k, records, side, quantity, filled, moment, statement, b[wait + WAIT_ORDER])
    attach(b, k, lot, at, wait + WAIT_INBOX)
    row = order_row(b, k, orders, statement, statement, ENTER_ORDER, side, status_of(b, wait), quantity)
    orders[row + ORDER_STOP] = b[lot + LOT_STOP]
    orders[row + ORDER_TARGET] = b[lot + LOT_TARGET]
    return filled_row(k, orders, row, filled, moment)


def size_again(b: Floats, k: Ints, at: int, wait: int, price: float) -> int:
    """`sizing fill`: the quantity from the fill's price and the equity after any closing leg."""
    b[EXPECTED] = b[QUANTITY]
    b[EXPECTED_COST] = 0.0
    refused = size_up(b, k, at, wait + WAIT_INBOX, price)
    if refused == NO_REASON:
        admit(b, k, k[at + SIDE], price)
        refused = k[WHY]
    quantity = granted(b)
    if quantity == 0.0 and refused == NO_REASON:
        refused = ZERO_QUANTITY
    b[wait + WAIT_ASKED] = b[ASKED]
    b[wait + WAIT_QUANTITY] = quantity
    b[wait + WAIT_REASON] = refused
    return 0

"""An order that was accepted meets a price: exits, guard exits, expiries and enters become fills.

The price is the market's; slippage is added here. An enter on the other side closes first, then opens, each
leg a fill of its own at one price.
"""

from __future__ import annotations

from ...stdlib.arith import absolute
from . import layout as at
from . import rows
from .bracket import attach
from .buffers import Floats, Ints
from .guards import admit
from .lots import close_first, close_lot, lot_at, open_lot, statement_at
from .orders import cancel, cancel_guard, filled_row, guard_place, order_row, row_place, status_of, waiting_at
from .prices import lots_down, slipped
from .sizing import exit_size, granted, size_up
from .watch import side_held


def execute_exit(
    b: Floats, k: Ints, trades: Floats, orders: Floats, records: Floats, statement: int, price: float, moment: int
) -> int:
    """The exit of a statement closes its quantity, or what is left of it."""
    here, wait = statement_at(k, statement), waiting_at(k, statement)
    side = k[here + at.SIDE]
    quantity = b[wait + at.WAIT_QUANTITY]
    if k[at.SIZING] == at.AT_FILL and k[here + at.SIZE_KIND] != at.NO_SIZE:
        size = b[wait + at.WAIT_INBOX + at.SIZE]
        quantity = lots_down(b, exit_size(b, k[here + at.SIZE_KIND], size, absolute(b[at.QUANTITY]), price))
    left = absolute(b[at.QUANTITY])
    if side_held(b) != side or not quantity > 0.0:
        return cancel(b, k, orders, statement, rows.NOTHING_TO_CLOSE)
    got = left if quantity > left else quantity
    b[at.MARKET] = price
    filled = slipped(b, price, -side)
    k[here + at.WAITS] = 0
    close_first(b, k, trades, records, got, filled, moment, rows.BY_SIGNAL, b[wait + at.WAIT_ORDER])
    row = order_row(b, k, orders, statement, statement, rows.EXIT_ORDER, side, rows.FILLED, got)
    return filled_row(k, orders, row, filled, moment)


def execute_guard(
    b: Floats, k: Ints, trades: Floats, orders: Floats, records: Floats, price: float, moment: int
) -> int:
    """The exit that a guard ordered, of the side it was ordered for."""
    wait = waiting_at(k, guard_place(k))
    side, left = side_held(b), absolute(b[at.QUANTITY])
    if side != k[at.GUARD_PENDING]:
        return cancel_guard(b, k, orders, rows.NOTHING_TO_CLOSE)
    k[at.GUARD_PENDING] = 0
    got = left if b[wait + at.WAIT_QUANTITY] > left else b[wait + at.WAIT_QUANTITY]
    b[at.MARKET] = price
    filled = slipped(b, price, -side)
    close_first(b, k, trades, records, got, filled, moment, rows.BY_GUARD, b[wait + at.WAIT_ORDER])
    row = order_row(b, k, orders, guard_place(k), -1, rows.GUARD_ORDER, side, rows.FILLED, got)
    return filled_row(k, orders, row, filled, moment)


def execute_expiries(
    b: Floats, k: Ints, trades: Floats, orders: Floats, records: Floats, price: float, moment: int
) -> int:
    """Every lot that waits to leave for its age, each a fill of its own."""
    lot = 0
    while lot < k[at.LOT_COUNT]:
        here = lot_at(k, lot)
        if b[here + at.LOT_CLOSING] == 0.0:
            lot += 1
        else:
            expire_lot(b, k, trades, orders, records, lot, price, moment)
    return 0


def expire_lot(
    b: Floats, k: Ints, trades: Floats, orders: Floats, records: Floats, lot: int, price: float, moment: int
) -> int:
    """One of them, and its row."""
    side, quantity = side_held(b), absolute(b[lot_at(k, lot) + at.LOT_QUANTITY])
    b[at.MARKET] = price
    filled = slipped(b, price, -side)
    row = expiry_row(b, k, orders, lot, rows.FILLED, quantity)
    filled_row(k, orders, row, filled, moment)
    number = b[lot_at(k, lot) + at.LOT_CLOSE_ORDER]
    return close_lot(b, k, trades, records, lot, filled, moment, rows.BY_EXPIRE, number, 0)


def expiry_row(b: Floats, k: Ints, orders: Floats, lot: int, status: int, got: float) -> int:
    """The row of a lot that was ordered out for its age."""
    here, wait = lot_at(k, lot), waiting_at(k, row_place(k))
    b[wait + at.WAIT_ORDER] = b[here + at.LOT_CLOSE_ORDER]
    b[wait + at.WAIT_INDEX] = b[here + at.LOT_CLOSE_INDEX]
    b[wait + at.WAIT_TIME] = b[here + at.LOT_CLOSE_TIME]
    b[wait + at.WAIT_ASKED] = absolute(b[here + at.LOT_QUANTITY])
    b[wait + at.WAIT_REASON] = rows.NO_REASON if status == rows.FILLED else rows.AT_THE_END
    statement = int(b[here + at.LOT_STATEMENT])
    return order_row(b, k, orders, row_place(k), statement, rows.EXPIRE_ORDER, side_held(b), status, got)


def execute_enter(
    b: Floats, k: Ints, trades: Floats, orders: Floats, records: Floats, statement: int, price: float, moment: int
) -> int:
    """The enter of a statement: what is held on the other side leaves, then the new lot is filled."""
    here, wait = statement_at(k, statement), waiting_at(k, statement)
    side = k[here + at.SIDE]
    b[at.MARKET] = price
    filled = slipped(b, price, side)
    k[here + at.WAITS] = 0
    reversed_ = 0
    if side_held(b) == -side:
        reversed_ = 1
        close_first(b, k, trades, records, at.EVERYTHING, filled, moment, rows.BY_REVERSE, b[wait + at.WAIT_ORDER])
    if k[at.SIZING] == at.AT_FILL and b[wait + at.WAIT_QUANTITY] > 0.0:
        size_again(b, k, here, wait, price)
    quantity = b[wait + at.WAIT_QUANTITY]
    if not quantity > 0.0:
        row = order_row(b, k, orders, statement, statement, rows.ENTER_ORDER, side, rows.REFUSED, 0.0)
        return filled_row(k, orders, row, filled, moment) if reversed_ != 0 else row
    lot = open_lot(b, k, records, side, quantity, filled, moment, statement, b[wait + at.WAIT_ORDER])
    attach(b, k, lot, here, wait + at.WAIT_INBOX)
    row = order_row(b, k, orders, statement, statement, rows.ENTER_ORDER, side, status_of(b, wait), quantity)
    orders[row + rows.ORDER_STOP] = b[lot + at.LOT_STOP]
    orders[row + rows.ORDER_TARGET] = b[lot + at.LOT_TARGET]
    return filled_row(k, orders, row, filled, moment)


def size_again(b: Floats, k: Ints, here: int, wait: int, price: float) -> int:
    """`sizing fill`: the quantity from the fill's price and the equity after any closing leg."""
    b[at.EXPECTED] = b[at.QUANTITY]
    b[at.EXPECTED_COST] = 0.0
    refused = size_up(b, k, here, wait + at.WAIT_INBOX, price)
    if refused == rows.NO_REASON:
        admit(b, k, k[here + at.SIDE], price)
        refused = k[at.WHY]
    quantity = granted(b)
    if quantity == 0.0 and refused == rows.NO_REASON:
        refused = rows.ZERO_QUANTITY
    b[wait + at.WAIT_ASKED] = b[at.ASKED]
    b[wait + at.WAIT_QUANTITY] = quantity
    b[wait + at.WAIT_REASON] = refused
    return 0

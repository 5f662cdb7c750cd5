"""An order that was accepted meets a price: exits, guard exits, expiries and enters become fills.

The price is the market's; slippage is added here. An enter on the other side closes first, then opens, each
leg a fill of its own where the market stands, at the costs of an exit and of an entry.
"""

from __future__ import annotations

from ...stdlib.arith import absolute
from . import layout as at
from . import rows
from .booking import apply_entry, apply_exit
from .buffers import Floats, Ints
from .expiries import end_gone
from .guards import admit, stands_in_the_way
from .levels import attach
from .lots import moves
from .open_risk import held_risk
from .orders import (
    NO_TEXTS,
    cancel,
    cancel_entries,
    cancel_guard,
    filled_row,
    order_row,
    statement_row,
    status_of,
)
from .parts import (
    add_part,
    charge_part,
    lot_filled,
    mean_price,
    no_room,
    note_instant,
    rest_of,
    room_for,
    stand_over,
)
from .places import guards_order, kept_at, lot_at, order_at, row_at, side_held, statement_at, target_of
from .prices import filled_at, lots_down
from .sizing import below_minimum, exit_size, granted, size_up

OLDEST_FIRST = -1


def execute_exit(
    b: Floats, k: Ints, trades: Floats, orders: Floats, records: Floats, statement: int, price: float, moment: int
) -> int:
    """The exit of a statement closes its quantity, or what is left; a share is of the position at the decision."""
    here, order = statement_at(k, statement), order_at(k, statement)
    side, left = k[here + at.SIDE], absolute(b[at.QUANTITY])
    before = b[order + at.FILLED]
    if side_held(b) != side:
        return cancel(b, k, orders, statement, rows.NOTHING_TO_CLOSE)
    if no_room(b, k, order) != 0:
        return stand_over(b, k, statement)
    if k[at.SIZING] == at.AT_FILL and k[here + at.SIZE_KIND] == at.IN_CASH and before == 0.0:
        b[order + at.AMOUNT] = lots_down(
            b, exit_size(b, at.IN_CASH, b[kept_at(k, statement) + at.SIZE], left, price)
        )
    quantity, rested = b[order + at.AMOUNT], k[here + at.REST] != at.AT_MARKET
    if not quantity > 0.0:  # `sizing fill`: at this price it is no lot
        b[order + at.REASON] = rows.ZERO_QUANTITY
        return statement_row(b, k, orders, statement, rows.REFUSED, 0.0)
    if k[here + at.SIZE_KIND] == at.NO_SIZE and (rested or before + left > b[order + at.ASKED_FOR]):
        b[order + at.ASKED_FOR] = before + left  # all that is held now, what an expiry has left of its lot, too
    wanted = left if quantity > left else quantity
    got = room_for(b, k, order, wanted)
    filled = leave(b, k, trades, orders, records, order, got, price, moment, rows.BY_SIGNAL)
    if got < wanted:
        rest_of(b, order, got)
        row = stand_over(b, k, statement)
    else:
        row = statement_row(b, k, orders, statement, rows.FILLED, before + got)
        filled_row(k, orders, row, mean_price(b, order, got, filled), moment)
    if rested:
        k[here + at.USED] = 1
        cancel_entries(b, k, orders, side, rows.EXIT_FIRST, at.WAITS)
    return row


def leave(
    b: Floats,
    k: Ints,
    trades: Floats,
    orders: Floats,
    records: Floats,
    order: int,
    got: float,
    price: float,
    moment: int,
    reason: int,
) -> float:
    """A quantity of the position leaves by an order, oldest lots first; returns the price of the fill."""
    lots = k[at.LOT_COUNT]
    b[at.MARKET] = price
    filled = filled_at(b, order, price, got, at.EXIT_COSTS)
    leg = at.LEG_FILLED if reason == rows.BY_REVERSE else at.FILLED
    charge = charge_part(b, order, got, filled, k[at.MAKER], at.EXIT_COSTS, leg)
    if leg == at.FILLED:  # of a reversal the row tells what it opened
        note_instant(b, k, order, moment)
    number, ambiguous = b[order + at.NUMBER], k[at.BY_PATH]
    k[at.AMBIGUOUS] += ambiguous
    apply_exit(b, k, trades, records, OLDEST_FIRST, got, filled, charge, moment, reason, number, ambiguous)
    end_gone(b, k, orders, lots)
    return filled


def execute_guard(
    b: Floats, k: Ints, trades: Floats, orders: Floats, records: Floats, price: float, moment: int
) -> int:
    """The exit that a guard ordered, of the side it was ordered for."""
    order = guards_order(k)
    side, left = side_held(b), absolute(b[at.QUANTITY])
    if side != k[at.GUARD_PENDING]:
        return cancel_guard(b, k, orders, rows.NOTHING_TO_CLOSE)
    if no_room(b, k, order) != 0:
        return 0
    wanted = left if b[order + at.AMOUNT] > left else b[order + at.AMOUNT]
    got = room_for(b, k, order, wanted)
    filled = leave(b, k, trades, orders, records, order, got, price, moment, rows.BY_GUARD)
    if got < wanted:
        return rest_of(b, order, got)
    k[at.GUARD_PENDING] = 0
    row = order_row(b, k, orders, order, NO_TEXTS, -1, rows.GUARD_ORDER, side, rows.FILLED, b[order + at.FILLED])
    return filled_row(k, orders, row, mean_price(b, order, got, filled), moment)


def execute_enter(
    b: Floats, k: Ints, trades: Floats, orders: Floats, records: Floats, statement: int, price: float, moment: int
) -> int:
    """The enter of a statement: what is held on the other side leaves, then the new lot is filled; 1 if any of it is.

    One that rested is asked again whether a limit on losses or gains stands in its way.
    """
    here, order = statement_at(k, statement), order_at(k, statement)
    side = k[here + at.SIDE]
    if no_room(b, k, order) != 0:
        return stand_over(b, k, statement)
    if k[here + at.REST] != at.AT_MARKET:
        guard = stands_in_the_way(b, k, b[order + at.AMOUNT], price, side)
        if guard != rows.NO_REASON:
            cancel(b, k, orders, statement, guard)
            return 0
    reversed_ = 1 if side_held(b) == -side else 0
    left_at = price
    if reversed_ != 0:
        got = room_for(b, k, order, absolute(b[at.QUANTITY]))
        left_at = leave(b, k, trades, orders, records, order, got, price, moment, rows.BY_REVERSE)
        if side_held(b) == -side:
            return stand_over(b, k, statement)
        left_at = mean_price(b, order + at.LEG_FILLED - at.FILLED, got, left_at)
    first = k[here + at.PART] == 0 and b[order + at.FILLED] == 0.0
    if k[at.SIZING] == at.AT_FILL and b[order + at.AMOUNT] > 0.0 and first:
        size_again(b, k, statement, order, price)
    wanted = b[order + at.AMOUNT]
    if not wanted > 0.0:
        row = statement_row(b, k, orders, statement, rows.REFUSED, 0.0)
        if reversed_ != 0:
            filled_row(k, orders, row, left_at, moment)
        return 0
    got = room_for(b, k, order, wanted)
    if got == 0.0:
        return stand_over(b, k, statement)
    filled = fill_entry(b, k, records, statement, got, price, moment)
    state = b[order + at.STATE]
    if got < wanted:
        rest_of(b, order, got)
        lot = lot_at(k, lot_filled(b, k, statement))
        b[order + at.PART_STOP] = b[row_at(lot, at.STOP_ROW) + at.TRIGGER_PRICE]
        b[order + at.PART_TARGET] = b[target_of(k, lot) + at.LIMIT_PRICE]
        b[order + at.STATE] = at.NO_ORDER  # for a moment: it is no other of itself
    else:
        entry_row(b, k, orders, statement, got, filled, moment)
    if k[at.ENTRIES] == at.ONE_CANCELS_OTHER:
        cancel_entries(b, k, orders, 0, rows.OTHER_FILLED, at.RESTS)
    if got < wanted:
        b[order + at.STATE] = state
        stand_over(b, k, statement)
    return 1


def fill_entry(
    b: Floats, k: Ints, records: Floats, statement: int, quantity: float, price: float, moment: int
) -> float:
    """A quantity of an entry fills where the market stands: its lot, or a further part of it; returns the price."""
    order = order_at(k, statement)
    before, number = b[order + at.FILLED], b[order + at.NUMBER]
    b[at.MARKET] = price
    filled = filled_at(b, order, price, quantity, at.ENTRY_COSTS)
    charge = charge_part(b, order, quantity, filled, k[at.MAKER], at.ENTRY_COSTS, at.FILLED)
    note_instant(b, k, order, moment)
    moves(k, k[statement_at(k, statement) + at.SIDE])
    lot = lot_filled(b, k, statement) if before > 0.0 else -1
    if lot >= 0:
        before -= b[order + at.BEFORE_LOT]
        here = add_part(b, k, records, lot, quantity, filled, charge, moment, before)
        b[here + at.LOT_BY_PATH] = max(b[here + at.LOT_BY_PATH], float(k[at.BY_PATH]))
        k[at.AMBIGUOUS] += k[at.BY_PATH]
        if moment == rows.INSIDE:
            k[at.LATE] = 1  # its levels have moved
        return filled
    b[order + at.BEFORE_LOT] = before
    here = apply_entry(b, k, records, statement, quantity, filled, charge, moment, number)
    attach(b, k, here, statement, kept_at(k, statement))
    return filled


def entry_row(b: Floats, k: Ints, orders: Floats, statement: int, got: float, filled: float, moment: int) -> int:
    """The row of an entry that has all it asked for, with the first levels of its lot. got, filled: its last part."""
    order, lot = order_at(k, statement), lot_at(k, lot_filled(b, k, statement))
    row = statement_row(b, k, orders, statement, status_of(b, order), b[order + at.FILLED])
    orders[row + rows.ORDER_STOP] = b[row_at(lot, at.STOP_ROW) + at.TRIGGER_PRICE]
    orders[row + rows.ORDER_TARGET] = b[target_of(k, lot) + at.LIMIT_PRICE]
    return filled_row(k, orders, row, mean_price(b, order, got, filled), moment)


def size_again(b: Floats, k: Ints, statement: int, order: int, price: float) -> int:
    """`sizing fill`: the quantity from the fill's price and the equity after any closing leg."""
    here = statement_at(k, statement)
    b[at.EXPECTED] = b[at.QUANTITY]
    b[at.EXPECTED_COST] = 0.0
    b[at.RESERVED] = 0.0
    b[at.WORTH] = price
    if k[at.MORE_SUMS] != 0:
        b[at.EXPECTED_RISK] = held_risk(b, k, k[here + at.SIDE], price)
    k[at.WEIGHED] = statement
    refused = size_up(b, k, here, kept_at(k, statement), price)
    if refused == rows.NO_REASON:
        admit(b, k, k[here + at.SIDE], price)
        refused = k[at.WHY]
    quantity = granted(b)
    if quantity == 0.0 and refused == rows.NO_REASON:
        refused = rows.ZERO_QUANTITY
    if quantity > 0.0 and below_minimum(b, quantity, price) != 0:
        quantity = 0.0
        refused = rows.BELOW_MINIMUM
    b[order + at.ASKED_FOR] = b[at.ASKED]
    b[order + at.AMOUNT] = quantity
    b[order + at.REASON] = refused
    return 0

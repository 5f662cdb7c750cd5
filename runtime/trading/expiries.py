"""Lots that leave for their age: in bars or as an instant by the fill policy, at the next open, or at a time of day.

A lot's expiry is a row of its own: dormant until its age is reached, then an order that waits like any other.
"""

from __future__ import annotations

from ...stdlib.arith import absolute
from . import layout as at
from . import rows
from .booking import apply_exit
from .buffers import Floats, Ints
from .orders import NO_TEXTS, filled_row, number_order, order_row
from .parts import charge_part, end_rest, mean_price, note_instant, room_for
from .places import lot_at, row_at, side_held, statement_at
from .prices import filled_at


def expiry_of(k: Ints, lot: int) -> int:
    """The row of the expiry of an open lot."""
    return row_at(lot_at(k, lot), at.EXPIRY_ROW)


def is_old(b: Floats, k: Ints, lot: int) -> int:
    """Whether an expiry that counts bars or time has its age at this close."""
    expiry = expiry_of(k, lot)
    if b[expiry + at.STATE] != at.DORMANT:
        return 0
    old = float(k[at.HELD]) >= b[expiry + at.UNTIL] or float(k[at.NOW_TIME]) >= b[expiry + at.UNTIL_TIME]
    return 1 if old else 0


def has_come(b: Floats, k: Ints, lot: int, moment: int) -> int:
    """Whether this open, or this close, is the moment that an expiry names."""
    here = lot_at(k, lot)
    statement = statement_at(k, int(b[here + at.LOT_STATEMENT]))
    kind = k[statement + at.EXPIRE_KIND]
    if kind == at.EXPIRE_NEXT_OPEN:
        return 1 if moment == rows.AT_OPEN and b[here + at.LOT_INDEX] < k[at.NOW] else 0
    if kind != at.EXPIRE_PASSED:
        return 0
    passed = k[statement + at.PASSED_OPEN] if moment == rows.AT_OPEN else k[statement + at.PASSED]
    return 1 if passed > b[here + at.LOT_PASSED] else 0


def order_out(b: Floats, k: Ints, lot: int) -> int:
    """A lot's expiry becomes an order that waits."""
    side, quantity = side_held(b), absolute(b[lot_at(k, lot) + at.LOT_QUANTITY])
    expiry = number_order(b, k, expiry_of(k, lot), -side, quantity, quantity, rows.NO_REASON)
    b[expiry + at.STATE] = at.WAITS
    return 0


def execute_expiries(
    b: Floats, k: Ints, trades: Floats, orders: Floats, records: Floats, price: float, moment: int, waiting: int
) -> int:
    """Every lot whose moment this is, and (waiting: 1) every one that waits, each a fill of its own.

    What could not fill at its own close waits for an open. At a venue they are ordered out, and it fills them.
    """
    if k[at.VENUE] != 0:
        return order_out_due(b, k, moment)
    lot = 0
    while lot < k[at.LOT_COUNT]:
        gone = 0
        if has_come(b, k, lot, moment) != 0 and b[expiry_of(k, lot) + at.STATE] == at.DORMANT:
            order_out(b, k, lot)
            gone = expire_lot(b, k, trades, orders, records, lot, price, moment)
        elif waiting != 0 and waits_for(b, k, expiry_of(k, lot), moment) != 0:
            gone = expire_lot(b, k, trades, orders, records, lot, price, moment)
        lot += 1 - gone
    return 0


def order_out_due(b: Floats, k: Ints, moment: int) -> int:
    """Every lot whose moment this is becomes an order that waits; returns how many."""
    count = 0
    for lot in range(k[at.LOT_COUNT]):
        if has_come(b, k, lot, moment) != 0 and b[expiry_of(k, lot) + at.STATE] == at.DORMANT:
            order_out(b, k, lot)
            count += 1
    return count


def waits_for(b: Floats, k: Ints, order: int, moment: int) -> int:
    """Whether an order that waits may fill at this moment: at an open, or at the close that decided it."""
    due = moment == rows.AT_OPEN or b[order + at.DECIDED] == k[at.NOW]
    return 1 if due and b[order + at.STATE] == at.WAITS else 0


def expire_lot(
    b: Floats, k: Ints, trades: Floats, orders: Floats, records: Floats, lot: int, price: float, moment: int
) -> int:
    """One of them, and its row; returns 1 if the lot is gone, 0 if some of it waits on."""
    expiry, wanted = expiry_of(k, lot), absolute(b[lot_at(k, lot) + at.LOT_QUANTITY])
    quantity, before = room_for(b, k, expiry, wanted), b[expiry + at.FILLED]
    end_rest(b, k, orders, lot)
    if quantity == 0.0:
        return 0
    b[at.MARKET] = price
    filled, number = filled_at(b, expiry, price, quantity, at.EXIT_COSTS), b[expiry + at.NUMBER]
    charge = charge_part(b, expiry, quantity, filled, k[at.MAKER], at.EXIT_COSTS, at.FILLED)
    note_instant(b, k, expiry, moment)
    if quantity == wanted:
        row = expiry_row(b, k, orders, lot, rows.FILLED, before + quantity)
        filled_row(k, orders, row, mean_price(b, expiry, quantity, filled), moment)
    apply_exit(b, k, trades, records, lot, quantity, filled, charge, moment, rows.BY_EXPIRE, number, 0)
    return 1 if quantity == wanted else 0


def expiry_row(b: Floats, k: Ints, orders: Floats, lot: int, status: int, got: float) -> int:
    """The row of a lot that was ordered out for its age; it asks for what the lot has then."""
    here, expiry = lot_at(k, lot), expiry_of(k, lot)
    b[expiry + at.ASKED_FOR] = absolute(b[here + at.LOT_QUANTITY])
    if status == rows.FILLED:
        b[expiry + at.ASKED_FOR] = got
    else:
        b[expiry + at.ASKED_FOR] += b[expiry + at.FILLED]
        b[expiry + at.REASON] = rows.AT_THE_END
    b[expiry + at.STATE] = at.NO_ORDER
    statement = int(b[here + at.LOT_STATEMENT])
    return order_row(b, k, orders, expiry, NO_TEXTS, statement, rows.EXPIRE_ORDER, side_held(b), status, got)


def end_gone(b: Floats, k: Ints, orders: Floats, lots: int) -> int:
    """Of so many lots that there were, those that have left by something else: what their age ordered ends unfilled."""
    for place in range(k[at.LOT_COUNT], lots):
        expiry = expiry_of(k, place)
        if b[expiry + at.STATE] == at.WAITS:
            b[expiry + at.STATE] = at.NO_ORDER
            b[expiry + at.REASON] = rows.NOTHING_TO_CLOSE
            statement, side = int(b[lot_at(k, place) + at.LOT_STATEMENT]), 1 if b[expiry + at.TRADE] < 0.0 else -1
            order_row(b, k, orders, expiry, NO_TEXTS, statement, rows.EXPIRE_ORDER, side, rows.CANCELLED, 0.0)
    return 0


def leaves_at_open(b: Floats, k: Ints, lot: int) -> int:
    """Whether a lot is sure to leave at the next open."""
    statement = statement_at(k, int(b[lot_at(k, lot) + at.LOT_STATEMENT]))
    return 1 if k[statement + at.EXPIRE_KIND] == at.EXPIRE_NEXT_OPEN else 0

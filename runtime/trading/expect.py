"""What the books will be once everything accepted has filled, as far as that is certain; and what may fill besides.

EXPECTED is the position once the market orders that wait have filled, REMAINING how much of what is held now no
accepted exit takes. Orders that rest may fill or not: what rests on a side counts against a new order of that side.
"""

from __future__ import annotations

from ...stdlib.arith import absolute
from . import layout as at
from .buffers import Floats, Ints
from .expiries import expiry_of, leaves_at_open
from .levels import leaving_row
from .orders import is_over
from .places import guards_order, lot_at, order_at, own_at, rests, side_held, state_of, statement_at
from .prices import order_cost


def expect(b: Floats, k: Ints, price: float) -> int:
    """Before this event's decisions: the position, less what waits to leave, plus what waits to enter.

    In the order in which they will fill: what has left cannot leave again, and costs nothing more.
    """
    b[at.EXPECTED] = b[at.QUANTITY]
    b[at.EXPECTED_COST] = 0.0
    b[at.REMAINING] = absolute(b[at.QUANTITY])
    b[at.LEAVING] = 0.0
    if k[at.GUARD_PENDING] != 0:
        expect_exit(b, k[at.GUARD_PENDING], b[guards_order(k) + at.AMOUNT], price)
        b[at.LEAVING] += b[guards_order(k) + at.AMOUNT]
    expect_kind(b, k, at.EXIT, price)
    for lot in range(k[at.LOT_COUNT]):
        quantity = absolute(b[lot_at(k, lot) + at.LOT_QUANTITY])
        if b[expiry_of(k, lot) + at.STATE] == at.WAITS or leaving_row(b, k, lot_at(k, lot)) >= 0:
            expect_exit(b, side_held(b), quantity, price)
        elif leaves_at_open(b, k, lot) != 0:  # no order yet, so that an exit may still take it
            expect_gone(b, side_held(b), quantity, price)
    return expect_kind(b, k, at.ENTER, price)


def expect_kind(b: Floats, k: Ints, kind: int, price: float) -> int:
    """The orders of the statements of one kind that wait, in source order."""
    for nth in range(k[at.OWN_COUNT]):
        statement = own_at(k, nth)
        here = statement_at(k, statement)
        if k[here + at.KIND] == kind and state_of(b, k, statement) == at.WAITS:
            quantity = b[order_at(k, statement) + at.AMOUNT]
            if kind == at.EXIT:
                expect_exit(b, k[here + at.SIDE], quantity, price)
                b[at.LEAVING] += quantity
            else:
                expect_enter(b, k[here + at.SIDE], quantity, price)
    return 0


def expect_exit(b: Floats, side: int, quantity: float, price: float) -> int:
    """An exit of a quantity (or of all, if it is more) is accepted."""
    if side == side_held(b):
        b[at.REMAINING] = max(b[at.REMAINING] - quantity, 0.0)
    return expect_gone(b, side, quantity, price)


def expect_gone(b: Floats, side: int, quantity: float, price: float) -> int:
    """So much of a side will be gone, by an exit or because the other side is entered."""
    held = b[at.EXPECTED] * side
    if held <= 0.0:
        return 0
    gone = held if quantity > held else quantity
    b[at.EXPECTED] -= side * gone
    b[at.EXPECTED_COST] += order_cost(b, gone, price, -side, at.EXIT_COSTS)
    return 0


def expect_enter(b: Floats, side: int, quantity: float, price: float) -> int:
    """An enter is accepted; what is expected on the other side leaves first."""
    expect_gone(b, -side, at.EVERYTHING, price)
    b[at.EXPECTED] += side * quantity
    b[at.EXPECTED_COST] += order_cost(b, quantity, price, side, at.ENTRY_COSTS)
    return 0


def waiting_quantity(b: Floats, k: Ints) -> float:
    """The most that may fill at the market of an open if all that waits does; nothing where no volume limits it."""
    if b[at.PARTICIPATION] == 0.0:
        return 0.0
    held, total = absolute(b[at.QUANTITY]), 0.0
    for nth in range(k[at.OWN_COUNT]):
        statement = own_at(k, nth)
        here = statement_at(k, statement)
        if state_of(b, k, statement) == at.WAITS:
            amount = b[order_at(k, statement) + at.AMOUNT]
            if k[here + at.KIND] == at.EXIT:
                total += min(amount, held)
            else:
                total += amount + (held if side_held(b) == -k[here + at.SIDE] else 0.0)
    for lot in range(k[at.LOT_COUNT]):
        here = lot_at(k, lot)
        kind = k[statement_at(k, int(b[here + at.LOT_STATEMENT])) + at.EXPIRE_KIND]
        leaves = kind == at.EXPIRE_NEXT_OPEN or kind == at.EXPIRE_PASSED  # at this open, perhaps
        if leaves or b[expiry_of(k, lot) + at.STATE] == at.WAITS or leaving_row(b, k, here) >= 0:
            total += absolute(b[here + at.LOT_QUANTITY])
    return total


def reserve(b: Floats, k: Ints, side: int) -> int:
    """What rests on a side, but of the statement being weighed, counts as filled, at its own price.

    One whose life ends at this close is over, unless its own wish renews it.
    """
    b[at.RESERVED] = 0.0
    if k[at.RESTING] == 0 or k[at.ENTRIES] == at.ONE_CANCELS_OTHER:
        return 0
    for nth in range(k[at.OWN_COUNT]):
        statement = own_at(k, nth)
        here, order = statement_at(k, statement), order_at(k, statement)
        of_side = k[here + at.KIND] == at.ENTER and k[here + at.SIDE] == side
        if of_side and statement != k[at.WEIGHED] and rests(b, k, statement) != 0 and is_over(b, k, statement) == 0:
            quantity, price = b[order + at.AMOUNT], own_price(b, order)
            b[at.RESERVED] += quantity * b[at.POINT_VALUE] * absolute(price)
            b[at.EXPECTED_COST] += order_cost(b, quantity, price, side, at.ENTRY_COSTS)
    return 0


def own_price(b: Floats, order: int) -> float:
    """The price an order that rests is sized at: its limit where there is one, else its trigger."""
    limit = b[order + at.LIMIT_PRICE]
    return limit if limit == limit else b[order + at.TRIGGER_PRICE]

"""Phase 6: decisions become orders. Exits first, then expiries, then enters, each in source order.

The effect of an order on every limit is computed before it is accepted, from the books and from what was
accepted before it: EXPECTED is the quantity once all of that has filled. What fills at this close fills here,
at once; the rest waits for the next open. An exit that acts leaves no enter of its side in the same event.
An enter that guards leave no room for is denied; if it would have reversed, its closing leg still acts,
because leaving is not new risk.
"""

from __future__ import annotations

from ...stdlib.arith import absolute
from . import layout as at
from . import rows
from .buffers import Floats, Ints
from .execute import execute_enter, execute_exit, execute_expiries
from .fill import begin
from .guards import admit
from .lots import lot_at, statement_at
from .orders import cancel_entries, inbox_at, keep_inbox, number_order, refuse, waiting_at
from .path import gap_direction, leave
from .prices import lots_down, order_cost
from .sizing import exit_size, granted, size_up
from .watch import refresh, side_held


def decide(
    b: Floats, k: Ints, trades: Floats, orders: Floats, records: Floats, index: int, time: int, close: float
) -> int:
    """Every wish in the inbox becomes an order, a denial or nothing; lots that are old enough are closed."""
    begin(b, k, index, time)
    expect(b, k, close)
    left_long, left_short = 0, 0
    for statement in range(k[at.STATEMENT_COUNT]):
        here = statement_at(k, statement)
        if k[here + at.KIND] == at.EXIT and b[inbox_at(k, statement) + at.WANTED] != 0.0 and k[here + at.ACCEPTS] != 0:
            acted = decide_exit(b, k, trades, orders, records, statement, close)
            if k[here + at.SIDE] == at.LONG:
                left_long += acted
            else:
                left_short += acted
    decide_expiries(b, k, trades, orders, records, close)
    decide_enters(b, k, trades, orders, records, close, left_long, left_short)
    for statement in range(k[at.STATEMENT_COUNT]):
        b[inbox_at(k, statement) + at.WANTED] = 0.0
    return refresh(b, k)


def fills_now(policy: int, close: float) -> int:
    """Whether an order of this fill policy fills at this close; without a close it waits for the next open."""
    return 1 if policy == at.THIS_CLOSE and close == close else 0


def expect(b: Floats, k: Ints, price: float) -> int:
    """Before this event's decisions: the position, less what waits to leave, plus what waits to enter."""
    b[at.EXPECTED] = b[at.QUANTITY]
    b[at.EXPECTED_COST] = 0.0
    for lot in range(k[at.LOT_COUNT]):
        here = lot_at(k, lot)
        if b[here + at.LOT_CLOSING] != 0.0:
            expect_exit(b, side_held(b), absolute(b[here + at.LOT_QUANTITY]), price)
    if k[at.GUARD_PENDING] != 0:
        expect_exit(b, k[at.GUARD_PENDING], b[waiting_at(k, k[at.STATEMENT_COUNT]) + at.WAIT_QUANTITY], price)
    for statement in range(k[at.STATEMENT_COUNT]):
        here = statement_at(k, statement)
        if k[here + at.WAITS] != 0:
            quantity = b[waiting_at(k, statement) + at.WAIT_QUANTITY]
            if k[here + at.KIND] == at.EXIT:
                expect_exit(b, k[here + at.SIDE], quantity, price)
            else:
                expect_enter(b, k[here + at.SIDE], quantity, price)
    return 0


def expect_exit(b: Floats, side: int, quantity: float, price: float) -> int:
    """An exit of a quantity (or of all, if it is more) is accepted."""
    held = b[at.EXPECTED] * side
    if held <= 0.0:
        return 0
    gone = held if quantity > held else quantity
    b[at.EXPECTED] -= side * gone
    b[at.EXPECTED_COST] += order_cost(b, gone, price, -side)
    return 0


def expect_enter(b: Floats, side: int, quantity: float, price: float) -> int:
    """An enter is accepted; what is expected on the other side leaves first."""
    expect_exit(b, -side, at.EVERYTHING, price)
    b[at.EXPECTED] += side * quantity
    b[at.EXPECTED_COST] += order_cost(b, quantity, price, side)
    return 0


def decide_exit(
    b: Floats, k: Ints, trades: Floats, orders: Floats, records: Floats, statement: int, close: float
) -> int:
    """One exit, of what the exits before it leave; returns whether it acts."""
    here = statement_at(k, statement)
    side = k[here + at.SIDE]
    left = b[at.EXPECTED] * side
    if left <= 0.0:
        return 0
    quantity, asked = at.EVERYTHING, left
    if k[here + at.SIZE_KIND] == at.NO_SIZE:
        if fills_now(k[here + at.FILL], close) != 0:
            asked = absolute(b[at.QUANTITY])  # what waits to leave has not left yet
    else:
        asked = exit_size(b, k[here + at.SIZE_KIND], b[inbox_at(k, statement) + at.SIZE], left, close)
        if asked != asked:
            refuse(b, k, orders, statement, 0.0, rows.REFUSED, rows.MISSING_SIZE)
            return 0
        quantity = left if asked >= left else lots_down(b, asked)
        if quantity <= 0.0:
            refuse(b, k, orders, statement, asked, rows.REFUSED, rows.ZERO_QUANTITY)
            return 0
    keep_inbox(b, k, statement)
    number_order(b, k, statement, asked, quantity, rows.NO_REASON)
    k[here + at.WAITS] = 1
    k[here + at.USED] = 1
    cancel_entries(b, k, orders, side, rows.EXIT_FIRST)
    if fills_now(k[here + at.FILL], close) != 0:
        execute_exit(b, k, trades, orders, records, statement, close, rows.AT_CLOSE)
        expect(b, k, close)
    else:
        expect_exit(b, side, quantity, close)
    return 1


def decide_expiries(b: Floats, k: Ints, trades: Floats, orders: Floats, records: Floats, close: float) -> int:
    """Lots that have reached their age are ordered out, by the program's fill policy."""
    for lot in range(k[at.LOT_COUNT]):
        here = lot_at(k, lot)
        old = float(k[at.HELD]) >= b[here + at.LOT_EXPIRE_HELD] or float(k[at.NOW_TIME]) >= b[here + at.LOT_EXPIRE_TIME]
        if old and b[here + at.LOT_CLOSING] == 0.0 and b[at.EXPECTED] * b[here + at.LOT_QUANTITY] > 0.0:
            b[here + at.LOT_CLOSING] = 1.0
            b[here + at.LOT_CLOSE_ORDER] = k[at.NEXT_ORDER]
            b[here + at.LOT_CLOSE_INDEX] = k[at.NOW]
            b[here + at.LOT_CLOSE_TIME] = k[at.NOW_TIME]
            k[at.NEXT_ORDER] += 1
            expect_exit(b, side_held(b), absolute(b[here + at.LOT_QUANTITY]), close)
    if fills_now(k[at.GUARD_FILL], close) != 0:
        execute_expiries(b, k, trades, orders, records, close, rows.AT_CLOSE)
        expect(b, k, close)
    return 0


def decide_enters(
    b: Floats,
    k: Ints,
    trades: Floats,
    orders: Floats,
    records: Floats,
    close: float,
    left_long: int,
    left_short: int,
) -> int:
    """Enters of one side act in source order while `scale` allowed before this event; the first side to act wins."""
    taken = 0
    for statement in range(k[at.STATEMENT_COUNT]):
        here = statement_at(k, statement)
        side = k[here + at.SIDE]
        if k[here + at.KIND] != at.EXIT and b[inbox_at(k, statement) + at.WANTED] != 0.0 and k[here + at.ACCEPTS] != 0:
            if (side == at.LONG and left_long > 0) or (side == at.SHORT and left_short > 0):
                continue
            if k[here + at.ACCEPTS] == at.FULL_UP:
                k[here + at.DROPPED] += 1
            elif taken == -side:
                refuse(b, k, orders, statement, 0.0, rows.CONFLICT, rows.OPPOSITE)
            elif (taken == 0 or k[here + at.SCALE] > 0) and decide_enter(
                b, k, trades, orders, records, statement, close
            ) != 0:
                taken = side
    return 0


def decide_enter(
    b: Floats, k: Ints, trades: Floats, orders: Floats, records: Floats, statement: int, close: float
) -> int:
    """One enter; returns whether it acts."""
    here = statement_at(k, statement)
    side = k[here + at.SIDE]
    expected, cost = b[at.EXPECTED], b[at.EXPECTED_COST]
    reversal = 1 if expected * side < 0.0 else 0
    expect_exit(b, -side, at.EVERYTHING, close)
    refused = weigh(b, k, statement, close)
    closing_only = 1 if refused != rows.NO_REASON and refused <= rows.HALTED_NOW and reversal != 0 else 0
    if refused != rows.NO_REASON and closing_only == 0:
        b[at.EXPECTED] = expected
        b[at.EXPECTED_COST] = cost
        refuse(b, k, orders, statement, b[at.ASKED], rows.REFUSED, refused)
        return 0
    keep_inbox(b, k, statement)
    number_order(b, k, statement, b[at.ASKED], b[at.GRANTED], k[at.WHY])
    k[here + at.WAITS] = 1
    if fills_now(k[here + at.FILL], close) != 0:
        execute_enter(b, k, trades, orders, records, statement, close, rows.AT_CLOSE)
        if b[at.GRANTED] > 0.0:
            leave_at_once(b, k, trades, records, close)
        expect(b, k, close)
    else:
        expect_enter(b, side, b[at.GRANTED], close)
    return 1


def weigh(b: Floats, k: Ints, statement: int, close: float) -> int:
    """Set ASKED, GRANTED (on the lot grid) and WHY; returns the reason to deny, or NO_REASON. Guards' come first."""
    here = statement_at(k, statement)
    refused = size_up(b, k, here, inbox_at(k, statement), close)
    if refused != rows.NO_REASON:
        return refused
    if k[at.HALTED] != at.NOT_HALTED:
        b[at.GRANTED] = 0.0
        k[at.WHY] = rows.HALTED_NOW
        return rows.HALTED_NOW
    cut = admit(b, k, k[here + at.SIDE], close)
    b[at.GRANTED] = granted(b)
    if b[at.GRANTED] > 0.0:
        return rows.NO_REASON
    if cut == 0:
        k[at.WHY] = rows.ZERO_QUANTITY
    return k[at.WHY]


def leave_at_once(b: Floats, k: Ints, trades: Floats, records: Floats, close: float) -> int:
    """A lot just filled at the close beyond its own bracket leaves at once; older lots have had this bar."""
    lot = k[at.LOT_COUNT] - 1
    if k[at.BRACKET] != at.ENTRY_BAR or lot < 0:
        return 0
    direction = gap_direction(b, k, lot_at(k, lot), close)
    if direction == 0:
        return 0
    return leave(b, k, trades, records, lot, close, rows.AT_CLOSE, direction, 0)

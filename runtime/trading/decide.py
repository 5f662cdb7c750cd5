"""Phase 6: decisions become orders. Exits first, then expiries, then enters, each in source order.

The effect of an order on every limit is computed before it is accepted, from the books and from what was
accepted before it: EXPECTED is the quantity once all of that has filled. What fills at this close fills here,
at once; the rest waits for the next open. An exit that acts leaves no enter of its side in the same event.
An enter that guards leave no room for is denied; if it would have reversed, its closing leg still acts,
because leaving is not new risk.
"""

from __future__ import annotations

from ...stdlib.arith import absolute
from .buffers import Floats, Ints
from .execute import execute_enter, execute_exit, execute_expiries
from .fill import begin
from .guards import admit
from .layout import (
    ACCEPTS,
    ASKED,
    BRACKET,
    DROPPED,
    ENTRY_BAR,
    EVERYTHING,
    EXIT,
    EXPECTED,
    EXPECTED_COST,
    FILL,
    FULL_UP,
    GRANTED,
    GUARD_FILL,
    GUARD_PENDING,
    HALTED,
    HELD,
    KIND,
    LONG,
    LOT_CLOSE_INDEX,
    LOT_CLOSE_ORDER,
    LOT_CLOSE_TIME,
    LOT_CLOSING,
    LOT_COUNT,
    LOT_EXPIRE_HELD,
    LOT_EXPIRE_TIME,
    LOT_QUANTITY,
    NEXT_ORDER,
    NO_SIZE,
    NOT_HALTED,
    NOW,
    NOW_TIME,
    QUANTITY,
    SCALE,
    SHORT,
    SIDE,
    SIZE,
    SIZE_KIND,
    STATEMENT_COUNT,
    THIS_CLOSE,
    USED,
    WAIT_QUANTITY,
    WAITS,
    WANTED,
    WHY,
)
from .lots import lot_at, statement_at
from .orders import cancel_entries, inbox_at, keep_inbox, number_order, refuse, waiting_at
from .path import gap_direction, leave
from .prices import lots_down, order_cost
from .rows import (
    AT_CLOSE,
    CONFLICT,
    EXIT_FIRST,
    HALTED_NOW,
    MISSING_SIZE,
    NO_REASON,
    OPPOSITE,
    REFUSED,
    ZERO_QUANTITY,
)
from .sizing import exit_size, granted, size_up
from .watch import refresh, side_held


def decide(
    b: Floats, k: Ints, trades: Floats, orders: Floats, records: Floats, index: int, time: int, close: float
) -> int:
    """Every wish in the inbox becomes an order, a denial or nothing; lots that are old enough are closed."""
    begin(b, k, index, time)
    expect(b, k, close)
    left_long, left_short = 0, 0
    for statement in range(k[STATEMENT_COUNT]):
        at = statement_at(k, statement)
        if k[at + KIND] == EXIT and b[inbox_at(k, statement) + WANTED] != 0.0 and k[at + ACCEPTS] != 0:
            acted = decide_exit(b, k, trades, orders, records, statement, close)
            if k[at + SIDE] == LONG:
                left_long += acted
            else:
                left_short += acted
    decide_expiries(b, k, trades, orders, records, close)
    decide_enters(b, k, trades, orders, records, close, left_long, left_short)
    for statement in range(k[STATEMENT_COUNT]):
        b[inbox_at(k, statement) + WANTED] = 0.0
    return refresh(b, k)


def fills_now(policy: int, close: float) -> int:
    """Whether an order of this fill policy fills at this close; without a close it waits for the next open."""
    return 1 if policy == THIS_CLOSE and close == close else 0


def expect(b: Floats, k: Ints, price: float) -> int:
    """Before this event's decisions: the position, less what waits to leave, plus what waits to enter."""
    b[EXPECTED] = b[QUANTITY]
    b[EXPECTED_COST] = 0.0
    for lot in range(k[LOT_COUNT]):
        at = lot_at(k, lot)
        if b[at + LOT_CLOSING] != 0.0:
            expect_exit(b, side_held(b), absolute(b[at + LOT_QUANTITY]), price)
    if k[GUARD_PENDING] != 0:
        expect_exit(b, k[GUARD_PENDING], b[waiting_at(k, k[STATEMENT_COUNT]) + WAIT_QUANTITY], price)
    for statement in range(k[STATEMENT_COUNT]):
        at = statement_at(k, statement)
        if k[at + WAITS] != 0:
            quantity = b[waiting_at(k, statement) + WAIT_QUANTITY]
            if k[at + KIND] == EXIT:
                expect_exit(b, k[at + SIDE], quantity, price)
            else:
                expect_enter(b, k[at + SIDE], quantity, price)
    return 0


def expect_exit(b: Floats, side: int, quantity: float, price: float) -> int:
    """An exit of a quantity (or of all, if it is more) is accepted."""
    held = b[EXPECTED] * side
    if held <= 0.0:
        return 0
    gone = held if quantity > held else quantity
    b[EXPECTED] -= side * gone
    b[EXPECTED_COST] += order_cost(b, gone, price, -side)
    return 0


def expect_enter(b: Floats, side: int, quantity: float, price: float) -> int:
    """An enter is accepted; what is expected on the other side leaves first."""
    expect_exit(b, -side, EVERYTHING, price)
    b[EXPECTED] += side * quantity
    b[EXPECTED_COST] += order_cost(b, quantity, price, side)
    return 0


def decide_exit(
    b: Floats, k: Ints, trades: Floats, orders: Floats, records: Floats, statement: int, close: float
) -> int:
    """One exit, of what the exits before it leave; returns whether it acts."""
    at = statement_at(k, statement)
    side = k[at + SIDE]
    left = b[EXPECTED] * side
    if left <= 0.0:
        return 0
    quantity, asked = EVERYTHING, left
    if k[at + SIZE_KIND] == NO_SIZE:
        if fills_now(k[at + FILL], close) != 0:
            asked = absolute(b[QUANTITY])  # what waits to leave has not left yet
    else:
        asked = exit_size(b, k[at + SIZE_KIND], b[inbox_at(k, statement) + SIZE], left, close)
        if asked != asked:
            refuse(b, k, orders, statement, 0.0, REFUSED, MISSING_SIZE)
            return 0
        quantity = left if asked >= left else lots_down(b, asked)
        if quantity <= 0.0:
            refuse(b, k, orders, statement, asked, REFUSED, ZERO_QUANTITY)
            return 0
    keep_inbox(b, k, statement)
    number_order(b, k, statement, asked, quantity, NO_REASON)
    k[at + WAITS] = 1
    k[at + USED] = 1
    cancel_entries(b, k, orders, side, EXIT_FIRST)
    if fills_now(k[at + FILL], close) != 0:
        execute_exit(b, k, trades, orders, records, statement, close, AT_CLOSE)
        expect(b, k, close)
    else:
        expect_exit(b, side, quantity, close)
    return 1


def decide_expiries(b: Floats, k: Ints, trades: Floats, orders: Floats, records: Floats, close: float) -> int:
    """Lots that have reached their age are ordered out, by the program's fill policy."""
    for lot in range(k[LOT_COUNT]):
        at = lot_at(k, lot)
        old = float(k[HELD]) >= b[at + LOT_EXPIRE_HELD] or float(k[NOW_TIME]) >= b[at + LOT_EXPIRE_TIME]
        if old and b[at + LOT_CLOSING] == 0.0 and b[EXPECTED] * b[at + LOT_QUANTITY] > 0.0:
            b[at + LOT_CLOSING] = 1.0
            b[at + LOT_CLOSE_ORDER] = k[NEXT_ORDER]
            b[at + LOT_CLOSE_INDEX] = k[NOW]
            b[at + LOT_CLOSE_TIME] = k[NOW_TIME]
            k[NEXT_ORDER] += 1
            expect_exit(b, side_held(b), absolute(b[at + LOT_QUANTITY]), close)
    if fills_now(k[GUARD_FILL], close) != 0:
        execute_expiries(b, k, trades, orders, records, close, AT_CLOSE)
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
    for statement in range(k[STATEMENT_COUNT]):
        at = statement_at(k, statement)
        side = k[at + SIDE]
        if k[at + KIND] != EXIT and b[inbox_at(k, statement) + WANTED] != 0.0 and k[at + ACCEPTS] != 0:
            if (side == LONG and left_long > 0) or (side == SHORT and left_short > 0):
                continue
            if k[at + ACCEPTS] == FULL_UP:
                k[at + DROPPED] += 1
            elif taken == -side:
                refuse(b, k, orders, statement, 0.0, CONFLICT, OPPOSITE)
            elif (taken == 0 or k[at + SCALE] > 0) and decide_enter(
                b, k, trades, orders, records, statement, close
            ) != 0:
                taken = side
    return 0


def decide_enter(
    b: Floats, k: Ints, trades: Floats, orders: Floats, records: Floats, statement: int, close: float
) -> int:
    """One enter; returns whether it acts."""
    at = statement_at(k, statement)
    side = k[at + SIDE]
    expected, cost = b[EXPECTED], b[EXPECTED_COST]
    reversal = 1 if expected * side < 0.0 else 0
    expect_exit(b, -side, EVERYTHING, close)
    refused = weigh(b, k, statement, close)
    closing_only = 1 if refused != NO_REASON and refused <= HALTED_NOW and reversal != 0 else 0
    if refused != NO_REASON and closing_only == 0:
        b[EXPECTED] = expected
        b[EXPECTED_COST] = cost
        refuse(b, k, orders, statement, b[ASKED], REFUSED, refused)
        return 0
    keep_inbox(b, k, statement)
    number_order(b, k, statement, b[ASKED], b[GRANTED], k[WHY])
    k[at + WAITS] = 1
    if fills_now(k[at + FILL], close) != 0:
        execute_enter(b, k, trades, orders, records, statement, close, AT_CLOSE)
        if b[GRANTED] > 0.0:
            leave_at_once(b, k, trades, records, close)
        expect(b, k, close)
    else:
        expect_enter(b, side, b[GRANTED], close)
    return 1


def weigh(b: Floats, k: Ints, statement: int, close: float) -> int:
    """Set ASKED, GRANTED (on the lot grid) and WHY; returns the reason to deny, or NO_REASON. Guards' come first."""
    at = statement_at(k, statement)
    refused = size_up(b, k, at, inbox_at(k, statement), close)
    if refused != NO_REASON:
        return refused
    if k[HALTED] != NOT_HALTED:
        b[GRANTED] = 0.0
        k[WHY] = HALTED_NOW
        return HALTED_NOW
    cut = admit(b, k, k[at + SIDE], close)
    b[GRANTED] = granted(b)
    if b[GRANTED] > 0.0:
        return NO_REASON
    if cut == 0:
        k[WHY] = ZERO_QUANTITY
    return k[WHY]


def leave_at_once(b: Floats, k: Ints, trades: Floats, records: Floats, close: float) -> int:
    """A lot just filled at the close beyond its own bracket leaves at once; older lots have had this bar."""
    lot = k[LOT_COUNT] - 1
    if k[BRACKET] != ENTRY_BAR or lot < 0:
        return 0
    direction = gap_direction(b, k, lot_at(k, lot), close)
    if direction == 0:
        return 0
    return leave(b, k, trades, records, lot, close, AT_CLOSE, direction, 0)

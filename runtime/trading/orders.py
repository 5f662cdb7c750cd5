"""Orders between their decision and their fate, and the row each leaves when that is known.

Each statement has one row, because it has at most one order at a time, which waits for the next open or rests.
After them stands the row of the guards, and one from which wishes that place nothing are written.
"""

from __future__ import annotations

from ...stdlib.arith import div
from . import layout as at
from . import rows
from .buffers import Floats, Ints
from .late import date
from .places import (
    guards_order,
    inbox_at,
    kept_at,
    order_at,
    own_at,
    rests,
    side_held,
    spare_order,
    state_of,
    statement_at,
    told,
)

NO_TEXTS = -1


def number_order(b: Floats, k: Ints, order: int, trade: int, asked: float, quantity: float, reason: int) -> int:
    """A decision of this bar is written into a row, as one at the market, with a number of its own."""
    b[order + at.NUMBER] = k[at.NEXT_ORDER]
    k[at.NEXT_ORDER] += 1
    b[order + at.LIMIT_PRICE] = at.MISSING
    b[order + at.TRIGGER_PRICE] = at.MISSING
    b[order + at.FILLED] = 0.0
    b[order + at.LEG_FILLED] = 0.0
    b[order + at.LACKED] = 0.0
    b[order + at.PART_STOP] = at.MISSING
    b[order + at.PART_TARGET] = at.MISSING
    return decide_order(b, k, order, trade, asked, quantity, reason)


def decide_order(b: Floats, k: Ints, order: int, trade: int, asked: float, quantity: float, reason: int) -> int:
    """What was decided, and when."""
    b[order + at.TRADE] = trade
    b[order + at.DECIDED] = k[at.NOW]
    b[order + at.DECIDED_TIME] = k[at.NOW_TIME]
    b[order + at.ASKED_FOR] = asked
    b[order + at.AMOUNT] = quantity
    b[order + at.REASON] = reason
    return order


def count_order(k: Ints) -> int:
    """A statement gives an order, or moves the one that rests. A minute begins with its first order."""
    if in_this_minute(k) == 0:
        k[at.MINUTE_BEGAN] = k[at.NOW_TIME] + k[at.BAR_TIME]
        k[at.MINUTE_ORDERS] = 0
    k[at.MINUTE_ORDERS] += 1
    return 0


def in_this_minute(k: Ints) -> int:
    """How many orders the minute has seen in which this bar closes."""
    over = k[at.NOW_TIME] + k[at.BAR_TIME] - k[at.MINUTE_BEGAN] >= at.MINUTE
    return 0 if over else k[at.MINUTE_ORDERS]


def wait(b: Floats, k: Ints, statement: int, trade: int, asked: float, quantity: float, reason: int) -> int:
    """A statement's order waits for its fill at the market; returns its row."""
    keep_inbox(b, k, statement)
    count_order(k)
    order = number_order(b, k, order_at(k, statement), trade, asked, quantity, reason)
    b[order + at.STATE] = at.WAITS
    return date(b, k, statement, order)


def keep_inbox(b: Floats, k: Ints, statement: int) -> int:
    """The values of the decision go with its order; returns where they stand."""
    to, here = kept_at(k, statement), inbox_at(k, statement)
    for slot in range(k[at.KEPT_SLOTS]):
        b[to + slot] = b[here + slot]
    return to


# --- rows ------------------------------------------------------------------------------------------


def order_row(
    b: Floats,
    k: Ints,
    orders: Floats,
    order: int,
    texts: int,
    statement: int,
    kind: int,
    side: int,
    status: int,
    got: float,
) -> int:
    """The row of an order, not filled, or in part alone; counts what was denied, cut or in conflict.

    texts: its inbox, or none.
    """
    row = k[at.ORDER_ROWS] * rows.ORDER_WIDTH
    orders[row + rows.ORDER_NUMBER] = b[order + at.NUMBER]
    orders[row + rows.ORDER_INDEX] = b[order + at.DECIDED]
    orders[row + rows.ORDER_TIME] = b[order + at.DECIDED_TIME]
    orders[row + rows.ORDER_STATEMENT] = told(k, statement)
    orders[row + rows.ORDER_KIND] = kind
    orders[row + rows.ORDER_SIDE] = side
    orders[row + rows.ORDER_STATUS] = status
    orders[row + rows.ORDER_REASON] = b[order + at.REASON]
    orders[row + rows.ORDER_ASKED] = b[order + at.ASKED_FOR]
    orders[row + rows.ORDER_GOT] = got
    orders[row + rows.ORDER_FILL_INDEX] = -1.0
    orders[row + rows.ORDER_FILL_TIME] = at.MISSING
    orders[row + rows.ORDER_FILL_MOMENT] = -1.0
    orders[row + rows.ORDER_FILL_PRICE] = at.MISSING
    orders[row + rows.ORDER_STOP] = at.MISSING
    orders[row + rows.ORDER_TARGET] = at.MISSING
    orders[row + rows.ORDER_TYPE] = type_of(b, order)
    orders[row + rows.ORDER_LIMIT] = b[order + at.LIMIT_PRICE]
    orders[row + rows.ORDER_TRIGGER] = b[order + at.TRIGGER_PRICE]
    for text in range(at.TEXT_COUNT):
        value = b[texts + at.TEXT + text] if texts != NO_TEXTS else at.MISSING
        orders[row + rows.ORDER_TEXT + text] = value
    if got == 0.0 and b[order + at.FILLED] > 0.0:
        part_row(b, orders, row, order)
    count_status(k, status)
    k[at.ORDER_ROWS] += 1
    if k[at.ORDER_ROWS] >= k[at.ORDER_LIMIT]:
        k[at.FULL] = 1
    return row


def part_row(b: Floats, orders: Floats, row: int, order: int) -> int:
    """An order ends with a part filled: how much, when the last of it, at what price on average, its levels."""
    orders[row + rows.ORDER_GOT] = b[order + at.FILLED]
    orders[row + rows.ORDER_FILL_INDEX] = b[order + at.PART_INDEX]
    orders[row + rows.ORDER_FILL_TIME] = b[order + at.PART_TIME]
    orders[row + rows.ORDER_FILL_MOMENT] = b[order + at.PART_MOMENT]
    orders[row + rows.ORDER_FILL_PRICE] = div(b[order + at.PAID], b[order + at.FILLED])
    orders[row + rows.ORDER_STOP] = b[order + at.PART_STOP]
    orders[row + rows.ORDER_TARGET] = b[order + at.PART_TARGET]
    return row


def type_of(b: Floats, order: int) -> int:
    """The type of an order, from its prices."""
    limit, trigger = b[order + at.LIMIT_PRICE], b[order + at.TRIGGER_PRICE]
    if limit == limit:
        return at.AT_TRIGGER_LIMIT if trigger == trigger else at.AT_LIMIT
    return at.AT_TRIGGER if trigger == trigger else at.AT_MARKET


def statement_row(b: Floats, k: Ints, orders: Floats, statement: int, status: int, got: float) -> int:
    """The row of a statement's order, which is done with."""
    here, order = statement_at(k, statement), order_at(k, statement)
    b[order + at.STATE] = at.NO_ORDER
    kept = kept_at(k, statement)
    return order_row(b, k, orders, order, kept, statement, k[here + at.KIND], k[here + at.SIDE], status, got)


def count_status(k: Ints, status: int) -> int:
    """Headlines of a result."""
    if status == rows.REFUSED:
        k[at.DENIED] += 1
    elif status == rows.CUT:
        k[at.REDUCED] += 1
    elif status == rows.CONFLICT:
        k[at.CONFLICTS] += 1
    return 0


def filled_row(k: Ints, orders: Floats, row: int, price: float, moment: int) -> int:
    """The order of a row was filled in this bar."""
    orders[row + rows.ORDER_FILL_INDEX] = k[at.NOW]
    orders[row + rows.ORDER_FILL_TIME] = k[at.NOW_TIME]
    orders[row + rows.ORDER_FILL_MOMENT] = moment
    orders[row + rows.ORDER_FILL_PRICE] = price
    return row


def status_of(b: Floats, order: int) -> int:
    """A filled order was either filled as asked or cut."""
    return rows.FILLED if b[order + at.REASON] == rows.NO_REASON else rows.CUT


def refuse(
    b: Floats,
    k: Ints,
    orders: Floats,
    statement: int,
    asked: float,
    status: int,
    reason: int,
    limit: float,
    trigger: float,
) -> int:
    """A decision of a statement that places nothing; what rests of it goes on."""
    here, order = statement_at(k, statement), spare_order(k)
    number_order(b, k, order, k[here + at.SIDE], asked if asked > 0.0 else 0.0, 0.0, reason)
    date(b, k, statement, order)
    b[order + at.LIMIT_PRICE] = limit
    b[order + at.TRIGGER_PRICE] = trigger
    texts = inbox_at(k, statement)
    return order_row(b, k, orders, order, texts, statement, k[here + at.KIND], k[here + at.SIDE], status, 0.0)


# --- ends ------------------------------------------------------------------------------------------


def cancel(b: Floats, k: Ints, orders: Floats, statement: int, reason: int) -> int:
    """The order of a statement ends unfilled."""
    b[order_at(k, statement) + at.REASON] = reason
    return statement_row(b, k, orders, statement, rows.CANCELLED, 0.0)


def cancel_guard(b: Floats, k: Ints, orders: Floats, reason: int) -> int:
    """The exit that a guard ordered ends unfilled."""
    order, side = guards_order(k), k[at.GUARD_PENDING]
    b[order + at.REASON] = reason
    k[at.GUARD_PENDING] = 0
    return order_row(b, k, orders, order, NO_TEXTS, -1, rows.GUARD_ORDER, side, rows.CANCELLED, 0.0)


def cancel_entries(b: Floats, k: Ints, orders: Floats, side: int, reason: int, least: int) -> int:
    """Every entry on a side (0: on either) is cancelled that waits or rests (least: WAITS), or that rests (RESTS)."""
    for nth in range(k[at.OWN_COUNT]):
        statement = own_at(k, nth)
        here = statement_at(k, statement)
        of_side = side == 0 or k[here + at.SIDE] == side
        if of_side and k[here + at.KIND] == at.ENTER:
            give_up(k, statement)
            if state_of(b, k, statement) >= least:
                cancel(b, k, orders, statement, reason)
    return 0


def give_up(k: Ints, statement: int) -> int:
    """Whatever ends the orders of a ladder ends that they are placed anew."""
    here = statement_at(k, statement)
    if k[here + at.AGAIN] != 0:
        k[here + at.USED] = 0
    return 0


def end_orphans(b: Floats, k: Ints, orders: Floats) -> int:
    """Exits that rest end with the position of their side."""
    for nth in range(k[at.OWN_COUNT]):
        statement = own_at(k, nth)
        here = statement_at(k, statement)
        if k[here + at.KIND] == at.EXIT and k[here + at.SIDE] != side_held(b) and rests(b, k, statement) != 0:
            cancel(b, k, orders, statement, rows.NOTHING_TO_CLOSE)
    return 0


def is_over(b: Floats, k: Ints, statement: int) -> int:
    """Whether the life of an order ends at this close."""
    order = order_at(k, statement)
    close = float(k[at.NOW_TIME] + k[at.BAR_TIME])
    return 1 if float(k[at.NOW]) >= b[order + at.UNTIL] or close >= b[order + at.UNTIL_TIME] else 0

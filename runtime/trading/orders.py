"""Orders between their decision and their fill, and the row each leaves when its fate is known.

Each statement has one place where its order waits, because a statement has at most one market order at a
time. After them stands the place of the guards, and one from which rows of expiries are written.
"""

from __future__ import annotations

from . import layout as at
from . import rows
from .buffers import Floats, Ints
from .lots import statement_at


def inbox_at(k: Ints, statement: int) -> int:
    """The first slot of a statement's inbox in b."""
    return k[at.INBOX] + statement * at.INBOX_WIDTH


def waiting_at(k: Ints, place: int) -> int:
    """The first slot of a waiting place in b."""
    return k[at.WAITING] + place * at.WAITING_WIDTH


def number_order(b: Floats, k: Ints, place: int, asked: float, quantity: float, reason: int) -> int:
    """A decision of this bar takes a waiting place; returns its first slot."""
    wait = waiting_at(k, place)
    b[wait + at.WAIT_ORDER] = k[at.NEXT_ORDER]
    b[wait + at.WAIT_INDEX] = k[at.NOW]
    b[wait + at.WAIT_TIME] = k[at.NOW_TIME]
    b[wait + at.WAIT_ASKED] = asked
    b[wait + at.WAIT_QUANTITY] = quantity
    b[wait + at.WAIT_REASON] = reason
    k[at.NEXT_ORDER] += 1
    return wait


def keep_inbox(b: Floats, k: Ints, statement: int) -> int:
    """The values of the decision go with its order; returns where they stand."""
    to = waiting_at(k, statement) + at.WAIT_INBOX
    here = inbox_at(k, statement)
    for slot in range(at.INBOX_WIDTH):
        b[to + slot] = b[here + slot]
    return to


def order_row(
    b: Floats, k: Ints, orders: Floats, place: int, statement: int, kind: int, side: int, status: int, got: float
) -> int:
    """The row of the order in a waiting place, not filled so far; counts what was denied, cut or in conflict."""
    wait = waiting_at(k, place)
    row = k[at.ORDER_ROWS] * rows.ORDER_WIDTH
    orders[row + rows.ORDER_NUMBER] = b[wait + at.WAIT_ORDER]
    orders[row + rows.ORDER_INDEX] = b[wait + at.WAIT_INDEX]
    orders[row + rows.ORDER_TIME] = b[wait + at.WAIT_TIME]
    orders[row + rows.ORDER_STATEMENT] = statement
    orders[row + rows.ORDER_KIND] = kind
    orders[row + rows.ORDER_SIDE] = side
    orders[row + rows.ORDER_STATUS] = status
    orders[row + rows.ORDER_REASON] = b[wait + at.WAIT_REASON]
    orders[row + rows.ORDER_ASKED] = b[wait + at.WAIT_ASKED]
    orders[row + rows.ORDER_GOT] = got
    orders[row + rows.ORDER_FILL_INDEX] = -1.0
    orders[row + rows.ORDER_FILL_TIME] = at.MISSING
    orders[row + rows.ORDER_FILL_MOMENT] = -1.0
    orders[row + rows.ORDER_FILL_PRICE] = at.MISSING
    orders[row + rows.ORDER_STOP] = at.MISSING
    orders[row + rows.ORDER_TARGET] = at.MISSING
    for text in range(at.TEXT_COUNT):
        value = b[wait + at.WAIT_INBOX + at.TEXT + text] if place == statement else at.MISSING
        orders[row + rows.ORDER_TEXT + text] = value
    count_status(k, status)
    k[at.ORDER_ROWS] += 1
    if k[at.ORDER_ROWS] >= k[at.ORDER_LIMIT]:
        k[at.FULL] = 1
    return row


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


def status_of(b: Floats, wait: int) -> int:
    """A filled order was either filled as asked or cut."""
    return rows.FILLED if b[wait + at.WAIT_REASON] == rows.NO_REASON else rows.CUT


def refuse(b: Floats, k: Ints, orders: Floats, statement: int, asked: float, status: int, reason: int) -> int:
    """A decision of a statement that places nothing."""
    keep_inbox(b, k, statement)
    number_order(b, k, statement, asked if asked > 0.0 else 0.0, 0.0, reason)
    here = statement_at(k, statement)
    return order_row(b, k, orders, statement, statement, k[here + at.KIND], k[here + at.SIDE], status, 0.0)


def cancel(b: Floats, k: Ints, orders: Floats, statement: int, reason: int) -> int:
    """The waiting order of a statement ends unfilled."""
    here = statement_at(k, statement)
    b[waiting_at(k, statement) + at.WAIT_REASON] = reason
    k[here + at.WAITS] = 0
    return order_row(b, k, orders, statement, statement, k[here + at.KIND], k[here + at.SIDE], rows.CANCELLED, 0.0)


def cancel_guard(b: Floats, k: Ints, orders: Floats, reason: int) -> int:
    """The exit that a guard ordered ends unfilled."""
    b[waiting_at(k, guard_place(k)) + at.WAIT_REASON] = reason
    side = k[at.GUARD_PENDING]
    k[at.GUARD_PENDING] = 0
    return order_row(b, k, orders, guard_place(k), -1, rows.GUARD_ORDER, side, rows.CANCELLED, 0.0)


def cancel_entries(b: Floats, k: Ints, orders: Floats, side: int, reason: int) -> int:
    """Every entry that waits on a side (0: on either) is cancelled."""
    for statement in range(k[at.STATEMENT_COUNT]):
        here = statement_at(k, statement)
        of_side = side == 0 or k[here + at.SIDE] == side
        if of_side and k[here + at.WAITS] != 0 and k[here + at.KIND] == at.ENTER:
            cancel(b, k, orders, statement, reason)
    return 0


def guard_place(k: Ints) -> int:
    """The waiting place of the guards."""
    return k[at.STATEMENT_COUNT]


def row_place(k: Ints) -> int:
    """The place from which rows of expiries and halts are written."""
    return k[at.STATEMENT_COUNT] + 1

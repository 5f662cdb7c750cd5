"""Orders between their decision and their fill, and the row each leaves when its fate is known.

Each statement has one place where its order waits, because a statement has at most one market order at a
time. After them stands the place of the guards, and one from which rows of expiries are written.
"""

from __future__ import annotations

from .buffers import Floats, Ints
from .layout import (
    CONFLICTS,
    DENIED,
    FULL,
    GUARD_PENDING,
    INBOX,
    INBOX_WIDTH,
    KIND,
    MISSING,
    NEXT_ORDER,
    NOW,
    NOW_TIME,
    ORDER_LIMIT,
    ORDER_ROWS,
    REDUCED,
    SIDE,
    STATEMENT_COUNT,
    TEXT,
    TEXT_COUNT,
    WAIT_ASKED,
    WAIT_INBOX,
    WAIT_INDEX,
    WAIT_ORDER,
    WAIT_QUANTITY,
    WAIT_REASON,
    WAIT_TIME,
    WAITING,
    WAITING_WIDTH,
    WAITS,
)
from .lots import statement_at
from .rows import (
    CANCELLED,
    CONFLICT,
    CUT,
    ENTER_ORDER,
    FILLED,
    GUARD_ORDER,
    NO_REASON,
    ORDER_ASKED,
    ORDER_FILL_INDEX,
    ORDER_FILL_MOMENT,
    ORDER_FILL_PRICE,
    ORDER_FILL_TIME,
    ORDER_GOT,
    ORDER_INDEX,
    ORDER_KIND,
    ORDER_NUMBER,
    ORDER_REASON,
    ORDER_SIDE,
    ORDER_STATEMENT,
    ORDER_STATUS,
    ORDER_STOP,
    ORDER_TARGET,
    ORDER_TEXT,
    ORDER_TIME,
    ORDER_WIDTH,
    REFUSED,
)


def inbox_at(k: Ints, statement: int) -> int:
    """The first slot of a statement's inbox in b."""
    return k[INBOX] + statement * INBOX_WIDTH


def waiting_at(k: Ints, place: int) -> int:
    """The first slot of a waiting place in b."""
    return k[WAITING] + place * WAITING_WIDTH


def number_order(b: Floats, k: Ints, place: int, asked: float, quantity: float, reason: int) -> int:
    """A decision of this bar takes a waiting place; returns its first slot."""
    wait = waiting_at(k, place)
    b[wait + WAIT_ORDER] = k[NEXT_ORDER]
    b[wait + WAIT_INDEX] = k[NOW]
    b[wait + WAIT_TIME] = k[NOW_TIME]
    b[wait + WAIT_ASKED] = asked
    b[wait + WAIT_QUANTITY] = quantity
    b[wait + WAIT_REASON] = reason
    k[NEXT_ORDER] += 1
    return wait


def keep_inbox(b: Floats, k: Ints, statement: int) -> int:
    """The values of the decision go with its order; returns where they stand."""
    to = waiting_at(k, statement) + WAIT_INBOX
    at = inbox_at(k, statement)
    for slot in range(INBOX_WIDTH):
        b[to + slot] = b[at + slot]
    return to


def order_row(
    b: Floats, k: Ints, orders: Floats, place: int, statement: int, kind: int, side: int, status: int, got: float
) -> int:
    """The row of the order in a waiting place, not filled so far; counts what was denied, cut or in conflict."""
    wait = waiting_at(k, place)
    row = k[ORDER_ROWS] * ORDER_WIDTH
    orders[row + ORDER_NUMBER] = b[wait + WAIT_ORDER]
    orders[row + ORDER_INDEX] = b[wait + WAIT_INDEX]
    orders[row + ORDER_TIME] = b[wait + WAIT_TIME]
    orders[row + ORDER_STATEMENT] = statement
    orders[row + ORDER_KIND] = kind
    orders[row + ORDER_SIDE] = side
    orders[row + ORDER_STATUS] = status
    orders[row + ORDER_REASON] = b[wait + WAIT_REASON]
    orders[row + ORDER_ASKED] = b[wait + WAIT_ASKED]
    orders[row + ORDER_GOT] = got
    orders[row + ORDER_FILL_INDEX] = -1.0
    orders[row + ORDER_FILL_TIME] = MISSING
    orders[row + ORDER_FILL_MOMENT] = -1.0
    orders[row + ORDER_FILL_PRICE] = MISSING
    orders[row + ORDER_STOP] = MISSING
    orders[row + ORDER_TARGET] = MISSING
    for text in range(TEXT_COUNT):
        orders[row + ORDER_TEXT + text] = b[wait + WAIT_INBOX + TEXT + text] if place == statement else MISSING
    count_status(k, status)
    k[ORDER_ROWS] += 1
    if k[ORDER_ROWS] >= k[ORDER_LIMIT]:
        k[FULL] = 1
    return row


def count_status(k: Ints, status: int) -> int:
    """Headlines of a result."""
    if status == REFUSED:
        k[DENIED] += 1
    elif status == CUT:
        k[REDUCED] += 1
    elif status == CONFLICT:
        k[CONFLICTS] += 1
    return 0


def filled_row(k: Ints, orders: Floats, row: int, price: float, moment: int) -> int:
    """The order of a row was filled in this bar."""
    orders[row + ORDER_FILL_INDEX] = k[NOW]
    orders[row + ORDER_FILL_TIME] = k[NOW_TIME]
    orders[row + ORDER_FILL_MOMENT] = moment
    orders[row + ORDER_FILL_PRICE] = price
    return row


def status_of(b: Floats, wait: int) -> int:
    """A filled order was either filled as asked or cut."""
    return FILLED if b[wait + WAIT_REASON] == NO_REASON else CUT


def refuse(b: Floats, k: Ints, orders: Floats, statement: int, asked: float, status: int, reason: int) -> int:
    """A decision of a statement that places nothing."""
    keep_inbox(b, k, statement)
    number_order(b, k, statement, asked if asked > 0.0 else 0.0, 0.0, reason)
    at = statement_at(k, statement)
    return order_row(b, k, orders, statement, statement, k[at + KIND], k[at + SIDE], status, 0.0)


def cancel(b: Floats, k: Ints, orders: Floats, statement: int, reason: int) -> int:
    """The waiting order of a statement ends unfilled."""
    at = statement_at(k, statement)
    b[waiting_at(k, statement) + WAIT_REASON] = reason
    k[at + WAITS] = 0
    return order_row(b, k, orders, statement, statement, k[at + KIND], k[at + SIDE], CANCELLED, 0.0)


def cancel_guard(b: Floats, k: Ints, orders: Floats, reason: int) -> int:
    """The exit that a guard ordered ends unfilled."""
    b[waiting_at(k, guard_place(k)) + WAIT_REASON] = reason
    side = k[GUARD_PENDING]
    k[GUARD_PENDING] = 0
    return order_row(b, k, orders, guard_place(k), -1, GUARD_ORDER, side, CANCELLED, 0.0)


def cancel_entries(b: Floats, k: Ints, orders: Floats, side: int, reason: int) -> int:
    """Every entry that waits on a side (0: on either) is cancelled."""
    for statement in range(k[STATEMENT_COUNT]):
        at = statement_at(k, statement)
        if k[at + WAITS] != 0 and k[at + KIND] == ENTER_ORDER and (side == 0 or k[at + SIDE] == side):
            cancel(b, k, orders, statement, reason)
    return 0


def guard_place(k: Ints) -> int:
    """The waiting place of the guards."""
    return k[STATEMENT_COUNT]


def row_place(k: Ints) -> int:
    """The place from which rows of expiries and halts are written."""
    return k[STATEMENT_COUNT] + 1

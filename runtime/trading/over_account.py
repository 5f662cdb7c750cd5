"""What stands over an account: a portfolio of strategies, whose limit acts on the books of each of them.

Cold code of the host: it runs in CPython over the arrays of either engine, between two events.
"""

from __future__ import annotations

from ...stdlib.arith import absolute
from . import layout as at
from . import rows
from .buffers import Floats, Ints
from .claim import claim, resting_value, unmet
from .excess import excess
from .expect import expect
from .fill import begin
from .flows import move_money
from .guard_actions import fill_now, order_exit, ordered_out
from .orders import NO_TEXTS, cancel_entries, cancel_guard, filled_row, number_order, order_row
from .places import side_held, spare_order
from .prices import lots_up
from .records import record
from .watch import refresh

CLAIMS = (at.CLAIM, at.CLAIM_COST)
COUNTS = (at.TAKES_PLACE, at.WAITING)
EXPECTATIONS = (at.EXPECTED, at.EXPECTED_COST, at.REMAINING, at.LEAVING)


def order_out(b: Floats, k: Ints, orders: Floats, index: int, time: int, quantity: float) -> int:
    """Entries that wait or rest end, and so much of what is held is ordered out, as by a guard that flattens or
    reduces: besides what guards ordered out before."""
    begin(b, k, index, time)
    cancel_entries(b, k, orders, 0, rows.BY_PORTFOLIO, at.WAITS)
    if k[at.GUARD_PENDING] != 0 and k[at.GUARD_PENDING] != side_held(b):
        cancel_guard(b, k, orders, rows.NOTHING_TO_CLOSE)
    if quantity > 0.0:
        order_exit(b, k, rows.BY_PORTFOLIO, ordered_out(b, k) + quantity)
    return refresh(b, k)


def staying(b: Floats, k: Ints, time: int) -> float:
    """The gross value of a book, less what exits that wait will close. time: the open of the bar that closes now."""
    kept = [b[slot] for slot in EXPECTATIONS]
    freed = unmet(b, k, time)
    for slot, value in zip(EXPECTATIONS, kept, strict=True):
        b[slot] = value
    return max(absolute(b[at.VALUE]) - max(freed, 0.0), 0.0)


def too_much(b: Floats, k: Ints, stays: float, others: float, equity: float, level: float, price: float) -> float:
    """How much of a book is to leave, in whole lots, so that its gross value is within its part of what a level of
    equity allows, cost included. stays, others: of it, and of the books beside it."""
    slots = (at.STAYS, at.OTHERS_STAYS, at.EQUITY)
    kept = [b[slot] for slot in slots]
    b[at.STAYS], b[at.OTHERS_STAYS], b[at.EQUITY] = stays, others, equity
    more = lots_up(b, excess(b, k, at.EXPOSURE, level, price, 0))
    for slot, value in zip(slots, kept, strict=True):
        b[slot] = value
    return more


def free(b: Floats, k: Ints) -> float:
    """What is not tied up of the equity, less what this book ties up: the margin of what is held, waits and rests, and
    its costs."""
    gross, _, _, cost, _ = claimed(b, k)
    return -b[at.MARGIN] * max(absolute(b[at.VALUE]), gross) - cost


def transfer(
    b: Floats, k: Ints, orders: Floats, records: Floats, index: int, time: int, asked: float, got: float
) -> int:
    """Money comes from, or goes to, the other strategies at the close of the last bar; below 0 it goes.

    It is to the account what a deposit or a withdrawal is: neither gain nor loss. Returns the place of its row.
    """
    begin(b, k, index, time)
    way = 1 if asked > 0.0 else -1
    if got != 0.0:
        move_money(b, k, got)
        b[at.PAID_IN if way > 0 else at.TAKEN_OUT] += absolute(got)
        if k[at.STATEMENT_COUNT] > 0:
            record(b, k, records, rows.AFTER_FLOW)
    status = rows.REFUSED if got == 0.0 else rows.FILLED if got == asked else rows.CUT
    kind = rows.DEPOSIT_ROW if way > 0 else rows.WITHDRAW_ROW
    order = number_order(b, k, spare_order(k), way, absolute(asked), absolute(got), rows.BY_PORTFOLIO)
    row = order_row(b, k, orders, order, NO_TEXTS, -1, kind, 0, status, absolute(got))
    if got != 0.0:
        filled_row(k, orders, row, at.MISSING, rows.AT_CLOSE)
    refresh(b, k)
    return row


def fill_at_close(b: Floats, k: Ints, trades: Floats, orders: Floats, records: Floats, close: float) -> int:
    """What was ordered out at this close fills at it, where that is the program's fill policy."""
    fill_now(b, k, trades, orders, records, close)
    return refresh(b, k)


def halt_account(b: Floats, k: Ints, orders: Floats, index: int, time: int, until: int, told: bool) -> int:
    """No new risk, until the next day or for ever. told: whether a row says so, where no exit does."""
    begin(b, k, index, time)
    if until > k[at.HALTED]:
        k[at.HALTED] = until
    if told:
        order = number_order(b, k, spare_order(k), 0, 0.0, 0.0, rows.BY_PORTFOLIO)
        order_row(b, k, orders, order, NO_TEXTS, -1, rows.GUARD_ORDER, side_held(b), rows.HALT_ROW, 0.0)
    return refresh(b, k)


def claimed(b: Floats, k: Ints) -> tuple[float, float, float, float, int]:
    """What a book will come to once what waits has filled, and nothing in it has changed.

    Its gross value with the larger side of what rests; its least and its greatest signed value, what rests included;
    what that costs; whether it takes the place of a position.
    """
    kept = [b[slot] for slot in (*CLAIMS, *EXPECTATIONS)]
    counts = [k[slot] for slot in COUNTS]
    claim(b, k)
    gross, cost, taken = b[at.CLAIM], b[at.CLAIM_COST], k[at.TAKES_PLACE]
    least = most = b[at.VALUE]
    if k[at.PENDING] != 0 or k[at.RESTING] != 0:
        worth = b[at.PRICE] if k[at.LOT_COUNT] > 0 else b[at.WORTH]
        expect(b, k, worth)
        expected = b[at.EXPECTED] * b[at.POINT_VALUE] * absolute(worth)
        least, most = expected - resting_value(b, k, at.SHORT), expected + resting_value(b, k, at.LONG)
    for slot, value in zip((*CLAIMS, *EXPECTATIONS), kept, strict=True):
        b[slot] = value
    for slot, count in zip(COUNTS, counts, strict=True):
        k[slot] = count
    return gross, least, most, cost, taken

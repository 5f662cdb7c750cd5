"""What stands over an account: a portfolio of strategies, whose limit acts on the books of each of them.

Cold code of the host: it runs in CPython over the arrays of either engine, between two events.
"""

from __future__ import annotations

from ...stdlib.arith import absolute
from . import layout as at
from . import rows
from .buffers import Floats, Ints
from .claim import claim, resting_value
from .expect import expect
from .fill import begin
from .guard_actions import fill_now, order_exit
from .orders import NO_TEXTS, cancel_entries, cancel_guard, number_order, order_row
from .places import side_held, spare_order
from .watch import refresh

CLAIMS = (at.CLAIM, at.CLAIM_COST)
COUNTS = (at.TAKES_PLACE, at.WAITING)
EXPECTATIONS = (at.EXPECTED, at.EXPECTED_COST, at.REMAINING, at.LEAVING)


def order_all_out(b: Floats, k: Ints, orders: Floats, index: int, time: int) -> int:
    """Entries that wait or rest end, and all that is held is ordered out, as by a guard that flattens."""
    begin(b, k, index, time)
    cancel_entries(b, k, orders, 0, rows.BY_PORTFOLIO, at.WAITS)
    if k[at.GUARD_PENDING] != 0 and k[at.GUARD_PENDING] != side_held(b):
        cancel_guard(b, k, orders, rows.NOTHING_TO_CLOSE)
    order_exit(b, k, rows.BY_PORTFOLIO, at.EVERYTHING)
    return refresh(b, k)


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

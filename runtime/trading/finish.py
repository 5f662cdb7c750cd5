"""The end of the data: what is open becomes rows with the reason `end`, what waits is cancelled.

An open position is marked at the last close and pays no exit fee; it is not a closed trade. Told to close at
the end, it really is closed there, as any exit would be, and counts.
"""

from __future__ import annotations

from ...stdlib.arith import absolute
from . import layout as at
from . import rows
from .booking import apply_exit, trade_row
from .buffers import Floats, Ints
from .execute import OLDEST_FIRST
from .expiries import expiry_of, expiry_row
from .fill import begin
from .orders import cancel, cancel_guard
from .places import lot_at, own_at, side_held, state_of
from .prices import fee, slipped
from .records import record
from .watch import refresh


def finish(
    b: Floats, k: Ints, trades: Floats, orders: Floats, records: Floats, index: int, time: int, close: float
) -> int:
    """Called once, after the last event; returns the number of lots left open."""
    begin(b, k, index, time)
    price = close if close == close else b[at.PRICE]
    for nth in range(k[at.OWN_COUNT]):
        statement = own_at(k, nth)
        if state_of(b, k, statement) != at.NO_ORDER:
            cancel(b, k, orders, statement, rows.AT_THE_END)
    cancel_exits(b, k, orders)
    if k[at.CLOSE_AT_END] != 0 and k[at.LOT_COUNT] > 0:
        b[at.MARKET] = price
        held = absolute(b[at.QUANTITY])
        filled = slipped(b, price, -side_held(b), held, at.EXIT_COSTS)
        charge = fee(b, held, filled, k[at.MAKER], at.EXIT_COSTS)
        apply_exit(
            b, k, trades, records, OLDEST_FIRST, held, filled, charge, rows.AT_CLOSE, rows.BY_END, -1.0, 0
        )
    for lot in range(k[at.LOT_COUNT]):
        here = lot_at(k, lot)
        quantity = absolute(b[here + at.LOT_QUANTITY])
        trade_row(b, k, trades, here, quantity, price, b[here + at.LOT_FEES], rows.AT_CLOSE, rows.BY_END, -1.0, 0)
    record(b, k, records, rows.AFTER_END)
    refresh(b, k)
    return k[at.LOT_COUNT]


def cancel_exits(b: Floats, k: Ints, orders: Floats) -> int:
    """What a guard or a lot's age ordered out, and no bar came to fill."""
    if k[at.GUARD_PENDING] != 0:
        cancel_guard(b, k, orders, rows.AT_THE_END)
    for lot in range(k[at.LOT_COUNT]):
        if b[expiry_of(k, lot) + at.STATE] == at.WAITS:
            expiry_row(b, k, orders, lot, rows.CANCELLED, 0.0)
    return 0

"""The end of the data: what is open becomes rows with the reason `end`, what waits is cancelled.

An open position is marked at the last close and pays no exit fee; it is not a closed trade. Told to close at
the end, it really is closed there, as any exit would be, and counts.
"""

from __future__ import annotations

from ...stdlib.arith import absolute
from .buffers import Floats, Ints
from .execute import expiry_row
from .fill import begin
from .layout import (
    CLOSE_AT_END,
    EVERYTHING,
    GUARD_PENDING,
    LOT_CLOSING,
    LOT_COUNT,
    LOT_FEES,
    LOT_QUANTITY,
    MARKET,
    PRICE,
    STATEMENT_COUNT,
    WAITS,
)
from .lots import close_first, lot_at, statement_at, trade_row
from .orders import cancel, cancel_guard
from .prices import slipped
from .records import record
from .rows import AFTER_END, AT_CLOSE, AT_THE_END, BY_END, CANCELLED
from .watch import refresh, side_held


def finish(
    b: Floats, k: Ints, trades: Floats, orders: Floats, records: Floats, index: int, time: int, close: float
) -> int:
    """Called once, after the last event; returns the number of lots left open."""
    begin(b, k, index, time)
    price = close if close == close else b[PRICE]
    for statement in range(k[STATEMENT_COUNT]):
        if k[statement_at(k, statement) + WAITS] != 0:
            cancel(b, k, orders, statement, AT_THE_END)
    cancel_exits(b, k, orders)
    if k[CLOSE_AT_END] != 0 and k[LOT_COUNT] > 0:
        b[MARKET] = price
        filled = slipped(b, price, -side_held(b))
        close_first(b, k, trades, records, EVERYTHING, filled, AT_CLOSE, BY_END, -1.0)
    for lot in range(k[LOT_COUNT]):
        at = lot_at(k, lot)
        quantity = absolute(b[at + LOT_QUANTITY])
        trade_row(b, k, trades, at, quantity, price, b[at + LOT_FEES], AT_CLOSE, BY_END, -1.0, 0)
    record(b, k, records, AFTER_END)
    refresh(b, k)
    return k[LOT_COUNT]


def cancel_exits(b: Floats, k: Ints, orders: Floats) -> int:
    """What a guard or a lot's age ordered out, and no bar came to fill."""
    if k[GUARD_PENDING] != 0:
        cancel_guard(b, k, orders, AT_THE_END)
    for lot in range(k[LOT_COUNT]):
        at = lot_at(k, lot)
        if b[at + LOT_CLOSING] != 0.0:
            expiry_row(b, k, orders, lot, CANCELLED, 0.0)
            b[at + LOT_CLOSING] = 0.0
    return 0

"""Phase 2: what waits and what is at work fills, in the order of the price path.

At the open: the guards' exit, exits in source order, expiries, then enters in source order; then every lot
whose bracket the open has passed. Then the path through the bar. A bar without an open fills nothing.
"""

from __future__ import annotations

from . import layout as at
from . import rows
from .buffers import Floats, Ints
from .execute import execute_enter, execute_exit, execute_expiries, execute_guard
from .lots import fold, statement_at
from .path import brackets_at, see, see_nothing, walk
from .watch import refresh


def begin(b: Floats, k: Ints, index: int, time: int) -> int:
    """Every cold function begins so: when it is, and what the bars since the last one did to the lots."""
    k[at.NOW] = index
    k[at.NOW_TIME] = time
    return fold(b, k)


def fill(
    b: Floats,
    k: Ints,
    trades: Floats,
    orders: Floats,
    records: Floats,
    index: int,
    time: int,
    open: float,
    high: float,
    low: float,
    close: float,
) -> int:
    """Everything that fills in this bar, the chain after each."""
    begin(b, k, index, time)
    see_nothing(b)
    if open == open:
        see(b, open)
        fill_waiting(b, k, trades, orders, records, open)
        brackets_at(b, k, trades, records, open, rows.AT_OPEN)
        if k[at.LOT_COUNT] > 0:
            walk(b, k, trades, records, open, high, low)
    return refresh(b, k)


def fill_waiting(b: Floats, k: Ints, trades: Floats, orders: Floats, records: Floats, price: float) -> int:
    """Market orders at the open: exits first, then enters."""
    if k[at.GUARD_PENDING] != 0:
        execute_guard(b, k, trades, orders, records, price, rows.AT_OPEN)
    for statement in range(k[at.STATEMENT_COUNT]):
        here = statement_at(k, statement)
        if k[here + at.WAITS] != 0 and k[here + at.KIND] == at.EXIT:
            execute_exit(b, k, trades, orders, records, statement, price, rows.AT_OPEN)
    execute_expiries(b, k, trades, orders, records, price, rows.AT_OPEN)
    for statement in range(k[at.STATEMENT_COUNT]):
        here = statement_at(k, statement)
        if k[here + at.WAITS] != 0 and k[here + at.KIND] != at.EXIT:
            execute_enter(b, k, trades, orders, records, statement, price, rows.AT_OPEN)
    return 0

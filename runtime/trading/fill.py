"""Phase 2: what waits and what is at work fills, in the order of the price path.

At the open: the guards' exit, exits in source order, expiries, then enters in source order; then every lot
whose bracket the open has passed. Then the path through the bar. A bar without an open fills nothing.
"""

from __future__ import annotations

from .buffers import Floats, Ints
from .execute import execute_enter, execute_exit, execute_expiries, execute_guard
from .layout import EXIT, GUARD_PENDING, KIND, LOT_COUNT, NOW, NOW_TIME, STATEMENT_COUNT, WAITS
from .lots import fold, statement_at
from .path import brackets_at, see, see_nothing, walk
from .rows import AT_OPEN
from .watch import refresh


def begin(b: Floats, k: Ints, index: int, time: int) -> int:
    """Every cold function begins so: when it is, and what the bars since the last one did to the lots."""
    k[NOW] = index
    k[NOW_TIME] = time
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
        brackets_at(b, k, trades, records, open, AT_OPEN)
        if k[LOT_COUNT] > 0:
            walk(b, k, trades, records, open, high, low)
    return refresh(b, k)


def fill_waiting(b: Floats, k: Ints, trades: Floats, orders: Floats, records: Floats, price: float) -> int:
    """Market orders at the open: exits first, then enters."""
    if k[GUARD_PENDING] != 0:
        execute_guard(b, k, trades, orders, records, price, AT_OPEN)
    for statement in range(k[STATEMENT_COUNT]):
        at = statement_at(k, statement)
        if k[at + WAITS] != 0 and k[at + KIND] == EXIT:
            execute_exit(b, k, trades, orders, records, statement, price, AT_OPEN)
    execute_expiries(b, k, trades, orders, records, price, AT_OPEN)
    for statement in range(k[STATEMENT_COUNT]):
        at = statement_at(k, statement)
        if k[at + WAITS] != 0 and k[at + KIND] != EXIT:
            execute_enter(b, k, trades, orders, records, statement, price, AT_OPEN)
    return 0

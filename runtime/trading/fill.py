"""Phase 2: what waits and what is at work fills, in the order of the price path.

At the open: the guards' exit, exits in source order, expiries, then enters in source order; then whatever the open
is at or beyond. Then the path through the bar. A bar without an open fills nothing, and none does at a venue.
"""

from __future__ import annotations

from . import layout as at
from . import rows
from .buffers import Floats, Ints
from .execute import execute_enter, execute_exit, execute_guard
from .expiries import execute_expiries
from .liquidate import call_margin
from .lots import fold, see, see_nothing
from .magnify import walk_finer
from .match import go_on, jump, walk
from .orders import end_orphans
from .places import order_at, own_at, state_of, statement_at
from .rest import set_aside
from .venue import stand_by
from .watch import refresh


def begin(b: Floats, k: Ints, index: int, time: int) -> int:
    """Every cold function begins so: what the bars since the last one did to the lots, and when it is."""
    fold(b, k)
    k[at.NOW] = index
    k[at.NOW_TIME] = time
    return 0


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
    if k[at.RESTING] != 0:
        set_aside(b, k)
    if k[at.VENUE] != 0:
        stand_by(b, k, high, low, close)
        return refresh(b, k)
    see_nothing(b, k)
    if open == open:
        see(b, k, open)
        fill_waiting(b, k, trades, orders, records, open)
        if k[at.RESTING] != 0:
            end_orphans(b, k, orders)
        if k[at.WALKS] != 0 and (k[at.LOT_COUNT] > 0 or k[at.RESTING] != 0):
            jump(b, k, trades, orders, records, open, rows.AT_OPEN)
            if k[at.FINER] == 0 or walk_finer(b, k, trades, orders, records, high, low) == 0:
                walk(b, k, trades, orders, records, open, high, low, close)
    if k[at.LOT_COUNT] > 0 and (high != high or low != low):
        see_without_extremes(b, open, close)
    return refresh(b, k)


def see_without_extremes(b: Floats, open: float, close: float) -> int:
    """Of a bar that lacks an extreme its lots see the other prices it has; `mark` adds the extreme that it has."""
    for price in (open, close):
        if price > b[at.RUN_HIGH]:
            b[at.RUN_HIGH] = price
        if price < b[at.RUN_LOW]:
            b[at.RUN_LOW] = price
    return 0


def fill_waiting(b: Floats, k: Ints, trades: Floats, orders: Floats, records: Floats, price: float) -> int:
    """Market orders at the open: exits first, then enters."""
    if k[at.GUARD_PENDING] != 0:
        execute_guard(b, k, trades, orders, records, price, rows.AT_OPEN)
    fill_kind(b, k, trades, orders, records, at.EXIT, price)
    execute_expiries(b, k, trades, orders, records, price, rows.AT_OPEN, 1)
    if b[at.PARTICIPATION] > 0.0:
        go_on(b, k, trades, orders, records, price)
    if k[at.RESTING] != 0:
        end_orphans(b, k, orders)
    call_margin(b, k, trades, orders, records, price, rows.AT_OPEN)
    return fill_kind(b, k, trades, orders, records, at.ENTER, price)


def may_fill(b: Floats, k: Ints, statement: int) -> int:
    """Whether an order waits for this open; that of a leg waits for its group."""
    if state_of(b, k, statement) != at.WAITS:
        return 0
    bound = k[statement_at(k, statement) + at.ATOMIC] != 0 and b[order_at(k, statement) + at.FROM] > k[at.NOW]
    return 0 if bound else 1


def fill_kind(b: Floats, k: Ints, trades: Floats, orders: Floats, records: Floats, kind: int, price: float) -> int:
    """The statements of one kind whose orders wait, in source order."""
    for nth in range(k[at.OWN_COUNT]):
        statement = own_at(k, nth)
        if k[statement_at(k, statement) + at.KIND] == kind and may_fill(b, k, statement) != 0:
            if kind == at.EXIT:
                execute_exit(b, k, trades, orders, records, statement, price, rows.AT_OPEN)
            else:
                execute_enter(b, k, trades, orders, records, statement, price, rows.AT_OPEN)
    return 0

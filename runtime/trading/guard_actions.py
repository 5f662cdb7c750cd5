"""Phase 4: guards that tripped act; and the day's start, which resets those that are of a day."""

from __future__ import annotations

from ...stdlib.arith import absolute
from .buffers import Floats, Ints
from .execute import execute_guard
from .fill import begin
from .guards import day_scoped, excess, guard_at, over
from .layout import (
    DAY_EQUITY,
    DENY,
    ENTRIES_TODAY,
    EQUITY,
    EVERYTHING,
    FLATTEN,
    FOR_EVER,
    GUARD_ACTION,
    GUARD_COUNT,
    GUARD_FILL,
    GUARD_KIND,
    GUARD_PENDING,
    HALTED,
    LOSSES_TODAY,
    NOT_HALTED,
    QUANTITY,
    REDUCE,
    THIS_CLOSE,
    THRESHOLDS,
    TRADES_TODAY,
    TRIPPED,
    TRIPS,
    UNTIL_DAY,
    WAIT_ASKED,
    WAIT_QUANTITY,
)
from .orders import cancel_entries, cancel_guard, guard_place, number_order, order_row, row_place, waiting_at
from .prices import lots_up
from .rows import AT_CLOSE, BY_A_GUARD, GUARD_ORDER, HALT_ROW, NOTHING_TO_CLOSE
from .watch import refresh, side_held


def trip(
    b: Floats, k: Ints, trades: Floats, orders: Floats, records: Floats, index: int, time: int, close: float
) -> int:
    """Every armed guard that is over acts: halt, flatten and halt, or reduce."""
    begin(b, k, index, time)
    for guard in range(k[GUARD_COUNT]):
        at = guard_at(k, guard)
        if k[at + GUARD_ACTION] != DENY and k[at + TRIPPED] == 0 and over(b, k, guard) != 0:
            act(b, k, orders, guard, close)
    if k[GUARD_PENDING] != 0 and k[GUARD_FILL] == THIS_CLOSE and close == close:
        execute_guard(b, k, trades, orders, records, close, AT_CLOSE)
    return refresh(b, k)


def act(b: Floats, k: Ints, orders: Floats, guard: int, close: float) -> int:
    """One guard acts; a halt leaves a row of its own, an exit leaves one when it fills."""
    at = guard_at(k, guard)
    k[TRIPS] += 1
    cancel_entries(b, k, orders, 0, BY_A_GUARD)
    if k[GUARD_PENDING] != 0 and k[GUARD_PENDING] != side_held(b):
        cancel_guard(b, k, orders, NOTHING_TO_CLOSE)
    if k[at + GUARD_ACTION] == REDUCE:
        cut = lots_up(b, excess(b, b[k[THRESHOLDS] + guard], close))
        return order_exit(b, k, k[at + GUARD_KIND], cut)
    halt(k, at)
    if k[at + GUARD_ACTION] == FLATTEN and side_held(b) != 0:
        return order_exit(b, k, k[at + GUARD_KIND], EVERYTHING)
    number_order(b, k, row_place(k), 0.0, 0.0, k[at + GUARD_KIND])
    return order_row(b, k, orders, row_place(k), -1, GUARD_ORDER, side_held(b), HALT_ROW, 0.0)


def halt(k: Ints, at: int) -> int:
    """No new risk, until the next day or for ever."""
    k[at + TRIPPED] = 1
    until = UNTIL_DAY if day_scoped(k[at + GUARD_KIND]) != 0 else FOR_EVER
    if until > k[HALTED]:
        k[HALTED] = until
    return until


def order_exit(b: Floats, k: Ints, kind: int, quantity: float) -> int:
    """The guards' exit waits; of several the largest."""
    held = absolute(b[QUANTITY])
    if held == 0.0:
        return 0
    asked = held if quantity > held else quantity
    if k[GUARD_PENDING] != 0:
        wait = waiting_at(k, guard_place(k))
        if quantity > b[wait + WAIT_QUANTITY]:
            b[wait + WAIT_QUANTITY] = quantity
            b[wait + WAIT_ASKED] = asked
        return 0
    number_order(b, k, guard_place(k), asked, quantity, kind)
    k[GUARD_PENDING] = side_held(b)
    return 1


def new_day(b: Floats, k: Ints) -> int:
    """A new day in the calendar zone: its losses, gains and counts begin, and what they halted goes on."""
    b[DAY_EQUITY] = b[EQUITY]
    k[TRADES_TODAY] = 0
    k[LOSSES_TODAY] = 0
    k[ENTRIES_TODAY] = 0
    for guard in range(k[GUARD_COUNT]):
        at = guard_at(k, guard)
        if day_scoped(k[at + GUARD_KIND]) != 0:
            k[at + TRIPPED] = 0
    if k[HALTED] == UNTIL_DAY:
        k[HALTED] = NOT_HALTED
    return refresh(b, k)

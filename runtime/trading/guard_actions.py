"""Phase 4: guards that tripped act; and the day's start, which resets those that are of a day."""

from __future__ import annotations

from ...stdlib.arith import absolute
from . import layout as at
from . import rows
from .buffers import Floats, Ints
from .execute import execute_guard
from .fill import begin
from .guards import day_scoped, excess, guard_at, over
from .orders import NO_TEXTS, cancel_entries, cancel_guard, end_orphans, number_order, order_row
from .places import guards_order, side_held, spare_order
from .prices import lots_up
from .rest import end_of_day
from .watch import refresh


def trip(
    b: Floats, k: Ints, trades: Floats, orders: Floats, records: Floats, index: int, time: int, close: float
) -> int:
    """Every armed guard that is over acts: halt, flatten and halt, or reduce."""
    begin(b, k, index, time)
    for guard in range(k[at.GUARD_COUNT]):
        here = guard_at(k, guard)
        if k[here + at.GUARD_ACTION] != at.DENY and k[here + at.TRIPPED] == 0 and over(b, k, guard) != 0:
            act(b, k, orders, guard, close)
    now = k[at.GUARD_FILL] == at.THIS_CLOSE and close == close and b[guards_order(k) + at.DECIDED] == k[at.NOW]
    if k[at.GUARD_PENDING] != 0 and now:
        execute_guard(b, k, trades, orders, records, close, rows.AT_CLOSE)
        end_orphans(b, k, orders)
    return refresh(b, k)


def act(b: Floats, k: Ints, orders: Floats, guard: int, close: float) -> int:
    """One guard acts; a halt leaves a row of its own, an exit leaves one when it fills."""
    here = guard_at(k, guard)
    k[at.TRIPS] += 1
    cancel_entries(b, k, orders, 0, rows.BY_A_GUARD, at.WAITS)
    if k[at.GUARD_PENDING] != 0 and k[at.GUARD_PENDING] != side_held(b):
        cancel_guard(b, k, orders, rows.NOTHING_TO_CLOSE)
    if k[here + at.GUARD_ACTION] == at.REDUCE:
        cut = lots_up(b, excess(b, b[k[at.THRESHOLDS] + guard], close))
        return order_exit(b, k, k[here + at.GUARD_KIND], cut)
    halt(k, here)
    if k[here + at.GUARD_ACTION] == at.FLATTEN and side_held(b) != 0:
        return order_exit(b, k, k[here + at.GUARD_KIND], at.EVERYTHING)
    order = number_order(b, k, spare_order(k), 0, 0.0, 0.0, k[here + at.GUARD_KIND])
    return order_row(b, k, orders, order, NO_TEXTS, -1, rows.GUARD_ORDER, side_held(b), rows.HALT_ROW, 0.0)


def halt(k: Ints, here: int) -> int:
    """No new risk, until the next day or for ever."""
    k[here + at.TRIPPED] = 1
    until = at.UNTIL_DAY if day_scoped(k[here + at.GUARD_KIND]) != 0 else at.FOR_EVER
    if until > k[at.HALTED]:
        k[at.HALTED] = until
    return until


def order_exit(b: Floats, k: Ints, kind: int, quantity: float) -> int:
    """The guards' exit waits; of several the largest."""
    held = absolute(b[at.QUANTITY])
    if held == 0.0:
        return 0
    asked = held if quantity > held else quantity
    if k[at.GUARD_PENDING] != 0:
        order = guards_order(k)
        if quantity > b[order + at.AMOUNT]:
            b[order + at.AMOUNT] = quantity
            b[order + at.ASKED_FOR] = asked
        return 0
    number_order(b, k, guards_order(k), -side_held(b), asked, quantity, kind)
    k[at.GUARD_PENDING] = side_held(b)
    return 1


def new_day(b: Floats, k: Ints, orders: Floats, index: int, time: int) -> int:
    """A new day in the calendar zone: its losses, gains and counts begin, what they halted goes on, its orders end."""
    if k[at.RESTING] != 0:
        begin(b, k, index, time)
        end_of_day(b, k, orders, index)
    b[at.DAY_EQUITY] = b[at.EQUITY]
    k[at.TRADES_TODAY] = 0
    k[at.LOSSES_TODAY] = 0
    k[at.ENTRIES_TODAY] = 0
    for guard in range(k[at.GUARD_COUNT]):
        here = guard_at(k, guard)
        if day_scoped(k[here + at.GUARD_KIND]) != 0:
            k[here + at.TRIPPED] = 0
    if k[at.HALTED] == at.UNTIL_DAY:
        k[at.HALTED] = at.NOT_HALTED
    return refresh(b, k)

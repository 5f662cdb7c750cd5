"""Phase 4: guards that tripped act; and the day's start, with which some are reset."""

from __future__ import annotations

from ...stdlib.arith import absolute
from . import layout as at
from . import rows
from .buffers import Floats, Ints
from .claim import set_stays, unmet
from .excess import excess
from .execute import execute_guard
from .fill import begin
from .guards import acts_at_mark, guard_at
from .orders import NO_TEXTS, cancel_entries, cancel_guard, end_orphans, number_order, order_row
from .places import guards_order, side_held, spare_order
from .prices import lots_up
from .resets import begin_periods, lift_marks
from .rest import end_of_day
from .scopes import scope_of
from .watch import refresh


def trip(
    b: Floats, k: Ints, trades: Floats, orders: Floats, records: Floats, index: int, time: int, close: float
) -> int:
    """Every armed guard that is over acts: halt, flatten and halt, or reduce."""
    begin(b, k, index, time)
    set_stays(b, k, unmet(b, k, time))
    lift_marks(b, k)
    ordered = ordered_out(b, k)
    for guard in range(k[at.GUARD_COUNT]):
        if acts_at_mark(b, k, guard) != 0:
            act(b, k, orders, guard, close, ordered)
    fill_now(b, k, trades, orders, records, close)
    return refresh(b, k)


def act(b: Floats, k: Ints, orders: Floats, guard: int, close: float, ordered: float) -> int:
    """One guard acts on the one book of an account."""
    k[at.TRIPS] += 1
    order_out(b, k, orders, guard, close, ordered)
    return halt(b, k, orders, guard, side_held(b))


def ordered_out(b: Floats, k: Ints) -> float:
    """How much the guards had ordered out before this mark, which has met no open."""
    return b[guards_order(k) + at.AMOUNT] if k[at.GUARD_PENDING] != 0 and k[at.GUARD_PENDING] == side_held(b) else 0.0


def order_out(b: Floats, k: Ints, orders: Floats, guard: int, close: float, ordered: float) -> int:
    """What a guard that acts does to a book: its entries end, all of it or what is too much is ordered out, besides
    what had been `ordered`."""
    here = guard_at(k, guard)
    cancel_entries(b, k, orders, 0, rows.BY_A_GUARD, at.WAITS)
    if k[at.GUARD_PENDING] != 0 and k[at.GUARD_PENDING] != side_held(b):
        cancel_guard(b, k, orders, rows.NOTHING_TO_CLOSE)
    kind, action = k[here + at.GUARD_KIND], k[here + at.GUARD_ACTION]
    if action == at.REDUCE:
        price = close if close == close else b[at.PRICE]
        more = lots_up(b, excess(b, k, kind, b[k[at.THRESHOLDS] + guard], price, scope_of(k, guard)))
        return order_exit(b, k, kind, ordered + more) if more > 0.0 else 0
    return order_exit(b, k, kind, at.EVERYTHING) if action == at.FLATTEN else 0


def halt(b: Floats, k: Ints, orders: Floats, guard: int, held: int) -> int:
    """No new risk until the guard is reset; a row says so where no exit does. held: 0 where nothing is."""
    here = guard_at(k, guard)
    action, kind = k[here + at.GUARD_ACTION], k[here + at.GUARD_KIND]
    if action == at.REDUCE:
        return 0
    k[here + at.TRIPPED] = 1
    if scope_of(k, guard) != 0:
        return 0  # of the books of its group alone, each of which says so
    k[at.HALTED] = max(k[at.HALTED], k[here + at.GUARD_UNTIL])
    return 0 if action == at.FLATTEN and held != 0 else halt_row(b, k, orders, kind)


def halt_row(b: Floats, k: Ints, orders: Floats, kind: int) -> int:
    """A row that says that a guard has halted."""
    order = number_order(b, k, spare_order(k), 0, 0.0, 0.0, kind)
    return order_row(b, k, orders, order, NO_TEXTS, -1, rows.GUARD_ORDER, side_held(b), rows.HALT_ROW, 0.0)


def fill_now(b: Floats, k: Ints, trades: Floats, orders: Floats, records: Floats, close: float) -> int:
    """What a guard ordered out at this close fills at it, where that is the program's fill policy."""
    now = k[at.GUARD_FILL] == at.THIS_CLOSE and close == close and b[guards_order(k) + at.DECIDED] == k[at.NOW]
    if k[at.GUARD_PENDING] != 0 and now:
        execute_guard(b, k, trades, orders, records, close, rows.AT_CLOSE)
        end_orphans(b, k, orders)
    return 0


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
            b[order + at.ASKED_FOR] = b[order + at.FILLED] + asked
        return 0
    number_order(b, k, guards_order(k), -side_held(b), asked, quantity, kind)
    k[at.GUARD_PENDING] = side_held(b)
    return 1


def new_day(b: Floats, k: Ints, orders: Floats, index: int, time: int, day: float) -> int:
    """A new day in the calendar zone: its losses, gains and counts begin, what it resets goes on, its orders end."""
    end_resting(b, k, orders, index, time)
    begin_account(b, k, day)
    forget_today(k)
    return refresh(b, k)


def new_day_book(b: Floats, k: Ints, orders: Floats, index: int, time: int) -> int:
    """The same of one book of several, whose account begins its day for all of them: its orders end."""
    end_resting(b, k, orders, index, time)
    return refresh(b, k)


def end_resting(b: Floats, k: Ints, orders: Floats, index: int, time: int) -> int:
    """Orders of the day before end."""
    if k[at.RESTING] != 0:
        begin(b, k, index, time)
        end_of_day(b, k, orders, index)
    return 0


def begin_account(b: Floats, k: Ints, day: float) -> int:
    """The account's day: what it is measured from, and the guards that it resets."""
    b[at.DAY_EQUITY] = b[at.EQUITY]
    b[at.DAY_MOVED] = 0.0
    return begin_periods(b, k, day)


def forget_today(k: Ints) -> int:
    """A day's counts begin."""
    k[at.TRADES_TODAY] = 0
    k[at.LOSSES_TODAY] = 0
    k[at.ENTRIES_TODAY] = 0
    return 0

"""A venue fills the orders: what a bar still does then, and how a fill that comes from outside is booked.

Matching makes no fill. A bar moves trails, arms what waits for a level and ends lives; orders wait or rest until the
venue says what became of them. Its fills are booked by `apply_entry` and `apply_exit`, like any other. They may
come in parts: the parts of one order are one lot, at their average price.
"""

from __future__ import annotations

from ...stdlib.arith import absolute, div
from . import layout as at
from . import rows
from .booking import after_fill, apply_entry, pay
from .buffers import Floats, Ints
from .levels import attach, line_at, profitable, protective, stop_wanted, work
from .lots import fold, is_fresh, prepare, see, see_nothing
from .places import kept_at, lot_at, row_at, side_held, statement_at, target_of
from .prices import lots_down, reaches

# --- a bar -----------------------------------------------------------------------------------------


def stand_by(b: Floats, k: Ints, high: float, low: float, close: float) -> int:
    """A bar passes: lots filled inside it know its close, and levels that wait for another are armed by the bar."""
    see(b, k, close)
    for lot in range(k[at.LOT_COUNT]):
        here = lot_at(k, lot)
        if is_fresh(b, k, here) != 0:
            arm_rows(b, k, here, b[here + at.LOT_HIGH], b[here + at.LOT_LOW])
        else:
            arm_rows(b, k, here, high, low)
    return 0


def arm_rows(b: Floats, k: Ints, lot: int, high: float, low: float) -> int:
    """What waits for a level that lies between two prices, or beside them on its far side, begins to work."""
    if k[at.WALKS] == 0:
        return 0
    up = 1 if b[lot + at.LOT_QUANTITY] > 0.0 else -1  # what is waited for lies in profit
    for row in range(k[at.LEVELS]):
        order = row_at(lot, row)
        waits = row != at.EXPIRY_ROW and b[order + at.STATE] == at.DORMANT and b[order + at.FROM] <= k[at.NOW]
        if waits and reaches(b, high if up > 0 else low, b[order + at.AFTER], up) != 0:
            b[order + at.STATE] = at.RESTS
    return 0


# --- what comes from outside -----------------------------------------------------------------------


def come_in(b: Floats, k: Ints, index: int, time: int) -> int:
    """Something comes from outside, in the bar of an index: what the bars before did to the lots is handed to them."""
    hand_over(b, k)
    if k[at.NOW] != index:
        see_nothing(b, k)
    k[at.NOW] = index
    k[at.NOW_TIME] = time
    return 0


def hand_over(b: Floats, k: Ints) -> int:
    """Extremes of marked bars go to the lots, and trails follow; once for each bar, not inside the one going on."""
    if b[at.RUN_HIGH] > -at.FAR or b[at.RUN_LOW] < at.FAR:
        fold(b, k)
    return 0


def lot_of(b: Floats, k: Ints, number: float, statement: int) -> int:
    """Which open lot, counted from the oldest, is of the order of this number and of a statement; -1: none."""
    for lot in range(k[at.LOT_COUNT]):
        here = lot_at(k, lot)
        if b[here + at.LOT_ORDER] == number and b[here + at.LOT_STATEMENT] == statement:
            return lot
    return -1


def lot_of_statement(b: Floats, k: Ints, statement: int) -> int:
    """The oldest open lot of a statement; -1: none."""
    for lot in range(k[at.LOT_COUNT]):
        if b[lot_at(k, lot) + at.LOT_STATEMENT] == statement:
            return lot
    return -1


def has_room(k: Ints, statement: int) -> int:
    """Whether a statement may have one lot more."""
    here = statement_at(k, statement)
    return 1 if k[here + at.LIVE] <= k[here + at.SCALE] else 0


def foreign(k: Ints, side: int) -> int:
    """The statement that owns the lots of a side for which no other has room: the last two are those."""
    return k[at.STATEMENT_COUNT] - (2 if side == at.LONG else 1)


def book_entry(
    b: Floats,
    k: Ints,
    records: Floats,
    statement: int,
    quantity: float,
    price: float,
    charge: float,
    moment: int,
    number: float,
) -> int:
    """A fill that opens: a lot of the statement's order, or a further part of it; returns its first slot."""
    lot = lot_of(b, k, number, statement)
    if lot >= 0:
        return add_part(b, k, records, lot, quantity, price, charge)
    here = apply_entry(b, k, records, statement, quantity, price, charge, moment, number)
    attach(b, k, here, statement, kept_at(k, statement))
    return here


def book_foreign(
    b: Floats, k: Ints, records: Floats, side: int, quantity: float, price: float, charge: float, moment: int
) -> int:
    """A fill that opens what no statement has room for: one lot of its side, without levels."""
    lot = lot_of_statement(b, k, foreign(k, side))
    if lot >= 0:
        return add_part(b, k, records, lot, quantity, price, charge)
    number = k[at.NEXT_ORDER]
    k[at.NEXT_ORDER] += 1
    return book_entry(b, k, records, foreign(k, side), quantity, price, charge, moment, float(number))


def add_part(b: Floats, k: Ints, records: Floats, lot: int, quantity: float, price: float, charge: float) -> int:
    """A further part of a lot: its price is the average, from which its levels are measured anew."""
    here = lot_at(k, lot)
    side = 1.0 if b[here + at.LOT_QUANTITY] > 0.0 else -1.0
    held = absolute(b[here + at.LOT_QUANTITY])
    b[here + at.LOT_PRICE] += (price - b[here + at.LOT_PRICE]) * div(quantity, held + quantity)
    b[here + at.LOT_QUANTITY] = side * (held + quantity)
    b[here + at.LOT_FEES] += charge
    b[here + at.LOT_HIGH] = max(b[here + at.LOT_HIGH], price)
    b[here + at.LOT_LOW] = min(b[here + at.LOT_LOW], price)
    measure_again(b, k, here, quantity)
    pay(b, side * quantity * b[at.POINT_VALUE], price, charge)
    prepare(b, k)
    after_fill(b, k, records)
    return here


def measure_again(b: Floats, k: Ints, here: int, added: float) -> int:
    """The levels of a lot from its new price; what is armed stays armed, and takes are of what was added, too."""
    statement = int(b[here + at.LOT_STATEMENT])
    told, kept = statement_at(k, statement), kept_at(k, statement)
    side, entry = b[here + at.LOT_QUANTITY], b[here + at.LOT_PRICE]
    b[here + at.LOT_FIRST_STOP] = stop_wanted(b, k, told, kept, entry, side)
    if k[at.WALKS] == 0:
        return 0
    if k[told + at.HAS_STOP] != 0:
        b[row_at(here, at.STOP_ROW) + at.TRIGGER_PRICE] = protective(b, line_at(b, kept + at.STOP_BASE, entry), side)
    if k[told + at.HAS_TARGET] != 0:
        b[target_of(k, here) + at.LIMIT_PRICE] = profitable(b, line_at(b, kept + at.TARGET_BASE, entry), side)
    if k[told + at.HAS_TRAIL_AFTER] != 0:
        b[row_at(here, at.TRAIL_ROW) + at.AFTER] = profitable(b, line_at(b, kept + at.TRAIL_AFTER_BASE, entry), side)
    for move in range(k[told + at.MOVES]):
        order, from_ = row_at(here, at.MOVE_ROW + move), kept + at.MOVE0_BASE + move * at.MOVE_WIDTH
        b[order + at.TRIGGER_PRICE] = protective(b, line_at(b, from_, entry), side)
        b[order + at.AFTER] = profitable(b, line_at(b, from_ + at.MOVE0_AFTER_BASE - at.MOVE0_BASE, entry), side)
    for take in range(k[told + at.TAKES]):
        more_to_take(b, k, here, take, added)
    return 0


def more_to_take(b: Floats, k: Ints, here: int, take: int, added: float) -> int:
    """A take of a lot that has grown: its share of what was added comes to what is left of it."""
    statement = int(b[here + at.LOT_STATEMENT])
    order = row_at(here, k[statement_at(k, statement) + at.TAKE_ROW] + take)
    from_ = kept_at(k, statement) + at.TAKE0_SHARE + take * at.TAKE_WIDTH
    left = b[order + at.AMOUNT] if b[order + at.STATE] != at.NO_ORDER else 0.0
    amount = left + lots_down(b, b[from_] * added)
    if amount > 0.0:
        first = b[order + at.FROM]
        work(b, k, here, order, rows.BY_TARGET)
        b[order + at.FROM] = first if left > 0.0 else b[order + at.FROM]
        b[order + at.AMOUNT] = amount
    price = profitable(b, line_at(b, from_ + 1, b[here + at.LOT_PRICE]), b[here + at.LOT_QUANTITY])
    b[order + at.LIMIT_PRICE] = price
    return 0


def closable(b: Floats, trade: int) -> float:
    """How much of what is held a trade closes before it opens anything."""
    return absolute(b[at.QUANTITY]) if side_held(b) == -trade else 0.0


def counts_as(share: float, whole: float) -> float:
    """A quantity beside another: the same where only rounding parts them."""
    return whole if absolute(share - whole) <= at.SLACK * whole else share

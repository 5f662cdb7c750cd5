"""A venue fills the orders: what a bar still does then, and how a fill that comes from outside is booked.

Matching makes no fill. A bar moves trails, arms what waits for a level and ends lives; orders wait or rest until the
venue says what became of them. Its fills are booked by `apply_entry` and `apply_exit`, like any other. They may
come in parts: the parts of one order are one lot, at their average price.
"""

from __future__ import annotations

from ...stdlib.arith import absolute
from . import layout as at
from .booking import apply_entry
from .buffers import Floats, Ints
from .levels import attach
from .lots import fold, is_fresh, see, see_nothing
from .parts import add_part, lot_of, lot_of_statement
from .places import kept_at, lot_at, row_at, side_held, statement_at
from .prices import reaches

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
        return add_part(b, k, records, lot, quantity, price, charge, moment, 0.0)
    here = apply_entry(b, k, records, statement, quantity, price, charge, moment, number)
    attach(b, k, here, statement, kept_at(k, statement))
    return here


def book_foreign(
    b: Floats, k: Ints, records: Floats, side: int, quantity: float, price: float, charge: float, moment: int
) -> int:
    """A fill that opens what no statement has room for: one lot of its side, without levels."""
    lot = lot_of_statement(b, k, foreign(k, side))
    if lot >= 0:
        return add_part(b, k, records, lot, quantity, price, charge, moment, 0.0)
    number = k[at.NEXT_ORDER]
    k[at.NEXT_ORDER] += 1
    return book_entry(b, k, records, foreign(k, side), quantity, price, charge, moment, float(number))


def closable(b: Floats, trade: int) -> float:
    """How much of what is held a trade closes before it opens anything."""
    return absolute(b[at.QUANTITY]) if side_held(b) == -trade else 0.0


def counts_as(share: float, whole: float) -> float:
    """A quantity beside another: the same where only rounding parts them."""
    return whole if absolute(share - whole) <= at.SLACK * whole else share

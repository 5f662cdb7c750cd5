"""The path of a price inside a bar: open, one extreme, the other, and the brackets it meets on the way.

Nothing in a bar says which extreme came first. `worst` goes first where it hurts the position, `best`
the other way, `proximity` to the extreme nearer to the open. A lot whose stop and target both lie
in the bar was decided by this assumption: its exit is counted as ambiguous.
"""

from __future__ import annotations

from ...stdlib.arith import absolute
from . import layout as at
from . import rows
from .bracket import level_toward, reached, reason_toward, works
from .buffers import Floats, Ints
from .lots import close_lot, lot_at
from .prices import slipped


def see(b: Floats, price: float) -> int:
    """The path has been at this price."""
    if price > b[at.SEEN_HIGH]:
        b[at.SEEN_HIGH] = price
    if price < b[at.SEEN_LOW]:
        b[at.SEEN_LOW] = price
    return 0


def see_nothing(b: Floats) -> int:
    """A new path begins."""
    b[at.SEEN_HIGH] = -at.FAR
    b[at.SEEN_LOW] = at.FAR
    return 0


def brackets_at(b: Floats, k: Ints, trades: Floats, records: Floats, price: float, moment: int) -> int:
    """Every lot whose level this price is at or beyond leaves at it: a gap, or a fill beyond its own bracket."""
    lot = 0
    while lot < k[at.LOT_COUNT]:
        here = lot_at(k, lot)
        direction = gap_direction(b, k, here, price)
        if direction == 0:
            lot += 1
        else:
            leave(b, k, trades, records, lot, price, moment, direction, 0)
    return 0


def gap_direction(b: Floats, k: Ints, here: int, price: float) -> int:
    """On which side of a lot's bracket a price lies: its stop's first, then its target's; 0 inside."""
    if works(b, k, here) == 0:
        return 0
    against = -1 if b[here + at.LOT_QUANTITY] > 0.0 else 1
    if reached(b, here, price, against) != 0:
        return against
    if reached(b, here, price, -against) != 0:
        return -against
    return 0


def leave(
    b: Floats,
    k: Ints,
    trades: Floats,
    records: Floats,
    lot: int,
    price: float,
    moment: int,
    direction: int,
    ambiguous: int,
) -> int:
    """A lot leaves by its bracket. A stop slips; a target is a limit: it slips from a better price, never beyond."""
    here = lot_at(k, lot)
    reason = reason_toward(b, here, direction)
    trade = -1 if b[here + at.LOT_QUANTITY] > 0.0 else 1
    b[at.MARKET] = price
    filled = slipped(b, price, trade)
    if reason == rows.BY_TARGET:
        limit = level_toward(b, here, direction)
        if (trade < 0 and filled < limit) or (trade > 0 and filled > limit):
            filled = limit
    k[at.AMBIGUOUS] += ambiguous
    return close_lot(b, k, trades, records, lot, filled, moment, reason, -1.0, ambiguous)


def first_direction(b: Floats, k: Ints, open: float, high: float, low: float) -> int:
    """Where the path goes first: up (1) or down (-1)."""
    if k[at.PATH] == at.PROXIMITY:
        return 1 if absolute(high - open) < absolute(open - low) else -1
    hurts = -1 if b[at.QUANTITY] > 0.0 else 1
    return -hurts if k[at.PATH] == at.BEST else hurts


def walk(b: Floats, k: Ints, trades: Floats, records: Floats, open: float, high: float, low: float) -> int:
    """Open to one extreme, then to the other."""
    if first_direction(b, k, open, high, low) > 0:
        leg(b, k, trades, records, high, 1, low)
        leg(b, k, trades, records, low, -1, high)
    else:
        leg(b, k, trades, records, low, -1, high)
        leg(b, k, trades, records, high, 1, low)
    return 0


def leg(b: Floats, k: Ints, trades: Floats, records: Floats, extreme: float, direction: int, other: float) -> int:
    """The brackets met on the way to an extreme, nearest first."""
    lot = nearest(b, k, extreme, direction)
    while lot >= 0:
        here = lot_at(k, lot)
        ambiguous = reached(b, here, other, -direction)
        leave(b, k, trades, records, lot, level_toward(b, here, direction), rows.INSIDE, direction, ambiguous)
        lot = nearest(b, k, extreme, direction)
    see(b, extreme)
    return 0


def nearest(b: Floats, k: Ints, extreme: float, direction: int) -> int:
    """The lot whose level is met first on the way to an extreme (the oldest of several); -1: none."""
    found = -1
    best = at.FAR
    for lot in range(k[at.LOT_COUNT]):
        here = lot_at(k, lot)
        if works(b, k, here) != 0 and reached(b, here, extreme, direction) != 0:
            distance = direction * level_toward(b, here, direction)
            if distance < best:
                found = lot
                best = distance
    return found

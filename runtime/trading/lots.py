"""Lots: every fill that opens is one. The list of lots holds the open ones in the order of their fills.

Extremes are folded lazily: `mark` keeps those of the bars since the last cold call, `fold` hands them to the lots.
A lot that was filled inside a bar is fresh: of that bar it knows the path after its fill alone, step by step.
"""

from __future__ import annotations

from . import layout as at
from . import rows
from .buffers import Floats, Ints
from .levels import follow
from .places import lot_at, own_at, statement_at
from .prices import farther


def is_fresh(b: Floats, k: Ints, here: int) -> int:
    """Whether a lot was filled inside the bar going on, or the last one that was looked at."""
    return 1 if b[here + at.LOT_MOMENT] == rows.INSIDE and b[here + at.LOT_INDEX] >= k[at.NOW] else 0


def fold(b: Floats, k: Ints) -> int:
    """Give the extremes of the bars marked since the last time to the open lots, whose trails follow."""
    for lot in range(k[at.LOT_COUNT]):
        here = lot_at(k, lot)
        if is_fresh(b, k, here) == 0:
            stretch(b, here, b[at.RUN_HIGH], b[at.RUN_LOW])
        if k[at.WALKS] != 0:
            follow(b, here)
    b[at.RUN_HIGH] = -at.FAR
    b[at.RUN_LOW] = at.FAR
    return 0


def stretch(b: Floats, here: int, high: float, low: float) -> int:
    """Widen the extremes of one lot."""
    b[here + at.LOT_HIGH] = max(b[here + at.LOT_HIGH], high)
    b[here + at.LOT_LOW] = min(b[here + at.LOT_LOW], low)
    return 0


def see(b: Floats, k: Ints, price: float) -> int:
    """The path has been at this price; a missing one is none."""
    if price > b[at.SEEN_HIGH]:
        b[at.SEEN_HIGH] = price
    if price < b[at.SEEN_LOW]:
        b[at.SEEN_LOW] = price
    if k[at.FRESH] != 0 and price == price:
        for lot in range(k[at.LOT_COUNT]):
            here = lot_at(k, lot)
            if is_fresh(b, k, here) != 0:
                stretch(b, here, price, price)
    return 0


def see_nothing(b: Floats, k: Ints) -> int:
    """A new path begins."""
    b[at.SEEN_HIGH] = -at.FAR
    b[at.SEEN_LOW] = at.FAR
    k[at.FRESH] = 0
    k[at.LATE] = 0
    return 0


def extreme_of(b: Floats, k: Ints, here: int, direction: int) -> float:
    """The highest (1) or lowest (-1) price of a lot's life up to the last mark."""
    seen = b[here + at.LOT_HIGH] if direction > 0 else b[here + at.LOT_LOW]
    if is_fresh(b, k, here) != 0:
        return seen
    return farther(seen, b[at.RUN_HIGH] if direction > 0 else b[at.RUN_LOW], direction)


def excursion(b: Floats, k: Ints, here: int, price: float, moment: int, direction: int) -> float:
    """The highest (1) or lowest (-1) price of a lot's life, its last bar up to its exit included."""
    seen = b[here + at.LOT_HIGH] if direction > 0 else b[here + at.LOT_LOW]
    path = b[at.SEEN_HIGH] if direction > 0 else b[at.SEEN_LOW]
    if moment != rows.AT_CLOSE and is_fresh(b, k, here) == 0:
        seen = farther(seen, path, direction)
    return farther(seen, price, direction)


def prepare(b: Floats, k: Ints) -> int:
    """Quantity, cost and entry fees of the position, summed anew from its lots, so that nothing drifts."""
    quantity, cost, fees = 0.0, 0.0, 0.0
    for lot in range(k[at.LOT_COUNT]):
        here = lot_at(k, lot)
        quantity += b[here + at.LOT_QUANTITY]
        cost += b[here + at.LOT_QUANTITY] * b[at.POINT_VALUE] * b[here + at.LOT_PRICE]
        fees += b[here + at.LOT_FEES]
    b[at.QUANTITY] = quantity
    b[at.UNITS] = quantity * b[at.POINT_VALUE]
    b[at.COST] = cost
    b[at.ENTRY_FEES] = fees
    k[at.MARKED] = 0
    return 0


def begin_position(b: Floats, k: Ints, moment: int) -> int:
    """From flat: the bars of the position count from here, what acts once a position may act again."""
    k[at.POSITION_START] = k[at.HELD]
    if moment == rows.AT_CLOSE:  # this bar was marked before the fill, and is the entry bar
        k[at.POSITION_START] = k[at.HELD] - 1
    for nth in range(k[at.OWN_COUNT]):
        statement = own_at(k, nth)
        here = statement_at(k, statement)
        if k[here + at.ONCE] != 0 or (k[here + at.RUNG] != 0 and k[here + at.AGAIN] == 0):
            k[here + at.USED] = 0
    return 0


def remove_empty(b: Floats, k: Ints) -> int:
    """Closed lots leave the list, then prepare. The others keep their places and their order."""
    first, kept = k[at.LOT_LIST], 0
    for lot in range(k[at.LOT_COUNT]):
        here = lot_at(k, lot)
        if b[here + at.LOT_QUANTITY] == 0.0:
            k[statement_at(k, int(b[here + at.LOT_STATEMENT])) + at.LIVE] -= 1
        else:
            place = k[first + lot]
            k[first + lot] = k[first + kept]
            k[first + kept] = place
            kept += 1
    k[at.LOT_COUNT] = kept
    return prepare(b, k)


def moves(k: Ints, side: int) -> int:
    """A lot of a side is filled or leaves on the leg going on."""
    place, way = at.MOVED_LONG if side > 0 else at.MOVED_SHORT, k[at.WAY]
    if way != 0 and moved_on(k, side, 1 if way == at.UPWARDS else -1) == 0:
        k[place] += way
    return 0


def moved_on(k: Ints, side: int, direction: int) -> int:
    """Whether a lot of a side was filled or left on a leg of this stretch in a direction."""
    moved, way = k[at.MOVED_LONG] if side > 0 else k[at.MOVED_SHORT], at.UPWARDS if direction > 0 else at.DOWNWARDS
    return 1 if moved == way or moved == at.UPWARDS + at.DOWNWARDS else 0

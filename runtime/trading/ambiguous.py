"""What the assumed path decides: fills inside a bar that another order of its extremes would have made otherwise.

A bar is judged as a whole, whatever the assumption: where it holds something on both sides of a position, or an entry
on both sides of the market, each of those fills is ambiguous, under every path.
"""

from __future__ import annotations

from . import layout as at
from . import rows
from .buffers import Floats, Ints
from .levels import meets, row_met
from .lots import moved_on
from .places import lot_at, order_at, own_at, row_at, side_held, statement_at


def path_decides(b: Floats, k: Ints, statement: int, other: float, direction: int) -> int:
    """Whether the path decides what an order that rests does which is met on the way in a direction.

    So it is where `other` reaches an order that would have filled in its place, where what it closes would have
    been closed there otherwise, where a lot that it would have closed came or went on the way there, and where it is
    of a ladder and the position that it adds to might have ended there: then it would have begun another.
    """
    here = statement_at(k, statement)
    once = k[here + at.RUNG] != 0 and k[here + at.AGAIN] == 0
    if once and ends_there(b, k, k[here + at.SIDE], other, -direction) != 0:
        return 1
    side, closes = -k[here + at.SIDE], k[here + at.SIDE]
    if k[here + at.KIND] == at.EXIT:  # what it would close may still come there, or have come
        if rests_there(b, k, at.ENTER, k[here + at.SIDE], other, -direction) != 0:
            return 1
    else:
        if k[at.ENTRIES] == at.ONE_CANCELS_OTHER:
            side = 0
        closes = -k[here + at.SIDE]
        if rests_there(b, k, at.ENTER, side, other, -direction) != 0:
            return 1
    if moved_on(k, closes, -direction) != 0:
        return 1
    if side_held(b) != closes:
        return 0
    for lot in range(k[at.LOT_COUNT]):
        if met_on_both_sides(b, k, lot_at(k, lot), other, direction) != 0:
            return 1
    return 0


def ends_there(b: Floats, k: Ints, side: int, price: float, direction: int) -> int:
    """Whether a lot of a side came or went on the way to a price in a direction, or would leave there."""
    if moved_on(k, side, direction) != 0:
        return 1
    for lot in range(k[at.LOT_COUNT]):
        if side_held(b) == side and leaves_there(b, k, lot_at(k, lot), price, direction) != 0:
            return 1
    return 0


def rests_there(b: Floats, k: Ints, kind: int, side: int, price: float, direction: int) -> int:
    """Whether a price in a direction reaches an order of a kind and side (0: of either) that rests."""
    for nth in range(k[at.OWN_COUNT]):
        statement = own_at(k, nth)
        here = statement_at(k, statement)
        concerned = k[here + at.KIND] == kind and (side == 0 or k[here + at.SIDE] == side)
        if concerned and meets(b, k, order_at(k, statement), price, direction) != 0:
            return 1
    return 0


def met_on_both_sides(b: Floats, k: Ints, lot: int, other: float, direction: int) -> int:
    """Whether the path decides what becomes of a lot that is met on the way in a direction.

    So it is where the lot was filled inside this bar, and where something on its other side lies in the bar: an order
    that would close it or a level of its own that `other` reaches, or one that was met inside the bar and left the
    lot, or part of it, open.
    """
    side = 1 if b[lot + at.LOT_QUANTITY] > 0.0 else -1
    if came_here(b, k, lot) != 0 or leaves_there(b, k, lot, other, -direction) != 0:
        return 1
    return met_inside(b, k, lot) if direction == -side else 0  # what is met on the side of loss closes all of it


def came_here(b: Floats, k: Ints, lot: int) -> int:
    """Whether a lot was filled inside this very stretch of the path."""
    inside = b[lot + at.LOT_MOMENT] == rows.INSIDE and b[lot + at.LOT_INDEX] == k[at.NOW]
    return 1 if inside and b[lot + at.LOT_STRETCH] == k[at.STRETCH] else 0


def leaves_there(b: Floats, k: Ints, lot: int, price: float, direction: int) -> int:
    """Whether a price in a direction reaches a level of a lot, or an order that rests and would close it."""
    if row_met(b, k, lot, price, direction, 1) >= 0:
        return 1
    side = 1 if b[lot + at.LOT_QUANTITY] > 0.0 else -1
    if k[at.RESTING] == 0:
        return 0
    if rests_there(b, k, at.EXIT, side, price, direction) != 0:
        return 1
    return rests_there(b, k, at.ENTER, -side, price, direction)


def doubt_entry(b: Floats, k: Ints, statement: int, other: float, direction: int) -> int:
    """The lot that an entry has just filled on the way in a direction, where the path decides what becomes of it.

    So it is where the bar's other extreme would close it, or part of it, or arm one of its levels: the path has been
    there before the fill, or goes there after it. So it is, too, where its trail follows from that extreme, or not.
    """
    for nth in range(k[at.LOT_COUNT]):
        lot = lot_at(k, nth)
        own = b[lot + at.LOT_STATEMENT] == statement and b[lot + at.LOT_BY_PATH] == 0.0
        if own and came_here(b, k, lot) != 0 and turns_there(b, k, lot, other, -direction) != 0:
            b[lot + at.LOT_BY_PATH] = 1.0
            k[at.AMBIGUOUS] += 1
    return 0


def turns_there(b: Floats, k: Ints, lot: int, price: float, direction: int) -> int:
    """Whether a price in a direction makes another thing of a lot: it leaves there, or its trail follows from there."""
    if leaves_there(b, k, lot, price, direction) != 0:
        return 1
    return trails_from(b, k, lot, price, direction)


def doubt_trigger(b: Floats, k: Ints, statement: int, other: float, direction: int) -> int:
    """An order that has become a limit here, whose limit lies in the bar on the other way: was it met before, or is
    it met now? Whenever it fills, the path has decided that."""
    order = order_at(k, statement)
    if b[order + at.STATE] == at.TRIGGERED and meets(b, k, order, other, -direction) != 0:
        b[order + at.STATE] = at.DOUBTED
    return 0


def doubt_armed(b: Floats, k: Ints, lot: int, order: int, other: float, direction: int) -> int:
    """A lot one of whose levels has begun to work here, and lies in the bar on the other way: it was not met before,
    or it is met now. However the lot ends, the path has decided that."""
    if meets(b, k, order, other, -direction) != 0:
        b[lot + at.LOT_BY_PATH] = 1.0
    return 0


def trails_from(b: Floats, k: Ints, lot: int, price: float, direction: int) -> int:
    """Whether a price in a direction would be the best of a lot whose trail works from its fill on."""
    if k[at.WALKS] == 0 or b[row_at(lot, at.TRAIL_ROW) + at.STATE] != at.RESTS:
        return 0
    if b[lot + at.LOT_QUANTITY] > 0.0:
        return 1 if direction > 0 and price > b[lot + at.LOT_HIGH] else 0
    return 1 if direction < 0 and price < b[lot + at.LOT_LOW] else 0


def met_inside(b: Floats, k: Ints, lot: int) -> int:
    """Whether a level of a lot was met inside this bar."""
    for row in range(k[at.LEVELS]):
        if row != at.EXPIRY_ROW and b[row_at(lot, row) + at.DECIDED] == k[at.NOW]:
            return 1
    return 0

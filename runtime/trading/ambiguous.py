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
    been closed there otherwise, and where a lot that it would have closed came or went on the way there.
    """
    here = statement_at(k, statement)
    side, closes = -k[here + at.SIDE], k[here + at.SIDE]
    if k[here + at.KIND] == at.ENTER:
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
    inside = b[lot + at.LOT_MOMENT] == rows.INSIDE and b[lot + at.LOT_INDEX] == k[at.NOW]
    if inside and b[lot + at.LOT_STRETCH] == k[at.STRETCH]:
        return 1
    if row_met(b, k, lot, other, -direction, 1) >= 0:
        return 1
    if k[at.RESTING] != 0:
        if rests_there(b, k, at.EXIT, side, other, -direction) != 0:
            return 1
        if rests_there(b, k, at.ENTER, -side, other, -direction) != 0:
            return 1
    return met_inside(b, k, lot) if direction == -side else 0  # what is met on the side of loss closes all of it


def met_inside(b: Floats, k: Ints, lot: int) -> int:
    """Whether a level of a lot was met inside this bar."""
    for row in range(k[at.LEVELS]):
        if row != at.EXPIRY_ROW and b[row_at(lot, row) + at.DECIDED] == k[at.NOW]:
            return 1
    return 0

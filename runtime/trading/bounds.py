"""A fee with a minimum or a maximum, turned round: how much a budget buys, and how much has to leave.

The fee of a quantity q is min(max(a q + c, least), most + s q), each piece a line. A cost that grows with q is
within a budget where its larger piece is, and its smaller one: so the quantity is the min, or the max, of those that
the lines alone allow. It is exact; nothing is searched.
"""

from __future__ import annotations

from ...stdlib.arith import absolute, div
from . import layout as at
from .buffers import Floats
from .prices import farther, slip, slipped


def most_within(b: Floats, plain: float, budget: float, weight: float, price: float, side: int) -> float:
    """The largest entry whose notional and `weight` x its estimated cost use a budget up.

    plain: what it would be if the fee had neither minimum nor maximum.
    """
    costs = at.ENTRY_COSTS
    outlay = b[at.POINT_VALUE] * (absolute(price) + weight * slip(b, price, costs))
    quantity = farther(plain, div(budget - weight * b[costs + at.FEE_LEAST], outlay), -1)
    if b[costs + at.FEE_MOST] == at.FAR:
        return quantity
    more = weight * most_of_unit(b, price, side, costs)
    return farther(quantity, div(budget - weight * b[costs + at.FEE_MOST], outlay + more), 1)


def least_to_leave(b: Floats, plain: float, gap: float, weight: float, price: float, side: int) -> float:
    """The smallest exit whose notional, less `weight` x its estimated cost, closes a gap (above 0).

    plain: what it would be if the fee had neither minimum nor maximum.
    """
    costs = at.EXIT_COSTS
    relief = b[at.POINT_VALUE] * (absolute(price) - weight * slip(b, price, costs))
    quantity = farther(plain, closes(gap + weight * b[costs + at.FEE_LEAST], relief), 1)
    if b[costs + at.FEE_MOST] == at.FAR:
        return quantity
    more = weight * most_of_unit(b, price, side, costs)
    return farther(quantity, closes(gap + weight * b[costs + at.FEE_MOST], relief - more), -1)


def closes(gap: float, relief: float) -> float:
    """The quantity that closes a gap, `relief` a unit; FAR where none does."""
    return at.FAR if relief <= 0.0 else div(gap, relief)


def most_of_unit(b: Floats, price: float, side: int, costs: int) -> float:
    """By how much one unit more raises a maximum that is a share of the notional."""
    return b[costs + at.FEE_MOST_SHARE] * b[at.POINT_VALUE] * absolute(slipped(b, price, side, costs))

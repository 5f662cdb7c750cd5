"""A fee with a minimum or a maximum, turned round: how much a budget buys, and how much has to leave.

The fee of a quantity q is min(max(a q + c, least), most + s q), each piece a line. A cost that grows with q is
within a budget where its larger piece is, and its smaller one: so the quantity is the min, or the max, of those that
the pieces alone allow. Slippage by the root of the quantity bends every piece alike (`impact`).
"""

from __future__ import annotations

from ...stdlib.arith import absolute
from . import layout as at
from .buffers import Floats
from .impact import curve, relieves, spends
from .prices import farther, slip, slipped


def most_within(
    b: Floats, plain: float, budget: float, weight: float, price: float, worth: float, side: int
) -> float:
    """The largest entry whose quantity x `worth` (of its notional, the price) and `weight` x its estimated cost use a
    budget up.

    plain: what it would be if the fee had neither minimum nor maximum.
    """
    costs = at.ENTRY_COSTS
    outlay = b[at.POINT_VALUE] * (worth + weight * slip(b, price, 0.0, costs))
    bend = weight * curve(b, price, side, 0.0, costs)
    quantity = farther(plain, spends(budget - weight * b[costs + at.FEE_LEAST], outlay, bend), -1)
    if b[costs + at.FEE_MOST] == at.FAR:
        return quantity
    more = weight * most_of_unit(b, price, side, costs)
    bend = weight * curve(b, price, side, b[costs + at.FEE_MOST_SHARE], costs)
    return farther(quantity, spends(budget - weight * b[costs + at.FEE_MOST], outlay + more, bend), 1)


def least_to_leave(b: Floats, plain: float, gap: float, weight: float, price: float, side: int) -> float:
    """The smallest exit whose notional, less `weight` x its estimated cost, closes a gap (above 0).

    plain: what it would be if the fee had neither minimum nor maximum.
    """
    costs = at.EXIT_COSTS
    relief = b[at.POINT_VALUE] * (absolute(price) - weight * slip(b, price, 0.0, costs))
    bend = weight * curve(b, price, side, 0.0, costs)
    quantity = farther(plain, relieves(gap + weight * b[costs + at.FEE_LEAST], relief, bend), 1)
    if b[costs + at.FEE_MOST] == at.FAR:
        return quantity
    more = weight * most_of_unit(b, price, side, costs)
    bend = weight * curve(b, price, side, b[costs + at.FEE_MOST_SHARE], costs)
    return farther(quantity, relieves(gap + weight * b[costs + at.FEE_MOST], relief - more, bend), -1)


def most_of_unit(b: Floats, price: float, side: int, costs: int) -> float:
    """By how much one unit more raises a maximum that is a share of the notional."""
    return b[costs + at.FEE_MOST_SHARE] * b[at.POINT_VALUE] * absolute(slipped(b, price, side, 0.0, costs))

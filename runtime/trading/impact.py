"""Slippage by the root of an order's share of the volume, turned round: how much a budget buys, how much has to leave.

Of a quantity q it costs `curve x q^1.5`, so that what an order uses up is no line in q. Newton's steps come to the
root from one side alone, since the curve bends one way; they end where they no longer move.
"""

from __future__ import annotations

from ...stdlib.arith import absolute, div, sqrt_
from . import layout as at
from .buffers import Floats

STEPS = 64
"""More than are ever taken: near the root each doubles the digits that hold."""


def curve(b: Floats, price: float, side: int, share: float, costs: int) -> float:
    """What a fill costs beyond `unit_cost`, over q^1.5: slippage, and `share` of the notional that it changes.

    side: 1 buys, -1 sells; a sale's notional is less by what slips, and so is that of a purchase below 0.
    """
    if b[costs + at.SLIP_ROOT] == 0.0 or b[at.LAST_VOLUME] == 0.0:
        return 0.0
    worse = absolute(price) * b[costs + at.SLIP_ROOT] * sqrt_(div(1.0, b[at.LAST_VOLUME]))
    more = share if (side > 0) == (price >= 0.0) else -share
    return b[at.POINT_VALUE] * worse * (1.0 + more)


def spends(budget: float, outlay: float, bend: float) -> float:
    """The quantity q with outlay q + bend q^1.5 = budget. outlay above 0; negative where the budget is."""
    q = div(budget, outlay)
    if bend == 0.0 or not q > 0.0:
        return q
    for _ in range(STEPS):
        root = sqrt_(q)
        over = (outlay + bend * root) * q - budget
        nearer = q - div(over, outlay + 1.5 * bend * root)
        if not nearer < q:
            return q
        q = nearer
    return q


def relieves(gap: float, relief: float, bend: float) -> float:
    """The smallest quantity q with relief q - bend q^1.5 = gap; FAR where none does."""
    if relief <= 0.0:
        return at.FAR
    q = div(gap, relief)
    if bend == 0.0 or not q > 0.0:
        return q
    for _ in range(STEPS):
        root = sqrt_(q)
        slope = relief - 1.5 * bend * root
        if slope <= 0.0:
            return at.FAR
        further = q + div(gap - (relief - bend * root) * q, slope)
        if not further > q:
            return q
        q = further
    return q

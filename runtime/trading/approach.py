"""How near the market came to the orders of each statement that rested: asked by running again, of those alone of
which none was filled. It changes nothing of the run.
"""

from __future__ import annotations

from ...stdlib.arith import absolute, div
from . import layout as at
from .buffers import Floats, Ints
from .levels import next_price, toward
from .orders import type_of
from .places import order_at, own_at, rests


def near_at(k: Ints, statement: int) -> int:
    """The row of a statement, in b."""
    return k[at.NEAR] + statement * at.NEAR_WIDTH


def approach(b: Floats, k: Ints, index: int, time: int, high: float, low: float) -> int:
    """Before anything of a bar fills: the way from its nearer extreme to what each order that rests waits for."""
    if k[at.RESTING] == 0:
        return 0
    for nth in range(k[at.OWN_COUNT]):
        statement = own_at(k, nth)
        order = order_at(k, statement)
        works = rests(b, k, statement) != 0 and b[order + at.FROM] <= float(index)
        if works and float(time) < b[order + at.UNTIL_TIME]:
            measure(b, near_at(k, statement), order, index, high, low)
    return 0


def measure(b: Floats, near: int, order: int, index: int, high: float, low: float) -> int:
    """One order on one bar. A bar without its extreme, or at 0, has no way to tell, nor one that only makes a limit
    order of it."""
    b[near + at.NEAR_BARS] += 1.0
    direction = toward(b, order)
    extreme = high if direction > 0 else low
    way = (next_price(b, order) - extreme) * direction
    if way <= 0.0:
        if b[order + at.STATE] == at.RESTS and type_of(b, order) == at.AT_TRIGGER_LIMIT:
            return 0
        way = 0.0
    share = div(way, absolute(extreme))
    if share < b[near + at.NEAR_SHARE]:
        b[near + at.NEAR_SHARE] = share
        b[near + at.NEAR_INDEX] = float(index)
        b[near + at.NEAR_WAY] = way
    return 0

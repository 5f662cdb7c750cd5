"""Open risk: what equity loses from here if every open lot leaves at its stop (the "heat" of a portfolio).

It counts from the last price, not from the fills: what a stop that has moved into profit would give back is risk, too.
Costs and the slippage of that exit come on top. A lot without a working stop may lose all that it is worth.
"""

from __future__ import annotations

from ...stdlib.arith import absolute
from . import layout as at
from .buffers import Floats, Ints
from .levels import working_stop
from .lots import extreme_of
from .places import lot_at


def open_risk(b: Floats, k: Ints) -> float:
    """Money, 0 or more, of all open lots of a book."""
    total = 0.0
    for lot in range(k[at.LOT_COUNT]):
        total += at_risk(b, b[lot_at(k, lot) + at.LOT_QUANTITY], b[at.PRICE], stop_of(b, k, lot_at(k, lot)))
    return total


def held_risk(b: Floats, k: Ints, side: int, price: float) -> float:
    """The same at another price, of the lots of a side."""
    total = 0.0
    for lot in range(k[at.LOT_COUNT]):
        quantity = b[lot_at(k, lot) + at.LOT_QUANTITY]
        if quantity * side > 0.0:
            total += at_risk(b, quantity, price, stop_of(b, k, lot_at(k, lot)))
    return total


def stop_of(b: Floats, k: Ints, lot: int) -> float:
    """Where a lot would leave now, its trail as the bars so far put it; missing: nowhere."""
    return working_stop(b, k, lot, extreme_of(b, k, lot, 1 if b[lot + at.LOT_QUANTITY] > 0.0 else -1))


def at_risk(b: Floats, quantity: float, price: float, stop: float) -> float:
    """Money that a quantity (with its sign) loses between a price and a stop; a missing stop lets all of it go."""
    if stop != stop:
        return absolute(quantity * b[at.POINT_VALUE] * price)
    return max(quantity * b[at.POINT_VALUE] * (price - stop), 0.0)

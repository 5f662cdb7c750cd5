"""Money of an instrument's currency in that of the account: at each open the rate that the data say for it.

Prices, ticks and stops stay in the instrument's currency; what a point of price is worth in money follows the rate. A
position is financed in its own currency, as on margin: a purchase is owed there and a short sale lies there, so of a
position that the rate moves under only the profit is worth more or less, not all that was paid. What is owed is
valued anew with the position, and a lot has made (price - entry) x units x the rate of now, whenever it leaves.
"""

from __future__ import annotations

from . import layout as at
from .buffers import Floats, Ints
from .chain import exposure, pnl, position
from .lots import prepare


def convert(b: Floats, k: Ints, conversion: float) -> int:
    """The rate of this bar's open, before anything fills there; where it is missing the last one stands."""
    point = b[at.POINT] * conversion
    if not conversion > 0.0 or point == b[at.POINT_VALUE]:
        return 0
    b[at.POINT_VALUE] = point
    if k[at.LOT_COUNT] == 0:
        return 0
    owed = b[at.COST]
    prepare(b, k)
    b[at.CASH] -= b[at.COST] - owed
    position(b, b[at.PRICE])
    pnl(b)
    exposure(b)
    b[at.EQUITY] += b[at.OTHERS_VALUE]
    return 0

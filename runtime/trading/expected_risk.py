"""Open risk as it will be once what was accepted has filled: what a limit on it counts before it accepts more."""

from __future__ import annotations

from ...stdlib.arith import absolute
from . import layout as at
from .buffers import Floats, Ints
from .expect import own_price
from .expiries import expiry_of, leaves_at_open
from .levels import stop_wanted
from .open_risk import at_risk, stop_of
from .orders import is_over
from .places import kept_at, lot_at, order_at, own_at, rests, side_held, state_of, statement_at
from .prices import farther


def expected_risk(b: Floats, k: Ints, side: int, worth: float, weighed: int) -> float:
    """Open risk of a side once what was accepted has filled, and what rests on it; `weighed` is in nobody's way.

    What waits to leave is gone, from the oldest lots on (after `expect`); entries count with the stop they ask for.
    """
    total = staying_risk(b, k, worth) if side_held(b) == side else 0.0
    resting, apart = 0.0, k[at.ENTRIES] == at.ONE_CANCELS_OTHER
    for nth in range(k[at.OWN_COUNT]):
        statement = own_at(k, nth)
        here = statement_at(k, statement)
        if k[here + at.KIND] == at.ENTER and k[here + at.SIDE] == side and statement != weighed:
            if state_of(b, k, statement) == at.WAITS:
                total += order_risk(b, k, statement, side, worth)
            elif rests(b, k, statement) != 0 and is_over(b, k, statement) == 0:
                risk = order_risk(b, k, statement, side, own_price(b, order_at(k, statement)))
                resting = farther(resting, risk, 1) if apart else resting + risk
    return total if apart and weighed >= 0 else total + resting


def staying_risk(b: Floats, k: Ints, worth: float) -> float:
    """Open risk of the lots, less what waits to leave."""
    total, gone = 0.0, b[at.LEAVING]
    for lot in range(k[at.LOT_COUNT]):
        here = lot_at(k, lot)
        quantity = b[here + at.LOT_QUANTITY]
        taken = farther(gone, absolute(quantity), -1)
        gone -= taken
        if is_ordered_out(b, k, lot) == 0:
            total += at_risk(b, quantity - taken if quantity > 0.0 else quantity + taken, worth, stop_of(b, k, here))
    return total


def is_ordered_out(b: Floats, k: Ints, lot: int) -> int:
    """Whether a lot leaves for its age, whatever exits do."""
    return 1 if b[expiry_of(k, lot) + at.STATE] == at.WAITS or leaves_at_open(b, k, lot) != 0 else 0


def order_risk(b: Floats, k: Ints, statement: int, side: int, price: float) -> float:
    """What the lot of an entry that waits or rests would put at risk if it filled at a price."""
    stop = stop_wanted(b, k, statement_at(k, statement), kept_at(k, statement), price, float(side))
    return at_risk(b, b[order_at(k, statement) + at.AMOUNT] * side, price, stop)

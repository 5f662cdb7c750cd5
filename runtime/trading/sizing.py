"""How much: the quantity an enter asks for, and why it may be refused before any guard is asked.

Equity is that of the mark (or, under `sizing fill`, of the fill), less what the orders accepted before it
in the same event will cost: an order that reverses has paid for its closing leg first. `size 100%` is then
the notional and the estimated cost of the entry together, so the implied exposure of 100 % does not cut it.
"""

from __future__ import annotations

from ...stdlib.arith import absolute, div
from .bracket import stop_wanted
from .buffers import Floats, Ints
from .layout import (
    ASKED,
    CAP,
    CASH,
    DUST,
    EXPECTED,
    EXPECTED_COST,
    EXPIRE,
    EXPIRE_KIND,
    FEE_ORDER,
    FRACTION,
    GRANTED,
    HAS_CAP,
    HAS_STOP,
    HAS_TARGET,
    HAS_TRAIL,
    IN_CASH,
    IN_UNITS,
    NO_EXPIRE,
    POINT_VALUE,
    SIDE,
    SIZE,
    SIZE_KIND,
    SLACK,
    STOP_BASE,
    STOP_SLOPE,
    TARGET_BASE,
    TARGET_SLOPE,
    TICK,
    TRAIL_BASE,
    TRAIL_SLOPE,
    UNITS,
    WHY,
)
from .prices import lots_down, unit_cost
from .rows import (
    CUT_BY_CAP,
    MISSING_CAP,
    MISSING_EXPIRE,
    MISSING_SIZE,
    MISSING_STOP,
    MISSING_TARGET,
    MISSING_TRAIL,
    NO_PRICE,
    NO_REASON,
    NO_STOP_DISTANCE,
    WRONG_SIDE,
)

ALMOST = 1e-6  # of a tick


def equity_at(b: Floats, price: float) -> float:
    """Cash and the position at this price, less the cost of what was accepted and is not yet filled."""
    return b[CASH] + b[UNITS] * price - b[EXPECTED_COST]


def affordable(b: Floats, budget: float, price: float, side: int) -> float:
    """The quantity whose notional and estimated cost together use a budget up."""
    outlay = b[POINT_VALUE] * absolute(price) + unit_cost(b, price, side)
    return div(budget - b[FEE_ORDER], outlay)


def size_up(b: Floats, k: Ints, at: int, inbox: int, price: float) -> int:
    """Set ASKED, and GRANTED within `cap`, at a reference price; returns a reason to deny, or NO_REASON."""
    b[ASKED] = 0.0
    b[GRANTED] = 0.0
    k[WHY] = NO_REASON
    missing = missing_value(b, k, at, inbox, price)
    if missing != NO_REASON:
        return missing
    if k[at + SIZE_KIND] <= IN_CASH:
        b[ASKED] = plain_size(b, k[at + SIZE_KIND], b[inbox + SIZE], price, k[at + SIDE])
    else:
        refused = risk_size(b, k, at, inbox, price)
        if refused != NO_REASON:
            return refused
    b[GRANTED] = b[ASKED]
    if k[at + HAS_CAP] != 0:
        bound = affordable(b, b[inbox + CAP] * equity_at(b, price), price, k[at + SIDE])
        if b[ASKED] > bound * (1.0 + SLACK):
            b[GRANTED] = bound
            k[WHY] = CUT_BY_CAP
    return NO_REASON


def plain_size(b: Floats, kind: int, value: float, price: float, side: int) -> float:
    """A fraction of equity, units, or cash, as a quantity."""
    if kind == FRACTION:
        return affordable(b, value * equity_at(b, price), price, side)
    if kind == IN_UNITS:
        return value
    return div(value, b[POINT_VALUE] * absolute(price))


def risk_size(b: Floats, k: Ints, at: int, inbox: int, price: float) -> int:
    """The quantity that loses a share of equity between the reference and the stop; the stop is where it will stand."""
    stop = stop_wanted(b, k, at, inbox, price, float(k[at + SIDE]))
    if stop != stop:
        return NO_STOP_DISTANCE
    distance = (price - stop) * k[at + SIDE]
    if distance < 0.0:
        return WRONG_SIDE
    if distance == 0.0 or distance < b[TICK] * (1.0 - ALMOST):
        return NO_STOP_DISTANCE
    b[ASKED] = div(b[inbox + SIZE] * equity_at(b, price), b[POINT_VALUE] * distance)
    return NO_REASON


def granted(b: Floats) -> float:
    """GRANTED on the lot grid; 0 where it is rounding: so little of what was asked, beside the position it adds to."""
    if not b[GRANTED] > min(b[ASKED], absolute(b[EXPECTED])) * DUST:
        return 0.0
    return lots_down(b, b[GRANTED])


def missing_value(b: Floats, k: Ints, at: int, inbox: int, price: float) -> int:
    """Which value the order needs is missing: without its stop or its size it must not be placed."""
    if price != price or price == 0.0:
        return NO_PRICE
    if is_missing(b[inbox + SIZE]):
        return MISSING_SIZE
    if k[at + HAS_CAP] != 0 and is_missing(b[inbox + CAP]):
        return MISSING_CAP
    if k[at + HAS_STOP] != 0 and is_missing(b[inbox + STOP_BASE] + b[inbox + STOP_SLOPE]):
        return MISSING_STOP
    if k[at + HAS_TARGET] != 0 and is_missing(b[inbox + TARGET_BASE] + b[inbox + TARGET_SLOPE]):
        return MISSING_TARGET
    if k[at + HAS_TRAIL] != 0 and is_missing(b[inbox + TRAIL_BASE] + b[inbox + TRAIL_SLOPE]):
        return MISSING_TRAIL
    if k[at + EXPIRE_KIND] != NO_EXPIRE and is_missing(b[inbox + EXPIRE]):
        return MISSING_EXPIRE
    return NO_REASON


def is_missing(x: float) -> int:
    """Whether a number is missing."""
    return 1 if x != x else 0


def exit_size(b: Floats, kind: int, value: float, left: float, price: float) -> float:
    """The quantity (not negative) an exit closes of what is left; a missing size gives a missing quantity."""
    if kind == FRACTION:
        return value * left
    if kind == IN_UNITS:
        return value
    return div(value, b[POINT_VALUE] * absolute(price))

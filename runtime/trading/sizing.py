"""How much: the quantity an enter asks for, and why it may be refused before any guard is asked.

Equity is that of the mark (or, under `sizing fill`, of the fill), less what the orders accepted before it
in the same event will cost: an order that reverses has paid for its closing leg first. `size 100%` is then
the notional and the estimated cost of the entry together, so the implied exposure of 100 % does not cut it.
"""

from __future__ import annotations

from ...stdlib.arith import absolute, div
from . import layout as at
from . import rows
from .bounds import most_within
from .buffers import Floats, Ints
from .impact import curve, spends
from .levels import stop_wanted
from .prices import lots_down, unit_cost

ALMOST = 1e-6  # of a tick


def equity_now(b: Floats) -> float:
    """Cash and the position at the close (or the fill), less the cost of what was accepted and is not yet filled."""
    own = b[at.CASH] + b[at.UNITS] * b[at.WORTH] - b[at.EXPECTED_COST]
    return own + b[at.OTHERS_VALUE] - b[at.OTHERS_COST]


def affordable(b: Floats, budget: float, price: float, side: int) -> float:
    """The quantity whose notional and estimated cost together use a budget up."""
    outlay = b[at.POINT_VALUE] * absolute(price) + unit_cost(b, price, side, at.ENTRY_COSTS)
    bend = curve(b, price, side, b[at.ENTRY_COSTS + at.FEE_FRACTION], at.ENTRY_COSTS)
    plain = spends(budget - b[at.ENTRY_COSTS + at.FEE_ORDER], outlay, bend)
    if b[at.ENTRY_COSTS + at.FEE_BOUNDED] == 0.0:
        return plain
    return most_within(b, plain, budget, 1.0, price, absolute(price), side)


def size_up(b: Floats, k: Ints, here: int, inbox: int, price: float) -> int:
    """Set ASKED, and GRANTED within `cap`, at a reference price; returns a reason to deny, or NO_REASON."""
    b[at.ASKED] = 0.0
    b[at.GRANTED] = 0.0
    k[at.WHY] = rows.NO_REASON
    missing = missing_value(b, k, here, inbox, price)
    if missing != rows.NO_REASON:
        return missing
    if k[here + at.SIZE_KIND] <= at.IN_CASH:
        b[at.ASKED] = plain_size(b, k[here + at.SIZE_KIND], b[inbox + at.SIZE], price, k[here + at.SIDE])
    else:
        refused = risk_size(b, k, here, inbox, price)
        if refused != rows.NO_REASON:
            return refused
    if is_missing(b[at.ASKED]):
        return rows.MISSING_SIZE
    b[at.GRANTED] = b[at.ASKED]
    if k[here + at.HAS_CAP] != 0:
        bound = affordable(b, b[inbox + at.CAP] * equity_now(b), price, k[here + at.SIDE])
        if b[at.ASKED] > bound * (1.0 + at.SLACK):
            b[at.GRANTED] = bound
            k[at.WHY] = rows.CUT_BY_CAP
    return rows.NO_REASON


def plain_size(b: Floats, kind: int, value: float, price: float, side: int) -> float:
    """A fraction of equity, units, or cash, as a quantity."""
    if kind == at.FRACTION:
        return affordable(b, value * equity_now(b), price, side)
    if kind == at.IN_UNITS:
        return value
    return div(value, b[at.POINT_VALUE] * absolute(price))


def risk_size(b: Floats, k: Ints, here: int, inbox: int, price: float) -> int:
    """The quantity that loses a share of equity between the reference and the stop; the stop is where it will stand."""
    stop = stop_wanted(b, k, here, inbox, price, float(k[here + at.SIDE]))
    if stop != stop:
        return rows.NO_STOP_DISTANCE
    distance = (price - stop) * k[here + at.SIDE]
    if distance < 0.0:
        return rows.WRONG_SIDE
    if distance == 0.0 or distance < b[at.TICK] * (1.0 - ALMOST):
        return rows.NO_STOP_DISTANCE
    b[at.ASKED] = div(b[inbox + at.SIZE] * equity_now(b), b[at.POINT_VALUE] * distance)
    return rows.NO_REASON


def granted(b: Floats) -> float:
    """GRANTED on the lot grid; 0 where it is rounding: so little of what was asked, beside the position it adds to."""
    if not b[at.GRANTED] > min(b[at.ASKED], absolute(b[at.EXPECTED])) * at.DUST:
        return 0.0
    return lots_down(b, b[at.GRANTED])


def below_minimum(b: Floats, quantity: float, price: float) -> int:
    """Whether an entry of a quantity (above 0) is worth less than the least that there may be."""
    notional = quantity * b[at.POINT_VALUE] * absolute(price)
    return 1 if notional < b[at.MINIMUM] * (1.0 - at.SLACK) else 0


def missing_value(b: Floats, k: Ints, here: int, inbox: int, price: float) -> int:
    """Which value the order needs is missing: without its stop or its size it must not be placed."""
    if price != price or price == 0.0:
        return rows.NO_PRICE
    if is_missing(b[inbox + at.SIZE]):
        return rows.MISSING_SIZE
    if k[here + at.HAS_CAP] != 0 and is_missing(b[inbox + at.CAP]):
        return rows.MISSING_CAP
    if k[here + at.HAS_STOP] != 0 and is_missing(b[inbox + at.STOP_BASE] + b[inbox + at.STOP_SLOPE]):
        return rows.MISSING_STOP
    if k[here + at.HAS_TARGET] != 0 and is_missing(b[inbox + at.TARGET_BASE] + b[inbox + at.TARGET_SLOPE]):
        return rows.MISSING_TARGET
    if k[here + at.HAS_TRAIL] != 0 and is_missing(b[inbox + at.TRAIL_BASE] + b[inbox + at.TRAIL_SLOPE]):
        return rows.MISSING_TRAIL
    if k[here + at.HAS_TRAIL_AFTER] != 0 and is_missing(b[inbox + at.TRAIL_AFTER_BASE]):
        return rows.MISSING_TRAIL
    for move in range(k[here + at.MOVES]):
        told = inbox + at.MOVE0_BASE + move * at.MOVE_WIDTH
        if is_missing(b[told] + b[told + 1] + b[told + 3] + b[told + 4]):
            return rows.MISSING_STOP
    for take in range(k[here + at.TAKES]):
        told = inbox + at.TAKE0_SHARE + take * at.TAKE_WIDTH
        if is_missing(b[told] + b[told + 1] + b[told + 2]):
            return rows.MISSING_TARGET
    if k[here + at.EXPIRE_KIND] != at.NO_EXPIRE and is_missing(b[inbox + at.EXPIRE]):
        return rows.MISSING_EXPIRE
    return rows.MISSING_VALID if lacks_life(b, k, here, inbox) != 0 else rows.NO_REASON


def lacks_life(b: Floats, k: Ints, here: int, inbox: int) -> int:
    """Whether how long an order would rest is missing: it would never end."""
    counted = k[here + at.LIFE_KIND] == at.FOR_BARS or k[here + at.LIFE_KIND] == at.FOR_SECONDS
    return is_missing(b[inbox + at.LIFE]) if counted else 0


def is_missing(x: float) -> int:
    """Whether a number is missing."""
    return 1 if x != x else 0


def exit_size(b: Floats, kind: int, value: float, left: float, price: float) -> float:
    """The quantity (not negative) an exit closes of what is left; a missing size gives a missing quantity."""
    if kind == at.FRACTION:
        return value * left
    if kind == at.IN_UNITS:
        return value
    return div(value, b[at.POINT_VALUE] * absolute(price))

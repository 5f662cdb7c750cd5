"""Prices and quantities on their grids, and what a fill costs.

Prices are compared in whole ticks where there is a tick. A level is put on the grid away from the
market, so it never fills earlier than it was asked to. Slippage is adverse and comes after the grid.
`costs` is the row of what is asked about: ENTRY_COSTS of a fill that opens, EXIT_COSTS of one that closes.
"""

from __future__ import annotations

from ...stdlib.arith import absolute, div, floor_, sqrt_
from . import layout as at
from .buffers import Floats

GRAIN = 1e-6  # a price this close to a grid line, in steps of the grid, is on it
ROUNDING = 1e-14  # a quantity this close to a whole number of lots, of that number, is one but for rounding
LEAST = 1e-9  # the same of few lots, in lots


def farther(a: float, c: float, direction: int) -> float:
    """The higher (1) or lower (-1) of two numbers."""
    if direction > 0:
        return c if c > a else a
    return c if c < a else a


def steps(x: float, step: float, per_unit: float) -> float:
    """x in steps of a grid; multiplied where the steps per unit are a whole number, which is exact more often."""
    if per_unit > 0.0:
        return x * per_unit
    return div(x, step)


def from_steps(n: float, step: float, per_unit: float) -> float:
    """The number that is n steps; 9990 steps of 0.01 are exactly the double 99.9."""
    if per_unit > 0.0:
        return div(n, per_unit)
    return n * step


def ticks_down(b: Floats, price: float) -> float:
    """The price on the grid at or below."""
    if b[at.TICK] == 0.0:
        return price
    n = floor_(steps(price, b[at.TICK], b[at.TICKS_PER_UNIT]) + GRAIN)
    return from_steps(n, b[at.TICK], b[at.TICKS_PER_UNIT])


def ticks_up(b: Floats, price: float) -> float:
    """The price on the grid at or above."""
    return -ticks_down(b, -price)


def reaches(b: Floats, price: float, level: float, direction: int) -> int:
    """Whether a price is at or beyond a level, downward (-1) or upward (1), in whole ticks. Missing: no.

    A price off the grid (of adjusted data) has reached only the ticks that lie inside the bar, so that a
    fill at a level never lies outside it.
    """
    if direction > 0:
        return 1 if ticks_down(b, price) >= ticks_down(b, level) else 0
    return 1 if ticks_up(b, price) <= ticks_up(b, level) else 0


def lots_down(b: Floats, quantity: float) -> float:
    """A quantity (not negative) rounded toward zero to the lot."""
    if b[at.LOT] == 0.0:
        return quantity
    exact = steps(quantity, b[at.LOT], b[at.LOTS_PER_UNIT])
    return from_steps(floor_(exact + exact * ROUNDING + LEAST), b[at.LOT], b[at.LOTS_PER_UNIT])


def lots_up(b: Floats, quantity: float) -> float:
    """A quantity (not negative) rounded up to the lot."""
    if b[at.LOT] == 0.0:
        return quantity
    exact = steps(quantity, b[at.LOT], b[at.LOTS_PER_UNIT])
    return from_steps(-floor_(exact * ROUNDING + LEAST - exact), b[at.LOT], b[at.LOTS_PER_UNIT])


def slip(b: Floats, price: float, quantity: float, costs: int) -> float:
    """How much worse than the price a fill of a quantity (not negative) is, by slippage and half the spread."""
    worse = absolute(price) * b[costs + at.SLIP_FRACTION] + b[costs + at.SLIP_DISTANCE]
    worse += b[costs + at.SLIP_RANGE] * b[at.LAST_RANGE]
    worse += (b[costs + at.SLIP_SPREAD] + absolute(price) * b[costs + at.SLIP_SPREAD_SHARE]) * b[at.LAST_SPREAD]
    if b[costs + at.SLIP_ROOT] == 0.0 or b[at.LAST_VOLUME] == 0.0:
        return worse
    return worse + absolute(price) * b[costs + at.SLIP_ROOT] * sqrt_(div(quantity, b[at.LAST_VOLUME]))


def slipped(b: Floats, price: float, direction: int, quantity: float, costs: int) -> float:
    """The price of a purchase (1) or a sale (-1) at the market. Slippage takes all of a price at most."""
    if direction > 0:
        return price + slip(b, price, quantity, costs)
    sold = price - slip(b, price, quantity, costs)
    return sold if sold > 0.0 or price <= 0.0 else 0.0


def filled_at(b: Floats, order: int, price: float, quantity: float, costs: int) -> float:
    """What an order pays or gets that fills where the market stands at `price`: never worse than its limit."""
    trade = 1 if b[order + at.TRADE] > 0.0 else -1
    filled, limit = slipped(b, price, trade, quantity, costs), b[order + at.LIMIT_PRICE]
    if (trade < 0 and filled < limit) or (trade > 0 and filled > limit):
        return limit
    return filled


def fee(b: Floats, quantity: float, price: float, maker: int, costs: int) -> float:
    """The fee of one fill of a quantity (not negative). maker: 1 of an order that rested at its limit."""
    notional = quantity * b[at.POINT_VALUE] * absolute(price)
    return bounded(b, plain_fee(b, quantity, price, maker, costs), notional, costs)


def plain_fee(b: Floats, quantity: float, price: float, maker: int, costs: int) -> float:
    """The same before its minimum and maximum."""
    notional = quantity * b[at.POINT_VALUE] * absolute(price)
    share = b[costs + at.FEE_FRACTION] if maker == 0 else b[costs + at.MAKER_FRACTION]
    return notional * share + quantity * b[costs + at.FEE_UNIT] + b[costs + at.FEE_ORDER]


def bounded(b: Floats, plain: float, notional: float, costs: int) -> float:
    """A fee held to its minimum and maximum, of which the maximum is the stronger."""
    if b[costs + at.FEE_BOUNDED] == 0.0:
        return plain
    most = b[costs + at.FEE_MOST] + notional * b[costs + at.FEE_MOST_SHARE]
    return farther(farther(plain, b[costs + at.FEE_LEAST], 1), most, -1)


def unit_cost(b: Floats, price: float, direction: int, costs: int) -> float:
    """Estimated slippage and fee of one unit more, without what grows otherwise: the fixed fee, its minimum and
    maximum, and slippage by the root of the quantity (`impact`)."""
    filled = absolute(slipped(b, price, direction, 0.0, costs))
    worse = slip(b, price, 0.0, costs)
    return b[at.POINT_VALUE] * (worse + filled * b[costs + at.FEE_FRACTION]) + b[costs + at.FEE_UNIT]


def order_cost(b: Floats, quantity: float, price: float, direction: int, costs: int) -> float:
    """Estimated slippage and fee of a fill, a taker's."""
    if quantity == 0.0:
        return 0.0
    if b[costs + at.FEE_BOUNDED] == 0.0 and b[costs + at.SLIP_ROOT] == 0.0:
        return quantity * unit_cost(b, price, direction, costs) + b[costs + at.FEE_ORDER]
    worse = quantity * b[at.POINT_VALUE] * slip(b, price, quantity, costs)
    return worse + fee(b, quantity, slipped(b, price, direction, quantity, costs), 0, costs)

"""How much a guard that reduces closes, so that what it measures is back under its limit once that has left.

What exits that wait will close counts as gone. Of several books each closes in proportion to what stays of what is
measured: its own share of equity is what that has to fit in.
"""

from __future__ import annotations

from ...stdlib.arith import absolute, div
from . import layout as at
from .bounds import least_to_leave
from .buffers import Floats, Ints
from .expected_risk import is_ordered_out
from .impact import curve, relieves
from .limits import share_allowed
from .open_risk import at_risk, stop_of
from .places import lot_at, side_held
from .prices import order_cost, unit_cost
from .scopes import others

HALVINGS = 128
"""More than are ever taken: each adds a binary digit."""


def excess(b: Floats, k: Ints, kind: int, threshold: float, price: float, scope: int) -> float:
    """The quantity to close besides what waits to leave, cost included; FAR where nothing less than all does."""
    if kind == at.OPEN_RISK:
        return excess_risk(b, k, threshold, price, others(b, k, scope, at.OTHERS_STAYS_RISK, at.SCOPE_STAYS_RISK))
    own, equity = b[at.STAYS], b[at.EQUITY]
    threshold = share_allowed(b, kind, threshold, side_held(b))
    if own == 0.0:
        return 0.0
    beside = others(b, k, scope, at.OTHERS_STAYS, at.SCOPE_STAYS)
    if kind == at.NET_EXPOSURE:
        net = others(b, k, scope, at.OTHERS_STAYS_NET, at.SCOPE_STAYS_NET)
        return excess_net(b, threshold, price, beside, net)
    if kind != at.POSITION and beside > 0.0:
        equity *= div(own, own + beside)
    return to_fit(b, own, equity, threshold, price)


def excess_net(b: Floats, threshold: float, price: float, others_gross: float, others_net: float) -> float:
    """Of net value: the side that outweighs closes, each of its books so much of what it has beyond the other side."""
    own, net = b[at.STAYS], b[at.STAYS_NET]
    gross, total = own + others_gross, net + others_net
    if net * total <= 0.0:
        return 0.0
    if others_gross == 0.0:
        return to_fit(b, own, b[at.EQUITY], threshold, price)
    share = div(own, 0.5 * (gross + absolute(total)))
    balanced = share * 0.5 * (gross - absolute(total))
    return to_fit(b, own - balanced, b[at.EQUITY] * share, threshold, price)


def to_fit(b: Floats, value: float, equity: float, threshold: float, price: float) -> float:
    """How much to close so that a value fits into a multiple of equity, less what that costs."""
    if equity <= 0.0 or threshold <= 0.0:
        return at.FAR
    side = -1 if b[at.VALUE] > 0.0 else 1
    relief = b[at.POINT_VALUE] * absolute(price) - threshold * unit_cost(b, price, side, at.EXIT_COSTS)
    bend = threshold * curve(b, price, side, b[at.EXIT_COSTS + at.FEE_FRACTION], at.EXIT_COSTS)
    plain = relieves(value - threshold * (equity - b[at.EXIT_COSTS + at.FEE_ORDER]), relief, bend)
    if b[at.EXIT_COSTS + at.FEE_BOUNDED] == 0.0:
        return plain
    return least_to_leave(b, plain, value - threshold * equity, threshold, price, side)


def excess_risk(b: Floats, k: Ints, threshold: float, price: float, others_risk: float) -> float:
    """Of open risk: the oldest lots leave first, as by any exit, and each takes what its own stop would lose along."""
    left = b[at.STAYS_RISK]
    if left <= 0.0:
        return 0.0
    equity = b[at.EQUITY] * div(left, left + others_risk)
    if left <= threshold * equity:
        return 0.0
    closed, gone = 0.0, max(b[at.STAYS_GONE], 0.0)
    for lot in range(k[at.LOT_COUNT]):
        quantity = absolute(b[lot_at(k, lot) + at.LOT_QUANTITY])
        taken = min(gone, quantity)
        gone -= taken
        quantity -= taken
        unit = 0.0
        if b[at.STAYS_GONE] < 0.0 or is_ordered_out(b, k, lot) == 0:
            unit = at_risk(b, float(side_held(b)), price, stop_of(b, k, lot_at(k, lot)))
        if left - unit * quantity <= threshold * left_by(b, k, equity, closed + quantity, price):
            return closed + least_of_lot(b, k, left, unit, quantity, threshold, equity, closed, price)
        left -= unit * quantity
        closed += quantity
    return at.FAR


def left_by(b: Floats, k: Ints, equity: float, quantity: float, price: float) -> float:
    """Equity less what closing a quantity costs."""
    return equity - order_cost(b, quantity, price, -side_held(b), at.EXIT_COSTS)


def least_of_lot(
    b: Floats, k: Ints, left: float, unit: float, most: float, threshold: float, equity: float, closed: float,
    price: float,
) -> float:  # fmt: skip
    """The least quantity of a lot, after so much `closed`, that brings what is left at risk to the limit: all of it
    does. Costs may have a minimum, a maximum and a root of the quantity in them, so it is halved towards."""
    none = 0.0
    for _ in range(HALVINGS):
        half = 0.5 * (none + most)
        if half <= none or half >= most:
            break
        if left - unit * half <= threshold * left_by(b, k, equity, closed + half, price):
            most = half
        else:
            none = half
    return most

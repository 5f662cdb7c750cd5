"""What guards on value measure, now and once what was accepted has filled, and what one unit more adds to it.

Each is an amount of money that may come to a share of equity: gross value, the margin it ties up, net value, or what
is lost if every lot leaves at its stop. How far the price is from liquidation follows from gross value, too.
"""

from __future__ import annotations

from ...stdlib.arith import absolute, div
from . import layout as at
from .buffers import Floats, Ints
from .levels import stop_wanted
from .open_risk import open_risk
from .places import inbox_at, kept_at, statement_at
from .scopes import others


def bounds_value(kind: int) -> int:
    """Whether a guard bounds an amount of money as a multiple of equity."""
    return 1 if at.EXPOSURE <= kind <= at.OPEN_RISK else 0


def share_allowed(b: Floats, kind: int, threshold: float, side: int) -> float:
    """A guard's limit as a multiple of equity; one on margin allows as much value as ties that share of it up, one on
    the distance to liquidation as much as leaves that way on the side of a position."""
    if kind == at.MARGIN_USE:
        return div(threshold, b[at.MARGIN])
    return share_at(b, threshold, side) if kind == at.MARGIN_DISTANCE else threshold


def share_at(b: Floats, distance: float, side: int) -> float:
    """The value of a position, as a multiple of equity, whose price is so far from liquidation, as a share of it.

    A long whose value is no more than equity has no credit, and is never liquidated.
    """
    if side > 0:
        return div(1.0, 1.0 - (1.0 - b[at.MAINTENANCE]) * max(1.0 - distance, 0.0))
    return div(1.0, (1.0 + b[at.MAINTENANCE]) * (1.0 + distance) - 1.0)


def distance_at(b: Floats, share: float, side: int) -> float:
    """The same turned round; missing where no price above 0 liquidates it."""
    if not share > 0.0 or (side > 0 and share <= 1.0):
        return at.MISSING
    if side > 0:
        return 1.0 - div(1.0 - div(1.0, share), 1.0 - b[at.MAINTENANCE])
    return div(1.0 + div(1.0, share), 1.0 + b[at.MAINTENANCE]) - 1.0


def measured(b: Floats, k: Ints, kind: int, scope: int) -> float:
    """The money that a guard measures of the books of its scope as they are; this book is one of them."""
    if kind == at.OPEN_RISK:
        return open_risk(b, k) + others(b, k, scope, at.OTHERS_RISK, at.SCOPE_RISK)
    if kind == at.NET_EXPOSURE:
        return absolute(b[at.VALUE] + others(b, k, scope, at.OTHERS_VALUE, at.SCOPE_VALUE))
    own = absolute(b[at.VALUE])
    return own if kind == at.POSITION else own + others(b, k, scope, at.OTHERS_GROSS, at.SCOPE_GROSS)


def counted(b: Floats, k: Ints, kind: int, side: int, scope: int) -> float:
    """The same as it will be once what was accepted has filled and what rests on a side. Net value counts toward it."""
    if kind == at.OPEN_RISK:
        return b[at.EXPECTED_RISK] + others(b, k, scope, at.OTHERS_RISK_CLAIM, at.SCOPE_RISK_CLAIM)
    value = absolute(b[at.EXPECTED]) * b[at.POINT_VALUE] * absolute(b[at.WORTH]) + b[at.RESERVED]
    if kind == at.NET_EXPOSURE and side > 0:
        return value + others(b, k, scope, at.OTHERS_MOST, at.SCOPE_MOST)
    if kind == at.NET_EXPOSURE:
        return value - others(b, k, scope, at.OTHERS_LEAST, at.SCOPE_LEAST)
    return value if kind == at.POSITION else value + others(b, k, scope, at.OTHERS_CLAIM, at.SCOPE_CLAIM)


def staying(b: Floats, k: Ints, kind: int, scope: int) -> float:
    """The same of what is left once exits that wait have filled."""
    if kind == at.NET_EXPOSURE:
        return absolute(b[at.STAYS_NET] + others(b, k, scope, at.OTHERS_STAYS_NET, at.SCOPE_STAYS_NET))
    if kind == at.OPEN_RISK:
        return b[at.STAYS_RISK] + others(b, k, scope, at.OTHERS_STAYS_RISK, at.SCOPE_STAYS_RISK)
    own = b[at.STAYS]
    return own if kind == at.POSITION else own + others(b, k, scope, at.OTHERS_STAYS, at.SCOPE_STAYS)


def per_unit(b: Floats, k: Ints, kind: int, side: int, price: float) -> float:
    """What one unit more adds, in points of price: the price, or its way to the stop of the entry that is weighed."""
    if kind != at.OPEN_RISK:
        return absolute(price)
    here = statement_at(k, k[at.WEIGHED])
    inbox = inbox_at(k, k[at.WEIGHED]) if k[at.DECIDING] != 0 else kept_at(k, k[at.WEIGHED])
    stop = stop_wanted(b, k, here, inbox, price, float(side))
    return absolute(price) if stop != stop else max((price - stop) * side, 0.0)

"""What guards on value measure, now and once what was accepted has filled, and what one unit more adds to it.

Each is an amount of money that may come to a share of equity: gross value, the margin it ties up, net value, or what
is lost if every lot leaves at its stop.
"""

from __future__ import annotations

from ...stdlib.arith import absolute, div
from . import layout as at
from .buffers import Floats, Ints
from .levels import stop_wanted
from .open_risk import open_risk
from .places import inbox_at, kept_at, statement_at


def bounds_value(kind: int) -> int:
    """Whether a guard bounds an amount of money as a multiple of equity."""
    return 1 if at.EXPOSURE <= kind <= at.OPEN_RISK else 0


def share_allowed(b: Floats, kind: int, threshold: float) -> float:
    """A guard's limit as a multiple of equity; one on margin allows as much value as ties that share of it up."""
    return div(threshold, b[at.MARGIN]) if kind == at.MARGIN_USE else threshold


def measured(b: Floats, k: Ints, kind: int) -> float:
    """The money that a guard measures of the books as they are."""
    if kind == at.OPEN_RISK:
        return open_risk(b, k) + b[at.OTHERS_RISK]
    if kind == at.NET_EXPOSURE:
        return absolute(b[at.VALUE] + b[at.OTHERS_VALUE])
    return absolute(b[at.VALUE]) + (0.0 if kind == at.POSITION else b[at.OTHERS_GROSS])


def counted(b: Floats, k: Ints, kind: int, side: int) -> float:
    """The same as it will be once what was accepted has filled and what rests on a side. Net value counts toward it."""
    if kind == at.OPEN_RISK:
        return b[at.EXPECTED_RISK] + b[at.OTHERS_RISK_CLAIM]
    value = absolute(b[at.EXPECTED]) * b[at.POINT_VALUE] * absolute(b[at.WORTH]) + b[at.RESERVED]
    if kind == at.NET_EXPOSURE:
        return value + (b[at.OTHERS_MOST] if side > 0 else -b[at.OTHERS_LEAST])
    return value if kind == at.POSITION else value + b[at.OTHERS_CLAIM]


def per_unit(b: Floats, k: Ints, kind: int, side: int, price: float) -> float:
    """What one unit more adds, in points of price: the price, or its way to the stop of the entry that is weighed."""
    if kind != at.OPEN_RISK:
        return absolute(price)
    here = statement_at(k, k[at.WEIGHED])
    inbox = inbox_at(k, k[at.WEIGHED]) if k[at.DECIDING] != 0 else kept_at(k, k[at.WEIGHED])
    stop = stop_wanted(b, k, here, inbox, price, float(side))
    return absolute(price) if stop != stop else max((price - stop) * side, 0.0)

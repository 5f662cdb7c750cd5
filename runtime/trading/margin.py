"""Maintenance margin: whether too little is left of a position, and the price at which it comes to that.

The initial margin is a limit on value like a guard's (`guards.py`). Of several books it is the account that is asked,
once all of them are marked (`calls.py`).
"""

from __future__ import annotations

from ...stdlib.arith import absolute, div
from . import layout as at
from .buffers import Floats


def falls_short(b: Floats, price: float) -> int:
    """Whether at this price no more equity is left than the maintenance margin."""
    value = b[at.UNITS] * price
    if b[at.MAINTENANCE] == 0.0 or b[at.UNITS] == 0.0 or price != price:
        return 0
    return 1 if b[at.CASH] + value <= b[at.MAINTENANCE] * absolute(value) else 0


def liquidation_level(b: Floats) -> float:
    """The price at which equity meets the maintenance margin, which a long falls to and a short rises to; missing:
    none above 0."""
    return level_of(b, b[at.CASH], b[at.MAINTENANCE])


def call_level(b: Floats) -> float:
    """The same, and of a book of several the price at which the account is called if no other price moves."""
    return level_of(b, b[at.CASH] + b[at.OTHERS_VALUE] - b[at.OTHERS_NEEDED], b[at.MAINTENANCE] + b[at.KEPT_SHARE])


def level_of(b: Floats, cash: float, maintenance: float) -> float:
    """The price of a position at which this cash and its value come to the share of it that must be left."""
    if maintenance == 0.0 or b[at.UNITS] == 0.0:
        return at.MISSING
    kept = 1.0 - maintenance if b[at.UNITS] > 0.0 else 1.0 + maintenance
    level = div(-cash, b[at.UNITS] * kept)
    return level if level > 0.0 else at.MISSING


def needed(b: Floats) -> float:
    """What must be left of the account for the position of one of its books."""
    return b[at.KEPT_SHARE] * absolute(b[at.VALUE])

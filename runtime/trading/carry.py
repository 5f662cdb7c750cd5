"""What holding costs or earns with time: interest on cash, borrow of what is sold short, and funding.

All of it is due at the open of a bar, before anything fills there, for the time since the bar before opened and of the
books as that bar left them. So a position pays for the time from the open that filled it to the open at which it left,
nights and weekends included, and whoever holds at an instant of funding pays it. Carry is money of its own beside fees:
equity is capital, what was made before fees and carry, less fees, plus carry.

Of several books of one account each pays its own borrow and funding, by its own bars; cash earns by the clock of the
account, once an event, before any of them pays.
"""

from __future__ import annotations

from ...stdlib.arith import div, floordiv_
from . import layout as at
from .buffers import Floats, Ints
from .chain import exposure

YEAR = 365.0 * 86_400e6
"""Microseconds: years have 365 days."""

FUNDED = 8.0 * 3_600e6
"""Microseconds between two instants of funding: 00:00, 08:00 and 16:00 UTC."""


def accrue(b: Floats, k: Ints, index: int, time: int) -> int:
    """Interest, borrow and funding at a rate, due at the open of this bar."""
    return _owe(b, k, index, time, b[at.BORROW])


def borrow(b: Floats, k: Ints, index: int, time: int, borrow: float) -> int:
    """The same, with borrow at the yearly rate that the data say for the open of this bar; a missing one is none."""
    return _owe(b, k, index, time, borrow if borrow == borrow else 0.0)


def _owe(b: Floats, k: Ints, index: int, time: int, borrow: float) -> int:
    """What is due since the open before is told as carry, and received."""
    before, earned = k[at.CARRIED], k[at.EARNED_AT]
    k[at.CARRIED] = time
    k[at.EARNED_AT] = max(time, earned)
    if index < k[at.CARRY_FROM]:
        return 0
    if time > earned:
        interest = b[at.CASH] * b[at.INTEREST] * div(float(time - earned), YEAR)
        b[at.EARNED] += interest
        receive(b, k, interest)
    due = 0.0
    if b[at.VALUE] < 0.0:
        due = b[at.VALUE] * borrow * div(float(time - before), YEAR)
    instants = floordiv_(float(time), FUNDED) - floordiv_(float(before), FUNDED)
    due -= b[at.VALUE] * b[at.FUNDING] * instants
    b[at.CARRY] += due
    return receive(b, k, due)


def earn(a: Floats, ak: Ints, index: int, time: int) -> int:
    """Interest on the cash of an account of several books, at the opens of the event of this number; those of another
    that opened later are behind."""
    before = ak[at.EARNED_AT]
    ak[at.EARNED_AT] = max(time, before)
    if index >= ak[at.CARRY_FROM] and time > before:
        interest = a[at.CASH] * a[at.INTEREST] * div(float(time - before), YEAR)
        a[at.EARNED] += interest
        a[at.CASH] += interest
        a[at.EQUITY] += interest
    return 0


def fund(b: Floats, k: Ints, index: int, funding: float) -> int:
    """Funding at the rate that the data say for the open of this bar; a missing rate is none."""
    if index < k[at.CARRY_FROM] or funding != funding:
        return 0
    due = -(b[at.VALUE] * funding)
    b[at.CARRY] += due
    return receive(b, k, due)


def receive(b: Floats, k: Ints, due: float) -> int:
    """Cash of this amount; what a mark of the books would change is marked again."""
    if due != 0.0:
        b[at.CASH] += due
        k[at.MARKED] = 0
        exposure(b)
        b[at.EQUITY] += b[at.OTHERS_VALUE]
    return 0

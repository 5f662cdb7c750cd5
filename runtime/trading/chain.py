"""The four monitors, always in this order: position -> exposure -> risk -> pnl.

They run after every fill and at every mark, the same functions in both. Each keeps what later steps
compare with; ratios (leverage, drawdown …) are readings derived from these when somebody asks
(`books.py`), so the hot path divides only when a deeper trough is made. Water marks move at
marks only: a price inside the bar is not a result.
"""

from __future__ import annotations

from ...stdlib.arith import div
from . import layout as at
from .buffers import Floats, Ints


def position(b: Floats, price: float) -> int:
    """What the position is worth at this price."""
    b[at.PRICE] = price
    b[at.VALUE] = b[at.UNITS] * price
    return 0


def exposure(b: Floats) -> int:
    """Equity, which gross and net value are measured against."""
    b[at.EQUITY] = b[at.CASH] + b[at.VALUE]
    return 0


def risk(b: Floats, k: Ints, at_mark: int) -> int:
    """The high-water mark and the deepest fall below it."""
    if at_mark == 0:
        return 0
    equity = b[at.EQUITY]
    if equity >= b[at.HIGH_WATER]:
        return new_high(b, equity)
    if equity < b[at.TROUGH]:
        depth = div(b[at.HIGH_WATER] - equity, b[at.HIGH_WATER])
        b[at.MAX_DRAWDOWN] = max(b[at.MAX_DRAWDOWN], depth)
        b[at.TROUGH] = equity  # last, as in `new_high`: LLVM merges last stores, and two slots would be no registers
    return 0


def new_high(b: Floats, equity: float) -> int:
    """Equity is back at, or above, its highest: a drawdown guard's floor rises."""
    floor = equity * b[at.DRAWDOWN_KEEP]
    b[at.EQUITY_FLOOR] = max(b[at.EQUITY_FLOOR], floor)
    b[at.HIGH_WATER] = equity
    b[at.TROUGH] = equity
    return 0


def pnl(b: Floats) -> int:
    """Unrealised profit; realised profit and fees change at fills and are kept there."""
    b[at.UNREALISED] = b[at.VALUE] - b[at.COST]
    return 0


def chain(b: Floats, k: Ints, price: float, at_mark: int) -> int:
    """All four monitors at this price."""
    position(b, price)
    exposure(b)
    risk(b, k, at_mark)
    pnl(b)
    return 0

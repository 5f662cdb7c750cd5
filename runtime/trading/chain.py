"""The four monitors, always in this order: position -> exposure -> risk -> pnl.

They run after every fill and at every mark, the same functions in both. Each keeps what later steps
compare with; ratios (leverage, drawdown …) are readings derived from these when somebody asks
(`books.py`), so the hot path divides only when a deeper trough is made. Water marks move at
marks only: a price inside the bar is not a result.
"""

from __future__ import annotations

from ...stdlib.arith import div
from .buffers import Floats, Ints
from .layout import (
    CASH,
    COST,
    DRAWDOWN_KEEP,
    EQUITY,
    EQUITY_FLOOR,
    HIGH_WATER,
    MAX_DRAWDOWN,
    PRICE,
    TROUGH,
    UNITS,
    UNREALISED,
    VALUE,
)


def position(b: Floats, price: float) -> int:
    """What the position is worth at this price."""
    b[PRICE] = price
    b[VALUE] = b[UNITS] * price
    return 0


def exposure(b: Floats) -> int:
    """Equity, which gross and net value are measured against."""
    b[EQUITY] = b[CASH] + b[VALUE]
    return 0


def risk(b: Floats, k: Ints, at_mark: int) -> int:
    """The high-water mark and the deepest fall below it."""
    if at_mark == 0:
        return 0
    equity = b[EQUITY]
    if equity >= b[HIGH_WATER]:
        return new_high(b, equity)
    if equity < b[TROUGH]:
        depth = div(b[HIGH_WATER] - equity, b[HIGH_WATER])
        b[MAX_DRAWDOWN] = max(b[MAX_DRAWDOWN], depth)
        b[TROUGH] = equity  # last, as in `new_high`: LLVM merges last stores, and of two slots none could be a register
    return 0


def new_high(b: Floats, equity: float) -> int:
    """Equity is back at, or above, its highest: a drawdown guard's floor rises."""
    floor = equity * b[DRAWDOWN_KEEP]
    b[EQUITY_FLOOR] = max(b[EQUITY_FLOOR], floor)
    b[HIGH_WATER] = equity
    b[TROUGH] = equity
    return 0


def pnl(b: Floats) -> int:
    """Unrealised profit; realised profit and fees change at fills and are kept there."""
    b[UNREALISED] = b[VALUE] - b[COST]
    return 0


def chain(b: Floats, k: Ints, price: float, at_mark: int) -> int:
    """All four monitors at this price."""
    position(b, price)
    exposure(b)
    risk(b, k, at_mark)
    pnl(b)
    return 0

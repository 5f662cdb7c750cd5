"""The hot functions: what runs on every bar, inlined into each kernel.

They compare with watch levels that the cold functions keep, and leave at once when nothing can change.
"""

from __future__ import annotations

from ...stdlib.arith import absolute
from .buffers import Floats, Ints
from .chain import chain
from .layout import (
    ACCEPTS,
    BARS,
    COUNT_TRIP,
    EQUITY,
    EQUITY_CEILING,
    EQUITY_FLOOR,
    EVERY_BAR,
    EXPIRE_HELD,
    EXPIRE_TIME,
    EXPOSURE_LIMIT,
    HELD,
    MARKED,
    PENDING,
    PRICE,
    RUN_HIGH,
    RUN_LOW,
    STATEMENT_WIDTH,
    STATEMENTS,
    UNITS,
    VALUE,
    WATCH_HIGH,
    WATCH_LOW,
    WATCHED,
)


def attention(b: Floats, k: Ints, high: float, low: float) -> int:
    """Whether `fill` has to look at this bar: an order waits, a trail works, or the bar reaches a watch level."""
    if k[PENDING] != 0 or k[EVERY_BAR] != 0:
        return 1
    if low <= b[WATCH_LOW] or high >= b[WATCH_HIGH]:
        return 1
    return 0


def mark(b: Floats, k: Ints, high: float, low: float, close: float) -> int:
    """Everything is valued at the close. A missing close leaves the last price; flat and marked, nothing can change."""
    k[BARS] += 1
    price = b[PRICE]
    if b[UNITS] == 0.0:
        if k[MARKED] != 0:
            return 0
        k[MARKED] = 1
    else:
        k[HELD] += 1
        b[RUN_HIGH] = max(b[RUN_HIGH], high)
        b[RUN_LOW] = min(b[RUN_LOW], low)
        if close == close:
            price = close
    chain(b, k, price, 1)
    return 0


def tripped(b: Floats, k: Ints) -> int:
    """Whether `trip` has to look: equity, gross value or a count has reached an armed guard's limit."""
    if k[WATCHED] == 0:
        return 0
    equity = b[EQUITY]
    if equity <= b[EQUITY_FLOOR] or equity >= b[EQUITY_CEILING] or k[COUNT_TRIP] != 0:
        return 1
    if absolute(b[VALUE]) > b[EXPOSURE_LIMIT] * equity:
        return 1
    return 0


def due(b: Floats, k: Ints, index: int, time: int) -> int:
    """Whether a lot has expired at this bar's close."""
    if k[HELD] >= k[EXPIRE_HELD] or float(time) >= b[EXPIRE_TIME]:
        return 1
    return 0


def accepts(b: Floats, k: Ints, statement: int) -> int:
    """Whether this statement could act now, or would only be counted as full; kept by `refresh`."""
    return k[k[STATEMENTS] + statement * STATEMENT_WIDTH + ACCEPTS]

"""The hot functions: what runs on every bar, inlined into each kernel.

They compare with watch levels that the cold functions keep, and leave at once when nothing can change.
"""

from __future__ import annotations

from ...stdlib.arith import absolute
from . import layout as at
from .buffers import Floats, Ints
from .chain import chain, pnl, position

CALM_FLAGS = (at.PENDING, at.EVERY_BAR, at.KEEP_RECORDS, at.WATCHED)
"""Of k: where all of them are 0, a bar that reaches no watch level has nothing but its mark."""

MARK_KEEPS = (
    [at.PRICE, at.VALUE, at.EQUITY, at.UNREALISED, at.RUN_HIGH, at.RUN_LOW, at.HIGH_WATER, at.TROUGH, at.MAX_DRAWDOWN,
     at.EQUITY_FLOOR],
    [at.BARS, at.HELD, at.MARKED],
)  # fmt: skip
"""The slots of b and of k that `mark` writes."""

MARK_READS = (
    [*MARK_KEEPS[0], at.CASH, at.UNITS, at.COST, at.DRAWDOWN_KEEP, at.QUANTITY, at.WATCH_LOW, at.WATCH_HIGH],
    MARK_KEEPS[1],
)
"""Those that `mark`, `attention` and the columns of the books read."""


def attention(b: Floats, k: Ints, high: float, low: float) -> int:
    """Whether `fill` has to look at this bar: an order waits, a trail works, or the bar reaches a watch level."""
    if k[at.PENDING] != 0 or k[at.EVERY_BAR] != 0:
        return 1
    if low > b[at.WATCH_LOW] and high < b[at.WATCH_HIGH]:
        return 0
    return 1  # a level is reached, or a missing price does not say


def mark(b: Floats, k: Ints, high: float, low: float, close: float) -> int:
    """Everything is valued at the close. A missing close leaves the last price; flat and marked, nothing can change."""
    k[at.BARS] += 1
    price = b[at.PRICE]
    if b[at.UNITS] == 0.0:
        if k[at.MARKED] != 0:
            return 0
        k[at.MARKED] = 1
    else:
        k[at.HELD] += 1
        b[at.RUN_HIGH] = max(b[at.RUN_HIGH], high)
        b[at.RUN_LOW] = min(b[at.RUN_LOW], low)
        if close == close:
            price = close
    chain(b, k, price, 1)
    return 0


def mark_book(b: Floats, k: Ints, index: int, time: int, high: float, low: float, close: float) -> int:
    """`mark` of one book of several: what it is worth at its close. Equity and its extremes are the account's.

    The sums over the books ask next what is over at this close.
    """
    k[at.NOW] = index
    k[at.NOW_TIME] = time
    k[at.BARS] += 1
    price = b[at.PRICE]
    if b[at.UNITS] == 0.0:
        if k[at.MARKED] != 0:
            return 0
        k[at.MARKED] = 1
    else:
        k[at.HELD] += 1
        b[at.RUN_HIGH] = max(b[at.RUN_HIGH], high)
        b[at.RUN_LOW] = min(b[at.RUN_LOW], low)
        if close == close:
            price = close
    position(b, price)
    return pnl(b)


def observe(b: Floats, high: float, low: float, volume: float) -> int:
    """What costs know of the market from now on: this bar has closed. A bar without its extremes, or without volume,
    leaves what the one before told."""
    if high >= low:
        b[at.LAST_RANGE] = high - low
    if volume > 0.0:
        b[at.LAST_VOLUME] = volume
    return 0


def quote(b: Floats, spread: float) -> int:
    """The spread that the data say at this bar, known from its close on; one that is missing leaves the last one."""
    if spread >= 0.0:
        b[at.LAST_SPREAD] = spread
    return 0


def quote_sides(b: Floats, bid: float, ask: float) -> int:
    """The same of a bid and an ask."""
    return quote(b, ask - bid)


def allow(b: Floats, k: Ints, volume: float) -> int:
    """What orders may fill on this bar: a share of its volume, nothing where it has none."""
    k[at.DRY] = 1
    b[at.ROOM] = 0.0
    if volume > 0.0:
        k[at.DRY] = 0
        b[at.ROOM] = b[at.PARTICIPATION] * volume
    return 0


def tripped(b: Floats, k: Ints) -> int:
    """Whether `trip` has to look: equity, gross value or a count has reached an armed guard's limit."""
    if k[at.WATCHED] == 0:
        return 0
    equity = b[at.EQUITY]
    if equity <= b[at.EQUITY_FLOOR] or equity >= b[at.EQUITY_CEILING] or k[at.COUNT_TRIP] != 0:
        return 1
    if absolute(b[at.VALUE]) > b[at.EXPOSURE_LIMIT] * equity:
        return 1
    return 0


def due(b: Floats, k: Ints, index: int, time: int) -> int:
    """Whether a lot, or the life of an order that rests, is over at this bar's close."""
    if k[at.HELD] >= k[at.EXPIRE_HELD] or float(time) >= b[at.EXPIRE_TIME]:
        return 1
    if index >= k[at.ORDER_END] or k[at.TIMED] != 0:
        return 1
    return 0


def acts(b: Floats, k: Ints, index: int, time: int) -> int:
    """Whether a book of several has anything to decide at this bar's close."""
    return 1 if k[at.WANTS] != 0 else due(b, k, index, time)


def moments(k: Ints, statement: int, opened: int, closed: int) -> int:
    """How often the time of day that a statement's lots wait for has passed at this bar's open, and at its close."""
    here = k[at.STATEMENTS] + statement * at.STATEMENT_WIDTH
    if opened != k[here + at.PASSED]:
        k[at.PENDING] = 1
    if closed != opened:
        k[at.TIMED] = 1
    k[here + at.PASSED_OPEN] = opened
    k[here + at.PASSED] = closed
    return 0


def accepts(b: Floats, k: Ints, statement: int) -> int:
    """Whether this statement could act now, or would only be counted as full; kept by `refresh`."""
    return k[k[at.STATEMENTS] + statement * at.STATEMENT_WIDTH + at.ACCEPTS]

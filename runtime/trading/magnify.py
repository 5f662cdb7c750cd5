"""The path through a bar as finer bars tell it, where something can be met in it.

A finer bar is a jump to its open and a walk, like any other; which of its own extremes came first is assumed. A bar
in which nothing is met on the way to either extreme is the same whatever its path, and its finer bars are not read.
"""

from __future__ import annotations

from . import layout as at
from . import rows
from .buffers import Floats, Ints
from .lots import see
from .match import NOTHING, jump, nearest, walk
from .places import lot_at, row_at


def walk_finer(b: Floats, k: Ints, trades: Floats, orders: Floats, records: Floats, high: float, low: float) -> int:
    """Walk the finer bars of this bar; returns 0, and nothing was done, where it has none or needs none."""
    if nearest(b, k, high, 1) == NOTHING and nearest(b, k, low, -1) == NOTHING:
        return 0
    row = first_finer(b, k)
    if row == k[at.FINER_COUNT]:
        return 0
    here = k[at.FINER] + row * at.FINER_WIDTH
    if b[here + at.FINER_TIME] != k[at.NOW_TIME]:
        return 0
    k[at.MAGNIFIED] += 1
    while row < k[at.FINER_COUNT]:
        here = k[at.FINER] + row * at.FINER_WIDTH
        if b[here + at.FINER_TIME] != k[at.NOW_TIME]:
            break
        walk_one(b, k, trades, orders, records, here)
        row += 1
    k[at.STRETCH] = 0
    return 1


def walk_one(b: Floats, k: Ints, trades: Floats, orders: Floats, records: Floats, here: int) -> int:
    """One finer bar. At the open of the first the base bar has jumped already; what a jump meets, no path decides."""
    open, high = b[here + at.FINER_OPEN], b[here + at.FINER_HIGH]
    low, close = b[here + at.FINER_LOW], b[here + at.FINER_CLOSE]
    if b[here - at.FINER_WIDTH + at.FINER_TIME] == k[at.NOW_TIME]:
        k[at.STRETCH] += 1
        see(b, k, open)
        jump(b, k, trades, orders, records, open, rows.INSIDE)
        k[at.STRETCH] += 1
        k[at.LATE] = 0
        forget_met(b, k)
    return walk(b, k, trades, orders, records, open, high, low, close)


def first_finer(b: Floats, k: Ints) -> int:
    """The first finer bar of this bar or of a later one, by leaps that double."""
    first = 0
    while first < k[at.FINER_COUNT] and is_earlier(b, k, first) != 0:
        leap = 1
        while first + leap < k[at.FINER_COUNT] and is_earlier(b, k, first + leap) != 0:
            first += leap
            leap += leap
        first += 1
    return first


def is_earlier(b: Floats, k: Ints, row: int) -> int:
    """Whether a finer bar lies in a bar before this one."""
    return 1 if b[k[at.FINER] + row * at.FINER_WIDTH + at.FINER_TIME] < k[at.NOW_TIME] else 0


def forget_met(b: Floats, k: Ints) -> int:
    """What was met in an earlier part of the bar was not met in this one."""
    for lot in range(k[at.LOT_COUNT]):
        for row in range(k[at.LEVELS]):
            order = row_at(lot_at(k, lot), row)
            if row != at.EXPIRY_ROW and b[order + at.DECIDED] == k[at.NOW]:
                b[order + at.DECIDED] = -1.0
    return 0

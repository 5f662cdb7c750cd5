"""Rows of what the monitors read, written after every fill and mark when they are asked for."""

from __future__ import annotations

from ...stdlib.arith import absolute
from .books import read_day_loss, read_drawdown, read_leverage, read_position_entry_price
from .buffers import Floats, Ints
from .layout import (
    CASH,
    EQUITY,
    FEES,
    FULL,
    HIGH_WATER,
    KEEP_RECORDS,
    LOT_COUNT,
    NOW,
    PRICE,
    QUANTITY,
    REALISED,
    RECORD_LIMIT,
    RECORD_ROWS,
    UNREALISED,
    VALUE,
)
from .rows import AFTER_MARK, RECORD_WIDTH


def record(b: Floats, k: Ints, records: Floats, phase: int) -> int:
    """One row, in the order of RECORD_COLUMNS, if records are kept."""
    if k[KEEP_RECORDS] == 0:
        return 0
    row = k[RECORD_ROWS] * RECORD_WIDTH
    records[row] = k[NOW]
    records[row + 1] = phase
    records[row + 2] = b[QUANTITY]
    records[row + 3] = read_position_entry_price(b, k)
    records[row + 4] = b[PRICE]
    records[row + 5] = absolute(b[VALUE])
    records[row + 6] = b[VALUE]
    records[row + 7] = read_leverage(b, k)
    records[row + 8] = read_drawdown(b, k)
    records[row + 9] = read_day_loss(b, k)
    records[row + 10] = b[HIGH_WATER]
    records[row + 11] = b[REALISED]
    records[row + 12] = b[UNREALISED]
    records[row + 13] = b[FEES]
    records[row + 14] = b[CASH]
    records[row + 15] = b[EQUITY]
    records[row + 16] = k[LOT_COUNT]
    k[RECORD_ROWS] += 1
    if k[RECORD_ROWS] >= k[RECORD_LIMIT]:
        k[FULL] = 1
    return 0


def record_mark(b: Floats, k: Ints, records: Floats, index: int) -> int:
    """The record of this bar's mark."""
    k[NOW] = index
    return record(b, k, records, AFTER_MARK)

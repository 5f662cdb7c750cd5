"""Rows of what the monitors read, written after every fill and mark when they are asked for."""

from __future__ import annotations

from ...stdlib.arith import absolute
from . import layout as at
from . import rows
from .books import (
    read_day_loss,
    read_drawdown,
    read_exposure_gross,
    read_margin_used,
    read_position_entry_price,
)
from .buffers import Floats, Ints
from .open_risk import open_risk


def record(b: Floats, k: Ints, records: Floats, phase: int) -> int:
    """One row, in the order of RECORD_COLUMNS, if records are kept."""
    if k[at.KEEP_RECORDS] == 0:
        return 0
    row = k[at.RECORD_ROWS] * rows.RECORD_WIDTH
    records[row] = k[at.NOW]
    records[row + 1] = phase
    records[row + 2] = b[at.QUANTITY]
    records[row + 3] = read_position_entry_price(b, k)
    records[row + 4] = b[at.PRICE]
    records[row + 5] = absolute(b[at.VALUE])
    records[row + 6] = b[at.VALUE]
    records[row + 7] = read_exposure_gross(b, k)
    records[row + 8] = read_drawdown(b, k)
    records[row + 9] = read_day_loss(b, k)
    records[row + 10] = b[at.HIGH_WATER]
    records[row + 11] = b[at.REALISED]
    records[row + 12] = b[at.UNREALISED]
    records[row + 13] = b[at.FEES]
    records[row + 14] = b[at.CASH]
    records[row + 15] = b[at.EQUITY]
    records[row + 16] = k[at.LOT_COUNT]
    records[row + 17] = b[at.CARRY] + b[at.EARNED]
    records[row + 18] = read_margin_used(b, k)
    records[row + 19] = open_risk(b, k)
    records[row + 20] = b[at.EARNED]
    for reading in range(rows.READINGS, rows.RECORD_WIDTH):
        records[row + reading] = at.MISSING
    k[at.RECORD_ROWS] += 1
    if k[at.RECORD_ROWS] >= k[at.RECORD_LIMIT]:
        k[at.FULL] = 1
    return 0


def record_mark(b: Floats, k: Ints, records: Floats, index: int) -> int:
    """The record of this bar's mark."""
    k[at.NOW] = index
    return record(b, k, records, rows.AFTER_MARK)

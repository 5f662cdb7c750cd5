"""The rows of all books as one list: with the symbol of each, and with events in place of a symbol's own bars."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ...data.panel import Panel
from ...trading.rows import (
    ORDER_FILL_INDEX,
    ORDER_INDEX,
    ORDER_NUMBER,
    TRADE_ENTRY_INDEX,
    TRADE_EXIT_INDEX,
)

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

_RECORD_INDEX = 0


@dataclass(frozen=True, slots=True, eq=False)
class Merged:
    """Rows, and the place of each one's symbol in the panel."""

    rows: Floats
    symbol: Ints


def rows_at(panel: Panel, symbols: int) -> list[Ints]:
    """For each of the first symbols the event at which each of its bars closes."""
    import numpy as np

    event = np.repeat(np.arange(len(panel.events)), np.diff(panel.events.offsets))
    return [event[panel.places_of(place)] for place in range(symbols)]


def merge_trades(books: Sequence[Floats], still_open: Sequence[int], at: Sequence[Ints]) -> Merged:
    """Closed trades by the event of their exit, then those that were open at the end by that of their entry; of one
    event in the order of the panel, and of one book as they were written. still_open: the last rows of each book."""
    import numpy as np

    merged = _together(books, at, (TRADE_ENTRY_INDEX, TRADE_EXIT_INDEX))
    last = np.concatenate([np.arange(len(rows)) >= len(rows) - count
                           for rows, count in zip(books, still_open, strict=True)])  # fmt: skip
    event = np.where(last, merged.rows[:, TRADE_ENTRY_INDEX], merged.rows[:, TRADE_EXIT_INDEX])
    return _ordered(merged, np.lexsort((event, last)))


def merge_orders(books: Sequence[Floats], at: Sequence[Ints]) -> Merged:
    """Orders by their numbers, which the account counts."""
    import numpy as np

    merged = _together(books, at, (ORDER_INDEX, ORDER_FILL_INDEX))
    return _ordered(merged, np.argsort(merged.rows[:, ORDER_NUMBER], kind="stable"))


def merge_records(books: Sequence[Floats], at: Sequence[Ints]) -> Merged:
    """Readings of the monitors by event, of one event in the order of the panel."""
    import numpy as np

    merged = _together(books, at, (_RECORD_INDEX,))
    return _ordered(merged, np.argsort(merged.rows[:, _RECORD_INDEX], kind="stable"))


def _together(books: Sequence[Floats], at: Sequence[Ints], indexes: Sequence[int]) -> Merged:
    """All rows, book after book, with the events of these columns; what stands below 0 means nothing and stays."""
    import numpy as np

    rows = np.concatenate([np.array(rows, dtype=np.float64) for rows in books])
    symbol = np.repeat(np.arange(len(books)), [len(rows) for rows in books])
    begin = 0
    for own, events in zip(books, at, strict=True):
        part = rows[begin : begin + len(own)]
        for column in indexes:
            known = part[:, column] >= 0.0
            part[known, column] = events[part[known, column].astype(np.int64)]
        begin += len(own)
    return Merged(rows, symbol)


def _ordered(merged: Merged, order: Ints) -> Merged:
    return Merged(merged.rows[order], merged.symbol[order])

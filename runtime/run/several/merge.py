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


def in_events(rows: Floats, events: Ints, indexes: Sequence[int]) -> Floats:
    """The rows with events in these columns in place of bars, those of each bar; what is below 0 is none, and stays."""
    import numpy as np

    found: Floats = np.array(rows, dtype=np.float64)
    for column in indexes:
        known = found[:, column] >= 0.0
        found[known, column] = events[found[known, column].astype(np.int64)]
    return found


def by_exit(trades: Floats, counts: Sequence[int], still_open: Sequence[int]) -> Ints:
    """The order of trades of parts, so many each: closed ones by the event of their exit, then those that were open at
    the end, the last of each part, by that of their entry; of one event by part, and of one part as they were written.
    """
    import numpy as np

    last = np.concatenate([np.arange(count) >= count - open_ for count, open_ in zip(counts, still_open, strict=True)])
    event = np.where(last, trades[:, TRADE_ENTRY_INDEX], trades[:, TRADE_EXIT_INDEX])
    found: Ints = np.lexsort((event, last))
    return found


def merge_trades(books: Sequence[Floats], still_open: Sequence[int], at: Sequence[Ints]) -> Merged:
    """Trades in the order of `by_exit`. still_open: how many of a book's, its last rows, were open at the end."""
    merged = _together(books, at, (TRADE_ENTRY_INDEX, TRADE_EXIT_INDEX))
    return _ordered(merged, by_exit(merged.rows, [len(rows) for rows in books], still_open))


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
    """All rows, book after book, with the events of these columns."""
    import numpy as np

    rows = np.concatenate([in_events(own, events, indexes) for own, events in zip(books, at, strict=True)])
    return Merged(rows, np.repeat(np.arange(len(books)), [len(own) for own in books]))


def _ordered(merged: Merged, order: Ints) -> Merged:
    return Merged(merged.rows[order], merged.symbol[order])

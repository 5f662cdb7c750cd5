"""The rows of several strategies as one list.

Events of the portfolio stand in place of a strategy's own, orders are counted anew, statements numbered on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ...trading.rows import (
    ORDER_FILL_INDEX,
    ORDER_INDEX,
    ORDER_NUMBER,
    ORDER_STATEMENT,
    TRADE_ENTRY_INDEX,
    TRADE_ENTRY_ORDER,
    TRADE_ENTRY_STATEMENT,
    TRADE_EXIT_INDEX,
    TRADE_EXIT_ORDER,
)
from ..several.merge import by_exit, in_events

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from ...data.bars import Bars
    from ...results.output import RunOutput

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

_RECORD_INDEX = 0


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """Rows, the place of each one's symbol in the portfolio, and that of its strategy."""

    rows: Floats
    symbol: Ints
    owner: Ints


@dataclass(frozen=True, slots=True, eq=False)
class Book:
    """A symbol of a strategy. called: in the portfolio. quantity, profit: after each of its bars; end: after the last.

    conversion: the column of rates that converts its money. currency: what its prices are in."""

    owner: int
    called: str
    bars: Bars
    point_value: float
    quantity: Floats
    profit: Floats
    end: tuple[float, float]
    conversion: str
    currency: str


def own_books(outputs: Sequence[RunOutput], names: Sequence[str]) -> list[Book]:
    """The books of all strategies, in their order."""
    found = []
    for owner, (out, name) in enumerate(zip(outputs, names, strict=True)):
        if out.several is None:
            quantity, profit = out.quantity, out.equity - out.capital
            end = (float(quantity[-1]), float(profit[-1])) if len(profit) else (0.0, 0.0)
            called = f"{name}/{out.bars.symbol}"
            found.append(Book(owner, called, out.bars, out.point_value, quantity, profit, end, out.conversion,
                              *out.currencies))  # fmt: skip
            continue
        several = out.several
        for place, bars in enumerate(several.bars):
            own = several.panel.places_of(place)
            quantity, profit = several.quantity[own], several.profit[own]
            last = (float(quantity[-1]), float(profit[-1])) if len(profit) else (0.0, 0.0)
            end = several.end[place] if several.end is not None else last
            called = f"{name}/{bars.symbol}"
            found.append(Book(owner, called, bars, several.point_values[place], quantity, profit, end,
                              several.conversions[place], several.currencies[place]))  # fmt: skip
    return found


def merged_orders(
    outputs: Sequence[RunOutput], at: Sequence[Ints], firsts: Sequence[int], nobody: int
) -> tuple[Rows, list[Ints]]:  # fmt: skip
    """Orders by the event of their decision, of one event in the order of the strategies, numbered anew; and for each
    strategy the new number of each old one, -1 where there is no row. nobody: the place of a row without a symbol."""
    import numpy as np

    merged = _together([out.orders for out in outputs], at, (ORDER_INDEX, ORDER_FILL_INDEX),
                       [_symbols(out, "orders", first, nobody) for out, first in zip(outputs, firsts, strict=True)])
    _number_on(merged, outputs, ORDER_STATEMENT)
    order = np.lexsort((merged.rows[:, ORDER_NUMBER], merged.owner, merged.rows[:, ORDER_INDEX]))
    found = Rows(merged.rows[order], merged.symbol[order], merged.owner[order])
    numbers = []
    for owner in range(len(outputs)):
        mine = np.flatnonzero(found.owner == owner)
        old = found.rows[mine, ORDER_NUMBER].astype(np.int64)
        anew = np.full(int(old.max()) + 1 if len(old) else 0, -1)
        anew[old] = mine
        numbers.append(anew)
    found.rows[:, ORDER_NUMBER] = np.arange(len(found.rows))
    return found, numbers


def merged_trades(
    outputs: Sequence[RunOutput], at: Sequence[Ints], firsts: Sequence[int], numbers: Sequence[Ints]
) -> Rows:  # fmt: skip
    """Trades in the order of `by_exit`, with the new numbers of their orders."""
    import numpy as np

    merged = _together([out.trades for out in outputs], at, (TRADE_ENTRY_INDEX, TRADE_EXIT_INDEX),
                       [_symbols(out, "trades", first, 0) for out, first in zip(outputs, firsts, strict=True)])
    _number_on(merged, outputs, TRADE_ENTRY_STATEMENT)
    for column in (TRADE_ENTRY_ORDER, TRADE_EXIT_ORDER):
        for owner, anew in enumerate(numbers):
            mine = np.flatnonzero((merged.owner == owner) & (merged.rows[:, column] >= 0.0))
            old = merged.rows[mine, column].astype(np.int64)
            merged.rows[mine, column] = np.where(old < len(anew), anew[np.minimum(old, len(anew) - 1)], -1) \
                if len(anew) else -1  # fmt: skip
    still_open = [out.counters.get("open_trades", 0) for out in outputs]
    order = by_exit(merged.rows, [len(out.trades) for out in outputs], still_open)
    return Rows(merged.rows[order], merged.symbol[order], merged.owner[order])


def merged_records(outputs: Sequence[RunOutput], at: Sequence[Ints], firsts: Sequence[int]) -> Rows:
    """Readings of the monitors by event; of one event in the order of the strategies."""
    import numpy as np

    records = [out.records for out in outputs if out.records is not None]
    merged = _together(records, at, (_RECORD_INDEX,),
                       [_symbols(out, "records", first, 0) for out, first in zip(outputs, firsts, strict=True)])
    order = np.argsort(merged.rows[:, _RECORD_INDEX], kind="stable")
    return Rows(merged.rows[order], merged.symbol[order], merged.owner[order])


def _symbols(out: RunOutput, kind: str, first: int, nobody: int) -> Ints:
    """The place in the portfolio of the symbol of each row."""
    import numpy as np

    if out.several is None:
        return np.full(len(getattr(out, kind)), first)
    places = getattr(out.several, kind)
    return np.where(places == out.several.traded, nobody, places + first)


def _together(
    parts: Sequence[Floats], at: Sequence[Ints], indexes: Sequence[int], symbols: Sequence[Ints]
) -> Rows:  # fmt: skip
    """All rows, strategy after strategy, with events of the portfolio in these columns."""
    import numpy as np

    owner = np.repeat(np.arange(len(parts)), [len(part) for part in parts])
    every = [in_events(part, events, indexes) for part, events in zip(parts, at, strict=True)]
    return Rows(np.concatenate(every), np.concatenate(symbols), owner)


def _number_on(merged: Rows, outputs: Sequence[RunOutput], column: int) -> None:
    """Statements of a strategy are counted after those of the strategies before it."""
    import numpy as np

    counts = np.cumsum([0, *(len(out.statements) for out in outputs)])[:-1]
    known = merged.rows[:, column] >= 0.0
    merged.rows[known, column] += counts[merged.owner[known]]

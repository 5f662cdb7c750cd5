"""A symbol's part of a run, told as a run of one symbol: its bars, and its rows by the numbers of these bars."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from ..portfolio.machine import starts_at
from ..results.output import RunOutput
from ..run.several.merge import rows_at
from ..trading.rows import ORDER_FILL_INDEX, ORDER_INDEX, TRADE_ENTRY_INDEX, TRADE_EXIT_INDEX

if TYPE_CHECKING:
    from ..results.output import Floats, Ints


@dataclass(frozen=True, slots=True, eq=False)
class View:
    """output: of the symbol alone; whole: of the run. trades, orders: which rows of the whole are its own; account: the
    orders of the account itself (halts), by the event at which they were given. place: of the symbol among those
    traded, -1 in a run of one. events: of each of its bars."""

    output: RunOutput
    whole: RunOutput
    place: int
    trades: Sequence[int]
    orders: Sequence[int]
    account: Sequence[int] = ()
    events: Sequence[int] = ()


def view_of(output: RunOutput, place: int) -> View:
    """That of the symbol at a place; of a run of one symbol all of it."""
    several = output.several
    if several is None:
        return View(output, output, -1, range(len(output.trades)), range(len(output.orders)))
    at = rows_at(several.panel, several.traded)[place]
    trades, orders = (rows.nonzero()[0] for rows in (several.trades == place, several.orders == place))
    symbol = several.symbols[place]
    own = replace(
        output, bars=several.panel.bars[place], first=starts_at(several.panel, output.first)[symbol], several=None,
        trades=_own(output.trades, trades, at, (TRADE_ENTRY_INDEX, TRADE_EXIT_INDEX)),
        orders=_own(output.orders, orders, at, (ORDER_INDEX, ORDER_FILL_INDEX)),
    )  # fmt: skip
    account = (several.orders == several.traded).nonzero()[0]
    return View(own, output, place, trades.tolist(), orders.tolist(), account.tolist(), at.tolist())


def _own(rows: Floats, places: Ints, at: Ints, columns: Sequence[int]) -> Floats:
    """These rows, with the symbol's own bars in place of events; what stands below 0 means nothing and stays."""
    found: Floats = rows[places]
    for column in columns:
        known = found[:, column] >= 0.0
        found[known, column] = at.searchsorted(found[known, column])
    return found


def row_of(table: Any, place: int) -> dict[str, Any]:
    """A row by column; instants as µs, numbers and texts as they are."""
    import pyarrow as pa

    found = {}
    for name in table.column_names:
        cell = table.column(name)[place]
        found[name] = cell.cast(pa.int64()).as_py() if pa.types.is_timestamp(cell.type) else cell.as_py()
    return found

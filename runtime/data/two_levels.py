"""Tables whose columns are named on two levels, a field and a symbol in either order, as those of several tickers are.

pandas writes such a name `('Close', 'AAPL')` where columns have one name only, and so do we.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from .headers import field_of
from .numbers import NOTHING
from .spellings import plain
from .table import Column, Table, Wanted, choose_symbol, take

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_PAIR = re.compile(r"\('([^']{0,200})', '([^']{0,200})'\)")


def joined(levels: Sequence[str]) -> str:
    """The one name of a column that has several."""
    return levels[0] if len(levels) == 1 else str(tuple(levels[:2]))


@dataclass(frozen=True, slots=True)
class Levels:
    """The two names of each column that has two, which of them is the field, and the columns of each symbol."""

    pairs: Mapping[str, tuple[str, str]]
    at: int
    symbols: Mapping[str, Sequence[str]]


def levels_of(table: Table) -> Levels | None:
    """How the columns of a table are named; None where names have one level."""
    pairs = {name: (pair[1], pair[2]) for name in table.columns if (pair := _PAIR.fullmatch(name))}
    if not pairs:
        return None
    at = _level_of_fields([pair for pair in pairs.values() if all(pair)])
    symbols: dict[str, list[str]] = {}
    for name, both in pairs.items():
        if all(both):
            symbols.setdefault(both[1 - at], []).append(name)
    return Levels(pairs, at, symbols)


def one_level(table: Table, wanted: Wanted) -> Table:
    """The columns of one symbol, by their fields; the table as it is where names have one level."""
    levels = levels_of(table)
    if levels is None:
        return table
    chosen, notes = choose_symbol(list(levels.symbols), wanted, table.source)
    return of_symbol(replace(table, notes=(*table.notes, *notes)), levels, chosen)


def of_symbol(table: Table, levels: Levels, symbol: str) -> Table:
    """The columns of a symbol, and those of none, by their fields; without rows that hold nothing of it."""
    own = levels.symbols[symbol]
    kept = [name for name in table.columns if name in own or not all(levels.pairs.get(name, ("", "")))]
    names = {name: _field(levels.pairs[name], levels.at) if name in levels.pairs else name for name in kept}
    columns = {names[name]: table.columns[name] for name in kept}
    zones = {names[name]: table.zones[name] for name in kept if name in table.zones}
    found = replace(table, columns=columns, symbol=symbol, zones=zones)
    return found if len(levels.symbols) == 1 else _where_it_traded(found, [names[name] for name in own])


def _field(pair: tuple[str, str], at: int) -> str:
    """The field that a column of two names is; of two of which one is empty, the other."""
    return pair[at] if all(pair) else pair[0] or pair[1]


def _level_of_fields(pairs: Sequence[tuple[str, str]]) -> int:
    """The level that spells more fields."""
    spelled = [sum(_is_field(pair[at]) for pair in pairs) for at in (0, 1)]
    return 0 if spelled[0] >= spelled[1] else 1


def _is_field(word: str) -> bool:
    return bool(field_of(word)) or plain(word) in ("adjclose", "dividends", "stocksplits")


def _where_it_traded(table: Table, names: Sequence[str]) -> Table:
    """Without the rows that hold nothing of this symbol: another one traded then."""
    import numpy as np

    empty = np.logical_and.reduce([_absent(table.columns[name]) for name in names if name in table.columns])
    if not empty.any():
        return table
    kept = np.flatnonzero(~empty)
    columns = {name: take(column, kept) for name, column in table.columns.items()}
    gone = len(empty) - len(kept)
    note = f"{gone} row{'s' * (gone > 1)} without anything of {table.symbol} left out: other symbols have them"
    return replace(table, columns=columns, rows=kept, notes=(*table.notes, note))


def _absent(column: Column) -> NDArray[np.bool_]:
    import numpy as np

    if isinstance(column, np.ndarray):
        missing: NDArray[np.bool_] = column != column
        return missing
    return np.array([text.strip().lower() in NOTHING for text in column], dtype=np.bool_)

"""Tables whose columns are named on two levels, a field and a symbol in either order, as those of several tickers are.

pandas writes such a name `('Close', 'AAPL')` where columns have one name only, and so do we.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
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


def one_level(table: Table, wanted: Wanted) -> Table:
    """The columns of one symbol, by their fields; the table as it is where names have one level."""
    pairs = _pairs(table)
    if not pairs:
        return table
    at = _level_of_fields([pair for pair in pairs.values() if all(pair)])
    symbols = symbols_of(table)
    chosen, notes = choose_symbol(symbols, wanted, table.source)
    names = {name: pair[at] if all(pair) else pair[0] or pair[1] for name, pair in pairs.items()}
    columns = {
        names.get(name, name): column
        for name, column in table.columns.items()
        if name not in pairs or pairs[name][1 - at] == chosen or not all(pairs[name])
    }
    found = replace(table, columns=columns, symbol=chosen, notes=(*table.notes, *notes),
                    zones={names.get(name, name): zone for name, zone in table.zones.items()})  # fmt: skip
    return found if len(symbols) == 1 else _where_it_traded(found, [names[name] for name in pairs if all(pairs[name])])


def symbols_of(table: Table) -> list[str]:
    """The symbols that the columns are named after, in their order; none where names have one level."""
    whole = [pair for pair in _pairs(table).values() if all(pair)]
    at = _level_of_fields(whole)
    return list(dict.fromkeys(pair[1 - at] for pair in whole))


def _pairs(table: Table) -> dict[str, tuple[str, str]]:
    """The two names of each column that has two."""
    return {name: (pair[1], pair[2]) for name in table.columns if (pair := _PAIR.fullmatch(name))}


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

"""The symbols that a source holds, each with what reads it: from whatever way in, before anything is chosen.

What is in one table already (a file, an object in memory) is read here; files of a folder, tables of a DuckDB file
and the values of a mapping are read when their part is.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ....lang.diagnostics.brief import brief
from ...given import is_text
from ..arrow import duckdb_tables
from ..bars import Bars
from ..bounded import begin_of, memory_for
from ..errors import DataError
from ..folder import files_of, symbol_of
from ..headers import PRICES, field_of, find_symbol
from ..load import Reading
from ..objects import read_object
from ..policy import DROP
from ..samples import read_sample
from ..source import SAMPLE, existing, path_and_table, read_file
from ..table import Column, Table, Wanted, take
from ..two_levels import levels_of, of_symbol
from .model import Panel
from .names import listed

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Part:
    """One symbol of a source: its name there, where it lies in words, and what gives its table or its bars."""

    symbol: str
    place: str
    read: Callable[[], Table | Bars]


@dataclass(frozen=True, slots=True)
class Parts:
    """All that a source holds; `called` is what messages call it.

    nameless: a column of symbols has no row, so that its one part is called as the source is.
    """

    called: str
    parts: Sequence[Part]
    notes: tuple[str, ...] = ()
    nameless: bool = False


def parts_of(source: object, read: Reading) -> Parts:
    """The symbols of a source, which may be parts already. DataError says why it holds none."""
    if isinstance(source, Parts):
        return source
    if isinstance(source, Panel):
        return Parts("the panel", [_of_bars(bars) for bars in source])
    if isinstance(source, Bars):
        return Parts("the bars", [_of_bars(source)])
    if isinstance(source, str) and source.startswith(SAMPLE):
        return _of_table(read_sample(source.removeprefix(SAMPLE)), read)
    if isinstance(source, (str, os.PathLike)):
        return _of_path(str(os.fspath(source)), read)
    if isinstance(source, Mapping) and by_symbol(source):
        return _of_mapping(source, read)
    return _of_table(read_object(source, _wanted(read)), read)


def _of_bars(bars: Bars) -> Part:
    return Part(bars.symbol, f"the bars of {brief(bars.symbol)}", lambda: bars)


def _wanted(read: Reading) -> Wanted:
    return Wanted(columns=read.columns or {})


# --- paths ---------------------------------------------------------------------------------------------


def _of_path(text: str, read: Reading) -> Parts:
    path, table = path_and_table(text)
    if os.path.isdir(path):
        return _of_folder(Path(path), read)
    place = existing(path, text)
    if not table and begin_of(place)[8:12] == b"DUCK" and len(names := duckdb_tables(place)) > 1:
        parts = [Part(name, f"{place.name}#{name}", partial(_only, partial(_of_file, place, name, read), name))
                 for name in names]  # fmt: skip
        return Parts(place.name, parts)
    return _of_file(place, table, read)


def _of_file(place: Path, table: str, read: Reading) -> Parts:
    with memory_for(place.name):
        return _of_table(read_file(place, table, _wanted(read)), read)


def _of_folder(folder: Path, read: Reading) -> Parts:
    called, files, notes = files_of(folder)
    names = {file: symbol_of(file) for file in files}
    parts = [Part(name, file, partial(_only, partial(_of_path, str(folder / file), read), name))
             for file, name in names.items()]  # fmt: skip
    return Parts(called, parts, notes)


def _only(look: Callable[[], Parts], symbol: str) -> Table | Bars:
    """What a source of one symbol holds, whatever it calls it; of several the one of this name."""
    held = look()
    found = held.parts
    if len(found) > 1:
        found = [part for part in found if part.symbol.lower() == symbol.lower()]
    if len(found) != 1:
        names = listed(sorted(part.symbol for part in held.parts))
        raise DataError(f"{held.called} holds {len(held.parts)} symbols where one is expected, {symbol}: {names}. "
                        "A file of several is given alone, as all of the data")  # fmt: skip
    return found[0].read()


# --- mappings ------------------------------------------------------------------------------------------


def _of_mapping(given: Mapping[Any, object], read: Reading) -> Parts:
    for name in given:
        if not is_text(name) or not name:
            raise DataError(f"a mapping of symbols to their data has names of symbols; found the name {brief(name)}")
    parts = [Part(name, f"the data given as {brief(name)}", partial(_only, partial(_of_value, each, read), name))
             for name, each in given.items()]  # fmt: skip
    return Parts("the mapping", parts)


def _of_value(value: object, read: Reading) -> Parts:
    """What is given for one symbol; data by symbol in data by symbol could hold themselves."""
    if isinstance(value, Mapping) and by_symbol(value):
        raise DataError("a mapping of symbols to their data is given where the data of one symbol are expected")
    return parts_of(value, read)


def by_symbol(given: Mapping[Any, object]) -> bool:
    """Whether a mapping holds data by symbol, and is no table of columns.

    A column is an array, and no source is one but for a series of closes, which carries its times. Series whose names
    spell a whole bar are columns that lost theirs; they are read, and refused, as such.
    """
    if any(map(_is_source, given.values())):
        return True
    spelled = {field_of(str(name)) for name in given}
    return bool(given) and all(map(_has_times, given.values())) and not spelled.issuperset(PRICES)


def _is_source(value: Any) -> bool:
    """Whether a value holds bars, and is no column of them."""
    if isinstance(value, (str, os.PathLike, Mapping, Bars, Panel)):
        return True
    if getattr(getattr(value, "dtype", None), "names", None):
        return True  # numpy's structured arrays are tables
    return any(hasattr(value, name) for name in ("columns", "column_names", "schema"))


def _has_times(value: Any) -> bool:
    """Whether a value is a series with something else beside than the numbers of its rows."""
    return _is_series(value) and getattr(value.index.dtype, "kind", "") not in "iufb"


def _is_series(value: Any) -> bool:
    return all(hasattr(value, name) for name in ("to_frame", "index", "name", "dtype"))


# --- tables --------------------------------------------------------------------------------------------


def _of_table(table: Table, read: Reading) -> Parts:
    wide = levels_of(table)
    if wide is not None and wide.symbols:
        parts = [Part(name, f"{name!r} in {table.source}", partial(of_symbol, table, wide, name))
                 for name in wide.symbols]  # fmt: skip
        return Parts(table.source, parts)
    column = find_symbol(list(table.columns), read.columns or {}, table.source)
    if column and len(table.columns[column]):
        return _of_rows(table, column, read)
    name = table.symbol or symbol_of(table.source.removeprefix("the "))
    return Parts(table.source, [Part(name, table.source, lambda: table)], nameless=bool(column))


def _of_rows(table: Table, column: str, read: Reading) -> Parts:
    """The rows of each symbol of a table with a column of them."""
    import numpy as np

    names, codes = _labels(table.columns[column])
    order = np.argsort(codes, kind="stable")
    stops = np.cumsum(np.bincount(codes, minlength=len(names)))
    rows = {name: order[begin:stop] for name, begin, stop in zip(names, [0, *stops[:-1]], stops, strict=True)}
    nameless = rows.pop("", None)
    notes = () if nameless is None else (_without_symbol(table, nameless, read.policy),)
    if not rows:
        raise DataError(f"{table.source}: no row names its symbol, in the column {column!r}")
    parts = [Part(name, f"{name!r} in {table.source}", partial(_rows_of, table, column, name, own))
             for name, own in rows.items()]  # fmt: skip
    return Parts(table.source, parts, notes)


def _labels(column: Column) -> tuple[list[str], NDArray[np.int64]]:
    """The different names of a column, as they first come, and which of them stands on each row."""
    import numpy as np

    texts = list(map(str, column))
    places: dict[str, int] = {}  # names without the blanks around them
    number = {text: places.setdefault(text.strip(), len(places)) for text in dict.fromkeys(texts)}
    return list(places), np.fromiter(map(number.__getitem__, texts), np.int64, len(texts))


def _without_symbol(table: Table, rows: NDArray[np.int64], policy: str) -> str:
    """The note on rows that name no symbol; DataError unless such rows are left out."""
    count = f"{len(rows)} row{'s' * (len(rows) != 1)}"
    if policy != DROP:
        raise DataError(f"{table.source}, row {table.place.row(int(rows[0]))}: the symbol is missing; {count} without "
                        "one. Mend the data, or go on with --data-policy drop, which leaves them out")  # fmt: skip
    return f"dropped {count} whose symbol is missing"


def _rows_of(table: Table, column: str, symbol: str, rows: NDArray[np.int64]) -> Table:
    """The rows of one symbol; such as lie together share the table's memory."""
    together = int(rows[-1]) - int(rows[0]) == len(rows) - 1
    cut: Any = slice(int(rows[0]), int(rows[-1]) + 1)
    others = {name: each for name, each in table.columns.items() if name != column}
    columns = {name: each[cut] if together else take(each, rows) for name, each in others.items()}
    return replace(table, symbol=symbol, columns=columns, rows=rows if table.rows is None else table.rows[rows])

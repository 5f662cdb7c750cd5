"""Where data come from: a file, a folder, a shipped sample, an Arrow table, or arrays in memory.

What a file is, its first bytes decide, not its name.
"""

from __future__ import annotations

import gzip
import os
import zlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from .errors import DataError, UnreadableError
from .headers import find_roles
from .samples import read_sample
from .table import Column, Table, choose_symbol
from .text import read_text

SAMPLE = "sample:"
_ENDINGS = (".csv", ".tsv", ".txt", ".parquet", ".arrow", ".feather", ".duckdb", ".gz")


def read_source(data: object, symbol: str | None) -> Table:
    """The table of one symbol. DataError says why there is none."""
    if isinstance(data, str) and data.startswith(SAMPLE):
        return _one_symbol(read_sample(data.removeprefix(SAMPLE)), symbol)
    if isinstance(data, (str, os.PathLike)):
        return _read_path(str(os.fspath(data)), symbol)
    if hasattr(data, "__arrow_c_stream__"):
        from .arrow import from_capsule

        return _one_symbol(from_capsule(data, "the table"), symbol)
    if isinstance(data, Mapping):
        return _one_symbol(_of_arrays(data), symbol)
    raise DataError(
        f"data of type {type(data).__name__} cannot be read; expected a path, sample:NAME, a table with the Arrow "
        "PyCapsule interface, or a mapping of arrays with ts, open, high, low, close and volume"
    )


def _read_path(text: str, symbol: str | None) -> Table:
    path, _, table = (text, "", "") if os.path.exists(text) else text.partition("#")
    place = Path(path)
    if place.is_dir():
        return _read_path(str(_of_folder(place, symbol)), None)
    try:
        with place.open("rb") as file:
            head = file.read(16)
    except OSError as error:
        raise UnreadableError(f"{text} cannot be read: {error.strerror}{_near(place)}") from None
    return _one_symbol(_read_file(place, head, table), symbol)


def _read_file(place: Path, head: bytes, table: str) -> Table:
    from . import arrow  # itself imports pyarrow and duckdb only when called

    source = place.name
    if head.startswith(b"PAR1"):
        return arrow.read_parquet(place, source)
    if head.startswith(b"ARROW1"):
        return arrow.read_feather(place, source)
    if head[8:12] == b"DUCK":
        return arrow.read_duckdb(place, source, table)
    content = place.read_bytes()
    if head.startswith(b"\x1f\x8b"):
        content = _unzipped(content, source)
    return read_text(content, source)


def _unzipped(content: bytes, source: str) -> bytes:
    try:
        return gzip.decompress(content)
    except (OSError, EOFError, zlib.error) as error:
        raise DataError(f"{source} cannot be unpacked: {error}") from None


def _of_folder(folder: Path, symbol: str | None) -> Path:
    """The file of a symbol in a folder with a file each."""
    files = {
        name.split(".")[0]: folder / name for name in sorted(os.listdir(folder)) if name.lower().endswith(_ENDINGS)
    }
    if not files:
        raise DataError(f"{folder.name} holds no data files ({', '.join(_ENDINGS)})")
    return files[choose_symbol(list(files), symbol, folder.name)]


def _one_symbol(table: Table, symbol: str | None) -> Table:
    """The rows of one symbol of a table whose columns are texts and arrays."""
    import numpy as np

    roles = find_roles(list(table.columns), table.source)
    if not roles.symbol:
        if table.symbol:
            choose_symbol([table.symbol], symbol, table.source)
        return table
    names = [str(name) for name in table.columns[roles.symbol]]
    columns = {name: column for name, column in table.columns.items() if name != roles.symbol}
    if not names:
        return Table(table.source, columns, table.naive, notes=table.notes)
    chosen = choose_symbol(list(dict.fromkeys(names)), symbol, table.source)
    rows = np.flatnonzero(np.array([name == chosen for name in names]))
    if len(rows) < len(names):
        columns = {name: _take(column, rows.tolist()) for name, column in columns.items()}
        return Table(table.source, columns, table.naive, rows, chosen, table.notes)
    return Table(table.source, columns, table.naive, None, chosen, table.notes)


def _take(column: Column, rows: Sequence[int]) -> Column:
    import numpy as np

    return column[np.asarray(rows)] if isinstance(column, np.ndarray) else [column[row] for row in rows]


def _of_arrays(data: Mapping[Any, Any]) -> Table:
    """A mapping of arrays; whole numbers as times are µs, whatever their size."""
    columns = {str(name): _column(values) for name, values in data.items()}
    time = find_roles(list(columns), "the data").ts
    stamps = columns[time]
    if getattr(stamps, "dtype", None) != "int64":
        return Table("the data", columns)
    return Table("the data", {**columns, time: stamps.view("datetime64[us]")}, naive=False)  # type: ignore[union-attr]


def _column(values: Any) -> Column:
    """A column given in memory; arrays are taken as they are."""
    import numpy as np

    array = np.asarray(values)
    if array.ndim != 1:
        raise DataError(f"a column has {array.ndim} dimensions where one is expected")
    return [str(value) for value in array] if array.dtype.kind in "OUS" else array


def _near(place: Path) -> str:
    """A hint with the nearest name beside a file that is not there."""
    from difflib import get_close_matches

    beside = os.listdir(place.parent) if place.parent.is_dir() else []
    near = get_close_matches(place.name, beside, 1, 0.6)
    return f"; did you mean {near[0]!r}?" if near else "; a path, or sample:AAPL for a shipped sample"

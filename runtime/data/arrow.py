"""Arrow tables and what holds them: Parquet, Arrow/Feather, DuckDB, and objects with the PyCapsule interface."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .errors import DataError
from .headers import find_roles
from .table import Column, Table, choose_symbol

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa
    from numpy.typing import NDArray


def read_parquet(path: Path, source: str, symbol: str | None) -> Table:
    """One symbol of a Parquet file."""
    from pyarrow import parquet

    return from_arrow(_guarded(parquet.read_table, path, source), source, symbol)


def read_feather(path: Path, source: str, symbol: str | None) -> Table:
    """One symbol of an Arrow IPC file (Feather version 2)."""
    import pyarrow as pa

    def read(place: Path) -> pa.Table:
        with pa.memory_map(str(place)) as file:
            return pa.ipc.open_file(file).read_all()

    return from_arrow(_guarded(read, path, source), source, symbol)


def read_duckdb(path: Path, source: str, symbol: str | None, table: str) -> Table:
    """One symbol of a table in a DuckDB file, which is opened read-only; `table` "" means its only one."""
    import duckdb

    try:
        with duckdb.connect(str(path), read_only=True) as connection:
            tables = connection.execute("select table_name from duckdb_tables() order by 1").fetchall()
            chosen = _choose_table([name for (name,) in tables], table, source)
            found = connection.sql(f"select * from {_quoted(chosen)}").to_arrow_table()
    except duckdb.Error as error:
        raise DataError(f"{source} cannot be read as a DuckDB file: {error}") from None
    return from_arrow(found, f"{source}#{chosen}", symbol)


def from_capsule(data: Any, source: str, symbol: str | None) -> Table:
    """One symbol of whatever exports an Arrow stream: pyarrow, polars, pandas, duckdb."""
    import pyarrow as pa

    return from_arrow(data if isinstance(data, pa.Table) else pa.table(data), source, symbol)


def from_arrow(table: pa.Table, source: str, symbol: str | None) -> Table:
    """One symbol of an Arrow table; numbers are not copied where they lie in one piece."""
    roles = find_roles(table.column_names, source)
    rows, chosen = None, ""
    if roles.symbol:
        table, rows, chosen = _one_symbol(table, roles.symbol, source, symbol)
    stamps = table.schema.field(roles.ts).type
    columns = {name: column_of(table[name]) for name in table.column_names if name != roles.symbol}
    return Table(source, columns, getattr(stamps, "tz", None) is None, rows, chosen)


def column_of(column: pa.ChunkedArray) -> Column:
    """A column as an array, or as texts."""
    import pyarrow as pa
    from pyarrow import types

    kind = column.type
    if types.is_dictionary(kind):
        column = column.cast(kind.value_type)
        kind = column.type
    if types.is_date(kind) or types.is_timestamp(kind):
        zone = getattr(kind, "tz", None)
        return _array(column.cast(pa.timestamp("us", zone), safe=False))
    if types.is_decimal(kind) or types.is_null(kind):
        return _array(column.cast(pa.float64()))
    if types.is_integer(kind) or types.is_floating(kind) or types.is_boolean(kind):
        return _array(column)
    return ["" if text is None else str(text) for text in column.to_pylist()]


def _array(column: pa.ChunkedArray) -> NDArray[Any]:
    """In one piece without a copy; several pieces, bits and missing values are copied."""
    array: NDArray[Any]
    if column.num_chunks == 1 and not column.null_count and column.type.bit_width >= 8:
        array = column.chunk(0).to_numpy(zero_copy_only=True)
    else:
        array = column.to_numpy()
    return array


def _one_symbol(
    table: pa.Table, name: str, source: str, symbol: str | None
) -> tuple[pa.Table, NDArray[np.int64] | None, str]:
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc

    column = table[name].cast(pa.string())
    names = [text for text in pc.unique(column).to_pylist() if text]
    if not names:
        return table, None, ""
    chosen = choose_symbol(names, symbol, source)
    if len(names) == 1:
        return table, None, chosen
    rows = np.flatnonzero(pc.equal(column, chosen).fill_null(False).to_numpy())
    return table.take(rows), rows, chosen


def _choose_table(names: Sequence[str], wanted: str, source: str) -> str:
    if not names:
        raise DataError(f"{source} holds no table")
    if wanted in names:
        return wanted
    if not wanted and len(names) == 1:
        return names[0]
    shown = ", ".join(names[:20])
    if wanted:
        raise DataError(f"{source} holds no table {wanted!r}; it holds {shown}")
    raise DataError(f"{source} holds {len(names)} tables: choose one as {source}#{names[0]}; it holds {shown}")


def _guarded(read: Any, path: Path, source: str) -> pa.Table:
    """Reading faults of a broken file as DataError."""
    import pyarrow as pa

    try:
        return read(path)
    except (pa.ArrowException, OSError) as error:
        raise DataError(f"{source} cannot be read: {str(error).splitlines()[0]}") from None


def _quoted(name: str) -> str:
    """A name of a table in SQL."""
    return '"' + name.replace('"', '""') + '"'

"""Arrow tables and what holds them: Parquet, Arrow/Feather, DuckDB, and objects with the PyCapsule interface."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .bounded import fits
from .errors import DataError
from .headers import distinct, repeated
from .table import MISSING, Column, Table, Wanted, choose_symbol

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa
    from numpy.typing import NDArray


def read_parquet(held: Path | bytes, source: str) -> Table:
    """A Parquet file, or the bytes of one."""
    import pyarrow as pa
    from pyarrow import parquet

    def read(place: Path | bytes) -> pa.Table:
        whole = pa.BufferReader(place) if isinstance(place, bytes) else place
        with parquet.ParquetFile(whole) as file:  # `read_table` imports datasets, and with them pandas
            fits(file.metadata.num_rows, file.metadata.num_columns, source)
            return file.read()

    return from_arrow(_guarded(read, held, source), source)


def read_feather(held: Path | bytes, source: str) -> Table:
    """An Arrow IPC file (Feather version 2), or the bytes of one."""
    import pyarrow as pa

    def read(place: Path | bytes) -> pa.Table:
        with pa.BufferReader(place) if isinstance(place, bytes) else pa.memory_map(str(place)) as file:
            reader = pa.ipc.open_file(file)
            batches: list[pa.RecordBatch] = []
            for number in range(reader.num_record_batches):
                batches.append(reader.get_batch(number))
                fits(sum(batch.num_rows for batch in batches), len(reader.schema), source)
            table = pa.Table.from_batches(batches, reader.schema)
            table.validate(full=True)  # what is damaged would be read beyond its end
            return table

    return from_arrow(_guarded(read, held, source), source)


def read_duckdb(path: Path, source: str, table: str, wanted: Wanted) -> Table:
    """A table in a DuckDB file, which is opened read-only; `table` "" means its only one, or that of a symbol."""
    import duckdb

    try:
        with duckdb.connect(str(path), read_only=True) as connection:
            chosen, symbol, notes = _choose_table(_names_of(connection), table, source, wanted)
            held = connection.sql(f"select * from {_quoted(chosen)}")
            fits(len(held), len(held.columns), source)
            found = held.to_arrow_table()
    except duckdb.OutOfMemoryException:
        raise MemoryError from None
    except duckdb.Error as error:
        raise DataError(f"{source} cannot be read as a DuckDB file: {error}") from None
    return replace(from_arrow(found, f"{source}#{chosen}", _INSTANTS), symbol=symbol, notes=notes)


def duckdb_tables(path: Path) -> list[str]:
    """The names of the tables in a DuckDB file."""
    import duckdb

    try:
        with duckdb.connect(str(path), read_only=True) as connection:
            return _names_of(connection)
    except duckdb.Error as error:
        raise DataError(f"{path.name} cannot be read as a DuckDB file: {error}") from None


def _names_of(connection: Any) -> list[str]:
    return [name for (name,) in connection.execute("select table_name from duckdb_tables() order by 1").fetchall()]


def from_capsule(data: Any, source: str) -> Table:
    """Whatever exports an Arrow stream: pyarrow, polars, pandas, duckdb. DataError where it cannot."""
    import pyarrow as pa

    zone = _INSTANTS if "duckdb" in type(data).__module__ else ""
    try:
        return from_arrow(data if isinstance(data, pa.Table) else pa.table(data), source, zone)
    except (DataError, MemoryError):
        raise
    except Exception as error:  # whatever the library that owns the object raises
        raise DataError(f"{source} cannot be read, {type(error).__name__}: {_first_sentence(error)}") from None


def _first_sentence(error: Exception) -> str:
    told = ", ".join(map(str, error.args)) or str(error)  # pyarrow adds the column as another argument
    return (told.splitlines() or [""])[0][:300]


_INSTANTS = "UTC"
"""DuckDB keeps instants and shows them in the machine's zone, which says nothing about the data."""


def from_arrow(table: pa.Table, source: str, zone: str = "") -> Table:
    """An Arrow table; numbers are not copied where they lie in one piece. Columns in columns become `mid.o`.

    zone: of its instants, where it is not that which they name.
    """
    from pyarrow import types

    while any(types.is_struct(field.type) for field in table.schema):
        table = table.flatten()
    names = distinct(table.column_names)
    columns = {name: column_of(column) for name, column in zip(names, table.columns, strict=True)}
    zones = {n: zone or told for n, field in zip(names, table.schema, strict=True) if (told := zone_of(field.type))}
    return Table(source, columns, zones, twice=tuple(repeated(table.column_names)))


def zone_of(kind: pa.DataType) -> str:
    """The zone of a type of times, "" where it is in none."""
    return getattr(kind, "tz", None) or ""


def to_column(values: Any) -> pa.ChunkedArray:
    """A column of another library that exports it as Arrow's."""
    import pyarrow as pa

    stream = hasattr(values, "__arrow_c_stream__")
    return pa.chunked_array(values) if stream else pa.chunked_array([pa.array(values)])


def column_of(column: pa.ChunkedArray) -> Column:
    """A column as an array, or as texts."""
    import pyarrow as pa
    from pyarrow import types

    kind = column.type
    if types.is_dictionary(kind):
        column = column.cast(kind.value_type)
        kind = column.type
    if getattr(kind, "extension_name", "") == "pandas.period":
        return _period_starts(column)
    if types.is_date(kind) or types.is_timestamp(kind):
        return _times(column)
    if types.is_boolean(kind) and column.null_count:
        return ["" if flag is None else str(flag) for flag in column.to_pylist()]
    if types.is_boolean(kind):
        flags: NDArray[np.bool_] = numbers_of(column.cast(pa.uint8())) == 1
        return flags
    if types.is_decimal(kind):
        return _decimals(column)
    if types.is_null(kind):
        return numbers_of(column.cast(pa.float64()))
    if types.is_integer(kind) or types.is_floating(kind):
        return numbers_of(column)
    return _texts(column)


def _texts(column: pa.ChunkedArray) -> list[str]:
    """Texts; one that stands on every row, as the name of a symbol does, is held once."""
    few = column.slice(0, 2).to_pylist() if _is_text(column.type) else []
    if len(few) == 2 and few[0] == few[1] and len(column.unique()) == 1:
        return ["" if few[0] is None else str(few[0])] * len(column)
    return ["" if text is None else str(text) for text in column.to_pylist()]


def _is_text(kind: pa.DataType) -> bool:
    from pyarrow import types

    return bool(types.is_string(kind) or types.is_large_string(kind))


def _period_starts(column: pa.ChunkedArray) -> NDArray[np.datetime64]:
    """Periods of pandas, which must be there for them to be known, as the times at which they begin."""
    import numpy as np

    begins = [np.asarray(chunk.to_pandas().dt.start_time, "datetime64[us]") for chunk in column.chunks]
    return np.concatenate(begins) if begins else np.empty(0, "datetime64[us]")


def _decimals(column: pa.ChunkedArray) -> NDArray[np.float64]:
    """Decimals as the nearest doubles; Arrow's own cast may miss them by the last bit.

    A whole number of 53 bits over a power of ten up to 10^22 is one division of exact doubles; any other goes by text.
    """
    import numpy as np
    import pyarrow as pa

    whole, kind = column.combine_chunks(), column.type
    if kind.bit_width == 128 and 0 <= kind.scale <= 22 and not whole.null_count and len(whole):
        low, high = np.frombuffer(whole.buffers()[1], np.int64).reshape(-1, 2)[whole.offset :][: len(whole)].T
        if low.min() >= -(2**53) and low.max() <= 2**53 and bool((high == low >> 63).all()):
            exact: NDArray[np.float64] = low / float(10**kind.scale)
            return exact
    return numbers_of(column.cast(pa.string()).cast(pa.float64()))


def _times(column: pa.ChunkedArray) -> NDArray[np.datetime64]:
    """Times as µs; what is finer is cut off. Stamps are converted here: a cast imports all of pyarrow's functions."""
    import pyarrow as pa
    from pyarrow import types

    if not types.is_timestamp(column.type):
        column = column.cast(pa.timestamp("us"))
    whole = pa.chunked_array([chunk.view(pa.int64()) for chunk in column.chunks], pa.int64())
    return _micros(numbers_of(whole, MISSING), column.type.unit).view("datetime64[us]")


def _micros(stamps: NDArray[np.int64], unit: str) -> NDArray[np.int64]:
    """Whole numbers of a unit as µs; cut off towards zero, as Arrow does it."""
    import numpy as np

    if unit == "us":
        return stamps
    moved = (stamps + np.where(stamps < 0, 999, 0)) // 1000 if unit == "ns" else stamps * _MICROS_OF[unit]
    return np.where(stamps == MISSING, MISSING, moved)


_MICROS_OF = {"s": 1_000_000, "ms": 1_000}


def numbers_of(column: pa.ChunkedArray, missing: float = float("nan")) -> NDArray[Any]:
    """Numbers in one piece without a copy; several pieces, and missing values, are copied.

    It goes through DLPack because pyarrow's own way to numpy imports all of pandas where that is installed.
    """
    import numpy as np
    import pyarrow as pa

    whole = column.chunk(0) if column.num_chunks == 1 else column.combine_chunks()
    if not whole.null_count:
        return np.from_dlpack(whole)
    absent = np.from_dlpack(whole.is_null().cast(pa.uint8())) == 1
    bare = pa.Array.from_buffers(whole.type, len(whole), [None, whole.buffers()[1]], offset=whole.offset)
    return np.where(absent, missing, np.from_dlpack(bare))


def _choose_table(names: Sequence[str], table: str, source: str, wanted: Wanted) -> tuple[str, str, tuple[str, ...]]:
    """The table that is named, the only one, or the one that is called as the symbol; that symbol, and notes."""
    if not names:
        raise DataError(f"{source} holds no table")
    if table in names:
        return table, "", ()
    if not table and len(names) == 1:
        return names[0], "", ()
    shown = ", ".join(names[:20])
    if table:
        raise DataError(f"{source} holds no table {table!r}; it holds {shown}")
    asked = (wanted.symbol or wanted.own).lower()
    if asked in (name.lower() for name in names):
        symbol, notes = choose_symbol(names, wanted, source)
        return symbol, symbol, notes
    raise DataError(f"{source} holds {len(names)} tables: choose one as {source}#{names[0]}; it holds {shown}")


def _guarded(read: Any, held: Path | bytes, source: str) -> pa.Table:
    """Reading faults of a broken file as DataError."""
    import pyarrow as pa

    try:
        return read(held)
    except MemoryError:  # pyarrow's is one of its exceptions, too
        raise
    except (pa.ArrowException, OSError) as error:
        raise DataError(f"{source} cannot be read: {str(error).splitlines()[0]}") from None


def _quoted(name: str) -> str:
    """A name of a table in SQL."""
    return '"' + name.replace('"', '""') + '"'

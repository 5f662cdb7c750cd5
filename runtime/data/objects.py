"""Data that a program holds in memory: frames and tables, series of closes, mappings and structured arrays."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from .errors import DataError
from .headers import distinct, field_of, repeated
from .table import Column, Table, Wanted

if TYPE_CHECKING:
    from numpy.typing import NDArray

_EXPECTED = (
    "expected a path, sample:NAME, a table with the Arrow PyCapsule interface (pyarrow, pandas, polars, duckdb), or a "
    "mapping of arrays with ts, open, high, low, close and volume"
)


def read_object(data: Any, wanted: Wanted) -> Table:
    """The table that an object holds; DataError says what is expected of one that holds none."""
    if _is_series(data):
        return _of_series(data)
    if hasattr(data, "__arrow_c_stream__") and not isinstance(data, type):
        from .arrow import from_capsule

        return from_capsule(data, "the table")
    if isinstance(data, Mapping):
        if not data:
            raise DataError(f"the data are an empty mapping; {_EXPECTED}, or of symbols to the data of each")
        return _of_columns([(str(name), values) for name, values in data.items()], wanted)
    names = getattr(getattr(data, "dtype", None), "names", None)
    if isinstance(names, tuple):  # numpy's structured arrays
        return _of_columns([(name, data[name]) for name in names], wanted)
    raise DataError(f"data of type {type(data).__name__} cannot be read; {_EXPECTED}{_hint(data)}")


def _hint(data: Any) -> str:
    """The way on from what people try."""
    if isinstance(data, type):
        return ""
    if hasattr(data, "collect"):
        return "; give what its `collect()` returns"
    if hasattr(data, "shape"):
        return '; give its columns by name, as {"ts": a[:, 0], "close": a[:, 1]}'
    if isinstance(data, (list, tuple)):
        return '; rows become a table by pandas.DataFrame(rows, columns=["ts", "open", "high", "low", "close"])'
    return ""


# --- series --------------------------------------------------------------------------------------------


def _is_series(data: Any) -> bool:
    """One column with times beside it, as pandas keeps it."""
    return all(hasattr(data, name) for name in ("to_frame", "index", "name", "dtype"))


def _of_series(data: Any) -> Table:
    """A series of closes; a name that is no word for prices is the symbol's."""
    from .arrow import from_capsule

    levels = data.name if isinstance(data.name, tuple) else (data.name,)  # one column of two levels
    name = next((level for level in levels if isinstance(level, str) and not field_of(level)), "")
    try:
        frame = data.to_frame("close")
    except Exception as error:  # whatever the library that owns the object raises
        raise DataError(f"the series cannot be read, {type(error).__name__}: {error}") from None
    table = from_capsule(frame, "the series")
    return replace(table, symbol=name)


# --- columns by name -----------------------------------------------------------------------------------


def _of_columns(given: list[tuple[str, Any]], wanted: Wanted) -> Table:
    """Columns in memory."""
    names = distinct([name for name, _ in given])
    held = {name: _guarded(_column, values, name) for name, (_, values) in zip(names, given, strict=True)}
    columns: dict[str, Column] = {name: column for name, (column, _) in held.items()}
    _same_length(columns)
    twice = tuple(repeated([name for name, _ in given]))
    zones = {name: zone for name, (_, zone) in held.items() if zone}
    return Table("the data", columns, zones, twice=twice)


def _guarded(read: Callable[[Any], tuple[Column, str]], values: Any, name: str) -> tuple[Column, str]:
    """What a foreign object raises while it becomes a column, as DataError that names the column."""
    try:
        return read(values)
    except Exception as error:
        told = (str(error).splitlines() or [""])[0][:200]
        expected = "expected one number or text a bar"
        raise DataError(f"column {name!r} of the data cannot be read: {told}; {expected}") from None


def _column(values: Any) -> tuple[Column, str]:
    """A column given in memory, and the zone of its times, "" for none; arrays are taken as they are."""
    import numpy as np

    if isinstance(values, (str, bytes)) or not isinstance(values, Iterable):
        raise ValueError(f"it is {values!r:.60}")
    if zone := getattr(getattr(values, "dtype", None), "tz", None):  # pandas keeps instants of a zone as UTC
        return np.asarray(values, dtype="datetime64[us]"), str(zone)
    if _is_arrow(values):
        from .arrow import column_of, to_column, zone_of

        column = to_column(values)
        return column_of(column), zone_of(column.type)
    array = _unmasked(values) if isinstance(values, np.ma.MaskedArray) else np.asarray(values)
    if array.ndim != 1:
        raise ValueError(f"it has {array.ndim} dimensions")
    if array.dtype.kind == "S":
        return [text.decode("utf-8", "replace") for text in array.tolist()], ""
    return ([_text(value) for value in array] if array.dtype.kind in "OU" else array), ""


def _is_arrow(values: Any) -> bool:
    """Whether a column is one of pyarrow or polars; as an array it would lose its zone."""
    exports = hasattr(values, "__arrow_c_stream__") or hasattr(values, "__arrow_c_array__")
    return exports and not hasattr(values, "iloc")  # pandas' series are arrays already


def _text(value: object) -> str:
    """A cell as text; nothing where it is one of the ways to say so, and a period of pandas as its begin."""
    value = getattr(value, "start_time", value)
    return "" if value is None or (text := str(value)) in ("<NA>", "NaT") else text


def _unmasked(values: Any) -> NDArray[Any]:
    """A masked array with what is masked missing."""
    import numpy as np

    kind = values.dtype.kind
    if kind == "b":  # which cannot be missing: as texts, one that is will be told
        return np.asarray(values.astype(object).filled("")) if np.ma.is_masked(values) else np.asarray(values)
    if kind in "iu":
        values = values.astype(np.float64)
    missing: Any = np.datetime64("NaT") if kind == "M" else np.nan if kind in "iuf" else ""
    return np.asarray(values.filled(missing))


def _same_length(columns: Mapping[str, Column]) -> None:
    lengths = {name: len(column) for name, column in columns.items()}
    if len(set(lengths.values())) > 1:
        told = ", ".join(f"{name} {length}" for name, length in list(lengths.items())[:12])
        raise DataError(f"the data has columns of different lengths: {told}")

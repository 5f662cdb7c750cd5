"""The tables of a result as frames of pandas or polars, where those are installed; and as HTML for notebooks."""

from __future__ import annotations

import html
from importlib import import_module
from typing import TYPE_CHECKING, Any

from ...lang.diagnostics.brief import brief
from ...lang.diagnostics.suggest import nearest
from ..errors import UsageFault

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl
    import pyarrow as pa

    from .result import Result

TABLES = ("equity", "trades", "orders", "daily", "daily_parts", "flows", "monitors", "attribution", "by_strategy",
          "limits", "effects", "groups")  # fmt: skip
_INDEX = {"equity": "ts", "daily": "day"}
"""Columns of which each row has a value of its own."""
_SHOWN = 20
"""Rows of a long table that a notebook shows."""


def table_of(result: Result, name: object) -> pa.Table:
    """A table of the result by its name; UsageFault names the nearest."""
    if not isinstance(name, str) or name not in TABLES:
        close = nearest(name, TABLES) if isinstance(name, str) else None
        told = f"did you mean `{close}`?" if close else f"there are {', '.join(TABLES)}"
        raise UsageFault(f"a result has no table {brief(name)}: {told}")
    found: pa.Table = result.groups.table if name == "groups" else getattr(result, name)
    return found


def to_pandas(result: Result, name: str) -> pd.DataFrame:
    """See `Result.to_pandas`."""
    table = table_of(result, name)
    _installed("pandas")
    frame: pd.DataFrame = table.to_pandas()
    return frame.set_index(_INDEX[name]) if name in _INDEX else frame


def to_polars(result: Result, name: str) -> pl.DataFrame:
    """See `Result.to_polars`."""
    table = table_of(result, name)
    frame: pl.DataFrame = _installed("polars").from_arrow(table)
    return frame


def _installed(library: str) -> Any:
    """The library; UsageFault where there is none."""
    try:
        return import_module(library)
    except ImportError as fault:
        raise UsageFault(f"{library} is not installed, or cannot be imported ({fault}): `pip install {library}`; the "
                         "tables of a result are pyarrow's, `result.trades.to_pylist()`") from None  # fmt: skip


def html_table(table: pa.Table, title: str = "") -> str:
    """A table for a notebook: all of it, or the first and the last rows of a long one."""
    count, names = table.num_rows, table.column_names
    whole = count <= _SHOWN
    parts = [table] if whole else [table.slice(0, _SHOWN // 2), table.slice(count - _SHOWN // 2)]
    gap = f"<tr><td colspan='{len(names)}'>… {count - _SHOWN:,} rows …</td></tr>"
    rows = gap.join("".join(map(_row, (tuple(row[n] for n in names) for row in part.to_pylist()))) for part in parts)
    head = "".join(f"<th>{html.escape(name)}</th>" for name in names)
    caption = f"<caption>{html.escape(title or f'{count:,} rows')}</caption>"
    return f"<table>{caption}<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"


def _row(values: tuple[object, ...]) -> str:
    return f"<tr>{''.join(f'<td>{html.escape(_cell(value))}</td>' for value in values)}</tr>"


def _cell(value: object) -> str:
    if value is None or value != value:
        return ""
    return f"{value:.6g}" if isinstance(value, float) else str(value)

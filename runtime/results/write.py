"""A result on disk: `result.json`, the tables `trades`, `orders`, `equity` and `daily` as CSV or Parquet; no loss.

`monitors` is a table more where their readings were kept, with `daily_parts` where there are several symbols, `flows`
where money was paid in or taken out, `groups` where groups of symbols are declared; of a portfolio of strategies there
are `strategies` and `limits` besides.

In CSV times are ISO 8601 in UTC, numbers the shortest text that reads back to the same bits, a missing value is empty.
The files of a run take their places together when all of them are written (`folder`): no reader sees half of one.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from ..errors import UsageFault
from ..limits import look
from ..progress import stage
from ..trading.rows import RECORD_COLUMNS
from .cells import as_meant, harmless
from .daily import PARTS, daily_parts_table, daily_table
from .folder import settle, together
from .interval import interval
from .iso import iso
from .metrics.run import Measured
from .several.groups import COLUMNS as OF_GROUPS
from .several.groups import Groups
from .stats import summary_document
from .strategies.attribution import limits_table, strategies_table
from .tables import equity_table, flows_table, monitors_table, orders_table, trades_table

if TYPE_CHECKING:
    import pyarrow as pa

RESULT, REPORT, PDF = "result.json", "report.html", "report.pdf"
TABLES, MONITORS, FLOWS, DAILY_PARTS = ("trades", "orders", "equity", "daily"), "monitors", "flows", "daily_parts"
STRATEGIES, LIMITS, GROUPS = "strategies", "limits", "groups"
EVERY_TABLE = (*TABLES, MONITORS, DAILY_PARTS, FLOWS, GROUPS, STRATEGIES, LIMITS)
CSV, PARQUET = "csv", "parquet"
FORMATS = (CSV, PARQUET)
"""What tables are written as; a file is called as its table and its format."""


@dataclass(frozen=True, slots=True, eq=False)
class Saved:
    """What `write` wrote, read back."""

    document: Mapping[str, Any]
    trades: pa.Table
    orders: pa.Table
    equity: pa.Table
    daily: pa.Table
    monitors: pa.Table | None = None
    flows: pa.Table | None = None
    daily_parts: pa.Table | None = None
    groups: pa.Table | None = None


def write(
    run: Measured, folder: str | os.PathLike[str], report: str | None = None, format: str = CSV,
    pdf: bytes | None = None,
) -> tuple[Path, ...]:  # fmt: skip
    """Write the document, the tables, the text of a report and a printed one, all or none of them; gives their paths.

    The folder is made where it is missing. What was written there of an earlier run and is not written again (its
    report, its monitors, its tables in another format) goes with it. UsageFault: there is no such format.
    """
    fill = _writer(format)
    place = Path(folder)
    document = summary_document(run) | {"interval": interval(run).document()}
    tables = {"trades": trades_table(run.output), "orders": orders_table(run.output), "equity": equity_table(run)}
    tables["daily"] = daily_table(run)
    if run.output.records is not None:
        tables |= {} if run.output.several is None else {DAILY_PARTS: daily_parts_table(run)}
        tables[MONITORS] = monitors_table(run.output)
    if groups := Groups(run):
        tables[GROUPS] = groups.table
    if run.output.strategies is not None:
        tables |= {STRATEGIES: strategies_table(run), LIMITS: limits_table(run)}
    if len(run.output.orders) and len(moved := flows_table(run.output)):
        tables[FLOWS] = moved
    every = {f"{name}.{kind}" for name in EVERY_TABLE for kind in FORMATS} | {REPORT, PDF}
    pages = {name for name, made in ((REPORT, report), (PDF, pdf)) if made is not None}
    others = every - {f"{name}.{format}" for name in tables} - pages
    earlier = sorted(others) if os.path.isfile(place / RESULT) else ()
    look()
    with together(place, earlier) as files:
        paths = [files.write(RESULT, lambda file: file.write(json_bytes(document)))]
        paths += [files.write(f"{name}.{format}", partial(fill, table)) for name, table in tables.items()]
        if report is not None:
            paths.append(files.write(REPORT, lambda file: file.write(report.encode())))
        if pdf is not None:
            paths.append(files.write(PDF, lambda file: file.write(pdf)))
    return tuple(paths)


def _writer(format: str) -> Callable[[pa.Table, IO[bytes]], None]:
    if format not in FORMATS:
        raise UsageFault(f"format: expected {' or '.join(FORMATS)}, found {format!r}")
    return fill_csv if format == CSV else fill_parquet


def json_bytes(document: Mapping[str, object]) -> bytes:
    """A document as JSON of UTF-8, with a line end."""
    return (json.dumps(document, ensure_ascii=False, allow_nan=False, indent=2) + "\n").encode()


def fill_csv(table: pa.Table, file: IO[bytes]) -> None:
    """Write a table as CSV, a block of rows at a time."""
    told = stage("writing tables", len(table))
    file.write((",".join(table.schema.names) + "\n").encode())
    for start in range(0, len(table), _BLOCK):
        file.write(csv_lines(table.slice(start, _BLOCK)))
        told(start + _BLOCK)
        look()


def fill_parquet(table: pa.Table, file: IO[bytes]) -> None:
    """Write a table as Parquet, as it is."""
    from pyarrow import parquet

    stage("writing tables")
    parquet.write_table(table, file)


_BLOCK = 65_536


def read(folder: str | os.PathLike[str]) -> Saved:
    """What `write` left in a folder, in whichever format."""
    from pyarrow import parquet

    place = Path(folder)
    settle(place)
    document = json.loads((place / RESULT).read_bytes())
    kind = PARQUET if (place / f"{TABLES[0]}.{PARQUET}").is_file() else CSV
    others = (MONITORS, FLOWS, DAILY_PARTS, GROUPS)
    there = [*TABLES, *(name for name in others if (place / f"{name}.{kind}").is_file())]
    if kind == PARQUET:
        return Saved(document, **{name: parquet.read_table(place / f"{name}.{PARQUET}") for name in there})
    return Saved(document, **{name: _read_csv(place / f"{name}.{CSV}", _COLUMNS[name]) for name in there})


def csv_lines(table: pa.Table) -> bytes:
    """The rows as lines of CSV; texts are quoted only where they must be."""
    import pyarrow.compute as pc

    if not table.num_columns or not len(table):
        return b""
    cells = [pc.fill_null(_cells(column), "") for column in table.combine_chunks().columns]
    lines = pc.binary_join_element_wise(pc.binary_join_element_wise(*cells, ","), "\n", "").combine_chunks()
    letters: bytes = lines.buffers()[2].to_pybytes()  # the texts of a column lie one after another
    return letters


def _cells(column: Any) -> Any:
    import pyarrow as pa
    import pyarrow.compute as pc

    if pa.types.is_timestamp(column.type):
        return _iso(column)
    if not pa.types.is_string(column.type):
        return column.cast(pa.string())
    column = harmless(column)
    doubled = pc.replace_substring(column, '"', '""')
    return pc.if_else(
        pc.match_substring_regex(column, r'[",\r\n]'), pc.binary_join_element_wise('"', doubled, '"', ""), column
    )


def _iso(column: Any) -> Any:
    """Times as ISO 8601; a fraction of a second only where the block has one."""
    import pyarrow as pa
    import pyarrow.compute as pc

    texts = iso(pc.fill_null(column.cast(pa.int64()), 0).to_numpy())
    return pc.if_else(column.is_valid(), texts, "") if column.null_count else texts


def _read_csv(path: Path, columns: str) -> pa.Table:
    """A table of columns `name:type`."""
    import pyarrow as pa
    from pyarrow import csv

    kinds = {
        "text": pa.string(),
        "number": pa.float64(),
        "whole": pa.int64(),
        "flag": pa.bool_(),
        "time": pa.timestamp("us", tz="UTC"),
        "date": pa.date32(),
    }
    types = {name: kinds[kind] for name, kind in (column.split(":") for column in columns.split())}
    parse = csv.ParseOptions(newlines_in_values=True)
    table = csv.read_csv(path, parse_options=parse, convert_options=csv.ConvertOptions(column_types=types))
    plain = [as_meant(column) if pa.types.is_string(column.type) else column for column in table.columns]
    return pa.table(dict(zip(table.schema.names, plain, strict=True)))


_COLUMNS = {
    "trades": "id:whole strategy:text symbol:text currency:text side:text quantity:number entry_time:time "
    "entry_price:number exit_time:time exit_price:number fees:number pnl:number return:number bars:whole "
    "mae:number mfe:number entry_reason:text exit_reason:text exit_level:text exit_because:text stop:number "
    "target:number ambiguous:flag entry_moment:text exit_moment:text",
    "orders": "order:whole strategy:text symbol:text currency:text statement:text kind:text side:text status:text "
    "reason:text time:time asked:number got:number fill_time:time fill_moment:text fill_price:number stop:number "
    "target:number because:text type:text limit:number trigger:number",
    "equity": "ts:time equity:number cash:number position:number symbols_held:number gross:number net:number "
    "drawdown:number flow:number growth:number",
    "daily": "day:date " + " ".join(f"{name}:number" for name in (*PARTS, "pnl", "flow", "equity", "return"))
    + " trades:whole",
    "daily_parts": "day:date strategy:text symbol:text " + " ".join(f"{name}:number" for name in (*PARTS, "pnl")),
    "groups": "ts:time group:text " + " ".join(f"{name}:number" for name in OF_GROUPS),
    "flows": "ts:time kind:text asked:number got:number status:text reason:text",
    "monitors": " ".join(
        ["ts:time strategy:text symbol:text phase:text", *(f"{name}:number" for name in RECORD_COLUMNS[2:])]
    ),
}

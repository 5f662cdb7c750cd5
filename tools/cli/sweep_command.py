"""`strat sweep FILE --data SRC --grid NAME=VALUES…`: every combination of parameters, best first."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .console import UsageError, print_json, read_source, say, write_text, write_whole
from .options import data_arguments, data_options, failures, run_arguments, run_options
from .progress import progress

if TYPE_CHECKING:
    import pyarrow as pa

EXAMPLE = (
    "strat sweep strategies/golden_cross.strat --data sample:AAPL --grid fast=10:60:10 --grid slow=100,150,200 "
    "--metric sharpe"
)
_SHOWN = 20
"""Rows printed of a longer table."""

_MOST = 1_000_000


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", help="a .strat file, or - for standard input")
    parser.add_argument(
        "--grid", action="append", required=True, metavar="NAME=VALUES",
        help="values of a parameter (repeatable): A,B,C, or LO:HI:STEP, which ends before HI as a range in Python does",
    )  # fmt: skip
    parser.add_argument("--metric", default="return", metavar="NAME", help="the statistic to rank by (return)")
    parser.add_argument("--threads", type=int, metavar="N", help="processors to use (all)")
    data_options(parser)
    run_options(parser)
    parser.add_argument("--out", metavar="FILE", help="write all rows to a .csv, .parquet or .json file")
    parser.add_argument("--json", action="store_true", help="one JSON document: {combinations, skipped, metric, rows}")


def run(arguments: argparse.Namespace) -> int:
    from ...runtime.compiled.program import CompiledProgram
    from ...runtime.sweep import best_first, sweep

    grid = read_grid(arguments.grid)
    if arguments.out:
        _check_suffix(arguments.out)
    with failures(), progress() as tell:
        program = CompiledProgram(read_source(arguments.file), arguments.file, timezone=arguments.tz)
        if program.kept.warnings:
            say(program.kept.warnings + "\n")
        options = {**run_arguments(arguments), **data_arguments(arguments)}
        table = sweep(
            program, arguments.data, grid, metric=arguments.metric, threads=arguments.threads,
            progress=partial(tell, "sweeping"), **options,
        )  # fmt: skip
    table = best_first(table, arguments.metric)
    if arguments.out:
        _write(table, arguments.out)
    if arguments.json:
        print_json(_document(table))
    else:
        print("\n".join(_lines(table, arguments)))
    return 0


def read_grid(given: list[str]) -> dict[str, list[str]]:
    """`["fast=5:25:1", "slow=30,60"]` as values by name; UsageError says which part is wrong."""
    grid: dict[str, list[str]] = {}
    for text in given:
        name, equals, values = (part.strip() for part in text.partition("="))
        if not equals or not name or not values:
            raise UsageError(f"--grid: expected NAME=LO:HI:STEP or NAME=A,B,C, found {text!r}")
        if name in grid:
            raise UsageError(f"--grid names {name} twice: give all its values in one")
        grid[name] = _range(text, values) if ":" in values else [value.strip() for value in values.split(",")]
    return grid


def _range(text: str, values: str) -> list[str]:
    """LO:HI:STEP, counted in decimals so that no step is off by a rounding; a % is kept."""
    parts = values.split(":")
    suffix = "%" if all(part.strip().endswith("%") for part in parts) else ""
    try:
        numbers = [Decimal(part.strip().removesuffix(suffix) if suffix else part.strip()) for part in parts]
    except InvalidOperation:
        raise UsageError(f"--grid: expected numbers LO:HI:STEP, found {text!r}") from None
    if len(numbers) == 2:
        numbers.append(Decimal(1))
    if len(numbers) != 3 or not all(number.is_finite() for number in numbers) or numbers[2] <= 0:
        raise UsageError(f"--grid: expected LO:HI:STEP with a STEP above 0, found {text!r}")
    low, high, step = numbers
    if low >= high:
        raise UsageError(f"--grid: LO:HI:STEP goes up from LO and ends before HI, so {text!r} has no values")
    if (high - low) / step > _MOST:
        raise UsageError(f"--grid: {text!r} has more than {_MOST:,} values")
    found = []
    while low < high:
        found.append(f"{low:f}{suffix}")
        low += step
    return found


def _metadata(table: pa.Table) -> Mapping[str, str]:
    return {name.decode(): value.decode() for name, value in table.schema.metadata.items()}


def _document(table: pa.Table) -> dict[str, Any]:
    told = _metadata(table)
    counts = {name: int(told[name]) for name in ("combinations", "skipped")}
    rest = {name: value for name, value in told.items() if name not in counts}
    return {**counts, **rest, "rows": table.to_pylist()}


def _lines(table: pa.Table, arguments: argparse.Namespace) -> list[str]:
    """The best rows as a table, and what was skipped."""
    from ...runtime.results.format import counted

    told = _metadata(table)
    best = table.slice(0, _SHOWN).to_pylist()
    rows = [[*table.column_names], *([_shown(value) for value in row.values()] for row in best)]
    widths = [max(len(row[place]) for row in rows) for place in range(len(rows[0]))]
    lines = ["  ".join(cell.rjust(width) for cell, width in zip(row, widths, strict=True)) for row in rows]
    skipped = int(told["skipped"])
    told_of = counted(table.num_rows, "combination")
    if skipped:
        told_of += f", {skipped:,} skipped because a `require` does not hold for them"
    if table.num_rows > _SHOWN:
        told_of += f"; the best {_SHOWN} by {arguments.metric} are shown"
    return [*lines, "", told_of + (f"; all are in {arguments.out}" if arguments.out else "")]


def _shown(value: object) -> str:
    if value is None:
        return "-"
    if isinstance(value, float):
        return f"{value:.6g}" if abs(value) < 100_000 else f"{value:.2f}"
    return str(value).lower()


def _check_suffix(path: str) -> None:
    if Path(path).suffix.lower() not in _WRITERS:
        raise UsageError(f"--out takes a {', '.join(sorted(_WRITERS))} file, found {path}")


def _write(table: pa.Table, path: str) -> None:
    _WRITERS[Path(path).suffix.lower()](table, path)


def _csv(table: pa.Table, path: str) -> None:
    rows = [table.column_names, *([_cell(value) for value in row.values()] for row in table.to_pylist())]
    write_text(path, "".join(",".join(row) + "\n" for row in rows))


def _cell(value: object) -> str:
    """The shortest text that reads back to the same number; nothing where there is none."""
    return "" if value is None else repr(value) if isinstance(value, float) else str(value).lower()


def _parquet(table: pa.Table, path: str) -> None:
    from pyarrow import parquet

    write_whole(path, lambda file: parquet.write_table(table, file))


def _json(table: pa.Table, path: str) -> None:
    import json

    write_text(path, json.dumps(_document(table), ensure_ascii=False, allow_nan=False, indent=2) + "\n")


_WRITERS: dict[str, Callable[[Any, str], None]] = {".csv": _csv, ".parquet": _parquet, ".json": _json}

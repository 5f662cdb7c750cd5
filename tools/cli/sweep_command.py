"""`strat sweep FILE --data SRC --grid NAME=VALUES…`: every combination of parameters, best first."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from ...lang.diagnostics.brief import one_line
from ...runtime.results.format import counted
from ...runtime.results.summary import assumed
from ...runtime.results.write import fill_csv, fill_parquet
from ...runtime.sweep.about import About
from ...runtime.sweep.grid import MOST
from ...runtime.sweep.page import page
from ..terminal.arguments import count, place
from ..terminal.console import (
    UsageError,
    check_out,
    coloured,
    columns,
    print_json,
    read_source,
    say,
    shows_unicode,
    write_text,
    write_whole,
)
from ..terminal.options import data_arguments, data_options, failures, run_arguments, run_options
from ..terminal.progress import progress
from ..terminal.sweep_grid import read_grid
from ..terminal.sweep_lines import Swept, document_of, lines_of

if TYPE_CHECKING:

    pass

EXAMPLE = (
    "strat sweep strategies/golden_cross.strat --data sample:AAPL --grid fast=10:60:10 --grid slow=100,150,200 "
    "--metric sharpe"
)


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", help="a .strat file, or - for standard input")
    parser.add_argument(
        "--grid", action="append", required=True, metavar="NAME[=VALUES]",
        help="values of a parameter (repeatable): A,B,C, or LO:HI:STEP with both ends; if none are said, its domain",
    )  # fmt: skip
    parser.add_argument("--metric", default="return", metavar="NAME", help="the statistic to rank by (return)")
    parser.add_argument("--where", action="append", default=[], metavar="C", help="keep rows such as trades>=30")
    parser.add_argument("--limit", type=count, default=MOST, metavar="N", help=f"the most combinations ({MOST:,})")
    parser.add_argument("--threads", type=int, metavar="N", help="processors to use (all)")
    data_options(parser)
    run_options(parser)
    what = "a .csv, .parquet or .json file for all rows, or a map as .html"
    parser.add_argument("--out", type=place, metavar="FILE", help=what)
    parser.add_argument("--json", action="store_true", help="one JSON document: {combinations, skipped, metric, rows}")


def run(arguments: argparse.Namespace) -> int:
    from ...runtime.compiled.program import CompiledProgram
    from ...runtime.sweep import best_first, sweep

    if arguments.out:
        _check_suffix(arguments.out)
    check_out(arguments.out)
    with failures(), progress():
        program = CompiledProgram(read_source(arguments.file), arguments.file, timezone=arguments.tz)
        if program.kept.warnings:
            say(program.kept.warnings + "\n")
        grid = read_grid(arguments.grid, program.plan.params)
        options = {**run_arguments(arguments), **data_arguments(arguments)}
        table = sweep(
            program, arguments.data, grid, metric=arguments.metric, where=arguments.where, limit=arguments.limit,
            threads=arguments.threads, announce=_announce, **options,
        )  # fmt: skip
    found = Swept(best_first(table, arguments.metric), arguments.metric, program.plan, tuple(grid))
    if arguments.out:
        _write(found, arguments.out)
    if arguments.json:
        print_json(document_of(found.table))
    else:
        look = {"colour": coloured(sys.stdout), "unicode": shows_unicode(sys.stdout)}
        print("\n".join(lines_of(found, arguments.out, **look, width=columns(sys.stdout))))
    return 0


def _announce(told: About) -> None:
    """Notes on the data; and what will be run, where it takes more than a second or a hundred megabytes."""
    for note in told.notes:
        say(one_line(f"note: {note}"))
    if told.seconds >= 1.0 or told.memory >= 1e8:
        say(f"sweeping {told}")


def _check_suffix(path: str) -> None:
    if Path(path).suffix.lower() not in _WRITERS:
        raise UsageError(f"--out takes a {', '.join(sorted(_WRITERS))} file, found {path}")


def _write(found: Swept, path: str) -> None:
    _WRITERS[Path(path).suffix.lower()](found, path)


def _csv(found: Swept, path: str) -> None:
    write_whole(path, partial(fill_csv, found.table))


def _parquet(found: Swept, path: str) -> None:
    write_whole(path, partial(fill_parquet, found.table))


def _json(found: Swept, path: str) -> None:
    write_text(path, json.dumps(document_of(found.table), ensure_ascii=False, allow_nan=False, indent=2) + "\n")


def _html(found: Swept, path: str) -> None:
    title = f"Sweep of {found.told['strategy'] or 'a strategy'}"
    write_text(path, page(title, found.table, found.surface, _told(found), found.written))


def _told(found: Swept) -> Iterator[str]:
    """What a page says above its map, as the summary of a run does below its numbers."""
    told = found.told
    period = f"{told['from'][:10]} → {told['to'][:10]} · {counted(int(told['bars']), 'bar')}"
    yield f"{told['symbol']} {told['timeframe']} · {period}"
    yield found.about()
    fixed = json.loads(told["params"])
    if fixed:
        yield "with " + ", ".join(f"{name} {found.written(name, value)}" for name, value in fixed.items())
    yield assumed(json.loads(told["assumptions"]))
    yield from (f"note: {note}" for note in json.loads(told["notes"]))


_WRITERS: dict[str, Callable[[Swept, str], None]] = {".csv": _csv, ".parquet": _parquet, ".json": _json, ".html": _html}

"""`strat eval EXPR --data SRC`: one expression over data, as a table."""

from __future__ import annotations

import argparse
import math
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from functools import partial
from pathlib import Path
from typing import Any

from ...lang.diagnostics.brief import one_line
from ...runtime.progress import stage
from ..terminal.arguments import count, place
from ..terminal.console import (
    UsageError,
    check_out,
    print_json,
    read_source,
    say,
    settings,
    show,
    show_diagnostics,
    write_whole,
)
from ..terminal.glance import ends, glance
from ..terminal.options import data_arguments, data_options, failures
from ..terminal.progress import progress

EXAMPLE = "strat eval 'rsi(close, 14)' --data sample:AAPL"


def configure(parser: argparse.ArgumentParser) -> None:
    parser.description = "Over several symbols there is a column for each, with nothing where a symbol has no bar."
    parser.add_argument("expression", metavar="EXPR", help="an expression, or FILE:NAME for a definition of a file")
    data_options(parser)
    parser.add_argument("--param", action="append", default=[], metavar="K=V", help="set a parameter of FILE")
    parser.add_argument("--tick", metavar="V", help="how much a tick is")
    parser.add_argument("--engine", choices=("native", "interpreted"), default="native")
    parser.add_argument("--head", type=count, metavar="N", help="only the first N rows")
    parser.add_argument("--tail", type=count, metavar="N", help="only the last N rows")
    parser.add_argument("--all", action="store_true", help="every row on a terminal too; a pipe gets them anyway")
    what = "write a .csv, .parquet, .arrow or .feather file instead"
    parser.add_argument("--out", type=place, metavar="FILE", help=what)
    parser.add_argument("--json", action="store_true", help="one JSON document: {columns, ts, values}")


def run(arguments: argparse.Namespace) -> int:
    if arguments.out and _suffix(arguments.out) not in _WRITERS:
        raise UsageError(f"--out takes a {', '.join(_WRITERS)} file, found {arguments.out}")
    if arguments.out and arguments.json:
        raise UsageError("--json prints a document and --out writes a file instead: give one of the two")
    if arguments.all and (arguments.head is not None or arguments.tail is not None):
        raise UsageError("--all is every row, --head and --tail are some: give one or the others")
    if arguments.fx:
        raise UsageError("--fx converts the money of a run, and an expression has none: read the pair's bars as those "
                         "of a symbol, --data EURUSD.csv beside the others, and `close of EURUSD`")  # fmt: skip
    if arguments.magnify:
        raise UsageError("--magnify says in which order a bar's prices came, and an expression meets none of them: "
                         "leave it out")  # fmt: skip
    check_out(arguments.out)
    with failures(), progress():
        bars, columns = _columns(arguments)
    for note in bars.notes:
        say(one_line(f"note: {note}"))
    with progress() if arguments.out else nullcontext():
        _show(arguments, bars, columns)
    return 0


def _show(arguments: argparse.Namespace, bars: Any, columns: Mapping[str, Any]) -> None:
    blocks = ends(len(bars), arguments.head, arguments.tail)
    if sys.stdout.isatty() and not (arguments.all or arguments.json or arguments.out):
        show(glance(bars.ts, columns, blocks, bars.daily))
    elif arguments.head is None and arguments.tail is None:
        _hand_out(arguments, bars.ts, columns)
    else:
        _hand_out(arguments, *_cut(bars.ts, columns, blocks))


def _hand_out(arguments: argparse.Namespace, ts: Any, columns: Mapping[str, Any]) -> None:
    if arguments.out:
        _WRITERS[_suffix(arguments.out)](arguments.out, ts, columns)
    elif arguments.json:
        from ...runtime.results.iso import iso_texts

        values = {name: [_plain(v) for v in column.tolist()] for name, column in columns.items()}
        print_json({"columns": list(columns), "ts": iso_texts(ts), "values": values})
    else:
        for line in _lines(ts, columns):
            sys.stdout.write(line)


def _cut(ts: Any, columns: Mapping[str, Any], blocks: Sequence[range]) -> tuple[Any, dict[str, Any]]:
    """The rows of the blocks alone."""
    import numpy as np

    kept = np.concatenate([np.arange(block.start, block.stop) for block in blocks])
    return ts[kept], {name: column[kept] for name, column in columns.items()}


def _columns(arguments: argparse.Namespace) -> tuple[Any, dict[str, Any]]:
    from ...lang.compile import compile_expression, compile_text
    from ...runtime.run.evaluate import Alone, evaluated

    text = arguments.expression
    options = {n: v for n, v in data_arguments(arguments).items() if v is not None}
    options |= {n: v for n, v in (("tz", arguments.tz), ("tick", arguments.tick)) if v is not None}
    options["params"] = settings(arguments.param, "--param NAME=VALUE")
    path, _, name = text.rpartition(":")
    of_file = path.endswith(".strat")
    if of_file:
        program = compile_text(read_source(path), path, timezone=arguments.tz)
    else:
        program, name = compile_expression(text, timezone=arguments.tz), "value"
    show_diagnostics([d for d in program.diagnostics if d.severity == "warning"], program.sources)
    found = evaluated(program, name, arguments.data, engine=arguments.engine, source=path, **options)
    if isinstance(found, Alone):
        columns = found.columns
        return found.bars, columns if of_file else {n.removeprefix("value."): each for n, each in columns.items()}
    of_each = {each.removeprefix(name): found.side_by_side(each) for each in found.values}
    return found.bars, {f"{symbol}{field}": of_each[field][symbol] for symbol in found.symbols for field in of_each}


def _lines(ts: Any, columns: Mapping[str, Any]) -> Iterator[str]:
    """The table as CSV, a block of rows at a time."""
    from ...runtime.results.iso import iso_texts

    told = stage("writing", len(ts))
    yield ",".join(["ts", *columns]) + "\n"
    for at in range(0, len(ts), _BLOCK):
        part = slice(at, at + _BLOCK)
        cells = [iso_texts(ts[part]), *(_cells(column[part]) for column in columns.values())]
        yield "\n".join(map(",".join, zip(*cells, strict=True))) + "\n"
        told(at + _BLOCK)


_BLOCK = 16_384


def _cells(column: Any) -> list[str]:
    """A column's cells as texts; a symbol that has no bar there has nothing."""
    import numpy as np

    texts = _texts(np.asarray(column).tolist())
    if not isinstance(column, np.ma.MaskedArray):
        return texts
    absent = np.ma.getmaskarray(column).tolist()
    return ["" if nothing else text for text, nothing in zip(texts, absent, strict=True)]


def _texts(values: list[Any]) -> list[str]:
    """Numbers as the shortest text that reads back to the same bits, as in every table; a missing one as nothing."""
    if values and isinstance(values[0], bool):
        return ["true" if value else "false" for value in values]
    if all(value != value or value == 0.0 or 1e-4 <= abs(value) < 1e15 for value in values):
        return ["" if value != value else repr(value).removesuffix(".0") for value in values]
    import pyarrow as pa  # which writes the other tables, and numbers with exponents in its own way

    texts: list[str] = pa.array(values, pa.float64()).cast(pa.string()).to_pylist()
    return ["" if value != value else text for value, text in zip(values, texts, strict=True)]


def _plain(value: float | bool | None) -> float | bool | None:
    return None if isinstance(value, float) and math.isnan(value) else value


def _suffix(path: str) -> str:
    return Path(path).suffix.lower()


def _csv(path: str, ts: Any, columns: Mapping[str, Any]) -> None:
    write_whole(path, lambda file: file.writelines(line.encode() for line in _lines(ts, columns)))


def _parquet(path: str, ts: Any, columns: Mapping[str, Any]) -> None:
    from ...runtime.results.write import fill_parquet

    write_whole(path, partial(fill_parquet, _table(ts, columns)))


def _arrow(path: str, ts: Any, columns: Mapping[str, Any]) -> None:
    from pyarrow import feather

    write_whole(path, lambda file: feather.write_feather(_table(ts, columns), file))


def _table(ts: Any, columns: Mapping[str, Any]) -> Any:
    import pyarrow as pa

    stamps = pa.array(ts, pa.int64()).cast(pa.timestamp("us", "UTC"))
    return pa.table({"ts": stamps, **{name: pa.array(column) for name, column in columns.items()}})


_WRITERS: dict[str, Callable[[str, Any, Mapping[str, Any]], None]] = {
    ".csv": _csv, ".parquet": _parquet, ".arrow": _arrow, ".feather": _arrow,
}  # fmt: skip

"""Where data come from: a file, a folder, a shipped sample, an Arrow table, or arrays in memory.

What a file is, its first bytes decide, not its name.
"""

from __future__ import annotations

import os
from dataclasses import replace
from functools import partial
from pathlib import Path

from ...lang.diagnostics.suggest import nearest
from .bounded import begin_of, memory_for, read_bytes
from .errors import DataError, UnreadableError
from .folder import file_of
from .headers import find_symbol
from .lean import of_lean
from .objects import read_object
from .samples import read_sample
from .table import Table, Wanted, choose_symbol, take
from .text import check_begin, read_text
from .two_levels import one_level

SAMPLE = "sample:"


def read_source(data: object, wanted: Wanted) -> Table:
    """The table of one symbol. DataError says why there is none."""
    if isinstance(data, str) and data.startswith(SAMPLE):
        return _one_symbol(read_sample(data.removeprefix(SAMPLE)), wanted)
    if isinstance(data, (str, os.PathLike)):
        return _read_path(str(os.fspath(data)), wanted)
    return _one_symbol(read_object(data, wanted), wanted)


def _read_path(text: str, wanted: Wanted) -> Table:
    path, table = path_and_table(text)
    if os.path.isdir(path):  # which says no of a name too long to be one
        own, notes = file_of(Path(path), wanted)
        found = _read_path(str(own), Wanted(columns=wanted.columns))
        return replace(found, notes=(*notes, *found.notes))
    place = existing(path, text)
    with memory_for(place.name):
        return _one_symbol(read_file(place, table, wanted), wanted)


def path_and_table(text: str) -> tuple[str, str]:
    """The path that a text holds, and the table that it names behind a `#`, "" if none."""
    path, _, table = (text, "", "") if os.path.exists(text) else text.partition("#")
    return path, table


def existing(path: str, text: str) -> Path:
    """The file of a path; UnreadableError, which calls it `text`, where there is none."""
    place = Path(path)
    try:
        place.stat()
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise UnreadableError(f"{text!r:.300} cannot be read: {reason}{_near(place)}") from None
    return place


def read_file(place: Path, table: str, wanted: Wanted) -> Table:
    """The table in a file, of one symbol or of several."""
    from . import arrow  # itself imports pyarrow and duckdb only when called

    source, head = place.name, begin_of(place)
    if head.startswith(b"PAR1"):
        return arrow.read_parquet(place, source)
    if head.startswith(b"ARROW1"):
        return arrow.read_feather(place, source)
    if head[8:12] == b"DUCK":
        return arrow.read_duckdb(place, source, table, wanted)
    content = read_bytes(place, partial(_worth_reading, source=source))
    if content.startswith(b"PAR1"):  # out of a pipe
        return arrow.read_parquet(content, source)
    if content.startswith(b"ARROW1"):
        return arrow.read_feather(content, source)
    return of_lean(read_text(content, source, wanted.columns), source)


def _worth_reading(head: bytes, source: str) -> None:
    """DataError if what begins so holds no table, before all of it is read."""
    if head[8:12] == b"DUCK":
        raise DataError(f"{source} is a DuckDB file in a pipe: give the path of the file")
    if not head.startswith((b"PAR1", b"ARROW1")):
        check_begin(head, source)


def _one_symbol(table: Table, wanted: Wanted) -> Table:
    """The rows of one symbol of a table whose columns are texts and arrays."""
    import numpy as np

    table = one_level(table, wanted)
    column = find_symbol(list(table.columns), wanted.columns, table.source)
    if not column:
        if table.symbol:
            choose_symbol([table.symbol], wanted, table.source)
        return table
    names = [str(name) for name in table.columns[column]]
    if not names:
        return table
    every = [names[0]] if names.count(names[0]) == len(names) else list(dict.fromkeys(names))
    chosen, notes = choose_symbol(every, wanted, table.source)
    found = replace(table, symbol=chosen, notes=(*table.notes, *notes))
    if len(every) == 1:
        return found
    rows = np.flatnonzero(np.array([name == chosen for name in names]))
    taken = {name: take(values, rows) for name, values in table.columns.items()}
    return replace(found, columns=taken, rows=rows)


def _near(place: Path) -> str:
    """A hint with the nearest name beside a file that is not there."""
    if str(place) == "-":
        return "; standard input is called /dev/stdin"
    beside = os.listdir(place.parent) if os.path.isdir(place.parent) else []
    near = nearest(place.name, [name for name in beside if name != place.name])
    return f"; did you mean {near!r}?" if near else "; a path, or sample:AAPL for a shipped sample"

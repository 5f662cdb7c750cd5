"""Separated text (CSV, TSV and their dialects) as a table.

A small file is read by Python's own reader: importing pyarrow would take longer than reading it.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from io import StringIO
from itertools import islice

from .errors import DataError
from .headers import headerless, once
from .numbers import decimal_points
from .table import Column, Table

SMALL = 1_000_000
"""Bytes up to which Python's reader is the faster one, counting the import of the other."""

_HEAD = 65_536
"""Bytes within which the table begins."""
_LONGEST = 100_000
"""Characters in a line beyond which it is no row of bars; both readers fail on some such lines."""

Read = tuple[dict[str, Column], bool]
"""Columns, and whether those that were read as times carry no zone; texts tell it themselves."""

_SEPARATORS = ",;\t|"
_VALUE = re.compile(r"[-+$]?[\d.,:/ TZ-]+")
_DECIMAL_COMMA = re.compile(r"[-+]?(\d{1,3}(\.\d{3})+|\d+),\d+")


def read_text(content: bytes, source: str) -> Table:
    """Read any usual dialect; DataError says which line is not a row of the table."""
    content = _as_utf8(content, source)
    start, separator = _first_line(content, source)
    body = content[start:]
    names, has_header = _names(body, separator, source)
    reader = _small if len(body) <= SMALL else _large
    columns, naive = reader(body, names, separator, has_header, source)
    notes = () if has_header else (f"no header line: columns taken as {', '.join(names[:6])}",)
    return Table(source, _with_points(columns, separator), naive, notes=notes)


def _as_utf8(content: bytes, source: str) -> bytes:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        content = content.decode("utf-16", errors="replace").encode()
    if content.startswith(b"PK\3\4"):
        raise DataError(f"{source} is a zip archive: unpack it first")
    if content.lstrip()[:1] in (b"{", b"["):
        raise DataError(f"{source} is JSON; bars are read from CSV, Parquet, Arrow and DuckDB: convert it first")
    if b"\0" in content[:4096]:
        raise DataError(f"{source} is not text, nor Parquet, Arrow, DuckDB or gzip: no bars can be read from it")
    return content.removeprefix(b"\xef\xbb\xbf")


def _first_line(content: bytes, source: str) -> tuple[int, str]:
    """Where the table begins, past titles and comments, and what separates its columns."""
    place = 0
    for line in content[:_HEAD].splitlines(keepends=True):
        text = line.decode("utf-8", errors="replace").strip("\r\n")
        separator = max(_SEPARATORS, key=text.count)
        if text.count(separator) and not text.startswith(("#", "sep=")):
            return place, separator
        place += len(line)
    raise DataError(
        f"{source} has no line with several columns; expected separated text such as date,open,high,low,close,volume"
    )


def _names(body: bytes, separator: str, source: str) -> tuple[list[str], bool]:
    """The names of the columns, and whether the file gives them."""
    line = body[:_HEAD].splitlines()[0].decode("utf-8", errors="replace")
    names = [name.strip().strip("<>") for name in next(csv.reader([line], delimiter=separator))]
    if all(_VALUE.fullmatch(name) for name in names if name) and any(names):
        return headerless(len(names), source), False
    names[0] = names[0] or "index"  # some programs write theirs first, without a name
    names[-1] = names[-1] or "unnamed"  # and some end every line with a separator
    once(names, source)
    return names, True


def _small(body: bytes, names: Sequence[str], separator: str, has_header: bool, source: str) -> Read:
    lines = StringIO(body.decode("utf-8", errors="replace"), newline=None)
    try:
        rows = [row for row in islice(csv.reader(lines, delimiter=separator), int(has_header), None) if row]
    except csv.Error as error:
        raise _unreadable(body, has_header, source, error) from None
    _same_width(rows, len(names), source)
    columns = map(list, zip(*rows, strict=True)) if rows else ([] for _ in names)
    return dict(zip(names, columns, strict=True)), True


def _same_width(rows: Sequence[Sequence[str]], width: int, source: str) -> None:
    if all(len(row) == width for row in rows):
        return
    number, row = next((n, row) for n, row in enumerate(rows, 1) if len(row) != width)
    raise DataError(f"{source}, row {number}: {len(row)} fields where {width} are expected: {','.join(row)[:80]!r}")


def _large(body: bytes, names: Sequence[str], separator: str, has_header: bool, source: str) -> Read:
    import pyarrow as pa
    from pyarrow import csv as arrow_csv

    from .arrow import column_of

    read = arrow_csv.ReadOptions(column_names=names, skip_rows=int(has_header))
    parse = arrow_csv.ParseOptions(delimiter=separator)
    convert = arrow_csv.ConvertOptions(strings_can_be_null=False, timestamp_parsers=[arrow_csv.ISO8601])
    try:
        table = arrow_csv.read_csv(pa.BufferReader(body), read, parse, convert)
    except pa.ArrowInvalid as error:
        raise _unreadable(body, has_header, source, error) from None
    zones = {getattr(field.type, "tz", None) for field in table.schema}
    return {name: column_of(table[name]) for name in names}, zones == {None}


def _unreadable(body: bytes, has_header: bool, source: str, error: Exception) -> DataError:
    """What stopped a reader: a line that is too long, or else what it says itself."""
    lengths = ((number, len(line)) for number, line in enumerate(body.splitlines(), 1 - has_header))
    number, length = next((found for found in lengths if found[1] > _LONGEST), (0, 0))
    told = (
        f", row {number}: {length:,} characters in one line, where a row of bars is expected"
        if length
        else f": {error}"
    )
    return DataError(f"{source}{told}")


def _with_points(columns: dict[str, Column], separator: str) -> dict[str, Column]:
    """Where the separator leaves it open, a comma inside numbers is a decimal comma if no value speaks against it."""
    if separator == ",":
        return columns
    return {
        name: decimal_points(column) if isinstance(column, list) and _has_commas(column) else column
        for name, column in columns.items()
    }


def _has_commas(column: Sequence[str]) -> bool:
    texts = [text.strip() for text in column[:2000] if text.strip()]
    numbers = all(_DECIMAL_COMMA.fullmatch(text) or text.isdigit() for text in texts)
    return numbers and any("," in text for text in texts)

"""Separated text (CSV, TSV and their dialects) as a table.

A small file is read by Python's own reader: importing pyarrow would take longer than reading it.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from io import StringIO

from .decimals import with_points
from .errors import DataError
from .headings import LINES, Head, is_row, read_head
from .table import Column, Table

SMALL = 1_000_000
"""Bytes up to which Python's reader is the faster one, counting the import of the other."""

_HEAD = 65_536
"""Bytes within which the table begins."""
_LONGEST = 100_000
"""Characters in a line beyond which it is no row of bars; both readers fail on some such lines."""

Read = tuple[dict[str, Column], dict[str, str]]
"""Columns, and the zones of those that were read as times in one; texts tell it themselves."""

_SEPARATORS = ",;\t|"


def read_text(content: bytes, source: str) -> Table:
    """Read any usual dialect; DataError says which line is not a row of the table."""
    content = _as_utf8(content, source)
    start, separator = _first_line(content, source)
    body = content[start:]
    head = _head(body, separator)
    body, footer = _without_footer(body, separator, len(head.names))
    reader = _small if len(body) <= SMALL else _large
    columns, zones = reader(body, head, separator, source)
    columns, commas = with_points(columns, separator)
    return Table(source, columns, zones, notes=(*head.notes, *footer, *commas), twice=head.twice)


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


def _head(body: bytes, separator: str) -> Head:
    """The header of the table, by its first lines."""
    lines = [line.decode("utf-8", errors="replace") for line in body[:_HEAD].splitlines()[:LINES]]
    return read_head([row for row in csv.reader(lines, delimiter=separator) if row])


def _without_footer(body: bytes, separator: str, width: int) -> tuple[bytes, tuple[str, ...]]:
    """The table without a last line of words, such as `Downloaded from Barchart.com …`, and a note that shows it."""
    bare = body[-_HEAD:].rstrip()
    line = bare[max(bare.rfind(b"\n"), bare.rfind(b"\r")) + 1 :]
    cells = next(csv.reader([line.decode("utf-8", errors="replace")], delimiter=separator), [])
    if width < 2 or len(cells) != 1 or not cells[0].strip() or is_row(cells):
        return body, ()
    end = len(body) - len(body[-_HEAD:]) + len(bare) - len(line)
    return body[:end], (f"the last line is no row and was left out: {cells[0][:80]!r}",)


def _small(body: bytes, head: Head, separator: str, source: str) -> Read:
    lines = StringIO(body.decode("utf-8", errors="replace"), newline=None)
    try:
        rows = [row for row in csv.reader(lines, delimiter=separator) if row][head.lines :]
    except csv.Error as error:
        raise _unreadable(body, head, source, error) from None
    _same_width(rows, len(head.names), source)
    columns = map(list, zip(*rows, strict=True)) if rows else ([] for _ in head.names)
    return dict(zip(head.names, columns, strict=True)), {}


def _same_width(rows: Sequence[Sequence[str]], width: int, source: str) -> None:
    if all(len(row) == width for row in rows):
        return
    number, row = next((n, row) for n, row in enumerate(rows, 1) if len(row) != width)
    raise DataError(f"{source}, row {number}: {len(row)} fields where {width} are expected: {','.join(row)[:80]!r}")


def _large(body: bytes, head: Head, separator: str, source: str) -> Read:
    import pyarrow as pa
    from pyarrow import csv as arrow_csv

    from .arrow import column_of

    read = arrow_csv.ReadOptions(column_names=head.names, skip_rows=head.lines)
    parse = arrow_csv.ParseOptions(delimiter=separator)
    convert = arrow_csv.ConvertOptions(strings_can_be_null=False, timestamp_parsers=[arrow_csv.ISO8601])
    try:
        table = arrow_csv.read_csv(pa.BufferReader(body), read, parse, convert)
    except pa.ArrowInvalid as error:
        raise _unreadable(body, head, source, error) from None
    zones = {field.name: zone for field in table.schema if (zone := getattr(field.type, "tz", None))}
    return {name: column_of(table[name]) for name in head.names}, zones


def _unreadable(body: bytes, head: Head, source: str, error: Exception) -> DataError:
    """What stopped a reader: a line that is too long, or else what it says itself."""
    lengths = ((number, len(line)) for number, line in enumerate(body.splitlines(), 1 - head.lines))
    number, length = next((found for found in lengths if found[1] > _LONGEST), (0, 0))
    told = (
        f", row {number}: {length:,} characters in one line, where a row of bars is expected"
        if length
        else f": {error}"
    )
    return DataError(f"{source}{told}")

"""Separated text (CSV, TSV and their dialects) as a table.

A small file is read by Python's own reader: importing pyarrow would take longer than reading it.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from io import StringIO

from .decimals import with_points
from .encoding import UTF_16, in_utf8
from .errors import DataError
from .foreign import refuse
from .headers import field_of, is_end
from .headings import LINES, Head, is_row, read_head
from .table import Column, Table

SMALL = 1_000_000
"""Bytes up to which Python's reader is the faster one, counting the import of the other."""

HEAD = 65_536
"""Bytes within which the table begins."""
_LONGEST = 100_000
"""Characters in a line beyond which it is no row of bars; both readers fail on some such lines."""

_SEPARATORS = ",;\t|"
_PREAMBLE, _PAIR, _TITLE = 30, 3, 2
"""Lines that may stand above a table, cells that are filled in one of them, how many times as wide a header is."""
_FOOTERS = 20
"""Lines of words that may stand below a table."""
_LOOK = 100
"""Rows by which a large file is known."""
_NO_NUMBERS = {"ts", "time", "date", "end", "symbol"}
"""Fields that are no numbers, even if they are written so."""


def read_text(content: bytes, source: str, chosen: Mapping[str, str] | None = None) -> Table:
    """Read any usual dialect; DataError says which line is not a row of the table. chosen: columns by field."""
    content, encoding = _as_text(content, source)
    start, separator, above = _first_line(content, source)
    body = content[start:]
    head = _head(body, separator)
    body, footer = _without_footer(body, separator, len(head.names))
    _no_endless_line(body, head, source)
    large = _large(body, head, separator, chosen or {}) if len(body) > SMALL else None
    columns, commas = with_points(large or _small(body, head, separator, source), separator)
    return Table(source, columns, notes=(*encoding, *above, *head.notes, *footer, *commas), twice=head.twice)


def check_begin(head: bytes, source: str) -> None:
    """DataError if what begins so is no separated text; a large file is not read to its end for that."""
    _first_line(_as_text(head[:HEAD], source)[0], source)


def _as_text(content: bytes, source: str) -> tuple[bytes, tuple[str, ...]]:
    """UTF-8, and a note where it was none; DataError for what is no text."""
    if not content.startswith(UTF_16):
        refuse(content, source)
    return in_utf8(content)


def _first_line(content: bytes, source: str) -> tuple[int, str, tuple[str, ...]]:
    """Where the table begins, past titles and comments, and what separates its columns; and a note on lines of several
    cells above it."""
    place = 0
    lines = content[:HEAD].splitlines(keepends=True)
    for number, line in enumerate(lines):
        text = line.decode("utf-8", errors="replace").strip("\r\n")
        separator = max(_SEPARATORS, key=text.count)
        if text.count(separator) and not text.startswith(("#", "sep=")):
            more = _above(lines[number : number + _PREAMBLE], separator)
            told = f"{more} line{'s' * (more > 1)} above the table passed over, the first is {text[:80]!r}"
            return place + sum(map(len, lines[number : number + more])), separator, (told,) * bool(more)
        place += len(line)
    raise DataError(
        f"{source} has no line with several columns; expected separated text such as date,open,high,low,close,volume"
    )


def _above(lines: Sequence[bytes], separator: str) -> int:
    """How many lines stand above the table: titles filled up with separators, and names with what they are.

    The table then begins with a header that is at least twice as wide as what is above it.
    """
    rows = [next(csv.reader([line.decode("utf-8", errors="replace")], delimiter=separator), []) for line in lines]
    filled = [[cell for cell in row if cell.strip()] for row in rows]
    for number, row in enumerate(filled):
        wide = all(len(row) >= max(_TITLE * len(above), 3) for above in filled[:number])
        if number and wide and not is_row(rows[number]) and _is_header(rows[number]):
            return number
        begins_table = number == 0 and len(row) > 1 and _is_header(row)
        if len(row) > _PAIR or is_row(row[:1]) or begins_table:
            return 0
    return 0


def _is_header(row: Sequence[str]) -> bool:
    """Whether some cell is a word for a field of bars, other than the symbol."""
    return any(field_of(cell) not in ("", "symbol") for cell in row)


def _head(body: bytes, separator: str) -> Head:
    """The header of the table, by its first lines."""
    lines = [line.decode("utf-8", errors="replace") for line in body[:HEAD].splitlines()[:LINES]]
    return read_head([row for row in csv.reader(lines, delimiter=separator) if row])


def _without_footer(body: bytes, separator: str, width: int) -> tuple[bytes, tuple[str, ...]]:
    """The table without last lines of words, such as `Downloaded from Barchart.com …`, or of nothing but separators;
    and notes that show the words."""
    notes: list[str] = []
    for _ in range(_FOOTERS):
        bare = body[-HEAD:].rstrip()
        begin = max(bare.rfind(b"\n"), bare.rfind(b"\r")) + 1
        line = bare[begin:].decode("utf-8", errors="replace")
        cells = next(csv.reader([line], delimiter=separator), [])
        if not begin or width < 2 or any(cell.strip() for cell in cells[1:]) or (cells and is_row(cells[:1])):
            break
        if words := cells[0].strip() if cells else "":
            notes.insert(0, f"the last line is no row and was left out: {words[:80]!r}")
        body = body[: len(body) - len(body[-HEAD:]) + begin]
    return body, tuple(notes)


def _no_endless_line(body: bytes, head: Head, source: str) -> None:
    """DataError names the first line that is too long to be a row, going from line end to line end."""
    begin = 0
    while begin + _LONGEST < len(body):
        within = body[begin : begin + _LONGEST + 1]
        end = max(within.rfind(b"\n"), within.rfind(b"\r"))
        if end < 0:
            length = len(body[begin : begin + 100 * _LONGEST].splitlines()[0])
            number = len(body[:begin].splitlines()) + 1 - head.lines
            more = "or more " if length == 100 * _LONGEST else ""
            place, what = (f"row {number}", "a row of bars") if number > 0 else ("the header", "a line of names")
            raise DataError(f"{source}, {place}: {length:,} {more}characters in one line, where {what} is expected")
        begin += end + 1


def _small(body: bytes, head: Head, separator: str, source: str) -> Mapping[str, Sequence[str]]:
    lines = StringIO(body.decode("utf-8"), newline="")
    try:
        rows = [row for row in csv.reader(lines, delimiter=separator) if row][head.lines :]
    except csv.Error as error:
        raise DataError(f"{source}: {error}") from None
    _same_width(rows, len(head.names), source)
    columns = map(list, zip(*rows, strict=True)) if rows else ([] for _ in head.names)
    return dict(zip(head.names, columns, strict=True))


def _same_width(rows: Sequence[Sequence[str]], width: int, source: str) -> None:
    if all(len(row) == width for row in rows):
        return
    number, row = next((n, row) for n, row in enumerate(rows, 1) if len(row) != width)
    raise DataError(f"{source}, row {number}: {len(row)} fields where {width} are expected: {','.join(row)[:80]!r}")


def _large(body: bytes, head: Head, separator: str, chosen: Mapping[str, str]) -> Mapping[str, Column] | None:
    """The table read by Arrow; None for what it cannot read: Python's reader then says what is wrong.

    Arrow divides rows into cells and reads plain numbers. What any other cell means, and what is a time or a symbol,
    is decided where that is decided for a small file, too.
    """
    quoted = b'"' in body
    if quoted and any(line.count(b'"') % 2 for line in body[:HEAD].splitlines()[: head.lines]):
        return None  # a header goes on in the next line
    commas = quoted if separator == "," else b"," in body  # a number may then be another one than it looks
    numbers = [] if commas or chosen.keys() & _NO_NUMBERS else _plain_numbers(body, head, separator)
    return _by_arrow(body, head, separator, numbers)


def _by_arrow(body: bytes, head: Head, separator: str, numbers: Sequence[str]) -> Mapping[str, Column] | None:
    """Columns as texts, and those of `numbers` that hold nothing else, or nothing at all, as numbers."""
    import numpy as np
    import pyarrow as pa
    from pyarrow import csv as arrow_csv

    from .arrow import column_of
    from .packed import ArrowTexts

    quoted = b'"' in body
    types = {name: pa.float64() if name in numbers else pa.string() for name in head.names}
    read = arrow_csv.ReadOptions(column_names=head.names, skip_rows=head.lines)
    parse = arrow_csv.ParseOptions(delimiter=separator, newlines_in_values=quoted)
    convert = arrow_csv.ConvertOptions(strings_can_be_null=False, null_values=[""], column_types=types)
    try:
        table = arrow_csv.read_csv(pa.BufferReader(body), read, parse, convert)
    except pa.ArrowInvalid:
        return _by_arrow(body, head, separator, []) if numbers else None
    values = {name: column_of(table[name]) for name in numbers}
    plain = [name for name in numbers if np.count_nonzero(np.isnan(values[name])) == table[name].null_count]
    if len(plain) < len(numbers):  # a message may have to show what is written there
        return _by_arrow(body, head, separator, plain)
    texts = {name: ArrowTexts(table[name]) for name in head.names if name not in numbers}
    if quoted and any(column.longest() > csv.field_size_limit() for column in texts.values()):
        return None
    return {name: values[name] if name in values else texts[name] for name in head.names}


def _plain_numbers(body: bytes, head: Head, separator: str) -> list[str]:
    """The columns that begin with numbers, but for those in which a number is something else: a time, a symbol."""
    if b"(" in body:
        return []  # nan(1) is a number for Arrow
    lines = body[:HEAD].decode("utf-8", errors="replace").splitlines()[head.lines : -1][:_LOOK]
    rows = [row for row in csv.reader(lines, delimiter=separator) if len(row) == len(head.names)]
    columns = zip(head.names, zip(*rows, strict=True), strict=False)
    return [name for name, cells in columns if not _is_no_number(name) and all(map(_is_plain, cells))]


def _is_no_number(name: str) -> bool:
    return field_of(name) in _NO_NUMBERS or is_end(name)


def _is_plain(cell: str) -> bool:
    try:
        float(cell or "0")
    except ValueError:
        return False
    return True

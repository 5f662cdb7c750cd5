"""The shapes of texts that are times: the text with every digit made 0, `00-Mar-0000 00:00`.

A shape says where the day, the year and the time of day stand. Rows of one shape are taken together, as columns of
digits; a column has few shapes, whatever its length. What the digits mean is `written.py`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from .numbers import NOTHING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Cells = NDArray[np.uint8]

LONGEST = 64
"""Characters beyond which a text is no time."""

_DAYS = "(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6},? )?"
_CLOCK = (
    r"(?P<hour>0{1,2}):?(?P<minute>00)(?::?(?P<second>00)(?:[.,](?P<fraction>0{1,9}))?)?"
    r"(?: ?(?P<half>[ap])\.?m\.?)?"
)
_ZONE = (
    r"(?: ?(?:z|utc|gmt)?(?P<sign>[+-])(?P<east>00)(?::?(?P<past>00))?"
    r"| ?(?P<utc>z|utc|gmt)| (?P<word>[a-z_/+-]{2,40}))?"
)
_REST = rf"(?:[t ,:]{{1,3}}{_CLOCK}{_ZONE})?"
_MONTH = "(?P<name>(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6})"
"""For where letters are a month only if they are the name of one: `02JAN2024` is a date, `10abc20` may be anything."""
_DATES = (
    r"(?P<year>0000)(?P<by>[-/. ])(?P<month>0{1,2})(?P=by)(?P<day>0{1,2})",
    r"(?P<year>0000)(?P<month>00)(?P<day>00)",
    r"(?P<one>0{1,2})(?P<by>[-/. ])(?P<two>0{1,2})(?P=by)(?P<year>0000|00)",
    _DAYS + r"(?P<day>0{1,2})[- ](?P<name>[a-z]{3,9}),?[- ](?P<year>0000|00)",
    _DAYS + r"(?P<name>[a-z]{3,9})[- ](?P<day>0{1,2}),?[- ](?P<year>0000|00)",
    r"(?P<year>0000)-(?P<name>[a-z]{3,9})-(?P<day>0{1,2})",
    r"(?P<year>0000)[-/](?P<month>00)(?P<first>)",
    rf"(?P<day>0{{1,2}})/?{_MONTH}/?(?P<year>0000|00)",
    rf"{_MONTH}[- ]?(?P<year>0000)",
    rf"(?P<year>0000)[- ]?{_MONTH}",
    r"(?P<year>0000)[- ]?q(?P<quarter>0)",
    r"q(?P<quarter>0)[-/ ]?(?P<year>0000)",
)
_TIME_OF_DAY = re.compile(
    r"0{1,2}:00(?::00(?:[.,]0{1,9})?)?(?: ?[ap]\.?m\.?)?(?: ?(?:z|utc|gmt)|[+-]00(?::?00)?)?", re.IGNORECASE
)


@cache
def _pattern(at: int) -> re.Pattern[str]:
    """What reads a shape of date, with a time of day or without: made when it is asked for, as most data have one."""
    return re.compile(_DATES[at] + _REST, re.IGNORECASE)


def _matched(shape: str) -> re.Match[str] | None:
    """How the first of the patterns reads a shape; None where none does."""
    return next(filter(None, (_pattern(at).fullmatch(shape) for at in range(len(_DATES)))), None)


@dataclass(frozen=True, slots=True)
class Group:
    """Rows of one shape: a text of them, their letters column by column, how the shape is read (None if it is not)."""

    example: str
    rows: NDArray[np.int64] | slice
    columns: Cells
    match: re.Match[str] | None

    def digits(self, name: str) -> Ints | None:
        """The number that a part holds, row by row; None where the shape has no such part."""
        if self.match is None or name not in self.match.re.groupindex or not self.match[name]:
            return None
        return number_of(self.columns, *self.match.span(name))

    def word(self, name: str) -> str:
        """A part that is no number, in small letters; "" where the shape has none."""
        match = self.match
        return (match[name] or "").lower() if match and name in match.re.groupindex else ""


def to_cells(texts: Sequence[str]) -> Cells:
    """Texts as rows of ASCII bytes, padded with zeros. What is too long to be a time, or not ASCII, becomes `?`."""
    import numpy as np

    stripped = [text.strip() for text in texts]
    try:
        if max(map(len, stripped), default=0) > LONGEST:
            raise ValueError("too long")
        packed = np.array(stripped, dtype="S")
    except ValueError:  # UnicodeEncodeError is one
        packed = np.array([_ascii(text) for text in stripped], dtype="S")
    return packed.view(np.uint8).reshape(len(stripped), -1)


def number_of(columns: Cells, begin: int, end: int) -> Ints:
    """The whole number that the digits of some columns of cells are."""
    import numpy as np

    found: Any = np.zeros(columns.shape[1], dtype=np.int32 if end - begin < 10 else np.int64)
    for column in columns[begin:end]:
        found *= 10
        found += column - np.uint8(48)
    whole: Ints = found.astype(np.int64)
    return whole


def is_time(text: str) -> bool:
    """Whether a text looks like a date, with a time of day or without, or like a time of day alone."""
    shape = _shape(text.strip()) if len(text) <= LONGEST else ""
    if "0" not in shape:  # a heading, say: no pattern is made for it
        return False
    return _matched(shape) is not None or bool(_TIME_OF_DAY.fullmatch(shape))


def is_clock(text: str) -> bool:
    """Whether a text is a time of day alone."""
    return len(text) <= LONGEST and bool(_TIME_OF_DAY.fullmatch(_shape(text.strip())))


def _shape(text: str) -> str:
    return re.sub("[0-9]", "0", text)


def _ascii(text: str) -> bytes:
    if len(text) > LONGEST:
        return b"?"
    return text.replace("\u202f", " ").replace("\xa0", " ").encode("ascii", "replace")


def groups(cells: Cells) -> Iterator[Group]:
    """The rows, shape by shape; rows that say there is nothing are in none."""
    import numpy as np

    if not cells.size:
        return
    columns = np.ascontiguousarray(cells.T)  # each in one piece, so that it stays in the cache
    if all(map(_of_one_shape, columns)):
        yield from _group(slice(None), columns)
        return
    shapes = np.where(cells - np.uint8(48) < 10, np.uint8(48), cells)
    rows: dict[bytes, list[int]] = {}
    for row, shape in enumerate(np.ascontiguousarray(shapes).view(f"S{shapes.shape[1]}").ravel().tolist()):
        rows.setdefault(shape, []).append(row)
    for places in rows.values():
        where = np.array(places)
        yield from _group(where, np.ascontiguousarray(cells[where].T))


def _of_one_shape(column: Cells) -> bool:
    """Whether all letters of a column are digits, or all are one."""
    first = column[0]
    return bool((column - 48 < 10).all() if 48 <= first < 58 else (column == first).all())  # what is below 48 wraps


def _group(rows: NDArray[np.int64] | slice, columns: Cells) -> Iterator[Group]:
    example = columns[:, 0].tobytes().rstrip(b"\0").decode("ascii")
    if example.lower() in NOTHING:
        return
    shape = _shape(example)
    yield Group(example, rows, columns, _matched(shape))

"""A small file that a person wrote to declare something: read whole within a bound, its faults told by their lines."""

from __future__ import annotations

from pathlib import Path

from ..marked import MOST_BYTES, Marked, MarkedError, read_marked
from .bounded import read_most
from .errors import DataError


def declared_text(place: Path, what: str, expected: str) -> str:
    """The text of a file. what: it declares, "a universe"; expected: "a file that names symbols". DataError says what
    is no such text."""
    if place.is_dir():
        raise DataError(f"{place.name} is a folder; expected {expected}")
    content = read_most(place, MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise DataError(f"{place.name} has more than {MOST_BYTES:,} bytes, the most that is read of {what}")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise DataError(f"{place.name}: byte {error.start + 1} is no UTF-8; expected {expected}") from None


def declared_yaml(text: str, source: str) -> Marked:
    """A text as YAML with the line of every value; DataError names the line of what is none."""
    try:
        return read_marked(text)
    except MarkedError as error:
        raise DataError(f"{source}, line {error.line}: {error}") from None

"""Numbers written with a decimal comma (`1.234,5`), as a whole table tells it: `1.234` alone may be either.

A table that writes commas anywhere as only a decimal comma can stand writes points as thousands everywhere.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from .numbers import APART, MONEY, NOTHING, decimal_points
from .table import Column

NOTE = "decimal commas: 1.234,5 is read as 1234.5"
_SAMPLE = 2000
_LONGEST = 40
_SIGN = rf"[-+]?{MONEY}?\s?[-+]?"
_UNIT = rf"\s?[KMBTkmbt%]?\s?{MONEY}?"
_SOME = r"\d{1,40}"
_GROUPS = r"\d{{1,3}}(?:[{}]\d{{3}}){{1,12}}"
_NOT_THREE = r"(?:\d\d?|\d{4,40})"
_COMMA = re.compile(rf"{_SIGN}(?:{_GROUPS.format('.' + APART)}|{_SOME})(?:,{_SOME})?{_UNIT}")
_ONLY_COMMA = re.compile(rf"{_SIGN}(?:{_GROUPS.format('.' + APART)},{_SOME}|{_SOME},{_NOT_THREE}){_UNIT}")
_ONLY_POINT = re.compile(rf"{_SIGN}(?:{_GROUPS.format(',' + APART)}\.{_SOME}|{_SOME}\.{_NOT_THREE}){_UNIT}")


def with_points(columns: Mapping[str, Column], separator: str) -> tuple[dict[str, Column], tuple[str, ...]]:
    """The columns with points in place of decimal commas, and a note if there were any.

    Where commas separate columns, only a comma that can be nothing else counts.
    """
    cells = {name: _sample(column) for name, column in columns.items() if not hasattr(column, "dtype")}
    if not any("," in text for column in cells.values() for text in column):
        return dict(columns), ()
    every = [text for column in cells.values() for text in column]
    points = any(map(_ONLY_POINT.fullmatch, every))
    commas = not points and (separator != "," or any(map(_ONLY_COMMA.fullmatch, every)))
    written = {name for name, found in cells.items() if _of_commas(found, commas)}
    found = {name: decimal_points(col) if name in written else col for name, col in columns.items()}  # type: ignore[arg-type]
    return found, (NOTE,) if written else ()


def _sample(column: Sequence[str]) -> list[str]:
    texts = (text.strip() for text in column[:_SAMPLE])
    return [text for text in texts if text.lower() not in NOTHING]


def _of_commas(texts: Sequence[str], commas: bool) -> bool:
    """Whether a column holds numbers with decimal commas, or the thousands of a table that writes `commas`."""
    if not all(len(text) <= _LONGEST and _COMMA.fullmatch(text) for text in texts):
        return False
    return any("." in text or "," in text if commas else _ONLY_COMMA.fullmatch(text) for text in texts)

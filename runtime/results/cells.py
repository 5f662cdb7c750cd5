"""Texts in cells of a table that a spreadsheet may open: none is run as a formula, and each reads back as it was.

A spreadsheet takes a cell that begins with one of `= + - @`, their wide forms, a tab or a line end for a formula, and
formulas can start programs. Such a text gets an apostrophe before it, which makes it a text everywhere. So that reading
can take it away again, a text that begins with apostrophes before such a character gets one more. Numbers stay numbers.
A table is printed as well: what has no shape of its own, and could steer a terminal, is a replacement character.
"""

from __future__ import annotations

from typing import Any

_RUNS = r"(?s)^'*[=+\-@\t\r\n\x{FF1D}\x{FF0B}\x{FF0D}\x{FF20}]"
_NUMBER = r"^[+-](?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?$"
_STEERS = r"[\x00-\x08\x0B\x0C\x0E-\x1F\x7F-\x{9F}\x{2028}\x{2029}\p{Cf}]"
"""Controls but tabs and line ends, and marks of direction, as in messages."""
_MARKED = r"(?s)^'('*[=+\-@\t\r\n\x{FF1D}\x{FF0B}\x{FF0D}\x{FF20}])"


def harmless(texts: Any) -> Any:
    """A column of texts as it may stand in a table."""
    import pyarrow.compute as pc

    texts = pc.replace_substring_regex(texts, _STEERS, "\ufffd")
    runs = pc.and_not(pc.match_substring_regex(texts, _RUNS), pc.match_substring_regex(texts, _NUMBER))
    return pc.if_else(runs, pc.binary_join_element_wise("'", texts, ""), texts)


def as_meant(texts: Any) -> Any:
    """The column that `harmless` was given."""
    import pyarrow.compute as pc

    return pc.replace_substring_regex(texts, _MARKED, r"\1")

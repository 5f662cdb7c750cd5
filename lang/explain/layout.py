"""Sentences in lines of so many characters; joined again by blanks they are what they were."""

from __future__ import annotations

import re
from collections.abc import Iterator

WIDTH = 80
_BLANK = re.compile(r"(?<![ ]) (?![ ])")
"""Where a line may end: at one blank, never inside several."""


def paragraph(text: str, width: int = WIDTH, mark: str = "") -> Iterator[str]:
    """The lines of a text; `mark` before the first, as much room before the others."""
    line, words = mark, _BLANK.split(text)
    for place, word in enumerate(words):
        gap = " " if place and line.strip() and line != " " * len(mark) else ""
        if place and len(line) + len(gap) + len(word) > width and line.strip():
            yield line
            line, gap = " " * len(mark), ""
        line += gap + word
    yield line

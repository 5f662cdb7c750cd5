"""Lines and columns of a text, and one line of it with a span marked."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache
from unicodedata import category, east_asian_width

from .brief import printable
from .span import Span

TAB = 4
_END = re.compile(r"\n|\r(?!\n)")
"""What ends a line, as the scanner counts them: a carriage return alone does, too."""
_WHOLE_END = re.compile(r"\r\n|\n|\r")
WIDEST = 160
"""Longer lines are shown around the span only."""


class Lines:
    """Where the lines of a text begin."""

    def __init__(self, text: str) -> None:
        self.starts = [0, *(end.end() for end in _END.finditer(text))]
        self.length = len(text)

    def position(self, offset: int) -> tuple[int, int]:
        """The line and column of an offset, both from 1."""
        offset = min(max(offset, 0), self.length)
        line = bisect_right(self.starts, offset)
        return line, offset - self.starts[line - 1] + 1


@lru_cache(maxsize=8)
def lines_of(text: str) -> Lines:
    """The lines of a text; many diagnostics are of one."""
    return Lines(text)


def line_end(text: str) -> str:
    """What the first line of a text ends with; a line feed where there is but one."""
    found = _WHOLE_END.search(text)
    return found[0] if found else "\n"


def marked(text: str, span: Span) -> tuple[str, str]:
    """The first line of a span as it is shown, and the marks that go under it."""
    start = min(span.start, len(text))
    begin = text.rfind("\n", 0, start) + 1
    end = text.find("\n", start)
    end = len(text) if end < 0 else end
    stop = max(min(span.end, end), start)
    before, dots = text[begin:start], ""
    if len(before) > WIDEST // 2:
        before, dots = before[-WIDEST // 2 :], "…"
    inside, after = text[start:stop][:WIDEST], text[stop:end]
    after = after[: max(WIDEST - len(before) - len(inside), 0)]
    before, inside, after = (printable(part, TAB) for part in (before, inside, after))
    line = dots + before + inside + after
    return line.rstrip(), " " * (len(dots) + width(before)) + "^" * max(width(inside), 1)


def width(text: str) -> int:
    """How many columns a terminal gives the text."""
    return sum(0 if category(c) in ("Mn", "Me") else 2 if east_asian_width(c) in "WF" else 1 for c in text)

"""Places of a text as editors count them: lines from 0, and UTF-16 units within a line.

https://microsoft.github.io/language-server-protocol/specifications/lsp/3.17/specification/#position
"""

from __future__ import annotations

import re
from bisect import bisect_right

from lsprotocol.types import Position, Range

from ...lang.diagnostics.span import Span

_END = re.compile(r"\r\n|\r|\n")


class Places:
    """Offsets of one text as positions, and back."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._starts = [0, *(end.end() for end in _END.finditer(text))]

    def position(self, offset: int) -> Position:
        """Where an offset is; beyond the text, its end."""
        offset = min(max(offset, 0), len(self._text))
        line = bisect_right(self._starts, offset) - 1
        return Position(line, _units(self._text[self._starts[line] : offset]))

    def offset(self, position: Position) -> int:
        """The offset of a position; beyond its line, the line's end; beyond the text, its end."""
        if position.line >= len(self._starts):
            return len(self._text)
        start = self._starts[position.line]
        end = self._starts[position.line + 1] if position.line + 1 < len(self._starts) else len(self._text)
        line = _END.sub("", self._text[start:end])
        units = 0
        for at, character in enumerate(line):
            if units >= position.character:
                return start + at
            units += _units(character)
        return start + len(line)

    def range(self, span: Span) -> Range:
        """A span of the text as a range."""
        return Range(self.position(span.start), self.position(span.end))

    def whole(self) -> Range:
        """All of the text."""
        return Range(Position(0, 0), self.position(len(self._text)))


def _units(text: str) -> int:
    return len(text) + sum(character > "\uffff" for character in text)

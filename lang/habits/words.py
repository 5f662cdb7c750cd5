"""Text to words as any of these languages would part it: names, numbers, quoted texts, signs."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

OPENERS = {"(": ")", "[": "]", "{": "}"}
CLOSERS = frozenset(OPENERS.values())
_PARTS = re.compile(
    r"\s+|\#[^\n]*|"  # what is passed over
    r"(?P<word>\"[^\"\n]*\"|'[^'\n]*'|\$?[A-Za-z_][A-Za-z0-9_]*|[0-9][0-9_]*(?:\.[0-9]+)?(?:%|[A-Za-z]+)?"
    r"|:=|[=!]==?|[<>]=|<>|&&|\|\||//|\*\*|=>|->|\+=|-=|.)"
)


class Word(NamedTuple):
    """One word and where it stands."""

    text: str
    start: int
    end: int

    @property
    def folded(self) -> str:
        """The word as it is compared: some of these languages do not tell `Close` from `close`."""
        return self.text.lower()

    @property
    def is_part(self) -> bool:
        """Whether it is a part of a pattern, to be filled in."""
        return self.text[0] == "$" and len(self.text) > 1

    @property
    def is_name(self) -> bool:
        return self.text.isidentifier()


def split(text: str, most: int | None = None) -> list[Word]:
    """The words of a text, comments left out; no more than `most` of them."""
    found: list[Word] = []
    begin = 0
    for line in text.split("\n"):
        words = _of_line(line) if len(line) <= _KEPT else _parted(line)
        found += [Word(written, begin + start, begin + end) for written, start, end in words]
        if most is not None and len(found) >= most:
            return found[:most]
        begin += len(line) + 1
    return found


def _parted(line: str) -> tuple[tuple[str, int, int], ...]:
    """The words of a line, each with where it stands in it; none goes over its end."""
    found = ((match["word"], *match.span("word")) for match in _PARTS.finditer(line))
    return tuple(word for word in found if word[0] is not None)


_KEPT = 200
"""Letters of a line whose words are kept: of a text that is being written the next one has nearly all of them, too."""
_of_line = lru_cache(2000)(_parted)


def index_of(words: Sequence[Word], offset: int) -> int:
    """The first word that begins at the offset or behind it."""
    return bisect_left(words, offset, key=lambda word: word.start)


def opener(words: Sequence[Word], at: int, most: int) -> int | None:
    """The word that opens the bracket which word `at` closes, None if there is none within `most` words."""
    depth = 0
    for index in range(at, max(at - most, -1), -1):
        depth += words[index].text in CLOSERS
        depth -= words[index].text in OPENERS
        if not depth:
            return index
    return None


class Lines(list[Word]):
    """Words that know the line they stand on."""

    def __init__(self, words: Sequence[Word], text: str) -> None:
        super().__init__(words)
        self._lines: list[int] = []
        line = at = 0
        for word in words:
            line += text.count("\n", at, word.start)
            at = word.start
            self._lines.append(line)

    def begins(self, index: int) -> bool:
        """Whether the word is the first of its line."""
        return index == 0 or self._lines[index] != self._lines[index - 1]


def new_line(words: Sequence[Word], index: int) -> bool:
    """Whether a further line begins with the word, where the words know of lines."""
    return isinstance(words, Lines) and 0 < index < len(words) and words.begins(index)

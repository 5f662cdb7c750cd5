"""Which word a comment belongs to: the one it stands behind on a line, or the one that its own line is before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from ..syntax.scanner import Token
from .document import Comment


@dataclass(frozen=True, slots=True)
class Own:
    """A comment on a line of its own. gap: an empty line stands before it. inside: its line is set in."""

    text: str
    gap: bool
    inside: bool


@dataclass(slots=True)
class Comments:
    """The comments of a text by the offset of their word: those behind it, and those on the lines before it.

    gaps: the words before which an empty line stands, after the last comment if there are any.
    """

    behind: dict[int, Comment] = field(default_factory=dict)
    before: dict[int, list[Own]] = field(default_factory=dict)
    gaps: set[int] = field(default_factory=set)

    def taken(self, word: Token) -> tuple[list[Own], Comment | None]:
        """The comments before a word and behind it, which now have their place."""
        return self.before.pop(word.start, []), self.behind.pop(word.start, None)


def attached(text: str, tokens: Sequence[Token], comments: Sequence[tuple[str, int]]) -> Comments:
    """Every comment at its word; the last token is the end of the text, which those after all others are before."""
    found = Comments()
    waiting = list(reversed(comments))
    last: Token | None = None
    for token in tokens:
        at = last.end if last else 0
        while waiting and waiting[-1][1] < token.start:
            written, start = waiting.pop()
            between = text[at:start]
            if last is not None and "\n" not in between and last.start not in found.behind:
                found.behind[last.start] = Comment(written.rstrip(), own=False)
            else:
                line = text.rfind("\n", 0, start) + 1
                own = Own(written.rstrip(), _is_gap(between), text[line:start].strip() == "" and start > line)
                found.before.setdefault(token.start, []).append(own)
            at = start + len(written)
        if _is_gap(text[at : token.start]):
            found.gaps.add(token.start)
        last = token
    return found


def _is_gap(between: str) -> bool:
    return between.count("\n") > 1

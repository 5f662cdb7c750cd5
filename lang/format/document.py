"""Documents and how they are set into lines: what may break, what does, and how deep the next line begins.

After P. Wadler, "A prettier printer" (2003): a group stands on one line if it fits there, and otherwise each of its own
breaks becomes a line end. Comments are words that nothing may follow on their line.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Union

from ..diagnostics.lines import width as columns


@dataclass(frozen=True, slots=True)
class Break:
    """A blank, or nothing, that becomes a line end where its group is broken. always: in every case."""

    flat: str = " "
    always: bool = False


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment behind a word, or on lines of its own (`own`); whatever follows it begins a new line."""

    text: str
    own: bool


@dataclass(frozen=True, slots=True)
class Indented:
    by: int
    inside: Document


@dataclass(frozen=True, slots=True)
class Group:
    inside: Document


Document = Union[str, Break, Comment, Indented, Group, tuple["Document", ...]]

DEEPER = 4
"""Columns by which what goes on in a further line is set in."""
LINE = Break()
SOFT = Break("")
END = Break(always=True)

_Piece = tuple[int, bool, Document]  # its indent, whether its breaks are blanks, and what it is


def set_in_lines(document: Document, width: int, indent: int = 0) -> str:
    """The text of a document, of lines of at most `width` columns where its breaks allow it."""
    out = _Lines(indent)
    waiting: list[_Piece] = [(indent, False, document)]
    while waiting:
        depth, flat, piece = waiting.pop()
        if isinstance(piece, str):
            out.word(piece, depth)
        elif isinstance(piece, tuple):
            waiting += [(depth, flat, part) for part in reversed(piece)]
        elif isinstance(piece, Indented):
            waiting.append((depth + piece.by, flat, piece.inside))
        elif isinstance(piece, Group):
            room = width - out.column
            waiting.append((depth, flat or _fits(piece.inside, waiting, room), piece.inside))
        elif isinstance(piece, Comment):
            out.comment(piece, depth)
        elif flat and not piece.always and not out.ended:
            out.word(piece.flat, depth)
        else:
            out.end(depth)
    return out.text()


def _fits(document: Document, after: list[_Piece], room: int) -> bool:
    """Whether a document stands on the rest of the line, with what follows it up to where the line may end."""
    waiting: list[tuple[bool, Document]] = [(True, document)]
    rest = len(after)
    while room >= 0:
        if not waiting:
            if not rest:
                return True
            rest -= 1
            waiting.append(after[rest][1:])
        flat, piece = waiting.pop()
        if isinstance(piece, str):
            room -= columns(piece)
        elif isinstance(piece, tuple):
            waiting += [(flat, part) for part in reversed(piece)]
        elif isinstance(piece, (Indented, Group)):
            waiting.append((flat, piece.inside))
        elif isinstance(piece, Comment):
            return rest < len(after) or not (waiting or piece.own)  # at the end, where its length does not count
        elif not flat or piece.always:
            return True
        else:
            room -= len(piece.flat)
    return False


class _Lines:
    """Lines as they are written."""

    def __init__(self, indent: int) -> None:
        self._further = indent + DEEPER
        self._done: list[str] = []
        self._now, self.column = [" " * indent], indent
        self._begun = False
        self.ended = False  # a comment stands on this line, so nothing else may

    def word(self, text: str, indent: int) -> None:
        if self.ended:
            self.end(max(indent, self._further))
        if self._begun or text.strip():
            self._now.append(text)
            self.column += columns(text)
            self._begun = self._begun or bool(text.strip())

    def comment(self, comment: Comment, indent: int) -> None:
        if self.ended or (comment.own and self._begun):
            self.end(indent)
        self._now += ["  ", comment.text] if self._begun else [comment.text]
        self._begun = self.ended = True

    def end(self, indent: int) -> None:
        if self._begun:
            self._done.append("".join(self._now).rstrip())
        self._now, self.column, self._begun, self.ended = [" " * indent], indent, False, False

    def text(self) -> str:
        self.end(0)
        return "\n".join(self._done)

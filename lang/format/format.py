"""`strat fmt`: the one layout of a text. It has no options, keeps every comment, and changes no meaning.

A line has at most 120 columns where it can; definitions, guards and plots that follow each other stand in columns; each
clause has its line; of empty lines that follow each other one is kept.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..diagnostics.edits import disjoint, edited
from ..diagnostics.lines import line_end
from ..diagnostics.lines import width as columns
from ..diagnostics.model import Diagnostic
from ..syntax.faults import Faults, Stopped
from ..syntax.parse import parse
from ..syntax.scanner import OF_WORDS, Scanned, scan
from .comments import attached
from .concrete import statements
from .document import Comment, Document, Group, Indented, set_in_lines
from .expressions import joined
from .lines import INSIDE, Line, Statements

WIDTH = 120
_BOM = "\ufeff"


@dataclass(frozen=True, slots=True)
class Formatted:
    """The text in its layout; as it was where it has faults of syntax, which are then told."""

    text: str
    diagnostics: tuple[Diagnostic, ...] = ()


def formatted(text: str | bytes, source: str = "<text>") -> Formatted:
    """The layout of a text. Marks that chat windows and other languages make of ours (`“`, `–`, `≤`) are put right."""
    parsed = parse(text, source)
    if parsed.stopped:
        return Formatted(parsed.text, parsed.diagnostics)
    plain = _marks_put_right(parsed.text, source)
    again = parse(plain, source) if plain != parsed.text else parsed
    if again.failed:
        return Formatted(parsed.text, parsed.diagnostics)
    laid = _laid(plain, again.scanned)
    if not _same(plain, laid, source):
        raise AssertionError("a layout changes nothing but blanks")
    end = line_end(plain)
    mark = _BOM if plain.startswith(_BOM) else ""
    return Formatted(mark + (laid if end == "\n" else laid.replace("\n", end)))


def _marks_put_right(text: str, source: str) -> str:
    """The text with the safe fixes of single marks, which need no reading of statements."""
    faults = Faults(text, source)
    try:
        scan(faults)
    except Stopped:
        return text
    fixes = [fix for found in faults.ordered() for fix in found.fixes[:1] if fix.safe]
    return edited(text, [edit for fix in disjoint(fixes) for edit in fix.edits])


def _same(before: str, after: str, source: str) -> bool:
    """Whether two texts have the same words and comments, but for commas before a closing bracket and outer blanks."""
    return _said(before, source) == _said(after, source)


def _said(text: str, source: str) -> tuple[list[tuple[str, str]], list[str], list[str]]:
    scanned = scan(Faults(text, source))
    spoken = [(token.kind, " ".join(token.text.split()) if token.kind in OF_WORDS else token.text)
              for token, following in zip(scanned.tokens, [*scanned.tokens[1:], None], strict=True)
              if not (token.kind == "," and following is not None and following.kind in (")", "]", "}"))]  # fmt: skip
    return spoken, [comment.rstrip() for comment, _ in scanned.comments], list(scanned.docs.values())


def _laid(text: str, scanned: Scanned) -> str:
    """The text in its layout, with line feeds."""
    comments = attached(text, scanned.tokens, scanned.comments)
    each = Statements(comments)
    lines: list[Line] = [line for statement in statements(scanned.tokens) for line in each.lines(statement)]
    last = scanned.tokens[-1]
    lines.append(Line((), above=tuple(comments.before.pop(last.start, ()))))
    assert not comments.before and not comments.behind, "every comment has its line"
    return "\n".join(_written(lines)).strip("\n") + ("\n" if scanned.comments or len(lines) > 1 else "")


def _written(lines: Sequence[Line]) -> Iterator[str]:
    """The lines as texts, with what is aligned padded and the comments between them."""
    indent = 0
    for line, cells in zip(lines, _aligned(lines), strict=True):
        yield from _above(line, indent)
        if line.cells:
            if line.gap and not line.indent:
                yield ""
            behind = (line.behind,) if line.behind else ()
            yield set_in_lines((cells, *behind), WIDTH, line.indent)
            indent = line.indent


def _above(line: Line, indent: int) -> Iterator[str]:
    """The comments before a line. What is set in directly below a clause stays there: a clause left out, perhaps."""
    within = bool(indent) and not line.indent
    for own in line.above:
        within = within and own.inside and not own.gap
        if own.gap and not line.indent:
            yield ""
        yield " " * (INSIDE if within else line.indent) + own.text


def _aligned(lines: Sequence[Line]) -> Iterator[Document]:
    """Of each line its cells, one behind the other; those of neighbours of one kind begin in the same columns."""
    flat = [_flat(line) for line in lines]
    at = 0
    while at < len(lines):
        end = at + 1
        while end < len(lines) and flat[at] and flat[end] and _go_together(lines[end - 1], lines[end]):
            end += 1
        group = [cells for cells in flat[at:end] if cells]
        wide = _widths(group)
        for line in lines[at:end]:
            yield _padded(line.cells, wide) if end - at > 1 else joined(iter(line.cells))
        at = end


def _go_together(line: Line, following: Line) -> bool:
    same = line.kind == following.kind != "" and line.indent == following.indent
    return same and not following.gap and not following.above


def _widths(group: Sequence[Sequence[str]]) -> list[int]:
    """Of each column of a group the width of its widest cell that another follows."""
    most = max(map(len, group), default=0)
    return [max(columns(each[at]) for each in group if len(each) > at + 1) for at in range(most - 1)]


def _padded(cells: Sequence[Document], wide: Sequence[int]) -> Document:
    """Cells, each as wide as its column."""
    out: list[Document] = []
    for cell, columns_of_it in zip(cells[:-1], wide, strict=False):
        out += [cell, " " * (columns_of_it - columns(set_in_lines(cell, _ENDLESS)) + 1)]
    return (*out, cells[-1])


_ENDLESS = 1 << 30


def _flat(line: Line) -> list[str]:
    """The cells of a line that stands on one line without a comment inside; nothing of another."""
    if not line.kind or any(map(_is_commented, line.cells)):
        return []
    texts = [set_in_lines(cell, _ENDLESS) for cell in line.cells]
    return texts if line.indent + sum(map(columns, texts)) + len(texts) - 1 <= WIDTH else []


def _is_commented(document: Document) -> bool:
    waiting = [document]
    while waiting:
        piece = waiting.pop()
        if isinstance(piece, Comment):
            return True
        if isinstance(piece, tuple):
            waiting.extend(piece)
        elif isinstance(piece, (Group, Indented)):
            waiting.append(piece.inside)
    return False



"""The program of the shell: one text, to which statements are added, a new one in the place of what it changes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from ...lang.syntax import tree
from ...lang.syntax.parse import parse

Key = tuple[str, ...]
_BLANK = re.compile(r"[ \t]*(#[^\n]*)?(?=\n|\Z)")
_NAMED: dict[type, str] = {tree.Param: "name", tree.Let: "name", tree.State: "name", tree.Fn: "function"}
_ONE = (tree.Version, tree.Strategy, tree.On, tree.Universe, tree.Watch, tree.Prefer)
"""Statements of which a program has one."""
_ORDER = (
    (tree.Version, tree.Strategy, tree.On, tree.Universe, tree.Watch), (tree.Assume,), (tree.Param, tree.Require),
    (tree.Let, tree.State), (tree.Fn,), (tree.Enter, tree.Exit, tree.Cancel, tree.Rebalance, tree.Legs, tree.Flow),
)  # fmt: skip
"""Kinds between which an empty line stands."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A statement of a text: what it may be told by, and where it stands, with its own comments from `first` on."""

    key: Key
    statement: tree.Statement
    first: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Merged:
    """A text with another added to it; replaced: what of it gave up its place, by name."""

    text: str
    replaced: tuple[str, ...] = ()


@lru_cache(maxsize=16)
def pieces(text: str) -> tuple[Piece, ...]:
    """The statements of a text in their order."""
    return tuple(_pieces(text))


def is_whole(text: str) -> bool:
    """Whether a text is a program of its own: of several statements, with a version or a title."""
    found = parse(text).module.statements
    return len(found) > 1 and any(isinstance(each, (tree.Version, tree.Strategy)) for each in found)


def merged(text: str, new: str) -> Merged:
    """A program with further statements. One that is there already, by its name, is changed where it stands."""
    replaced: list[str] = []
    for piece in pieces(new):
        written = new[piece.first : piece.end].strip("\n")
        old = next((each for each in pieces(text) if each.key == piece.key), None)
        if old is None:
            text = _added(text, written, piece.statement)
            continue
        replaced.append(" ".join(part for part in piece.key if part != "name").strip())
        begin = old.first if written.lstrip().startswith("#") else old.start
        text = text[:begin] + written + text[old.end :]
    return Merged(text, tuple(replaced))


def without(text: str, new: str) -> str:
    """A program without the statements that those of another text would take the place of."""
    keys = {piece.key for piece in pieces(new)}
    for piece in reversed(pieces(text)):
        if piece.key in keys:
            text = text[: piece.start] + text[piece.end :]
    return text


def dropped(text: str, wanted: str) -> tuple[str, str] | None:
    """A program without the statement of a name, or of a number from 1, and what it was; None where there is none."""
    found = pieces(text)
    for number, piece in enumerate(found, 1):
        if wanted == str(number) or (piece.key[0] in ("name", "function") and piece.key[1] == wanted):
            rest = text[: piece.first].rstrip("\n") + "\n" + text[piece.end :].lstrip("\n")
            return rest.lstrip("\n"), text[piece.start : piece.end]
    return None


def _pieces(text: str) -> Iterator[Piece]:
    before = 0
    for statement in parse(text).module.statements:
        start, end = statement.span.start, statement.span.end
        beside = _BLANK.match(text, end)
        stop = beside.end() if beside else end
        yield Piece(_key(statement, text), statement, _comments(text, before, start), start, stop)
        before = stop


def _comments(text: str, before: int, start: int) -> int:
    """Where the comments begin that stand right above a statement, without an empty line between."""
    first = start
    while first > before:
        line = text.rfind("\n", before, max(first - 1, before)) + 1 or before
        if not text[line:first].strip().startswith("#"):
            return first
        first = line
    return first


def _key(statement: tree.Statement, text: str) -> Key:
    """What a statement is told by: its name, what it is of, or all that it says."""
    kind = type(statement)
    word = text[statement.span.start : statement.span.end].split()[0] if statement.span.end else ""
    if kind in _NAMED:
        return _NAMED[kind], str(getattr(statement, "name", ""))
    if isinstance(statement, _ONE):
        return ("on",) if isinstance(statement, tree.Universe) else (word,)
    if isinstance(statement, tree.Assume):
        return word, statement.name, statement.symbol
    if isinstance(statement, tree.Guard):
        return word, statement.name, statement.of, statement.action
    if isinstance(statement, (tree.Enter, tree.Exit, tree.Cancel)):
        return word, statement.side, statement.symbol, _said(statement.condition, text)
    if isinstance(statement, tree.Plot):
        return word, statement.title or _said(statement.value, text)
    if isinstance(statement, (tree.Emit, tree.Test)):
        return word, statement.name
    return (" ".join(text[statement.span.start : statement.span.end].split()),)


def _said(part: tree.Expr, text: str) -> str:
    return " ".join(text[part.span.start : part.span.end].split())


def _added(text: str, written: str, statement: tree.Statement) -> str:
    """A statement at the end, below an empty line where it is of another kind than the one before."""
    if not text.strip():
        return written + "\n"
    last = pieces(text)[-1:]
    lines = any("\n" in each for each in (written, *(text[piece.start : piece.end] for piece in last)))
    apart = lines or not last or _rank(last[-1].statement) != _rank(statement)
    return text.rstrip("\n") + "\n" * (1 + apart) + written + "\n"


def _rank(statement: tree.Statement) -> int:
    return next((at for at, kinds in enumerate(_ORDER) if isinstance(statement, kinds)), len(_ORDER))


def titles(found: Sequence[Piece], text: str) -> Iterator[str]:
    """Each statement in a line."""
    for piece in found:
        yield " ".join(text[piece.start : piece.end].split())

"""The program of the shell: one text, to which statements are added, a new one in the place of what it changes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
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
    batch: dict[Key, Piece] = {}
    for piece in pieces(new):
        if piece.key in batch:  # said again in the same breath: of what was said before
            text, batch = _with(text, new, batch, replaced), {}
        batch[piece.key] = piece
    return Merged(_with(text, new, batch, replaced), tuple(replaced))


def _with(text: str, new: str, batch: Mapping[Key, Piece], replaced: list[str]) -> str:
    """A program with statements of another text, each of its own key: the text is read once for all of them."""
    there: dict[Key, Piece] = {}
    for old in pieces(text):
        there.setdefault(old.key, old)
    known = [key for key in batch if key in there]
    replaced += (" ".join(part for part in key if part != "name").strip() for key in known)
    last = next((old for old in reversed(pieces(text))), None)
    end = None if last is None else (last.statement, text[last.start : last.end])
    for key in sorted(known, key=lambda key: there[key].start, reverse=True):
        old, written = there[key], _written(new, batch[key])
        begin = old.first if written.lstrip().startswith("#") else old.start
        text = text[:begin] + written + text[old.end :]
        if old is last:
            end = batch[key].statement, new[batch[key].start : batch[key].end]
    for key, piece in batch.items():
        if key not in there:
            written = _written(new, piece)
            text = _added(text, written, piece.statement, end)
            end = piece.statement, new[piece.start : piece.end]
    return text


def _written(new: str, piece: Piece) -> str:
    return new[piece.first : piece.end].strip("\n")


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


def _added(text: str, written: str, statement: tree.Statement, last: tuple[tree.Statement, str] | None) -> str:
    """A statement at the end, below an empty line where it is of another kind than the one before. last: that one, and
    as it is written."""
    if not text.strip():
        return written + "\n"
    lines = "\n" in written or (last is not None and "\n" in last[1])
    apart = lines or last is None or _rank(last[0]) != _rank(statement)
    return text.rstrip("\n") + "\n" * (1 + apart) + written + "\n"


def _rank(statement: tree.Statement) -> int:
    return next((at for at, kinds in enumerate(_ORDER) if isinstance(statement, kinds)), len(_ORDER))


def titles(found: Sequence[Piece], text: str) -> Iterator[str]:
    """Each statement in a line."""
    for piece in found:
        yield " ".join(text[piece.start : piece.end].split())

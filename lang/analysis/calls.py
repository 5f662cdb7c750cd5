"""Whose argument this is: the call that a place of a text is inside of, and which of its arguments."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ...stdlib.catalogue import Row
from ..resolve.definitions import Definition
from ..syntax.scanner import Token
from ..syntax.tree import Fn
from ..words.registry import STANDARD
from .analysis import Analysis

_OPENED = {")": "(", "]": "[", "}": "{"}
_PARAMETERS = re.compile(r"\((.*)\)\s*\Z", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Signature:
    """A function as it is called: `ema(source, length = 20)`. parameters: as the signature writes them."""

    name: str
    parameters: tuple[str, ...]
    meaning: str

    def __str__(self) -> str:
        return f"{self.name}({', '.join(self.parameters)})"

    @property
    def names(self) -> tuple[str, ...]:
        """What each parameter is called."""
        return tuple(parameter.partition("=")[0].strip() for parameter in self.parameters)


@dataclass(frozen=True, slots=True)
class Called:
    """A call around a place. at: which parameter stands there, None beyond the last; given: those that have a name."""

    signature: Signature
    at: int | None
    given: tuple[str, ...]


def call_at(analysis: Analysis, offset: int) -> Called | None:
    """The innermost call of a known function that an offset is inside the brackets of."""
    tokens = analysis.tokens
    index = _before(tokens, offset)
    opened = _opening(tokens, index)
    while opened is not None:
        signature = _signature_of(analysis, tokens, opened)
        if signature is not None:
            return _called(signature, tokens[opened + 1 : index])
        opened = _opening(tokens, opened)
    return None


def signature_of(analysis: Analysis, name: str) -> Signature | None:
    """The signature of a function of the text, or of the language."""
    own = analysis.resolution.program.functions.get(name)
    if own is not None and isinstance(own.statement, Fn):
        return _of_own(own, own.statement)
    row = analysis.registry.functions.get(name)
    return None if row is None else of_row(row)


def functions() -> Mapping[str, Row]:
    """The functions of the language as it is, by name."""
    return STANDARD.functions


def of_row(row: Row) -> Signature:
    """The signature of a function of the language."""
    inside = _PARAMETERS.search(row.signature)
    written = inside[1] if inside else ""
    return Signature(row.name, tuple(part.strip() for part in written.split(",") if part.strip()), row.meaning)


def _of_own(definition: Definition, statement: Fn) -> Signature:
    names = tuple(p.name if p.default is None else f"{p.name} = …" for p in statement.parameters)
    return Signature(definition.name, names, statement.doc)


def _before(tokens: Sequence[Token], offset: int) -> int:
    """How many tokens end at an offset or before it."""
    from bisect import bisect_right

    return bisect_right(tokens, offset, key=lambda token: token.end)


def _opening(tokens: Sequence[Token], index: int) -> int | None:
    """The bracket that is open before token `index`."""
    closed: list[str] = []
    for at in range(index - 1, -1, -1):
        kind = tokens[at].kind
        if kind in _OPENED:
            closed.append(_OPENED[kind])
        elif kind in _OPENED.values():
            if not closed:
                return at
            closed.pop()
    return None


def _signature_of(analysis: Analysis, tokens: Sequence[Token], opened: int) -> Signature | None:
    if tokens[opened].kind != "(" or opened == 0 or not tokens[opened - 1].text.isidentifier():
        return None
    return signature_of(analysis, tokens[opened - 1].text)


def _called(signature: Signature, inside: Sequence[Token]) -> Called:
    """Which parameter the end of what stands inside of the brackets is at."""
    depth, place, given, begun = 0, 0, list[str](), 0
    for at, token in enumerate(inside):
        if token.kind in _OPENED.values():
            depth += 1
        elif token.kind in _OPENED:
            depth -= 1
        elif token.kind == "," and depth == 0:
            place, begun = place + 1, at + 1
        elif token.kind == "=" and depth == 0 and at == begun + 1:
            given.append(inside[begun].text)
    names = signature.names
    named = inside[begun].text if len(inside) > begun + 1 and inside[begun + 1].kind == "=" else ""
    if named in names:
        place = names.index(named)
    known = place < len(names) and (not named or named in names)
    return Called(signature, place if known else None, tuple(given))

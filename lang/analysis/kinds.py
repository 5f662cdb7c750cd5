"""What each word of a text is, for colours: one list for editors, terminals and pages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from ..diagnostics.span import Span
from ..resolve.definitions import Kind
from ..syntax.scanner import Token
from ..words.table import names
from ..words.vocabulary import CONSTANTS, NAMESPACES, STATEMENTS
from .analysis import Analysis


class Class(StrEnum):
    """What a word is."""

    STATEMENT = "statement"
    CLAUSE = "clause"
    WORD = "word"  # between the parts of a statement or an expression
    PARAMETER = "parameter"
    DEFINITION = "definition"
    STATE = "state"
    ARGUMENT = "argument"
    FUNCTION = "function"  # of the text
    BUILT_IN = "built-in"  # of the language
    SERIES = "series"  # a word that stands for a value
    NUMBER = "number"
    TEXT = "text"
    SIGN = "sign"
    NAME = "name"  # of a symbol, an assumption, a guard; or unknown
    COMMENT = "comment"


_BY_KIND = {
    Kind.PARAM: Class.PARAMETER, Kind.LET: Class.DEFINITION, Kind.STATE: Class.STATE, Kind.FUNCTION: Class.FUNCTION,
    Kind.ARGUMENT: Class.ARGUMENT, Kind.WORD: Class.SERIES, Kind.BRACKET: Class.SERIES, Kind.BUILT_IN: Class.BUILT_IN,
}  # fmt: skip
JOINTS = frozenset((*names("joint"), "return", "true", "false", "na"))
"""Words between parts, for colours: `return` and the constants among them."""


@dataclass(frozen=True, slots=True)
class Painted:
    """A word or a comment, and what it is. defines: it is where its name is defined."""

    span: Span
    kind: Class
    defines: bool = False


def painted(analysis: Analysis) -> tuple[Painted, ...]:
    """Every word and comment of a text with what it is, in their order."""
    bound = analysis.resolution.bound
    definitions = {d.span.start for d in analysis.resolution.definitions if d.span}
    found = [Painted(Span(analysis.source, at, at + len(text)), Class.COMMENT) for text, at in analysis.comments]
    for before, token in _with_before(analysis.tokens):
        span = Span(analysis.source, token.start, token.end)
        meaning = bound.get(token.start)
        if meaning is not None:
            found.append(Painted(span, _BY_KIND.get(meaning[1].kind, Class.NAME), token.start in definitions))
        else:
            found.append(Painted(span, _plain(token, before), token.start in definitions))
    return tuple(sorted(found, key=lambda each: each.span.start))


def _with_before(tokens: tuple[Token, ...]) -> Iterator[tuple[Token | None, Token]]:
    yield from pairwise((None, *tokens))


def _plain(token: Token, before: Token | None) -> Class:
    """What a word is that no name is bound to."""
    if token.kind in ("NUMBER", "STRING"):
        return Class.NUMBER if token.kind == "NUMBER" else Class.TEXT
    if not token.text[:1].isalpha() and token.kind != "NAME":
        return Class.SIGN
    if before is not None and before.kind == ".":
        return Class.SERIES
    if token.kind in STATEMENTS:
        return Class.STATEMENT
    if token.kind in JOINTS:
        return Class.WORD
    if token.kind == "NAME":
        return Class.SERIES if token.text in CONSTANTS or token.text in NAMESPACES else Class.NAME
    return Class.CLAUSE

"""A statement that cannot be read: where it begins and ends, what of it was read, what it was meant to define."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

from . import automaton, tree
from .faults import Faults
from .scanner import Token
from .stuck import STATEMENT_WORDS

_DEFINING = frozenset(("let", "param", "state", "fn"))
_ASSIGNED = frozenset(("=", "==", ":"))
_NAMES = automaton.expected((Token("let", "let", 0, 0),), 0, 1, "start")
"""The kinds of token that can be a name."""


def parted(
    faults: Faults, tokens: Sequence[Token], stuck: automaton.Unexpected
) -> tuple[list[tree.Statement], tree.Broken, int]:
    """The whole statements before a fault, the broken one, and the token with which the next one begins."""
    whole, partial = read(stuck.values)
    begun = next((value.start for value in partial if isinstance(value, Token)), tokens[stuck.index].start)
    if not partial and whole and _goes_on(faults.text, whole[-1], tokens[stuck.index]):
        begun = whole[-1].span.start
        partial = [whole.pop()]
    following = _next(faults.text, tokens, stuck, _column(faults.text, begun))
    inside = [token for token in tokens[: max(following, stuck.index)] if token.start >= begun]
    span = faults.span(begun, inside[-1].end if inside else begun)
    return whole, tree.Broken(tuple(dict.fromkeys(_names(inside))), tuple(_parts(partial)), span), following


def read(values: list[Any]) -> tuple[list[tree.Statement], list[Any]]:
    """The statements that were read to their end, and the parts of the next one."""
    first = values[0] if values else ()
    if isinstance(first, list):
        return list(first), values[1:]
    return ([], values) if isinstance(first, Token) else (list(first), [])


def _next(text: str, tokens: Sequence[Token], stuck: automaton.Unexpected, column: int) -> int:
    """Where the next statement begins; a broken function ends with its `return`, its own lets are passed over."""
    words = STATEMENT_WORDS
    if any(isinstance(value, Token) and value.kind == "fn" for value in stuck.values):
        words = STATEMENT_WORDS - {"let", "state"}
    for index in range(stuck.index, len(tokens) - 1):
        token = tokens[index]
        if token.kind in words or (index > stuck.index and _names_a_value(text, tokens, index, column)):
            return index
        if token.kind == "return":
            words = STATEMENT_WORDS
    return len(tokens) - 1


def _names_a_value(text: str, tokens: Sequence[Token], index: int, column: int) -> bool:
    """`x = close` at the begin of a line, no further in than the broken statement: a statement without its `let`."""
    token = tokens[index]
    begins = "\n" in text[tokens[index - 1].end : token.start] and _column(text, token.start) <= column
    return begins and lacks_let(tokens, index)


def lacks_let(tokens: Sequence[Token], index: int) -> bool:
    """`x = close`"""
    return tokens[index].kind == "NAME" and tokens[index + 1].kind == "="


def _goes_on(text: str, statement: tree.Statement, token: Token) -> bool:
    """Whether a token that no statement begins with belongs to the one before it: on its line, or further in."""
    line = text.rfind("\n", 0, token.start) + 1
    return line <= statement.span.end or token.start - line > _column(text, statement.span.start)


def _column(text: str, offset: int) -> int:
    return offset - text.rfind("\n", 0, offset) - 1


def _names(tokens: Sequence[Token]) -> Iterator[str]:
    """What stands behind `let` and its like, or before a sign that names: in any spelling of another language.

    Any name, where a definition has none, or where a text that is never closed may have swallowed it.
    """
    if tokens and (tokens[0].kind in _DEFINING or tokens[0].kind not in STATEMENT_WORDS):
        first = next((i for i, token in enumerate(tokens) if token.kind in _ASSIGNED), 0)
        yield from (token.text for token in tokens[:first] if token.kind in _NAMES)
        yield from (name.text for name, sign in pairwise(tokens) if sign.kind in _ASSIGNED and name.kind in _NAMES)
    for word, name in pairwise(tokens):
        if word.kind in _DEFINING:
            any_name = tree.ANY_FUNCTION if word.kind == "fn" else tree.ANY_NAME
            yield name.text if name.kind in _NAMES else any_name
    if any(token.unclosed for token in tokens):
        yield from (tree.ANY_NAME, tree.ANY_FUNCTION)


def _parts(values: Sequence[object]) -> Iterator[object]:
    """The trees among what was read, without names that were about to be called or asked for a field."""
    for value, following in pairwise([*values, None]):
        if isinstance(value, list):
            yield from _parts(value)
        elif not isinstance(value, Token) and not (isinstance(value, tree.Name) and isinstance(following, Token)):
            yield value

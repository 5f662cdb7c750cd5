"""A statement that cannot be read: where it begins and ends, what of it was read, what it was meant to define."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from . import automaton, tree
from .faults import Faults
from .scanner import Token
from .stuck import STATEMENT_WORDS

_DEFINING = frozenset(("let", "param", "state", "fn"))
_ASSIGNED = frozenset(("=", "==", ":"))


def parted(
    faults: Faults, tokens: Sequence[Token], stuck: automaton.Unexpected, following: int
) -> tuple[list[tree.Statement], tree.Broken]:
    """The whole statements before a fault, and the broken one, which ends before token `following`."""
    first = stuck.values[0] if stuck.values else ()
    whole: list[tree.Statement] = list(first) if type(first) in (list, tuple) else []
    partial = stuck.values[1:] if type(first) is list else stuck.values if type(first) is Token else []
    begun = next((value.start for value in partial if type(value) is Token), tokens[stuck.index].start)
    if not partial and whole and _goes_on(faults.text, whole[-1], tokens[stuck.index]):
        partial = [whole.pop()]
        begun = partial[0].span.start
    inside = [token for token in tokens[: max(following, stuck.index)] if token.start >= begun]
    end = inside[-1].end if inside else begun
    return whole, tree.Broken(tuple(dict.fromkeys(_names(inside))), tuple(_parts(partial)), faults.span(begun, end))


def _goes_on(text: str, statement: tree.Statement, token: Token) -> bool:
    """Whether a token that no statement begins with belongs to the one before it: on its line, or further in."""
    line = text.rfind("\n", 0, token.start) + 1
    return line <= statement.span.end or token.start - line > _column(text, statement.span.start)


def _column(text: str, offset: int) -> int:
    return offset - text.rfind("\n", 0, offset) - 1


def _names(tokens: Sequence[Token]) -> Iterator[str]:
    """What stands behind `let` and its like, or before a sign that names: in any spelling of another language."""
    if not tokens:
        return
    if tokens[0].kind in _DEFINING or tokens[0].kind not in STATEMENT_WORDS:
        named = next((i for i, token in enumerate(tokens) if token.kind in _ASSIGNED), 0)
        yield from (token.text for token in tokens[:named] if token.kind not in _DEFINING and _is_name(token))
    for word, name in pairwise(tokens):
        if word.kind in _DEFINING and _is_name(name):
            yield name.text


def _is_name(token: Token) -> bool:
    return token.text.isidentifier()


def _parts(values: Sequence[object]) -> Iterator[object]:
    """The trees among what was read."""
    for value in values:
        if type(value) is list:
            yield from _parts(value)
        elif type(value) is not Token:
            yield value

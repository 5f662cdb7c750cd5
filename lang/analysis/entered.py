"""What somebody types, before it is known to be whole: a statement or an expression, and whether more has to come."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from ..syntax import automaton
from ..syntax.faults import Faults, Stopped
from ..syntax.scanner import END, Token, scan
from ..syntax.stuck import CLAUSE_WORDS, STATEMENT_WORDS
from ..words.limits import STANDARD
from ..words.vocabulary import LEGS, TEST_PARTS

_PARTS = {"test": frozenset(TEST_PARTS), "atomic": frozenset(LEGS), "sequence": frozenset(LEGS)}
"""Statements of which there can always be another part, and how one begins."""
INSIDE = "  "
"""What a line begins with that goes on with a statement."""


class Entered(StrEnum):
    """What a text is meant as."""

    NOTHING = "nothing"
    EXPRESSION = "expression"
    STATEMENTS = "statements"


def words_of(text: str) -> tuple[Token, ...]:
    """The words of a text with its end; none of one that is beyond the limits."""
    faults = Faults(text, "<text>")
    if len(text) > STANDARD.source:
        return (Token(END, "", 0, 0),)
    try:
        return tuple(scan(faults).tokens)
    except Stopped:
        return (Token(END, "", 0, 0),)


def entered(tokens: Sequence[Token]) -> Entered:
    """Statements where a text begins as one, or gives a name a value (`x = close`, which lacks its `let`)."""
    if tokens[0].kind == END:
        return Entered.NOTHING
    named = len(tokens) > 2 and tokens[0].kind == "NAME" and tokens[1].kind == "="
    return Entered.STATEMENTS if tokens[0].kind in STATEMENT_WORDS or named else Entered.EXPRESSION


def is_readable(text: str) -> bool:
    """Whether a text can be read as one expression, or as statements, from its beginning to its end."""
    tokens = words_of(text)
    return entered(tokens) is not Entered.NOTHING and _stuck(tokens) is None


def is_unfinished(text: str) -> bool:
    """Whether a text can be read as far as it goes, and ends too early: an open bracket, a value that is missing."""
    tokens = words_of(text)
    return entered(tokens) is not Entered.NOTHING and _stuck(tokens) == len(tokens) - 1


def takes_clauses(text: str) -> bool:
    """Whether a clause can follow a whole text: its last statement is an order, or has parts as a test does."""
    tokens = words_of(text)
    if entered(tokens) is not Entered.STATEMENTS or _stuck(tokens) is not None:
        return False
    last = _last(tokens)
    expected = automaton.expected(tokens, last, len(tokens) - 1, "start")
    return tokens[last].kind in _PARTS or bool(expected & CLAUSE_WORDS)


def goes_on(text: str, line: str) -> bool:
    """Whether a line goes on with the last statement of a text: it is indented, or begins with a clause or a part."""
    first, tokens = words_of(line)[0], words_of(text)
    parts = _PARTS.get(tokens[_last(tokens)].kind, ())
    return first.kind != END and (line[:1].isspace() or first.kind in CLAUSE_WORDS or first.text in parts)


def begins_anew(text: str, line: str) -> bool:
    """Whether a line begins a statement that cannot stand inside the unfinished one of a text: that stays as it is."""
    first = words_of(line)[0]
    if first.kind not in STATEMENT_WORDS:
        return False
    tokens = words_of(text)
    return automaton.stuck((*tokens[:-1], first, tokens[-1]), 0, _goal(tokens)) == len(tokens) - 1


def _stuck(tokens: Sequence[Token]) -> int | None:
    return automaton.stuck(tokens, 0, _goal(tokens))


def _goal(tokens: Sequence[Token]) -> str:
    return "expr" if entered(tokens) is Entered.EXPRESSION else "start"


def _last(tokens: Sequence[Token]) -> int:
    """Where the last statement begins: the functions before it have their `return`."""
    return max((at for at, token in enumerate(tokens) if token.kind in STATEMENT_WORDS), default=0)

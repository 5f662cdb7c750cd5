"""Compares the words of a text with a pattern: which of them are it, and what its parts take.

What a part takes ends at the pattern's next word, outside brackets; nothing is tried twice, so the time is that of the
words looked at.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Sequence

from ..words.vocabulary import (
    DEFINITIONS,
    ENTER_CLAUSES,
    EXIT_CLAUSES,
    INNER_STATEMENTS,
    JOINTS,
    ORDERS,
    REBALANCE_CLAUSES,
    STATEMENTS,
    VALUE_FOLLOWS,
)  # fmt: skip
from . import units
from .words import CLOSERS, OPENERS, Word, new_line, opener

LONGEST = 150
"""Words that one part of a pattern may take."""
OURS = frozenset((*STATEMENTS, *ENTER_CLAUSES, *EXIT_CLAUSES, *REBALANCE_CLAUSES))
"""Words that begin a statement or a clause."""
BOUNDS = OURS | frozenset(JOINTS)
BEGINS = frozenset(("=", ":=", ",", "(", "[", "{", ";", "while", *INNER_STATEMENTS, *VALUE_FOLLOWS))
_STOPS = frozenset((",", ";", ":=", "=", "then", "else", *ORDERS, *DEFINITIONS))
_WHOLE = ("$c", "$d", "$w")

Known = Container[str]
"""The names of our functions."""
Taken = dict[str, tuple[int, int]]
"""Of each part of a pattern the first word it takes and the one behind its last."""


def compare(words: Sequence[Word], at: int, pattern: Sequence[Word], taken: Taken, known: Known) -> int | None:
    """The word behind the pattern that begins at word `at`; None if it is not there."""
    for index, element in enumerate(pattern):
        if not element.is_part:
            if at >= len(words) or words[at].folded != element.folded:
                return None
            at += 1
            continue
        until = pattern[index + 1].folded if index + 1 < len(pattern) else None
        end = _taken(words, at, element.text, until, known)
        if end is None:
            return None
        if element.text == "$c" and pattern[0].text in ORDERS and any(word.text in OURS for word in words[at:end]):
            return None  # `enter long when up trigger buy stop sell`: of an order a condition ends with its clauses
        taken[element.text], at = (at, end), end
    return at


def _taken(words: Sequence[Word], at: int, part: str, until: str | None, known: Known) -> int | None:
    """The word behind what a part of a pattern takes from word `at` on."""
    if part in ("$clock", "$until"):
        ends = [at + n for n in (4, 3, 2, 1) if at + n <= len(words)]
        return next((end for end in ends if units.clock("".join(word.text for word in words[at:end]))), None)
    if part not in _ONE:
        end = _expression(words, at, until, rest=part in ("$rest", "$args"))
        return end if end > at or part == "$rest" else None
    return at + 1 if at < len(words) and _ONE[part](words[at], known) else None


def _reads(read: Callable[[str], str]) -> Callable[[Word, Known], bool]:
    return lambda word, known: bool(read(word.text))


_ONE: dict[str, Callable[[Word, Known], bool]] = {
    "$name": lambda word, known: word.is_name,
    "$function": lambda word, known: word.is_name and word.folded in known,
    "$number": lambda word, known: word.text[0].isdigit(),
    "$count": lambda word, known: word.text[0].isdigit(),
    "$text": lambda word, known: word.text[0] in "\"'",
    **{part: _reads(read) for part, read in units.READ.items()},
}
"""Parts that are one word."""


def _expression(words: Sequence[Word], at: int, until: str | None, *, rest: bool) -> int:
    """The word behind the expression at `at`: before `until`, at the end of its bracket, or of its line."""
    depth = 0
    for index in range(at, min(at + LONGEST, len(words))):
        word = words[index]
        if not depth and (word.folded == until or (not rest and word.text in _STOPS)):
            return index
        if not depth and until is None and (word.text in OURS or new_line(words, index)):
            return index
        if word.text in OPENERS:
            depth += 1
        elif word.text in CLOSERS:
            if not depth:
                return index
            depth -= 1
    return min(at + LONGEST, len(words))


def before(words: Sequence[Word], last: int, part: str, known: Known) -> int | None:
    """The first word of what a part takes that ends with word `last`: one word, an operand, or a whole condition."""
    if part in _ONE:
        return last if _ONE[part](words[last], known) else None
    return _condition(words, last) if part in _WHOLE else operand(words, last)


def operand(words: Sequence[Word], last: int) -> int | None:
    """A name, a number, a text, what is in brackets, a call, and the fields before it."""
    at = last
    while at >= 0:
        word = words[at]
        if word.text in CLOSERS:
            begun = opener(words, at, LONGEST)
            if begun is None:
                return None
            before = words[begun - 1] if begun else None
            if before is not None and before.end == words[begun].start and _endsoperand(before):
                at = begun - 1
                continue
            return begun
        if word.text in BOUNDS or not (word.is_name or word.text[0].isdigit() or word.text[0] in "\"'"):
            return None
        if at < 2 or words[at - 1].text != ".":
            return at
        at -= 2
    return None


def _endsoperand(word: Word) -> bool:
    return word.text in CLOSERS or (word.is_name and word.text not in BOUNDS)


_CLAUSES = frozenset((*ENTER_CLAUSES, *EXIT_CLAUSES, "hold"))


def _condition(words: Sequence[Word], last: int) -> int | None:
    depth = 0
    for at in range(last, max(last - LONGEST, -1), -1):
        text = words[at].text
        if text in CLOSERS:
            depth += 1
        elif not depth and text in _CLAUSES:  # what ends here is a clause's
            return None
        elif not depth and (text.lower() in BEGINS):
            return at + 1 if at < last else None
        elif text in OPENERS:
            depth -= 1
        if not depth and new_line(words, at):
            return at
    return 0 if last < LONGEST else None

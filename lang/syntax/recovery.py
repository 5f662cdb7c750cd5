"""Says what is wrong where the grammar cannot go on: first the usual slips, then what could have stood there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..diagnostics.model import Note
from ..words.vocabulary import LATER
from . import (  # the slips fill the table as they are imported
    automaton,
    slips,
    slips_domains,  # noqa: F401
    slips_expressions,  # noqa: F401
    slips_heading,  # noqa: F401
    slips_orders,  # noqa: F401
    slips_statements,  # noqa: F401
    slips_words,  # noqa: F401
    tables,
)
from .faults import Faults
from .scanner import END, Token
from .stuck import CLAUSE_WORDS, STATEMENT_WORDS, Place

_CLOSERS = {"(": ")", "[": "]", "{": "}"}
_OPENERS = {closer: opener for opener, closer in _CLOSERS.items()}
_BEGINS = frozenset(kind for kind in tables.ROWS[tables.START["expr"]] if kind in automaton.KINDS)
_NAMES = frozenset(k for k in _BEGINS if k.isalpha()) - {"NUMBER", "STRING", "if", "not", "na", "true", "false"}
_BETWEEN = frozenset("+ - * / // < <= > >= == != and or @ . [ ( of bars".split())
# A set of tokens that could stand somewhere has a name where all of the first set could; the second is what it covers.
_GROUPS = (
    ("an expression", _BEGINS, _BEGINS),
    ("an operator", frozenset(("+", "*", "and")), _BETWEEN),
    ("a name", frozenset(("NAME",)), _NAMES | {"CAPITAL_IN"}),
    ("a clause", frozenset(("stop", "because")), CLAUSE_WORDS | (LATER.keys() - STATEMENT_WORDS)),
    ("a statement", frozenset(("let", "enter")), STATEMENT_WORDS),
    ("a number", frozenset(("NUMBER",)), frozenset(("NUMBER",))),
    ("a text", frozenset(("STRING",)), frozenset(("STRING",))),
    ("`on entries`, `on exits`", frozenset(("ON_SIDE",)), frozenset(("ON_SIDE",))),
)


def explain(faults: Faults, tokens: Sequence[Token], at: int, stuck: automaton.Unexpected, goal: str) -> None:
    """Report the fault at the token where reading got stuck; `at` is where this attempt began."""
    place = Place(faults, tokens, at, stuck.index, goal)
    if any(tokens[place.first].start <= offset <= place.token.start for offset in faults.dropped):
        return  # what is missing here was left out, which was reported
    if slips.recognise(place):
        return
    wanted = place.wanted
    token = tokens[stuck.index]
    opener = _unclosed(stuck.values)
    if token.kind in _OPENERS and (opener is None or opener.kind != _OPENERS[token.kind]):
        _stray(faults, token, opener)
    elif opener is not None and _CLOSERS[opener.kind] in wanted:
        _open(place, opener)
    else:
        _unexpected(place)


def _unclosed(values: Sequence[Any]) -> Token | None:
    """The innermost bracket that is still open."""
    return next((v for v in reversed(values) if type(v) is Token and v.kind in _CLOSERS), None)


def _stray(faults: Faults, token: Token, opener: Token | None) -> None:
    notes = [Note(f"this `{opener.kind}` is open", faults.span(opener.start, opener.end))] if opener else []
    faults.error("E005", f"this `{token.text}` closes nothing", token.start, token.end, notes=notes)


def _open(place: Place, opener: Token) -> None:
    closer = _CLOSERS[opener.kind]
    culprit, notes = place.culprit
    here = Note(f"it closes this `{opener.kind}`", place.faults.span(opener.start, opener.end))
    place.faults.error("E005", f"expected `{closer}`, found {shown(place.token)}",
                       culprit.start, culprit.end, notes=[here, *notes])  # fmt: skip


def _unexpected(place: Place) -> None:
    culprit, notes = place.culprit
    code = "E002" if place.token.kind == END else "E001"
    place.faults.error(code, f"expected {_described(place.wanted)}{_after(place)}, found {shown(place.token)}",
                       culprit.start, culprit.end, notes=notes)  # fmt: skip


def _after(place: Place) -> str:
    return f" after {shown(place.before)}" if place.before.end >= 0 else ""


def shown(token: Token) -> str:
    """The token as a message names it."""
    return "the end" if token.kind == END else f"`{token.text}`" if len(token.text) <= 40 else "a long text"


def _described(wanted: set[str]) -> str:
    """The tokens that could stand somewhere, as a person would say it."""
    left = wanted - {END}
    parts: list[str] = []
    for name, all_of, covers in _GROUPS:
        if all_of <= left:
            parts.append("the next statement" if name == "a statement" and parts else name)
            left -= covers
    parts.extend(f"`{kind}`" for kind in sorted(left)[:4])
    if len(parts) < 2:
        return parts[0] if parts else "nothing more"
    return ", ".join(parts[:-1]) + f" or {parts[-1]}"

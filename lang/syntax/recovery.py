"""Says what is wrong where the grammar cannot go on: first the usual slips, then what could have stood there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..diagnostics.model import Note
from . import automaton, slips
from .faults import Faults
from .place import STATEMENT_WORDS, Place
from .scanner import END, Token

_CLOSERS = {"(": ")", "[": "]", "{": "}"}
_OPENERS = {closer: opener for opener, closer in _CLOSERS.items()}
# Groups of tokens with one name, the widest first: a group is named where all of it could stand.
_GROUPS = (
    ("a statement", {"let", "enter", "exit", "param"}),
    ("an expression", {"NAME", "NUMBER", "STRING", "(", "-", "if", "not"}),
    ("a value", {"NAME", "NUMBER", "STRING", "(", "{"}),
    ("a name", {"NAME"}),
    ("a number", {"NUMBER"}),
    ("a text", {"STRING"}),
)
_BETWEEN = frozenset("+ - * / // < <= > >= == != and or @ . [ ( of bars".split())
_MEMBERS = frozenset().union(*(members for _, members in _GROUPS))


def explain(faults: Faults, tokens: Sequence[Token], at: int, stuck: automaton.Unexpected, goal: str) -> None:
    """Report the fault at the token where reading got stuck; `at` is where this attempt began."""
    place = Place(faults, tokens, at, stuck.index, goal)
    if slips.recognise(place):
        return
    wanted = place.wanted
    token = tokens[stuck.index]
    opener = _unclosed(stuck.values)
    if token.kind in _OPENERS and (opener is None or opener.kind != _OPENERS[token.kind]):
        _stray(faults, token, opener)
    elif opener is not None and _CLOSERS[opener.kind] in wanted:
        _open(faults, token, opener)
    else:
        _unexpected(faults, tokens, stuck.index, wanted)


def _unclosed(values: Sequence[Any]) -> Token | None:
    """The innermost bracket that is still open."""
    return next((v for v in reversed(values) if type(v) is Token and v.kind in _CLOSERS), None)


def _stray(faults: Faults, token: Token, opener: Token | None) -> None:
    notes = [Note(f"this `{opener.kind}` is open", faults.span(opener.start, opener.end))] if opener else []
    faults.error("E005", f"this `{token.text}` closes nothing", token.start, token.end, notes=notes)


def _open(faults: Faults, token: Token, opener: Token) -> None:
    closer = _CLOSERS[opener.kind]
    faults.error(
        "E005", f"expected `{closer}`, found {shown(token)}", token.start, token.end,
        notes=[Note(f"it closes this `{opener.kind}`", faults.span(opener.start, opener.end))],
    )  # fmt: skip


def _unexpected(faults: Faults, tokens: Sequence[Token], index: int, wanted: set[str]) -> None:
    token = tokens[index]
    after = f" after `{tokens[index - 1].text}`" if index else ""
    code = "E002" if token.kind == END else "E001"
    start, end = token.start, token.end
    if token.kind == END and index:
        start, end = tokens[index - 1].start, tokens[index - 1].end
    faults.error(code, f"expected {_described(wanted)}{after}, found {shown(token)}", start, end)


def shown(token: Token) -> str:
    """The token as a message names it."""
    return "the end" if token.kind == END else f"`{token.text}`" if len(token.text) <= 40 else "a long text"


def _described(wanted: set[str]) -> str:
    """`"(", ")"` … as a person would say it."""
    left = set(wanted) - {END}
    parts = []
    for name, members in _GROUPS:
        if members <= left:
            parts.append(name)
            left -= STATEMENT_WORDS if name == "a statement" else _MEMBERS | STATEMENT_WORDS
    if "a statement" in parts and len(parts) == 1 and left & _BETWEEN:
        parts = ["an operator", "the next statement"]
        left -= _BETWEEN
    elif left >= {"+", "*", "and"}:
        parts.append("an operator")
        left -= _BETWEEN
    parts.extend(f"`{kind}`" for kind in sorted(left)[:4])
    return parts[0] if len(parts) == 1 else ", ".join(parts[:-1]) + f" or {parts[-1]}" if parts else "nothing more"

"""Rows of patterns over tokens, and how they are applied: what an idiom is, and what it becomes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import Any, NamedTuple

from .token import Token


class Found:
    """What a row matched: tokens by label. `value` of one that is not there is None."""

    def __init__(self, tokens: dict[str, Token], whole: Sequence[Token]) -> None:
        self._tokens = tokens
        self.whole = whole

    def __contains__(self, label: str) -> bool:
        return label in self._tokens

    def __getitem__(self, label: str) -> Any:
        token = self._tokens.get(label)
        return token.value if token else None

    def token(self, label: str) -> Token:
        return self._tokens[label]

    def kind(self, label: str) -> str:
        return self._tokens[label].kind if label in self._tokens else ""

    def text(self, label: str = "") -> str:
        if label:
            return self._tokens[label].text if label in self._tokens else ""
        return " ".join(token.text for token in self.whole if token.text)


Build = Callable[[Found], "Token | tuple[str, Any] | list[Token] | None"]


class Row(NamedTuple):
    """pattern: kinds in order. `n:num` captures, `a|b` either, `x?` or not, `!x` no such here, `>x` such a one
    here and left there, `<x` such a one before.

    becomes: the kind and value of the one token, tokens, or None where it is none after all.
    """

    pattern: str
    becomes: Build | None


class _Item(NamedTuple):
    label: str
    kinds: frozenset[str]
    optional: bool
    look: str


@cache
def _items(pattern: str) -> tuple[_Item, ...]:
    return tuple(map(_item, pattern.split()))


def _item(text: str) -> _Item:
    look = text[0] if text[0] in "!<>" else ""
    label, _, kinds = text.removeprefix(look).rpartition(":")
    return _Item(label, frozenset(kinds.removesuffix("?").split("|")), kinds.endswith("?"), look)


def _match(
    items: tuple[_Item, ...], at: int, tokens: Sequence[Token], here: int
) -> tuple[int, dict[str, Token]] | None:
    if at == len(items):
        return here, {}
    item = items[at]
    kind = tokens[here].kind if here < len(tokens) else "end"
    if item.look:
        seen = kind if item.look != "<" else tokens[here - 1].kind if here else "start"
        return _match(items, at + 1, tokens, here) if (seen in item.kinds) != (item.look == "!") else None
    if kind in item.kinds:
        rest = _match(items, at + 1, tokens, min(here + 1, len(tokens)))
        if rest:
            return rest[0], ({item.label: tokens[here], **rest[1]} if item.label and kind != "end" else rest[1])
    return _match(items, at + 1, tokens, here) if item.optional else None


class _Needs(NamedTuple):
    """begins: the kinds of which a match takes one first. wants: of each that it cannot do without, the kinds."""

    begins: frozenset[str]
    wants: tuple[frozenset[str], ...]


@cache
def _needs(pattern: str) -> _Needs:
    taken = [item for item in _items(pattern) if not item.look]
    wants = [item.kinds for item in taken if not item.optional]
    first = next((at for at, item in enumerate(taken) if not item.optional), len(taken))
    begins = frozenset[str]().union(*(item.kinds for item in taken[: first + 1]))
    return _Needs(begins, tuple(kinds for kinds in wants if "end" not in kinds))


def matched(row: Row, tokens: Sequence[Token], here: int) -> tuple[Found, int] | None:
    """What a row finds at a place, and where it ends."""
    found = _match(_items(row.pattern), 0, tokens, here)
    return (Found(found[1], tokens[here : found[0]]), found[0]) if found and found[0] > here else None


def applied(rows: Iterable[Row], tokens: list[Token]) -> list[Token]:
    """Each row in its turn over all of the tokens, from the left; what it makes is not matched by it again at once.

    Of many hundred rows few have all that they want among the tokens of a request: the others are passed over.
    """
    there = {token.kind for token in tokens}
    for row in rows:
        begins, wants = _needs(row.pattern)
        if begins.isdisjoint(there) or any(kinds.isdisjoint(there) for kinds in wants):
            continue
        if _applied(row, begins, tokens):
            there = {token.kind for token in tokens}
    return tokens


def _applied(row: Row, begins: frozenset[str], tokens: list[Token]) -> bool:
    """One row over all of the tokens; whether it made anything."""
    items, here, changed = _items(row.pattern), 0, False
    while here < len(tokens):
        found = _match(items, 0, tokens, here) if tokens[here].kind in begins else None
        made = _made(row, found, tokens, here) if found and found[0] > here else None
        if made is None or not found:
            here += 1
            continue
        tokens[here : found[0]] = made
        here += max(len(made), 1)
        changed = True
    return changed


def _made(row: Row, found: tuple[int, dict[str, Token]], tokens: list[Token], here: int) -> list[Token] | None:
    match = Found(found[1], tokens[here : found[0]])
    made = row.becomes(match) if row.becomes else None
    if made is None or isinstance(made, list):
        return made
    return [made] if isinstance(made, Token) else [Token(made[0], match.text(), made[1])]

"""Spans: what is said of one setting in any order, `half my money per trade`, `per trade half my money`.

A row of patterns wants its kinds in one order. A span wants each of its kinds once, in whatever order, and lets light
kinds stand between and beside them. It has to fill the stretch between two edges wholly, so that no word of it is
passed over that another rule would have read.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from typing import NamedTuple

from ..tokens.pattern import Build, Found
from ..tokens.token import Token

EDGES = frozenset({
    "start", "end", "comma", "stopmark", "note", "and", "but", "then", "when", "arrow", "set", "colon", "ticker",
})  # fmt: skip

_PARTING = frozenset({"comma", "and", "then", "arrow", "colon"})
"""At the ends of a span they part it from its neighbours."""


class Span(NamedTuple):
    """wants: `v:pct|share w:account`: each once; `x?` once or not. light: kinds that may stand anywhere in it, any
    number of times. becomes: the tokens that take its place, or None where it is no such span after all."""

    wants: str
    light: str
    becomes: Build


class _Want(NamedTuple):
    label: str
    kinds: frozenset[str]
    optional: bool


@cache
def _wants(text: str) -> tuple[_Want, ...]:
    made = []
    for each in text.split():
        label, _, kinds = each.removesuffix("?").rpartition(":")
        made.append(_Want(label or kinds, frozenset(kinds.split("|")), each.endswith("?")))
    return tuple(made)


class _Kinds(NamedTuple):
    """Of a span: those that stand anywhere in it, all that may stand in it, and of each that it wants once."""

    light: frozenset[str]
    every: frozenset[str]
    once: tuple[frozenset[str], ...]


@cache
def _kinds(wants: str, light: str) -> _Kinds:
    anywhere = frozenset(light.split())
    by_label: dict[str, frozenset[str]] = {}
    for want in _wants(wants):
        by_label[want.label] = by_label.get(want.label, frozenset()) | want.kinds
    needed = dict.fromkeys(want.label for want in _wants(wants) if not want.optional)
    return _Kinds(anywhere, anywhere.union(*by_label.values()), tuple(by_label[label] for label in needed))


def spanned(rows: Iterable[Span], tokens: list[Token]) -> list[Token]:
    """Each row in its turn over all of the tokens; most want what a request has not, and are passed over."""
    for row in rows:
        wants, (light, kinds, once) = _wants(row.wants), _kinds(row.wants, row.light)
        there = {token.kind for token in tokens}
        if any(needed.isdisjoint(there) for needed in once):
            continue
        here = 0
        while here < len(tokens):
            end = here
            while end < len(tokens) and tokens[end].kind in kinds:
                end += 1
            stop = end
            while here < end and tokens[here].kind in _PARTING:
                here += 1
            while end > here and tokens[end - 1].kind in _PARTING:
                end -= 1
            made = _made(row, wants, light, tokens[here:end]) if end > here and _edged(tokens, here, end) else None
            if made is not None:
                tokens[here:end] = made
                stop += len(made) - (end - here)
            here = max(stop, here + 1)
    return tokens


def _edged(tokens: Sequence[Token], here: int, end: int) -> bool:
    before = tokens[here - 1].kind if here else "start"
    after = tokens[end].kind if end < len(tokens) else "end"
    return before in EDGES and after in EDGES


def _made(row: Span, wants: Sequence[_Want], light: frozenset[str], run: list[Token]) -> list[Token] | None:
    labels: dict[str, Token] = {}
    for token in run:
        want = next((each for each in wants if token.kind in each.kinds and each.label not in labels), None)
        if want is not None:
            labels[want.label] = token
        elif token.kind not in light:
            return None
    if any(not want.optional and want.label not in labels for want in wants):
        return None
    found = Found(labels, run)
    made = row.becomes(found)
    if made is None or isinstance(made, list):
        return made
    return [made] if isinstance(made, Token) else [Token(made[0], found.text(), made[1])]


def with_act(found: Found, *made: Token) -> list[Token] | None:
    """The settings behind the entry that the span names; None where it names a way out, or two entries."""
    acts = [token for token in found.whole if token.kind == "act"]
    if len(acts) > 1 or any(token.value not in {"long", "short"} for token in acts):
        return None
    return [*acts, *made]

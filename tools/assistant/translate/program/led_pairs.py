"""Actions that only head what follows, `shorts as well: … long, … short`: each of the actions behind them has its
condition right before it, so that none of those is of the heading."""

from __future__ import annotations

from ..tokens.token import Token

_ENTRIES = {"long", "short"}
_EXITS = {"exit", "sell", "cover"}
_LIGHT = {"and", "then", "arrow", "filler", "note", "all", "at", "on", "set", "per", "colon"}
_NEUTRAL = {"enter", "enters", "entering", "entry", "entries", "trade", "trades", "trading", "open", "opened"}


def without_headings(sentence: list[Token]) -> list[Token]:
    """The sentence without its heading actions, where the pairs behind them say all that they say."""
    first = next((here for here, token in enumerate(sentence) if token.kind == "cond" and _led(sentence, here)), 0)
    heading = [token for token in sentence[:first] if token.kind == "act"]
    if not heading or any(token.kind in {"when", "arrow"} for token in sentence[:first]):
        return sentence
    sides = _paired(sentence[first:])
    ages = any(token.kind == "set" for token in sentence[:first])
    if len(sides) < 2 or not all(_said(token, sides, ages) for token in heading):
        return sentence
    return [token for token in sentence[:first] if token.kind != "act"] + sentence[first:]


def _led(sentence: list[Token], here: int) -> bool:
    return here > 0 and sentence[here - 1].kind in {"comma", "colon"}


def _said(token: Token, sides: set[str], ages: bool) -> bool:
    if token.value in _EXITS:
        return ages
    return token.value in sides or token.value == "both" or token.text.split()[0] in _NEUTRAL


def _paired(tokens: list[Token]) -> set[str]:
    """The sides of `condition act, condition act`; empty where it is anything else."""
    sides: set[str] = set()
    ready = False
    for token in tokens:
        if token.kind == "cond":
            ready = True
        elif token.kind == "act" and token.value in _ENTRIES | _EXITS:
            if not ready:
                return set()
            sides.add(token.value)
            ready = False
        elif token.kind not in _LIGHT | {"comma"}:
            return set()
    return set() if ready else sides

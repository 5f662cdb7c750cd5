"""The ratio of two symbols, one of them traded: `the ratio of XLK to SPY`, `XLK/SPY above its 50 day average`."""

from __future__ import annotations

from dataclasses import replace

from ..tokens.pattern import Found, Row, applied
from ..tokens.token import Series, Token

NAME = "ratio"
_WORDS = {"ratio", "ratios"}


def _pair(found: Found) -> Token | None:
    words = [token.text for token in found.whole if token.kind == "unknown"]
    if any(word not in _WORDS for word in words) or found["a"] == found["b"]:
        return None
    return Token("pairratio", found.text(), (found["a"], found["b"]))


PAIRS = (
    Row("unknown of? px? of? a:ticker to|and|slash|by|vs px? of? b:ticker", _pair),
)  # fmt: skip


def paired(tokens: list[Token]) -> list[Token]:
    """Before symbols are told apart: a ratio is one value."""
    return applied(PAIRS, tokens) if any(token.text in _WORDS for token in tokens) else tokens


def of_ratios(tokens: list[Token]) -> list[Token]:
    """The ratio as a series of its own, and the averages that are said of it; a question where neither is traded."""
    found = next((token for token in tokens if token.kind == "pairratio"), None)
    traded = [token.value for token in tokens if token.kind == "ticker"]
    if found is None:
        return tokens
    one, two = found.value
    if len(set(traded)) != 1 or traded[0] not in found.value:
        return [Token("unknown", token.text) if token.kind == "pairratio" else token for token in tokens]
    text = f"close / close of {two}" if one == traded[0] else f"close of {one} / close"
    made: list[Token] = []
    near = False
    for token in tokens:
        if token.kind == "pairratio" or token.text in _WORDS:
            near = True
            token = Token("ser", token.text, Series(NAME, "ratio of two", NAME))
        elif token.kind in {"act", "stopmark", "comma"}:
            near = False
        elif near and token.kind == "ser" and token.value.text.startswith(f"{token.value.name}(close, "):
            own = token.value
            if made[-1].kind == "ser" and made[-1].text in _WORDS:
                made.pop()  # `the ratio's average`
            own = replace(own, text=own.text.replace("(close, ", f"({NAME}, "), dim="ratio of two")
            token = Token("ser", token.text, own)
        made.append(token)
    other = two if one == traded[0] else one
    return [*made, Token("let", "", f"let {NAME} = {text}"), Token("watched", "", other)]

"""Headings of one letter, `L: … X: …`, and questions that are conditions: `gap up? fade it`."""

from __future__ import annotations

from ..tokens.pattern import Found, Row
from ..tokens.token import Token

_LETTERS = {"l": "long", "s": "short", "x": "exit", "e": "long", "b": "long", "c": "cover"}


def _letter(found: Found) -> list[Token] | None:
    side = _LETTERS.get(found.text("u"))
    return [Token("act", found.text("u"), side), found.token("c")] if side else None


def questions(tokens: list[Token]) -> list[Token]:
    """`Gap up? Fade it`: what is asked for is the condition, where nothing was done with it yet."""
    made: list[Token] = []
    acted = False
    for here, token in enumerate(tokens):
        if token.text == "?" and not acted and tokens[here + 1 : here + 2]:
            behind = next((each.kind for each in tokens[here + 1 :] if each.kind not in {"filler", "the"}), "")
            token = Token("arrow", "?") if behind in {"act", "then", "fade"} else token
        acted = token.kind == "act" or (acted and token.kind != "stopmark")
        made.append(token)
    return made




HEADINGS = (
    Row("<start|stopmark|comma n:not >stopmark|note|end", lambda f: Token("shortonly", f.text())
        if f.text() in {"no longs", "no long", "no buys", "without longs", "never long"} else None),
    Row("<start|stopmark|comma u:unknown|cross|px|part|filler c:colon|arrow", _letter),
)

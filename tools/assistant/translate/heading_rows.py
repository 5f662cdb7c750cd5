"""Headings of one letter, `L: … X: …`, and questions that are conditions: `gap up? fade it`."""

from __future__ import annotations

from .pattern import Found, Row
from .tokens import Token

_LETTERS = {"l": "long", "s": "short", "x": "exit", "e": "long", "b": "long", "c": "cover"}


def _letter(found: Found) -> list[Token] | None:
    side = _LETTERS.get(found.text("u"))
    return [Token("act", found.text("u"), side), found.token("c")] if side else None


def _asked(found: Found) -> Token | None:
    return Token("arrow", "?") if found.text("q") == "?" else None


HEADINGS = (
    Row("<start|stopmark|comma u:unknown|cross|px|part|filler c:colon|arrow", _letter),
    Row("<start|stopmark|comma o:opposite on|when|at >ser", lambda f: Token("act", f.text("o"), "flip")),
    Row("q:stopmark >act|then|fade", _asked),
)

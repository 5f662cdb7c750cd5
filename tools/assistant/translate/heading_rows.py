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


def _reverses(found: Found) -> Token | None:
    """`Out and flip short`: the entry of the other side ends what is held."""
    out, side = found["a"], found["b"]
    turned = (out == "exit" and side in {"long", "short"}) or (out, side) in {("sell", "short"), ("cover", "long")}
    return Token("act", found.text(), side) if turned else None


HEADINGS = (
    Row("a:act and b:act !when|on|at|only|above|below|colon|ser|px|ma|ind|num|act|the", _reverses),
    Row("<start|stopmark|comma u:unknown|cross|px|part|filler c:colon|arrow", _letter),
    Row("<start|stopmark|comma o:opposite on|when|at >ser", lambda f: Token("act", f.text("o"), "flip")),
    Row("q:stopmark >act|then|fade", _asked),
)

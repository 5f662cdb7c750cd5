"""Where the position stands, as a condition of leaving: `only in profit`, `and up 4 %`, `never at a loss`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from ..tokens.token import Compare, Condition, Level, Plain, Series, Token, asked, number
from .exit_roles import Part, letters

_ENTRY = "position.entry_price"
_CLOSE = Series("close", name="px")


class Held(NamedTuple):
    """How the close stands to the price of entry. level: by how much, None for at all; gain: on which side;
    equal: where it is the same, too."""

    gain: bool
    level: Level | None = None
    equal: bool = False


def held_of(parts: Sequence[Part]) -> Held | None:
    """What a stretch says of the position and nothing else."""
    text = letters(parts)
    if parts[-1].token.kind == "movedown" and parts[-1].level is None:
        return None  # `when we lose it`: of a line
    if re.fullmatch(r"X?[wai]*[gl]", text):
        return Held(text.endswith("g"))
    if re.fullmatch(r"n+X?[wai]*l|n+X?[wai]*g", text):
        return Held(text.endswith("l"), equal=True)
    if re.fullmatch(r"[wai]*[GL]", text):
        part = parts[-1]
        return Held(part.role == "G", part.level, equal=True) if part.level else None
    return None


def standing(held: Held, long: bool) -> Condition:
    """The comparison that it is for a long or a short."""
    up = held.gain == long
    op = (">" if up else "<") + ("=" if held.equal else "")
    if held.level is None:
        return Compare(_CLOSE, op, Series(_ENTRY, name="entryprice"))
    value = held.level.value
    match held.level.kind:
        case "share":
            text = f"{_ENTRY} * {number(1 + value / 100 * (1 if up else -1))}"
        case "points":
            text = f"{_ENTRY} {'+' if up else '-'} {number(value)}"
        case _:
            return Plain(asked("threshold", "How far from the price of entry?"))
    return Compare(_CLOSE, op, Series(text, name="entryprice"))


def of_entry_price(tokens: list[Token]) -> list[Token]:
    """The price of entry as a line that the close is compared with: `sell when it is above what I paid`. Of a distance
    from it, `3 % above what I paid`, it is none."""
    made: list[Token] = []
    leaving = False
    for here, token in enumerate(tokens):
        if token.kind == "act":
            leaving = token.value in {"exit", "sell", "cover"}
        compared = made and made[-1].kind in {"above", "below", "ormore", "orless"}
        far = len(made) > 1 and made[-2].kind in {"pct", "atrm", "rmul", "points", "pips", "ticks", "money", "stopword",
                                                  "targetword", "movedown", "moveup", "fallen", "risen"}  # fmt: skip
        if token.kind == "entryprice" and compared and not far and (leaving or _leaves(tokens[here:])):
            token = Token("ser", token.text, Series(_ENTRY, name="entryprice"))
        made.append(token)
    return made


def _leaves(tokens: Sequence[Token]) -> bool:
    acts = [token.value for token in tokens if token.kind == "act"]
    return bool(acts) and acts[0] in {"exit", "sell", "cover"}

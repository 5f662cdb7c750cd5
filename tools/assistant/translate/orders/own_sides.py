"""Settings of one side alone: `60 % for a long, 30 % for a short`, `long … with a 5 % stop; short … with a 2 % one`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from ..tokens.token import Token

SIDED = frozenset({"stop", "target", "trail", "expire", "size", "risk", "cap"})
"""Names of settings that a side may have of its own, each once."""
_SIDES = {"long": "long", "short": "short", "cover": "short"}
_PARTS = {"comma", "colon", "stopmark", "but", "and"}


class Owned(NamedTuple):
    """A setting, the side of the entry that it stands by, and whether its sentence only says what that side has."""

    token: Token
    side: str
    alone: bool


def owned(sentence: Sequence[Token], here: int) -> Owned:
    """Whose a setting of a sentence is; "" where that is not said."""
    token = sentence[here]
    if token.value.side:
        return Owned(token, token.value.side, True)
    alone = not any(each.kind in {"cond", "unknown", "unclear"} for each in sentence)
    start, end = _clause(sentence, here)
    clause = sentence[start:end]
    beside = {_SIDES[each.value] for each in clause if each.kind == "act" and each.value in _SIDES}
    if len(beside) == 1 and not any(each.kind == "cond" for each in clause):
        return Owned(token, beside.pop(), alone)
    before = [each.value for each in sentence[:here] if each.kind == "act" and each.value in _SIDES]
    all_of = {_SIDES[each.value] for each in sentence if each.kind == "act" and each.value in _SIDES}
    if before:
        return Owned(token, _SIDES[before[-1]], alone)
    return Owned(token, all_of.pop() if len(all_of) == 1 else "", False)


def _clause(sentence: Sequence[Token], here: int) -> tuple[int, int]:
    """The stretch between two marks that a setting stands in, the settings beside it included."""
    start, end = here, here + 1
    while start and sentence[start - 1].kind not in _PARTS:
        start -= 1
    while end < len(sentence) and sentence[end].kind not in _PARTS:
        end += 1
    while start > 1 and sentence[start - 1].kind == "and" and sentence[start - 2].kind == "set":
        start -= 1
        while start and sentence[start - 1].kind not in _PARTS:
            start -= 1
    return start, end


def by_side(found: Sequence[Owned]) -> Mapping[str, list[Token]]:
    """Those that are of one side and no other, by the side: of both in different words, or of one by its way out."""
    own: dict[str, list[Token]] = {}
    for name in SIDED:
        said = [each for each in found if each.token.value.name == name]
        sides = {each.side for each in said}
        values = [each.token.value.value for each in said]
        differs = any(value != values[0] for value in values)
        left = all(each.token.value.side or each.alone for each in said)
        if said and "" not in sides and ((sides == {"long", "short"} and differs) or (left and len(sides) == 1)):
            for each in said:
                own.setdefault(each.side, []).append(each.token)
    return own

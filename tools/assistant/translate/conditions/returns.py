"""A second event that takes back the first: `touched the lower band and came back inside it` is the cross back.

Where it is not plain which line is crossed, or which way, the words of the second event are asked about.
"""

from __future__ import annotations

from dataclasses import replace

from ..tokens.pattern import Found, Row, applied
from ..tokens.token import Compare, Series, Token

_ENDS = ">comma|stopmark|end|and|or|act|arrow|note|then|colon|shut|but"
_MOVES = "move|moveup|movedown|px|unknown|turn"
_JOINS = {"and", "comma", "then", "but"}
_BACK = {
    "returned", "snapped", "bounced", "slipped", "popped", "slid", "sank", "swung", "rolled", "reentered", "retreated",
    "crept", "sprang", "reverted", "turned", "climbs", "shot", "moved",
}  # fmt: skip
_ALONE = {"returned", "reentered", "reverted"}
"""Words of a way back that nothing else says."""
_BELOW, _ABOVE = {"<", "<=", "cross_below"}, {">", ">=", "cross_above"}


def _back(found: Found) -> Token | None:
    """`And came back`, `then closes back inside the band`."""
    verb, back = found.text("v"), found.text("b")
    if found.kind("v") == "px" and not verb.startswith("close"):
        return None
    if (found.kind("v") == "unknown" and verb not in _BACK) or (back not in {"", "back"} and "in" not in found):
        return None
    if "b" not in found and verb not in _ALONE:
        return None
    way = found.kind("w") or {"moveup": "up", "movedown": "down"}.get(found.kind("v"), "")
    inside = "in" in found or "f" in found
    return Token("wayback", found.text(), (inside, way))


_ROWS = (
    Row(f"<and|comma|then|but v:{_MOVES}? b:back w:up|down? in:in|to? f:family|bands|edge|channel|range? {_ENDS}",
        _back),
    Row(f"<and|comma|then|but v:unknown in:in|to f:family|bands|edge|channel|range? {_ENDS}", _back),
    Row(f"<and|comma|then|but v:unknown {_ENDS}", _back),
)


def ways_back(tokens: list[Token]) -> list[Token]:
    """Each way back as one token, before its words are read as something else."""
    return applied(_ROWS, tokens)


def come_back(tokens: list[Token]) -> list[Token]:
    """The event before a way back and the way back as one: the cross the other way."""
    made: list[Token] = []
    for token in tokens:
        if token.kind != "wayback":
            made.append(token)
            continue
        end = len(made)
        while end and made[end - 1].kind in _JOINS:
            end -= 1
        first = made[end - 1] if end else token
        denied = end > 1 and made[end - 2].kind in {"not", "no", "unless", "neither", "nor"}
        cross = _cross(first.value, *token.value) if first.kind == "cond" and not denied else None
        if cross is None:
            made.append(Token("unknown", token.text))
            continue
        words = " ".join(each.text for each in [*made[end - 1 :], token])
        made[end - 1 :] = [Token("cond", words, cross)]
    return made


def _cross(first: object, inside: bool, way: str) -> Compare | None:
    if not isinstance(first, Compare) or first.right is None or _part(first.left):
        return None
    edge = first.right.band or {"lowest": "lower", "highest": "upper"}.get(first.right.name, "")
    if inside and edge not in {"lower", "upper"}:
        return None
    touched = inside and first.op == "at" and first.right.band != ""
    up = first.op in _BELOW or (touched and edge == "lower")
    if not up and first.op not in _ABOVE and not (touched and edge == "upper"):
        return None
    if (inside and up != (edge == "lower")) or (way and up != (way == "up")):
        return None
    left = first.left if first.left is None or not first.left.window else replace(first.left, window=False)
    return Compare(left, "cross_above" if up else "cross_below", first.right)


def _part(series: Series | None) -> bool:
    """The low or the high of a bar, of which it is not said what comes back."""
    return series is not None and series.name == "px" and series.text != "close"

"""Two amounts, one for each side: `60 % for a long, 30 % for a short`, `a long gets ten bars, a short only four`."""

from __future__ import annotations

from typing import Any

from ..tokens.pattern import Found, Row
from ..tokens.token import Level, Setting, Token, number

_AMOUNT = "pct|atrm|rmul|points|pips|money|bars|share"
_WORD = "stopword|targetword|trailword|account|sizeword"
_END = "comma|stopmark|then|note|and|end"
_NAMES = {"stopword": "stop", "targetword": "target", "trailword": "trail", "account": "size", "sizeword": "size"}
_LEVELS = {"pct": "share", "rmul": "r"}


def _pair(found: Found) -> list[Token] | None:
    sides, names = (found["a"], found["b"]), [found.kind(label) for label in "wxy" if label in found]
    if set(sides) != {"long", "short"} or any(t.text.split()[0] not in {"get", "gets", "got"} for t in found.whole
                                              if t.kind == "move"):  # fmt: skip
        return None
    name = "expire" if found.kind("v") == "bars" else _NAMES[names[0]] if names else ""
    if not name or len({_NAMES.get(each, "") for each in names}) > 1 or (name == "expire") == bool(names):
        return None
    kind = found.kind("v") if found.kind("u") == "num" else found.kind("u")
    if found.kind("u") == "num" and found.kind("v") not in {"bars", "pct"}:
        return None
    values = [_value(name, found.kind("v"), found["v"]), _value(name, kind, found["u"])]
    if kind != found.kind("v") or None in values:
        return None
    return [Token("set", found.text(), Setting(name, value, side)) for value, side in zip(values, sides, strict=True)]


def _value(name: str, kind: str, value: Any) -> Any:
    if name == "expire":
        return ("bars", int(value)) if float(value) == int(value) else None
    amount = value[1] if isinstance(value, tuple) and kind != "atrm" else value
    if name == "size":
        return f"{number(amount)}%" if kind in {"pct", "share"} else None
    return None if kind == "share" else Level(_LEVELS.get(kind, "points" if kind == "money" else kind.replace(
        "atrm", "atr")), amount)  # fmt: skip


def _side_only(found: Found) -> Token:
    """`a short only four`: what counts is the number."""
    return Token("act", found.text("s"), found.kind("s").removesuffix("only"))


def _left_side(found: Found) -> Token | None:
    """`shorts I cover after 7 bars`, `that long goes when …`: who is left, and the word that leaves."""
    side = found["a"] if found.text("a") in {"long", "longs", "short", "shorts"} else ""
    leaves = found["b"] in {"exit", "sell", "cover"} if found.kind("b") == "act" else found.text("b") in {"go", "goes"}
    if not side or not leaves or (found["b"], side) in {("cover", "long"), ("sell", "short")}:
        return None
    return Token("act", f"exit {found.text('a')}", "sell" if side == "long" else "cover")


def protected(tokens: list[Token]) -> list[Token]:
    """`My buy stop is at …` where nothing but a short is entered: what protects it, and no entry."""
    sides = {token.value for token in tokens if token.kind == "act"}
    resting = {token.value for token in tokens if token.kind == "orderword"}
    if len(resting) != 1 or sides & {"both", "flip", "mirror", "fade"} or not {"long", "short"} - resting <= sides:
        return tokens
    if resting & sides or not any(token.kind == "act" and token.value in sides - resting for token in tokens):
        return tokens
    return [Token("stopword", token.text) if token.kind == "orderword" else token for token in tokens]


ONLY = (Row("s:longonly|shortonly >num|half|quarter|third|money|fraction", _side_only),
        Row("<comma|and|stopmark|start a:act b:act|move >when|after|at|on", _left_side))
"""Before numbers are bound to their units."""
PAIRS = (
    Row(f"w:{_WORD}? of|at|colon|is? v:{_AMOUNT} of? x:{_WORD}? on|of|in? a:act comma|and|but? and|but? "
        f"w:{_WORD}? u:{_AMOUNT} of? y:{_WORD}? on|of|in? b:act >{_END}", _pair),
    Row(f"a:act move|colon? v:{_AMOUNT} of? x:{_WORD}? comma|and|but|stopmark? and|but? b:act only? move|colon? only? "
        f"u:{_AMOUNT}|num of? y:{_WORD}? >{_END}", _pair),
)  # fmt: skip
"""Once they are."""

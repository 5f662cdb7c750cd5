"""Slips in words: conditions said as a sentence, keywords in capitals, keywords left out."""

from __future__ import annotations

from ..diagnostics.model import Fix
from ..words.vocabulary import LATER
from . import reserved as later
from .scanner import END
from .slips import slip
from .stuck import KEYWORDS, Place

_VERBS = ("cross", "crosses", "crossed", "crossing")
_DIRECTIONS = {
    **dict.fromkeys(("above", "over", "up", "upwards"), "cross_above"),
    **dict.fromkeys(("below", "under", "down", "beneath"), "cross_below"),
}
_CROSSING = "crossing is a function: `cross_above(a, b)`, `cross_below(a, b)`, `crosses(a, b)`"
_PHRASES = {
    ("is", "greater", "than"): ">", ("greater", "than"): ">", ("is", "above"): ">", ("above",): ">", ("over",): ">",
    ("is", "less", "than"): "<", ("less", "than"): "<", ("is", "below"): "<", ("below",): "<", ("under",): "<",
    ("is", "not"): "!=", ("is",): "==", ("equals",): "==", ("eq",): "==", ("ne",): "!=", ("gt",): ">", ("lt",): "<",
    ("ge",): ">=", ("le",): "<=", ("times",): "*", ("plus",): "+", ("minus",): "-", ("div",): "//",
    ("xor",): "!=",
}  # fmt: skip
_UNSURE = frozenset("above below over under div xor".split())
"""Words that may mean another thing: a cross, a quotient, an operator that binds otherwise."""
_LONGEST = max(map(len, _PHRASES))
_BEGINS = frozenset(("when", "=", "and", "or", "not", "then", "else", "if", "require", "(", ",", ":", "plot"))
_LOOSER = frozenset(("+", "-", "*", "/", "//", "@"))


@slip
def crosses(place: Place) -> bool:
    """`close crosses above sma(close, 20)`, `crosses above(close, sma(close, 20))`"""
    if place.before.text in _VERBS and place.token.text in _DIRECTIONS and place.after.kind == "(":
        called = place.replace(_DIRECTIONS[place.token.text], first=place.before, last=place.token, safe=True)
        return place.error("E021", _CROSSING, first=place.before, fixes=[called])
    if place.token.text not in _VERBS:
        return False
    function = _DIRECTIONS.get(place.after.text)
    last = place.after if function else place.token
    return place.error("E021", _CROSSING, last=last, fixes=_call(place, function or "crosses", 2 if function else 1))


@slip
def modulo(place: Place) -> bool:
    """`bar_index mod 5`"""
    if place.token.text not in ("mod", "modulo", "rem"):
        return False
    return place.error("E010", "the remainder is a function: `mod(a, b)`", fixes=_call(place, "mod", 1, safe=False))


def _call(place: Place, function: str, words: int, *, safe: bool = True) -> list[Fix]:
    """The fix that makes `a words b` a call, where both operands are beyond doubt."""
    begin, right = place.left(place.index - 1), place.index + words
    if right >= len(place.tokens) - 1 or place.tokens[begin - 1].kind not in _BEGINS:
        return []
    end = place.right(right)
    following = place.tokens[end + 1]
    goes_on = following.kind == "NAME" and "\n" not in place.faults.text[place.tokens[end].end : following.start]
    if goes_on or following.kind in _LOOSER or place.tokens[right].kind in KEYWORDS | {END}:
        return []
    text = f"{function}({place.written(begin, place.index - 1)}, {place.written(right, end)})"
    return [place.replace(text, first=place.tokens[begin], last=place.tokens[end], safe=safe)]


@slip
def comparison_in_words(place: Place) -> bool:
    """`close is above open`"""
    if "+" not in place.wanted or place.token.kind != "NAME":
        return False
    for count in range(_LONGEST, 0, -1):
        operator = _PHRASES.get(tuple(place.at(i).text for i in range(count)))
        if operator is not None:
            last = place.at(count - 1)
            words = {place.at(i).text for i in range(count)}
            fix = place.replace(operator, last=last, safe=not words & _UNSURE)
            return place.error("E021", f"this is written `{operator}`", last=last, fixes=[fix])
    return False


@slip
def keyword_in_capitals(place: Place) -> bool:
    """`close > open AND volume > 0`  `IF up then 1 else 2`"""
    for back in (0, 1):
        token = place.at(-back)
        lower = token.text.lower()
        if token.kind != "NAME" or lower == token.text or lower not in KEYWORDS:
            continue
        earlier = Place(place.faults, place.tokens, place.begun, place.index - back, place.goal)
        if lower in earlier.wanted:
            fix = place.replace(lower, first=token, safe=True)
            return place.error("E021", f"keywords are written small: `{lower}`", first=token, last=token, fixes=[fix])
    return False


@slip
def word_left_out(place: Place) -> bool:
    """`enter long close > open`  `param n 20`"""
    begun = place.condition
    if begun is not None:
        return begun.error("E022", "`when` is missing here", fixes=[begun.insert("when", safe=True)],
                           first=begun.token, last=begun.token)  # fmt: skip
    if not (len(place.wanted) == 1 or place.lacks_when) or place.token.kind == END:
        return False
    word = "when" if place.lacks_when else next(iter(place.wanted))
    if place.token.text in LATER:
        later.report(place.faults, place.token.text, place.token.start, place.token.end)
        return True
    if word not in ("when", "=", "then", "every", "(") or not place.accepts(word, place.token.kind):
        return False
    return place.error("E022", f"`{word}` is missing here", fixes=[place.insert(word, safe=True)])


@slip
def comma_left_out(place: Place) -> bool:
    """`sma(close 20)`"""
    if "," not in place.wanted or place.token.kind not in ("NUMBER", "NAME") or place.bracket() != "(":
        return False
    if "\n" in place.faults.text[place.before.end : place.token.start]:
        return False
    at = place.before.end
    comma = place.faults.fix("insert `,`", (at, at, ","))
    return place.error("E005", "`,` is missing between two arguments", fixes=[comma])

"""Taken at the last word: `sma 20, no wait, ema 20`, `a 3% stop, no make that 4%`, `scratch the trail`."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from ..tokens.operands import AVERAGES
from ..tokens.token import Series, Token

_CLASSES = {
    "pct": "far", "atrm": "far", "points": "far", "pips": "far", "money": "far", "rmul": "far", "num": "number",
    "length": "number", "ser": "series", "record": "series", "timeframe": "frame", "frame": "frame", "clock": "clock",
    "bars": "age", "dur": "age", "day": "day", "ma": "kind", "ticker": "ticker",
}
_BESIDE = {
    "comma", "and", "of", "at", "on", "by", "chart", "stopword", "targetword", "trailword", "to", "minusmark", "or",
    "between", "from", "lengthword", "both", "all", "instead", "above", "below", "speed", "per", "sizeword", "riskword",
}
_SIDES = {"above", "below", "orless", "ormore"}
_WAYS = {"moveup": "above", "up": "above", "breaks": "above", "movedown": "below", "down": "below",
         "breaksdown": "below"}  # fmt: skip
_ENDS = {"stopmark", "act", "when", "correction", "then", "arrow"}


def taken_back(tokens: list[Token]) -> list[Token]:
    """Without what the speaker corrects."""
    made: list[Token] = []
    here = 0
    while here < len(tokens):
        found = _correction(tokens, here, made) if tokens[here].kind in {"correction", "no"} else None
        if found:
            here = found
            continue
        made.append(tokens[here])
        here += 1
    return made


def _correction(tokens: list[Token], here: int, made: list[Token]) -> int | None:
    """Where the corrected words end, with `made` put right; None where nothing is corrected."""
    start = here
    while start < len(tokens) and tokens[start].kind in {"correction", "no", "comma", "not"}:
        start += 1
    said = [token.kind for token in tokens[here:start]]
    if "correction" not in said and not (said[0] == "no" and made and made[-1].kind == "comma"):
        return None
    run: list[Token] = []
    end = start
    while end < len(tokens) and tokens[end].kind not in _ENDS and (tokens[end].kind in _BESIDE | _CLASSES.keys()):
        if tokens[end].kind == "comma" and run and tokens[end + 1 : end + 2] and tokens[end + 1].kind != "and":
            break
        run.append(tokens[end])
        end += 1
    while run and run[-1].kind in {"and", "comma", "or"}:
        run.pop()
        end -= 1
    if end < len(tokens) and tokens[end].kind not in {*_ENDS, "and", "comma", "or"}:
        return None
    new = [token for token in run if token.kind in _CLASSES]
    if not new:
        return None
    put = _replaced(made, new, all_of=any(token.kind in {"both", "all"} for token in run))
    put = _on_its_side(put, run) if put else put
    if put is None:
        return None
    made[:] = put
    while made and made[-1].kind in {"comma", "stopmark"}:
        made.pop()
    if end < len(tokens) and tokens[end].kind not in {"stopmark", "comma", "and"}:
        made.append(Token("comma", ","))
    return end


def _replaced(made: list[Token], new: list[Token], *, all_of: bool) -> list[Token] | None:
    """The same tokens with the last ones of each kind changed for the new ones, in order."""
    result = list(made)
    for kind in dict.fromkeys(_CLASSES[token.kind] for token in new):
        values = [token for token in new if _CLASSES[token.kind] == kind]
        if kind in {"kind", "number"}:
            changed = _of_averages(result, values, kind, all_of)
            if changed:
                continue
            if kind == "kind":
                return None
        places = [here for here, token in enumerate(result) if _CLASSES.get(token.kind) == kind]
        if kind == "age" and not places and _relengthened(result, values):
            continue
        if kind == "series":
            same = [here for here in places if _alike(result[here], values[-1])]
            places = same or places
        if len(places) < len(values):
            return None
        for place, value in zip(places[-len(values) :], values, strict=True):
            result[place] = value
    return result


def _relengthened(result: list[Token], values: list[Token]) -> bool:
    """`The highest close of 50 bars, make that forty bars`: of so many."""
    here = next((h for h in range(len(result) - 1, -1, -1) if result[h].kind == "ser" and result[h].value.length), -1)
    if here < 0 or len(values) > 1 or values[0].kind != "bars":
        return False
    old: Series = result[here].value
    length = int(values[0].value)
    text = old.text.replace(f", {old.length})", f", {length})")
    result[here] = Token("ser", result[here].text, replace(old, text=text, length=length))
    return text != old.text


def _on_its_side(put: list[Token], run: list[Token]) -> list[Token] | None:
    """`under 30, no wait, over 30`: the side before the new value is new, too. None where a way was said before that is
    not put right so simply."""
    for side, value in pairwise(run):
        here = max((place for place, token in enumerate(put) if token is value), default=0)
        if side.kind not in _SIDES or not here:
            continue
        before = put[here - 1].kind
        if before in _SIDES:
            put[here - 1] = side
        elif before in _WAYS:
            if _WAYS[before] != side.kind:
                return None
        else:
            put.insert(here, side)
    return put


def _alike(one: Token, two: Token) -> bool:
    return (one.value.name in AVERAGES) == (two.value.name in AVERAGES) and one.value.dim == two.value.dim


def _of_averages(result: list[Token], values: list[Token], kind: str, all_of: bool) -> bool:
    """`I meant ema`: the average of that length; `no, 100`: of that kind, if it is what was named last."""
    numbers = [here for here, token in enumerate(result) if _CLASSES.get(token.kind) == "number"]
    places = [here for here, token in enumerate(result) if token.kind == "ser" and token.value.name in AVERAGES]
    if not places or len(values) > 1 or (kind == "number" and numbers and numbers[-1] > places[-1]):
        return False
    for place in places if all_of else places[-1:]:
        old: Series = result[place].value
        name = values[0].value if kind == "kind" else old.name
        length = int(values[0].value) if kind == "number" else old.length
        text = old.text.replace(f"{old.name}(", f"{name}(").replace(f" {old.length})", f" {length})")
        result[place] = Token("ser", result[place].text, replace(old, text=text, name=name, length=length))
    return True


def without_retracted(tokens: list[Token]) -> list[Token]:
    """Without what is said and given up again: `trail 5%, nah scratch the trail`."""
    names = {token.value for token in tokens if token.kind == "retracted"}
    return [
        token for token in tokens
        if token.kind != "retracted" and not (token.kind == "set" and token.value.name in names)
    ]  # fmt: skip

"""Weekdays beside another one: `on Monday if Friday closed lower than Thursday` is of the bars before Monday's."""

from __future__ import annotations

from ..tokens.token import Token

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday")
_SET = {"on", "in", "only", "per"}
_SAID = {"px", "green", "red", "up", "down", "gap", "fallen", "risen", "movedown", "moveup", "insidebar", "outsidebar",
         "higher", "lower", "not", "barpart", "rangeword"}  # fmt: skip
_EXITS = {"exit", "sell", "cover"}


def with_weekdays(tokens: list[Token]) -> list[Token]:
    """With every weekday that is read from another one as so many days before it."""
    made: list[Token] = []
    chunk: list[Token] = []
    for token in tokens:
        if token.kind == "stopmark" or (token.kind == "act" and token.value in _EXITS):
            made += _placed(chunk)
            chunk = []
        chunk.append(token)
    return [*made, *_placed(chunk)]


def todays(tokens: list[Token]) -> list[Token]:
    """`today's open` on bars of a day is that of its first bar; its high and low are not known yet, and asked about."""
    frames = [str(token.value) for token in tokens if token.kind in {"timeframe", "frame"}]
    inside = any(each[-1:] in {"m", "h"} for each in frames)
    made: list[Token] = []
    for here, token in enumerate(tokens):
        after = tokens[here + 1] if here + 1 < len(tokens) else None
        if token.kind != "today" or not token.text.endswith("s") or not after or after.kind not in {"px", "barpart"}:
            made.append(token)
        elif inside and after.value == "open":
            made += [Token("unit", token.text, "d"), Token("first", "first"), Token("bar", "bar")]
        elif inside and after.value in {"high", "low"}:
            made.append(Token("unknown", token.text))
    return made


def _placed(chunk: list[Token]) -> list[Token]:
    days = [here for here, token in enumerate(chunk) if token.kind == "day" and token.value in _DAYS]
    if len(days) < 2 or (chunk[0].kind == "act" and chunk[0].value in _EXITS):
        return chunk
    chunk, days = _before_the_open(chunk, days)
    anchors = [here for here in days if here and chunk[here - 1].kind in _SET]
    subjects = [here for here in days if here not in anchors and _kind(chunk, here + 1) in _SAID]
    others = [here for here in days if here not in [*anchors, *subjects]]
    if len(anchors) > 1 or not (anchors or subjects):
        return chunk
    anchor = (anchors or subjects)[0]
    made: list[Token] = []
    for here, token in enumerate(chunk):
        back = (_DAYS.index(chunk[anchor].value) - _DAYS.index(token.value)) % 5 if here in [*subjects, *others] else 0
        said = here != anchor and (here in subjects or _kind(chunk, here - 1) in {"of", "above", "below"})
        made += [Token("dur", token.text, (float(back), "d")), Token("before", "ago")] if back and said else [token]
    return made


def _before_the_open(chunk: list[Token], days: list[int]) -> tuple[list[Token], list[int]]:
    """`buy at Thursday's open if Wednesday was down`: what is decided on Wednesday fills there anyway."""
    for here in days:
        start = here - 1 - (_kind(chunk, here - 1) == "of")
        behind = here + 1
        opens = _kind(chunk, start) == "moo"
        if _kind(chunk, here - 1) == "at" and _kind(chunk, behind) == "px" and chunk[behind].value == "open":
            start, behind, opens = here - 1, behind + 1, True
        before = _DAYS[(_DAYS.index(chunk[here].value) - 1) % 5]
        told = [each for each in days if each != here and chunk[each].value == before]
        if opens and told and _kind(chunk, told[0] + 1) in _SAID:
            rest = chunk[:start] + chunk[behind:]
            return rest, [i for i, token in enumerate(rest) if token.kind == "day" and token.value in _DAYS]
    return chunk, days


def _kind(chunk: list[Token], here: int) -> str:
    return chunk[here].kind if 0 <= here < len(chunk) else "end"

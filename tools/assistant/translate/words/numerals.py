"""Numbers in every way they are written: `twelve hundred`, `1 1/2`, `two and a half`, `three quarters of a percent`."""

from __future__ import annotations

from ..tokens.token import Token

_MEASURES = {
    "percentword", "times", "ind", "rword", "unit", "pointword", "pipword", "tickword", "deviation", "cashword",
    "risktimes", "centword", "bps",
}  # fmt: skip
"""What a number with a half behind it counts."""
_PARTS = {"half": 0.5, "quarter": 0.25, "third": 1 / 3}
_BEFORE_SIGNS = {"cross", "through", "up", "down", "above", "below", "orless", "ormore", "equals", "at", "to", "than",
                 "crossover", "crossunder", "moveup", "movedown", "breaks", "breaksdown", "back", "turn"}  # fmt: skip


def with_numbers(tokens: list[Token]) -> list[Token]:
    """The same with every number as one token."""
    made: list[Token] = []
    here = 0
    while here < len(tokens):
        token, after = _number(tokens, here)
        made.append(token)
        here = after
    return made


def _kind(tokens: list[Token], at: int) -> str:
    return tokens[at].kind if 0 <= at < len(tokens) else "end"


def _number(tokens: list[Token], here: int) -> tuple[Token, int]:
    kind = tokens[here].kind
    if kind == "plusmark" and _kind(tokens, here - 1) in _BEFORE_SIGNS and _kind(tokens, here + 1) == "num":
        return _number(tokens, here + 1) if _kind(tokens, here + 2) != "percentword" else (tokens[here], here + 1)
    if kind in {"num", "money"}:
        value, after = _counted(tokens, here)
        value, after = _and_part(tokens, value, after) if kind == "num" else (value, after)
        value, after = _parts_of(tokens, value, after) if kind == "num" else (value, after)
        if after == here + 1:
            return tokens[here], after
        return Token(kind, _text(tokens, here, after), value), after
    if kind in {*_PARTS, "ordinal", "fraction"}:
        value, after = _share(tokens, here)
        if after > here:
            return Token("num", _text(tokens, here, after), value), after
    return tokens[here], here + 1


def _text(tokens: list[Token], here: int, after: int) -> str:
    return " ".join(token.text for token in tokens[here:after])


def _spoken(tokens: list[Token], at: int) -> float | None:
    """The value of a number that is a word."""
    spoken = _kind(tokens, at) == "num" and tokens[at].text[:1].isalpha() and tokens[at].text != "couple"
    return float(tokens[at].value) if spoken else None


def _counted(tokens: list[Token], here: int) -> tuple[float, int]:
    """two thousand five hundred, 5 grand, one hundred and fifty: hundreds multiply, tens and ones add."""
    whole, part = 0.0, float(tokens[here].value)
    at, said = here + 1, _spoken(tokens, here) is not None
    while True:
        joined = at + (_kind(tokens, at) == "and" and part % 100 == 0 and said and part > 0)
        value = _spoken(tokens, joined)
        if value is None:
            return whole + part, at
        if value in {100, 1_000, 1_000_000, 12} and joined == at and part < 1_000 and (value != 12 or part < 10):
            part *= value
            whole, part = (whole + part, 0.0) if value >= 1_000 else (whole, part)
        elif said and _adds(part, value) and (part or whole):
            part += value
        else:
            return whole + part, at
        at = joined + 1


def _adds(part: float, value: float) -> bool:
    return (value < 100 and part % 100 == 0) or (value < 10 and part % 10 == 0 and 20 <= part % 100 <= 90)


def _and_part(tokens: list[Token], value: float, at: int) -> tuple[float, int]:
    """1 1/2, two and a half: before what is measured."""
    joined = at + (_kind(tokens, at) == "and")
    kind = _kind(tokens, joined)
    if value != int(value) or kind not in {"half", "quarter", "fraction"}:
        return value, at
    part = _PARTS.get(kind) or tokens[joined].value
    measured = _kind(tokens, joined + 1) in _MEASURES
    return (value + part, joined + 1) if measured else (value, at)


def _parts_of(tokens: list[Token], value: float, at: int) -> tuple[float, int]:
    """three quarters of a percent, two tenths of an R."""
    kind = _kind(tokens, at)
    if kind not in {*_PARTS, "ordinal"} or value != int(value) or value > 9:
        return value, at
    behind = at + 1 + (_kind(tokens, at + 1) == "of")
    part = _PARTS.get(kind) or 1 / tokens[at].value
    return (value * part, behind) if _kind(tokens, behind) in _MEASURES else (value, at)


def _share(tokens: list[Token], here: int) -> tuple[float, int]:
    """half an ATR, a tenth of an R, half a dozen; `here` again where it is a part of something else."""
    kind = tokens[here].kind
    part = _PARTS.get(kind) or (tokens[here].value if kind == "fraction" else 1 / tokens[here].value)
    joined = _kind(tokens, here + 1) == "of"
    behind = here + 1 + joined
    if _kind(tokens, behind) == "num" and tokens[behind].text == "dozen":
        return part * tokens[behind].value, behind + 1
    if joined and _kind(tokens, behind) == "num" and tokens[behind].text in {"one", "1"}:
        behind += 1
    return (part, behind) if _kind(tokens, behind) in _MEASURES - {"unit", "times"} else (part, here)


def ordinals_as_parts(tokens: list[Token]) -> list[Token]:
    """`a fifth of the account`, `one third of equity`: a share."""
    made: list[Token] = []
    here = 0
    while here < len(tokens):
        at = here + (_kind(tokens, here) == "num" and tokens[here].value <= 9)
        behind = at + 1 + (_kind(tokens, at + 1) == "of")
        if _kind(tokens, at) in {"ordinal", *_PARTS} and (at > here or _kind(tokens, at) == "ordinal") and (
            _kind(tokens, behind) in {"account", "clip"}
        ):  # fmt: skip
            part = _PARTS.get(tokens[at].kind) or 1 / tokens[at].value
            value = part * (tokens[here].value if at > here else 1)
            made.append(Token("fraction", _text(tokens, here, at + 1), value))
            here = at + 1
        else:
            made.append(tokens[here])
            here += 1
    return made

"""Spans of the day in bare hours beside a zone: `only between 9 and 11 Frankfurt time`, `9-11 London`, `11am-1pm NY`.

An hour without a minute or `am` is one only where a zone, or another time of day, stands beside it, and where nobody
can mean the other half of the day.
"""

from __future__ import annotations

from collections.abc import Sequence

from ..tokens.token import Token

_TO = {"to", "and", "minusmark", "until", "through"}
_FIRST = {"from", "between"}
EARLIEST = 7
"""Before it, 2 to 4 may as well be of the afternoon."""


def with_clock_spans(tokens: list[Token]) -> list[Token]:
    """With each such span as `from CLOCK to CLOCK`; `I trade on the 15 minute chart` without what limits nothing."""
    made: list[Token] = []
    here = 0
    while here < len(tokens):
        found = _span(tokens, here)
        if found:
            begin, last, end = found
            made += [Token("from", "from"), Token("clock", begin, begin), Token("to", "to"), Token("clock", last, last)]
            here = end
            continue
        told = tokens[here].kind == "only" and tokens[here].text.split()[0] in {"i", "we", "trading", "trade"}
        if not (told and _kind(tokens, here + 1) in {"timeframe", "frame"}):
            made.append(tokens[here])
        here += 1
    return made


def _kind(tokens: Sequence[Token], at: int) -> str:
    return tokens[at].kind if 0 <= at < len(tokens) else "end"


def _span(tokens: Sequence[Token], here: int) -> tuple[str, str, int] | None:
    """Where it begins and ends, and the place behind it."""
    at = here + (_kind(tokens, here) in _FIRST)
    if _kind(tokens, at) == "pair" and len(tokens[at].value) == 2 and _kind(tokens, at + 1) == "zone":
        one_hour, other = tokens[at].value
        return _clocks(float(one_hour), float(other), at + 1)
    one = tokens[at] if at < len(tokens) else Token("end", "")
    joined = _kind(tokens, at + 1) in _TO
    two = at + 1 + joined
    if one.kind == "clock" and _kind(tokens, two) == "clock" and not joined:
        limits = _kind(tokens, here - 1) in {"only", "between", "from"} or at > here
        beside = _kind(tokens, two + 1) in {"zone", "only"}
        return (one.value, tokens[two].value, two + 1) if limits or beside else None
    if not joined or one.kind not in {"num", "clock"} or _kind(tokens, two) not in {"num", "clock"}:
        return None
    if (one.kind, _kind(tokens, two)) == ("clock", "clock"):
        return None  # it is read as it stands
    zoned = _kind(tokens, two + 1) == "zone"
    if not zoned:
        return None
    return _clocks(_hours(one), _hours(tokens[two]), two + 1)


def _hours(token: Token) -> float:
    if token.kind == "num":
        return float(token.value)
    hours, _, minutes = token.value.partition(":")
    return int(hours) + int(minutes) / 60


def _clocks(one: float, two: float, end: int) -> tuple[str, str, int] | None:
    whole = all(round(60 * each, 6) == int(round(60 * each, 6)) for each in (one, two))
    late = two + 12 if two <= one and two < 12 else two  # 9 to 5
    if not whole or not EARLIEST <= one < late <= 24:
        return None
    return _written(one), _written(late), end


def _written(hours: float) -> str:
    minutes = round(60 * hours)
    return f"{minutes // 60 % 24:02d}:{minutes % 60:02d}"

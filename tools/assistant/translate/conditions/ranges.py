"""The opening range: the high and the low of a market's first minutes, and the break of it."""

from __future__ import annotations

from ..tokens.token import Level, Plain, Setting, Token, asked

OPENS = {"America/New_York": 570, "Europe/London": 480, "Europe/Berlin": 540}
"""When the exchanges of a zone open, in minutes from midnight."""
_SIDE = (
    "state range_{0} = na then if rising_edge(opening) then {0} else if opening then {1}({0}, range_{0}) else range_{0}"
)


def with_range(tokens: list[Token]) -> list[Token]:
    """With the break of an opening range as a condition, and the definitions that it reads as a token `let`."""
    broken = [token for token in tokens if token.kind == "cond" and isinstance(token.value, tuple)]
    broken = [token for token in broken if token.value[0] == "range"]
    if not broken:
        return tokens
    settings = [token.value for token in tokens if token.kind == "set"]
    zone = next((each.value for each in settings if each.name == "zone"), "")
    ends = [each.value[1] for each in settings if each.name == "expire" and each.value[0] == "text"]
    begin, minutes = OPENS.get(zone), broken[0].value[2]
    if begin is None or len({token.value[2] for token in broken}) > 1:
        question = asked("time", "When does the opening range begin, and in which zone?")
        return [Token("cond", t.text, Plain(question)) if t in broken else t for t in tokens]
    first, last = clock(begin + 1), clock(begin + minutes + 1)
    end = next((each for each in ends if each.startswith('"')), asked("time", "Until when may the range be broken?"))
    lines = [f'let opening = between("{first}", "{last}")', _SIDE.format("high", "max"), _SIDE.format("low", "min")]
    return [*(_in(token, last, end) for token in tokens), *(Token("let", line, line) for line in lines)]


def _in(token: Token, last: str, end: str) -> Token:
    if token.kind == "cond" and isinstance(token.value, tuple) and token.value[0] == "range":
        high = f'between("{last}", {end}) and close > range_high'
        low = f'between("{last}", {end}) and close < range_low'
        return Token("cond", token.text, Plain(high, low) if token.value[1] == "up" else Plain(low, high))
    if token.kind == "set" and token.value.name == "stop" and token.value.value.kind == "far":
        return Token("set", token.text, Setting("stop", Level("words", ("range_low", "range_high"))))
    return token


def clock(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"

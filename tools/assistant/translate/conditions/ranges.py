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
    settings = [token.value for token in tokens if token.kind == "set"]
    said = next((each.value for each in settings if each.name == "opening"), None)
    tokens = [token for token in tokens if not (token.kind == "set" and token.value.name == "opening")]
    broken = [token for token in tokens if _kind(token) == "range"]
    if not broken and not (said and "range_" in str(tokens)):
        return tokens
    zone = next((each.value for each in settings if each.name == "zone"), "")
    lengths = {token.value[2] for token in broken} | ({said.minutes} if said else set())
    begin = said.begin if said and said.begin >= 0 else OPENS.get(zone)
    minutes = next(iter(lengths))
    windows = [token for token in tokens if _kind(token) in {"window", "from", "till"}]
    early = any(_kind(each) != "till" and begin and each.value[1] < clock(begin) for each in windows)
    if begin is None or len(lengths) > 1 or early:
        question = asked("time", "When does the opening range begin, and in which zone?")
        return [Token("cond", t.text, Plain(question)) if _reads(t) else t for t in tokens]
    first, last = clock(begin + 1), clock(begin + minutes + 1)
    tokens = [_in(token, begin + minutes) for token in tokens]
    if not windows:
        tokens = [*tokens, Token("stopmark", ""), Token("cond", "", _while_open(last, settings))]
    lines = [f'let opening = between("{first}", "{last}")', _SIDE.format("high", "max"), _SIDE.format("low", "min")]
    return [*tokens, *(Token("let", line, line) for line in lines)]


def _kind(token: Token) -> str:
    return str(token.value[0]) if token.kind == "cond" and isinstance(token.value, tuple) else ""


def _reads(token: Token) -> bool:
    return token.kind == "cond" and (_kind(token) == "range" or "range_" in str(token.value))


def _while_open(last: str, settings: list[Setting]) -> Plain:
    """Behind the range, until the time of day at which all is closed: then a range is of the day before."""
    ends = [each.value[1] for each in settings if each.name == "expire" and each.value[0] == "text"]
    end = next(iter(ends), asked("time", "Until when may the range be broken?"))
    end = '"00:00"' if end == "day" else end
    return Plain(f'between("{last}", {end})', filter=True)


def _in(token: Token, end: int) -> Token:
    kind = _kind(token)
    if kind == "range":
        high, low = "close > range_high", "close < range_low"
        return Token("cond", token.text, Plain(high, low) if token.value[1] == "up" else Plain(low, high))
    if kind == "till":
        return Token("cond", token.text, ("window", clock(end + 1), token.value[1]))
    if token.kind == "set" and token.value.name == "stop" and token.value.value.kind == "far":
        return Token("set", token.text, Setting("stop", Level("words", ("range_low", "range_high"))))
    return token


def clock(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"

"""The parameters of indicators, however they are said: `with factor 2 and length 10`, `20 periods and 2.5 deviations`.

What is said in names, lists or slashes becomes what is read everywhere: the indicator with its numbers in brackets.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from ..tokens.token import Token
from .series_rows import DEFAULTS

_OWNERS = {"ind", "family"}
_SETTINGS = {"lengthword": "length", "factorword": "factor", "deviation": "factor", "params": ""}
_LEADING = {"of", "comma", "open", "colon", "in", "params", "at"}
_JOINING = {"comma", "and", "slash", "open"}
_TAKES = {"macd": 3, "stoch": 3, "stochrsi": 4, "supertrend": 2, "bb": 2, "kc": 2, "bbw": 2, "kcw": 2, "tsi": 2,
          "sar": 3}  # fmt: skip
"""How many numbers an indicator takes, one where nothing is said."""


@dataclass(slots=True)
class _Read:
    """What was read behind an indicator."""

    lengths: list[float] = field(default_factory=list)
    factors: list[float] = field(default_factory=list)
    named: bool = False
    bracket: bool = False

    def put(self, name: str, value: float) -> None:
        (self.factors if name == "factor" else self.lengths).append(value)

    def numbers(self, name: str) -> list[float]:
        if name == "supertrend":
            return [*self.factors, *self.lengths]
        return [*self.lengths, *self.factors]


def with_parameters(tokens: list[Token]) -> list[Token]:
    """Every indicator whose parameters are named, or parted by slashes, with them in brackets."""
    made: list[Token] = []
    here = 0
    while here < len(tokens):
        token = tokens[here]
        if _paired(tokens, here):
            made += [tokens[here + 1], *_written(tokens[here + 1], list(token.value), token.text)]
            here += 2
            continue
        made.append(token)
        here += 1
        if token.kind not in _OWNERS:
            continue
        line = 1 if _lined(tokens, here) else 0
        read, after = _read(tokens, here + line, family=token.kind == "family")
        most = _TAKES.get(str(token.value), 1)
        numbers = read.numbers(str(token.value))
        enough = 0 < len(numbers) <= most and (most < 3 or len(numbers) in {1, most} or token.value == "sar")
        if enough and after > here + line and (_fits(token, read) or line):
            numbers = _completed(str(token.value), numbers, read)
            made += _written(token, numbers, " ".join(each.text for each in tokens[here + line : after]))
            made += tokens[here : here + line]
            here = after
    return made


def _lined(tokens: list[Token], here: int) -> bool:
    """aroon up (25), stochastic %K of 14: the numbers stand behind the line."""
    kinds = [token.kind for token in tokens[here : here + 3]]
    kinds += ["end"] * (3 - len(kinds))
    owner = tokens[here - 1]
    lines = kinds[0] == "part" or (kinds[0] in {"up", "down"} and owner.value == "aroon")
    if owner.kind == "family" and kinds[0] in {"edge", "upper", "lower"}:
        return kinds[1:] == ["open", "num"]
    return owner.kind == "ind" and lines and kinds[1] in {"open", "of"} and kinds[2] in {"num", "lengthword"}


def _paired(tokens: list[Token], here: int) -> bool:
    """5/35/5 MACD: before the indicator."""
    owner = tokens[here + 1] if here + 1 < len(tokens) else tokens[here]
    return tokens[here].kind == "pair" and owner.kind == "ind" and len(tokens[here].value) == _TAKES.get(owner.value, 1)


def _fits(token: Token, read: _Read) -> bool:
    """Several numbers in a row, or named ones; a single bare one is read elsewhere."""
    if token.kind == "family":
        return read.named or (read.bracket and len(read.numbers("")) == _TAKES.get(token.value, 1))
    if token.value == "atr":
        return read.named
    return read.named or len(read.numbers("")) > 1


def _completed(name: str, numbers: list[float], read: _Read) -> list[float]:
    """supertrend of a factor alone has its usual length, and the other way round."""
    if name == "supertrend" and len(numbers) == 1:
        return [*numbers, 10] if read.factors else [3, *numbers]
    return numbers


def _written(token: Token, numbers: list[float], text: str) -> list[Token]:
    """Of a channel a pair, of an indicator a list in brackets."""
    if token.kind == "family":
        usual = float(DEFAULTS[token.value][-1])
        return [Token("pair", text, (*numbers, usual)[: _TAKES.get(token.value, 1)])]
    made = [Token("open", "")]
    for number in numbers:
        made += [Token("num", text, number), Token("comma", "")]
        text = ""
    return [*made[:-1], Token("shut", "")]


def _read(tokens: list[Token], here: int, *, family: bool) -> tuple[_Read, int]:
    """Numbers with or without a name, up to where something else begins."""
    read = _Read()
    at = end = here
    while at < len(tokens) and (tokens[at].kind in _LEADING or tokens[at].text == "with") and not read.bracket:
        read.bracket = tokens[at].kind == "open"
        at += 1
    while True:
        start = at
        while at < len(tokens) and tokens[at].kind in _JOINING and end > here:
            at += 1
        found = _item(tokens, at, read, bare=end > here and start == at, family=family)
        if not found:
            break
        at = end = found
    if read.bracket and end > here:
        if end >= len(tokens) or tokens[end].kind != "shut":
            return _Read(), here
        end += 1
    return read, end


def _item(tokens: list[Token], at: int, read: _Read, *, bare: bool, family: bool) -> int:
    """Where the parameter at `at` ends; 0 if there is none."""
    kinds = [token.kind for token in tokens[at : at + 4]] + ["end"] * 4
    if kinds[:2] == ["ind", "lengthword"] and tokens[at].value == "atr":
        at, kinds = at + 1, kinds[1:]  # a supertrend with ATR length 7
    closes = [kinds[2]] == ["px"] and tokens[at + 2].value == "close" and tokens[at + 2].text.endswith("s")
    if kinds[:2] == ["lastn", "num"] and closes:
        read.put("length", tokens[at + 1].value)
        read.named = True
        return at + 3
    name = "length" if kinds[0] == "bar" and tokens[at].text.startswith("period") else _SETTINGS.get(kinds[0], "")
    if name:
        skip = 1 + (kinds[1] in {"of", "colon", "equals", "arrow", "at"})
        if kinds[skip] != "num":
            return 0
        read.put(name, tokens[at + skip].value)
        read.named = True
        return at + skip + 1
    if kinds[0] == "pair" and not family:
        for value in tokens[at].value:
            read.put("length", value)
        read.named = True
        return at + 1
    times = kinds[1] == "cross" and tokens[at + 1].text == "x" and kinds[2] in {"ind", "ma"}
    if kinds[:3] == ["num", "bar", "lengthword"]:
        read.put("length", tokens[at].value)
        read.named = True
        return at + 3
    if kinds[0] != "num" or times or (bare and not read.bracket and kinds[1] in _NOT_BEHIND):
        return 0
    if family and read.bracket and kinds[1] == "ind" and tokens[at + 1].value == "atr":
        read.put("factor", tokens[at].value)
        return at + 2
    follows = "length" if kinds[1] == "bar" else _SETTINGS.get(kinds[1], "") if kinds[1] != "params" else ""
    if follows and kinds[2] != "num":
        read.put(follows, tokens[at].value)
        read.named |= kinds[1] != "bar" or read.bracket or tokens[at - 1].text in {"with", "using"}
        return at + 2
    if kinds[1] in _NOT_BEHIND:
        return 0
    read.put("length", tokens[at].value)
    return at + 1


_NOT_BEHIND = {
    "percentword", "ind", "rword", "unit", "pointword", "pipword", "tickword", "cashword", "times", "units",
    "ma", "family", "bar", "bps", "risktimes", "account", "inrow", "px", "highest", "lowest",
}  # fmt: skip
"""A number before one of these is no parameter of what stands before it."""

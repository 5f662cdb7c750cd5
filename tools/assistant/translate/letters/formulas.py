"""Conditions that are written as formulas, `C > max(H[1] .. H[30])`, `where = (C - LL5) / (HH5 - LL5)`: as a text of
the language each. What a word says by itself is read elsewhere; a formula has an index or counts something out.
"""

from __future__ import annotations

import re

from ..tokens.token import Plain, Token
from .layout import without_comments

_PRICES = {"o": "open", "h": "high", "l": "low", "c": "close", "v": "volume"}
_NAMES = {"open", "high", "low", "close", "volume"}
_AVERAGED = {"sma", "ema", "wma", "hma", "rma", "rsi", "stdev"}
_COUNTED = {"atr", "adx"}
_EXTREMES = {"hh": ("highest", "high"), "ll": ("lowest", "low"), "hhv": ("highest", "high"), "llv": ("lowest", "low")}
_LEXEME = re.compile(
    r"\s*(?:(\d+(?:\.\d+)?|\.\d+)(?![\d:%]|\.\d)|([A-Za-z_]+?)(\d*)(?![A-Za-z\d_])|(\.\.+|<=|>=|==|[-+*/()<>,\[\]=]))"
)
_OPS = {"<", ">", "<=", ">=", "=="}
_PARTED = re.compile(r"(?<![\w.])\d+(?:\.\d+)? / [a-z]")
"""`RSI(9) < 30 / close < 20`: a mark between two rules, and no quotient of a number and a price."""
_OUT = re.compile(r"[-+*/]|\[\d+\]|\bm(?:in|ax)\b|\babs\b")
_SIDES = {"in", "out", "long", "short", "buy", "sell", "exit", "cover", "stop", "target", "size"}
_UNIT = re.compile(r" ?(?:%|(?:bars?|atrs?|x|times|ticks?|pips?|points?|percent|r|dollars?)\b)", re.IGNORECASE)
_MARK = "qzx"
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


class _Stop(Exception):
    """What stands here is no formula."""


class _Reader:
    """A formula from a place in a text on. defined: what was named before, with its text."""

    def __init__(self, text: str, at: int, defined: dict[str, str]) -> None:
        self.text, self.at, self.defined = text, at, defined

    def _next(self) -> re.Match[str] | None:
        return _LEXEME.match(self.text, self.at)

    def op(self, *wanted: str) -> str:
        """The sign here, if it is one of those; it is passed."""
        found = self._next()
        if found and found[4] in wanted:
            self.at = found.end()
            return found[4]
        return ""

    def _need(self, sign: str) -> None:
        if not self.op(sign):
            raise _Stop

    def sum(self) -> str:
        made = self.product()
        while sign := self.op("+", "-"):
            made += f" {sign} {self.product()}"
        return made

    def product(self) -> str:
        made = self.unary()
        while sign := self.op("*", "/"):
            made += f" {sign} {self.unary()}"
        return made

    def unary(self) -> str:
        return f"-{self.atom()}" if self.op("-") else self.atom()

    def atom(self) -> str:
        if self.op("("):
            inner = self.sum()
            self._need(")")
            return self.indexed(f"({inner})")
        found = self._next()
        if not found or found[4]:
            raise _Stop
        self.at = found.end()
        return found[1] or self.indexed(self.named(found[2], found[3]))

    def named(self, word: str, digits: str) -> str:
        name = word.lower()
        if word + digits in self.defined:
            return self.defined[word + digits]
        if not digits and (name in _NAMES or word in {each.upper() for each in _PRICES}):
            return _PRICES.get(name, name)
        if name in _EXTREMES and digits:
            return "{}({}, {})".format(*_EXTREMES[name], digits)
        if name in _AVERAGED | _COUNTED:
            return self.call(name, digits)
        if name in {"highest", "lowest", "max", "min", "abs"} and not digits and self.op("("):
            return self.spread(name)
        raise _Stop

    def call(self, name: str, digits: str) -> str:
        """`ema20`, `ema(20)`, `ema(close, 20)`."""
        source = "close"
        if not digits:
            self._need("(")
            source, digits = "", self.sum()
            if self.op(","):
                source, digits = digits, self.sum()
            self._need(")")
        if not digits.isdigit() or (name in _COUNTED and source not in {"", "close"}):
            raise _Stop
        return f"{name}({digits})" if name in _COUNTED else f"{name}({source or 'close'}, {digits})"

    def spread(self, name: str) -> str:
        """`max(H[1] .. H[30])`, `highest(high, 20)`, `max(open, close)`."""
        first = self.sum()
        if self.op("..", "..."):
            ends = [re.fullmatch(r"(\w+)(?:\[(\d+)\])?", each) for each in (first, self.sum())]
            self._need(")")
            if not (ends[0] and ends[1] and ends[0][1] == ends[1][1] and name in {"max", "min"}):
                raise _Stop
            low, high = (int(each[2] or 0) for each in ends if each)
            word = {"max": "highest", "min": "lowest"}[name]
            return f"{word}({ends[0][1]}, {high - low + 1})" + (f"[{low}]" if low else "")
        parts = [first]
        while self.op(","):
            parts.append(self.sum())
        self._need(")")
        if len(parts) != (1 if name == "abs" else 2):
            raise _Stop
        return f"{name}({', '.join(parts)})"

    def indexed(self, text: str) -> str:
        if not self.op("["):
            return text
        found = self._next()
        if not found or not (found[1] or "").isdigit():
            raise _Stop
        self.at = found.end()
        self._need("]")
        return f"{text}[{found[1]}]" if int(found[1]) else text

    def comparison(self) -> str:
        left = self.sum()
        sign = self.op(*_OPS)
        if not sign:
            raise _Stop
        return f"{left} {sign} {self.sum()}"


def without_formulas(text: str) -> tuple[str, dict[str, str]]:
    """The text with a word for each formula in it, and what those words stand for."""
    text = without_comments(text)
    found: dict[str, str] = {}
    defined: dict[str, str] = {}
    made, at = "", 0
    for start in re.finditer(r"(?<![\w.\])])[-(A-Za-z_]", text):
        if start.start() < at:
            continue
        read = _definition(text, start.start(), defined) or _condition(text, start.start(), defined)
        if read is None:
            continue
        value, end = read
        word = ""
        if value:
            word = f" {_MARK}{_LETTERS[len(found) % 26]} "
            found[word.strip()] = value
        made += text[at : start.start()] + word
        at = end
    return made + text[at:], found


def _condition(text: str, at: int, defined: dict[str, str]) -> tuple[str, int] | None:
    """A comparison with something counted out in it, and where it ends."""
    reader = _Reader(text, at, defined)
    try:
        made = reader.comparison()
    except _Stop:
        return None
    if not (_OUT.search(made) or any(each in made for each in defined.values())) or _PARTED.search(made):
        return None
    return None if _UNIT.match(text[reader.at :]) else (made, reader.at)


def _definition(text: str, at: int, defined: dict[str, str]) -> tuple[str, int] | None:
    """`where = (C - LL5) / (HH5 - LL5)`: nothing stands for it; its name does later."""
    named = re.compile(r"(?:let |var )?([A-Za-z_]\w*) ?(?::?=) ?(?![=>])").match(text, at)
    if not named or named[1].lower() in _NAMES | _SIDES:
        return None
    reader = _Reader(text, named.end(), defined)
    try:
        made = reader.sum()
    except _Stop:
        return None
    if not re.search(r"[-+*/]", made) or re.match(r"\s*[<>=]", text[reader.at :]):
        return None
    defined[named[1]] = f"({made})"
    return "", reader.at


def with_formulas(tokens: list[Token], found: dict[str, str]) -> list[Token]:
    """The words of formulas as the conditions that they are."""
    return [Token("cond", found[token.text], Plain(found[token.text])) if token.text in found else token
            for token in tokens]  # fmt: skip

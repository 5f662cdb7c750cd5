"""What is named in one place and meant in another: the band of `the lower one`, the average of `the mean`."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from ..tokens.meanings import parts_of
from ..tokens.operands import AVERAGES
from ..tokens.token import Compare, Series, Token, asked, number
from .indicators import INDICATORS, UNNUMBERED
from .series_rows import DEFAULTS, banded

_OWNERS = {
    line: tuple(name for name, each in INDICATORS.items() if line in each.lines and (line != "line" or name == "macd"))
    for each in INDICATORS.values() for line in each.lines
}  # fmt: skip
_NUMBERS = {"two", "three", "five", "seven", "nine", "ten", "twenty", "fifty"}
_RECORDS = {"macd", "stoch", "stochrsi", "dmi"}


def in_context(tokens: list[Token]) -> list[Token]:
    """With every band, line and average that is not named in full as the one that is named elsewhere."""
    named = Named(tokens)
    made = [named.placed(token, here) for here, token in enumerate(tokens)]
    used = {token.value.name for token in made if token.kind == "ser" and token.value.band}
    pairs = {id(after) for token, after in pairwise(tokens) if token.kind == "family" and after.kind == "pair"}
    return [
        token
        for here, (token, old) in enumerate(zip(made, tokens, strict=True))
        if not (token.kind == "family" and token.value in used) and not (token.kind == "given" and used)
        if id(old) not in pairs and not _only_named(here, made)
    ]


def lengthless(token: Token) -> bool:
    """Whether it is an indicator of a usual length, which is not said."""
    if token.kind not in {"ser", "record"} or re.search(r"\d", token.text) or "(" not in token.value.text:
        return False
    return not _NUMBERS & set(token.text.split()) and token.value.name not in UNNUMBERED


def with_lengths_said(tokens: list[Token]) -> list[Token]:
    """`RSI` after `the 2-period RSI` is that one; where two were said, each stands as it is."""
    said: dict[str, set[str]] = {}
    for token in tokens:
        if token.kind in {"ser", "record"} and "(" in token.value.text and not lengthless(token):
            said.setdefault(token.value.name, set()).add(_call(token.value.text))
    return [_as_said(token, said.get(token.value.name, set())) if lengthless(token) else token for token in tokens]


def _as_said(token: Token, said: set[str]) -> Token:
    own: Series = token.value
    if len(said) != 1 or own.name in AVERAGES or own.name.endswith("*") or own.name not in INDICATORS:
        return token
    return Token(token.kind, token.text, replace(own, text=own.text.replace(_call(own.text), min(said))))


def _call(text: str) -> str:
    """The call alone: without a field of it."""
    return text[: text.rindex(")") + 1]


def _only_named(here: int, made: list[Token]) -> bool:
    """`… k crosses above d, stochastic, …`: named for its lines alone."""
    token, near = made[here], {each.kind for each in (*made[max(here - 1, 0) : here], *made[here + 1 : here + 2])}
    if token.kind != "record" or not near <= {"comma", "stopmark"}:
        return False
    return any(each.kind == "ser" and each.value.text.startswith(f"{token.value.text}.") for each in made)


class Named:
    """Everything of a request that has a name, for what only points at it."""

    def __init__(self, tokens: list[Token]) -> None:
        self.tokens = tokens
        series = [token.value for token in tokens if token.kind == "ser"]
        self.families = [token.value for token in tokens if token.kind == "family"]
        self.bands = [each for each in series if each.band and each.name in DEFAULTS]
        self.given: list[str] = next((token.value for token in tokens if token.kind == "given"), [])
        self.records = {token.value.name: token.value for token in tokens if token.kind == "record"}
        self.records |= {each.name: _record(each) for each in series if each.name in _RECORDS}

    def placed(self, token: Token, here: int) -> Token:
        found: Series | None = None
        if token.kind == "edge":
            found = self._band(token)
        elif token.kind == "bands" and token.text in {"band", "channel"}:
            found = self._same_band(here)
        elif token.kind == "ser" and token.value.name in DEFAULTS and token.value.band and self.given:
            found = banded(token.value.name, token.value.band, self.given)
        elif token.kind == "part" and token.value in _OWNERS:
            own = [self.records[name] for name in _OWNERS[token.value] if name in self.records]
            if not own and token.text.startswith("%"):
                own = [Series("stochastic(14, 3, 3)", "stoch", "stoch")]
            if not own and token.value in INDICATORS["dmi"].lines:
                own = [Series("dmi(14)", "dmi", "dmi")]
            if not own and (token.value == "hist" or "macd" in token.text):
                own = [Series("macd(close, 12, 26, 9)", "macd", "macd")]
            if len(own) == 1:
                found = Series(f"{own[0].text}.{token.value}", own[0].dim, own[0].name, band=token.value)
        elif token.kind == "ma" and not any(each.kind == "pair" for each in self.tokens[max(here - 1, 0) : here + 2]):
            found = self._average(token, here)
        return Token("ser", token.text, found) if found else token

    def _average(self, token: Token, here: int) -> Series:
        """The one that was named before; of how many bars, is asked where there is none, or several."""
        told = [each for t in self.tokens[:here] for each in _series(t) if each.name in AVERAGES]
        before = {each.text: each for each in told if "[" not in each.text}
        before = {text: each for text, each in before.items() if each.dim == "price"}
        if not before and not self.families:
            before = {each.text: _middle(each) for each in self.bands if each.length}
        same: list[Series] = [each for each in before.values() if each.name == token.value]
        same = same or [each for each in before.values() if token.value == "sma" and len(before) == 1]
        if len(same) == 1:
            return same[0]
        question = asked("length", f"'{token.text}': of how many bars?")
        return Series(f"{token.value}(close, {question})", "price", "unsaid")

    def _same_band(self, here: int) -> Series | None:
        """`Above that band`: the only one that was named before."""
        before = {each.value for each in self.tokens[:here] if each.kind == "ser" and each.value.name in DEFAULTS}
        lines = [each for each in before if each.band]
        return lines[0] if len(lines) == 1 else None

    def _band(self, token: Token) -> Series | None:
        names = set(self.families) | {each.name for each in self.bands}
        if not names and any("band" in each.text and each.kind in {"cond", "ser"} for each in self.tokens):
            names = {"bb"}
        if len(names) != 1:
            return None
        (name,) = names
        params = self.given or [number(each) for each in self._pair()]
        if self.bands and not params:
            return Series(f"{_record(self.bands[0]).text}.{token.value}", "price", name, band=token.value)
        if len(params) > len(DEFAULTS[name]):
            return None
        return banded(name, token.value, [*params, *DEFAULTS[name][len(params) :]])

    def _pair(self) -> tuple[float, ...]:
        for token, after in pairwise(self.tokens):
            if token.kind == "family" and after.kind == "pair":
                return tuple(after.value)
        return ()


def _series(token: Token) -> list[Series]:
    """What is compared in a token: itself, or the sides of a condition, as they are now."""
    if token.kind == "ser":
        return [token.value]
    sides = [side for part in parts_of(token.value) if isinstance(part, Compare) for side in (part.left, part.right)]
    return [replace(each, text=re.sub(r"\[\d+\]$", "", each.text)) for each in sides if each]


def _record(series: Series) -> Series:
    return Series(series.text.rpartition(".")[0], series.dim, series.name)


def _middle(band: Series) -> Series:
    return Series(f"sma(close, {band.length})", "price", "sma", band.length, band.frame)

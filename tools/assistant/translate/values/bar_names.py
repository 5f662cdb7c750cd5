"""Which bar is spoken of: this one, the one before, yesterday, three bars ago, the first of the day, Monday."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from ..tokens.token import Compare, Condition, Joined, Not, Plain, Series, Token

PRICES = {"open", "high", "low", "close", "volume"}
_DOES = {"px", "green", "red", "insidebar", "outsidebar", "gap", "not", "engulfing", "up", "down"}
"""What a bar that is spoken of does or is."""
_VERBS = {"closed", "opened", "closes", "opens"}
NTH = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6}
_PRICE = re.compile(r"\b(open|high|low|close|volume)\b(?:\[(\d+)\])?(?!\()")
_ONLY_PRICES = re.compile(r"(?:[\s\d.+*/()<>=,-]|\[\d+\]|\b(?:open|high|low|close|volume|and|or|not|min|max|abs)\b)*")
SINGLE = re.compile(r"\w+(?:\((?:[^()]|\([^()]*\))*\))?(?:\.\w+)?(?:\[\d+\])?|\((?:[^()]|\([^()]*\))*\)")
"""A name, a call or what stands in brackets: it needs none beside `*`."""
_CALL = re.compile(r"(\w+\((?:[^()]|\([^()]*\))*\)(?:\.\w+)?)(?:\[(\d+)\])?")


@dataclass(frozen=True, slots=True)
class Bar:
    """back: how many bars before this one. days: it is a day. first: which of its day it is, 0 if that is not said.
    weekday: which day it has to be. frame: it is the last week or month that has ended. named: somebody spoke of it."""

    back: int = 0
    days: bool = False
    first: int = 0
    weekday: str = ""
    frame: str = ""
    named: bool = True


THIS = Bar(named=False)


def of_day(number: int) -> str:
    """Whether a bar is the first, the second … of its day."""
    return "new_day()" if number == 1 else f"barssince(new_day()) == {number - 1}"


class Words:
    """The tokens of a request, looked at from a place on."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self.tokens = tokens

    def kind(self, at: int) -> str:
        return self.tokens[at].kind if 0 <= at < len(self.tokens) else "end"

    def text(self, at: int) -> str:
        return self.tokens[at].text if 0 <= at < len(self.tokens) else ""

    def value(self, at: int) -> Any:
        return self.tokens[at].value if 0 <= at < len(self.tokens) else None

    def are(self, at: int, *kinds: str) -> bool:
        """Whether tokens of these kinds, each `a|b` either, stand from here on."""
        return all(self.kind(at + step) in kind.split("|") for step, kind in enumerate(kinds))

    def past(self, at: int, *kinds: str) -> int:
        """Behind one token of one of the kinds, if it is here."""
        return at + (self.kind(at) in kinds)

    def whole(self, at: int) -> int:
        """The whole number here; 0 where there is none."""
        value = self.tokens[at].value if self.kind(at) in {"num", "bars"} else 0
        return int(value) if value == int(value) else 0

    def single(self, at: int) -> bool:
        """`bar`, and not `bars`; `the bar's high` has lost its sign."""
        owns = self.kind(at + 1) in {"px", "barpart", "rangeword"}
        return self.kind(at) == "bar" and (owns or not self.text(at).endswith("s"))

    def days(self, at: int) -> int:
        """How many days are said here; 0 where none are."""
        if self.kind(at) != "dur" or self.tokens[at].value[1] != "d":
            return 0
        count = self.tokens[at].value[0]
        return int(count) if count == int(count) else 0

    def bars(self, at: int, seen: Bar) -> Iterator[tuple[Bar, int]]:
        """The bar that is named here, as seen from another, and where its name ends; the longest name first."""
        kind = self.kind(at)
        yield from self._first(at)
        if kind == "today":
            yield Bar(), at + 1
        elif kind == "aday":
            yield Bar(days=True), at + 1
        elif kind in {"lastn", "before"} and self.kind(at + 1) == "unit" and self.value(at + 1) in {"w", "mo"}:
            if self.text(at) not in {"ago", "recent"}:
                yield Bar(frame=f"1{self.value(at + 1)}"), at + 2
        elif kind == "yesterday":
            yield from self._yesterday(at, seen)
        elif kind == "lastn" and self.text(at) == "last" and self.single(at + 1):
            owns = self.kind(at + 2) in {"px", "barpart", "rangeword"} and self.text(at + 2) not in _VERBS
            yield Bar(seen.back + 1 if owns else int(self._another(at))), at + 2
        elif kind == "before" and self.text(at) != "ago" and (self.single(at + 1) or self.text(at + 1) == "one"):
            yield Bar(seen.back + 1), at + 2
        elif kind == "onebar" and self.kind(at + 1) == "before":
            yield Bar(1 + (0 if self.text(at + 1) == "ago" else seen.back)), at + 2
        elif kind == "bar" and self.kind(at + 1) == "bars" and self.text(at + 2) == "ago":
            yield Bar(self.whole(at + 1)), at + 3
        elif kind == "bar" and self.single(at):
            if self.kind(at + 1) == "before" and self.text(at + 1) == "ago":
                yield Bar(1), at + 2
            if self.are(at + 1, "before", "lastn"):
                return  # `the bar before last`: what the last one is, is not said
            if self.kind(at + 1) == "before" and self.text(at + 1) != "ago":
                yield Bar(seen.back + 1), at + 2
            yield Bar(0), at + 1
        elif kind == "num" and self.text(at) == "one" and self.kind(at + 1) in _DOES:
            yield Bar(0), at + 1
        elif kind == "num" and self.text(at) in {"one", "1"} and self.kind(at + 1) == "before":
            yield Bar(seen.back + 1), at + 2
        elif kind == "bars" and self.kind(at + 1) == "before":
            absolute = self.text(at + 1) == "ago"
            yield Bar(self.whole(at) + (0 if absolute else seen.back)), at + 2
        elif self.days(at) and self.kind(at + 1) == "before":
            yield Bar(self.days(at) + (0 if self.text(at + 1) == "ago" else seen.back), days=True), at + 2
        elif kind == "day" and "|" not in str(self.tokens[at].value):
            yield Bar(0, weekday=str(self.tokens[at].value)), at + 1

    def _another(self, at: int) -> bool:
        """Whether another bar is spoken of behind `the last bar`: `this one closes above its high`."""
        for here in range(at + 2, len(self.tokens)):
            if self.kind(here) in {"stopmark", "act"}:
                return False
            one = (self.kind(here) == "num" and self.text(here) == "one") or self.single(here)
            if one and self.kind(here - 1) in {"and", "comma", "then", "colon"} and self.kind(here + 1) in _DOES:
                return True
        return False

    def _yesterday(self, at: int, seen: Bar) -> Iterator[tuple[Bar, int]]:
        if self.text(at).startswith("day before") and self.kind(at + 1) == "yesterday":
            yield Bar(2, days=True), at + 2
        own = self.text(at).startswith(("yesterday", "yday"))
        yield Bar(1 if own else seen.back + 1, days=True), at + 1

    def _first(self, at: int) -> Iterator[tuple[Bar, int]]:
        """The first bar of the day, the day's first bar."""
        if self.kind(at) == "unit" and self.value(at) == "d" and self.text(at + 1) in NTH and self.single(at + 2):
            yield Bar(first=NTH[self.text(at + 1)]), at + 3
        day = self.are(at + 2, "of|in", "unit|today") and self.text(at + 3) in {"day", "session", "today"}
        if self.text(at) in NTH and self.single(at + 1) and day:
            yield Bar(first=NTH[self.text(at)]), at + 4


def either(texts: Sequence[str]) -> Plain:
    """A condition with its counterpart for the other side."""
    return Plain(texts[0], texts[1])


def earlier(text: str, back: int) -> str:
    """What a text was so many bars before."""
    if not back:
        return text
    if _ONLY_PRICES.fullmatch(text):
        return _PRICE.sub(lambda found: f"{found[1]}[{int(found[2] or 0) + back}]", text)
    call = _CALL.fullmatch(text)
    if call:
        return f"{call[1]}[{int(call[2] or 0) + back}]"
    return text if re.fullmatch(r"-?[\d.]+", text) else f"({text})[{back}]"


def series_before(series: Series, bar: Bar) -> Series:
    """A value as it was at another bar; of an extreme of bars those before that one."""
    back = bar.back
    if bar.frame and not series.frame and series.dim != "number":
        return replace(series, name="earlier", frame=bar.frame, window=False)
    if not back or series.dim == "number":
        return series
    text = f"{series.text}[{1 + back}]" if series.window else earlier(series.text, back)
    name = "earlier" if series.name == "px" else series.name
    frame = series.frame or ("days" if bar.days else "")
    return Series(text, series.dim, name, series.length, frame, series.band)


def condition_before(condition: Condition, bar: Bar) -> Condition:
    """A condition as it was at another bar."""
    if isinstance(condition, Joined):
        return Joined(condition.word, tuple(condition_before(part, bar) for part in condition.parts))
    if isinstance(condition, Not):
        return Not(condition_before(condition.part, bar))
    if isinstance(condition, Plain):
        if bar.frame:
            return either([f"({each}) @ {bar.frame}" if each else "" for each in (condition.text, condition.mirrored)])
        days = "days|" if bar.days and "days|" not in condition.text else ""
        texts = [days + _all(each, bar.back) if each else "" for each in (condition.text, condition.mirrored)]
        return either(texts)
    assert isinstance(condition, Compare)
    left, right = (series_before(each, bar) if each else None for each in (condition.left, condition.right))
    return Compare(left, condition.op, right)


def _all(text: str, back: int) -> str:
    mark = re.match(r"(?:days\||gap\|)*", text)
    assert mark
    return mark[0] + earlier(text[mark.end() :], back)

"""Values of bars as they are spoken of: `the high of the bar before`, `twice its body`, `last week's low`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from ..tokens.pattern import applied
from ..tokens.token import Series, Token, number
from .bar_names import PRICES, SINGLE, THIS, Bar, Words, of_day, series_before
from .bar_rows import PARTS
from .series_rows import DERIVED, SERIES

PARTS_OF_ONE = {"half": 0.5, "third": 1 / 3, "quarter": 0.25}
_MEASURING = {"ma", "ind", "family", "edge", "highest", "lowest", "bars", "dur", "hi", "ser", "length"}
_STOPS = {
    "comma", "stopmark", "when", "act", "arrow", "then", "above", "below", "orless", "ormore", "moveup", "movedown",
    "cross", "atleast", "colon", "cond", "pct", "atrm", "stopword", "targetword", "orderword", "index", "by",
}  # fmt: skip
_SAYS = {"closes", "closed", "closing", "opens", "opened"}
_LONGEST = 10


class Term(NamedTuple):
    """fixed: it is at its own bar already, wherever the sentence stands. known: the rows of series read it, too."""

    series: Series
    fixed: bool = False
    known: bool = False

    def at(self, bar: Bar) -> Series:
        return self.series if self.fixed else series_before(self.series, bar)


def price(name: str, bar: Bar = THIS) -> Series:
    """A price of the bar itself, of an earlier one, or of the first of the day."""
    dim = "volume" if name == "volume" else "price"
    if bar.first:
        return Series(f"valuewhen({of_day(bar.first)}, {name})", dim, "earlier")
    if bar.frame:
        return Series(name, dim, "earlier", frame=bar.frame)
    if not bar.back:
        return Series(name, dim, "px")
    return Series(f"{name}[{bar.back}]", dim, "earlier", frame="days" if bar.days else "")


class Terms(Words):
    """Values from a place on, each with where it ends."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        super().__init__(tokens)
        self._read: dict[tuple[int, int], Series | None] = {}

    def terms(self, at: int, seen: Bar = THIS) -> Iterator[tuple[Term, int]]:
        """A value, and what is added to it or taken from it."""
        for term, end in self._plain(at, seen):
            yield term, end
            if self.kind(end) in {"minusmark", "plusmark"}:
                yield from self._sum(term, end, seen)

    def _sum(self, term: Term, at: int, seen: Bar) -> Iterator[tuple[Term, int]]:
        sign = "-" if self.kind(at) == "minusmark" else "+"
        for other, end in self._plain(at + 1, seen):
            dims = {term.series.dim, other.series.dim}
            if term.fixed == other.fixed and dims <= {"price", "distance"} and (sign == "-" or "distance" in dims):
                texts = [f"{each.text}[1]" if each.window and each.prior else each.text
                         for each in (term.series, other.series)]  # fmt: skip
                dim = "distance" if dims == {"distance"} or (dims == {"price"} and sign == "-") else "price"
                frame = term.series.frame or other.series.frame
                yield Term(Series(f"{texts[0]} {sign} {texts[1]}", dim, "part", frame=frame), term.fixed), end

    def _plain(self, at: int, seen: Bar) -> Iterator[tuple[Term, int]]:
        kind = self.kind(at)
        yield from self.range_of_day(at)
        yield from self._width(at)
        if kind == "difference":
            yield from self._difference(at + 1, seen)
        if kind == "px":
            yield from self._price(at, seen)
        elif self._parted(at):
            yield from self._part(at, seen)
        elif kind == "atrm":
            yield Term(Series(atr(self.tokens[at].value), "distance", "atr")), at + 1
        yield from self._scaled(at, seen)
        for bar, end in self.bars(at, seen):
            if self.kind(at) == "bar" and end == at + 1 and self.kind(end) == "px" and self.text(end) in _SAYS:
                yield Term(price(self.tokens[end].value)), end + 1  # a bar that closes: the one that is looked at
            elif self.kind(end) == "px" and self.tokens[end].value in PRICES:
                yield Term(price(self.tokens[end].value, bar), True), end + 1
            elif self._parted(end):
                yield Term(series_before(self._own(end), bar), True), end + 1
        if self.text(at) in {"last", "latest"} and self.kind(after := at + 1 + self.single(at + 1)) == "px":
            yield Term(price(self.tokens[after].value, Bar(seen.back + 1)), True), after + 1
        yield from self._other(at)

    def _width(self, at: int) -> Iterator[tuple[Term, int]]:
        """`the range of the last 10 bars`, `the 20 bar range`: from their highest high to their lowest low."""
        count, end, prior = 0, at, False
        if self._parted(at) and self._own(at).text == PARTS["range"][0] and self.text(at) != "ranges":
            behind = self.past(at + 1, "of")
            if behind > at + 1 and self.kind(behind) in {"bars", "dur"}:
                count, end = self.whole(behind) or self.days(behind), behind + 1
                prior = self.text(behind).split()[0] in {"previous", "prior", "preceding"}
                if self.kind(end) == "before" and self.text(end) != "ago":
                    end, prior = end + 1, True
        elif self.kind(at) in {"bars", "dur"} and self.kind(at + 1) == "rangeword":
            count, end = self.whole(at) or self.days(at), at + 2
        elif self.kind(at) == "num" and self.text(at + 1) == "bar range":
            count, end = self.whole(at), at + 2
        if count > 1:
            back = "[1]" * prior
            days = "days" if "dur" in {self.kind(at), self.kind(end - 1)} else ""
            text = f"highest(high, {count}){back} - lowest(low, {count}){back}"
            yield Term(Series(text, "distance", "width", frame=days)), end

    def _difference(self, at: int, seen: Bar) -> Iterator[tuple[Term, int]]:
        """`the difference between the 20 bar high and the 20 bar low`."""
        for one, end in self._plain(at, seen):
            for two, last in self._plain(end + 1, seen) if self.kind(end) == "and" else ():
                if one.series.dim == two.series.dim == "price" and one.fixed == two.fixed:
                    text = f"{one.series.text} - {two.series.text}"
                    ordered = "high" in one.series.text and "low" in two.series.text
                    frame = one.series.frame or two.series.frame
                    made = Series(text if ordered else f"abs({text})", "distance", "part", frame=frame)
                    yield Term(made, one.fixed), last

    def _price(self, at: int, seen: Bar) -> Iterator[tuple[Term, int]]:
        """`high of the bar before`, `close yesterday`, `the high`."""
        name = self.tokens[at].value
        if name not in PRICES:
            return
        behind = self.past(at + 1, "of")
        if behind > at + 1 and self.are(behind, "lastn", "bar") and self.text(behind) != "recent":
            yield Term(price(name, Bar(seen.back + 1)), True), behind + 2
        several = self.kind(behind) in {"bars", "dur"} and self.text(behind + 1) != "ago"  # the high of the bars before
        for bar, end in self.bars(behind, seen):
            if (behind > at + 1 and not several) or (behind == at + 1 and bar.back):
                yield Term(price(name, bar), True), end
        if self.kind(at + 1) == "before" and self.text(at).endswith((" bar", " candle")) and self.text(at + 1) != "ago":
            yield Term(price(name, Bar(seen.back + 1)), True), at + 2  # the close of the bar before
        if self.are(behind, "index", "num", "endindex") and behind == at + 1:
            yield Term(price(name, Bar(self.whole(at + 2))), True), at + 4
        found = self.each_of(behind) if behind > at + 1 and name in {"high", "low"} else None
        if found and not found[3]:
            yield Term(window(price(name), found[0], name == "high", found[1])), found[2]
        yield Term(price(name)), at + 1

    def each_of(self, at: int) -> tuple[int, bool, int, str] | None:
        """`any of the 30 bars before`, `all of the last 5 highs`, `every close of the last 10 bars`: how many, whether
        days, where it ends, and which price of them, if it is said."""
        if not (self.kind(at) in {"all", "per"} or self.text(at) == "any of") or self.text(at) == "per":
            return None
        named = self.tokens[at + 1].value if self.kind(at + 1) == "px" else ""
        behind = self.past(at + 1 + bool(named), "of", "in")
        if self.kind(behind) in {"lastn", "before"} and self.are(behind + 1, "num", "px") and not named:
            return self.whole(behind + 1), False, behind + 3, str(self.tokens[behind + 2].value)
        count = self.whole(behind) if self.kind(behind) == "bars" else self.days(behind)
        return (count, self.kind(behind) == "dur", self.past(behind + 1, "before"), named) if count else None

    def range_of_day(self, at: int) -> Iterator[tuple[Term, int]]:
        """`the opening range high`, `the low of the first 6 bars of the day`: known from the last of them on."""
        name, behind = (self.tokens[at].value, self.past(at + 1, "of")) if self.kind(at) == "px" else ("", at)
        count, end = self.first_bars(behind)
        if not count and self.kind(behind) == "openrange":
            found = (self.first_bars(place)[0] for place in range(len(self.tokens)))
            count, end = next((each for each in found if each), 0), behind + 1
        if not name and count and self.kind(end) == "px":
            name, end = self.tokens[end].value, end + 1
        if count and name in {"high", "low"}:
            word = "highest" if name == "high" else "lowest"
            text = f"valuewhen(barssince(new_day()) == {count - 1}, {word}({name}, {count}))"
            yield Term(Series(text, "price", "earlier", count, band="opening"), True), end

    def first_bars(self, at: int) -> tuple[int, int]:
        """`the first 6 bars of the day`: how many, and where it ends."""
        count = self.whole(at + 1)
        day = self.are(at + 2, "of|in", "unit|today") and self.text(at + 3) in {"day", "session", "today"}
        return (count, at + 4) if self.are(at, "first", "bars") and day and count > 1 else (0, at)

    def _parted(self, at: int) -> bool:
        """Whether a part of a bar is named here: its body, its range."""
        return self.kind(at) == "barpart" or (self.kind(at) == "rangeword" and self.text(at) in {"range", "ranges"})

    def _own(self, at: int) -> Series:
        return part(self.tokens[at].value if self.kind(at) == "barpart" else "range")


    def _part(self, at: int, seen: Bar) -> Iterator[tuple[Term, int]]:
        own = self._own(at)
        behind = self.past(at + 1, "of")
        if self.kind(at + 1) == "before" and self.text(at).endswith(("bar", "candle")) and self.text(at + 1) != "ago":
            yield Term(series_before(own, Bar(seen.back + 1)), True), at + 2  # the range of the bar before
        several = self.kind(behind) in {"bars", "dur"} and self.text(behind + 1) != "ago"
        for bar, end in self.bars(behind, seen):
            if (behind > at + 1 and not several) or (behind == at + 1 and bar.back):
                yield Term(series_before(own, bar), True), self.past(end, "rangeword") if bar.frame else end
        yield Term(own), at + 1

    def _scaled(self, at: int, seen: Bar) -> Iterator[tuple[Term, int]]:
        """`twice its body`, `70 % of its range`, `half the range`."""
        kind, value = self.kind(at), self.value(at)
        if kind == "mult" or (kind == "num" and self.kind(at + 1) in {"by", "cross"}):
            times, behind = value, at + 1 + (kind == "num")
        elif kind == "pct" and self.kind(at + 1) == "of" and not value[0]:
            times, behind = value[1] / 100, at + 1
        elif kind in PARTS_OF_ONE or kind == "fraction":
            times, behind = PARTS_OF_ONE.get(kind) or value, at + 1
        else:
            return
        for term, end in self._plain(self.past(behind, "of"), seen):
            series = term.series
            if kind == "pct" and series.dim == "price" and times < 0.5 and SINGLE.fullmatch(series.text):
                yield Term(Series(f"{number(times)} * {series.text}", "distance", "part"), term.fixed), end
            if series.dim in {"distance", "volume"} and self.kind(self.past(behind, "of")) not in {"atrm", "mult"}:
                text = series.plain if SINGLE.fullmatch(series.plain) else f"({series.plain})"
                yield Term(replace(series.scaled(f"{number(times)} * {text}"), window=False), term.fixed), end

    def _other(self, at: int) -> Iterator[tuple[Term, int]]:
        """An average, an indicator, an extreme of bars: whatever the rows of series make one of."""
        for end in range(min(at + _LONGEST, len(self.tokens)), at, -1):
            span = self.tokens[at:end]
            kinds = {token.kind for token in span}
            if kinds & _MEASURING and not kinds & _STOPS and (series := self._series(at, end)):
                yield Term(series, known=True), end

    def _series(self, at: int, end: int) -> Series | None:
        if (at, end) not in self._read:
            made = applied((*SERIES, *DERIVED), list(self.tokens[at:end]))
            one = made[0].value if len(made) == 1 and made[0].kind == "ser" else None
            self._read[at, end] = one
        return self._read[at, end]


def window(series: Series, count: int, most: bool, days: bool) -> Series:
    """The greatest or least of a value over so many bars before its own."""
    word = "highest" if most else "lowest"
    frame = "days" if days else series.frame
    return Series(f"{word}({series.text}, {count})", series.dim, word, count, frame, window=True)


def part(name: str) -> Series:
    text, dim = PARTS[name]
    return Series(text, dim, "part")


def atr(value: Any) -> str:
    return ("" if value[0] == 1 else f"{number(value[0])} * ") + f"atr({value[1]})"

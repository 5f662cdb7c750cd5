"""How a bar looks by itself and beside the one before: green, inside, engulfing, gapped up, in the top of its range."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ..tokens.token import Compare, Condition, Joined, Plain, Series, number
from ..values.bar_names import Bar, condition_before, either, series_before
from ..values.bar_terms import PARTS_OF_ONE, Terms, price
from .event_rows import BEARISH, BULLISH

_INSIDE = "high < high[1] and low > low[1]"
_OUTSIDE = "high > high[1] and low < low[1]"
_TOP, _BOTTOM = {"top", "upper", "highest"}, {"bottom", "lower", "lowest"}
VERBS = {"closes", "closed", "closing", "opens", "opened"}


def narrowest(count: int) -> str:
    """The smallest range of so many bars: smaller than each of those before."""
    return f"high - low < lowest(high - low, {count - 1})[1]"


def _of_range(share: float) -> str:
    """A share of the range of a bar; thirds exactly, since closes do lie on their edges."""
    exact = {1 / 3: "(high - low) / 3", 2 / 3: "2 * (high - low) / 3"}
    return next((text for each, text in exact.items() if abs(each - share) < 1e-9), f"{number(share)} * (high - low)")


class State(NamedTuple):
    """known: the rows of conditions read it, too. noun: a bar is named in it, so that it can stand in a sequence."""

    condition: Condition
    known: bool = False
    noun: bool = False


def _in_range(width: Series, share: float, top: bool) -> Compare:
    """In the top quarter of the range of the last 20 bars."""
    high, low = (each.strip() for each in width.text.split(" - "))
    text = f"{high} - {number(share)} * ({width.text})" if top else f"{low} + {number(share)} * ({width.text})"
    return Compare(price("close"), ">=" if top else "<=", Series(text, name="part", frame=width.frame))


class Shapes(Terms):
    """What a bar looks like from a place on, each with where it ends. wide: the range of several bars that was spoken
    of last."""

    wide: Series | None = None

    def _verb(self, at: int) -> int:
        """Behind `closes`, `price closed`."""
        behind = at + self.closes(at)
        return behind + (behind > at and self.closes(behind) and self.text(behind) in VERBS)

    def closes(self, at: int) -> bool:
        return self.kind(at) == "px" and self.value(at) == "close"

    def _coloured(self, at: int, bar: Bar) -> Iterator[tuple[State, int]]:
        start = self._verb(at)
        up = {"green": True, "red": False}.get(self.kind(start))
        if up is None and start > at and self.kind(start) in {"up", "down"}:
            up = self.kind(start) == "up"
        if up is None:
            return
        own, other = ("close > open", "close < open")[:: 1 if up else -1]
        end = start + 1
        day = self.kind(end) == "unit" and self.tokens[end].value == "d"
        end += bool(bar.frame) and self.kind(end) == "unit"
        noun = day or self.kind(end) == "bar" or (self.kind(end) == "num" and self.text(end) in {"one", "ones"})
        body = self.kind(end) == "barpart" and self.value(end) == "body"
        noun |= body and self.kind(end + 1) in {"and", "comma", "colon", "stopmark", "act", "arrow", "then", "end"}
        noun |= start == at and self.kind(end) == "px" and self.text(end) in {"close", "closes"}
        days = bar.days or day
        if bar.frame:
            sides = [series_before(price(name), bar) for name in ("close", "open")]
            yield State(Compare(sides[0], ">" if up else "<", sides[1])), end
        elif days and bar.back:
            where = Bar(bar.back, True)
            sides = [series_before(price(name), where) for name in ("close", "open")]
            yield State(Compare(sides[0], ">" if up else "<", sides[1]), noun=noun), end + noun
        else:
            made = Plain("days|" * days + own, "days|" * days + other)
            yield State(condition_before(made, Bar(bar.back)), noun=noun), end + noun

    def _shaped(self, at: int, bar: Bar) -> Iterator[tuple[State, int]]:
        """Inside, outside, engulfing, the narrowest of seven."""
        shape = {"insidebar": _INSIDE, "outsidebar": _OUTSIDE}.get(self.kind(at))
        if self.kind(at) == "narrow":
            shape = narrowest(int(self.tokens[at].value))
        if self.kind(at) == "lowest" and self._parted(at + 1) and self.are(at + 2, "of|in", "bars"):
            shape = narrowest(self.whole(at + 3)).replace("high - low", self._own(at + 1).text.strip("()"))
            yield State(condition_before(Plain(shape, shape), bar), noun=True), at + 4
        elif shape:
            day = self.kind(at + 1) == "unit" and self.tokens[at + 1].value == "d"
            named = day or self.kind(at + 1) == "bar"
            made = Plain("days|" * day + shape, "days|" * day + shape)
            yield State(condition_before(made, bar), noun=True), at + 1 + named
        if self.kind(at) in {"green", "red"}:
            for end in self._engulfs(at + 1, bar):
                texts = (BULLISH, BEARISH)[:: 1 if self.kind(at) == "green" else -1]
                yield State(condition_before(either(texts), bar), noun=True), end

    def _engulfs(self, at: int, bar: Bar) -> Iterator[int]:
        """`bar whose body covers the body of the red one before`."""
        behind = self.past(self.past(at, "bar"), "barpart")
        if self.kind(behind) != "engulfing":
            return
        behind = self.past(self.past(behind + 1, "barpart"), "of")
        yield self.past(behind, "bar")
        behind = self.past(behind, "green", "red")
        for seen, end in self.bars(behind, bar):
            if seen.back == bar.back + 1:
                yield self.past(end, "bar", "barpart")
        if self.kind(behind) == "before":
            for end in (self.past(behind + 1, "green", "red"),):
                yield self.past(self.past(end, "bar", "num"), "barpart")

    def _share(self, at: int) -> tuple[str, float, bool, int]:
        """`by more than 1 %`: the operator's own sign, the share, whether it is enough itself, where it ends."""
        least = self.past(at, "by", "of", "above")
        least = self.past(least, "of", "above", "atleast", "ormore")
        if self.kind(least) != "pct" or self.tokens[least].value[0]:
            return "", 0.0, False, at
        said = {self.kind(place) for place in range(at, least)}
        more = self.kind(least + 1) == "orevenmore"
        return "pct", self.tokens[least].value[1] / 100, more or bool(said & {"atleast", "ormore"}), least + 1 + more

    def _gapped(self, at: int, bar: Bar) -> Iterator[tuple[State, int]]:
        start = self.past(at, "px") if self.kind(at) == "px" and self.tokens[at].value == "open" else at
        start = self.past(start, "and") if start > at else start
        early, before = 0.0, start
        if self.kind(start) == "pct" and self.kind(start + 1) == "gap":
            early, start = self.tokens[start].value[1] / 100, start + 1
        if self.kind(start) != "gap":
            return
        ways, end = self._ways(start + 1)
        kind, share, enough, end = self._share(end)
        if kind and not ways:
            ways, end = self._ways(end)
        share = share or early
        if before != start and not early:
            return
        way = {"above": "up", "below": "down"}.get(self.kind(end), "")
        if way and not share and ways in ([], [way]):
            for term, behind in self.terms(end + 1, bar):
                if term.fixed:
                    own = series_before(price("open"), bar)
                    yield State(Compare(own, ">" if way == "up" else "<", term.at(bar))), behind
        conditions = [self._gap(way, share, enough, bar) for way in ways]
        if conditions:
            yield State(conditions[0] if len(ways) == 1 else Joined("or", tuple(conditions))), end

    def _ways(self, at: int) -> tuple[list[str], int]:
        """Up, down, in either direction."""
        if self.kind(at) == "eitherside":
            return ["up", "down"], at + 1
        behind = self.past(at, "in")
        if self.kind(behind) == "act" and self.text(behind).startswith("either"):
            return ["up", "down"], behind + 1
        way = {"higher": "up", "lower": "down"}.get(self.kind(at), self.kind(at))
        if self.text(at) in {"higher than", "is higher than"} or way not in {"up", "down"}:
            return [], at
        if self.kind(at + 1) == "or" and self.kind(at + 2) in {"up", "down", "higher", "lower"}:
            return ["up", "down"], at + 3
        return [way], at + 1

    def _gap(self, way: str, share: float, enough: bool, bar: Bar) -> Condition:
        sign = 1 if way == "up" else -1
        texts = []
        for up in (sign, -sign):
            factor = f" * {number(1 + share * up)}" if share else ""
            op = (">" if up > 0 else "<") + "=" * enough
            texts.append(f"gap|open {op} close[1]{factor}")
        if bar.days and bar.back:
            texts = [text.replace("gap|", "") for text in texts]
        return condition_before(either(texts), bar)

    def _placed(self, at: int, bar: Bar) -> Iterator[tuple[State, int]]:
        """`closes in the top quarter of its range`."""
        start = self._verb(at)
        where = start + (self.kind(start) in {"in", "on", "at"} or self.text(start) in {"is in", "was in", "be in"})
        word = set(self.text(where).split()) & (_TOP | _BOTTOM)
        if where == start or len(word) != 1:
            return
        share, end = self._part_of_one(where + 1)
        if not share:
            return
        behind = self.past(end, "of")
        for other, last in self.bars(behind, bar):
            if other.back > bar.back and behind > end and self._parted(last):
                yield from self._placed_in(start, bool(word & _TOP), share, bar, other, last + 1)
        for term, last in [*self._width(behind)] if behind > end else []:
            self.wide = term.series
            yield State(_in_range(self.wide, share, bool(word & _TOP))), last
            return
        if self.wide is not None and behind == end and not bar.named:
            yield State(_in_range(self.wide, share, bool(word & _TOP))), end
            return
        ranged = self.kind(behind) in {"barpart", "rangeword", "bar", "today"} or self.kind(end - 1) == "barpart"
        end = self.past(self.past(behind, "bar", "today"), "barpart", "rangeword") if ranged else end
        end = self.past(self.past(end, "of"), "bar") if self.are(end, "of", "bar") else end
        if start == at and not (bar.named or ranged):
            return
        edge = f"high - {_of_range(share)}"
        low = f"low + {_of_range(share)}"
        text, op = (edge, ">=") if word & _TOP else (low, "<=")
        own, contrary = f"close {op} {text}", f"close {'<=' if op == '>=' else '>='} {low if op == '>=' else edge}"
        yield State(condition_before(Plain(own, contrary), bar)), end

    def _placed_in(
        self, at: int, top: bool, share: float, bar: Bar, other: Bar, end: int
    ) -> Iterator[tuple[State, int]]:
        """In the top half of yesterday's range."""
        edge = f"high - {_of_range(share)}" if top else f"low + {_of_range(share)}"
        right = series_before(Series(edge, name="part"), other)
        yield State(Compare(series_before(price("close"), bar), ">=" if top else "<=", right)), end

    def _part_of_one(self, at: int) -> tuple[float, int]:
        kind = self.kind(at)
        if kind == "pct":
            return self.tokens[at].value[1] / 100, at + 1
        if kind in PARTS_OF_ONE or kind == "fraction":
            return PARTS_OF_ONE.get(kind) or self.tokens[at].value, at + 1
        if kind == "ordinal":
            return 1 / self.tokens[at].value, at + 1
        return (0.5, at + 1) if kind == "barpart" and self.text(at).startswith("half") else (0.0, at)

    def _moved(self, at: int, bar: Bar) -> Iterator[tuple[State, int]]:
        """`was down more than 1 % on the day`: of a bar that is named."""
        if not bar.named:
            return
        start = self._verb(at)
        kind = self.kind(start)
        up = kind in {"up", "risen", "moveup", "higher"}
        if not up and kind not in {"down", "fallen", "movedown", "lower"}:
            return
        said, share, enough, end = self._share(start + 1)
        if not said or (self.kind(start + 1) in {"above", "below"} and self.text(start + 1) in {"above", "below"}):
            return
        if self.are(end, "on|in", "unit|bar|today") and self.text(end + 1) in {"day", "bar", "candle", "today"}:
            end += 2
        op = (">" if up else "<") + "=" * enough
        right = Series(f"close[1] * {number(1 + share * (1 if up else -1))}", "price", "earlier*", line="close[1]")
        made = Compare(price("close"), op, right)
        yield State(condition_before(made, bar)), end

"""What is said of a bar: its shape, a higher close, a new extreme, what it is above or crosses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from ..tokens.operands import AVERAGES
from ..tokens.token import Compare, Condition, Joined, Not, Plain, Series, number
from ..values.bar_names import PRICES, THIS, Bar, condition_before, either, series_before
from ..values.bar_terms import Term, price, window
from .bar_shapes import VERBS, Shapes, State
from .distance_rows import moved_by

OPS = {"above": ">", "below": "<", "orless": "<=", "ormore": ">=", "atleast": ">=", "maxword": "<="}
_LESS = {"below", "orless", "maxword"}
_CONTRARY = {"above": "<=", "below": ">="}
_EQUAL = {">": ">=", "<": "<=", ">=": ">=", "<=": "<="}
_BASE = re.compile(r"(open|high|low|close|volume)(\[\d+\])?")


class States(Shapes):
    """What is said of a bar from a place on, each with where it ends. spoken: the bar that was spoken of last."""

    spoken = THIS

    def states(self, at: int, bar: Bar = THIS) -> Iterator[tuple[State, int]]:
        if self.kind(at) == "not":
            for state, end in self.states(at + 1, bar):
                yield State(Not(state.condition), state.known, state.noun), end
            return
        if self.kind(at) == "no" and self.kind(at + 1) == "barpart" and self.tokens[at + 1].value != "range":
            own = self._own(at + 1)
            yield State(condition_before(Compare(own, "<=", Series("0", "number")), bar)), at + 2
        if self.kind(at) == "unclear" and self.text(at + 1) == "with" and bar.named:
            for state, end in self.states(at + 2, bar):  # a doji with a body under 10 % of its range
                if re.search(r"close(\[\d+\])? - open", repr(state.condition)):
                    yield state, end
        yield from self._coloured(at, bar)
        yield from self._shaped(at, bar)
        yield from self._gapped(at, bar)
        yield from self._placed(at, bar)
        yield from self._moved(at, bar)
        yield from self._higher(at, bar)
        yield from self._extreme(at, bar)
        yield from self._compared(at, bar)

    def _higher(self, at: int, bar: Bar) -> Iterator[tuple[State, int]]:
        """`closes higher`, `a lower low`, `a higher close than the bar before`, `lower closes four days running`."""
        first = 0
        place = next((p for p in (at, self._verb(at) - 1) if p >= at and self.kind(p) == "px"), -1)
        if place >= 0 and self.kind(place + 1) in {"higher", "lower"}:
            name, up, end = self.tokens[place].value, self.kind(place + 1) == "higher", place + 2
        else:
            first = self.whole(at) if self.kind(at) == "num" else 0
            here = self.past(at + 1, "inrow") if first > 1 else at
            if self.kind(here) not in {"higher", "lower", "up", "down"} or self.kind(here + 1) != "px":
                return
            name, up, end = self.tokens[here + 1].value, self.kind(here) in {"higher", "up"}, here + 2
            if self.kind(here) in {"up", "down"} and name != "close":
                return
        if name not in PRICES or self.kind(end) in {"above", "below", "pct", "by", "num"}:
            return
        for other, behind in self.bars(end, bar):
            if other.back > bar.back:
                sides = series_before(price(name), bar), price(name, other)
                yield State(Compare(sides[0], ">" if up else "<", sides[1])), behind
        count, days, behind = (first, False, self.past(end, "inrow")) if first > 1 else self._run_of(end)
        words = ("rising", "falling")[:: 1 if up else -1]
        words = (words[0], words[0]) if name == "volume" else words  # of no side
        texts = [f"{'days|' * days}{word}({name}, {count})" for word in words]
        yield State(condition_before(either(texts), bar), noun=place < 0), behind

    def _extreme(self, at: int, bar: Bar) -> Iterator[tuple[State, int]]:
        """`the price makes a new 20 bar high`; `the close is the lowest of the last 10 bars`: of them none is below."""
        start = at + self.closes(at)
        made = self.past(start, "newx")
        if made > at and (start > at or bar.named) and (made > start or self.kind(made) in {"bars", "dur"}):
            for term, end in self.terms(made, bar):
                if term.series.window and term.series.name in {"highest", "lowest"}:
                    op = ">" if term.series.name == "highest" else "<"
                    yield from self._made(Term(price("close")), op, Term(term.series), bar, end)
        if self._parted(at) and self.are(at + 1, "highest|lowest", "of|in", "bars"):
            word, op = ("highest", ">") if self.kind(at + 1) == "highest" else ("lowest", "<")
            own, count = self._own(at).text.strip("()"), self.whole(at + 3) - 1
            if count:
                text = f"{own} {op} {word}({own}, {count})[1]"
                yield State(condition_before(Plain(text, text), bar)), at + 4
        if self.kind(at) in {"breaks", "breaksdown"}:
            yield from self._out_of_range(at, bar)
        name = self.tokens[at].value if self.kind(at) == "px" else ""
        at = self.past(at + 1, "at") - 1 if name else at  # at its highest close of the last year
        if name in PRICES and self.kind(at + 1) in {"highest", "lowest"}:
            behind = at + 2 + (self.kind(at + 2) == "px" and self.tokens[at + 2].value == name)
            place = self.past(behind, "of", "in")
            count = self.whole(place) if self.kind(place) == "bars" else self.days(place)
            if place > behind and count and self.text(place).split()[0] in {"previous", "prior", "preceding"}:
                extreme = window(price(name), count, self.kind(at + 1) == "highest", self.kind(place) == "dur")
                op = ">" if extreme.name == "highest" else "<"
                yield from self._made(Term(price(name)), op, Term(extreme), bar, self.past(place + 1, "before"))
            elif place > behind and count:
                days = "days|" * (self.kind(place) == "dur")
                both = ((">=", "highest"), ("<=", "lowest"))
                texts = [f"{days}{name} {op} {word}({name}, {count})" for op, word in both]
                extremes = either(texts[:: 1 if self.kind(at + 1) == "highest" else -1])
                yield State(condition_before(extremes, bar)), self.past(place + 1, "before")

    def _out_of_range(self, at: int, bar: Bar) -> Iterator[tuple[State, int]]:
        """`a breakout of the 60 bar range to the upside`."""
        for term, end in self._width(at + 1):
            way = self.kind(end)
            if way in {"up", "down", "above", "below"} and "[1]" not in term.series.text:
                count = int(term.series.text.split(", ")[1].split(")")[0])
                up = way in {"up", "above"}
                level = window(price("high" if up else "low"), count, up, bool(term.series.frame))
                yield from self._made(Term(price("close")), ">" if up else "<", Term(level), bar, end + 1)

    def _run_of(self, at: int) -> tuple[int, bool, int]:
        """`four days running`, `3 times in a row`; once where no count is said."""
        count = self.whole(at) or self.days(at)
        behind = at + 1 + (self.kind(at + 1) == "times")
        if count and self.kind(behind) == "inrow":
            return count, bool(self.days(at)), behind + 1
        return 1, False, at

    def _compared(self, at: int, bar: Bar) -> Iterator[tuple[State, int]]:
        if self.kind(at) in {"morew", "below", "higher", "lower"} and self.kind(at + 1) in {"px", "barpart"}:
            op = ">" if self.kind(at) in {"morew", "higher"} else "<"
            for term, end in self.terms(at + 1, bar):
                yield from self._right(term, op, self.past(end, "on"), bar, strict=True)
        if bar.named:
            yield from self._against(Term(price("close")), at, bar)
        for term, end in self.terms(at, bar):
            verb = term.series.text == "close" and self.kind(end) == "px" and self.text(end) in VERBS
            if verb and self.value(end) == "open":  # the price opens below …
                yield from self._against(Term(price("open")), end + 1, bar)
            else:
                yield from self._against(term, end + verb, bar)

    def _against(self, left: Term, at: int, bar: Bar) -> Iterator[tuple[State, int]]:
        at = self.past(at, "per", "all", "both")
        at += self.kind(at) == "of" and self.kind(at + 1) in OPS
        kind, behind = self.kind(at), at + 1
        if kind in {"moveup", "movedown", "crossover", "crossunder"} or self.are(at, "cross|move", "above|below"):
            up = kind in {"moveup", "crossover"} or self.kind(at + 1) == "above"
            for right, end in self.terms(self.past(behind, "above", "below"), bar):
                own = _own(left)
                if own and right.fixed and right.series.text.split("[")[0] == own.text and own.text != "close":
                    yield from self._made(left, ">" if up else "<", right, bar, end)  # the low undercuts the one before
                elif right.fixed or right.known:
                    yield from self._made(left, "cross_above" if up else "cross_below", right, bar, end)
        elif kind in {"breaks", "breaksdown"}:
            for right, end in self.terms(self.past(behind, "newx"), bar):
                down = right.series.text.startswith("low")
                if right.fixed and right.series.text.startswith(("high", "low", "valuewhen")) and (
                    kind == "breaks" or down
                ):
                    yield from self._made(left, "<" if down else ">", right, bar, end)
        elif kind == "not" and self.kind(behind) in _CONTRARY:
            yield from self._right(left, _CONTRARY[self.kind(behind)], behind + 1, bar)
        elif kind in OPS:
            yield from self._right(left, OPS[kind], behind, bar)
        yield from self._away(left, at, bar)
        yield from self._near(left, at, bar)

    def _right(self, left: Term, op: str, at: int, bar: Bar, *, strict: bool = False) -> Iterator[tuple[State, int]]:
        """The value on the right; a bar alone is the same value there, `any of the 30 bars before` their extreme."""
        if self.kind(at) == "both":
            yield from self._both(left, op, at + 1, bar)
        if not strict:
            for right, end in self.terms(at, bar):
                yield from self._made(left, op, right, bar, end)
                yield from self._by(left, op, right, end, bar)
        if left.series.dim == "volume" and self.kind(at) == "num":
            count = Series(number(self.value(at)), "number")
            yield from self._made(left, op, Term(count, True), bar, self.past(at + 1, "units"))
        name = _own(left)
        if name is None:
            return
        for right, end in self._same_then(left, at, bar):
            yield from self._made(left, op, right, bar, end)
            yield from self._by(left, op, right, end, bar)
        place = at + ((self.kind(at) == "px" and self.value(at) == name.text) or self._parted(at))
        if place > at and self.are(place, "of", "bars|dur", "before") and self.text(place + 2) != "ago":
            number_of = self.whole(place + 1) or self.days(place + 1)
            right = Term(window(name, number_of, op.startswith(">"), self.kind(place + 1) == "dur"))
            yield from self._made(left, op, right, bar, place + 3)
        same = (self.kind(at) == "px" and self.value(at) == name.text) or self._parted(at)
        found = self.each_of(self.past(at + same, "on", "of"))
        if found and found[3] in {"", *PRICES}:
            own = price(found[3]) if found[3] else name
            right = Term(window(own, found[0], op.startswith(">"), found[1]))
            yield from self._made(left, op, right, bar, found[2])

    def _both(self, left: Term, op: str, at: int, bar: Bar) -> Iterator[tuple[State, int]]:
        """`above both last week's high and last month's`."""
        for one, end in self.terms(at, bar):
            for two, last in self.terms(end + 1, bar) if self.kind(end) == "and" else ():
                for first, _ in self._made(left, op, one, bar, end):
                    for second, _ in self._made(left, op, two, bar, last):
                        yield State(Joined("and", (first.condition, second.condition))), last

    def _near(self, left: Term, at: int, bar: Bar) -> Iterator[tuple[State, int]]:
        """`within 1 % of last month's low`: of a high not further below, of a low not further above, else both."""
        if not (self.are(at, "in", "pct|atrm|points", "of|from")):
            return
        for right, end in self.terms(at + 3, bar):
            if right.fixed or not right.known:
                text = right.series.text
                below = self._made(left, ">=", self._beyond(right, at + 1, False), bar, end)
                above = self._made(left, "<=", self._beyond(right, at + 1, True), bar, end)
                if text.startswith("high"):
                    yield from below
                elif text.startswith("low"):
                    yield from above
                else:
                    for (one, _), (two, _) in zip(below, above, strict=True):
                        yield State(Joined("and", (one.condition, two.condition))), end

    def _same_then(self, left: Term, at: int, bar: Bar) -> Iterator[tuple[Term, int]]:
        """`15 bars ago`, `the bar before`: the same value there."""
        name = _own(left)
        for other, end in self.bars(at, bar):
            if name and other.back > bar.back:
                yield Term(price(name.text, other) if name.name == "px" else series_before(name, other), True), end

    def _by(self, left: Term, op: str, right: Term, at: int, bar: Bar) -> Iterator[tuple[State, int]]:
        """`higher than the last close by more than one ATR`."""
        if self.kind(at) != "by":
            return
        said = self.past(at + 1, "above", "atleast", "ormore")
        if self.kind(said) in {"pct", "atrm", "points"}:
            more = self.kind(said + 1) == "orevenmore"
            enough = more or self.kind(said - 1) in {"atleast", "ormore"}
            moved = self._beyond(right, said, op.startswith(">"))
            yield from self._made(left, _EQUAL[op] if enough else op[0], moved, bar, said + 1 + more)

    def _away(self, left: Term, at: int, bar: Bar) -> Iterator[tuple[State, int]]:
        """`more than 2 % above the low of the bar before`."""
        said = self.past(at, "above", "below", "atleast", "ormore", "orless", "maxword", "by")
        said = self.past(said, "above", "atleast", "ormore")
        if self.kind(said) not in {"pct", "atrm", "points"}:
            return
        more = self.kind(said + 1) == "orevenmore"
        side = said + 1 + more
        how = {self.kind(place) for place in range(at, said)}
        enough, less = more or bool(how & {"atleast", "ormore", "orless", "maxword"}), bool(how & _LESS)
        if self.are(side, "awayword", "from"):
            yield from self._away_from(left, at, said, (enough, less), bar)
        if self.kind(side) not in {"above", "below"}:
            return
        up = self.kind(side) == "above"
        for right, end in [*self.terms(side + 1, bar), *self._same_then(left, side + 1, bar)]:
            moved = self._beyond(right, said, up)
            yield from self._made(left, (">" if up != less else "<") + "=" * enough, moved, bar, end)

    def _away_from(
        self, left: Term, at: int, said: int, how: tuple[bool, bool], bar: Bar
    ) -> Iterator[tuple[State, int]]:
        """`less than 3 % away from its 52 week high`: of a high below it, of a low above it."""
        enough, less = how
        place = next(here for here in range(said, len(self.tokens)) if self.kind(here) == "from")
        for right, end in self.terms(place + 1, bar):
            up = {"l": True, "h": False}.get(right.series.text.removeprefix("highest(").removeprefix("lowest(")[:1])
            if up is not None and right.series.text.startswith(("high", "low")):
                moved = self._beyond(right, said, up)._replace(known=False)
                yield from self._made(left, (">" if up != less else "<") + "=" * enough, moved, bar, end)

    def _beyond(self, term: Term, at: int, up: bool) -> Term:
        """A value so far above or below itself."""
        return term._replace(series=moved_by(term.series, self.kind(at), self.tokens[at].value, up))

    def _made(self, left: Term, op: str, right: Term, bar: Bar, end: int) -> Iterator[tuple[State, int]]:
        of_now = right.series.text == "close" and left.series.text in {"open", "high", "low"}
        if (bar.back or bar.frame) and not right.fixed and of_now:
            return  # `yesterday's high is below the close`: the close of now
        never = {"high": (">", "cross_above"), "low": ("<", "cross_below")}.get(right.series.text, ())
        if left.series.text == "close" and not right.fixed and op in never and self.spoken.back > bar.back:
            right = Term(price(right.series.text, self.spoken), True)  # `… and this bar closes above its high`
        if right.known and left.series.dim not in {"price", right.series.dim} and right.series.name in AVERAGES:
            text = right.series.text.replace("(close", f"({left.series.text}")  # above its average
            right = right._replace(series=replace(right.series, text=text, dim=left.series.dim))
        one, two = left.at(bar), right.at(bar)
        counted = one.dim == "volume" and two.dim == "number"
        alike = counted or (one.dim == two.dim and one.dim in {"price", "volume", "distance"})
        if not alike or one.written == two.written:
            return
        made: Condition = Compare(one, op, two)
        if two.band == "opening":
            made = Joined("and", (Plain(*2 * (f"barssince(new_day()) >= {two.length}",)), made))
        yield State(made, left.known or right.known), end


def _own(left: Term) -> Series | None:
    """What `the bar before` alone is compared by: the same price, or part, of it."""
    base = _BASE.fullmatch(left.series.text)
    if base:
        return price(base[1])
    return left.series if left.series.name == "part" and not left.fixed else None

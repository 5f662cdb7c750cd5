"""Clauses about bars: one bar and what it does, several in a row, some of the last ones, one after another."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ..tokens.token import Compare, Condition, Joined, Not, Plain, Token
from ..tokens.write import condition_text
from ..values.bar_names import THIS, Bar, of_day
from ..values.bar_terms import Term, price
from .bar_runs import SPOKEN, Clause, Runs
from .sides import mirrored, negated

_BEFORE = {
    "start", "comma", "stopmark", "colon", "when", "and", "or", "act", "on", "after", "then", "arrow", "until",
    "unless", "only", "open", "either", "both", "waituntil", "at", "frame", "timeframe", "once", "cond", "back", "rest",
    "unclear", "defined",
}  # fmt: skip
_BEHIND = {
    "end", "comma", "stopmark", "colon", "when", "and", "or", "act", "arrow", "then", "shut", "orderword", "note",
    "until", "unless", "stopword", "targetword", "cond", "not", "open",
}  # fmt: skip
_SIDED = {
    "above", "below", "moveup", "movedown", "orless", "ormore", "in", "atleast", "crossover", "crossunder", "cross",
}  # fmt: skip
_SIDES = {"above", "below", "higher", "lower"}
_SIMPLE = re.compile(
    r"(open|high|low|close|volume)(\[\d+\])?|\(\((?:high\[(\d+)\] \+ low\[\3\])\) / 2\)|\(high\[(\d+)\] - low\[\4\]\)"
)


def with_bars(tokens: list[Token]) -> list[Token]:
    """The same with every clause about bars that is understood as a condition."""
    reading = Clauses(tokens)
    made: list[Token] = []
    here = 0
    while here < len(tokens):
        if skipped := reading.defined(here):
            here = skipped
            continue
        joined = len(made) > 1 and made[-1].kind == "and" and id(made[-2].value) in reading.own
        found = reading.clause(here, joined)
        if found is None and (level := reading.opening_level(here)):
            made.append(level[0])
            here = level[1]
            continue
        if found is None or (tokens[here].kind in _SIDES and _spoken_of(made)):
            made.append(tokens[here])
            here += 1
            continue
        text = " ".join(token.text for token in tokens[here : found.end])
        conditions = [_sound(each) for each in found.conditions]
        made.append(Token("cond", text, conditions[0] if len(conditions) == 1 else Joined("and", tuple(conditions))))
        reading.own.add(id(made[-1].value))
        reading.heard(here)
        here = found.end
    return made


def _spoken_of(before: Sequence[Token]) -> bool:
    """Whether `lower than 10 bars ago` may be said of an average or an indicator, and not of the close."""
    return any(token.kind in {"ma", "ind", "part", "family"} for token in before)


class Clauses(Runs):
    """The longest clause from a place on that ends where a clause may end."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        super().__init__(tokens)
        self.own: set[int] = set()  # conditions that were made of clauses here

    def defined(self, at: int) -> int:
        """Behind `the opening range is the first 6 bars of the day.`; 0 where nothing of the kind is said."""
        if at and self.kind(at - 1) not in {"stopmark", "colon", "comma"}:
            return 0
        count, end = self.first_bars(self.past(at + 1, "arrow", "equals", "colon", "of", "open"))
        known = self.kind(at) == "openrange" and count and self.kind(end) in {"stopmark", "comma", "end", "shut"}
        return end + (self.kind(end) == "shut") if known else 0

    def opening_level(self, at: int) -> tuple[Token, int] | None:
        """`stop at the opening range low`: the level, behind a word of a stop or target."""
        led = at - 1 - (self.kind(at - 1) == "at")
        if self.kind(at) != "openrange" or self.kind(led) not in {"stopword", "targetword"}:
            return None
        return next(((Token("ser", self.text(at), term.series), end) for term, end in self.range_of_day(at)), None)

    def heard(self, at: int) -> None:
        """The bar that a clause begins with is the one that `its` is of."""
        named = next((bar for bar, _ in self.bars(at, THIS)), THIS)
        self.spoken = named if named.back else self.spoken

    def clause(self, at: int, joined: bool = False) -> Clause | None:
        """joined: it is joined by `and` to a clause that was read here."""
        if (self.kind(at - 1) if at else "start") not in _BEFORE:
            return None
        if self.kind(at) == "gap" and self.are(at - 2, "px", "and|on"):
            return None  # `the day opens with a gap`: of the day
        if self.kind(at - 1) == "comma" and self.own and not {"ind", "record"} & {t.kind for t in self.tokens}:
            joined = True
        if joined and self.kind(at) in {"green", "red"} and self.kind(at + 1) in _BEHIND:
            return next(Clause((state.condition,), end) for state, end in self.states(at))
        best: Clause | None = None
        for each in self._all(at):
            ends = self.kind(each.end) in _BEHIND or self.are(each.end, "on|only", "day")
            ends |= self.kind(at) == "after" and self.kind(each.end) == "px"  # … a green one that closes above …
            if not each.known and ends and (best is None or each.end > best.end):
                best = each
        return best

    def _all(self, at: int) -> Iterator[Clause]:
        yield from self._denied(at)
        yield from self._of_last(at)
        yield from self._each(at)
        yield from self._times(at)
        yield from self._both_bars(at)
        yield from self._rising(at)
        yield from self._sequence(at)
        yield from self._then(at)
        yield from self._of_bar(at)
        yield from self._this(at)
        yield from self._beside_order(at)
        yield from self._beyond_it(at)

    def _denied(self, at: int) -> Iterator[Clause]:
        """`but never on a red bar`: behind another condition."""
        if self.kind(at) == "not" and self.kind(at - 1) in {"and", "comma"}:
            for state, end in self.states(self.past(at + 1, "on", "in", "after")):
                if state.noun:
                    yield Clause((Not(state.condition),), end)
            for run in self._each(self.past(at + 1, "on")):
                if self.nth(self.past(at + 1, "on")):
                    yield Clause((Not(Joined("and", run.conditions)),), run.end)

    def _this(self, at: int) -> Iterator[Clause]:
        """Of this bar; what `on the bar before` is said of, of that one."""
        for state, end in self.states(at):
            if state.noun or self._begins_with_price(at):
                yield Clause((state.condition,), end, state.known)
            if state.noun and self.kind(end) in {"px", "barpart", "gap", "above", "below"}:  # a green bar that closes …
                for other, last in self.states(end, Bar(0)):
                    yield from self._chained([state.condition, other.condition], last, Bar(0))
            behind = self.past(end, "on", "at")
            for bar, last in self.bars(behind, THIS):
                if bar.first and behind > end:
                    first = [Plain(*2 * (of_day(bar.first),)), _of_one(state.condition)]
                    yield Clause(tuple(first), last)
                elif bar.back and not state.known:
                    for other, same in self.states(at, bar):
                        if same == end:
                            yield Clause((other.condition,), last)

    def _beside_order(self, at: int) -> Iterator[Clause]:
        """`buy above last week's high`: the close."""
        if at and self.kind(at - 1) in {"act", "when", "and", "or"} and self.kind(at) in _SIDED:
            for state, last in self._against(Term(price("close")), at, THIS):
                right = getattr(state.condition, "right", None)
                if not state.known and right and right.name.startswith("earlier"):
                    yield Clause((state.condition,), last)

    def _beyond_it(self, at: int) -> Iterator[Clause]:
        """`more than 15 % below it`: below what was compared last."""
        start = at + (self.kind(at) == "px" and self.tokens[at].value == "close")
        least = self.past(start, "above", "below", "atleast", "ormore", "orless", "maxword")
        if self.kind(least) not in {"pct", "atrm"} or not self.are(least + 1, "above|below"):
            return
        less = self.kind(start) in {"below", "orless", "maxword"} and least > start
        enough = self.kind(start) in {"atleast", "ormore", "orless", "maxword"} and least > start
        up = self.kind(least + 1) == "above"
        op = ("<" if up == less else ">") + "=" * enough
        it = ("beyond", self.kind(least), self.tokens[least].value, up, op)
        yield Clause((it,), least + 2)  # type: ignore[arg-type]  # resolved with all that points back

    def _begins_with_price(self, at: int) -> bool:
        return self.kind(at) not in {"green", "red", "not"}

    def _of_bar(self, at: int) -> Iterator[Clause]:
        """A bar that is named, and what it does; what is joined by `and` and has no bar of its own is of it, too."""
        for bar, end in self.bars(at, THIS):
            here = Bar(0, named=True) if bar.first or bar.weekday else replace(bar, named=True)
            told: list[Condition] = []
            if bar.first:
                told.append(Plain(*2 * (of_day(bar.first),)))
            if bar.weekday:
                told.append(Plain(f"weekday == {bar.weekday}", f"weekday == {bar.weekday}", filter=True))
            for state, behind in self.states(end + (self.text(end) in {"with", "having"}), here):
                yield from self._chained([*told, state.condition], behind, here)

    def _chained(self, told: list[Condition], at: int, bar: Bar) -> Iterator[Clause]:
        first = len(told) > 1 and getattr(told[0], "text", "") == "new_day()"
        yield Clause(tuple(map(_of_one, told)) if first else tuple(told), at)
        if self.kind(at) != "and" or self.kind(at + 1) in {"today", "yesterday", "before", "day", "act", "when"}:
            return
        if self.kind(at + 1) == "px" and (bar.back or bar.frame) and self.text(at + 1) not in SPOKEN:
            return
        if any(True for _ in self.bars(at + 1, bar)):
            return
        for state, end in self.states(at + 1, bar):
            yield from self._chained([*told, state.condition], end, bar)


def _of_one(condition: Condition) -> Condition:
    """A gap on the first bar of a day is one between days."""
    if isinstance(condition, Joined):
        return Joined(condition.word, tuple(map(_of_one, condition.parts)))
    if isinstance(condition, Plain):
        texts = [each.replace("gap|", "") for each in (condition.text, condition.mirrored)]
        return Plain(texts[0], texts[1], filter=condition.filter)
    return condition


def _sound(condition: Condition) -> Condition:
    """What is read on days and is no plain price of an earlier one as a text, which is of bars of days alone."""
    if isinstance(condition, Joined):
        return Joined(condition.word, tuple(map(_sound, condition.parts)))
    if isinstance(condition, Not):
        return negated(_sound(condition.part))
    if not isinstance(condition, Compare) or not condition.left or not condition.right:
        return condition
    sides = (condition.left, condition.right)
    if all(side.frame != "days" or _SIMPLE.fullmatch(side.line or side.text) or "[" not in side.text for side in sides):
        return condition
    bare = Compare(replace(sides[0], frame=""), condition.op, replace(sides[1], frame=""))
    other = mirrored(bare)
    return Plain(f"days|{condition_text(bare)}", f"days|{condition_text(other)}" if other else "")



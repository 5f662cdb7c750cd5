"""Several bars: each of the last three, four of the last five, a red one and then a green one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ..tokens.token import Compare, Condition, Plain, Series, asked
from ..tokens.write import condition_text
from ..values.bar_names import Bar, either
from .bar_states import States
from .sides import mirrored

_LONGEST_RUN = 20
SPOKEN = {"closed", "opened"}


class Clause(NamedTuple):
    """known: the rows of conditions read it, too."""

    conditions: tuple[Condition, ...]
    end: int
    known: bool = False


class Runs(States):
    """What is said of several bars from a place on."""

    def _of_last(self, at: int) -> Iterator[Clause]:
        """`at least 4 of the last 5 bars were green`, `closed lower on 3 of the last 4 bars`."""
        if self.kind(at) == "no":
            for state, end in self.states(at + 1):
                if state.noun and self.are(end, "in|on", "bars") and self.text(end + 1).startswith("last"):
                    text = condition_text(state.condition)
                    made = f"sum(number({text}), {self.whole(end + 1)}) == 0"
                    other = mirrored(state.condition)
                    contrary = made.replace(text, condition_text(other)) if other else ""
                    yield Clause((either([made, contrary]),), end + 2)
        for bounds in self._counts(at):
            for state, end in self.states(bounds[2], Bar(0, bounds[3])):
                yield Clause((_summed(state.condition, bounds),), end, state.known)
        for state, end in self.states(at, Bar(0)):
            for bounds in self._counts(self.past(end, "on", "in")):
                yield Clause((_summed(state.condition, bounds),), bounds[2], state.known)

    def _counts(self, at: int) -> Iterator[tuple[int, int, int, bool]]:
        """How many, of how many, where that ends, and whether of days."""
        start = self.past(at, "atleast")
        if self.kind(at) == "anyof" and self.text(at) in {"two of", "at least two of"}:
            behind = self.past(at + 1, "lastn")
            if count := self.whole(behind) if self.kind(behind) == "bars" else self.days(behind):
                yield 2, count, behind + 1, self.kind(behind) == "dur"
        if self.kind(start) == "num" and self.kind(start + 1) == "of":
            behind = self.past(start + 2, "lastn")
            count = self.whole(behind) if self.kind(behind) == "bars" else self.days(behind)
            if self.kind(behind) == "num" and self.kind(behind + 1) == "px":
                yield self.whole(start), self.whole(behind), behind + 1, False
            elif count:
                yield self.whole(start), count, behind + 1, self.kind(behind) == "dur"

    def _each(self, at: int) -> Iterator[Clause]:
        """`each of the last 3 closes was above …`, `the last 3 bars were all green`, `three inside bars in a row`."""
        at += self.closes(at) and bool(self.nth(at + 1))  # the close is the third lower close in a row
        nth = self.nth(at)
        if nth and self.kind(at + 1) in {"inrow", "green", "red", "higher", "lower", "up", "down"}:
            yield from self._nth(self.past(at + 1, "inrow"), nth, self.kind(at + 1) == "inrow")
        behind = self.past(self.past(self.past(at, "per", "all"), "of"), "lastn")
        count, days = self.whole(behind), False
        back = int(self.text(behind).split()[:1] in (["previous"], ["prior"], ["preceding"]))
        if self.kind(behind) == "dur":
            count, days = self.days(behind), True
        if not 2 <= count <= _LONGEST_RUN:
            return
        start = self.past(behind + 1, "inrow") if self.kind(behind) in {"bars", "dur"} else behind + 1
        if self.kind(behind) == "num" and not (behind > at and self.kind(start) == "px"):
            yield from self._run_of_nouns(start, count)
            return
        if self.kind(behind) == "bars" and self.kind(start) == "before" and self.text(start) != "ago":
            start, back = start + 1, 1
        start = self.past(start, "all", "both", "per")
        spoken = self.text(start) in SPOKEN | {"closes", "opens", "close"} or self.kind(behind) == "num"
        adjective = not self.text(behind).endswith("s") or (self.kind(start) == "px" and not spoken)  # the 20 bar high
        if adjective and self.kind(behind) != "num":
            return
        for state, end in self.states(start, Bar(0, days)):
            conditions = self._run(start, end, count, days, back)
            if conditions and (self.kind(behind) != "dur" or state.noun is False):
                yield Clause(conditions, self.past(end, "inrow"), False)

    def nth(self, at: int) -> int:
        """The number of `third`, `fourth`; 0 where there is none."""
        count = {"third": 3, "quarter": 4}.get(self.kind(at), 0)
        return int(self.tokens[at].value) if self.kind(at) == "ordinal" else count

    def _times(self, at: int) -> Iterator[Clause]:
        """`below the previous close for the third time in a row`, `green three times in a row`."""
        for state, end in self.states(at, Bar(0)):
            count = self.nth(end) or self.whole(end)
            behind = self.past(end + 1, "times", "bar")
            if 2 <= count <= _LONGEST_RUN and self.kind(behind) == "inrow":
                conditions = self._run(at, end, count, False, 0)
                if conditions:
                    yield Clause(conditions, behind + 1, state.known)

    def _both_bars(self, at: int) -> Iterator[Clause]:
        """`this bar and the one before it are both red`."""
        for one, end in self.bars(self.past(at, "both"), Bar(0)):
            for two, behind in self.bars(end + 1, Bar(0)) if self.kind(end) == "and" else ():
                start = self.past(behind, "both")
                told = two.back != one.back and "both" in {self.kind(at), self.kind(behind)}
                for state, last in self.states(start, one) if told else ():
                    other = next((each for each, same in self.states(start, two) if same == last), None)
                    if other:
                        yield Clause((state.condition, other.condition), last)

    def _nth(self, at: int, count: int, inrow: bool) -> Iterator[Clause]:
        """`the third lower close in a row`, `the third consecutive red bar`."""
        for state, end in self.states(at):
            if inrow or self.kind(end) == "inrow":
                conditions = self._run(at, end, count, False, 0)
                if conditions and (state.noun or self.kind(at) in {"higher", "lower", "up", "down"}):
                    yield Clause(conditions, self.past(end, "inrow"))

    def _run_of_nouns(self, at: int, count: int) -> Iterator[Clause]:
        start = self.past(at, "inrow")
        if start > at and self.kind(start) == "bar":  # four straight bars close above their open
            for _, end in self.states(start + 1, Bar(0)):
                conditions = self._run(start + 1, end, count, False, 0)
                if conditions:
                    yield Clause(conditions, end)
        for state, end in self.states(start):
            if state.noun and self.text(end - 1) not in {"bar", "candle", "day"}:
                conditions = self._run(start, end, count, False, 0)
                if conditions:
                    yield Clause(conditions, self.past(end, "inrow"))

    def _run(self, at: int, end: int, count: int, days: bool, back: int) -> tuple[Condition, ...]:
        """What stands between two places, of so many bars one after the other."""
        made: list[Condition] = []
        for step in range(back, back + count):
            bar = Bar(step, days, named=self.kind(at - 1) == "bar" and self.kind(at) in {"above", "below"})
            state = next((one for one, last in self.states(at, bar) if last == end), None)
            if state is None:
                return ()
            made.append(state.condition)
        return tuple(made)

    def _rising(self, at: int) -> Iterator[Clause]:
        """`both the highs and the lows have been rising for 3 bars`."""
        if self.kind(at) in {"bars", "dur"} and self.are(self.past(at + 1, "of"), "rising|falling", "px|barpart"):
            behind = self.past(at + 1, "of")
            source = self.value(behind + 1) if self.kind(behind + 1) == "px" else self._own(behind + 1).text
            count, mark = self.whole(at) or self.days(at), "days|" * (self.kind(at) == "dur")
            words = ("rising", "falling")[:: 1 if self.kind(behind) == "rising" else -1]
            made = either([f"{mark}{word}({source}, {count})" for word in words])
            yield Clause((made,), self.past(behind + 2, "inrow"))
        start = self.past(at, "both")
        values: list[Series] = []
        while found := next(((t, e) for t, e in self.terms(start) if not t.fixed), None):
            values.append(found[0].series)
            start = found[1]
            if self.kind(start) not in {"and", "or"} or self.kind(start) == "or":
                break
            start += 1
        sure = {"rising": True, "falling": False, "higher": True, "lower": False, "risen": True, "fallen": False}
        ups = {**sure, "moveup": True, "movedown": False, "up": True, "down": False}
        start = self.past(start, "move") if self.kind(start + 1) in {"up", "down"} else start
        up = ups.get(self.kind(start))
        count = self.whole(start + 1) or self.days(start + 1)
        days = self.kind(start + 1) == "dur"
        end = self.past(start + 2, "times")
        if nth := self.nth(start + 1):
            end = self.past(start + 2, "bar", "unit")
            count, days = nth, self.kind(start + 2) == "unit"
        if not values or up is None or not count or count > 200:
            return
        counted = self.kind(start + 1) in {"bars", "dur"} and self.kind(start) in sure
        if not counted and self.kind(end) != "inrow":
            return
        words = ("rising", "falling")[:: 1 if up else -1]
        texts = [
            " and ".join(
                f"{'days|' * days}{words[0] if each.dim == 'volume' else word}({each.text}, {count})" for each in values
            ) for word in words
        ]  # how much is traded is of no side
        known = len(values) == 1 and self.kind(at) != "px"
        yield Clause((either(texts),), self.past(end, "inrow"), known)

    def _sequence(self, at: int) -> Iterator[Clause]:
        """`a green day, then a red day`; the last of them is this bar. `a green bar after two red ones`."""
        items = [first for first in [self._element(at)] if first]
        while items and (start := self._joint(items[-1][2])) and (item := self._element(start)):
            items.append(item)
        if len(items) > 1:
            yield from self._in_order(items[::-1])
        behind = self.past(items[0][2], "move") if items else 0  # `an inside bar comes after an outside bar`
        if items and self.kind(behind) == "after" and (item := self._element(behind + 1)):
            yield from self._in_order([items[0], item])
        led = self._element(at + 1) if self.kind(at) == "after" else None  # after two red bars a green one that …
        item = self._element(self.past(led[2], "comma")) if led else None
        for each in self._in_order([item, led]) if led and item else ():
            yield each
            for other, end in self.states(item[2], Bar(0)) if item and self.kind(item[2]) == "px" else ():
                yield Clause((*each.conditions, other.condition), end)

    def _joint(self, at: int) -> int:
        behind = self.past(at, "comma", "and")
        return self.past(behind + 1, "back", "comma") if self.kind(behind) in {"then", "followed"} else 0

    def _then(self, at: int) -> Iterator[Clause]:
        """`first a close below the low, then one above the high`: `followed by` is the next bar, `then` any later."""
        start = self.past(at, "first")
        start += self.are(start, "bar", "above|below")
        for one, end in self.states(start, Bar(0, named=self.kind(start - 1) == "bar")):
            behind = self._joint(end)
            behind += behind > 0 and self.are(behind, "bar", "above|below")
            for two, last in self.states(behind, Bar(0, named=self.kind(behind - 1) == "bar")) if behind else ():
                if self.kind(start) == "gap" and self.kind(last - 1) == "px":
                    continue  # a gap, and then a green close: of one bar
                if (one.noun and two.noun) or _moves(one.condition) or _moves(two.condition):
                    continue
                if "followed" in {self.kind(behind - 1), self.kind(behind - 2)}:
                    yield from self._in_order([(behind, last, last, 1), (start, end, end, 1)])
                else:
                    text = " ".join(token.text for token in self.tokens[at:last])
                    question = f"'{text}': on the very next bar, or on any later one?"
                    yield Clause((Plain(asked("definition", question)),), last)

    def _element(self, at: int) -> tuple[int, int, int, int] | None:
        """Of one kind of bars: where it is said from and to, where all ends, and how many they are."""
        count = self.whole(self.past(at, "atleast")) if self.kind(self.past(at, "atleast")) == "num" else 1
        start = self.past(self.past(at, "atleast") + 1, "inrow") if count > 1 or self.kind(at) == "num" else at
        ends = [end for state, end in self.states(start) if state.noun]
        if not ends or not 1 <= count <= _LONGEST_RUN:
            return None
        return start, max(ends), self.past(max(ends), "inrow"), count

    def _in_order(self, items: Sequence[tuple[int, int, int, int]]) -> Iterator[Clause]:
        """From the latest to the earliest."""
        made: list[Condition] = []
        for start, end, _, count in items:
            self.spoken = Bar(len(made) + count)
            run = self._run(start, end, count, False, len(made))
            if not run:
                return
            made += run
        yield Clause(tuple(made), max(each[2] for each in items))


def _moves(condition: Condition) -> bool:
    return isinstance(condition, Compare) and condition.op.startswith("cross")


def _summed(condition: Condition, bounds: tuple[int, int, int, bool]) -> Condition:
    least, count, _, days = bounds
    other = mirrored(condition)
    texts = [condition_text(each).replace("days|", "") if each else "" for each in (condition, other)]
    made = [f"{'days|' * days}sum(number({each}), {count}) >= {least}" if each else "" for each in texts]
    return either(made)

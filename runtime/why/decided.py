"""What an order does to every limit, from copies of the books as what decides was handed them: for an answer, for the
table of a result, and for the events of a live run."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ...lang.plan.model import Decision, Plan
from ..machine.machine import readings
from ..portfolio.kept import copied, keep, put_back, put_state
from ..trading.effects import ENTERING, LEAVING, Deciding, part_of_hold, settled_at_fill
from ..trading.layout import LONG, SHORT
from ..trading.specs import Called
from .reading import LimitEffect, effects_of

if TYPE_CHECKING:
    from ..machine.machine import Machine
    from ..portfolio.machine import Portfolio
    from ..portfolio.watched import Moment, Seen

Effects = tuple[tuple[LimitEffect, ...], str]
"""What an order does to each limit, and where its quantity is settled: "decision", "fill", "" where nothing is said."""
NOTHING: Effects = ((), "")


@dataclass(frozen=True, slots=True)
class Moments:
    """A book at a bar: when what leaves is decided, what enters, and each leg by its statement."""

    leaving: Deciding | None = None
    entering: Deciding | None = None
    legs: Mapping[int, Deciding] = field(default_factory=dict)

    def effects(self, decision: Decision, place: int, kind: str, side: str) -> Effects:
        """Of an order of this kind and side, whose row names the statement at a place."""
        if kind not in ("enter", "exit"):
            return NOTHING
        now = self.entering if kind == "enter" else self.leaving
        if decision.action == "hold" and (decision.atomic or decision.step):
            leg = self.legs.get(place)
            return NOTHING if leg is None else (effects_of(leg, place, leg=True), "decision")
        if decision.action == "hold":
            place = part_of_hold(place, enters=kind == "enter", side=LONG if side == "long" else SHORT)
        if now is None:
            return NOTHING
        return effects_of(now, place), "fill" if settled_at_fill(now, place) else "decision"


def moments_of(seen: Seen, index: int, time: int, close: float) -> Moments:
    """Those of a book of several, at its bar."""

    def at(moment: Moment | None, ahead: str) -> Deciding | None:
        return None if moment is None else Deciding(moment.b, moment.k, index, time, close, ahead, moment.called)

    legs = {statement: at(moment, ENTERING) for statement, moment in seen.before.items()}
    known = {statement: leg for statement, leg in legs.items() if leg is not None}
    return Moments(at(seen.leaving, LEAVING), at(seen.turn, ENTERING), known)


def by_place(plan: Plan) -> dict[int, Decision]:
    """The decisions of a plan by the statements that their rows name."""
    return {decision.index: decision for decision in plan.decisions}


class Beside:
    """A second run, interpreted, that decides a bar of a first one again from a copy of its state."""

    def __init__(self, machine: Machine, beside: Machine) -> None:
        """beside: a machine of the same plan, values and assumptions, for which nothing else has a use."""
        self._machine, self._beside = machine, beside
        self._seen: Moments | None = None
        self._index = 0
        self._called = Called((), readings(machine.plan))
        beside.watch("decide", self._see)
        self.decisions = by_place(beside.plan)

    def keep(self) -> Callable[[Sequence[float | int]], Moments]:
        """The state as it is now; what comes back runs the next bar from it, given its values."""
        machine, beside = self._machine, self._beside
        machine.trading.drain()  # what was written belongs to the bars before
        index, kept = machine.index, copied(machine.arrays)

        def decide(values: Sequence[float | int]) -> Moments:
            put_state(beside.arrays, kept)
            beside.index = self._index = index
            self._seen = None
            beside.step(values)
            _forget(beside.trading)
            return self._seen or Moments()

        return decide

    def _see(self, b: array[float], k: array[int], *others: Any) -> None:
        now = Deciding(b[:], k[:], self._index, others[-2], others[-1], called=self._called)
        self._seen = Moments(now, now)


class BesideSeveral:
    """The same of several symbols."""

    def __init__(self, machine: Portfolio, beside: Portfolio) -> None:
        self._machine, self._beside = machine, beside
        self._watched = beside.watch(*beside.traded, shares=False)
        self.decisions = by_place(beside.plan)

    def keep(self) -> Callable[[Callable[[Portfolio], None]], dict[str, Moments]]:
        """The state as it is now; what comes back runs the next event from it, by what is handed the second run."""
        kept = keep(self._machine)

        def decide(run: Callable[[Portfolio], None]) -> dict[str, Moments]:
            beside = self._beside
            put_back(beside, kept)
            run(beside)
            books = [book for book in beside.books if book is not None]
            for state in (beside.account, *(book.trading for book in books)):
                _forget(state)
            return {
                book.symbol: moments_of(self._watched.each[book.symbol], book.index - 1, book.opened, book.close)
                for book in books if book.symbol in self._watched.each
            }  # fmt: skip

        return decide


def _forget(state: Any) -> None:
    """Rows that nobody reads."""
    state.drain()
    for rows in (state.trade_rows, state.order_rows, state.record_rows):
        del rows[:]

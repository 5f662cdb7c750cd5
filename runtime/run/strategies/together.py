"""Strategies of one portfolio run through the events of one clock, with limits over all of them.

An event is an instant at which a bar of any strategy closes. Each strategy with a bar there runs it as it would alone:
fills, marks, decisions. Then the limits are read, of all strategies at their last marks:

1. If what was decided would take the portfolio past a limit, the strategies go back to where they were before the
   event, and run it in their order: one whose orders find no room runs it with all that it decides denied.
2. A limit with an action that the marks have reached acts: a halt, or all that is held is ordered out.

As long as no limit is reached this is what each strategy does alone; so they are run alone first, and together only
from the event on at which a limit may be reached (`foresee.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ...data.panel.events import Events, last_of
from ...trading import layout as at
from .foresee import first_passed
from .limits import DENY, FLATTEN, OF_EQUITY, Limit
from .measure import Reading, Water, read
from .running import Running

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Act:
    """What a limit did at an event. reading: what it read. strategy: whose orders it denied, "" where it acted on all.
    orders: how many it denied."""

    event: int
    limit: Limit
    what: str
    reading: float
    strategy: str = ""
    orders: int = 0


@dataclass(slots=True)
class Together:
    """strategies: in the order in which their orders find room. events: of the merged clock, whose `symbol` is the
    place of a strategy. days: of each event. cash: what no strategy has."""

    strategies: Sequence[Running]
    events: Events
    days: Ints
    limits: Sequence[Limit]
    cash: float
    capital: float
    acts: list[Act] = field(default_factory=list)
    _water: Water = field(init=False)
    _tripped: set[Limit] = field(default_factory=set)
    _day: int | None = None

    def __post_init__(self) -> None:
        self._water = Water(self.capital, self.capital, self.capital)

    def run(self, reached: Callable[[int], None], *, alone: bool = True) -> None:
        """All events. alone: whether strategies are run alone where that is the same; for tests."""
        count = len(self.events)
        first = 0
        if alone or not self.limits:
            begin = [each.keep() for each in self.strategies] if self.limits else []
            self._alone(reached)
            first = self._first_reached() if self.limits else count
            if first == count:
                return
            for each, kept in zip(self.strategies, begin, strict=True):
                each.back(kept)
            self._up_to(first)
        for event in range(first, count):
            if self._nothing_left():
                break
            self._event(event)
            if event % 1024 == 0:
                reached(event)
        for each in self.strategies:
            each.advance(len(each.instants))
        reached(count)

    # --- alone -----------------------------------------------------------------------------------------

    def _alone(self, reached: Callable[[int], None]) -> None:
        """Every strategy to the end of its data."""
        done = 0
        for each in self.strategies:
            each.advance(len(each.instants))
            done += len(each.instants)
            reached(min(done, len(self.events)))

    def _equity(self) -> Floats:
        """Of the portfolio after each event, of strategies that have run all of them."""
        import numpy as np

        total = np.full(len(self.events), self.cash)
        for each in self.strategies:
            total += last_of(each.equities, each.instants, self.events.instants, each.capital)
        return total

    def _first_reached(self) -> int:
        """The first event at which a limit is or may be reached, the count of events where none is."""
        import numpy as np

        equity, count = self._equity(), len(self.events)
        if not count:
            return 0
        high = np.maximum(np.maximum.accumulate(equity), self.capital)
        before = np.concatenate([[self.capital], equity[:-1]])
        begins = np.flatnonzero(np.diff(self.days, prepend=self.days[0] - 1))
        day = np.repeat(before[begins], np.diff(begins, append=count))
        firsts = [count, first_passed(self.strategies, self.limits, self.events.instants, equity)]
        for limit in self.limits:
            if limit.measure not in OF_EQUITY:
                continue
            begin = {"drawdown": high, "daily_loss": day}.get(limit.measure, np.full(count, self.capital))
            firsts += np.flatnonzero(equity <= begin * (1.0 - limit.level))[:1].tolist()
        return min(firsts)

    def _up_to(self, event: int) -> None:
        """Every strategy to where it is before an event, and what equity was measured against until then."""
        equity = self._equity()[:event]
        instant = int(self.events.instants[event])
        for each in self.strategies:
            each.advance(int(each.instants.searchsorted(instant)))
        self._water.high = max(self.capital, float(equity.max()) if len(equity) else self.capital)
        if event:
            self._day = int(self.days[event - 1])
            begin = int(self.days.searchsorted(self._day))
            self._water.day = float(equity[begin - 1]) if begin else self.capital

    # --- one event -------------------------------------------------------------------------------------

    def _event(self, event: int) -> None:
        self._begin_day(event)
        bars = self.events.symbol[self.events.offsets[event] : self.events.offsets[event + 1]]
        members = [self.strategies[place] for place in bars.tolist()]
        kept = [each.keep() for each in members]
        for each in members:
            each.step()
        found = self._read(claims=True)
        if any(self._water.over(limit, self._as_if(limit, found)) for limit in self.limits):
            for each, state in zip(members, kept, strict=True):
                each.back(state)
            self._in_order(event, members)
        marked = self._read(claims=False)
        self._water.high = max(self._water.high, marked.equity)
        for limit in self.limits:
            armed = limit.action != DENY and limit not in self._tripped
            if armed and self._water.over(limit, marked):
                self._trip(event, limit, marked)

    def _begin_day(self, event: int) -> None:
        today = int(self.days[event])
        if today == self._day:
            return
        if self._day is not None:
            self._water.day = self._read(claims=False).equity
        self._day = today
        self._tripped = {limit for limit in self._tripped if not limit.daily}
        for each in self.strategies:
            each.begin_day()

    def _read(self, *, claims: bool) -> Reading:
        return read(self.strategies, self.cash, claims=claims)

    def _as_if(self, limit: Limit, claims: Reading) -> Reading:
        """What a limit reads of a decision: one on equity the marks, any other what the books will come to."""
        return self._read(claims=False) if limit.measure in OF_EQUITY else claims

    def _in_order(self, event: int, members: Sequence[Running]) -> None:
        """The event again: who finds room decides, in the order of the strategies; who does not is denied."""
        kept = [each.keep() for each in members]
        denied = [each.step(denied=True) for each in members]
        held = self._read(claims=True)
        for each, state, count in zip(members, kept, denied, strict=True):
            stands = next((limit for limit in self.limits if self._is_reached(limit)), None)
            if stands is None:
                each.back(state)
                each.step()
                wished = self._read(claims=True)
                stands = next((limit for limit in self.limits if self._passes(limit, wished, held)), None)
                if stands is None:
                    held = wished
                    continue
                reading = self._water.ratio(stands, wished)
                each.back(state)
                each.step(denied=True)
            else:
                reading = self._water.ratio(stands, self._read(claims=False))
            if count:
                each.touched = True
                self.acts.append(Act(event, stands, DENY, reading, each.name, count))

    def _is_reached(self, limit: Limit) -> bool:
        return limit.measure in OF_EQUITY and self._water.over(limit, self._read(claims=False))

    def _passes(self, limit: Limit, wished: Reading, held: Reading) -> bool:
        """Whether orders would take the portfolio past a limit, or farther past it than it is."""
        if not self._water.over(limit, self._as_if(limit, wished)):
            return False
        return limit.measure in OF_EQUITY or self._water.ratio(limit, wished) > self._water.ratio(limit, held)

    def _trip(self, event: int, limit: Limit, marked: Reading) -> None:
        """A limit acts on every strategy."""
        self._tripped.add(limit)
        instant = int(self.events.instants[event])
        until = at.UNTIL_DAY if limit.daily else at.FOR_EVER
        for each in self.strategies:
            holds = each.holds
            if limit.action == FLATTEN:
                each.leave(instant)
            each.halt(instant, until, told=limit.action != FLATTEN or not holds)
        self.acts.append(Act(event, limit, limit.action, self._water.ratio(limit, marked)))

    def _nothing_left(self) -> bool:
        """Whether no limit can do anything any more: all strategies are halted for ever, and all that was to be ordered
        out is."""
        acted = any(not limit.daily for limit in self._tripped)
        left = any(limit not in self._tripped and limit.action == FLATTEN for limit in self.limits)
        return acted and not left and not any(each.leaves for each in self.strategies)

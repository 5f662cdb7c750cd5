"""Strategies of one portfolio run through the events of one clock, with limits over all of them.

An event is an instant at which a bar of any strategy closes; what happens at it is in `oversee.py`.
As long as no limit is reached this is what each strategy does alone; so they are run alone first, and together only
from the event on at which a limit may be reached (`foresee.py`). Where shares are set anew and nothing is limited they
are run alone from one turn to the next.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ...data.panel.events import Events, last_of
from ...limits import look
from .foresee import first_passed
from .limits import OF_EQUITY, Limit
from .oversee import Overseer
from .running import Backtested
from .turns import period_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]


@dataclass(slots=True)
class Together:
    """strategies: in the order in which their orders find room. events: of the merged clock, whose `symbol` is the
    place of a strategy. days: of each event. cash: what no strategy has."""

    strategies: Sequence[Backtested]
    events: Events
    days: Ints
    limits: Sequence[Limit]
    cash: float
    capital: float
    shares: Sequence[float] = ()
    rebalance: str = ""
    overseer: Overseer = field(init=False)

    def __post_init__(self) -> None:
        self.overseer = Overseer(
            self.strategies, self.limits, self.cash, self.capital, self.shares, self.rebalance
        )  # fmt: skip

    def run(self, reached: Callable[[int], None], *, alone: bool = True) -> None:
        """All events. alone: whether strategies are run alone where that is the same; for tests."""
        count = len(self.events)
        first = 0
        if not self.limits and alone:
            self._from_turn_to_turn()
        together = self.limits and (self.rebalance or any(each.pays for each in self.strategies))
        if (alone and not together) or not (self.limits or self.rebalance):
            begin = [each.keep() for each in self.strategies] if self.limits else []
            self._alone(reached)
            first = self._first_reached() if self.limits else count
            if first == count:
                return
            for each, kept in zip(self.strategies, begin, strict=True):
                each.back(kept)
            self._up_to(first)
        for event in range(first, count):
            if self.overseer.nothing_left():
                break
            self._event(event)
            if event % 1024 == 0:
                look()
                reached(event)
        for each in self.strategies:
            each.advance(len(each.instants))
            each.leave_at_the_end()
        reached(count)

    def _from_turn_to_turn(self) -> None:
        """Money moves before the first event of each period."""
        overseer = self.overseer
        for event in range(1, len(self.events)) if self.rebalance else ():
            before, today = int(self.days[event - 1]), int(self.days[event])
            if before != today and period_of(before, self.rebalance) != period_of(today, self.rebalance):
                instant = int(self.events.instants[event])
                for each in self.strategies:
                    each.advance(int(each.instants.searchsorted(instant)))
                overseer.day = before
                overseer.turn(event, today)

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
        overseer = self.overseer
        overseer.water.high = max(self.capital, float(equity.max()) if len(equity) else self.capital)
        if event:
            overseer.day = int(self.days[event - 1])
            begin = int(self.days.searchsorted(overseer.day))
            overseer.water.day = float(equity[begin - 1]) if begin else self.capital

    def _event(self, event: int) -> None:
        bars = self.events.symbol[self.events.offsets[event] : self.events.offsets[event + 1]]
        members = [self.strategies[place] for place in bars.tolist()]
        self.overseer.event(event, int(self.events.instants[event]), int(self.days[event]), members)

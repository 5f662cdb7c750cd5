"""The limits of a portfolio of strategies at one event, whoever brings its bars: a backtest, or a live session.

Each strategy with a bar runs it as it would alone: fills, marks, decisions. Then the limits are read, of all strategies
at their last marks:

1. If what was decided would take the portfolio past a limit, the strategies go back to where they were before the
   event, and run it in their order: one whose orders find no room runs it with all that it decides denied.
2. A limit with an action that the marks have reached acts: a halt, or what is held is ordered out, all or what is too
   much.

Where shares are set anew, that is before the first event of a period, by the equity after the event before it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from ...trading import layout as at
from .limits import DENY, FLATTEN, OF_EQUITY, REDUCE, Limit
from .measure import Reading, Water, equity_of, named, read
from .running import Holding, Running
from .turns import period_of, shared_out


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
class Overseer:
    """strategies: in the order in which their orders find room. cash: what no strategy has. shares: of each; rebalance:
    how often they are set anew, "" for never. steps: from which event on there was how much cash."""

    strategies: Sequence[Running]
    limits: Sequence[Limit]
    cash: float
    capital: float
    shares: Sequence[float] = ()
    rebalance: str = ""
    steps: list[tuple[int, float]] = field(default_factory=list)
    acts: list[Act] = field(default_factory=list)
    water: Water = field(init=False)
    tripped: set[Limit] = field(default_factory=set)
    day: int | None = None

    def __post_init__(self) -> None:
        self.water = Water(self.capital, self.capital, self.capital)

    def event(self, number: int, instant: int, day: int, members: Sequence[Running]) -> None:
        """One event. day: in the portfolio's zone; days never run back. members: who has a bar."""
        self.turn(number, day)
        self._begin_day(day)
        paid = self._paid()
        kept = [each.keep() for each in members] if self.limits else []
        for each in members:
            each.step()
        if not self.limits:
            return
        if (paid := self._paid() - paid) != 0.0:  # decided again they are the same: they come before anything else
            self.water.moved(equity_of(self.strategies, self.cash), paid)
        found = self._read(claims=True)
        if any(self.water.over(limit, self._as_if(limit, found)) for limit in self.limits):
            for each, state in zip(members, kept, strict=True):
                each.back(state)
            self._in_order(number, members)
        marked = self._read(claims=False)
        self.water.high = max(self.water.high, marked.equity)
        for limit in self.limits:
            armed = limit.action != DENY and limit not in self.tripped
            if limit.action == REDUCE:
                self._reduce(number, instant, limit, marked)
            elif armed and self.water.over(limit, marked):
                self._trip(number, instant, limit, marked)

    def turn(self, number: int, day: int) -> None:
        """Before an event: if a period begins with it, each strategy gets its share of all equity, or gives what is
        beyond it. Not before all of them have had a bar that is tested."""
        if not self.rebalance:
            return
        begins = self.day is not None and period_of(day, self.rebalance) != period_of(self.day, self.rebalance)
        if not begins or not all(each.index > each.begins for each in self.strategies):
            return
        equities, free = ([getattr(each, name) for each in self.strategies] for name in ("equity", "free"))
        dues, cash = shared_out(equities, free, self.shares, self.cash)
        for each, due in zip(self.strategies, dues, strict=True):
            if due.asked != 0.0:
                each.transfer(due.asked, due.got, number)
        if cash != self.cash:
            self.cash = cash
            self.steps.append((number, cash))

    def _paid(self) -> float:
        """Money that came to the strategies so far, less what went; within an event none of it is of one another."""
        b = [each.account.b for each in self.strategies]
        return sum(each[at.PAID_IN] - each[at.TAKEN_OUT] for each in b)

    def _reduce(self, event: int, instant: int, limit: Limit, marked: Reading) -> None:
        """What stays of all books, or of one symbol, is brought back under a level: each book leaves with its part."""
        groups: dict[str, list[tuple[Running, Holding, float]]] = {}
        for strategy in self.strategies:
            for holding in strategy.holdings:
                name = named(strategy, holding.symbol) if limit.measure == "position" else ""
                groups.setdefault(name, []).append((strategy, holding, strategy.staying(holding, instant)))
        quantities: dict[int, float] = {}
        for books in groups.values():
            total = sum(stays for _, _, stays in books)
            if total > limit.level * (1.0 + at.SLACK) * max(marked.equity, 0.0):
                for strategy, holding, stays in books:
                    more = strategy.too_much(holding, stays, total - stays, marked.equity, limit.level)
                    quantities[id(holding)] = more
        if any(more > 0.0 for more in quantities.values()):
            for strategy in self.strategies:
                strategy.leave_part(instant, [quantities.get(id(holding), 0.0) for holding in strategy.holdings])
            self.acts.append(Act(event, limit, REDUCE, self.water.ratio(limit, marked)))

    def _begin_day(self, today: int) -> None:
        if today == self.day:
            return
        if self.day is not None:
            self.water.day = self._read(claims=False).equity
        self.day = today
        self.tripped = {limit for limit in self.tripped if not limit.daily}
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
                reading = self.water.ratio(stands, wished)
                each.back(state)
                each.step(denied=True)
            else:
                reading = self.water.ratio(stands, self._read(claims=False))
            if count:
                each.touched = True
                self.acts.append(Act(event, stands, DENY, reading, each.name, count))

    def _is_reached(self, limit: Limit) -> bool:
        return limit.measure in OF_EQUITY and self.water.over(limit, self._read(claims=False))

    def _passes(self, limit: Limit, wished: Reading, held: Reading) -> bool:
        """Whether orders would take the portfolio past a limit, or farther past it than it is."""
        if not self.water.over(limit, self._as_if(limit, wished)):
            return False
        return limit.measure in OF_EQUITY or self.water.ratio(limit, wished) > self.water.ratio(limit, held)

    def _trip(self, event: int, instant: int, limit: Limit, marked: Reading) -> None:
        """A limit acts on every strategy."""
        self.tripped.add(limit)
        until = at.UNTIL_DAY if limit.daily else at.FOR_EVER
        for each in self.strategies:
            holds = each.holds
            if limit.action == FLATTEN:
                each.leave(instant)
            each.halt(instant, until, told=limit.action != FLATTEN or not holds)
        self.acts.append(Act(event, limit, limit.action, self.water.ratio(limit, marked)))

    def nothing_left(self) -> bool:
        """Whether no limit can do anything any more: all strategies are halted for ever, and all that was to be ordered
        out is."""
        acted = any(not limit.daily for limit in self.tripped)
        left = any(limit not in self.tripped and limit.action in (FLATTEN, REDUCE) for limit in self.limits)
        return acted and not left and not any(each.leaves for each in self.strategies)

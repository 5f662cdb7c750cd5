"""What the ledger plays: bars, a program as plain values, and what its result rests on.

A program is two lists, statements and guards. A condition, a size, a level is a list with one value for each bar:
how it came about is not the ledger's affair.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from math import nan

LONG, SHORT = 1, -1
Prices = tuple[float, float, float, float]
NEVER = nan
"""A missing number, as a value of a list."""


@dataclass(frozen=True)
class Bar:
    """Prices and volume of one bar, nan where one is missing; time is its open instant in µs since 1970, UTC.

    inside: open, high, low and close of each finer bar in it, in the order of time; none where the way is assumed.
    """

    time: int
    open: float
    high: float
    low: float
    close: float
    volume: float = nan
    inside: tuple[Prices, ...] = ()

    @property
    def prices(self) -> Prices:
        return self.open, self.high, self.low, self.close


def whole(inside: Sequence[Prices]) -> Prices:
    """The bar that finer ones make."""
    return inside[0][0], max(each[1] for each in inside), min(each[2] for each in inside), inside[-1][3]


@dataclass(frozen=True)
class Level:
    """A `stop`, `target`, `trail`, `limit` …: one value a bar, that is a price, a distance, a ratio, or a multiple.

    A distance and a ratio count from the lot's fill, those of a `limit` or `trigger` from the close of the decision.
    A multiple is of the way from the lot's first stop to its fill, counted from the fill: 0 is the fill, 1 as far
    beyond it as the stop is behind it.
    """

    kind: str
    values: tuple[float, ...]


@dataclass(frozen=True)
class Rest:
    """What makes an order rest: `limit`, `trigger` or both, and its life.

    valid: how long, in `unit` (bars, hours; day has no values); one bar where nothing is said, no end of its own
    where `until` alone is. until: a condition.
    """

    limit: Level | None = None
    trigger: Level | None = None
    valid: tuple[float, ...] | None = None
    unit: str = ""  # bars, hours or day
    until: tuple[bool, ...] | None = None


@dataclass(frozen=True)
class Ladder:
    """`ladder COUNT step STEP [again]`; step: a distance, or a ratio of the first price."""

    count: int
    step: Level
    again: bool = False


@dataclass(frozen=True)
class Rung:
    """Which order of a ladder a statement is: the `place`-th, from 0, of those numbered `first` to `last`."""

    place: int
    first: int
    last: int
    ladder: Ladder


@dataclass(frozen=True)
class Take:
    """`take SHARE at LEVEL`: a share (a ratio) of the lot's first quantity."""

    share: tuple[float, ...]
    at: Level


@dataclass(frozen=True)
class Move:
    """`stop LEVEL after LEVEL`."""

    stop: Level
    after: Level


@dataclass(frozen=True)
class Enter:
    """`enter SIDE when …` with its clauses. sizing: units, cash, percent or risk; shares are ratios (1 is 100 %)."""

    side: int
    when: tuple[bool, ...]
    sizing: str
    size: tuple[float, ...]
    cap: tuple[float, ...] | None = None
    scale: int = 0
    stop: Level | None = None
    target: Level | None = None
    trail: Level | None = None
    trail_after: Level | None = None
    moves: tuple[Move, ...] = ()
    takes: tuple[Take, ...] = ()
    expire: tuple[float, ...] | None = None
    expire_unit: str = "bars"  # hours, next_open, day or a time of day, "15:55"
    fill: str = ""
    rest: Rest | None = None
    ladder: Ladder | None = None
    rung: Rung | None = None


@dataclass(frozen=True)
class Exit:
    """`exit SIDE when …`. sizing: all, units, cash or percent of the position."""

    side: int
    when: tuple[bool, ...]
    sizing: str = "all"
    size: tuple[float, ...] = ()
    once: bool = False
    fill: str = ""
    rest: Rest | None = None


@dataclass(frozen=True)
class Cancel:
    """`cancel SIDE when …`: the entries of the side that rest."""

    side: int
    when: tuple[bool, ...]


@dataclass(frozen=True)
class Flow:
    """`deposit AMOUNT when …` (way 1) or `withdraw AMOUNT when …` (way -1). unit: cash or percent (of equity)."""

    way: int
    when: tuple[bool, ...]
    unit: str
    size: tuple[float, ...]


Statement = Enter | Exit | Cancel | Flow


@dataclass(frozen=True)
class Guard:
    """`guard NAME[(arguments)] limit [then action [until day | week | month | never]]`. arguments: numbers, of a beta
    those after the close."""

    name: str
    limit: float
    action: str = "deny"
    until: str = ""
    arguments: tuple[float, ...] = ()


@dataclass
class Rests:
    """What a result rests on (rule 30). lot and tick 0: no grid. Slippage is a share of the price and a distance.

    fee_least, fee_most, fee_most_share: of one fill, in money, in money, as a share of its notional; 0: none. fee_on,
    spread_on: the fills that pay it, `entries` or `exits`, "" all. spread: the whole of it, in price.
    interest and borrow: a share a year; funding: every 8 hours. borrow_said, funding_said: at each bar in
    their place, a missing one none. participation: the share of a bar's volume that fills; 0: all.
    latency: bars from a wish to its arrival. spreads: of each bar what the data say of the spread, missing: as before;
    told: that of the last bar that has closed, beside `spread`. tiers: (notional, fraction, order, unit), the
    terms of the fee once so much was traded in the month, or on `over` days before; tier: the one in force.
    rates: of each bar what money of the instrument is worth in that of the account, missing: as before; none: they are
    the same. rate: that of the bar at hand.
    """

    capital: float = 100_000.0
    fee_fraction: float = 0.0
    fee_order: float = 0.0
    fee_unit: float = 0.0
    fee_least: float = 0.0
    fee_most: float = 0.0
    fee_most_share: float = 0.0
    fee_on: str = ""
    tiers: tuple[tuple[float, float, float, float], ...] = ()
    over: int = 0
    tier: int = 0
    spread: float = 0.0
    spread_on: str = ""
    spreads: tuple[float, ...] = ()
    told: float = 0.0
    interest: float = 0.0
    borrow: float = 0.0
    funding: float = 0.0
    borrow_said: tuple[float, ...] = ()
    funding_said: tuple[float, ...] = ()
    slip_fraction: float = 0.0
    slip_distance: float = 0.0
    lot: float = 0.0
    tick: float = 0.0
    point: float = 1.0
    path: str = "worst"
    bracket: str = "entry_bar"
    sizing: str = "decision"
    fill: str = "next_open"
    entries: str = "independent"
    participation: float = 0.0
    latency: int = 0
    close_at_end: bool = False
    rates: tuple[float, ...] = ()
    rate: float = 1.0

    @property
    def worth(self) -> float:
        """Money of the account for a move of 1 of one unit."""
        return self.point * self.rate

    @property
    def terms(self) -> tuple[float, float, float]:
        """The fee's share, amount of an order and amount of a unit."""
        return self.tiers[self.tier - 1][1:] if self.tier else (self.fee_fraction, self.fee_order, self.fee_unit)

    def open(self, bar: int) -> None:
        """The rate of a bar's open."""
        if self.rates and self.rates[bar] > 0.0:
            self.rate = self.rates[bar]

    def close(self, bar: int) -> None:
        """The spread of a bar, which has closed."""
        if self.spreads and self.spreads[bar] >= 0.0:
            self.told = self.spreads[bar]


@dataclass(frozen=True)
class Program:
    """Statements in the order of the text, guards in theirs; bars of `step` µs."""

    statements: tuple[Statement, ...]
    guards: tuple[Guard, ...] = ()
    rests: Rests = field(default_factory=Rests)
    step: int = 3_600_000_000


def rungs_apart(program: Program) -> tuple[Program, list[int]]:
    """The program with a statement for each order of a ladder, and of which statement of the text each is."""
    made: list[Statement] = []
    names: list[int] = []
    for number, statement in enumerate(program.statements):
        ladder = statement.ladder if isinstance(statement, Enter) else None
        first, count = len(made), ladder.count if ladder else 1
        for place in range(count):
            rung = Rung(place, first, first + count - 1, ladder) if ladder else None
            made.append(replace(statement, rung=rung) if isinstance(statement, Enter) else statement)
            names.append(number)
    return replace(program, statements=tuple(made)), names

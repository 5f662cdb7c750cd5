"""What is in the books: orders of every role in one shape, lots, and the rows that a run leaves."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import inf, isnan, nan

OPEN, INSIDE, CLOSE = "open", "inside", "close"
"""The moments of a bar at which something can fill."""
MOMENTS = (OPEN, INSIDE, CLOSE)
PROTECTS = ("stop", "trail", "move")
"""Levels on the losing side of a lot, in the order in which they go at one price; `move` is a stop after a level."""
EARNS = ("take", "target")
BRACKETS = (*PROTECTS, *EARNS)
ROLES = ("enter", "exit", "expire", "guard", *BRACKETS)
REASONS = {"exit": "signal", "move": "stop", "take": "target"}
"""Why a trade ended, where it is not the role of the order that ended it."""


@dataclass(eq=False)
class Order:
    """A wish of a statement or guard, or the bracket of a lot.

    role: one of ROLES. state: working, then filled, reduced, denied, conflict, cancelled, halted or expired. side: of
    the position it opens or closes. bar: of the decision.
    lot: the lot that an expiry or a bracket closes. level: where a bracket stands. after: the level that has to be
    touched before the bracket works, nan once it was or where there is none. works_from: the first (bar, moment) at
    which it can fill, moments counted 0 open, 1 inside, 2 close. quantity: of what it may close or open; `all`: it asks
    for what there is when it fills.
    type: market, limit, trigger or trigger_limit; `triggered`: a trigger_limit whose trigger was reached. met: a
    trigger or stop that was reached, and waits for an open with what volume has left of it. parts: quantity,
    price, worth of a move and terms of the fee of what it has got, paid: their fees; leg: what a reversal closes by;
    mine: the lot that an entry has filled; earlier: what it had got before that, of a lot that another entry closed.
    last: the last bar it works on; ends: the instant from which it works on no bar that opens; day: the day it works
    on, "?" until the first bar has come.
    """

    number: int
    role: str
    side: int
    statement: int
    bar: int
    asked: float = 0.0
    quantity: float = 0.0
    all: bool = False
    reason: str = ""
    state: str = "working"
    works_from: tuple[int, int] = (0, 0)
    lot: Lot | None = None
    level: float = nan
    after: float = nan
    type: str = "market"
    limit: float = nan
    trigger: float = nan
    triggered: bool = False
    doubted: bool = False  # the bar of its trigger has its limit on the other side
    met: bool = False
    parts: list[tuple[float, float, float, tuple[float, float, float]]] = field(default_factory=list)
    paid: float = 0.0
    leg: Order | None = None
    mine: Lot | None = None
    earlier: float = 0.0
    wished: int = -1  # of what is placed anew, the bar whose wish it is
    rank: int = 0  # of takes and of moves, their place in the text
    later: bool = False  # of a trail that works after a touch
    last: float = inf
    ends: float = inf
    day: str = ""
    got: float = 0.0
    fill_bar: int = -1
    moment: str = ""
    price: float = nan
    stop: float = nan
    target: float = nan

    @property
    def clause(self) -> str:
        """Which level of its lot it is, as trades tell it; "" of any other order."""
        if self.role in ("take", "move"):
            return f"{'take' if self.role == 'take' else 'stop_after'}_{self.rank + 1}"
        if self.role not in BRACKETS:
            return ""
        return "trail_after" if self.role == "trail" and self.later else self.role

    @property
    def said(self) -> int:
        """The bar whose values its statement says."""
        return self.bar if self.wished < 0 else self.wished

    @property
    def rests(self) -> bool:
        return self.type != "market" and not self.met

    @property
    def buys(self) -> int:
        """1 where it buys, -1 where it sells."""
        return self.side if self.role in ("enter", "reverse") else -self.side

    @property
    def own_price(self) -> float:
        """What a resting order is sized at: its limit where there is one, else its trigger."""
        return self.trigger if isnan(self.limit) else self.limit


@dataclass(eq=False)
class Lot:
    """What one fill of an entry opened. fees: of its entry, of what is still held. high, low: prices seen since.

    first: the quantity it began with. moment, instant: of its fill, the instant that of the bar's open or close.
    """

    statement: int
    side: int
    quantity: float
    price: float
    bar: int
    entry: Order
    fees: float
    high: float
    low: float
    first: float
    moment: str
    instant: int
    stop: float = nan
    target: float = nan
    by_path: bool = False  # the assumed path decided that it was filled
    gained_in: int = -1  # the bar inside which a level in profit was last met
    part: int = 0  # the part of its bar's way in which it filled

    def pnl(self, price: float, quantity: float, point: float) -> float:
        """Money made by so much of it at a price, before fees."""
        return self.side * quantity * (price - self.price) * point


@dataclass(frozen=True)
class Trade:
    """A closed lot or part of one, or one still open at the end (reason "end")."""

    side: int
    quantity: float
    entry_bar: int
    entry_price: float
    exit_bar: int
    exit_price: float
    fees: float
    pnl: float
    mae: float
    mfe: float
    entry_statement: int
    exit_statement: int
    reason: str
    stop: float
    target: float
    ambiguous: bool
    point: float
    moments: tuple[str, str]  # of the entry and of the exit
    level: str = ""

    @property
    def gain(self) -> float:
        """Rule 19, `trades.last_return`: money made after fees, as a share of the entry's notional."""
        return self.pnl / (self.quantity * abs(self.entry_price) * self.point)


@dataclass(frozen=True)
class Row:
    """The log: the books after one fill or one mark."""

    bar: int
    what: str
    quantity: float
    cash: float
    equity: float
    realised: float
    fees: float
    high_water: float
    lots: int

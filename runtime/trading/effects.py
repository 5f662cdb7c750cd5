"""What an order would do to every limit: for whoever asks afterwards, read by the functions that decide.

Cold code of the host: it runs in CPython over copies of the arrays of either engine, and changes them.
"""

from __future__ import annotations

from array import array
from dataclasses import dataclass

from ...stdlib.arith import absolute, div
from . import layout as at
from . import rows
from .buffers import Floats, Ints
from .claim import resting_cost, resting_value
from .decide import (
    arrive,
    begin_to_leave,
    begin_turn,
    decide_exit,
    enter,
    judge,
    leave,
    leave_by_statements,
    put_on_scales,
)
from .expect import expect_exit
from .expected_risk import expected_risk
from .guards import counts_from, entries_counted, guard_at, is_gauge, left_after, mark_at, room_under
from .hold import enter_part, exit_part, lacks, shortfall, sign, tell
from .limits import bounds_value, counted, distance_at, per_unit
from .orders import in_this_minute
from .places import inbox_at, order_at, own_at, rests, statement_at
from .prices import farther, lots_down
from .rest import limit_wanted, trigger_wanted
from .scopes import counted_others, is_inside, others, scope_of
from .sizing import equity_now, size_up
from .specs import UNNAMED, Called

ROWS = 1 << 16
"""Numbers that a buffer of rows holds: those of one bar are written, and nobody reads them."""

ALL, LEAVING, ENTERING = "all", "leaving", "entering"
"""What is still to be decided at a moment: everything; of several books what leaves, and what enters after it."""


@dataclass(frozen=True, slots=True)
class Deciding:
    """Copies of the books as the decisions of a bar were handed them. index, time: of the bar, its open.

    ahead: what is still to be decided, one of the words above. called: what an answer calls guards.
    """

    b: array[float]
    k: array[int]
    index: int
    time: int
    close: float
    ahead: str = ALL
    called: Called = UNNAMED


@dataclass(frozen=True, slots=True)
class Effect:
    """What a limit reads beside an order. guard: its place. before: with everything that was accepted before it, and
    of an entry what it reverses gone; asked: with all of what it asks for as well; after: with what it gets. room: the
    quantity that this limit alone leaves of what is asked; wanted: how much that is. leaves: of an exit, which no
    limit is asked about."""

    guard: int
    before: float
    asked: float
    after: float
    room: float
    wanted: float
    leaves: bool = False


def effects(now: Deciding, statement: int) -> list[Effect]:
    """Every limit as an order of a statement found it, and would leave it; none where its size is refused already."""
    decided = _Decided(now)
    if decided.k[statement_at(decided.k, statement) + at.KIND] == at.EXIT:
        return _of_exit(decided, statement)
    decided.before_entry(statement)
    b, k = decided.b, decided.k
    return _of_entry(b, k, statement, price_weighed(b, k, statement, now.close))


def effects_of_leg(now: Deciding, statement: int) -> list[Effect]:
    """The same of a leg, or an instruction of a sequence, just before it is weighed: none where its side is held."""
    b, k = now.b[:], now.k[:]
    size = b[inbox_at(k, statement) + at.SIZE]
    if lacks(b, size) != rows.NO_REASON or sign(size) == sign(b[at.EXPECTED]):
        return []
    if size == 0.0:
        return _gone(b, k, sign(b[at.EXPECTED]), b[at.REMAINING], in_this_minute(k) + 1.0)
    part = tell(b, k, statement, enter_part(sign(size)), shortfall(b, k, statement, size))
    return _of_entry(b, k, part, b[at.WORTH])


def part_of_hold(statement: int, *, enters: bool, side: int) -> int:
    """The statement that an order of a position to hold is given by."""
    return statement + (enter_part(side) if enters else exit_part(side))


def settled_at_fill(now: Deciding, statement: int) -> bool:
    """Whether the quantity of an order of a statement is settled anew at the price of its fill, on a later bar."""
    k, here = now.k, statement_at(now.k, statement)
    later = k[here + at.FILL] != at.THIS_CLOSE or k[here + at.REST] != at.AT_MARKET
    sized = k[here + at.KIND] == at.ENTER or k[here + at.SIZE_KIND] == at.IN_CASH
    return bool(k[at.SIZING] == at.AT_FILL and later and sized)


# --- entries -----------------------------------------------------------------------------------------


def _of_entry(b: Floats, k: Ints, statement: int, price: float) -> list[Effect]:
    """Of an entry whose turn it is."""
    put_on_scales(b, k, statement, price)
    judge(b, k, statement, price)
    got, wanted = b[at.GRANTED], _wanted(b, k, statement, price)
    if not wanted > 0.0:
        return []
    side, fits = k[statement_at(k, statement) + at.SIDE], wanted
    found = []
    for of_value in (1, 0):  # as `guards.admit` asks them: what an order costs is known once its value is cut
        most = fits
        for guard in range(k[at.GUARD_COUNT]):
            kind = k[guard_at(k, guard) + at.GUARD_KIND]
            if bounds_value(kind) == of_value and is_inside(k, scope_of(k, guard)) != 0:
                b[at.GRANTED] = wanted if of_value else most
                room = room_under(b, k, guard, kind, side, price)
                if room < b[at.GRANTED]:
                    lots = lots_down(b, room)
                    room = lots if lots < lots_down(b, b[at.GRANTED]) else b[at.GRANTED]  # no lot of it is cut
                fits = min(fits, room)
                before, asked, after = (read_with(b, k, guard, side, price, each) for each in (0.0, wanted, got))
                found.append(Effect(guard, before, asked, after, room, b[at.GRANTED]))
    return sorted(found, key=lambda effect: effect.guard)


def read_with(b: Floats, k: Ints, guard: int, side: int, price: float, quantity: float) -> float:
    """What a guard reads once an entry that is weighed has filled with a quantity, 0: without it."""
    kind, scope = k[guard_at(k, guard) + at.GUARD_KIND], scope_of(k, guard)
    more = 1.0 if quantity > 0.0 else 0.0
    left = left_after(b, quantity, price, side)
    if bounds_value(kind) != 0:
        value = counted(b, k, kind, side, scope) + quantity * b[at.POINT_VALUE] * per_unit(b, k, kind, side, price)
        return _share(b, kind, value, left, side)
    if kind == at.DAY_TRADES:
        return entries_counted(b, k) + more
    if kind == at.ORDERS_PER_MINUTE:
        return in_this_minute(k) + more
    if kind == at.POSITIONS:
        return counted_others(b, k, scope, at.OTHERS_OPEN, at.SCOPE_OPEN) + max(_holds(b, b[at.RESERVED]), more)
    return _of_losses(b, k, guard, kind, left)


def price_weighed(b: Floats, k: Ints, statement: int, close: float) -> float:
    """The price that an entry is sized and asked at: its own where it rests, else the close."""
    here = statement_at(k, statement)
    side = k[here + at.SIDE]
    if k[here + at.REST] == at.AT_MARKET:
        return close
    limit = limit_wanted(b, k, statement, side)
    return limit if limit == limit else trigger_wanted(b, k, statement, side)


def _wanted(b: Floats, k: Ints, statement: int, price: float) -> float:
    """What is asked for, within the entry's own `cap`; 0 where its size was refused before any limit was asked."""
    refused = size_up(b, k, statement_at(k, statement), inbox_at(k, statement), price)
    return b[at.GRANTED] if refused == rows.NO_REASON else 0.0


# --- exits -------------------------------------------------------------------------------------------


def _of_exit(decided: _Decided, statement: int) -> list[Effect]:
    """Of an exit of a statement; one that rests, as if it filled."""
    decided.before_exit(statement)
    b, k = decided.b, decided.k
    side = k[statement_at(k, statement) + at.SIDE]
    then, of_then = b[:], k[:]
    decide_exit(then, of_then, *decided.written, statement, decided.moment.close)
    gone = b[at.REMAINING] - then[at.REMAINING]
    if k[statement_at(k, statement) + at.REST] != at.AT_MARKET and rests(then, of_then, statement) != 0:
        gone = farther(then[order_at(of_then, statement) + at.AMOUNT], b[at.REMAINING], -1)
    return _gone(b, k, side, gone, in_this_minute(of_then)) if gone > 0.0 else []


def _gone(b: Floats, k: Ints, side: int, quantity: float, orders: float) -> list[Effect]:
    """Before and after a quantity of a side leaves. orders: of this minute, with that one."""
    guards = [guard for guard in range(k[at.GUARD_COUNT]) if is_inside(k, scope_of(k, guard)) != 0]
    before = [read_accepted(b, k, guard) for guard in guards]
    expect_exit(b, side, quantity, b[at.WORTH])
    b[at.LEAVING] += quantity
    found = []
    for guard, read in zip(guards, before, strict=True):
        counts = k[guard_at(k, guard) + at.GUARD_KIND] == at.ORDERS_PER_MINUTE
        after = orders if counts else read_accepted(b, k, guard)
        found.append(Effect(guard, read, after, after, at.FAR, quantity, leaves=True))
    return found


def read_accepted(b: Floats, k: Ints, guard: int) -> float:
    """What a guard reads once everything that was accepted so far has filled, and what rests of the larger side."""
    kind, scope = k[guard_at(k, guard) + at.GUARD_KIND], scope_of(k, guard)
    long, short = (resting_value(b, k, side) for side in (at.LONG, at.SHORT))
    left = equity_now(b) - (resting_cost(b, k, at.LONG if long >= short else at.SHORT) if long + short > 0.0 else 0.0)
    if bounds_value(kind) != 0:
        return _share(b, kind, _accepted(b, k, kind, scope, long, short), left, sign(b[at.EXPECTED]))
    if kind == at.DAY_TRADES:
        k[at.WEIGHED] = -1  # all of them count
        return float(entries_counted(b, k))
    if kind == at.ORDERS_PER_MINUTE:
        return float(in_this_minute(k))
    if kind == at.POSITIONS:
        own = max(_holds(b, long + short), 1.0 if b[at.UNMET] > 0.0 else 0.0)
        return counted_others(b, k, scope, at.OTHERS_OPEN, at.SCOPE_OPEN) + own
    return _of_losses(b, k, guard, kind, left)


def _accepted(b: Floats, k: Ints, kind: int, scope: int, long: float, short: float) -> float:
    """The money that a guard on value then counts. long, short: what rests.

    What exits of earlier events would free and have met no open is held (`claim`), in a book of several.
    """
    unmet, value = b[at.UNMET] > 0.0, b[at.EXPECTED] * b[at.POINT_VALUE] * absolute(b[at.WORTH])
    if kind == at.OPEN_RISK:
        own = max(expected_risk(b, k, side, b[at.WORTH], -1) for side in (at.LONG, at.SHORT))
        return (max(own, b[at.OWN_RISK]) if unmet else own) + others(
            b, k, scope, at.OTHERS_RISK_CLAIM, at.SCOPE_RISK_CLAIM
        )
    if kind == at.NET_EXPOSURE:
        most, least = value + long, value - short
        if unmet:
            most, least = max(most, b[at.VALUE]), min(least, b[at.VALUE])
        most += others(b, k, scope, at.OTHERS_MOST, at.SCOPE_MOST)
        least += others(b, k, scope, at.OTHERS_LEAST, at.SCOPE_LEAST)
        return max(absolute(most), absolute(least))
    size = absolute(value) + max(long, short)
    if unmet:
        size = max(size, min(size + b[at.UNMET], absolute(b[at.VALUE])))
    return size if kind == at.POSITION else size + others(b, k, scope, at.OTHERS_CLAIM, at.SCOPE_CLAIM)


# --- what a guard reads ------------------------------------------------------------------------------


def _share(b: Floats, kind: int, value: float, left: float, side: int) -> float:
    """An amount as a share of the equity that is left; of a side the way to liquidation that it leaves."""
    share = div(absolute(value), left) if left > 0.0 else at.MISSING
    if kind == at.MARGIN_DISTANCE:
        return distance_at(b, share, side)
    return share * b[at.MARGIN] if kind == at.MARGIN_USE else share


def _of_losses(b: Floats, k: Ints, guard: int, kind: int, left: float) -> float:
    """A loss or a gain with so much equity left; how many trades of today lost; what a series is, which no order moves.
    """
    if is_gauge(k, guard) != 0:
        return b[mark_at(k, guard)]
    if kind == at.DAY_LOSSES:
        return float(k[at.LOSSES_TODAY] + k[at.OTHERS_LOSSES_TODAY])
    began = counts_from(b, k, guard)
    return div(left - began if kind == at.DAY_GAIN else began - left, began) if began > 0.0 else at.MISSING


def _holds(b: Floats, resting: float) -> float:
    """1 where something of the book will be held, or rests."""
    return 1.0 if absolute(b[at.EXPECTED]) > absolute(b[at.QUANTITY]) * at.DUST or resting > 0.0 else 0.0


# --- up to an order ----------------------------------------------------------------------------------


class _Decided:
    """Books that are decided up to an order, by the functions that decide."""

    def __init__(self, now: Deciding) -> None:
        self.moment, self.b, self.k = now, now.b[:], now.k[:]
        zero = array("d", (0.0,))  # times so many: twenty times as quick as an array of as many bytes
        self.written = zero * ROWS, zero * ROWS, zero * ROWS
        for count in (at.TRADE_ROWS, at.ORDER_ROWS, at.RECORD_ROWS):
            self.k[count] = 0

    def before_exit(self, statement: int) -> None:
        """What ends, and the exits above it."""
        now = self.moment
        self._begin()
        begin_to_leave(self.b, self.k, self.written[1], now.index, now.time, now.close)
        kept = self._hold_back(statement)
        leave_by_statements(self.b, self.k, *self.written, now.close)
        for place, value in kept.items():
            self.k[place] = value

    def before_entry(self, statement: int) -> None:
        """Everything that leaves, and the entries above it."""
        now = self.moment
        if now.ahead != ENTERING:
            self._begin()
            leave(self.b, self.k, *self.written, now.index, now.time, now.close)
        self._hold_back(statement)
        enter(self.b, self.k, *self.written, now.close)

    def _begin(self) -> None:
        """What comes before anything is decided, in the one book of an account."""
        now, (_, orders, records) = self.moment, self.written
        if now.ahead == ALL:
            if self.k[at.LATENCY] != 0:
                arrive(self.b, self.k, now.index, now.time)
            begin_turn(self.b, self.k, orders, records, now.index, now.time, now.close)

    def _hold_back(self, statement: int) -> dict[int, int]:
        """A statement, and those below it, are kept from acting; gives what they could do."""
        places = [statement_at(self.k, own_at(self.k, nth)) + at.ACCEPTS for nth in range(self.k[at.OWN_COUNT])
                  if own_at(self.k, nth) >= statement]  # fmt: skip
        kept = {place: self.k[place] for place in places}
        for place in places:
            self.k[place] = at.CANNOT
        return kept

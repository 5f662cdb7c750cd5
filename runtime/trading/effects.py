"""What an entry would do to every limit: for whoever asks afterwards, read by the functions that decide.

Cold code of the host: it runs in CPython over copies of the arrays of either engine, and changes them.
"""

from __future__ import annotations

from array import array
from dataclasses import dataclass

from ...stdlib.arith import absolute, div
from . import layout as at
from . import rows
from .buffers import Floats, Ints
from .decide import enter, judge, pay_and_leave, put_on_scales
from .guards import counts_from, entries_counted, guard_at, left_after, room_under
from .limits import bounds_value, counted, distance_at, per_unit
from .orders import in_this_minute
from .places import inbox_at, statement_at
from .prices import lots_down
from .rest import limit_wanted, trigger_wanted
from .scopes import counted_others, is_inside, scope_of
from .sizing import size_up

ROWS = 1 << 16
"""Numbers that a buffer of rows holds: those of one bar are written, and nobody reads them."""


@dataclass(frozen=True, slots=True)
class Deciding:
    """Copies of the books as the decisions of a bar were handed them. index, time: of the bar, its open.

    left: what leaves has been decided already, as of several books. scopes: what guards are of besides the account.
    """

    b: array[float]
    k: array[int]
    index: int
    time: int
    close: float
    left: bool
    scopes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Effect:
    """What a limit reads beside an entry. guard: its place. before: with everything that was accepted before the entry,
    and what it reverses gone; asked: with all of what it asks for as well; after: with what it gets. room: the
    quantity that this limit alone leaves of what is asked; wanted: how much that is."""

    guard: int
    before: float
    asked: float
    after: float
    room: float
    wanted: float


def effects(now: Deciding, statement: int) -> list[Effect]:
    """Every limit as the entry of a statement found it, and would leave it; none where its size is refused already."""
    b, k = now.b[:], now.k[:]
    _decide_before(now, b, k, statement)
    price = price_weighed(b, k, statement, now.close)
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
                    room = lots_down(b, room)
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
        share = div(absolute(value), left) if left > 0.0 else at.MISSING
        if kind == at.MARGIN_DISTANCE:
            return distance_at(b, share, side)
        return share * b[at.MARGIN] if kind == at.MARGIN_USE else share
    if kind <= at.DAY_GAIN:
        began = counts_from(b, kind)
        return div(left - began if kind == at.DAY_GAIN else began - left, began) if began > 0.0 else at.MISSING
    if kind == at.DAY_TRADES:
        return entries_counted(b, k) + more
    if kind == at.DAY_LOSSES:
        return float(k[at.LOSSES_TODAY] + k[at.OTHERS_LOSSES_TODAY])
    if kind == at.ORDERS_PER_MINUTE:
        return in_this_minute(k) + more
    held = 1.0 if absolute(b[at.EXPECTED]) > absolute(b[at.QUANTITY]) * at.DUST or b[at.RESERVED] > 0.0 else 0.0
    return counted_others(b, k, scope, at.OTHERS_OPEN, at.SCOPE_OPEN) + max(held, more)


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


def _decide_before(now: Deciding, b: Floats, k: Ints, statement: int) -> None:
    """Everything that is decided at this close before an entry: what leaves, then the entries above it."""
    trades, orders, records = (array("d", bytes(8 * ROWS)) for _ in range(3))
    for count in (at.TRADE_ROWS, at.ORDER_ROWS, at.RECORD_ROWS):
        k[count] = 0
    if not now.left:
        pay_and_leave(b, k, trades, orders, records, now.index, now.time, now.close)
    for later in range(statement, k[at.STATEMENT_COUNT]):
        b[inbox_at(k, later) + at.WANTED] = 0.0
    enter(b, k, trades, orders, records, now.close)

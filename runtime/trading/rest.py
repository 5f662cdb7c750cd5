"""Orders that rest: how they are placed, moved and kept, and how their life ends.

A statement has one. A further wish at the same prices and quantity changes nothing; another one moves it, and its
life begins anew. At the close at which its life ends, a wish renews it; without one it is over before the wishes of
that close are weighed.
"""

from __future__ import annotations

from ...stdlib.arith import absolute
from . import layout as at
from . import rows
from .buffers import Floats, Ints
from .late import date
from .levels import MICROSECONDS
from .orders import cancel, count_order, decide_order, give_up, is_over, keep_inbox, number_order, statement_row
from .places import first_of, inbox_at, order_at, own_at, rests, state_of, statement_at
from .prices import ticks_down, ticks_up

# --- prices ----------------------------------------------------------------------------------------


def limit_wanted(b: Floats, k: Ints, statement: int, trade: int) -> float:
    """The limit a statement wishes, on the grid: a purchase down, a sale up; missing: none, or none now."""
    if k[statement_at(k, statement) + at.REST] == at.AT_TRIGGER:
        return at.MISSING
    price = b[inbox_at(k, statement) + at.LIMIT]
    return ticks_down(b, price) if trade > 0 else ticks_up(b, price)


def trigger_wanted(b: Floats, k: Ints, statement: int, trade: int) -> float:
    """The trigger a statement wishes, on the grid: a purchase up, a sale down; missing: none, or none now."""
    if k[statement_at(k, statement) + at.REST] == at.AT_LIMIT:
        return at.MISSING
    price = b[inbox_at(k, statement) + at.TRIGGER]
    return ticks_up(b, price) if trade > 0 else ticks_down(b, price)


def lacks_price(k: Ints, statement: int, limit: float, trigger: float) -> int:
    """Whether a price that the statement's orders need is missing now: then nothing is placed."""
    kind = k[statement_at(k, statement) + at.REST]
    no_limit = kind != at.AT_TRIGGER and limit != limit
    no_trigger = kind != at.AT_LIMIT and trigger != trigger
    return 1 if no_limit or no_trigger else 0


# --- placing ---------------------------------------------------------------------------------------


def place(
    b: Floats,
    k: Ints,
    statement: int,
    trade: int,
    limit: float,
    trigger: float,
    asked: float,
    quantity: float,
    reason: int,
) -> int:
    """A wish that was accepted rests; what already rests of it is kept, moved or renewed. Returns its row."""
    order, state = order_at(k, statement), at.RESTS
    if rests(b, k, statement) == 0:
        number_order(b, k, order, trade, asked, quantity, reason)
    else:
        if stays(b, k, statement, limit, trigger, quantity) != 0:
            b[order + at.DAY_FROM] = k[at.NOW] + 1
            return order
        if is_same(b, order, limit, trigger, quantity) != 0:
            state = state_of(b, k, statement)  # a trigger that was reached stays so
        decide_order(b, k, order, trade, asked, quantity, reason)
    date(b, k, statement, order)
    count_order(k)
    keep_inbox(b, k, statement)
    b[order + at.STATE] = state
    b[order + at.LIMIT_PRICE] = limit
    b[order + at.TRIGGER_PRICE] = trigger
    b[order + at.FROM] = k[at.NOW] + 1
    k[at.RESTING] = 1
    return live(b, k, statement, order)


def stays(b: Floats, k: Ints, statement: int, limit: float, trigger: float, quantity: float) -> int:
    """Whether a wish leaves the order that rests as it is: nothing of it is new, and it goes on resting."""
    if rests(b, k, statement) == 0 or is_over(b, k, statement) != 0:
        return 0
    return is_same(b, order_at(k, statement), limit, trigger, quantity)


def is_same(b: Floats, order: int, limit: float, trigger: float, quantity: float) -> int:
    """Whether an order that rests has these prices and, but for rounding, this quantity; no price is no price again."""
    same_limit = b[order + at.LIMIT_PRICE] == limit or (limit != limit)
    same_trigger = b[order + at.TRIGGER_PRICE] == trigger or (trigger != trigger)
    same_amount = absolute(b[order + at.AMOUNT] - quantity) <= at.SLACK * quantity
    return 1 if same_limit and same_trigger and same_amount else 0


def live(b: Floats, k: Ints, statement: int, order: int) -> int:
    """How long it rests, from this decision on; what is placed anew for what is left of its life."""
    here = statement_at(k, statement)
    if k[here + at.AGAIN] != 0:
        renewed = k[here + at.USED] == at.RENEWED
        k[here + at.USED] = 0  # its lot is still to come
        if renewed:
            return order
    kind, life = k[here + at.LIFE_KIND], b[inbox_at(k, statement) + at.LIFE]
    b[order + at.UNTIL] = at.FAR
    b[order + at.UNTIL_TIME] = at.FAR
    b[order + at.DAY_FROM] = k[at.NOW] + 1
    if kind == at.ONE_BAR:
        b[order + at.UNTIL] = k[at.NOW] + 1
    elif kind == at.FOR_BARS:
        b[order + at.UNTIL] = k[at.NOW] + life
    elif kind == at.FOR_SECONDS:
        b[order + at.UNTIL_TIME] = k[at.NOW_TIME] + k[at.BAR_TIME] + life * MICROSECONDS
    return order


# --- ends ------------------------------------------------------------------------------------------


def end(b: Floats, k: Ints, orders: Floats, statement: int) -> int:
    """The life of an order is over."""
    b[order_at(k, statement) + at.REASON] = rows.NO_REASON
    return statement_row(b, k, orders, statement, rows.EXPIRED, 0.0)


def end_over(b: Floats, k: Ints, orders: Floats, wished: int) -> int:
    """Orders whose life ends at this close, but (wished: 0) those that are wished again at it."""
    for nth in range(k[at.OWN_COUNT]):
        statement = own_at(k, nth)
        over = rests(b, k, statement) != 0 and is_over(b, k, statement) != 0
        if over and (wished != 0 or b[inbox_at(k, statement) + at.WANTED] == 0.0):
            end(b, k, orders, statement)
    return 0


def end_unrenewed(b: Floats, k: Ints, orders: Floats, side: int) -> int:
    """Entries of a side whose life ends at this close, and which an exit that acts keeps from being wished anew."""
    for nth in range(k[at.OWN_COUNT]):
        statement = own_at(k, nth)
        here = statement_at(k, statement)
        entry = k[here + at.KIND] == at.ENTER and k[here + at.SIDE] == side
        if entry and rests(b, k, statement) != 0 and is_over(b, k, statement) != 0:
            end(b, k, orders, statement)
    return 0


def set_aside(b: Floats, k: Ints) -> int:
    """Orders whose time has passed when this bar opens do not work on it; its close ends them, or a wish renews them.

    A bar may have been missing, or be longer than their time.
    """
    for nth in range(k[at.OWN_COUNT]):
        statement = own_at(k, nth)
        order = order_at(k, statement)
        if rests(b, k, statement) != 0 and float(k[at.NOW_TIME]) >= b[order + at.UNTIL_TIME]:
            b[order + at.FROM] = k[at.NOW] + 1
    return 0


def end_of_day(b: Floats, k: Ints, orders: Floats, index: int) -> int:
    """Another day begins: orders of the day are over, but those wished at the last close of the one before."""
    for nth in range(k[at.OWN_COUNT]):
        statement = own_at(k, nth)
        of_day = k[statement_at(k, statement) + at.LIFE_KIND] == at.FOR_THE_DAY
        if of_day and b[order_at(k, statement) + at.DAY_FROM] < index:
            give_up(k, statement)
            if rests(b, k, statement) != 0:
                end(b, k, orders, statement)
    return 0


def veto(b: Floats, k: Ints) -> int:
    """Every `cancel` and `until` whose condition holds takes the wishes of what it concerns: nothing is placed."""
    for nth in range(k[at.OWN_COUNT]):
        statement = own_at(k, nth)
        if holds(b, k, statement) != 0:
            for beside in range(k[at.OWN_COUNT]):
                other = own_at(k, beside)
                if concerns(k, statement_at(k, statement), other) != 0:
                    b[inbox_at(k, other) + at.WANTED] = 0.0
    return 0


def stop_resting(b: Floats, k: Ints, orders: Floats) -> int:
    """Every `cancel` and `until` whose condition holds ends what rests, and that it is placed anew."""
    for nth in range(k[at.OWN_COUNT]):
        statement = own_at(k, nth)
        here = statement_at(k, statement)
        if holds(b, k, statement) != 0:
            reason = rows.BY_CANCEL if k[here + at.OF] < 0 else rows.BY_UNTIL
            for beside in range(k[at.OWN_COUNT]):
                other = own_at(k, beside)
                if concerns(k, here, other) != 0:
                    give_up(k, other)
                    if rests(b, k, other) != 0:
                        cancel(b, k, orders, other, reason)
    return 0


def holds(b: Floats, k: Ints, statement: int) -> int:
    """Whether a statement is a `cancel` whose condition holds."""
    of_kind = k[statement_at(k, statement) + at.KIND] == at.CANCEL
    return 1 if of_kind and b[inbox_at(k, statement) + at.WANTED] != 0.0 else 0


def concerns(k: Ints, here: int, other: int) -> int:
    """Whether a `cancel` is of this statement: the one it belongs to, or an entry of its side that rests."""
    if k[here + at.OF] >= 0:
        return 1 if k[here + at.OF] == first_of(k, other) else 0
    there = statement_at(k, other)
    of_side = k[there + at.KIND] == at.ENTER and k[there + at.SIDE] == k[here + at.SIDE]
    return 1 if of_side and k[there + at.REST] != at.AT_MARKET else 0

"""Guards: what new risk they leave room for, when they trip, and when they are reset.

They are of the account: what other books hold, claim and have done today counts. Only `position` is of each symbol.
One of a scope (`scopes.py`) counts the books of a group alone, and bounds, halts and reduces no other.

Every guard bounds new risk, whatever its action: its limit is read as it would be after the order. An action
(halt, flatten, reduce) is taken at a mark that is at or beyond the limit (losses, gains, counts) or
beyond it (exposure, leverage, position, positions). What resets one that has acted is in `resets.py`.
Those whose reading is a series of the program (`gauges.py`) act once that is known at the close.
"""

from __future__ import annotations

from . import layout as at
from . import rows
from .bounds import most_within
from .buffers import Floats, Ints
from .impact import curve, spends
from .limits import bounds_value, counted, measured, per_unit, share_allowed, staying
from .orders import in_this_minute, is_over
from .parts import has_part
from .places import own_at, side_held, state_of, statement_at
from .prices import lots_down, order_cost, unit_cost
from .scopes import counted_others, is_halted, is_inside, scope_of
from .sizing import equity_now


def guard_at(k: Ints, guard: int) -> int:
    """The first slot of a guard's entry in k."""
    return k[at.GUARDS] + guard * at.GUARD_WIDTH


def mark_at(k: Ints, guard: int) -> int:
    """The slot in b of what a guard on losses counts from since it was reset; 0 there: it never was. Of one whose
    reading is a series it holds that of the last close."""
    return k[at.THRESHOLDS] - k[at.GUARD_COUNT] + guard


def counts_from(b: Floats, k: Ints, guard: int) -> float:
    """The equity that a guard on losses or gains is a share of."""
    kind = k[guard_at(k, guard) + at.GUARD_KIND]
    if kind > at.LOSS:
        return b[at.DAY_EQUITY]
    if b[mark_at(k, guard)] != 0.0:
        return b[mark_at(k, guard)]
    return b[at.HIGH_WATER] if kind == at.DRAWDOWN else b[at.BEGAN_WITH]


def floor_of(b: Floats, k: Ints, guard: int) -> float:
    """The equity at or below which a loss guard is over."""
    return counts_from(b, k, guard) * (1.0 - b[k[at.THRESHOLDS] + guard])


def is_gauge(k: Ints, guard: int) -> int:
    """Whether a guard's reading is a series of the program."""
    return 1 if k[guard_at(k, guard) + at.GUARD_KIND] >= at.VALUE_AT_RISK else 0


def over(b: Floats, k: Ints, guard: int) -> int:
    """Whether a guard's limit is reached by the books as they are; a reading that is missing is beyond none."""
    kind, threshold = k[guard_at(k, guard) + at.GUARD_KIND], b[k[at.THRESHOLDS] + guard]
    equity = b[at.EQUITY]
    if kind >= at.VALUE_AT_RISK:
        return 1 if b[mark_at(k, guard)] > threshold else 0
    if bounds_value(kind) != 0:
        return 1 if measured(b, k, kind, scope_of(k, guard)) > most_of(b, kind, threshold) * equity else 0
    if kind <= at.DAY_GAIN and b[at.HIGH_WATER] <= 0.0:
        return 0  # all of it was taken out: nothing is gained or lost
    if kind <= at.DAILY_LOSS:
        return 1 if equity <= floor_of(b, k, guard) else 0
    if kind == at.DAY_GAIN:
        return 1 if equity >= b[at.DAY_EQUITY] * (1.0 + threshold) else 0
    return over_count(b, k, kind, threshold, scope_of(k, guard))


def due(b: Floats, k: Ints, guard: int) -> int:
    """Whether a guard acts at this mark: its limit is reached, of `reduce` by what stays: what exits that wait will
    close has been ordered out already."""
    here = guard_at(k, guard)
    if k[here + at.GUARD_ACTION] != at.REDUCE:
        return over(b, k, guard)
    kind = k[here + at.GUARD_KIND]
    most = most_of(b, kind, b[k[at.THRESHOLDS] + guard])
    return 1 if staying(b, k, kind, scope_of(k, guard)) > most * b[at.EQUITY] else 0


def most_of(b: Floats, kind: int, threshold: float) -> float:
    """The multiple of equity beyond which a guard on value is over; nothing held is at no distance to liquidation."""
    if kind == at.MARGIN_DISTANCE and side_held(b) == 0:
        return at.FAR
    return beyond(share_allowed(b, kind, threshold, side_held(b)))


def over_count(b: Floats, k: Ints, kind: int, threshold: float, scope: int) -> int:
    """The same for guards on counts; of orders in a minute, the last one that saw any."""
    if kind == at.DAY_TRADES:
        return 1 if k[at.ENTRIES_TODAY] + k[at.OTHERS_ENTRIES_TODAY] >= threshold else 0
    if kind == at.DAY_LOSSES:
        return 1 if k[at.LOSSES_TODAY] + k[at.OTHERS_LOSSES_TODAY] >= threshold else 0
    if kind == at.ORDERS_PER_MINUTE:
        return 1 if k[at.MINUTE_ORDERS] >= threshold else 0
    held = counted_others(b, k, scope, at.OTHERS_HELD, at.SCOPE_HELD) + (1.0 if k[at.LOT_COUNT] > 0 else 0.0)
    return 1 if kind == at.POSITIONS and held > threshold else 0


def beyond(threshold: float) -> float:
    """A limit on value with its room for rounding."""
    return threshold * (1.0 + at.SLACK)


def is_armed(k: Ints, guard: int) -> int:
    """Whether a guard has an action and has not acted."""
    here = guard_at(k, guard)
    return 1 if k[here + at.GUARD_ACTION] != at.DENY and k[here + at.TRIPPED] == 0 else 0


def acts_at_mark(b: Floats, k: Ints, guard: int) -> int:
    """Whether a guard acts at a mark: those whose reading is a series know it later."""
    return 1 if is_armed(k, guard) != 0 and is_gauge(k, guard) == 0 and due(b, k, guard) != 0 else 0


def arm(b: Floats, k: Ints) -> int:
    """Watch levels of the guards that act at marks, have an action and have not acted."""
    b[at.EQUITY_FLOOR] = -at.FAR
    b[at.EQUITY_CEILING] = at.FAR
    b[at.DRAWDOWN_KEEP] = -1.0
    b[at.EXPOSURE_LIMIT] = at.FAR
    k[at.COUNT_TRIP] = 0
    k[at.WATCHED] = 0
    for guard in range(k[at.GUARD_COUNT]):
        if is_armed(k, guard) != 0 and is_gauge(k, guard) == 0:
            k[at.WATCHED] = 1
            kind = k[guard_at(k, guard) + at.GUARD_KIND]
            arm_one(b, k, guard, kind, b[k[at.THRESHOLDS] + guard])
            if kind == at.DRAWDOWN and b[mark_at(k, guard)] != 0.0:  # its mark rises by itself: look at each close
                k[at.COUNT_TRIP] = 1
    return 0


def arm_one(b: Floats, k: Ints, guard: int, kind: int, threshold: float) -> int:
    """Watch one guard."""
    if kind == at.OPEN_RISK:  # it moves with the stops: each close is looked at
        k[at.COUNT_TRIP] = 1 if k[at.LOT_COUNT] > 0 else k[at.COUNT_TRIP]
    elif bounds_value(kind) != 0:
        limit = most_of(b, kind, threshold)
        if limit < b[at.EXPOSURE_LIMIT]:
            b[at.EXPOSURE_LIMIT] = limit
    elif kind <= at.DAILY_LOSS:
        if floor_of(b, k, guard) > b[at.EQUITY_FLOOR]:
            b[at.EQUITY_FLOOR] = floor_of(b, k, guard)
        if kind == at.DRAWDOWN and b[mark_at(k, guard)] == 0.0 and 1.0 - threshold > b[at.DRAWDOWN_KEEP]:
            b[at.DRAWDOWN_KEEP] = 1.0 - threshold
    elif kind == at.DAY_GAIN:
        if b[at.DAY_EQUITY] * (1.0 + threshold) < b[at.EQUITY_CEILING]:
            b[at.EQUITY_CEILING] = b[at.DAY_EQUITY] * (1.0 + threshold)
    elif over_count(b, k, kind, threshold, scope_of(k, guard)) != 0:
        k[at.COUNT_TRIP] = 1
    return 0


def entries_waiting(b: Floats, k: Ints, weighed: int) -> int:
    """Entries accepted and not yet filled: they count as today's. The wish that is weighed is not in its own way.

    Of those that rest where one cancels the other at most one fills, the one that is weighed among them.
    """
    count = entries_in(b, k, weighed, 0)
    if k[at.ENTRIES] != at.ONE_CANCELS_OTHER:
        count += entries_in(b, k, weighed, 1)
    return count


def entries_claimed(b: Floats, k: Ints) -> int:
    """The same as other symbols count it: a fill ends what rests of its symbol alone, so that one may still come."""
    count = entries_in(b, k, -1, 0)
    resting = entries_in(b, k, -1, 1)
    if k[at.ENTRIES] != at.ONE_CANCELS_OTHER:
        count += resting
    elif count == 0 and resting > 0:
        count = 1
    return count


def entries_in(b: Floats, k: Ints, weighed: int, resting: int) -> int:
    """Entries that wait, or that rest, but for the one that is weighed.

    At a decision, one that rests and whose life ends at its close is over, unless its own wish renews it.
    """
    count = 0
    for nth in range(k[at.OWN_COUNT]):
        statement = own_at(k, nth)
        state = state_of(b, k, statement)
        over = k[at.DECIDING] != 0 and state >= at.RESTS and is_over(b, k, statement) != 0
        counts = state == at.WAITS
        if resting != 0:
            counts = state != at.WAITS and state != at.NO_ORDER and not over
        if has_part(b, k, statement) != 0:  # it was counted when the first part filled
            counts = False
        if k[statement_at(k, statement) + at.KIND] == at.ENTER and statement != weighed and counts:
            count += 1
    return count


def stands_in_the_way(b: Floats, k: Ints, quantity: float, price: float, side: int) -> int:
    """The guard on losses or gains, or the halt, that an entry which rested meets at its fill; NO_REASON: none.

    Equity is that of the fill's price, for losses less the estimated cost of the entry.
    """
    if k[at.HALTED] != at.NO_ROOM and is_halted(k) != 0:
        return rows.HALTED_NOW
    equity = b[at.CASH] + b[at.UNITS] * price + b[at.OTHERS_VALUE]
    left = equity - order_cost(b, quantity, price, side, at.ENTRY_COSTS)
    for guard in range(k[at.GUARD_COUNT]):
        kind, threshold = k[guard_at(k, guard) + at.GUARD_KIND], b[k[at.THRESHOLDS] + guard]
        lost = kind <= at.DAILY_LOSS and left <= floor_of(b, k, guard)
        gained = kind == at.DAY_GAIN and equity >= b[at.DAY_EQUITY] * (1.0 + threshold)
        if lost or gained or (kind == at.DAY_LOSSES and over_count(b, k, kind, threshold, 0) != 0):
            return kind
    return rows.NO_REASON


def admit(b: Floats, k: Ints, side: int, price: float) -> int:
    """Cut GRANTED to what every guard leaves room for; WHY names the guard that cut most. Returns 1 if any did."""
    cut = 0
    for of_value in range(1, -1, -1):  # what an order costs is known once its value is cut to the limits
        for guard in range(k[at.GUARD_COUNT]):
            kind = k[guard_at(k, guard) + at.GUARD_KIND]
            if bounds_value(kind) == of_value:
                room = room_under(b, k, guard, kind, side, price)
                if b[at.GRANTED] > room and (of_value == 0 or lots_down(b, b[at.GRANTED]) > lots_down(b, room)):
                    b[at.GRANTED] = room  # by a lot at least: rounding is no cut
                    k[at.WHY] = kind
                    cut = 1
    return cut


def room_under(b: Floats, k: Ints, guard: int, kind: int, side: int, price: float) -> float:
    """The largest new quantity a guard allows; one of a group that the symbol is not in allows any."""
    threshold, scope = b[k[at.THRESHOLDS] + guard], scope_of(k, guard)
    if is_inside(k, scope) == 0:
        return at.FAR
    if bounds_value(kind) != 0:
        held = counted(b, k, kind, side, scope)
        return room_in_value(b, k, kind, share_allowed(b, kind, threshold, side), held, side, price)
    if kind == at.DAY_TRADES:
        return 0.0 if entries_counted(b, k) >= threshold else at.FAR
    if kind == at.ORDERS_PER_MINUTE:  # one that rests is asked where it is moved, one that fills was counted when given
        given = state_of(b, k, k[at.WEIGHED]) != at.NO_ORDER
        return at.FAR if given or in_this_minute(k) < threshold else 0.0
    if kind == at.POSITIONS:
        return 0.0 if threshold < 1.0 + counted_others(b, k, scope, at.OTHERS_OPEN, at.SCOPE_OPEN) else at.FAR
    if over(b, k, guard) != 0 or costs_too_much(b, k, guard, side, price) != 0:
        return 0.0
    return at.FAR


def entries_counted(b: Floats, k: Ints) -> int:
    """Entries of today, those that wait or rest among them, beside the one that is weighed."""
    others = k[at.OTHERS_ENTRIES_TODAY] + k[at.OTHERS_WAITING]
    return k[at.ENTRIES_TODAY] + entries_waiting(b, k, k[at.WEIGHED]) + others


def too_many_orders(b: Floats, k: Ints) -> int:
    """Whether the minute has seen as many orders as it may."""
    for guard in range(k[at.GUARD_COUNT]):
        of_orders = k[guard_at(k, guard) + at.GUARD_KIND] == at.ORDERS_PER_MINUTE
        if of_orders and in_this_minute(k) >= b[k[at.THRESHOLDS] + guard]:
            return 1
    return 0


def left_after(b: Floats, quantity: float, price: float, side: int) -> float:
    """Equity once an entry of so much, and what waits before it, is paid for."""
    return equity_now(b) - order_cost(b, quantity, price, side, at.ENTRY_COSTS)


def costs_too_much(b: Floats, k: Ints, guard: int, side: int, price: float) -> int:
    """Whether equity would be at a loss guard's floor once this order, and what waits before it, is paid for."""
    if k[guard_at(k, guard) + at.GUARD_KIND] > at.DAILY_LOSS or not b[at.GRANTED] > 0.0:
        return 0
    left = left_after(b, lots_down(b, b[at.GRANTED]), price, side)
    return 1 if left <= floor_of(b, k, guard) else 0


def room_in_value(
    b: Floats, k: Ints, kind: int, threshold: float, held: float, side: int, price: float
) -> float:  # fmt: skip
    """How much fits until what the guard measures / equity, both after the fill and its cost, is at the limit. held:
    what is `counted` without it."""
    worth = per_unit(b, k, kind, side, price)
    free = threshold * (equity_now(b) - b[at.ENTRY_COSTS + at.FEE_ORDER]) - held
    if free <= held * at.DUST:  # what was cut to the limit before it leaves none, but for rounding
        return 0.0
    unit = b[at.POINT_VALUE] * worth + threshold * unit_cost(b, price, side, at.ENTRY_COSTS)
    bend = threshold * curve(b, price, side, b[at.ENTRY_COSTS + at.FEE_FRACTION], at.ENTRY_COSTS)
    if free > 0.0 and unit == 0.0:
        return at.FAR  # a stop at the price itself, and no costs
    most = 0.0 if free <= 0.0 else spends(free, unit, bend)
    if b[at.ENTRY_COSTS + at.FEE_BOUNDED] != 0.0:
        most = most_within(b, most, threshold * equity_now(b) - held, threshold, price, worth, side)
    if most <= 0.0:
        return 0.0
    return at.FAR if b[at.GRANTED] <= most * (1.0 + at.SLACK) else most

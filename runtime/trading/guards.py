"""Guards: what new risk they leave room for, when they trip, and when they are reset.

Every guard bounds new risk, whatever its action: its limit is read as it would be after the order. An action
(halt, flatten, reduce) is taken at a mark that is at or beyond the limit (losses, gains, counts) or
beyond it (exposure, leverage, position, positions). Guards named after a day are reset at the day's
start; the others never are.
"""

from __future__ import annotations

from ...stdlib.arith import absolute, div
from .buffers import Floats, Ints
from .layout import (
    CAPITAL,
    COUNT_TRIP,
    DAILY_LOSS,
    DAY_EQUITY,
    DAY_GAIN,
    DAY_LOSSES,
    DAY_TRADES,
    DENY,
    DRAWDOWN,
    DRAWDOWN_KEEP,
    ENTER,
    ENTRIES_TODAY,
    EQUITY,
    EQUITY_CEILING,
    EQUITY_FLOOR,
    EXPECTED,
    EXPOSURE,
    EXPOSURE_LIMIT,
    FAR,
    FEE_ORDER,
    GRANTED,
    GUARD_ACTION,
    GUARD_COUNT,
    GUARD_KIND,
    GUARD_WIDTH,
    GUARDS,
    HIGH_WATER,
    KIND,
    LOSSES_TODAY,
    LOT_COUNT,
    POINT_VALUE,
    POSITION,
    POSITIONS,
    SLACK,
    STATEMENT_COUNT,
    STATEMENT_WIDTH,
    STATEMENTS,
    THRESHOLDS,
    TRIPPED,
    VALUE,
    WAITS,
    WATCHED,
    WHY,
)
from .prices import lots_down, order_cost, unit_cost
from .sizing import equity_at


def guard_at(k: Ints, guard: int) -> int:
    """The first slot of a guard's entry in k."""
    return k[GUARDS] + guard * GUARD_WIDTH


def floor_of(b: Floats, kind: int, threshold: float) -> float:
    """The equity at or below which a loss guard is over."""
    if kind == DRAWDOWN:
        return b[HIGH_WATER] * (1.0 - threshold)
    if kind == DAILY_LOSS:
        return b[DAY_EQUITY] * (1.0 - threshold)
    return b[CAPITAL] * (1.0 - threshold)


def bounds_value(kind: int) -> int:
    """Whether a guard bounds the gross value of the position as a multiple of equity; of one symbol they are one."""
    return 1 if EXPOSURE <= kind <= POSITION else 0


def day_scoped(kind: int) -> int:
    """Whether a guard is reset at the day's start."""
    return 1 if DAILY_LOSS <= kind <= DAY_LOSSES else 0


def over(b: Floats, k: Ints, guard: int) -> int:
    """Whether a guard's limit is reached by the books as they are."""
    kind, threshold = k[guard_at(k, guard) + GUARD_KIND], b[k[THRESHOLDS] + guard]
    equity = b[EQUITY]
    if bounds_value(kind) != 0:
        return 1 if absolute(b[VALUE]) > beyond(threshold) * equity else 0
    if kind <= DAILY_LOSS:
        return 1 if equity <= floor_of(b, kind, threshold) else 0
    if kind == DAY_GAIN:
        return 1 if equity >= b[DAY_EQUITY] * (1.0 + threshold) else 0
    return over_count(k, kind, threshold)


def over_count(k: Ints, kind: int, threshold: float) -> int:
    """The same for guards on counts."""
    if kind == DAY_TRADES:
        return 1 if k[ENTRIES_TODAY] >= threshold else 0
    if kind == DAY_LOSSES:
        return 1 if k[LOSSES_TODAY] >= threshold else 0
    held = 1.0 if k[LOT_COUNT] > 0 else 0.0
    return 1 if kind == POSITIONS and held > threshold else 0


def beyond(threshold: float) -> float:
    """A limit on value with its room for rounding."""
    return threshold * (1.0 + SLACK)


def arm(b: Floats, k: Ints) -> int:
    """Watch levels of the guards that have an action and have not acted."""
    b[EQUITY_FLOOR] = -FAR
    b[EQUITY_CEILING] = FAR
    b[DRAWDOWN_KEEP] = -1.0
    b[EXPOSURE_LIMIT] = FAR
    k[COUNT_TRIP] = 0
    k[WATCHED] = 0
    for guard in range(k[GUARD_COUNT]):
        at = guard_at(k, guard)
        if k[at + GUARD_ACTION] != DENY and k[at + TRIPPED] == 0:
            k[WATCHED] = 1
            arm_one(b, k, guard, k[at + GUARD_KIND], b[k[THRESHOLDS] + guard])
    return 0


def arm_one(b: Floats, k: Ints, guard: int, kind: int, threshold: float) -> int:
    """Watch one guard."""
    if bounds_value(kind) != 0:
        if beyond(threshold) < b[EXPOSURE_LIMIT]:
            b[EXPOSURE_LIMIT] = beyond(threshold)
    elif kind <= DAILY_LOSS:
        if floor_of(b, kind, threshold) > b[EQUITY_FLOOR]:
            b[EQUITY_FLOOR] = floor_of(b, kind, threshold)
        if kind == DRAWDOWN and 1.0 - threshold > b[DRAWDOWN_KEEP]:
            b[DRAWDOWN_KEEP] = 1.0 - threshold
    elif kind == DAY_GAIN:
        if b[DAY_EQUITY] * (1.0 + threshold) < b[EQUITY_CEILING]:
            b[EQUITY_CEILING] = b[DAY_EQUITY] * (1.0 + threshold)
    elif over_count(k, kind, threshold) != 0:
        k[COUNT_TRIP] = 1
    return 0


def entries_waiting(k: Ints) -> int:
    """Entries accepted and not yet filled: they count as today's."""
    count = 0
    for statement in range(k[STATEMENT_COUNT]):
        at = k[STATEMENTS] + statement * STATEMENT_WIDTH
        if k[at + KIND] == ENTER and k[at + WAITS] != 0:
            count += 1
    return count


def admit(b: Floats, k: Ints, side: int, price: float) -> int:
    """Cut GRANTED to what every guard leaves room for; WHY names the guard that cut most. Returns 1 if any did."""
    cut = 0
    for of_value in range(1, -1, -1):  # what an order costs is known once its value is cut to the limits
        for guard in range(k[GUARD_COUNT]):
            kind = k[guard_at(k, guard) + GUARD_KIND]
            if bounds_value(kind) == of_value:
                room = room_under(b, k, guard, kind, side, price)
                if b[GRANTED] > room:
                    b[GRANTED] = room
                    k[WHY] = kind
                    cut = 1
    return cut


def room_under(b: Floats, k: Ints, guard: int, kind: int, side: int, price: float) -> float:
    """The largest new quantity a guard allows."""
    threshold = b[k[THRESHOLDS] + guard]
    if bounds_value(kind) != 0:
        return room_in_value(b, threshold, side, price)
    if kind == DAY_TRADES:
        return 0.0 if k[ENTRIES_TODAY] + entries_waiting(k) >= threshold else FAR
    if kind == POSITIONS:
        return 0.0 if threshold < 1.0 else FAR
    if over(b, k, guard) != 0 or costs_too_much(b, kind, threshold, side, price) != 0:
        return 0.0
    return FAR


def costs_too_much(b: Floats, kind: int, threshold: float, side: int, price: float) -> int:
    """Whether equity would be at a loss guard's floor once this order, and what waits before it, is paid for."""
    if kind > DAILY_LOSS or not b[GRANTED] > 0.0:
        return 0
    left = equity_at(b, price) - order_cost(b, lots_down(b, b[GRANTED]), price, side)
    return 1 if left <= floor_of(b, kind, threshold) else 0


def room_in_value(b: Floats, threshold: float, side: int, price: float) -> float:
    """How much fits until gross value / equity, both after the fill and its cost, is at the limit."""
    gross = absolute(b[EXPECTED]) * b[POINT_VALUE] * absolute(price)
    free = threshold * (equity_at(b, price) - b[FEE_ORDER]) - gross
    if free <= 0.0:
        return 0.0
    most = div(free, b[POINT_VALUE] * absolute(price) + threshold * unit_cost(b, price, side))
    return FAR if b[GRANTED] <= most * (1.0 + SLACK) else most


def excess(b: Floats, threshold: float, price: float) -> float:
    """How much to close so that gross value is back within the limit, the cost of closing included."""
    gross = absolute(b[VALUE])
    equity = b[EQUITY]
    if equity <= 0.0 or threshold <= 0.0:
        return FAR
    side = -1 if b[VALUE] > 0.0 else 1
    relief = b[POINT_VALUE] * absolute(price) - threshold * unit_cost(b, price, side)
    if relief <= 0.0:
        return FAR
    return div(gross - threshold * (equity - b[FEE_ORDER]), relief)

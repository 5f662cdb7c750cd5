"""Matching: which orders a price meets, and in which order. Booking is `booking.py`, prices are `prices.py`.

A bar is a jump to its open, then a walk to one extreme, the other, and the close. A jump fills what it is at or
beyond at the price where it lands; a walk meets the levels on its way, the nearest first: exits that rest, then the
levels of the lots, oldest first, then entries that rest. Nothing in a bar says which extreme came first. `worst` goes
first where it hurts the position, `best` the other way, `proximity` to the extreme nearer to the open.
"""

from __future__ import annotations

from ...stdlib.arith import absolute
from . import layout as at
from . import rows
from .ambiguous import doubt_armed, doubt_entry, doubt_trigger, met_on_both_sides, path_decides
from .booking import apply_exit
from .buffers import Floats, Ints
from .execute import execute_enter, execute_exit
from .levels import leaving_row, level_of, meets, next_price, row_beyond, row_met, toward
from .liquidate import call_margin, liquidate
from .lots import see
from .margin import liquidation_level
from .orders import end_orphans, type_of
from .parts import charge_part, end_rest, lot_filled, rest_of, room_for
from .places import lot_at, order_at, own_at, rests, side_held, statement_at
from .prices import filled_at

NOTHING = -1
LIQUIDATES = -(1 << 40)


# --- a jump ----------------------------------------------------------------------------------------


def jump(b: Floats, k: Ints, trades: Floats, orders: Floats, records: Floats, price: float, moment: int) -> int:
    """Everything that this price is at or beyond: a gap."""
    if k[at.RESTING] != 0:
        statements_at(b, k, trades, orders, records, at.EXIT, price, moment)
    lots_at(b, k, trades, orders, records, price, moment)
    call_margin(b, k, trades, orders, records, price, moment)
    if k[at.RESTING] != 0:
        statements_at(b, k, trades, orders, records, at.ENTER, price, moment)
    return 0


def statements_at(
    b: Floats, k: Ints, trades: Floats, orders: Floats, records: Floats, kind: int, price: float, moment: int
) -> int:
    """The orders of one kind that rest, in source order."""
    for nth in range(k[at.OWN_COUNT]):
        statement = own_at(k, nth)
        if k[statement_at(k, statement) + at.KIND] == kind and beyond(b, k, order_at(k, statement), price) != 0:
            reach(b, k, trades, orders, records, statement, price, moment)
    return 0


def beyond(b: Floats, k: Ints, order: int, price: float) -> int:
    """Whether a price is at or beyond an order that rests and works."""
    return meets(b, k, order, price, toward(b, order))


def lots_at(b: Floats, k: Ints, trades: Floats, orders: Floats, records: Floats, price: float, moment: int) -> int:
    """Every lot one of whose levels this price is at or beyond."""
    lot = 0
    while lot < k[at.LOT_COUNT]:
        if lot_beyond(b, k, trades, orders, records, lot, price, moment, 0) == 0:
            lot += 1
    return 0


def lot_beyond(
    b: Floats,
    k: Ints,
    trades: Floats,
    orders: Floats,
    records: Floats,
    lot: int,
    price: float,
    moment: int,
    ambiguous: int,
) -> int:
    """The levels of one lot at this price, a fill beyond its own bracket among them; returns 1 if the lot is gone.

    ambiguous: whether the path decided that the lot stands at this price.
    """
    lots = k[at.LOT_COUNT]
    order = row_beyond(b, k, lot_at(k, lot), price)
    here = lot_at(k, lot)
    own = b[here + at.LOT_INDEX] == k[at.NOW] and b[here + at.LOT_MOMENT] == moment  # its fill was beyond them
    own = own and b[here + at.LOT_STRETCH] == k[at.STRETCH]
    while order >= 0:
        k[at.MAKER] = 0 if own else 1
        touch(b, k, trades, orders, records, lot, order, price, moment, ambiguous)
        if k[at.LOT_COUNT] < lots:
            return 1
        order = row_beyond(b, k, lot_at(k, lot), price)
    return 0


# --- what is met -----------------------------------------------------------------------------------


def reach(
    b: Floats, k: Ints, trades: Floats, orders: Floats, records: Floats, statement: int, price: float, moment: int
) -> int:
    """The order of a statement is met: its trigger makes a limit of it, or it fills."""
    order = order_at(k, statement)
    at_once = moment != rows.INSIDE and b[order + at.FROM] == k[at.NOW]
    if b[order + at.STATE] == at.RESTS and type_of(b, order) == at.AT_TRIGGER_LIMIT:
        b[order + at.STATE] = at.TRIGGERED
        k[at.LATE] = 1
        at_once = True
        if beyond(b, k, order, price) == 0:
            return 0
    if b[order + at.STATE] == at.DOUBTED:
        k[at.BY_PATH] = 1
    k[at.MAKER] = 0 if at_once or b[order + at.LIMIT_PRICE] != b[order + at.LIMIT_PRICE] else 1
    if k[statement_at(k, statement) + at.KIND] == at.EXIT:
        execute_exit(b, k, trades, orders, records, statement, price, moment)
    else:
        if execute_enter(b, k, trades, orders, records, statement, price, moment) != 0:
            lot_beyond(b, k, trades, orders, records, lot_filled(b, k, statement), price, moment, 0)
            call_margin(b, k, trades, orders, records, price, moment)
    k[at.MAKER] = 0
    k[at.BY_PATH] = 0
    return end_orphans(b, k, orders)


def touch(
    b: Floats,
    k: Ints,
    trades: Floats,
    orders: Floats,
    records: Floats,
    lot: int,
    order: int,
    price: float,
    moment: int,
    ambiguous: int,
) -> int:
    """A row of a lot is met: it begins to work, or what it stands for leaves.

    A stop slips; a target is a limit: it slips from a better price, never beyond. MAKER says whether it rested there.
    """
    if moment == rows.INSIDE:
        b[order + at.DECIDED] = k[at.NOW]
    if b[order + at.STATE] == at.DORMANT:
        b[order + at.STATE] = at.RESTS
        k[at.LATE] = 1
        k[at.MAKER] = 0
        return 0
    here = lot_at(k, lot)
    wanted = min(absolute(b[here + at.LOT_QUANTITY]), b[order + at.AMOUNT])
    quantity, limit = room_for(b, k, order, wanted), b[order + at.LIMIT_PRICE]
    b[order + at.STATE] = at.NO_ORDER
    if quantity < wanted:  # what is left of a stop goes on at the next open, of a target at its level
        b[order + at.STATE] = at.RESTS if limit == limit else at.WAITS
        rest_of(b, order, quantity)
    if b[order + at.AMOUNT] >= at.EVERYTHING or wanted == absolute(b[here + at.LOT_QUANTITY]):
        end_rest(b, k, orders, lot)
    if quantity == 0.0:
        k[at.MAKER] = 0
        return 0
    b[at.MARKET] = price
    filled = filled_at(b, order, price, quantity, at.EXIT_COSTS)
    reason = int(b[order + at.REASON])
    maker = k[at.MAKER] if limit == limit else 0
    k[at.MAKER] = 0
    charge = charge_part(b, order, quantity, filled, maker, at.EXIT_COSTS, at.FILLED)
    k[at.AMBIGUOUS] += ambiguous
    k[at.LEAVES_BY] = level_of(b, k, here, order)
    apply_exit(b, k, trades, records, lot, quantity, filled, charge, moment, reason, -1.0, ambiguous)
    k[at.LEAVES_BY] = 0
    return end_orphans(b, k, orders) if k[at.RESTING] != 0 else 0


def go_on(b: Floats, k: Ints, trades: Floats, orders: Floats, records: Floats, price: float) -> int:
    """At an open what is left of stops that were met leaves, lot by lot."""
    lot = 0
    while lot < k[at.LOT_COUNT]:
        lots = k[at.LOT_COUNT]
        order = leaving_row(b, k, lot_at(k, lot))
        if order >= 0:
            touch(b, k, trades, orders, records, lot, order, price, rows.AT_OPEN, 0)
        if k[at.LOT_COUNT] == lots:
            lot += 1
    return 0


# --- a walk ----------------------------------------------------------------------------------------


def walk(
    b: Floats,
    k: Ints,
    trades: Floats,
    orders: Floats,
    records: Floats,
    open: float,
    high: float,
    low: float,
    close: float,
) -> int:
    """Open to one extreme, to the other, and, for what began to work on the way, to the close."""
    up = 1 if first_direction(b, k, open, high, low) > 0 else 0
    first, second = (high, low) if up != 0 else (low, high)
    k[at.MOVED_LONG] = 0
    k[at.MOVED_SHORT] = 0
    direction = 1 if up != 0 else -1
    leg(b, k, trades, orders, records, first, direction, second)
    leg(b, k, trades, orders, records, second, -direction, first)
    if k[at.LATE] != 0:
        leg(b, k, trades, orders, records, close, direction, at.MISSING)
    k[at.MOVED_LONG] = 0
    k[at.MOVED_SHORT] = 0
    return 0


def first_direction(b: Floats, k: Ints, open: float, high: float, low: float) -> int:
    """Where the path goes first: up (1) or down (-1)."""
    if k[at.PATH] == at.PROXIMITY:
        return 1 if absolute(high - open) < absolute(open - low) else -1
    hurts = -1 if side_held(b) > 0 else 1
    if side_held(b) == 0:
        hurts = first_entry(b, k)  # the better side of the entry is past when it fills
    return -hurts if k[at.PATH] == at.BEST else hurts


def first_entry(b: Floats, k: Ints) -> int:
    """The side of the first entry that rests and works on this bar."""
    for nth in range(k[at.OWN_COUNT]):
        statement = own_at(k, nth)
        here = statement_at(k, statement)
        works = rests(b, k, statement) != 0 and b[order_at(k, statement) + at.FROM] <= k[at.NOW]
        if k[here + at.KIND] == at.ENTER and works:
            return k[here + at.SIDE]
    return 1


def leg(
    b: Floats,
    k: Ints,
    trades: Floats,
    orders: Floats,
    records: Floats,
    extreme: float,
    direction: int,
    other: float,
) -> int:
    """What is met on the way to an extreme, nearest first. other: the extreme of the other side of the bar."""
    way = at.UPWARDS if direction > 0 else at.DOWNWARDS
    met = nearest(b, k, extreme, direction)
    while met != NOTHING:
        k[at.WAY] = way if met != LIQUIDATES else 0  # a liquidation is as it falls, on no other path otherwise
        if met >= 0:
            here = lot_at(k, met)
            order = row_met(b, k, here, extreme, direction, 1)
            ambiguous = met_on_both_sides(b, k, here, other, direction)
            price, arms = next_price(b, order), b[order + at.STATE] == at.DORMANT
            k[at.MAKER] = 1
            touch(b, k, trades, orders, records, met, order, price, rows.INSIDE, ambiguous)
            if arms:  # this price may be beyond what began to work
                doubt_armed(b, k, here, order, other, direction)
                see(b, k, price)
                lot_beyond(b, k, trades, orders, records, met, price, rows.INSIDE, ambiguous)
        elif met == LIQUIDATES:
            liquidate(b, k, trades, orders, records, liquidation_level(b), rows.INSIDE)
        else:
            statement = -2 - met
            price, rested = next_price(b, order_at(k, statement)), b[order_at(k, statement) + at.STATE]
            k[at.BY_PATH] = path_decides(b, k, statement, other, direction)
            reach(b, k, trades, orders, records, statement, price, rows.INSIDE)
            k[at.BY_PATH] = 0
            if rested == at.RESTS:
                doubt_trigger(b, k, statement, other, direction)
            doubt_entry(b, k, statement, other, direction)
        k[at.WAY] = 0
        if b[at.MAINTENANCE] > 0.0:
            k[at.LATE] = 1  # the level of a liquidation moves with cash
        met = nearest(b, k, extreme, direction)
    return see(b, k, extreme)


def nearest(b: Floats, k: Ints, extreme: float, direction: int) -> int:
    """What is met first on the way to an extreme: a lot, -2 less a statement whose order rests, or LIQUIDATES;
    -1: nothing."""
    found, best = NOTHING, at.FAR
    if k[at.RESTING] != 0:
        found = nearest_statement(b, k, at.EXIT, extreme, direction, best)
        if found != NOTHING:
            best = direction * next_price(b, order_at(k, -2 - found))
    for lot in range(k[at.LOT_COUNT]):
        order = row_met(b, k, lot_at(k, lot), extreme, direction, 1)
        if order >= 0:
            distance = direction * next_price(b, order)
            if distance < best:
                found = lot
                best = distance
    level = liquidation_level(b)
    if direction == -side_held(b) and direction * level <= direction * extreme and direction * level < best:
        found = LIQUIDATES
        best = direction * level
    if k[at.RESTING] != 0:
        entry = nearest_statement(b, k, at.ENTER, extreme, direction, best)
        if entry != NOTHING:
            found = entry
    return found


def nearest_statement(b: Floats, k: Ints, kind: int, extreme: float, direction: int, best: float) -> int:
    """The order of one kind that rests and is met first, if it is nearer than `best`."""
    found = NOTHING
    for nth in range(k[at.OWN_COUNT]):
        statement = own_at(k, nth)
        order = order_at(k, statement)
        if k[statement_at(k, statement) + at.KIND] == kind and meets(b, k, order, extreme, direction) != 0:
            distance = direction * next_price(b, order)
            if distance < best:
                found = -2 - statement
                best = distance
    return found

"""What the hot functions compare with, kept by every cold function before it returns: `refresh`."""

from __future__ import annotations

from . import layout as at
from . import rows
from .buffers import Floats, Ints
from .expiries import expiry_of, has_come, leaves_at_open
from .guards import arm
from .ladder import is_due, rung_accepts
from .late import let_out, next_arrival
from .levels import next_price, toward
from .parts import has_part
from .places import first_of, lot_at, order_at, own_at, rests, row_at, side_held, state_of, statement_at

HALF_A_TICK = 0.51  # touches are compared in whole ticks: look a little earlier, `fill` decides exactly


def refresh(b: Floats, k: Ints) -> int:
    """Watch levels, expiries, what waits and what each statement could do, from the books as they are."""
    b[at.WATCH_LOW] = -at.FAR
    b[at.WATCH_HIGH] = at.FAR
    b[at.EXPIRE_TIME] = at.FAR
    k[at.ORDER_END] = at.NEVER
    watch_orders(b, k)
    watch_lots(b, k)
    b[at.WATCH_LOW] += HALF_A_TICK * b[at.TICK]
    b[at.WATCH_HIGH] -= HALF_A_TICK * b[at.TICK]
    if k[at.LATENCY] != 0:
        k[at.ORDER_END] = min(k[at.ORDER_END], next_arrival(b, k))
        let_out(b, k)
    else:
        note_accepts(b, k)
    arm(b, k)
    return 0


def note_accepts(b: Floats, k: Ints) -> int:
    """What every statement could do now."""
    for nth in range(k[at.OWN_COUNT]):
        statement = own_at(k, nth)
        k[statement_at(k, statement) + at.ACCEPTS] = accepts_now(b, k, statement)
    if k[at.WALKS] != 0:
        for nth in range(k[at.OWN_COUNT]):
            statement = own_at(k, nth)
            if k[statement_at(k, statement) + at.KIND] == at.CANCEL:
                k[statement_at(k, statement) + at.ACCEPTS] = cancel_accepts(b, k, statement)
    return 0


def watch_orders(b: Floats, k: Ints) -> int:
    """Whether anything of a statement or a guard waits for the next open, or rests at a level, and for how long."""
    k[at.PENDING] = 1 if k[at.GUARD_PENDING] != 0 else 0
    k[at.RESTING] = 0
    for nth in range(k[at.OWN_COUNT]):
        statement = own_at(k, nth)
        if state_of(b, k, statement) == at.WAITS:
            k[at.PENDING] = 1
        elif rests(b, k, statement) != 0:
            order = order_at(k, statement)
            k[at.RESTING] += 1
            watch_level(b, order)
            k[at.ORDER_END] = min(k[at.ORDER_END], whole_up(b[order + at.UNTIL]))
            b[at.EXPIRE_TIME] = min(b[at.EXPIRE_TIME], b[order + at.UNTIL_TIME] - k[at.BAR_TIME])
        elif is_due(b, k, statement) != 0:
            k[at.ORDER_END] = 0  # it is placed anew at this close
    return 0


def watch_level(b: Floats, order: int) -> int:
    """The nearest levels below and above the market."""
    level = next_price(b, order)
    if toward(b, order) < 0:
        if level > b[at.WATCH_LOW]:
            b[at.WATCH_LOW] = level
    elif level < b[at.WATCH_HIGH]:
        b[at.WATCH_HIGH] = level
    return 0


def watch_lots(b: Floats, k: Ints) -> int:
    """The levels of the lots, and the first to expire; every bar, while a trail works; the next after a fill inside."""
    k[at.EVERY_BAR] = 1 if b[at.MAINTENANCE] > 0.0 and k[at.LOT_COUNT] > 0 else 0  # its level moves with cash
    k[at.TIMED] = 0
    held = at.FAR
    for lot in range(k[at.LOT_COUNT]):
        here, expiry = lot_at(k, lot), expiry_of(k, lot)
        if k[at.WALKS] != 0:
            watch_rows(b, k, here)
        if b[expiry + at.STATE] == at.DORMANT:
            held = min(held, b[expiry + at.UNTIL])
            b[at.EXPIRE_TIME] = min(b[at.EXPIRE_TIME], b[expiry + at.UNTIL_TIME])
        if b[expiry + at.STATE] == at.DORMANT and has_come(b, k, lot, rows.AT_CLOSE) != 0:
            k[at.TIMED] = 1  # at this close, or where that is missing at the next open
            k[at.PENDING] = 1
        fresh = b[here + at.LOT_MOMENT] == rows.INSIDE and b[here + at.LOT_INDEX] == k[at.NOW]
        if fresh or b[expiry + at.STATE] == at.WAITS or leaves_at_open(b, k, lot) != 0:
            k[at.PENDING] = 1
    k[at.EXPIRE_HELD] = whole_up(held)
    return 0


def watch_rows(b: Floats, k: Ints, lot: int) -> int:
    """The levels of one lot."""
    for row in range(k[at.LEVELS]):
        state = b[row_at(lot, row) + at.STATE]
        if row != at.EXPIRY_ROW and state == at.WAITS:
            k[at.PENDING] = 1
        elif row != at.EXPIRY_ROW and state != at.NO_ORDER:
            watch_level(b, row_at(lot, row))
    if b[row_at(lot, at.TRAIL_ROW) + at.STATE] == at.RESTS:
        k[at.EVERY_BAR] = 1
    return 0


def whole_up(count: float) -> int:
    """A count that is reached, as a whole number; NEVER where it is not."""
    if count <= 0.0:
        return 0
    if count >= float(at.NEVER):
        return at.NEVER
    return int(count) if float(int(count)) >= count else int(count) + 1


# --- what statements could do ----------------------------------------------------------------------


def accepts_now(b: Floats, k: Ints, statement: int) -> int:
    """Whether a statement could act: CANNOT, COULD, or FULL_UP."""
    kind = k[statement_at(k, statement) + at.KIND]
    if kind == at.ENTER:
        return enter_accepts(b, k, statement)
    if kind == at.HOLD:
        return hold_accepts(b, k, statement)
    if kind == at.FLOW:
        return at.COULD
    return exit_accepts(b, k, statement) if kind == at.EXIT else at.CANNOT


def enter_accepts(b: Floats, k: Ints, statement: int) -> int:
    """Flat, or a reversal, or it has a `scale`, which may be full; under a halt too, so that denials are counted.

    One that rests may be moved.
    """
    here, state = statement_at(k, statement), state_of(b, k, statement)
    if state == at.WAITS:
        return at.CANNOT
    if side_held(b) != k[here + at.SIDE] or k[here + at.PART] != 0:
        return at.COULD
    if k[here + at.RUNG] != 0:
        return rung_accepts(k, statement)
    if k[here + at.SCALE] == 0:
        return at.CANNOT
    if has_part(b, k, statement) != 0:  # another wish would be another lot beside that of what rests
        return at.COULD if k[here + at.LIVE] <= k[here + at.SCALE] else at.CANNOT
    return at.FULL_UP if state == at.NO_ORDER and k[here + at.LIVE] > k[here + at.SCALE] else at.COULD


def hold_accepts(b: Floats, k: Ints, statement: int) -> int:
    """Nothing of what it trades by waits, nor the group that it is a leg of; a later instruction has its turn."""
    here = statement_at(k, statement)
    if k[here + at.LEG] != (at.TURN if k[here + at.ATOMIC] == at.LATER_STEP else at.NO_LEG):
        return at.CANNOT
    for part in range(at.PART_EXIT_LONG, at.PART_ENTER_SHORT + 1):
        if state_of(b, k, statement + part) == at.WAITS:
            return at.CANNOT
    return at.COULD


def exit_accepts(b: Floats, k: Ints, statement: int) -> int:
    """There is something of its side to close, nothing of it waits, and its `once` is not used up."""
    here = statement_at(k, statement)
    if state_of(b, k, statement) == at.WAITS or side_held(b) != k[here + at.SIDE]:
        return at.CANNOT
    return at.CANNOT if k[here + at.ONCE] != 0 and k[here + at.USED] != 0 else at.COULD


def cancel_accepts(b: Floats, k: Ints, statement: int) -> int:
    """Something that it ends rests, or could be placed."""
    here = statement_at(k, statement)
    for beside in range(k[at.OWN_COUNT]):
        other = own_at(k, beside)
        there = statement_at(k, other)
        of_side = k[there + at.KIND] == at.ENTER and k[there + at.SIDE] == k[here + at.SIDE]
        concerned = k[here + at.OF] == first_of(k, other) or (k[here + at.OF] < 0 and of_side)
        comes_again = k[there + at.AGAIN] != 0 and k[there + at.USED] != 0
        if concerned and (comes_again or rests(b, k, other) != 0 or k[there + at.ACCEPTS] == at.COULD):
            return at.COULD
    return at.CANNOT

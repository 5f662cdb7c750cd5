"""The levels of a lot as orders: stop, trail, target, further stops and takes, each a row of its own.

A level is a line in the fill (`base + slope * entry`, with a slope of its own where the fill is below 0), put on
the tick grid away from the market. A row with a trigger price is a stop, one with a limit price alone a target; one
that is dormant begins to work when another level is touched. A trail is a line in the best extreme since the fill;
the best extreme only improves, so the level only tightens. Of several stops price meets the tightest first.
"""

from __future__ import annotations

from ...stdlib.arith import absolute
from . import layout as at
from . import rows
from .buffers import Floats, Ints
from .places import row_at, statement_at, target_of
from .prices import lots_down, reaches, ticks_down, ticks_up

MICROSECONDS = 1_000_000.0


def protective(b: Floats, level: float, side: float) -> float:
    """A stop on the grid, away from the market: down for a long, up for a short."""
    return ticks_down(b, level) if side > 0.0 else ticks_up(b, level)


def profitable(b: Floats, level: float, side: float) -> float:
    """A target on the grid, away from the market: up for a long, down for a short."""
    return ticks_up(b, level) if side > 0.0 else ticks_down(b, level)


def tighter(a: float, c: float, side: float) -> float:
    """Of two stops the one that price reaches first; a missing one does not count."""
    if a != a:
        return c
    if c != c:
        return a
    if side > 0.0:
        return c if c > a else a
    return c if c < a else a


def line_at(b: Floats, base: int, price: float) -> float:
    """`base + slope * price` of the three slots from `base` on; a share of a price below 0 is of its size."""
    return b[base] + (b[base + 1] if price >= 0.0 else b[base + 2]) * price


def stop_wanted(b: Floats, k: Ints, here: int, inbox: int, entry: float, side: float) -> float:
    """Where an order's loss would first be limited if it filled at `entry`: its stop or trail; missing: nowhere."""
    stop, trail = at.MISSING, at.MISSING
    if k[here + at.HAS_STOP] != 0:
        stop = protective(b, line_at(b, inbox + at.STOP_BASE, entry), side)
    if k[here + at.HAS_TRAIL] != 0 and k[here + at.HAS_TRAIL_AFTER] == 0:
        trail = protective(b, line_at(b, inbox + at.TRAIL_BASE, entry), side)
    return tighter(stop, trail, side)


# --- rows ------------------------------------------------------------------------------------------


def attach(b: Floats, k: Ints, lot: int, statement: int, inbox: int) -> int:
    """Give a lot just filled its levels and expiry, from its statement (in k) and the order's values (in b)."""
    here = statement_at(k, statement)
    side, entry = b[lot + at.LOT_QUANTITY], b[lot + at.LOT_PRICE]
    if k[at.WALKS] == 0:
        b[lot + at.LOT_FIRST_STOP] = at.MISSING
        return attach_expiry(b, k, lot, here, inbox)
    clear(b, k, lot)
    if k[here + at.HAS_STOP] != 0:
        stop = row_at(lot, at.STOP_ROW)
        work(b, k, lot, stop, rows.BY_STOP)
        b[stop + at.TRIGGER_PRICE] = protective(b, line_at(b, inbox + at.STOP_BASE, entry), side)
    if k[here + at.HAS_TRAIL] != 0:
        attach_trail(b, k, lot, here, inbox)
    if k[here + at.HAS_TARGET] != 0:
        target = target_of(k, lot)
        work(b, k, lot, target, rows.BY_TARGET)
        b[target + at.LIMIT_PRICE] = profitable(b, line_at(b, inbox + at.TARGET_BASE, entry), side)
    for move in range(k[here + at.MOVES]):
        attach_move(b, k, lot, row_at(lot, at.MOVE_ROW + move), inbox + at.MOVE0_BASE + move * at.MOVE_WIDTH)
    for take in range(k[here + at.TAKES]):
        order, told = row_at(lot, k[here + at.TAKE_ROW] + take), inbox + at.TAKE0_SHARE + take * at.TAKE_WIDTH
        k[here + at.UNTAKEN] += 1 - attach_take(b, k, lot, order, told)
    b[lot + at.LOT_FIRST_STOP] = stop_wanted(b, k, here, inbox, entry, side)
    return attach_expiry(b, k, lot, here, inbox)


def clear(b: Floats, k: Ints, lot: int) -> int:
    """What stood in the rows of this place was another lot's."""
    for row in range(k[at.LEVELS]):
        order = row_at(lot, row)
        b[order + at.STATE] = at.NO_ORDER
        b[order + at.DECIDED] = -1.0
        b[order + at.LIMIT_PRICE] = at.MISSING
        b[order + at.TRIGGER_PRICE] = at.MISSING
    return 0


def work(b: Floats, k: Ints, lot: int, order: int, reason: int) -> int:
    """A row of a lot that was just filled begins to work, for all of the lot unless it is told otherwise."""
    b[order + at.STATE] = at.RESTS
    b[order + at.TRADE] = -1.0 if b[lot + at.LOT_QUANTITY] > 0.0 else 1.0
    b[order + at.AMOUNT] = at.EVERYTHING
    b[order + at.REASON] = reason
    b[order + at.FROM] = first_active(k, int(b[lot + at.LOT_MOMENT]))
    b[order + at.FILLED] = 0.0
    b[order + at.LACKED] = 0.0
    return 0


def first_active(k: Ints, moment: int) -> int:
    """Index of the first bar on which the levels of a lot filled now work."""
    index = k[at.NOW]
    if k[at.BRACKET] == at.ENTRY_BAR:
        return index
    if k[at.BRACKET] == at.NEXT_DECISION and moment == rows.AT_CLOSE:
        return index + 2
    return index + 1


def attach_trail(b: Floats, k: Ints, lot: int, here: int, inbox: int) -> int:
    """The trail stands where the fill puts it until `follow` moves it."""
    side, entry = b[lot + at.LOT_QUANTITY], b[lot + at.LOT_PRICE]
    trail = row_at(lot, at.TRAIL_ROW)
    work(b, k, lot, trail, rows.BY_TRAIL)
    trail_line(b, k, trail, here, inbox, entry)
    b[trail + at.TRIGGER_PRICE] = protective(b, line_at(b, trail + at.LINE, entry), side)
    if k[here + at.HAS_TRAIL_AFTER] != 0:
        b[trail + at.STATE] = at.DORMANT
        b[trail + at.AFTER] = profitable(b, line_at(b, inbox + at.TRAIL_AFTER_BASE, entry), side)
    return 0


def trail_line(b: Floats, k: Ints, trail: int, here: int, inbox: int, entry: float) -> int:
    """The line of a trail in the best extreme: as told, or as far behind it as what was told is from the fill."""
    for slot in range(3):
        b[trail + at.LINE + slot] = b[inbox + at.TRAIL_BASE + slot]
    if k[here + at.HAS_TRAIL] == at.FROM_FILL:
        b[trail + at.LINE] = line_at(b, inbox + at.TRAIL_BASE, entry) - entry
        b[trail + at.LINE_SLOPE] = 1.0
        b[trail + at.LINE_SLOPE_BELOW] = 1.0
    return 0


def attach_move(b: Floats, k: Ints, lot: int, order: int, told: int) -> int:
    """A further stop, dormant until its level is touched."""
    side, entry = b[lot + at.LOT_QUANTITY], b[lot + at.LOT_PRICE]
    work(b, k, lot, order, rows.BY_STOP)
    b[order + at.STATE] = at.DORMANT
    b[order + at.TRIGGER_PRICE] = protective(b, line_at(b, told, entry), side)
    b[order + at.AFTER] = profitable(b, line_at(b, told + 3, entry), side)
    return 0


def attach_take(b: Floats, k: Ints, lot: int, order: int, told: int) -> int:
    """A share of the lot's first quantity, in whole lots; none, and 0 returned, where that is nothing."""
    side, entry = b[lot + at.LOT_QUANTITY], b[lot + at.LOT_PRICE]
    amount = lots_down(b, b[told] * absolute(side))
    if amount > 0.0:
        work(b, k, lot, order, rows.BY_TARGET)
        b[order + at.LIMIT_PRICE] = profitable(b, line_at(b, told + 1, entry), side)
        b[order + at.AMOUNT] = amount
    return 1 if amount > 0.0 else 0


def attach_expiry(b: Floats, k: Ints, lot: int, here: int, inbox: int) -> int:
    """When the lot leaves for its age, in bars held or as an instant; a bar's open instant stands for its decision."""
    kind = k[here + at.EXPIRE_KIND]
    expiry = row_at(lot, at.EXPIRY_ROW)
    b[expiry + at.STATE] = at.NO_ORDER
    if kind == at.NO_EXPIRE:
        return 0
    b[expiry + at.STATE] = at.DORMANT
    b[expiry + at.UNTIL] = at.FAR
    b[expiry + at.UNTIL_TIME] = at.FAR
    if kind == at.EXPIRE_BARS:
        b[expiry + at.UNTIL] = b[lot + at.LOT_START] + b[inbox + at.EXPIRE]
    if kind == at.EXPIRE_SECONDS:
        filled = b[lot + at.LOT_TIME]
        if b[lot + at.LOT_MOMENT] == rows.AT_CLOSE:
            filled += k[at.BAR_TIME]
        b[expiry + at.UNTIL_TIME] = filled + b[inbox + at.EXPIRE] * MICROSECONDS - k[at.BAR_TIME]
    at_close = b[lot + at.LOT_MOMENT] == rows.AT_CLOSE
    b[lot + at.LOT_PASSED] = k[here + at.PASSED] if at_close else k[here + at.PASSED_OPEN]
    return 0


def follow(b: Floats, lot: int) -> int:
    """The trail follows the best extreme that its lot knows."""
    trail = row_at(lot, at.TRAIL_ROW)
    if b[trail + at.STATE] != at.NO_ORDER:
        side = b[lot + at.LOT_QUANTITY]
        best = b[lot + at.LOT_HIGH] if side > 0.0 else b[lot + at.LOT_LOW]
        b[trail + at.TRIGGER_PRICE] = protective(b, line_at(b, trail + at.LINE, best), side)
    return 0


# --- what a price meets ----------------------------------------------------------------------------


def next_price(b: Floats, order: int) -> float:
    """The price at which something happens to an order next: it is armed, triggered or filled."""
    if b[order + at.STATE] == at.DORMANT:
        return b[order + at.AFTER]
    if b[order + at.STATE] == at.RESTS and b[order + at.TRIGGER_PRICE] == b[order + at.TRIGGER_PRICE]:
        return b[order + at.TRIGGER_PRICE]
    return b[order + at.LIMIT_PRICE]


def toward(b: Floats, order: int) -> int:
    """From where price comes to it: up (1) or down (-1). A trigger lies ahead of its trade, a limit behind it."""
    trade = 1 if b[order + at.TRADE] > 0.0 else -1
    if b[order + at.STATE] == at.RESTS and b[order + at.TRIGGER_PRICE] == b[order + at.TRIGGER_PRICE]:
        return trade
    return -trade


def fills_at_limit(b: Floats, order: int) -> int:
    """Whether what price meets next of an order is its limit."""
    if b[order + at.STATE] == at.DORMANT:
        return 0
    return 1 if toward(b, order) * b[order + at.TRADE] < 0.0 else 0


def meets(b: Floats, k: Ints, order: int, price: float, direction: int) -> int:
    """Whether an order that works lies in a direction and a price is at or beyond it."""
    if b[order + at.STATE] < at.RESTS or b[order + at.FROM] > k[at.NOW] or toward(b, order) != direction:
        return 0
    if k[at.DRY] != 0 and fills_at_limit(b, order) != 0:
        return 0
    return reaches(b, price, next_price(b, order), direction)


def row_met(b: Floats, k: Ints, lot: int, price: float, direction: int, arming: int) -> int:
    """The row of a lot that is met first on the way to a price, at one price what leaves before what arms; -1: none.

    arming: 1 with the rows that only begin to work there, 0 without them.
    """
    found, best, arms = -1, at.FAR, 0
    for row in range(k[at.LEVELS]):
        order = row_at(lot, row)
        dormant = 1 if b[order + at.STATE] == at.DORMANT else 0
        if row != at.EXPIRY_ROW and dormant <= arming and meets(b, k, order, price, direction) != 0:
            distance = direction * next_price(b, order)
            if distance < best or (distance == best and arms > dormant):
                found = order
                best = distance
                arms = dormant
    return found


def row_beyond(b: Floats, k: Ints, lot: int, price: float) -> int:
    """The row of a lot that a price is at or beyond: a stop, else one in profit, else one that arms; -1: none."""
    against = -1 if b[lot + at.LOT_QUANTITY] > 0.0 else 1
    order = row_met(b, k, lot, price, against, 0)
    if order < 0:
        order = row_met(b, k, lot, price, -against, 0)
    return order if order >= 0 else row_met(b, k, lot, price, -against, 1)


def leaving_row(b: Floats, k: Ints, lot: int) -> int:
    """The row of a lot that was met and waits for the next open with what is left of it; -1: none."""
    if b[at.PARTICIPATION] == 0.0 or k[at.WALKS] == 0:
        return -1
    for row in range(k[at.LEVELS]):
        if row != at.EXPIRY_ROW and b[row_at(lot, row) + at.STATE] == at.WAITS:
            return row_at(lot, row)
    return -1


def working_stop(b: Floats, k: Ints, lot: int, best: float) -> float:
    """The stop of a lot that price would reach first, its trail as `best` puts it; missing without any.

    One that was reached, and waits for what volume has left of its lot, stands where it was reached.
    """
    side, nearest = b[lot + at.LOT_QUANTITY], at.MISSING
    for row in range(k[at.LEVELS]):
        order = row_at(lot, row)
        state = b[order + at.STATE]
        if row != at.EXPIRY_ROW and (state == at.RESTS or state == at.WAITS):
            level = b[order + at.TRIGGER_PRICE]
            if row == at.TRAIL_ROW and state == at.RESTS:
                level = protective(b, line_at(b, order + at.LINE, best), side)
            nearest = tighter(nearest, level, side)
    return nearest


def level_of(b: Floats, k: Ints, lot: int, order: int) -> int:
    """Which clause of its entry a row of a lot is of: the place in EXIT_LEVELS."""
    row = 0
    while row_at(lot, row) != order:
        row += 1
    told = statement_at(k, int(b[lot + at.LOT_STATEMENT]))
    if row == at.STOP_ROW:
        return rows.LEFT_BY_STOP
    if row == at.TRAIL_ROW:
        return rows.LEFT_BY_TRAIL if k[told + at.HAS_TRAIL_AFTER] == 0 else rows.LEFT_BY_TRAIL_AFTER
    if row == k[at.LEVELS] - 1:
        return rows.LEFT_BY_TARGET
    if row < k[told + at.TAKE_ROW]:
        return rows.LEFT_BY_MOVE + row - at.MOVE_ROW
    return rows.LEFT_BY_TAKE + row - k[told + at.TAKE_ROW]

"""Orders that fill in parts: what a bar's volume leaves room for, and what an order has got so far.

With `assume participation` no more than that share of a bar's volume fills on it, over all orders of the book, in the
order in which they fill. ROOM is what is left of it, FAR without the assumption. What an order does not get it goes
on for: at its limit if it has one, else at the next open. The parts that open belong to one lot, at their average
price, and so do those that a venue fills; all parts of an order pay one fee.
"""

from __future__ import annotations

from ...stdlib.arith import absolute, div
from . import layout as at
from . import rows
from .booking import after_fill, pay
from .buffers import Floats, Ints
from .levels import first_active, line_at, profitable, protective, stop_wanted, trail_line, work
from .lots import prepare
from .orders import cancel
from .places import kept_at, lot_at, order_at, row_at, state_of, statement_at, target_of
from .prices import bounded, fee, lots_down, plain_fee

# --- room ------------------------------------------------------------------------------------------


def no_room(b: Floats, k: Ints, order: int) -> int:
    """Whether this bar has no room for a single lot of an order more."""
    if b[at.ROOM] >= at.FAR or lots_down(b, b[at.ROOM]) > 0.0:
        return 0
    lack(b, k, order)
    return 1


def room_for(b: Floats, k: Ints, order: int, wanted: float) -> float:
    """How much of a quantity this bar has room for, in whole lots where that is not all; it is used up."""
    if b[at.ROOM] >= at.FAR:
        return wanted
    got = wanted
    if wanted > b[at.ROOM] * (1.0 + at.SLACK):
        got = min(lots_down(b, b[at.ROOM]), wanted)
        if got < wanted:
            lack(b, k, order)
    b[at.ROOM] = max(b[at.ROOM] - got, 0.0)
    return got


def lack(b: Floats, k: Ints, order: int) -> int:
    """An order gets less than it asks for, and then nothing fills any more; each such order is counted once."""
    k[at.DRY] = 1
    if b[order + at.LACKED] == 0.0:
        b[order + at.LACKED] = 1.0
        k[at.PARTED] += 1
    return 0


def stand_over(b: Floats, k: Ints, statement: int) -> int:
    """What is left of an order: without a limit it waits for the next open, a trigger that was met too."""
    order = order_at(k, statement)
    if b[order + at.LIMIT_PRICE] != b[order + at.LIMIT_PRICE]:
        b[order + at.STATE] = at.WAITS
    return 0


# --- parts of an order -----------------------------------------------------------------------------


def charge_part(
    b: Floats, order: int, quantity: float, price: float, maker: int, costs: int, leg: int
) -> float:
    """A part of an order fills: what it has got so far is noted, and its fee returned.

    leg: LEG_FILLED of the leg of a reversal that closes, else FILLED; each leg pays a fee of its own.
    """
    parts = order + leg - at.FILLED
    before = b[parts + at.FILLED]
    if before == 0.0:
        b[parts + at.PAID] = 0.0
        b[parts + at.PART_FEE] = 0.0
        b[parts + at.PART_CHARGED] = 0.0
    b[parts + at.FILLED] = before + quantity
    b[parts + at.PAID] += quantity * price
    return part_fee(b, parts, quantity, price, maker, costs, before)


def part_fee(b: Floats, parts: int, quantity: float, price: float, maker: int, costs: int, before: float) -> float:
    """All parts pay one fee, its fixed amount, minimum and maximum once: that of all so far, less what was charged."""
    if b[at.ROOM] >= at.FAR:
        return fee(b, quantity, price, maker, costs)
    b[parts + at.PART_FEE] += plain_fee(b, quantity, price, maker, costs)
    if before != 0.0:
        b[parts + at.PART_FEE] -= b[costs + at.FEE_ORDER]
    whole = bounded(b, b[parts + at.PART_FEE], absolute(b[parts + at.PAID]) * b[at.POINT_VALUE], costs)
    charge = whole - b[parts + at.PART_CHARGED]
    b[parts + at.PART_CHARGED] = whole
    return charge


def note_instant(b: Floats, k: Ints, order: int, moment: int) -> int:
    """When the last part of an order that may have a row filled."""
    b[order + at.PART_INDEX] = k[at.NOW]
    b[order + at.PART_TIME] = k[at.NOW_TIME]
    b[order + at.PART_MOMENT] = moment
    return 0


def mean_price(b: Floats, order: int, got: float, price: float) -> float:
    """The average price of an order that is done; of one that filled at once, that price."""
    return price if b[order + at.FILLED] == got else div(b[order + at.PAID], b[order + at.FILLED])


def rest_of(b: Floats, order: int, got: float) -> int:
    """What an order still asks for after a part; all that there is stays that."""
    if b[order + at.AMOUNT] < at.EVERYTHING:
        b[order + at.AMOUNT] -= got
    return 0


def has_part(b: Floats, k: Ints, statement: int) -> int:
    """Whether the order of a statement that goes on has got a part."""
    return 1 if state_of(b, k, statement) != at.NO_ORDER and b[order_at(k, statement) + at.FILLED] > 0.0 else 0


# --- the lot of an order ---------------------------------------------------------------------------


def lot_of(b: Floats, k: Ints, number: float, statement: int) -> int:
    """Which open lot, counted from the oldest, is of the order of this number and of a statement; -1: none."""
    for lot in range(k[at.LOT_COUNT]):
        here = lot_at(k, lot)
        if b[here + at.LOT_ORDER] == number and b[here + at.LOT_STATEMENT] == statement:
            return lot
    return -1


def lot_of_statement(b: Floats, k: Ints, statement: int) -> int:
    """The oldest open lot of a statement; -1: none."""
    for lot in range(k[at.LOT_COUNT]):
        if b[lot_at(k, lot) + at.LOT_STATEMENT] == statement:
            return lot
    return -1


def lot_filled(b: Floats, k: Ints, statement: int) -> int:
    """The lot that the order of a statement has just filled: its own, or, of a hold, the one it was added to."""
    number, newest = b[order_at(k, statement) + at.NUMBER], k[at.LOT_COUNT] - 1
    if newest >= 0 and b[lot_at(k, newest) + at.LOT_ORDER] == number:
        return newest
    lot = lot_of(b, k, number, statement)
    return lot if lot >= 0 else lot_of_statement(b, k, statement)


def end_rest(b: Floats, k: Ints, orders: Floats, lot: int) -> int:
    """A lot leaves whole by a level of its own, or for its age: what is left of the order that fills it ends."""
    here = lot_at(k, lot)
    statement = int(b[here + at.LOT_STATEMENT])
    own = b[order_at(k, statement) + at.NUMBER] == b[here + at.LOT_ORDER]
    return cancel(b, k, orders, statement, rows.EXIT_FIRST) if own and has_part(b, k, statement) != 0 else 0


def add_part(
    b: Floats,
    k: Ints,
    records: Floats,
    lot: int,
    quantity: float,
    price: float,
    charge: float,
    moment: int,
    before: float,
) -> int:
    """A further part of a lot: its price is the average, from which its levels are measured anew.

    before: what the order had got, of which its takes are a share; 0 where each part has takes of its own.
    """
    here = lot_at(k, lot)
    side = 1.0 if b[here + at.LOT_QUANTITY] > 0.0 else -1.0
    held = absolute(b[here + at.LOT_QUANTITY])
    b[here + at.LOT_PRICE] += (price - b[here + at.LOT_PRICE]) * div(quantity, held + quantity)
    b[here + at.LOT_QUANTITY] = side * (held + quantity)
    b[here + at.LOT_FEES] += charge
    b[here + at.LOT_HIGH] = max(b[here + at.LOT_HIGH], price, b[at.MARKET])
    b[here + at.LOT_LOW] = min(b[here + at.LOT_LOW], price, b[at.MARKET])
    measure_again(b, k, here, quantity, moment, before)
    pay(b, side * quantity * b[at.POINT_VALUE], price, charge)
    prepare(b, k)
    after_fill(b, k, records)
    return here


def measure_again(b: Floats, k: Ints, here: int, added: float, moment: int, before: float) -> int:
    """The levels of a lot from its new price; what is armed stays armed, and takes are of what was added, too."""
    statement = int(b[here + at.LOT_STATEMENT])
    told, kept = statement_at(k, statement), kept_at(k, statement)
    side, entry = b[here + at.LOT_QUANTITY], b[here + at.LOT_PRICE]
    b[here + at.LOT_FIRST_STOP] = stop_wanted(b, k, told, kept, entry, side)
    if k[at.WALKS] == 0:
        return 0
    if k[told + at.HAS_STOP] != 0:
        b[row_at(here, at.STOP_ROW) + at.TRIGGER_PRICE] = protective(b, line_at(b, kept + at.STOP_BASE, entry), side)
    if k[told + at.HAS_TARGET] != 0:
        b[target_of(k, here) + at.LIMIT_PRICE] = profitable(b, line_at(b, kept + at.TARGET_BASE, entry), side)
    if k[told + at.HAS_TRAIL] == at.FROM_FILL:  # it stays until the bar ends, and follows from there
        trail_line(b, k, row_at(here, at.TRAIL_ROW), told, kept, entry)
    if k[told + at.HAS_TRAIL_AFTER] != 0:
        b[row_at(here, at.TRAIL_ROW) + at.AFTER] = profitable(b, line_at(b, kept + at.TRAIL_AFTER_BASE, entry), side)
    for move in range(k[told + at.MOVES]):
        order, from_ = row_at(here, at.MOVE_ROW + move), kept + at.MOVE0_BASE + move * at.MOVE_WIDTH
        b[order + at.TRIGGER_PRICE] = protective(b, line_at(b, from_, entry), side)
        b[order + at.AFTER] = profitable(b, line_at(b, from_ + at.MOVE0_AFTER_BASE - at.MOVE0_BASE, entry), side)
    for take in range(k[told + at.TAKES]):
        more_to_take(b, k, here, take, added, moment, before)
    return 0


def more_to_take(b: Floats, k: Ints, here: int, take: int, added: float, moment: int, before: float) -> int:
    """A take of a lot that has grown: its share of what was added comes to what is left of it."""
    statement = int(b[here + at.LOT_STATEMENT])
    told = statement_at(k, statement)
    order = row_at(here, k[told + at.TAKE_ROW] + take)
    from_ = kept_at(k, statement) + at.TAKE0_SHARE + take * at.TAKE_WIDTH
    left = b[order + at.AMOUNT] if b[order + at.STATE] != at.NO_ORDER else 0.0
    had = lots_down(b, b[from_] * before)
    amount = left + lots_down(b, b[from_] * (before + added)) - had
    if amount > 0.0:
        first = b[order + at.FROM]
        work(b, k, here, order, rows.BY_TARGET)
        b[order + at.FROM] = first if left > 0.0 else first_active(k, moment)
        b[order + at.AMOUNT] = amount
        k[told + at.UNTAKEN] -= 1 if before > 0.0 and had == 0.0 else 0
    price = profitable(b, line_at(b, from_ + 1, b[here + at.LOT_PRICE]), b[here + at.LOT_QUANTITY])
    b[order + at.LIMIT_PRICE] = price
    return 0

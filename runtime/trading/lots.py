"""Lots: every fill that opens is one, closed first in, first out, each part with its own trade row.

Lots of one position stand in the order of their fills. Extremes are folded lazily: `mark` keeps those
of the bars since the last cold call, `fold` hands them to the lots.
"""

from __future__ import annotations

from ...stdlib.arith import absolute, div
from . import layout as at
from . import rows
from .buffers import Floats, Ints
from .chain import chain
from .prices import farther, fee
from .records import record


def lot_at(k: Ints, lot: int) -> int:
    """The first slot of a lot."""
    return k[at.LOTS] + lot * at.LOT_WIDTH


def statement_at(k: Ints, statement: int) -> int:
    """The first slot of a statement's entry in k."""
    return k[at.STATEMENTS] + statement * at.STATEMENT_WIDTH


def fold(b: Floats, k: Ints) -> int:
    """Give the extremes of the bars marked since the last time to the open lots."""
    for lot in range(k[at.LOT_COUNT]):
        stretch(b, lot_at(k, lot), b[at.RUN_HIGH], b[at.RUN_LOW])
    b[at.RUN_HIGH] = -at.FAR
    b[at.RUN_LOW] = at.FAR
    return 0


def stretch(b: Floats, here: int, high: float, low: float) -> int:
    """Widen the extremes of one lot."""
    b[here + at.LOT_HIGH] = max(b[here + at.LOT_HIGH], high)
    b[here + at.LOT_LOW] = min(b[here + at.LOT_LOW], low)
    return 0


def prepare(b: Floats, k: Ints) -> int:
    """Quantity, cost and entry fees of the position, summed anew from its lots, so that nothing drifts."""
    quantity, cost, fees = 0.0, 0.0, 0.0
    for lot in range(k[at.LOT_COUNT]):
        here = lot_at(k, lot)
        quantity += b[here + at.LOT_QUANTITY]
        cost += b[here + at.LOT_QUANTITY] * b[at.POINT_VALUE] * b[here + at.LOT_PRICE]
        fees += b[here + at.LOT_FEES]
    b[at.QUANTITY] = quantity
    b[at.UNITS] = quantity * b[at.POINT_VALUE]
    b[at.COST] = cost
    b[at.ENTRY_FEES] = fees
    k[at.MARKED] = 0
    return 0


def pay(b: Floats, units: float, price: float, charge: float) -> int:
    """Cash of a fill: units bought (or, negative, sold) and its fee."""
    b[at.CASH] -= units * price + charge
    b[at.FEES] += charge
    return 0


def begin_position(b: Floats, k: Ints, moment: int) -> int:
    """From flat: the bars of the position count from here, what acts once a position may act again."""
    k[at.POSITION_START] = k[at.HELD]
    if moment == rows.AT_CLOSE:  # this bar was marked before the fill, and is the entry bar
        k[at.POSITION_START] = k[at.HELD] - 1
    for statement in range(k[at.STATEMENT_COUNT]):
        here = statement_at(k, statement)
        if k[here + at.ONCE] != 0:
            k[here + at.USED] = 0
    return 0


def open_lot(
    b: Floats,
    k: Ints,
    records: Floats,
    side: int,
    quantity: float,
    price: float,
    moment: int,
    statement: int,
    order: float,
) -> int:
    """A fill that opens: the new last lot, without a bracket yet; returns its first slot."""
    if k[at.LOT_COUNT] == 0:
        begin_position(b, k, moment)
    here = lot_at(k, k[at.LOT_COUNT])
    charge = fee(b, quantity, price)
    b[here + at.LOT_QUANTITY] = side * quantity
    b[here + at.LOT_PRICE] = price
    b[here + at.LOT_FEES] = charge
    b[here + at.LOT_HIGH] = price
    b[here + at.LOT_LOW] = price
    b[here + at.LOT_ORDER] = order
    b[here + at.LOT_STATEMENT] = statement
    b[here + at.LOT_INDEX] = k[at.NOW]
    b[here + at.LOT_TIME] = k[at.NOW_TIME]
    b[here + at.LOT_MOMENT] = moment
    b[here + at.LOT_START] = k[at.HELD] - (1 if moment == rows.AT_CLOSE else 0)
    b[here + at.LOT_ACTIVE] = first_active(k, moment)
    b[here + at.LOT_CLOSING] = 0.0
    k[at.LOT_COUNT] += 1
    k[statement_at(k, statement) + at.LIVE] += 1
    k[at.ENTRIES_TODAY] += 1
    pay(b, side * quantity * b[at.POINT_VALUE], price, charge)
    prepare(b, k)
    after_fill(b, k, records)
    return here


def first_active(k: Ints, moment: int) -> int:
    """Index of the first bar on which the bracket of a lot filled now works."""
    index = k[at.NOW]
    if k[at.BRACKET] == at.ENTRY_BAR:
        return index
    if k[at.BRACKET] == at.NEXT_DECISION and moment == rows.AT_CLOSE:
        return index + 2
    return index + 1


def after_fill(b: Floats, k: Ints, records: Floats) -> int:
    """The chain at the market's price, so that slippage is lost at once; and its record."""
    chain(b, k, b[at.MARKET], 0)
    return record(b, k, records, rows.AFTER_FILL)


def close_lot(
    b: Floats,
    k: Ints,
    trades: Floats,
    records: Floats,
    lot: int,
    price: float,
    moment: int,
    reason: int,
    order: float,
    ambiguous: int,
) -> int:
    """One lot leaves whole, as a fill of its own (bracket, expiry)."""
    here = lot_at(k, lot)
    quantity = absolute(b[here + at.LOT_QUANTITY])
    close_part(b, k, trades, lot, quantity, price, fee(b, quantity, price), moment, reason, order, ambiguous)
    remove_empty(b, k)
    after_fill(b, k, records)
    return 0


def close_first(
    b: Floats,
    k: Ints,
    trades: Floats,
    records: Floats,
    quantity: float,
    price: float,
    moment: int,
    reason: int,
    order: float,
) -> int:
    """One fill closes a quantity (all of it, if it is more than is open), first in, first out; its fee is shared."""
    total = absolute(b[at.QUANTITY])
    if quantity >= at.EVERYTHING:
        quantity = total
    whole = 1 if quantity >= total * (1.0 - at.DUST) else 0  # then no lot keeps what rounding leaves of it
    total = min(total, quantity)
    charge = fee(b, total, price)
    left, fees_left = total, charge
    for lot in range(k[at.LOT_COUNT]):
        held = absolute(b[lot_at(k, lot) + at.LOT_QUANTITY])
        part = held if whole != 0 or left >= held - total * at.DUST else left
        if whole != 0 or left > total * at.DUST:
            share = fees_left
            if part < left * (1.0 - at.DUST):
                share = charge * div(part, total)
            close_part(b, k, trades, lot, part, price, share, moment, reason, order, 0)
            left -= part
            fees_left -= share
    remove_empty(b, k)
    after_fill(b, k, records)
    return 0


def close_part(
    b: Floats,
    k: Ints,
    trades: Floats,
    lot: int,
    part: float,
    price: float,
    charge: float,
    moment: int,
    reason: int,
    order: float,
    ambiguous: int,
) -> int:
    """Part of a lot leaves: the trade row, the money, the memory of closed trades. The caller settles."""
    here = lot_at(k, lot)
    held = absolute(b[here + at.LOT_QUANTITY])
    share = b[here + at.LOT_FEES] * div(part, held)
    row = trade_row(b, k, trades, here, part, price, share + charge, moment, reason, order, ambiguous)
    remember(b, k, trades[row + rows.TRADE_PNL], trades[row + rows.TRADE_RETURN], reason)
    units = part * b[at.POINT_VALUE] if b[here + at.LOT_QUANTITY] > 0.0 else -part * b[at.POINT_VALUE]
    pay(b, -units, price, charge)
    b[at.REALISED] += units * (price - b[here + at.LOT_PRICE])
    b[here + at.LOT_FEES] -= share
    b[here + at.LOT_QUANTITY] = b[here + at.LOT_QUANTITY] * div(held - part, held)
    return 0


def excursion(b: Floats, here: int, price: float, moment: int, direction: int) -> float:
    """The highest (1) or lowest (-1) price of a lot's life, its last bar up to its exit included."""
    seen = b[here + at.LOT_HIGH] if direction > 0 else b[here + at.LOT_LOW]
    path = b[at.SEEN_HIGH] if direction > 0 else b[at.SEEN_LOW]
    if moment != rows.AT_CLOSE:
        seen = farther(seen, path, direction)
    return farther(seen, price, direction)


def gain(units: float, entry: float, price: float) -> float:
    """What units have made from one price to another; nothing is 0 for a short, too, not -0."""
    return units * (price - entry) + 0.0


def trade_row(
    b: Floats,
    k: Ints,
    trades: Floats,
    here: int,
    quantity: float,
    price: float,
    fees: float,
    moment: int,
    reason: int,
    order: float,
    ambiguous: int,
) -> int:
    """Write the row of a quantity of a lot that leaves at a price; returns its first slot."""
    side = 1.0 if b[here + at.LOT_QUANTITY] > 0.0 else -1.0
    entry = b[here + at.LOT_PRICE]
    units = side * quantity * b[at.POINT_VALUE]
    profit = gain(units, entry, price) - fees
    best = excursion(b, here, price, moment, 1 if side > 0.0 else -1)
    worst = excursion(b, here, price, moment, -1 if side > 0.0 else 1)
    row = k[at.TRADE_ROWS] * rows.TRADE_WIDTH
    trades[row + rows.TRADE_SIDE] = side
    trades[row + rows.TRADE_QUANTITY] = quantity
    trades[row + rows.TRADE_ENTRY_INDEX] = b[here + at.LOT_INDEX]
    trades[row + rows.TRADE_ENTRY_TIME] = b[here + at.LOT_TIME]
    trades[row + rows.TRADE_ENTRY_MOMENT] = b[here + at.LOT_MOMENT]
    trades[row + rows.TRADE_ENTRY_PRICE] = entry
    trades[row + rows.TRADE_EXIT_INDEX] = k[at.NOW]
    trades[row + rows.TRADE_EXIT_TIME] = k[at.NOW_TIME]
    trades[row + rows.TRADE_EXIT_MOMENT] = moment
    trades[row + rows.TRADE_EXIT_PRICE] = price
    trades[row + rows.TRADE_FEES] = fees
    trades[row + rows.TRADE_PNL] = profit
    trades[row + rows.TRADE_RETURN] = div(profit, absolute(units * entry))
    trades[row + rows.TRADE_BARS] = k[at.NOW] - b[here + at.LOT_INDEX]
    trades[row + rows.TRADE_MAE] = gain(units, entry, worst)
    trades[row + rows.TRADE_MFE] = gain(units, entry, best)
    trades[row + rows.TRADE_REASON] = reason
    trades[row + rows.TRADE_AMBIGUOUS] = ambiguous
    trades[row + rows.TRADE_STOP] = b[here + at.LOT_FIRST_STOP]
    trades[row + rows.TRADE_TARGET] = b[here + at.LOT_TARGET]
    trades[row + rows.TRADE_ENTRY_STATEMENT] = b[here + at.LOT_STATEMENT]
    trades[row + rows.TRADE_ENTRY_ORDER] = b[here + at.LOT_ORDER]
    trades[row + rows.TRADE_EXIT_ORDER] = order
    k[at.TRADE_ROWS] += 1
    if k[at.TRADE_ROWS] >= k[at.TRADE_LIMIT]:
        k[at.FULL] = 1
    return row


def remember(b: Floats, k: Ints, profit: float, ratio: float, reason: int) -> int:
    """Closed trades as the program may ask for them; a trade of exactly nothing is neither won nor lost."""
    k[at.TRADES] += 1
    k[at.TRADES_TODAY] += 1
    k[at.LAST_REASON] = reason
    k[at.LAST_TRADE_BAR] = k[at.NOW]
    b[at.LAST_RETURN] = ratio
    if profit < 0.0:
        k[at.LOSSES] += 1
        k[at.LOSSES_TODAY] += 1
        k[at.LOSS_STREAK] += 1
        b[at.LOST] -= profit
        return 0
    k[at.LOSS_STREAK] = 0
    if profit > 0.0:
        k[at.WINS] += 1
        b[at.WON] += profit
    return 0


def remove_empty(b: Floats, k: Ints) -> int:
    """Close the gaps that closed lots leave, then prepare."""
    kept = 0
    for lot in range(k[at.LOT_COUNT]):
        here, to = lot_at(k, lot), lot_at(k, kept)
        if b[here + at.LOT_QUANTITY] == 0.0:
            k[statement_at(k, int(b[here + at.LOT_STATEMENT])) + at.LIVE] -= 1
        else:
            if to != here:
                for slot in range(at.LOT_WIDTH):
                    b[to + slot] = b[here + slot]
            kept += 1
    k[at.LOT_COUNT] = kept
    return prepare(b, k)

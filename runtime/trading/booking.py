"""Booking: what a fill does to cash, lots and position, whoever made it; then the chain.

`apply_entry` and `apply_exit` are the only writers of these, but for a venue's further parts of one lot
(`venue.add_part`) and, of cash, what holding costs (`carry`). They are told quantity, price and fee: what a price
is, and whether it was reached, is not their affair. Every part of a lot that leaves has its own trade row.
"""

from __future__ import annotations

from ...stdlib.arith import absolute, div
from . import layout as at
from . import rows
from .buffers import Floats, Ints
from .chain import chain
from .lots import begin_position, excursion, moves, prepare, remove_empty
from .places import lot_at, side_held, statement_at, target_of, told
from .records import record


def pay(b: Floats, units: float, price: float, charge: float) -> int:
    """Cash of a fill: units bought (or, negative, sold) and its fee."""
    b[at.CASH] -= units * price + charge
    b[at.FEES] += charge
    b[at.TRADED] += absolute(units * price)
    return 0


def apply_entry(
    b: Floats,
    k: Ints,
    records: Floats,
    statement: int,
    quantity: float,
    price: float,
    charge: float,
    moment: int,
    order: float,
) -> int:
    """A fill that opens: the new last lot of a statement's side, without levels yet; returns its first slot.

    That of a hold adds to the lot it has, if there is one.
    """
    if k[statement_at(k, statement) + at.PART] != 0 and k[statement_at(k, statement) + at.LIVE] > 0:
        return merge(b, k, records, statement, quantity, price, charge)
    if k[at.LOT_COUNT] == 0:
        begin_position(b, k, moment)
    here = lot_at(k, k[at.LOT_COUNT])
    side = k[statement_at(k, statement) + at.SIDE]
    b[here + at.LOT_QUANTITY] = side * quantity
    b[here + at.LOT_PRICE] = price
    b[here + at.LOT_FEES] = charge
    b[here + at.LOT_HIGH] = max(price, b[at.MARKET])  # it stands at the market's price, whatever it slipped by
    b[here + at.LOT_LOW] = min(price, b[at.MARKET])
    b[here + at.LOT_ORDER] = order
    b[here + at.LOT_STATEMENT] = statement
    b[here + at.LOT_INDEX] = k[at.NOW]
    b[here + at.LOT_TIME] = k[at.NOW_TIME]
    b[here + at.LOT_MOMENT] = moment
    b[here + at.LOT_STRETCH] = k[at.STRETCH]
    b[here + at.LOT_BY_PATH] = k[at.BY_PATH]
    k[at.AMBIGUOUS] += k[at.BY_PATH]
    b[here + at.LOT_START] = k[at.HELD] - (1 if moment == rows.AT_CLOSE else 0)
    k[at.LOT_COUNT] += 1
    k[statement_at(k, statement) + at.LIVE] += 1
    if k[statement_at(k, statement) + at.RUNG] != 0:
        k[statement_at(k, statement) + at.USED] = 1
    k[at.ENTRIES_TODAY] += 1
    if moment == rows.INSIDE:
        k[at.FRESH] += 1
        k[at.LATE] = 1
    pay(b, side * quantity * b[at.POINT_VALUE], price, charge)
    prepare(b, k)
    after_fill(b, k, records)
    return here


def merge(b: Floats, k: Ints, records: Floats, statement: int, quantity: float, price: float, charge: float) -> int:
    """More of what a hold has: one lot, at the average price, that has seen this price as well."""
    lot = 0
    while b[lot_at(k, lot) + at.LOT_STATEMENT] != statement:
        lot += 1
    here, more = lot_at(k, lot), k[statement_at(k, statement) + at.SIDE] * quantity
    all_ = b[here + at.LOT_QUANTITY] + more
    b[here + at.LOT_PRICE] = div(b[here + at.LOT_QUANTITY] * b[here + at.LOT_PRICE] + more * price, all_)
    b[here + at.LOT_QUANTITY] = all_
    b[here + at.LOT_FEES] += charge
    b[here + at.LOT_HIGH] = max(b[here + at.LOT_HIGH], price, b[at.MARKET])
    b[here + at.LOT_LOW] = min(b[here + at.LOT_LOW], price, b[at.MARKET])
    k[at.ENTRIES_TODAY] += 1
    pay(b, more * b[at.POINT_VALUE], price, charge)
    prepare(b, k)
    after_fill(b, k, records)
    return here


def after_fill(b: Floats, k: Ints, records: Floats) -> int:
    """The chain at the market's price, so that slippage is lost at once; and its record."""
    chain(b, k, b[at.MARKET], 0)
    b[at.EQUITY] += b[at.OTHERS_VALUE]
    return record(b, k, records, rows.AFTER_FILL)


def apply_exit(
    b: Floats,
    k: Ints,
    trades: Floats,
    records: Floats,
    lot: int,
    quantity: float,
    price: float,
    charge: float,
    moment: int,
    reason: int,
    order: float,
    ambiguous: int,
) -> int:
    """A fill that closes a quantity of one lot; of the oldest lots first, which share its fee, where `lot` is -1."""
    moves(k, side_held(b))
    first = 0 if lot < 0 else lot
    stop = k[at.LOT_COUNT] if lot < 0 else lot + 1
    open_ = absolute(b[at.QUANTITY]) if lot < 0 else absolute(b[lot_at(k, lot) + at.LOT_QUANTITY])
    whole = 1 if quantity >= open_ * (1.0 - at.DUST) else 0  # then no lot keeps what rounding leaves of it
    total = min(open_, quantity)
    left, fees_left = total, charge
    for n in range(first, stop):
        held = absolute(b[lot_at(k, n) + at.LOT_QUANTITY])
        part = held if whole != 0 or left >= held - total * at.DUST else left
        if whole != 0 or left > total * at.DUST:
            share = fees_left
            if part < left * (1.0 - at.DUST):
                share = charge * div(part, total)
            close_part(b, k, trades, n, part, price, share, moment, reason, order, ambiguous)
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
    best = excursion(b, k, here, price, moment, 1 if side > 0.0 else -1)
    worst = excursion(b, k, here, price, moment, -1 if side > 0.0 else 1)
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
    trades[row + rows.TRADE_AMBIGUOUS] = 1.0 if ambiguous != 0 else b[here + at.LOT_BY_PATH]
    trades[row + rows.TRADE_STOP] = b[here + at.LOT_FIRST_STOP]
    trades[row + rows.TRADE_TARGET] = b[target_of(k, here) + at.LIMIT_PRICE]
    trades[row + rows.TRADE_ENTRY_STATEMENT] = told(k, int(b[here + at.LOT_STATEMENT]))
    trades[row + rows.TRADE_ENTRY_ORDER] = b[here + at.LOT_ORDER]
    trades[row + rows.TRADE_EXIT_ORDER] = order
    trades[row + rows.TRADE_LEVEL] = k[at.LEAVES_BY]
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
        b[at.LOST_RETURNS] -= ratio
        return 0
    k[at.LOSS_STREAK] = 0
    if profit > 0.0:
        k[at.WINS] += 1
        b[at.WON] += profit
        b[at.WON_RETURNS] += ratio
    return 0

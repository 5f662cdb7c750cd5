"""Lots: every fill that opens is one, closed first in, first out, each part with its own trade row.

Lots of one position stand in the order of their fills. Extremes are folded lazily: `mark` keeps those
of the bars since the last cold call, `fold` hands them to the lots.
"""

from __future__ import annotations

from ...stdlib.arith import absolute, div
from .buffers import Floats, Ints
from .chain import chain
from .layout import (
    BRACKET,
    CASH,
    COST,
    DUST,
    ENTRIES_TODAY,
    ENTRY_BAR,
    ENTRY_FEES,
    EVERYTHING,
    FAR,
    FEES,
    FULL,
    HELD,
    LAST_REASON,
    LAST_RETURN,
    LAST_TRADE_BAR,
    LIVE,
    LOSS_STREAK,
    LOSSES,
    LOSSES_TODAY,
    LOST,
    LOT_ACTIVE,
    LOT_CLOSING,
    LOT_COUNT,
    LOT_FEES,
    LOT_FIRST_STOP,
    LOT_HIGH,
    LOT_INDEX,
    LOT_LOW,
    LOT_MOMENT,
    LOT_ORDER,
    LOT_PRICE,
    LOT_QUANTITY,
    LOT_START,
    LOT_STATEMENT,
    LOT_TARGET,
    LOT_TIME,
    LOT_WIDTH,
    LOTS,
    MARKED,
    MARKET,
    NEXT_DECISION,
    NOW,
    NOW_TIME,
    ONCE,
    POINT_VALUE,
    POSITION_START,
    QUANTITY,
    REALISED,
    RUN_HIGH,
    RUN_LOW,
    SEEN_HIGH,
    SEEN_LOW,
    STATEMENT_COUNT,
    STATEMENT_WIDTH,
    STATEMENTS,
    TRADE_LIMIT,
    TRADE_ROWS,
    TRADES,
    TRADES_TODAY,
    UNITS,
    USED,
    WINS,
    WON,
)
from .prices import farther, fee
from .records import record
from .rows import (
    AFTER_FILL,
    AT_CLOSE,
    TRADE_AMBIGUOUS,
    TRADE_BARS,
    TRADE_ENTRY_INDEX,
    TRADE_ENTRY_MOMENT,
    TRADE_ENTRY_ORDER,
    TRADE_ENTRY_PRICE,
    TRADE_ENTRY_STATEMENT,
    TRADE_ENTRY_TIME,
    TRADE_EXIT_INDEX,
    TRADE_EXIT_MOMENT,
    TRADE_EXIT_ORDER,
    TRADE_EXIT_PRICE,
    TRADE_EXIT_TIME,
    TRADE_FEES,
    TRADE_MAE,
    TRADE_MFE,
    TRADE_PNL,
    TRADE_QUANTITY,
    TRADE_REASON,
    TRADE_RETURN,
    TRADE_SIDE,
    TRADE_STOP,
    TRADE_TARGET,
    TRADE_WIDTH,
)


def lot_at(k: Ints, lot: int) -> int:
    """The first slot of a lot."""
    return k[LOTS] + lot * LOT_WIDTH


def statement_at(k: Ints, statement: int) -> int:
    """The first slot of a statement's entry in k."""
    return k[STATEMENTS] + statement * STATEMENT_WIDTH


def fold(b: Floats, k: Ints) -> int:
    """Give the extremes of the bars marked since the last time to the open lots."""
    for lot in range(k[LOT_COUNT]):
        stretch(b, lot_at(k, lot), b[RUN_HIGH], b[RUN_LOW])
    b[RUN_HIGH] = -FAR
    b[RUN_LOW] = FAR
    return 0


def stretch(b: Floats, at: int, high: float, low: float) -> int:
    """Widen the extremes of one lot."""
    b[at + LOT_HIGH] = max(b[at + LOT_HIGH], high)
    b[at + LOT_LOW] = min(b[at + LOT_LOW], low)
    return 0


def prepare(b: Floats, k: Ints) -> int:
    """Quantity, cost and entry fees of the position, summed anew from its lots, so that nothing drifts."""
    quantity, cost, fees = 0.0, 0.0, 0.0
    for lot in range(k[LOT_COUNT]):
        at = lot_at(k, lot)
        quantity += b[at + LOT_QUANTITY]
        cost += b[at + LOT_QUANTITY] * b[POINT_VALUE] * b[at + LOT_PRICE]
        fees += b[at + LOT_FEES]
    b[QUANTITY] = quantity
    b[UNITS] = quantity * b[POINT_VALUE]
    b[COST] = cost
    b[ENTRY_FEES] = fees
    k[MARKED] = 0
    return 0


def pay(b: Floats, units: float, price: float, charge: float) -> int:
    """Cash of a fill: units bought (or, negative, sold) and its fee."""
    b[CASH] -= units * price + charge
    b[FEES] += charge
    return 0


def begin_position(b: Floats, k: Ints, moment: int) -> int:
    """From flat: the bars of the position count from here, what acts once a position may act again."""
    k[POSITION_START] = k[HELD]
    if moment == AT_CLOSE:  # this bar was marked before the fill, and is the entry bar
        k[POSITION_START] = k[HELD] - 1
    for statement in range(k[STATEMENT_COUNT]):
        at = statement_at(k, statement)
        if k[at + ONCE] != 0:
            k[at + USED] = 0
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
    if k[LOT_COUNT] == 0:
        begin_position(b, k, moment)
    at = lot_at(k, k[LOT_COUNT])
    charge = fee(b, quantity, price)
    b[at + LOT_QUANTITY] = side * quantity
    b[at + LOT_PRICE] = price
    b[at + LOT_FEES] = charge
    b[at + LOT_HIGH] = price
    b[at + LOT_LOW] = price
    b[at + LOT_ORDER] = order
    b[at + LOT_STATEMENT] = statement
    b[at + LOT_INDEX] = k[NOW]
    b[at + LOT_TIME] = k[NOW_TIME]
    b[at + LOT_MOMENT] = moment
    b[at + LOT_START] = k[HELD] - (1 if moment == AT_CLOSE else 0)
    b[at + LOT_ACTIVE] = first_active(k, moment)
    b[at + LOT_CLOSING] = 0.0
    k[LOT_COUNT] += 1
    k[statement_at(k, statement) + LIVE] += 1
    k[ENTRIES_TODAY] += 1
    pay(b, side * quantity * b[POINT_VALUE], price, charge)
    prepare(b, k)
    after_fill(b, k, records)
    return at


def first_active(k: Ints, moment: int) -> int:
    """Index of the first bar on which the bracket of a lot filled now works."""
    index = k[NOW]
    if k[BRACKET] == ENTRY_BAR:
        return index
    if k[BRACKET] == NEXT_DECISION and moment == AT_CLOSE:
        return index + 2
    return index + 1


def after_fill(b: Floats, k: Ints, records: Floats) -> int:
    """The chain at the market's price, so that slippage is lost at once; and its record."""
    chain(b, k, b[MARKET], 0)
    return record(b, k, records, AFTER_FILL)


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
    at = lot_at(k, lot)
    quantity = absolute(b[at + LOT_QUANTITY])
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
    total = absolute(b[QUANTITY])
    if quantity >= EVERYTHING:
        quantity = total
    whole = 1 if quantity >= total * (1.0 - DUST) else 0  # then no lot keeps what rounding leaves of it
    total = min(total, quantity)
    charge = fee(b, total, price)
    left, fees_left = total, charge
    for lot in range(k[LOT_COUNT]):
        held = absolute(b[lot_at(k, lot) + LOT_QUANTITY])
        part = held if whole != 0 or left >= held - total * DUST else left
        if whole != 0 or left > total * DUST:
            share = fees_left
            if part < left * (1.0 - DUST):
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
    at = lot_at(k, lot)
    held = absolute(b[at + LOT_QUANTITY])
    share = b[at + LOT_FEES] * div(part, held)
    row = trade_row(b, k, trades, at, part, price, share + charge, moment, reason, order, ambiguous)
    remember(b, k, trades[row + TRADE_PNL], trades[row + TRADE_RETURN], reason)
    units = part * b[POINT_VALUE] if b[at + LOT_QUANTITY] > 0.0 else -part * b[POINT_VALUE]
    pay(b, -units, price, charge)
    b[REALISED] += units * (price - b[at + LOT_PRICE])
    b[at + LOT_FEES] -= share
    b[at + LOT_QUANTITY] = b[at + LOT_QUANTITY] * div(held - part, held)
    return 0


def excursion(b: Floats, at: int, price: float, moment: int, direction: int) -> float:
    """The highest (1) or lowest (-1) price of a lot's life, its last bar up to its exit included."""
    seen = b[at + LOT_HIGH] if direction > 0 else b[at + LOT_LOW]
    path = b[SEEN_HIGH] if direction > 0 else b[SEEN_LOW]
    if moment != AT_CLOSE:
        seen = farther(seen, path, direction)
    return farther(seen, price, direction)


def gain(units: float, entry: float, price: float) -> float:
    """What units have made from one price to another; nothing is 0 for a short, too, not -0."""
    return units * (price - entry) + 0.0


def trade_row(
    b: Floats,
    k: Ints,
    trades: Floats,
    at: int,
    quantity: float,
    price: float,
    fees: float,
    moment: int,
    reason: int,
    order: float,
    ambiguous: int,
) -> int:
    """Write the row of a quantity of a lot that leaves at a price; returns its first slot."""
    side = 1.0 if b[at + LOT_QUANTITY] > 0.0 else -1.0
    entry = b[at + LOT_PRICE]
    units = side * quantity * b[POINT_VALUE]
    profit = gain(units, entry, price) - fees
    best = excursion(b, at, price, moment, 1 if side > 0.0 else -1)
    worst = excursion(b, at, price, moment, -1 if side > 0.0 else 1)
    row = k[TRADE_ROWS] * TRADE_WIDTH
    trades[row + TRADE_SIDE] = side
    trades[row + TRADE_QUANTITY] = quantity
    trades[row + TRADE_ENTRY_INDEX] = b[at + LOT_INDEX]
    trades[row + TRADE_ENTRY_TIME] = b[at + LOT_TIME]
    trades[row + TRADE_ENTRY_MOMENT] = b[at + LOT_MOMENT]
    trades[row + TRADE_ENTRY_PRICE] = entry
    trades[row + TRADE_EXIT_INDEX] = k[NOW]
    trades[row + TRADE_EXIT_TIME] = k[NOW_TIME]
    trades[row + TRADE_EXIT_MOMENT] = moment
    trades[row + TRADE_EXIT_PRICE] = price
    trades[row + TRADE_FEES] = fees
    trades[row + TRADE_PNL] = profit
    trades[row + TRADE_RETURN] = div(profit, absolute(units * entry))
    trades[row + TRADE_BARS] = k[NOW] - b[at + LOT_INDEX]
    trades[row + TRADE_MAE] = gain(units, entry, worst)
    trades[row + TRADE_MFE] = gain(units, entry, best)
    trades[row + TRADE_REASON] = reason
    trades[row + TRADE_AMBIGUOUS] = ambiguous
    trades[row + TRADE_STOP] = b[at + LOT_FIRST_STOP]
    trades[row + TRADE_TARGET] = b[at + LOT_TARGET]
    trades[row + TRADE_ENTRY_STATEMENT] = b[at + LOT_STATEMENT]
    trades[row + TRADE_ENTRY_ORDER] = b[at + LOT_ORDER]
    trades[row + TRADE_EXIT_ORDER] = order
    k[TRADE_ROWS] += 1
    if k[TRADE_ROWS] >= k[TRADE_LIMIT]:
        k[FULL] = 1
    return row


def remember(b: Floats, k: Ints, profit: float, ratio: float, reason: int) -> int:
    """Closed trades as the program may ask for them; a trade of exactly nothing is neither won nor lost."""
    k[TRADES] += 1
    k[TRADES_TODAY] += 1
    k[LAST_REASON] = reason
    k[LAST_TRADE_BAR] = k[NOW]
    b[LAST_RETURN] = ratio
    if profit < 0.0:
        k[LOSSES] += 1
        k[LOSSES_TODAY] += 1
        k[LOSS_STREAK] += 1
        b[LOST] -= profit
        return 0
    k[LOSS_STREAK] = 0
    if profit > 0.0:
        k[WINS] += 1
        b[WON] += profit
    return 0


def remove_empty(b: Floats, k: Ints) -> int:
    """Close the gaps that closed lots leave, then prepare."""
    kept = 0
    for lot in range(k[LOT_COUNT]):
        at, to = lot_at(k, lot), lot_at(k, kept)
        if b[at + LOT_QUANTITY] == 0.0:
            k[statement_at(k, int(b[at + LOT_STATEMENT])) + LIVE] -= 1
        else:
            if to != at:
                for slot in range(LOT_WIDTH):
                    b[to + slot] = b[at + slot]
            kept += 1
    k[LOT_COUNT] = kept
    return prepare(b, k)

"""What a program may ask of its books: one `read_…` per field of semantics 19, each of (b, k).

They read the books as the last fill or mark left them; ratios and averages are made here, when asked for.
Booleans come as 0 or 1; what does not exist (the entry price when flat) is missing.
"""

from __future__ import annotations

from ...stdlib.arith import absolute, div
from .bracket import working_stop
from .buffers import Floats, Ints
from .layout import (
    BARS,
    CAPITAL,
    CASH,
    COST,
    DAY_EQUITY,
    ENTRY_FEES,
    EQUITY,
    FEES,
    HELD,
    HIGH_WATER,
    LAST_REASON,
    LAST_RETURN,
    LAST_TRADE_BAR,
    LOSS_STREAK,
    LOSSES,
    LOSSES_TODAY,
    LOST,
    LOT_COUNT,
    LOT_FIRST_STOP,
    LOT_HIGH,
    LOT_LOW,
    LOT_PRICE,
    LOT_QUANTITY,
    LOT_WIDTH,
    LOTS,
    MISSING,
    POINT_VALUE,
    POSITION_START,
    QUANTITY,
    REALISED,
    RUN_HIGH,
    RUN_LOW,
    TRADES,
    TRADES_TODAY,
    UNITS,
    UNREALISED,
    VALUE,
    WINS,
    WON,
)
from .prices import farther


def read_equity(b: Floats, k: Ints) -> float:
    """Cash and the position at its last price."""
    return b[EQUITY]


def read_cash(b: Floats, k: Ints) -> float:
    return b[CASH]


def read_drawdown(b: Floats, k: Ints) -> float:
    """The ratio below the high-water mark, at least 0."""
    ratio = div(b[HIGH_WATER] - b[EQUITY], b[HIGH_WATER])
    return max(ratio, 0.0)


def read_day_loss(b: Floats, k: Ints) -> float:
    """The ratio lost since the day's start; negative is a gain."""
    return div(b[DAY_EQUITY] - b[EQUITY], b[DAY_EQUITY])


def read_leverage(b: Floats, k: Ints) -> float:
    """Gross value as a multiple of equity."""
    return div(absolute(b[VALUE]), b[EQUITY])


def read_position_size(b: Floats, k: Ints) -> float:
    """Signed quantity."""
    return b[QUANTITY]


def read_position_entry_price(b: Floats, k: Ints) -> float:
    """The average of the open lots."""
    return div(b[COST], b[UNITS])


def read_position_pnl(b: Floats, k: Ints) -> float:
    """Unrealised money, entry fees included."""
    return b[UNREALISED] - b[ENTRY_FEES]


def read_position_bars(b: Floats, k: Ints) -> float:
    """Closed bars since the position began, the entry bar being 1."""
    if k[LOT_COUNT] == 0:
        return 0.0
    return float(k[HELD] - k[POSITION_START])


def read_position_flat(b: Floats, k: Ints) -> int:
    return 1 if k[LOT_COUNT] == 0 else 0


def read_position_long(b: Floats, k: Ints) -> int:
    return 1 if b[QUANTITY] > 0.0 else 0


def read_position_short(b: Floats, k: Ints) -> int:
    return 1 if b[QUANTITY] < 0.0 else 0


def read_position_stop(b: Floats, k: Ints) -> float:
    """The working stop (or trail) that price would reach first; missing without one."""
    nearest = MISSING
    for lot in range(k[LOT_COUNT]):
        at = k[LOTS] + lot * LOT_WIDTH
        level = working_stop(b, at)
        closer = level > nearest if b[QUANTITY] > 0.0 else level < nearest
        if closer or nearest != nearest:
            nearest = level
    return nearest


def read_position_risk(b: Floats, k: Ints) -> float:
    """Money between the fills of the open lots and their first stops; missing if one has none, 0 when flat."""
    total = 0.0
    for lot in range(k[LOT_COUNT]):
        at = k[LOTS] + lot * LOT_WIDTH
        total += b[at + LOT_QUANTITY] * b[POINT_VALUE] * (b[at + LOT_PRICE] - b[at + LOT_FIRST_STOP])
    return total


def read_position_high(b: Floats, k: Ints) -> float:
    """The highest price since the position's first open lot was filled."""
    if k[LOT_COUNT] == 0:
        return MISSING
    return farther(b[k[LOTS] + LOT_HIGH], b[RUN_HIGH], 1)


def read_position_low(b: Floats, k: Ints) -> float:
    """The lowest price since the position's first open lot was filled."""
    if k[LOT_COUNT] == 0:
        return MISSING
    return farther(b[k[LOTS] + LOT_LOW], b[RUN_LOW], -1)


def read_position_last_price(b: Floats, k: Ints) -> float:
    """The fill of the newest open lot."""
    if k[LOT_COUNT] == 0:
        return MISSING
    return b[k[LOTS] + (k[LOT_COUNT] - 1) * LOT_WIDTH + LOT_PRICE]


def read_position_lots(b: Floats, k: Ints) -> float:
    return float(k[LOT_COUNT])


def read_position_weight(b: Floats, k: Ints) -> float:
    """Signed value of the position as a share of equity."""
    return div(b[VALUE], b[EQUITY])


def read_pnl_day(b: Floats, k: Ints) -> float:
    """Money since the day's start."""
    return b[EQUITY] - b[DAY_EQUITY]


def read_pnl_realised(b: Floats, k: Ints) -> float:
    """Of closed lots, before fees."""
    return b[REALISED]


def read_pnl_unrealised(b: Floats, k: Ints) -> float:
    """Of open lots, before fees."""
    return b[UNREALISED]


def read_pnl_fees(b: Floats, k: Ints) -> float:
    return b[FEES]


def read_pnl_total(b: Floats, k: Ints) -> float:
    """Equity less the starting capital."""
    return b[EQUITY] - b[CAPITAL]


def read_trades_count(b: Floats, k: Ints) -> float:
    return float(k[TRADES])


def read_trades_today(b: Floats, k: Ints) -> float:
    return float(k[TRADES_TODAY])


def read_trades_losses_today(b: Floats, k: Ints) -> float:
    return float(k[LOSSES_TODAY])


def read_trades_loss_streak(b: Floats, k: Ints) -> float:
    return float(k[LOSS_STREAK])


def read_trades_win_rate(b: Floats, k: Ints) -> float:
    return div(float(k[WINS]), float(k[TRADES]))


def read_trades_mean_win(b: Floats, k: Ints) -> float:
    """Mean money of the trades that won."""
    return div(b[WON], float(k[WINS]))


def read_trades_mean_loss(b: Floats, k: Ints) -> float:
    """Mean money of the trades that lost, as a positive number."""
    return div(b[LOST], float(k[LOSSES]))


def read_trades_last_return(b: Floats, k: Ints) -> float:
    return b[LAST_RETURN]


def read_trades_last_reason(b: Floats, k: Ints) -> float:
    """The place in EXIT_REASONS; 0 before the first trade."""
    return float(k[LAST_REASON])


def read_trades_bars_since(b: Floats, k: Ints) -> float:
    """Bars since the last trade closed: 0 on its own bar."""
    if k[TRADES] == 0:
        return MISSING
    return float(k[BARS] - 1 - k[LAST_TRADE_BAR])

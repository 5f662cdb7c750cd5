"""What a program may ask of its books: one `read_…` per field of semantics 19, each of (b, k).

They read the books as the last fill or mark left them; ratios and averages are made here, when asked for.
Booleans come as 0 or 1; what does not exist (the entry price when flat) is missing.
"""

from __future__ import annotations

from ...stdlib.arith import absolute, div
from . import layout as at
from .buffers import Floats, Ints
from .levels import tighter, working_stop
from .lots import extreme_of
from .margin import call_level
from .open_risk import open_risk
from .places import lot_at, own_at, state_of


def read_equity(b: Floats, k: Ints) -> float:
    """Cash and the position at its last price."""
    return b[at.EQUITY]


def read_cash(b: Floats, k: Ints) -> float:
    return b[at.CASH]


def read_drawdown(b: Floats, k: Ints) -> float:
    """The ratio below the high-water mark, at least 0."""
    ratio = div(b[at.HIGH_WATER] - b[at.EQUITY], b[at.HIGH_WATER])
    return max(ratio, 0.0)


def read_day_loss(b: Floats, k: Ints) -> float:
    """The ratio lost since the day's start; negative is a gain."""
    return div(b[at.DAY_EQUITY] - b[at.EQUITY], b[at.DAY_EQUITY])


def read_position_size(b: Floats, k: Ints) -> float:
    """Signed quantity."""
    return b[at.QUANTITY]


def read_position_entry_price(b: Floats, k: Ints) -> float:
    """The average of the open lots."""
    return div(b[at.COST], b[at.UNITS])


def read_position_pnl(b: Floats, k: Ints) -> float:
    """Unrealised money, entry fees included."""
    return b[at.UNREALISED] - b[at.ENTRY_FEES]


def read_position_bars(b: Floats, k: Ints) -> float:
    """Closed bars since the position began, the entry bar being 1."""
    if k[at.LOT_COUNT] == 0:
        return 0.0
    return float(k[at.HELD] - k[at.POSITION_START])


def read_position_flat(b: Floats, k: Ints) -> int:
    return 1 if k[at.LOT_COUNT] == 0 else 0


def read_position_long(b: Floats, k: Ints) -> int:
    return 1 if b[at.QUANTITY] > 0.0 else 0


def read_position_short(b: Floats, k: Ints) -> int:
    return 1 if b[at.QUANTITY] < 0.0 else 0


def read_position_stop(b: Floats, k: Ints) -> float:
    """The working stop (or trail) that price would reach first; missing without one."""
    nearest = at.MISSING
    for lot in range(k[at.LOT_COUNT]):
        here = lot_at(k, lot)
        best = extreme_of(b, k, here, 1 if b[at.QUANTITY] > 0.0 else -1)
        nearest = tighter(nearest, working_stop(b, k, here, best), b[at.QUANTITY])
    return nearest


def read_position_risk(b: Floats, k: Ints) -> float:
    """Money between the fills of the open lots and their first stops; missing if one has none, 0 when flat."""
    total = 0.0
    for lot in range(k[at.LOT_COUNT]):
        here = lot_at(k, lot)
        total += b[here + at.LOT_QUANTITY] * b[at.POINT_VALUE] * (b[here + at.LOT_PRICE] - b[here + at.LOT_FIRST_STOP])
    return total


def read_position_open_risk(b: Floats, k: Ints) -> float:
    """Money from the last price to the working stops of the open lots; one without a stop counts with all its value."""
    return open_risk(b, k)


def read_position_high(b: Floats, k: Ints) -> float:
    """The highest price since the position's first open lot was filled."""
    if k[at.LOT_COUNT] == 0:
        return at.MISSING
    return extreme_of(b, k, lot_at(k, 0), 1)


def read_position_low(b: Floats, k: Ints) -> float:
    """The lowest price since the position's first open lot was filled."""
    if k[at.LOT_COUNT] == 0:
        return at.MISSING
    return extreme_of(b, k, lot_at(k, 0), -1)


def read_position_last_price(b: Floats, k: Ints) -> float:
    """The fill of the newest open lot."""
    if k[at.LOT_COUNT] == 0:
        return at.MISSING
    return b[lot_at(k, k[at.LOT_COUNT] - 1) + at.LOT_PRICE]


def read_position_lots(b: Floats, k: Ints) -> float:
    return float(k[at.LOT_COUNT])


def read_position_weight(b: Floats, k: Ints) -> float:
    """Signed value of the position as a share of equity."""
    return div(b[at.VALUE], b[at.EQUITY])


def gross(b: Floats) -> float:
    """The size of every position of the account, in money."""
    return absolute(b[at.VALUE]) + b[at.OTHERS_GROSS]


def net(b: Floats) -> float:
    """Long less short, in money."""
    return b[at.VALUE] + b[at.OTHERS_VALUE]


def of_equity(b: Floats, money: float) -> float:
    """A share of equity; missing where nothing is left, since a share of debts would have the wrong sign."""
    return div(money, b[at.EQUITY]) if b[at.EQUITY] > 0.0 else at.MISSING


def read_exposure_gross(b: Floats, k: Ints) -> float:
    return of_equity(b, gross(b))


def read_exposure_net(b: Floats, k: Ints) -> float:
    return of_equity(b, net(b))


def read_exposure_long(b: Floats, k: Ints) -> float:
    """Half of gross and net together is what is long: exactly 0 where all is short."""
    return of_equity(b, 0.5 * (gross(b) + net(b)))


def read_exposure_short(b: Floats, k: Ints) -> float:
    return of_equity(b, 0.5 * (gross(b) - net(b)))


def read_pnl_day(b: Floats, k: Ints) -> float:
    """Money made since the day's start."""
    return b[at.EQUITY] - b[at.DAY_EQUITY] + b[at.DAY_MOVED]


def read_pnl_realised(b: Floats, k: Ints) -> float:
    """Of closed lots, before fees."""
    return b[at.REALISED]


def read_pnl_unrealised(b: Floats, k: Ints) -> float:
    """Of open lots, before fees."""
    return b[at.UNREALISED]


def read_pnl_fees(b: Floats, k: Ints) -> float:
    return b[at.FEES]


def read_pnl_carry(b: Floats, k: Ints) -> float:
    """Interest, borrow and funding so far; below 0 where they cost."""
    return b[at.CARRY] + b[at.EARNED]


def read_pnl_total(b: Floats, k: Ints) -> float:
    """Equity less the starting capital and what was paid in, plus what was taken out."""
    return b[at.EQUITY] - b[at.CAPITAL] - (b[at.PAID_IN] - b[at.TAKEN_OUT])


def read_deposited(b: Floats, k: Ints) -> float:
    """Money paid in so far, the capital apart."""
    return b[at.PAID_IN]


def read_withdrawn(b: Floats, k: Ints) -> float:
    """Money taken out so far."""
    return b[at.TAKEN_OUT]


def read_margin_used(b: Floats, k: Ints) -> float:
    """What the positions of the account tie up."""
    return b[at.MARGIN] * gross(b)


def read_margin_free(b: Floats, k: Ints) -> float:
    """Equity less what the positions tie up."""
    return b[at.EQUITY] - read_margin_used(b, k)


def read_margin_use(b: Floats, k: Ints) -> float:
    """What the positions tie up as a share of equity."""
    return of_equity(b, read_margin_used(b, k))


def read_margin_distance(b: Floats, k: Ints) -> float:
    """How far the price may go until liquidation, as a share of it; missing where it is never liquidated."""
    return div(absolute(call_level(b) - b[at.PRICE]), absolute(b[at.PRICE]))


def read_trades_count(b: Floats, k: Ints) -> float:
    return float(k[at.TRADES])


def read_trades_today(b: Floats, k: Ints) -> float:
    return float(k[at.TRADES_TODAY])


def read_trades_opened_today(b: Floats, k: Ints) -> float:
    """Entries that were filled today."""
    return float(k[at.ENTRIES_TODAY])


def read_trades_losses_today(b: Floats, k: Ints) -> float:
    return float(k[at.LOSSES_TODAY])


def read_trades_loss_streak(b: Floats, k: Ints) -> float:
    return float(k[at.LOSS_STREAK])


def read_trades_win_rate(b: Floats, k: Ints) -> float:
    return div(float(k[at.WINS]), float(k[at.TRADES]))


def read_trades_mean_win(b: Floats, k: Ints) -> float:
    """Mean money of the trades that won."""
    return div(b[at.WON], float(k[at.WINS]))


def read_trades_mean_loss(b: Floats, k: Ints) -> float:
    """Mean money of the trades that lost, as a positive number."""
    return div(b[at.LOST], float(k[at.LOSSES]))


def read_trades_mean_win_return(b: Floats, k: Ints) -> float:
    """Mean return of the trades that won."""
    return div(b[at.WON_RETURNS], float(k[at.WINS]))


def read_trades_mean_loss_return(b: Floats, k: Ints) -> float:
    """Mean return of the trades that lost, as a positive number."""
    return div(b[at.LOST_RETURNS], float(k[at.LOSSES]))


def read_trades_last_return(b: Floats, k: Ints) -> float:
    return b[at.LAST_RETURN]


def read_trades_last_reason(b: Floats, k: Ints) -> float:
    """The place in EXIT_REASONS; 0 before the first trade."""
    return float(k[at.LAST_REASON])


def read_orders_pending(b: Floats, k: Ints) -> float:
    """Orders of statements that wait for their fill or rest."""
    count = 0
    for nth in range(k[at.OWN_COUNT]):
        statement = own_at(k, nth)
        if state_of(b, k, statement) != at.NO_ORDER:
            count += 1
    return float(count)


def read_trades_bars_since(b: Floats, k: Ints) -> float:
    """Bars since the last trade closed: 0 on its own bar."""
    if k[at.TRADES] == 0:
        return at.MISSING
    return float(k[at.BARS] - 1 - k[at.LAST_TRADE_BAR])

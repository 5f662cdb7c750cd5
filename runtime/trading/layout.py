"""Where everything stands in the two flat arrays of trading: `b` (float64) and `k` (int64).

The first part of each array is fixed and named here. What depends on the program (statements, lots,
orders that wait, guards) is placed after it, and the place is kept in `k`, so that the functions
are compiled once and never per program:

    b   fixed | inbox: statements x INBOX_WIDTH | waiting: (statements + 2) x WAITING_WIDTH
              | lots: capacity x LOT_WIDTH | guard thresholds
    k   fixed | statements x STATEMENT_WIDTH | guards x GUARD_WIDTH

Entry e of a table with the fields F is read as `b[k[TABLE] + e * WIDTH + F]`. The rows that leave
(trades, orders, records) and the codes inside them are in `rows.py`.
"""

from __future__ import annotations

from ...stdlib.arith import LIMIT

# --- b: money -------------------------------------------------------------------------------------
CASH = 0  # money not in the position; a purchase takes its whole price from it, a short sale adds it
QUANTITY = 1  # signed
UNITS = 2  # QUANTITY x point value: what a price move of 1 is worth
COST = 3  # UNITS x entry price, summed over the open lots
PRICE = 4  # what the position was last marked at: a fill's price or a close
VALUE = 5  # UNITS x PRICE
EQUITY = 6  # CASH + VALUE
UNREALISED = 7  # VALUE - COST, before fees
REALISED = 8  # of closed lots, before fees
FEES = 9  # all fees paid
ENTRY_FEES = 10  # those of the open lots
HIGH_WATER = 11  # highest equity of any mark
TROUGH = 12  # lowest equity of any mark since the high-water mark
MAX_DRAWDOWN = 13  # deepest ratio below a high-water mark
DAY_EQUITY = 14  # equity at the day's start
RUN_HIGH = 15  # extremes of the bars marked since the lots last took them over
RUN_LOW = 16
SEEN_HIGH = 17  # extremes of this bar's path so far, for the excursions of a lot that leaves inside it
SEEN_LOW = 18
MARKET = 44  # the market's price of the fill going on, before slippage: fills are marked at it
# --- b: watch levels that the hot functions compare with ------------------------------------------
WATCH_LOW = 19  # a bar whose low is at or below may fill something
WATCH_HIGH = 20
EQUITY_FLOOR = 21  # a mark at or below trips a guard
EQUITY_CEILING = 22
DRAWDOWN_KEEP = 23  # 1 - the limit of an armed drawdown guard: the floor moves with the high-water mark
EXPOSURE_LIMIT = 24  # smallest armed limit of gross value as a multiple of equity
EXPIRE_TIME = 25  # first instant (microseconds) at which a lot expires
# --- b: closed trades -----------------------------------------------------------------------------
WON = 26  # money of the winning trades
LOST = 27  # money of the losing trades, positive
LAST_RETURN = 28
# --- b: what an order being weighed would do ------------------------------------------------------
EXPECTED = 29  # signed quantity once everything accepted has filled
EXPECTED_COST = 30  # fees and slippage of it
ASKED = 31  # results of `size_up` and `admit`
GRANTED = 32
# --- b: assumptions -------------------------------------------------------------------------------
CAPITAL = 33
FEE_FRACTION = 34  # of the notional
FEE_ORDER = 35  # per fill
FEE_UNIT = 36  # per unit of quantity
SLIP_FRACTION = 37  # of the price
SLIP_DISTANCE = 38  # in price
POINT_VALUE = 39
TICK = 40  # 0: no grid
TICKS_PER_UNIT = 41  # 1 / TICK where that is a whole number, else 0
LOT = 42
LOTS_PER_UNIT = 43
B_FIXED = 48

# --- k: places and counts of the tables -----------------------------------------------------------
STATEMENTS = 0  # first slot in k
STATEMENT_COUNT = 1
INBOX = 2  # first slot in b
WAITING = 3
LOTS = 4
LOT_COUNT = 5
GUARDS = 6  # first slot in k
GUARD_COUNT = 7
THRESHOLDS = 8  # first slot in b
# --- k: policies ----------------------------------------------------------------------------------
PATH = 9
BRACKET = 10
SIZING = 11
GUARD_FILL = 12  # the program's fill policy: guard exits and expiries follow it
CLOSE_AT_END = 13
BAR_TIME = 14  # microseconds of a bar
# --- k: flags of the hot functions ----------------------------------------------------------------
PENDING = 15  # something waits for the next open
EVERY_BAR = 16  # a trail works: look at every bar
MARKED = 17  # flat, and marked since it became so
WATCHED = 18  # some guard has an action
COUNT_TRIP = 19  # an armed guard on counts is over
EXPIRE_HELD = 20  # value of HELD at which a lot expires
# --- k: counters ----------------------------------------------------------------------------------
BARS = 21  # marks so far
HELD = 22  # marks with a position
POSITION_START = 25  # HELD when the position began
NEXT_ORDER = 26
TRADES = 27  # closed
WINS = 28
LOSSES = 29
LOSS_STREAK = 30
TRADES_TODAY = 31  # closed today
LOSSES_TODAY = 32
ENTRIES_TODAY = 33  # lots opened today
LAST_REASON = 34
LAST_TRADE_BAR = 35  # index of the bar in which the last trade closed
DENIED = 36
REDUCED = 37
CONFLICTS = 38
AMBIGUOUS = 39
TRIPS = 40
HALTED = 41  # NOT_HALTED, UNTIL_DAY, FOR_EVER
GUARD_PENDING = 42  # the side that a guard's exit waits to close, 0 where none does
# --- k: the current event -------------------------------------------------------------------------
NOW = 43  # index of the bar
NOW_TIME = 44  # its open instant
WHY = 45  # reason of the last cut or denial
# --- k: output rows -------------------------------------------------------------------------------
TRADE_ROWS = 46
ORDER_ROWS = 47
RECORD_ROWS = 48
TRADE_LIMIT = 49  # at this many rows FULL is set: one more event might not fit
ORDER_LIMIT = 50
RECORD_LIMIT = 51
FULL = 52
KEEP_RECORDS = 53
K_FIXED = 56

# --- inbox of a statement (b) ---------------------------------------------------------------------
WANTED = 0
SIZE = 1
CAP = 2
STOP_BASE = 3  # a bracket stands at base + slope x the fill; SLOPE_BELOW is the slope of a fill below 0
STOP_SLOPE = 4
STOP_SLOPE_BELOW = 5
TARGET_BASE = 6
TARGET_SLOPE = 7
TARGET_SLOPE_BELOW = 8
TRAIL_BASE = 9
TRAIL_SLOPE = 10
TRAIL_SLOPE_BELOW = 11
EXPIRE = 12
TEXT = 13
TEXT_COUNT = 8
INBOX_WIDTH = TEXT + TEXT_COUNT

# --- an order that waits (b): a place per statement, then one for the guards, then one to write rows from -
WAIT_ORDER = 0  # its number
WAIT_INDEX = 1  # when it was decided
WAIT_TIME = 2
WAIT_ASKED = 3
WAIT_QUANTITY = 4
WAIT_REASON = 5  # why it was cut, 0 if it was not
WAIT_INBOX = 6  # a copy of the inbox
WAITING_WIDTH = WAIT_INBOX + INBOX_WIDTH
EVERYTHING = LIMIT  # a quantity that means: all that is left

# --- a lot (b) ------------------------------------------------------------------------------------
LOT_QUANTITY = 0  # signed
LOT_PRICE = 1
LOT_FEES = 2  # entry fees not yet charged to a trade
LOT_STOP = 3  # NaN: none
LOT_TARGET = 4
LOT_TRAIL_BASE = 5  # the trail stands at base + slope x best extreme
LOT_TRAIL_SLOPE = 6
LOT_TRAIL_SLOPE_BELOW = 7
LOT_HIGH = 8  # extremes since the fill
LOT_LOW = 9
LOT_ORDER = 10
LOT_STATEMENT = 11
LOT_INDEX = 12
LOT_TIME = 13
LOT_MOMENT = 14
LOT_START = 15  # value of HELD that makes its bars 0
LOT_ACTIVE = 16  # index of the first bar on which its bracket works
LOT_EXPIRE_HELD = 17
LOT_EXPIRE_TIME = 18
LOT_FIRST_STOP = 19  # where the loss was first limited: stop, else trail; NaN: nowhere
LOT_CLOSING = 20  # 1: it expired and waits for its fill
LOT_CLOSE_ORDER = 21
LOT_CLOSE_INDEX = 22
LOT_CLOSE_TIME = 23
LOT_WIDTH = 24

# --- a statement (k) ------------------------------------------------------------------------------
KIND = 0  # ENTER or EXIT
SIDE = 1  # 1 long, -1 short
SIZE_KIND = 2  # NO_SIZE, FRACTION …
HAS_CAP = 3
HAS_STOP = 4
HAS_TARGET = 5
HAS_TRAIL = 6
EXPIRE_KIND = 7
SCALE = 8
FILL = 9
ONCE = 10
USED = 11  # a `once` that has acted on this position
LIVE = 12  # lots of this statement
WAITS = 13  # its order waits for a fill
ACCEPTS = 14  # whether it could act now: CANNOT, COULD, or FULL_UP, whose wishes are counted
DROPPED = 15  # wishes to add a lot that found its `scale` full
STATEMENT_WIDTH = 16

# --- a guard (k); its threshold is in b -----------------------------------------------------------
GUARD_KIND = 0
GUARD_ACTION = 1
TRIPPED = 2  # acted; disarmed until its reset
GUARD_WIDTH = 3

# --- codes ----------------------------------------------------------------------------------------
ENTER, EXIT = 0, 1
LONG, SHORT = 1, -1
NO_SIZE, FRACTION, IN_UNITS, IN_CASH, RISK = 0, 1, 2, 3, 4
NO_EXPIRE, EXPIRE_BARS, EXPIRE_SECONDS = 0, 1, 2
NEXT_OPEN, THIS_CLOSE = 0, 1
WORST, BEST, PROXIMITY = 0, 1, 2
ENTRY_BAR, NEXT_BAR, NEXT_DECISION = 0, 1, 2
AT_DECISION, AT_FILL = 0, 1
CANNOT, COULD, FULL_UP = 0, 1, 2
NOT_HALTED, UNTIL_DAY, FOR_EVER = 0, 1, 2
DENY, HALT, FLATTEN, REDUCE = 0, 1, 2, 3
# ORDER GUARDS: guards.py tests for ranges of these; specs.GUARDS and rows.REASONS begin in the same order.
DRAWDOWN, LOSS, DAILY_LOSS, DAY_GAIN, DAY_TRADES, DAY_LOSSES, EXPOSURE, LEVERAGE, POSITION, POSITIONS = range(10)

NEVER = 1 << 62  # a count that is not reached
FAR = LIMIT  # a level or an amount that is not reached
SLACK = 1e-9  # relative room given to rounding where a limit is compared
DUST = 1e-12  # a quantity this small beside the whole is rounding
MISSING = float("nan")

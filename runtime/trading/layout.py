"""Where everything stands in the two flat arrays of trading: `b` (float64) and `k` (int64).

The first part of each array is fixed and named here. What depends on the program (statements, lots,
orders that wait, guards) is placed after it, and the place is kept in `k`, so that the functions
are compiled once and never per program:

    b   fixed | inbox: statements x INBOX_WIDTH | kept: the same, of orders that wait or rest
              | orders: (statements + 2) x ORDER_WIDTH | lots: capacity x LOT_STRIDE
              | scopes, where a guard has one: (1 + count) x SCOPE_WIDTH | guard thresholds
              | how near the market came, where that is asked: statements x NEAR_WIDTH
              | finer bars, where a run was given some: count x FINER_WIDTH
    k   fixed | statements x STATEMENT_WIDTH | guards x GUARD_WIDTH | scopes | own statements | lot list: capacity

Entry e of a table with the fields F is read as `b[k[TABLE] + e * WIDTH + F]`. Every order is a row of one shape,
whoever owns it: a statement, the guards, or a lot, whose rows (its stop, trail, target …) follow it in its place.
A lot keeps its place as long as it lives; the lot list names the places of the open ones, oldest first.
The rows that leave (trades, orders, records) and the codes inside them are in `rows.py`.
"""

from __future__ import annotations

from ...stdlib.arith import LIMIT as BEYOND

# --- b: the account --------------------------------------------------------------------------------
# Its slots stand first, in b and in k: of several books each has them while it acts (`account.py`).
CASH = 0  # money not in positions; a purchase takes its whole price from it, a short sale adds it
EQUITY = 1  # CASH + the value of every position
HIGH_WATER = 2  # highest equity of any mark
TROUGH = 3  # lowest equity of any mark since the high-water mark
MAX_DRAWDOWN = 4  # deepest ratio below a high-water mark
DAY_EQUITY = 5  # equity at the day's start
BASIS = 6  # what weights are shares of: equity less what accepted orders will cost
EARNED = 7  # interest on cash so far; below 0 where it cost
ACCOUNT_FLOATS = EARNED + 1
# --- b: money -------------------------------------------------------------------------------------
QUANTITY = 8  # signed
UNITS = 9  # QUANTITY x point value: what a price move of 1 is worth
COST = 10  # UNITS x entry price, summed over the open lots
PRICE = 11  # what the position was last marked at: a fill's price or a close
VALUE = 12  # UNITS x PRICE
UNREALISED = 13  # VALUE - COST, before fees
REALISED = 14  # of closed lots, before fees
FEES = 15  # all fees paid
CARRY = 16  # borrow and funding so far; below 0 where they cost
ENTRY_FEES = 17  # those of the open lots
RUN_HIGH = 18  # extremes of the bars marked since the lots last took them over
RUN_LOW = 19
SEEN_HIGH = 20  # extremes of this bar's path so far, for the excursions of a lot that leaves inside it
SEEN_LOW = 21
MARKET = 22  # the market's price of the fill going on, before slippage: fills are marked at it
# --- b: the other books of the account; of the account itself, all books; 0 in a run of one symbol ---
OTHERS_VALUE = 23  # VALUE
OTHERS_GROSS = 24  # its size
OTHERS_CLAIM = 25  # CLAIM
OTHERS_COST = 26  # CLAIM_COST
LARGEST = 27  # of the account: the largest size of a VALUE
SALES_COST = 28  # of the account: what reductions and reversals of holds will cost if weights are shares of BASIS
SALES_RISE = 29  # and by how much more for each unit of money that it is lower
CLAIM = 30  # gross value of what this book will hold once what waits has filled, and the larger side of what rests
CLAIM_COST = 31  # fees and slippage of what waits
PREFERENCE = 32  # of entries that compete the book with the larger one goes first; missing: last
# --- b: watch levels that the hot functions compare with ------------------------------------------
WATCH_LOW = 33  # a bar whose low is at or below may fill something
WATCH_HIGH = 34
REMAINING = 35  # of what is held, what no accepted exit takes
LEAVING = 36  # what exits that wait take of it, from the oldest lots on
EQUITY_FLOOR = 37  # a mark at or below trips a guard
EQUITY_CEILING = 38
DRAWDOWN_KEEP = 39  # 1 - the limit of an armed drawdown guard: the floor moves with the high-water mark
EXPOSURE_LIMIT = 40  # smallest armed limit of gross value as a multiple of equity
EXPIRE_TIME = 41  # first open instant (microseconds) of a bar at whose close a lot or an order has had its time
# --- b: closed trades -----------------------------------------------------------------------------
WON = 42  # money of the winning trades
LOST = 43  # money of the losing trades, positive
LAST_RETURN = 44
WON_RETURNS = 45  # the returns of the winning trades, summed
LOST_RETURNS = 46  # of the losing trades, above 0
# --- b: what an order being weighed would do ------------------------------------------------------
EXPECTED = 47  # signed quantity once everything accepted has filled
EXPECTED_COST = 48  # fees and slippage of it
RESERVED = 49  # money: what rests on the side of the order, at its own prices
WORTH = 50  # the price at which what is expected is valued: the close, or the fill's
ASKED = 51  # results of `size_up` and `admit`
GRANTED = 52
# --- b: assumptions -------------------------------------------------------------------------------
CAPITAL = 53
POINT_VALUE = 54  # money of the account for a move of 1: as assumed, or that x the rate (`conversion.py`)
TICK = 55  # 0: no grid
TICKS_PER_UNIT = 56  # 1 / TICK where that is a whole number, else 0
LOT = 57
LOTS_PER_UNIT = 58
MINIMUM = 59  # the least notional of an entry
ENTRY_COSTS = 60  # what a fill that opens costs, a row of costs
EXIT_COSTS = 74  # what one that closes costs
# --- b: what costs know of the market, kept where an assumption asks for it ------------------------
LAST_RANGE = 88  # high less low of the last bar that has closed and had them
LAST_VOLUME = 89  # its volume, of the last bar that had any; 0 before
LAST_SPREAD = 90  # way between bid and ask, in the unit of the data, of the last bar that told it; 0 before
# --- b: what holding costs, a share of what is held ------------------------------------------------
INTEREST = 91  # of cash, a year
BORROW = 92  # of the value of a short, a year
FUNDING = 93  # of the value of the position, every 8 hours: a long pays, a short gets
MARGIN = 94  # of its value, what a position ties up
MAINTENANCE = 95  # of its value, what must be left; 0: it is never liquidated
# --- b: exits that have met no open ----------------------------------------------------------------
UNMET = 96  # of several books: the value that they would free, held until they fill; below 0 where none waits
# --- b: what some limits measure besides (MORE_SUMS): of the others (of the account: of all), then this book's own ----
OTHERS_RISK = 97  # lost from the last prices if every lot leaves at its stop
OTHERS_RISK_CLAIM = 98  # the same once what waits has filled, and the larger side of what rests
OTHERS_MOST = 99  # net value then, with the purchases that rest
OTHERS_LEAST = 100  # with the short sales that rest
OWN_RISK = 101
OWN_RISK_CLAIM = 102
OWN_MOST = 103
OWN_LEAST = 104
# --- b: money paid in and taken out --------------------------------------------------------------
PAID_IN = 105  # so far
TAKEN_OUT = 106
BEGAN_WITH = 107  # the capital, in proportion to what equity was when money came or went
DAY_MOVED = 108  # how much further than the money DAY_EQUITY was moved today: profit of the day is as it was
# --- b: limits --------------------------------------------------------------------------------------
EXPECTED_RISK = 109  # of the entry that is weighed: what is at risk on its side beside it
# --- b: what is left of what is held once exits that have met no open have filled -------------------
STAYS = 110  # the size of VALUE, at the last mark
OTHERS_STAYS = 111  # of the other books, and of the account all
LARGEST_STAYS = 112  # of the account
# --- b: what a bar's volume leaves room for ---------------------------------------------------------
PARTICIPATION = 113  # the share of a bar's volume that orders may fill; 0: no limit
ROOM = 114  # quantity that may still fill on this bar; FAR: no limit
# --- b: money of another currency ------------------------------------------------------------------
POINT = 115  # the point value as assumed, where POINT_VALUE is it in the account's currency; 0: nothing is converted
# --- b: what is left of it, as other limits measure it (MORE_SUMS) -----------------------------------
STAYS_NET = 116  # STAYS with the sign of VALUE
STAYS_RISK = 117  # what its lots would lose at their stops
STAYS_GONE = 118  # quantity that exits which wait take, from the oldest lots on; below 0 where none waits
OTHERS_STAYS_NET = 119
OTHERS_STAYS_RISK = 120
# --- b: money that may be taken out ------------------------------------------------------------------
OTHERS_TIED = 121  # value of the other books, or what it will be once what waits has filled, whichever is more
# --- b: maintenance of an account that several books share -------------------------------------------
KEPT_SHARE = 122  # MAINTENANCE of this book, which is asked of the account and not of the position
OTHERS_NEEDED = 123  # what must be left of the account for the other books; of the account for all
NEEDS_MOST = 124  # of the account: the most that a book needs which can leave now; below 0: not asked yet
# --- b: tiers of the fee -----------------------------------------------------------------------------
TRADED = 125  # notional of the fills of this month, or of this day where days are counted
GRADED_BY = 126  # what the tier goes by: of a book the notional of the days before this one, of the account of all
TIERED_ENTRIES = 127  # 1 where the tiers are of fills that open
TIERED_EXITS = 128
TIERS = 129  # rows of tiers in rising order: the first holds the rates before any
B_FIXED = 179

# --- k: the account --------------------------------------------------------------------------------
HALTED = 0  # NOT_HALTED, UNTIL_DAY … FOR_EVER; NO_ROOM while the decisions of one event are made
NEXT_ORDER = 1
DAY = 2  # how many days the account has begun
EARNED_AT = 3  # the instant up to which cash has earned
ACCOUNT_INTS = EARNED_AT + 1
# --- k: places and counts of the tables -----------------------------------------------------------
STATEMENTS = 4  # first slot in k
STATEMENT_COUNT = 5
INBOX = 6  # first slot in b
ORDERS = 7
LOTS = 8
LOT_COUNT = 9
GUARDS = 10  # first slot in k
GUARD_COUNT = 11
THRESHOLDS = 12  # first slot in b
KEPT = 13
LOT_LIST = 14  # first slot in k
LOT_STRIDE = 15  # a lot and its rows
LEVELS = 16  # rows of a lot
KEPT_SLOTS = 17  # how much of an inbox goes with its order
# --- k: policies ----------------------------------------------------------------------------------
PATH = 18
BRACKET = 19
SIZING = 20
GUARD_FILL = 21  # the program's fill policy: guard exits and expiries follow it
CLOSE_AT_END = 22
BAR_TIME = 23  # microseconds of a bar
ENTRIES = 24  # INDEPENDENT or ONE_CANCELS_OTHER
WALKS = 25  # some order may have a level, so that bars have to be walked through
HOLDS = 26  # some statement is a hold
# --- k: flags of the hot functions ----------------------------------------------------------------
PENDING = 27  # something waits for the next open
EVERY_BAR = 28  # a trail works: look at every bar
RESTING = 29  # orders of statements that rest
ORDER_END = 30  # index of the first bar at whose close one of them has had its bars
TIMED = 31  # a time of day that lots may wait for has passed at this close
MARKED = 32  # flat, and marked since it became so
WATCHED = 33  # some guard has an action
COUNT_TRIP = 34  # an armed guard on counts is over, or one on open risk has a position to look at
EXPIRE_HELD = 35  # value of HELD at which a lot expires
# --- k: counters ----------------------------------------------------------------------------------
BARS = 36  # marks so far
HELD = 37  # marks with a position
POSITION_START = 38  # HELD when the position began
TRADES = 39  # closed
WINS = 40
LOSSES = 41
LOSS_STREAK = 42
TRADES_TODAY = 43  # closed today
LOSSES_TODAY = 44
ENTRIES_TODAY = 45  # lots opened today
LAST_REASON = 46
LAST_TRADE_BAR = 47  # index of the bar in which the last trade closed
DENIED = 48
REDUCED = 49
CONFLICTS = 50
AMBIGUOUS = 51
TRIPS = 52
GUARD_PENDING = 53  # the side that a guard's exit waits to close, 0 where none does
# --- k: the other books of the account; of the account itself, all books; 0 in a run of one symbol ---
OTHERS_HELD = 54  # symbols held
OTHERS_OPEN = 55  # symbols held or being entered
OTHERS_ENTRIES_TODAY = 56  # ENTRIES_TODAY
OTHERS_LOSSES_TODAY = 57  # LOSSES_TODAY
OTHERS_WAITING = 58  # WAITING
TAKES_PLACE = 59  # whether this book's symbol is held or being entered
WAITING = 60  # entries accepted and not yet filled
COUNTED_DAY = 61  # the account's DAY of which the counts of today are
# --- k: the minute of the account, handed from book to book -----------------------------------------
MINUTE_BEGAN = 62  # the close at which its first order was given; microseconds
MINUTE_ORDERS = 63  # orders of statements that were given or moved in it
# --- k: the current event -------------------------------------------------------------------------
NOW = 64  # index of the bar
NOW_TIME = 65  # its open instant
WHY = 66  # reason of the last cut or denial
WEIGHED = 67  # the statement whose wish is being weighed
FRESH = 68  # lots filled inside this bar
LATE = 69  # something began to work inside this bar, and has not met all of its path
WANTS = 70  # a statement wants something at this close
DECIDING = 71  # between `leave` and `after`
LEFT_LONG = 72  # exits of a side that acted at this close; BY_LEG more where a leg has taken that side at it
LEFT_SHORT = 73
BY_PATH = 74  # the assumed path decides the fill of an order that rests, going on
# --- k: output rows -------------------------------------------------------------------------------
TRADE_ROWS = 75
ORDER_ROWS = 76
RECORD_ROWS = 77
TRADE_LIMIT = 78  # at this many rows FULL is set: one more event might not fit
ORDER_LIMIT = 79
RECORD_LIMIT = 80
FULL = 81
KEEP_RECORDS = 82
# --- k: costs -------------------------------------------------------------------------------------
MAKER = 83  # the fill going on is of an order that rested at its limit
# --- k: a venue -----------------------------------------------------------------------------------
VENUE = 84  # it makes the fills: bars fill nothing
CARRY_FROM = 85  # index of the first bar at whose open holding costs: the bar before may have held something
CARRIED = 86  # when the bar before opened
OWN_COUNT = 87  # statements that may act in this book, in source order: of several symbols not those for another
OWN_LIST = 88  # first slot in k
# --- k: limits ------------------------------------------------------------------------------------
MORE_SUMS = 89  # a guard is on net exposure or on open risk, which of several books are summed then
# --- k: money paid in and taken out ---------------------------------------------------------------
FLOWS = 90  # some statement pays in or takes out
# --- k: orders that fill in parts -------------------------------------------------------------------
DRY = 91  # this bar's volume leaves no room any more: nothing fills at a limit
PARTED = 92  # orders that met a bar which left them less room than they asked for
# --- k: what is on its way to the market -------------------------------------------------------------
LATENCY = 93  # how many bars a wish is under way; 0: none
WAYS = 94  # first slot in b of the rows of wishes under way, one for each of those bars
SAID = 95  # index of the bar whose wishes arrived last, and its open instant
SAID_TIME = 96
# --- k: tiers of the fee ------------------------------------------------------------------------------
PERIOD = 97  # the month, or the day, that TRADED is of, counted on; where a fee has tiers
# --- k: finer bars, whose path is that of a bar -----------------------------------------------------
FINER = 98  # where in b they stand, in order of time; 0: there are none
FINER_COUNT = 99
STRETCH = 100  # which stretch of this bar's path is going on: 0 the first
MAGNIFIED = 101  # bars whose path they were
# --- k: an exit going on -----------------------------------------------------------------------------
LEAVES_BY = 102  # the level of its own that a lot leaves by: EXIT_LEVELS
# --- k: tiers by the days before ----------------------------------------------------------------------
WINDOW = 103  # how many days before this one the tier goes by; 0: it goes by the calendar month
DAYS = 104  # first slot in b of what was traded on each of them, a ring
# --- k: groups of symbols that guards are of --------------------------------------------------------
SCOPES = 105  # first slot in k of whether this book is in each
SCOPE_COUNT = 106
SCOPE_SUMS = 107  # first slot in b: this book's share, then the sums of each
# --- k: periods that reset guards ------------------------------------------------------------------
WEEK = 108  # of the day that the account has begun, counted from 1970
MONTH = 109  # from the year 0
# --- k: what the way through a bar has done -----------------------------------------------------------
WAY = 110  # where the leg going on leads: UPWARDS, DOWNWARDS; 0: none does
MOVED_LONG = 111  # on which of them, their sum, lots of a side were filled or left on the stretch going on
MOVED_SHORT = 112
# --- k: how near the market came to orders that rest ---------------------------------------------------
NEAR = 113  # first slot in b of a row for each statement; 0: nobody asks
# --- k: guards whose reading is a series ---------------------------------------------------------------
GAUGED = 114  # at this close one that has an action, and has not acted, is over
K_FIXED = 115

# --- inbox of a statement (b) ---------------------------------------------------------------------
WANTED = 0
SIZE = 1
CAP = 2
BAND = CAP  # of a hold: the share of equity below which a difference is not traded
STOP_BASE = 3  # a bracket stands at base + slope x the fill; SLOPE_BELOW is the slope of a fill below 0
STOP_SLOPE = 4
STOP_SLOPE_BELOW = 5
TARGET_BASE = 6
TARGET_SLOPE = 7
TARGET_SLOPE_BELOW = 8
TRAIL_BASE = 9
TRAIL_SLOPE = 10
TRAIL_SLOPE_BELOW = 11
TRAIL_AFTER_BASE = 12  # what has to be touched before the trail works
TRAIL_AFTER_SLOPE = 13
TRAIL_AFTER_SLOPE_BELOW = 14
EXPIRE = 15
LIMIT = 16  # prices of an order that rests, before the grid
TRIGGER = 17
LIFE = 18  # how long it rests, in bars or seconds
TEXT = 19
TEXT_COUNT = 8
PLAIN_WIDTH = TEXT + TEXT_COUNT  # of programs without takes and moved stops, what is kept
TAKE0_SHARE = 27
TAKE0_BASE = 28
TAKE0_SLOPE = 29
TAKE0_SLOPE_BELOW = 30
TAKE1_SHARE = 31
TAKE1_BASE = 32
TAKE1_SLOPE = 33
TAKE1_SLOPE_BELOW = 34
TAKE2_SHARE = 35
TAKE2_BASE = 36
TAKE2_SLOPE = 37
TAKE2_SLOPE_BELOW = 38
TAKE3_SHARE = 39
TAKE3_BASE = 40
TAKE3_SLOPE = 41
TAKE3_SLOPE_BELOW = 42
MOVE0_BASE = 43  # a further stop, and what has to be touched before it works
MOVE0_SLOPE = 44
MOVE0_SLOPE_BELOW = 45
MOVE0_AFTER_BASE = 46
MOVE0_AFTER_SLOPE = 47
MOVE0_AFTER_SLOPE_BELOW = 48
MOVE1_BASE = 49
MOVE1_SLOPE = 50
MOVE1_SLOPE_BELOW = 51
MOVE1_AFTER_BASE = 52
MOVE1_AFTER_SLOPE = 53
MOVE1_AFTER_SLOPE_BELOW = 54
MOVE2_BASE = 55
MOVE2_SLOPE = 56
MOVE2_SLOPE_BELOW = 57
MOVE2_AFTER_BASE = 58
MOVE2_AFTER_SLOPE = 59
MOVE2_AFTER_SLOPE_BELOW = 60
INBOX_WIDTH = 61
TAKE_WIDTH = TAKE1_SHARE - TAKE0_SHARE
MOVE_WIDTH = MOVE1_BASE - MOVE0_BASE
MOST_TAKES, MOST_MOVES = 4, 3

# --- wishes of one bar that are under way (b): these, then an inbox of each statement --------------
UNDER_WAY = 0  # whether there are any
WAY_INDEX = 1  # the bar whose wishes they are, and its open instant
WAY_TIME = 2
WAY_HEAD = 3

# --- an order (b): a row per statement, one for the guards, one to write rows from; then the rows of each lot ----
STATE = 0
TRADE = 1  # 1 buys, -1 sells
NUMBER = 2
DECIDED = 3  # index of the bar at whose close it was decided; of a level of a lot, inside which it was last met
DECIDED_TIME = 4
ASKED_FOR = 5
AMOUNT = 6  # quantity
REASON = 7  # why it was cut, NO_REASON if it was not; of a lot's row, the reason of an exit by it
LIMIT_PRICE = 8  # NaN: none
TRIGGER_PRICE = 9
AFTER = 10  # what has to be touched before a dormant row works
FROM = 11  # index of the first bar on which it works
UNTIL = 12  # index of the bar at whose close it is over; of an expiry, the value of HELD
UNTIL_TIME = 13  # the instant
LINE = 14  # a trail stands at base + slope x best extreme
LINE_SLOPE = 15
LINE_SLOPE_BELOW = 16
DAY_FROM = 17  # of an order of the day, index of the first bar that its last wish could work on
FILLED = 18  # what it has got so far
PAID = 19  # quantity x price of its parts
PART_FEE = 20  # their fees before minimum and maximum, and what was charged
PART_CHARGED = 21
LEG_FILLED = 22  # the same of what it has closed on the other side: a reversal pays a fee on each leg
LEG_PAID = 23
LEG_FEE = 24
LEG_CHARGED = 25
LACKED = 26  # some bar had less room than it asked for
BEFORE_LOT = 27  # what it had got before the lot that its parts go to; above 0 where another reversal closed the first
PART_STOP = 28  # of an entry, where the levels of its lot stood after its last part
PART_TARGET = 29
ORDER_WIDTH = 30
PART_INDEX = LINE  # of an order that may have a row, where its last part filled
PART_TIME = LINE_SLOPE
PART_MOMENT = LINE_SLOPE_BELOW
EVERYTHING = BEYOND  # a quantity that means: all that is left

# --- a lot (b) ------------------------------------------------------------------------------------
LOT_QUANTITY = 0  # signed
LOT_PRICE = 1
LOT_FEES = 2  # entry fees not yet charged to a trade
LOT_HIGH = 3  # extremes since the fill
LOT_LOW = 4
LOT_ORDER = 5
LOT_STATEMENT = 6
LOT_INDEX = 7
LOT_TIME = 8
LOT_MOMENT = 9
LOT_START = 10  # value of HELD that makes its bars 0
LOT_FIRST_STOP = 11  # where the loss was first limited: stop, else trail; NaN: nowhere
LOT_PASSED = 12  # how often its time of day had passed when it was filled
LOT_BY_PATH = 13  # the assumed path decided that it was filled
LOT_STRETCH = 14  # STRETCH when it was filled
LOT_WIDTH = 15

# --- how near the market came to the orders of a statement that rested (b) ---------------------------
NEAR_BARS = 0  # on how many bars one worked
NEAR_SHARE = 1  # the shortest way of price to one, as a share of price then; FAR: none was measured
NEAR_INDEX = 2  # the bar of that
NEAR_WAY = 3  # the way
NEAR_WIDTH = 4

# --- a finer bar (b) ------------------------------------------------------------------------------
FINER_TIME = 0  # the open instant of the bar that it lies in
FINER_OPEN = 1
FINER_HIGH = 2
FINER_LOW = 3
FINER_CLOSE = 4
FINER_WIDTH = 5

# --- the rows of a lot, in the order in which those at one price are met --------------------------
STOP_ROW = 0
TRAIL_ROW = 1
EXPIRY_ROW = 2
MOVE_ROW = 3  # as many as any statement has, then the takes, and the target as the last

# --- a row of costs (b) ---------------------------------------------------------------------------
FEE_FRACTION = 0  # of the notional
FEE_ORDER = 1  # per fill
FEE_UNIT = 2  # per unit of quantity
SLIP_FRACTION = 3  # of the price; of slippage and half the spread, as is the distance
SLIP_DISTANCE = 4  # in price
FEE_BOUNDED = 5  # 1 where the fee has a minimum or a maximum; else the others are not looked at
FEE_LEAST = 6  # of one fill, 0: none
FEE_MOST = 7  # FAR: none
FEE_MOST_SHARE = 8  # of the notional; then FEE_MOST is 0
SLIP_RANGE = 9  # share of LAST_RANGE
SLIP_ROOT = 10  # share of the price at a quantity of LAST_VOLUME, in step with the root of the quantity
MAKER_FRACTION = 11  # of the notional, in place of FEE_FRACTION, of what rested at its limit
SLIP_SPREAD = 12  # of LAST_SPREAD, in price
SLIP_SPREAD_SHARE = 13  # of LAST_SPREAD, as a share of the price
COSTS_WIDTH = 14

# --- a tier of the fee (b): how much was traded, and its rates -------------------------------------
TIER_FROM = 0  # FAR: there is none
TIER_FRACTION = 1
TIER_ORDER = 2
TIER_UNIT = 3
TIER_MAKER = 4
TIER_WIDTH = 5

# --- a statement (k) ------------------------------------------------------------------------------
KIND = 0  # ENTER, EXIT …
SIDE = 1  # 1 long, -1 short; of a flow 1 pays in, -1 takes out
SIZE_KIND = 2  # NO_SIZE, FRACTION …
HAS_CAP = 3
HAS_STOP = 4
HAS_TARGET = 5
HAS_TRAIL = 6  # TRAILS; FROM_FILL: as far behind the best extreme as its line in the fill is from the fill
EXPIRE_KIND = 7
SCALE = 8
FILL = 9
ONCE = 10
REST = 11  # AT_MARKET, or how its orders rest
LIFE_KIND = 12
OF = 13  # of a cancel, the statement whose order it ends; -1: the entries of its side
TAKES = 14
MOVES = 15
HAS_TRAIL_AFTER = 16
PART = 17  # of a part of a hold, how many places after that it stands
ATOMIC = 18  # of a hold, and of its parts: ALONE, TOGETHER as a leg of a group, FIRST_STEP or LATER_STEP of a sequence
TAKE_ROW = 19  # the first row of its takes
RUNG = 20  # of a ladder which of its orders, from 1; 0: it belongs to none
RUNGS = 21  # how many orders the ladder has
AGAIN = 22  # one of them is placed anew when its lot has left
USED = 23  # a `once`, or an order of a ladder, that has acted on this position; of an `again`, since it was placed
LIVE = 24  # lots of this statement
ACCEPTS = 25  # whether it could act now: CANNOT, COULD, or FULL_UP, whose wishes are counted
DROPPED = 26  # wishes to add a lot that found its `scale` full
PASSED_OPEN = 27  # how often its time of day has passed at this bar's open, and at its close
PASSED = 28
LEG = 29  # of an atomic hold, or one of a sequence: NO_LEG, PROPOSED, BOUND, IDLE, TURN
AGE = 30  # at how many events its group was held back
HELD_BACK = 31  # at how many an order of it ever was
UNTAKEN = 32  # takes of its lots that came to no whole lot
STATEMENT_WIDTH = 33

# --- a guard (k); its threshold is in b, and before those of all a mark of each: what it counts from once it was
# reset, and of one whose reading is a series the reading of the last close
GUARD_KIND = 0
GUARD_ACTION = 1
TRIPPED = 2  # acted; disarmed until its reset
ACTS = 3  # of several books: it tripped at this event, and each of them has its part to do
GUARD_FROM = 4  # OF_THE_PROGRAM, GIVEN to the run, or IMPLIED
GUARD_SCOPE = 5  # 0: the account; else which of the scopes, from 1
GUARD_UNTIL = 6  # what resets it: UNTIL_DAY, UNTIL_WEEK, UNTIL_MONTH, or FOR_EVER
GUARD_WIDTH = 7

# --- a scope (b): of the other books in it, and of the account all of them --------------------------
SCOPE_GROSS = 0
SCOPE_CLAIM = 1
SCOPE_RISK = 2
SCOPE_RISK_CLAIM = 3
SCOPE_STAYS = 4
SCOPE_STAYS_RISK = 5
SCOPE_HELD = 6
SCOPE_OPEN = 7
SCOPE_VALUE = 8
SCOPE_SIGNED = SCOPE_VALUE  # from here on they may be below 0
SCOPE_MOST = 9
SCOPE_LEAST = 10
SCOPE_STAYS_NET = 11
SCOPE_LARGEST = 12  # of the account alone: the largest size of a VALUE, and of a STAYS
SCOPE_SUMMED = SCOPE_LARGEST  # how many are sums
SCOPE_LARGEST_STAYS = 13
SCOPE_WIDTH = 14

# --- codes ----------------------------------------------------------------------------------------
ENTER, EXIT, CANCEL, HOLD, FLOW = 0, 1, 2, 3, 4
MOST_TIERS = 10  # rows of TIERS, which stand last in the fixed part of b
ALONE, TOGETHER, FIRST_STEP, LATER_STEP = 0, 1, 2, 3
NO_LEG, PROPOSED, BOUND, IDLE = 0, 1, 2, 3  # an order placed; waiting for the group's open; without one while it does
TURN = 4  # of a later instruction: the one before has filled
PART_EXIT_LONG, PART_EXIT_SHORT, PART_ENTER_LONG, PART_ENTER_SHORT = 1, 2, 3, 4
PARTS = 4  # of a hold
NO_ORDER, WAITS, RESTS, TRIGGERED, DORMANT, DOUBTED = 0, 1, 2, 3, 4, 5
AT_MARKET, AT_LIMIT, AT_TRIGGER, AT_TRIGGER_LIMIT = 0, 1, 2, 3
ONE_BAR, FOR_BARS, FOR_SECONDS, FOR_THE_DAY, NO_END = 0, 1, 2, 3, 4
INDEPENDENT, ONE_CANCELS_OTHER = 0, 1
BY_LEG = 1 << 20
LONG, SHORT = 1, -1
NO_SIZE, FRACTION, IN_UNITS, IN_CASH, RISK = 0, 1, 2, 3, 4
TRAILS, FROM_FILL = 1, 2
NO_EXPIRE, EXPIRE_BARS, EXPIRE_SECONDS, EXPIRE_NEXT_OPEN, EXPIRE_PASSED = 0, 1, 2, 3, 4
NEXT_OPEN, THIS_CLOSE = 0, 1
WORST, BEST, PROXIMITY = 0, 1, 2
ENTRY_BAR, NEXT_BAR, NEXT_DECISION = 0, 1, 2
AT_DECISION, AT_FILL = 0, 1
CANNOT, COULD, FULL_UP = 0, 1, 2
RENEWED = 2  # of USED: at this close it is wished again
UPWARDS, DOWNWARDS = 1, 2
NOT_HALTED, UNTIL_DAY, UNTIL_WEEK, UNTIL_MONTH, FOR_EVER = range(5)
NO_ROOM = -1  # of a portfolio of strategies: what is decided now is denied, what rested before is at work
DENY, HALT, FLATTEN, REDUCE = 0, 1, 2, 3
OF_THE_PROGRAM, GIVEN, IMPLIED = 0, 1, 2
# ORDER GUARDS: guards.py tests for ranges of these; specs.GUARDS and rows.REASONS begin in the same order.
DRAWDOWN, LOSS, DAILY_LOSS, DAY_GAIN, DAY_TRADES, DAY_LOSSES = range(6)
EXPOSURE, LEVERAGE, POSITION, MARGIN_GUARD, MARGIN_USE, MARGIN_DISTANCE, NET_EXPOSURE, OPEN_RISK = range(6, 14)
POSITIONS, ORDERS_PER_MINUTE = range(14, 16)
VALUE_AT_RISK, EXPECTED_SHORTFALL, EWMA_VALUE_AT_RISK, EWMA_VOLATILITY, VOLATILITY, BETA = range(16, 22)

MINUTE = 60_000_000  # microseconds
NEVER = 1 << 62  # a count that is not reached
NOT_YET = 1 << 50  # the bar from which the order of a leg works, until its group is released
MOST_HELD_BACK = 5  # events at which some leg of a group has no open, after which it ends
FAR = BEYOND  # a level or an amount that is not reached
SLACK = 1e-9  # relative room given to rounding where a limit is compared
DUST = 1e-12  # a quantity this small beside the whole is rounding
MISSING = float("nan")

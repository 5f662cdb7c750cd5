"""The rows that trading writes: columns by name, and the codes inside them by name.

Every row is a run of float64. Instants are microseconds since 1970 of the **open of the bar** in which a
thing happened; MOMENT says where in the bar it did (at its open, inside it, at its close). A constant
`TRADE_PNL` is the column "pnl" of TRADE_COLUMNS, and so on.
"""

from __future__ import annotations

# --- trades: one row per lot or part of a lot that was closed, and one per lot open at the end ----
TRADE_SIDE = 0  # 1 long, -1 short
TRADE_QUANTITY = 1  # positive
TRADE_ENTRY_INDEX = 2
TRADE_ENTRY_TIME = 3
TRADE_ENTRY_MOMENT = 4
TRADE_ENTRY_PRICE = 5
TRADE_EXIT_INDEX = 6
TRADE_EXIT_TIME = 7
TRADE_EXIT_MOMENT = 8
TRADE_EXIT_PRICE = 9
TRADE_FEES = 10  # its share of the entry's fees and of the exit's
TRADE_PNL = 11  # after fees
TRADE_RETURN = 12  # pnl / entry notional
TRADE_BARS = 13  # exit index - entry index
TRADE_MAE = 14  # worst excursion in money, before fees; at most 0
TRADE_MFE = 15  # best excursion; at least 0
TRADE_REASON = 16  # EXIT_REASONS
TRADE_AMBIGUOUS = 17  # 1: the path assumption decided it
TRADE_STOP = 18  # the lot's first stop (or trail), NaN without one
TRADE_TARGET = 19
TRADE_ENTRY_STATEMENT = 20
TRADE_ENTRY_ORDER = 21  # `order` of the orders table: its reason texts are there
TRADE_EXIT_ORDER = 22  # -1: a bracket, or the end
TRADE_LEVEL = 23  # EXIT_LEVELS: by which of its own levels it left
TRADE_WIDTH = 24
TRADE_COLUMNS = (
    "side", "quantity", "entry_index", "entry_time", "entry_moment", "entry_price", "exit_index", "exit_time",
    "exit_moment", "exit_price", "fees", "pnl", "return", "bars", "mae", "mfe", "reason", "ambiguous", "stop",
    "target", "entry_statement", "entry_order", "exit_order", "level",
)  # fmt: skip

# --- orders: one row per decision, when its fate is known -----------------------------------------
ORDER_NUMBER = 0  # counts decisions
ORDER_INDEX = 1  # when it was decided
ORDER_TIME = 2
ORDER_STATEMENT = 3  # -1: a guard
ORDER_KIND = 4  # ORDER_KINDS
ORDER_SIDE = 5  # of the position it opens or closes
ORDER_STATUS = 6  # STATUSES
ORDER_REASON = 7  # REASONS
ORDER_ASKED = 8  # quantity
ORDER_GOT = 9
ORDER_FILL_INDEX = 10  # -1: not filled
ORDER_FILL_TIME = 11
ORDER_FILL_MOMENT = 12
ORDER_FILL_PRICE = 13
ORDER_STOP = 14  # at the fill
ORDER_TARGET = 15
ORDER_TYPE = 16  # ORDER_TYPES
ORDER_LIMIT = 17  # NaN: none
ORDER_TRIGGER = 18
ORDER_TEXT = 19  # values inside `because`
ORDER_WIDTH = 27
ORDER_COLUMNS = (
    "order", "index", "time", "statement", "kind", "side", "status", "reason", "asked", "got", "fill_index",
    "fill_time", "fill_moment", "fill_price", "stop", "target", "type", "limit", "trigger", "text0", "text1", "text2",
    "text3", "text4", "text5", "text6", "text7",
)  # fmt: skip

# --- records: what the monitors read after a fill or a mark ---------------------------------------
RECORD_PHASE = 1  # PHASES
READINGS = 21  # of guards whose reading is a series, by their code; NaN where there is none, and but at marks
RECORD_WIDTH = 27
RECORD_COLUMNS = (
    "index", "phase", "quantity", "entry_price", "price", "gross", "net", "leverage", "drawdown", "day_loss",
    "high_water", "realised", "unrealised", "fees", "cash", "equity", "lots", "carry",
    "margin_used", "open_risk", "interest",
    "value_at_risk", "expected_shortfall", "ewma_value_at_risk", "ewma_volatility", "volatility", "beta",
)  # fmt: skip

PHASES = ("fill", "mark", "end", "flow")
AFTER_FILL, AFTER_MARK, AFTER_END, AFTER_FLOW = 0, 1, 2, 3

MOMENTS = ("open", "inside", "close")
AT_OPEN, INSIDE, AT_CLOSE = 0, 1, 2

EXIT_REASONS = ("", "signal", "reverse", "stop", "target", "trail", "expire", "guard", "end", "liquidation")
BY_SIGNAL, BY_REVERSE, BY_STOP, BY_TARGET, BY_TRAIL, BY_EXPIRE, BY_GUARD, BY_END, BY_LIQUIDATION = range(1, 10)

# Which clause of its entry a lot left by; of several of a kind by their place in the text.
EXIT_LEVELS = (
    "", "stop", "trail", "trail_after", "target", "stop_after_1", "stop_after_2", "stop_after_3",
    "take_1", "take_2", "take_3", "take_4",
)  # fmt: skip
LEFT_BY_STOP, LEFT_BY_TRAIL, LEFT_BY_TRAIL_AFTER, LEFT_BY_TARGET, LEFT_BY_MOVE, LEFT_BY_TAKE = 1, 2, 3, 4, 5, 8

ORDER_KINDS = ("enter", "exit", "expire", "guard", "deposit", "withdraw")
ENTER_ORDER, EXIT_ORDER, EXPIRE_ORDER, GUARD_ORDER = 0, 1, 2, 3
DEPOSIT_ROW, WITHDRAW_ROW = 4, 5  # what they ask for and get is money
OF_STATEMENTS = (ENTER_ORDER, EXIT_ORDER, DEPOSIT_ROW, WITHDRAW_ROW)
"""What statements give; the others come of the age of a lot and of guards."""

ORDER_TYPES = ("market", "limit", "trigger", "trigger_limit")

STATUSES = ("filled", "reduced", "denied", "conflict", "cancelled", "halted", "expired")
FILLED, CUT, REFUSED, CONFLICT, CANCELLED, HALT_ROW, EXPIRED = 0, 1, 2, 3, 4, 5, 6

# Why an order was denied, cut or cancelled, or which guard ordered it. The first ones follow the guards' codes.
REASONS = (
    "drawdown", "loss", "daily_loss", "day_gain", "day_trades", "day_losses", "exposure", "leverage", "position",
    "margin", "margin_use", "margin_distance", "net_exposure", "open_risk", "positions", "orders_per_minute",
    "value_at_risk", "expected_shortfall", "ewma_value_at_risk", "ewma_volatility", "volatility", "beta", "",
    "halted", "cap", "missing_size", "missing_cap", "missing_stop", "missing_target", "missing_trail", "missing_expire",
    "no_price", "no_stop_distance", "wrong_side", "zero_quantity",
    "nothing_to_close", "opposite", "exit_first", "guard", "end", "cancel", "until", "other_filled",
    "other_leg", "leg_absent", "no_open",
    "rejected", "venue", "liquidation", "below_minimum", "missing_valid",
    "portfolio", "not_free", "no_amount", "position_differs", "volume",
)  # fmt: skip
NO_REASON, HALTED_NOW, CUT_BY_CAP, MISSING_SIZE, MISSING_CAP, MISSING_STOP, MISSING_TARGET = range(22, 29)
MISSING_TRAIL, MISSING_EXPIRE, NO_PRICE, NO_STOP_DISTANCE, WRONG_SIDE, ZERO_QUANTITY = range(29, 35)
NOTHING_TO_CLOSE, OPPOSITE, EXIT_FIRST, BY_A_GUARD, AT_THE_END, BY_CANCEL, BY_UNTIL, OTHER_FILLED = range(35, 43)
OTHER_LEG, LEG_ABSENT, NO_OPEN = range(43, 46)
BY_REJECTION, BY_VENUE, LIQUIDATED, BELOW_MINIMUM = 46, 47, 48, 49  # of a venue: it would not take it, or ended it
MISSING_VALID = 50
BY_PORTFOLIO = 51  # a limit of the portfolio that the strategy is part of
NOT_FREE, NO_AMOUNT = 52, 53
POSITION_DIFFERS = 54  # an instruction of a `sequence` left another position than was expected: it goes no further
NO_VOLUME = 55  # of a leg: a bar has not the volume that all of it would need

"""The words of the table as the stages ask for them: which there are of a kind, and of what unit."""

from __future__ import annotations

from ..program.units import Unit
from .table import WORDS, Word, names, words


def _units(kind: str) -> dict[str, Unit]:
    return {word.name: word.unit or Unit.PLAIN for word in words(kind)}


STATEMENTS = names("statement")
DEFINITIONS = names("statement", "defines")
ORDERS = names("statement", "order")
INNER_STATEMENTS = names("statement", "inner")
"""Statements that stand only inside another."""
JOINTS = names("joint")
"""Words between the parts of a statement or an expression."""
VALUE_FOLLOWS = names("joint", "opens")
"""Joints that a value or a condition follows."""
LOGIC = names("joint", "logic")

SERIES = _units("series")
TIME_FIELDS = _units("time")
WEEKDAYS = names("weekday")
CONSTANTS = names("constant")
_MONTH_END = (
    "the calendar says which weekday is a month's last, and no holidays are known: `day + (if weekday == friday then 3 "
    "else 1) > days` holds on it, where `let days = if month == 2 then 28 + number(mod(year, 4) == 0) else if month == "
    "4 or month == 6 or month == 9 or month == 11 then 30 else 31`"
)
_WEEK_END = "the last day of most weeks is `weekday == friday`, holidays are not known; the first bar is `new_week()`"
_OPENED = "entries of today are `trades.opened_today`, trades closed today `trades.today`"
NO_WORD = {
    **dict.fromkeys(
        "last_day last_day_of_month last_trading_day last_trading_day_of_month month_end end_of_month eom is_month_end "
        "lastday monthend days_in_month is_last_day".split(), _MONTH_END,
    ),
    **dict.fromkeys("last_day_of_week week_end end_of_week is_week_end weekend".split(), _WEEK_END),
    **dict.fromkeys("entries opened opened_today entries_today".split(), _OPENED),
}  # fmt: skip
"""Words that are likely to be looked for, and how what they mean is said."""
OTHER_WORDS = dict.fromkeys(("nan", "nil", "none", "null"), "na")
"""What other languages call a missing value."""

# Book fields (semantics 19): name -> unit; those in BOOK_BOOLS are bools, those in BOOK_MISSING may be na.
BOOKS = _units("book")
BOOK_BOOLS = frozenset(names("book", "bool"))
BOOK_MISSING = frozenset(names("book", "missing"))
NAMESPACES: dict[str, tuple[str, ...]] = {
    head: tuple(name.partition(".")[2] for name in BOOKS if name.startswith(head + "."))
    for head in ("position", "exposure", "trades", "pnl", "margin", "orders")
}
OF_BOOKS = frozenset(
    name for name in BOOKS
    if name.startswith(("position.", "trades.")) or name in ("pnl.realised", "pnl.unrealised", "pnl.fees")
)  # fmt: skip
"""Readings of one symbol's book, which another symbol can read; the others are the account's."""
BRACKET_WORDS = names("bracket")

# Why a trade ended; `trades.last_reason == "stop"` compares with the place in this list (0: none yet).
EXIT_REASONS = ("", *names("reason"))

GUARDS = _units("guard")
GUARD_ACTIONS = names("action")
HALTING = ("halt", "flatten")
"""Actions after which no new risk is taken until the guard is reset."""
RESETS = names("reset")
"""When a guard is reset, the sooner first: `guard drawdown 20% then halt until month`."""
REDUCIBLE = names("guard", "reducible")
"""Guards whose reading falls when a part is closed."""
GROUPED = names("guard", "grouped")
"""Guards that may be of a group of symbols: `guard exposure 50% of tech`."""
FLOORS = names("guard", "floor")
"""Guards whose reading is to be no less than their limit: of two the larger is the tighter."""
GAUGES = names("guard", "gauge")
"""Guards whose reading is a series of the program: `guard value_at_risk(250, 99%) 2%`."""
COUNTS = frozenset(name for name, unit in GUARDS.items() if unit is Unit.PLAIN) - {"leverage", "beta"}
"""Guards that count, so that their limit is a whole number."""
FILLS = names("fill")

ASSUMPTIONS = names("assumption")
ASSUMPTIONS_OF = names("assumption", "one")
"""Those that may be said of one symbol: `assume lot of SPY 1`."""
ASSUMPTIONS_LATER = names("assumption later")

ENTER_CLAUSES = names("clause", "enter")
EXIT_CLAUSES = names("clause", "exit")
REBALANCE_CLAUSES = names("clause", "rebalance")
ATOMIC_CLAUSES = names("clause", "atomic")
SEQUENCE_CLAUSES = names("clause", "sequence")
LEG_CLAUSES = names("clause", "leg")
LEGS = names("leg")
PERIODS = names("period")
FRESH = "fresh"
MOMENTS = {clause: names("moment", clause) for clause in ("expire", "valid")}
"""Clauses that take a moment by its name, and which; a definition of the program of that name is meant before it."""
MOMENTS_LATER = {word.name: word.meaning for word in words("moment later")}
LATER = {word.name: word.meaning for word in words("later")}
"""Words of later versions, each with what to use today."""
LATER_STATEMENTS = names("later", "statement")

TEST_PARTS = names("part of a test")
FACTS: dict[str, dict[str, Word]] = {
    whose: {word.name: word for word in words(f"fact of {an} {whose}")}
    for whose, an in (("trade", "a"), ("order", "an"), ("run", "a"))
}
"""What a test may ask of a finished run: `trade(1).entry_price`, `order(0).filled`, `run.trades`."""
RUN = "run"

RANGES = {word.name: word.scale for word in WORDS if any(".." in mark for mark in word.marks)}
"""Words whose numbers lie between known bounds: name -> least, greatest. Functions say it where they are defined."""


def is_reserved(name: str) -> bool:
    """Whether a definition may not take this name, because it already means something everywhere."""
    return name in SERIES or name in TIME_FIELDS or name in NAMESPACES or name in BOOKS or name in WEEKDAYS
_SINCE = (
    "what was lost since the {0} began is a state: `state begun = equity then if new_{0}() then equity[1] else begun`, "
    "and `equity > 95% * begun` in each `enter`; `guard drawdown 5% then halt until {0}` counts from the highest mark"
)
NO_GUARD = {
    **dict.fromkeys(("weekly_loss", "week_loss", "loss_week"), _SINCE.format("week")),
    **dict.fromkeys(("monthly_loss", "month_loss", "loss_month"), _SINCE.format("month")),
    "concentration": "`guard position 30%` bounds each position as a share of equity, `guard exposure 40% of tech` "
    "those of a group",
    "heat": "`guard open_risk 3%` bounds what is lost if every lot leaves at its stop",
    "margin": "`assume margin 20%` bounds what may be opened, `guard margin_use 80%` how much of that is used",
    "annual_volatility": "`guard volatility(60) 25%` bounds how equity moves in a year",
    "var": "`guard value_at_risk(250, 95%) 2%` bounds what a bar of equity may lose",
    "cvar": "`guard expected_shortfall(250, 95%) 3%` bounds the mean loss of the bars beyond the value at risk",
}
"""What is bounded otherwise, by the name that a guard of it would have."""

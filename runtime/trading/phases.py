"""The functions of trading by name, for the engines, and the parts of one event in their order (semantics 18).

The order stands here: both engines and the tests' drivers go through `EVENT`, and where several books share an
account through `PORTFOLIO_EVENT`. Only the bars of a sweep on which nothing
happens have a loop of their own (`native/emit_sweep.py`), which looks at the phases before the series by name.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from inspect import signature
from typing import Any

from . import (
    account,
    approach,
    books,
    calls,
    carry,
    conversion,
    decide,
    fill,
    finish,
    flows,
    gauges,
    hold,
    layout,
    legs,
    mark,
    records,
    steps,
    tiers,
)
from . import guard_actions as trip

NUMBER, BOOL = "number", "bool"


@dataclass(frozen=True, slots=True)
class Phase:
    """A function the engines call, and the kind of its result ("" for a whole number)."""

    name: str
    function: Callable[..., Any]
    result: str = ""

    @property
    def arguments(self) -> tuple[str, ...]:
        """By name: the arrays b, k, trades, orders, records, an account's a and ak; index, time, statement; prices."""
        return _names(self.function)


@cache
def _names(function: Callable[..., Any]) -> tuple[str, ...]:
    return tuple(signature(function).parameters)


def _table(*phases: Phase) -> Mapping[str, Phase]:
    return {phase.name: phase for phase in phases}


HOT = _table(
    Phase("attention", mark.attention),
    Phase("mark", mark.mark),
    Phase("mark_calm", mark.mark),  # the same where a kernel must inline it
    Phase("mark_book", mark.mark_book),
    Phase("tripped", mark.tripped),
    Phase("due", mark.due),
    Phase("acts", mark.acts),
    Phase("accepts", mark.accepts),
    Phase("moments", mark.moments),
    Phase("observe", mark.observe),
    Phase("quote", mark.quote),
    Phase("quote_sides", mark.quote_sides),
    Phase("allow", mark.allow),
    Phase("accrue", carry.accrue),
    Phase("borrow", carry.borrow),
    Phase("fund", carry.fund),
    Phase("convert", conversion.convert),
    Phase("grade", tiers.grade),
    Phase("approach", approach.approach),
    Phase("gauge", gauges.gauge),
)
"""What runs on every bar: `EXTRAS` where an assumption asks for them, the others always."""

COLD = _table(
    Phase("new_day", trip.new_day),
    Phase("fill", fill.fill),
    Phase("record_mark", records.record_mark),
    Phase("trip", trip.trip),
    Phase("note_gauges", gauges.note_gauges),
    Phase("trip_gauges", gauges.trip_gauges),
    Phase("decide", decide.decide),
    Phase("finish", finish.finish),
)
"""What runs on few bars."""

SEVERAL = _table(
    Phase("begin_sums", account.begin_sums),
    Phase("add", account.add),
    Phase("add_marked", account.add_marked),
    Phase("begin_day", account.begin_day),
    Phase("earn", carry.earn),
    Phase("date_tiers", tiers.date_tiers),
    Phase("begin_tiers", tiers.begin_tiers),
    Phase("add_tiers", tiers.add_tiers),
    Phase("grade_book", tiers.grade_book),
    Phase("hand", account.hand),
    Phase("take", account.take),
    Phase("new_day_book", trip.new_day_book),
    Phase("mark_account", account.mark_account),
    Phase("tripped_account", account.tripped_account),
    Phase("trip_account", account.trip_account),
    Phase("trip_book", account.trip_book),
    Phase("trip_fill", account.trip_fill),
    Phase("end_trips", account.end_trips),
    Phase("gauged", gauges.gauged),
    Phase("trip_gauges_account", gauges.trip_gauges_account),
    Phase("unasked", calls.unasked),
    Phase("is_called", calls.is_called),
    Phase("ask", calls.ask),
    Phase("offer", calls.offer),
    Phase("answer", calls.answer),
    Phase("end_entries", calls.end_entries),
    Phase("pays", flows.pays),
    Phase("untie", flows.untie),
    Phase("tie", flows.tie),
    Phase("pay_flows", flows.pay_flows),
    Phase("set_basis", account.set_basis),
    Phase("reckon", hold.reckon),
    Phase("settle_basis", hold.settle_basis),
    Phase("leg_wishes", legs.leg_wishes),
    Phase("propose_leg", legs.propose_leg),
    Phase("withdraw_leg", legs.withdraw_leg),
    Phase("settle_leg", legs.settle_leg),
    Phase("leg_status", legs.leg_status),
    Phase("leg_ready", legs.leg_ready),
    Phase("release_leg", legs.release_leg),
    Phase("hold_back_leg", legs.hold_back_leg),
    Phase("cancel_leg", legs.cancel_leg),
    Phase("settle_step", steps.settle_step),
    Phase("step_status", steps.step_status),
    Phase("step_turn", steps.step_turn),
    Phase("end_step", steps.end_step),
    Phase("arrive", decide.arrive),
    Phase("leave", decide.leave),
    Phase("enter", decide.enter),
    Phase("after", decide.after),
)
"""What only several books of one account need."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of one event: a phase of its name, or what the engine does of its own.

    asks: the hot function that says whether there is anything to do; flag: the slot of k that does; else it is done.
    """

    name: str
    asks: str = ""
    flag: int = -1
    extra: bool = False  # of the plans alone that name it among their `extras`


EVENT = (
    Part("day"),  # the day in the calendar zone is another than the bar's before: `new_day`
    Part("clocks"),  # higher bars that ended close
    Part("accrue", extra=True),
    Part("borrow", extra=True),  # in place of `accrue`
    Part("fund", extra=True),
    Part("convert", extra=True),  # what holding cost was due at the rate before
    Part("grade", extra=True),
    Part("allow", extra=True),
    Part("approach", extra=True),  # asked for afterwards, by running again
    Part("fill", asks="attention"),
    Part("observe", extra=True),
    Part("quote", extra=True),
    Part("quote_sides", extra=True),
    Part("mark"),
    Part("record_mark", flag=layout.KEEP_RECORDS),
    Part("trip", asks="tripped"),
    Part("series"),  # they read the books as they are now
    Part("gauges"),  # guards whose reading is one of them, where there are any: `GAUGES`
    Part("wishes"),  # what each statement wants goes into its inbox
    Part("decide", asks="due"),  # or where a statement wants something
    Part("commit"),  # states of the program go on
    Part("outputs"),
)

GAUGES = (Part("note_gauges", flag=layout.KEEP_RECORDS), Part("trip_gauges", flag=layout.GAUGED))
"""What is done once each of those guards has its reading (`gauge`)."""

_SERIES = next(place for place, part in enumerate(EVENT) if part.name == "series")
OPENING = tuple(part for part in EVENT[:_SERIES] if (part.name in HOT or part.name in COLD) and not part.extra)
"""The phases before the series that every plan has."""


ACCOUNT, BOOKS, MEMBERS, PREFERRED = "account", "books", "members", "preferred"
AWAKE = "awake"
"""What an engine asks of a book that has a bar: does a day begin for it, are there times of day, or `attention`."""


@dataclass(frozen=True, slots=True)
class Turn:
    """Functions called in their order, for each of `over`, or what the engine does of its own under a name.

    over: ACCOUNT once, BOOKS all of them in panel order, MEMBERS those with a bar closing now in that order, PREFERRED
    these by PREFERENCE: larger first, missing last, equal ones in panel order.
    asks: the function of a book that says whether it has anything to do here, or the engine's own AWAKE; flag: the
    slot of its k that does.
    """

    over: str
    calls: tuple[str, ...]
    asks: str = ""
    flag: int = -1


@dataclass(frozen=True, slots=True)
class Stage:
    """A part of one event of several books. asks: the account's function that says whether there is anything to do."""

    name: str
    turns: tuple[Turn, ...]
    asks: str = ""


def _acting(over: str, name: str, asks: str = "", flag: int = -1) -> Turn:
    """A part of each book that needs the account."""
    return Turn(over, ("hand", name, "take"), asks, flag)


_SUMS = (Turn(ACCOUNT, ("begin_sums",)), Turn(BOOKS, ("add",)))
_MARKED = (Turn(ACCOUNT, ("begin_sums",)), Turn(BOOKS, ("add_marked",)))
PORTFOLIO_EVENT = (
    Stage("sums", _SUMS),
    Stage("day", (Turn(ACCOUNT, ("begin_day",)),)),  # where the event's day is another than the one before
    Stage("carry", ()),  # what holding costs, and rates, where there are any: at the opens, before anything fills there
    Stage("release", ()),  # groups of legs that wait: those that all have an open now fill at it
    Stage("opening", (_acting(MEMBERS, "opening", asks=AWAKE),)),  # of the kernel: day (`new_day_book`), clocks, fill
    Stage("marks", (Turn(MEMBERS, ("mark_book",)),)),  # after every fill, so that none sees another book's close
    Stage("sums", _MARKED),
    Stage(
        "call",  # where maintenance is assumed: too little is left, so that positions leave until it is enough
        (
            Turn(ACCOUNT, ("ask",)),
            Turn(MEMBERS, ("offer",)),
            Turn(MEMBERS, ("answer",)),
        ),
        asks="is_called",  # again and again
    ),
    Stage("called", (_acting(BOOKS, "end_entries"), *_MARKED)),  # where any has left: sums are of the books as they are
    Stage("mark", (Turn(ACCOUNT, ("mark_account",)),)),
    Stage("records", (Turn(MEMBERS, ("hand", "record_mark"), flag=layout.KEEP_RECORDS),)),  # which changes nothing
    Stage(
        "trips",
        (
            Turn(ACCOUNT, ("trip_account",)),
            _acting(BOOKS, "trip_book"),  # of one without a bar now orders wait for its next open
            _acting(MEMBERS, "trip_fill"),
            Turn(ACCOUNT, ("end_trips",)),
        ),
        asks="tripped_account",
    ),
    Stage("steps", ()),  # instructions that have filled: the next one's turn has come, or their sequence ends
    Stage("closing", (Turn(MEMBERS, ("hand", "closing")),)),  # of the kernel: series, wishes, commit, outputs
    Stage("account", ()),  # what its own series say, which read the books as they are now
    Stage("readings", (Turn(MEMBERS, ("hand", "note_gauges"), flag=layout.KEEP_RECORDS),)),
    Stage(
        "gauges",
        (
            Turn(ACCOUNT, ("trip_gauges_account",)),
            _acting(BOOKS, "trip_book"),
            _acting(MEMBERS, "trip_fill"),
            Turn(ACCOUNT, ("end_trips",)),
        ),
        asks="gauged",
    ),
    Stage(
        "flows",  # money of the account
        (Turn(ACCOUNT, ("untie",)), Turn(BOOKS, ("tie",)), Turn(ACCOUNT, ("pay_flows",))),
        asks="pays",
    ),
    Stage(
        "basis",  # what weights are shares of
        (
            Turn(ACCOUNT, ("set_basis",)),
            Turn(MEMBERS, ("reckon",), flag=layout.WANTS),
            Turn(ACCOUNT, ("settle_basis",)),
        ),
    ),
    Stage("leave", (_acting(MEMBERS, "leave", asks="acts"),)),
    Stage("groups", ()),  # legs that are wished: all of a group are placed, or none; then instructions of sequences
    Stage("enter", (_acting(PREFERRED, "enter", flag=layout.WANTS),)),
    Stage("after", (_acting(MEMBERS, "after", flag=layout.DECIDING),)),
    Stage("outputs", ()),  # equity and cash of the account, quantity of every member
)
"""One event of several books of one account: what is of each is done for all of them before what comes after it."""

_FIELDS = (
    "equity cash deposited withdrawn drawdown position.size position.entry_price position.pnl position.bars "
    "position.flat position.long position.short position.stop position.risk position.open_risk position.high "
    "position.low position.last_price position.lots position.weight exposure.gross exposure.net exposure.long "
    "exposure.short pnl.day pnl.realised pnl.unrealised pnl.fees pnl.carry pnl.total trades.count trades.today "
    "trades.opened_today trades.losses_today trades.loss_streak trades.win_rate trades.mean_win trades.mean_loss "
    "trades.mean_win_return trades.mean_loss_return trades.last_return trades.last_reason trades.bars_since "
    "margin.used margin.free margin.use margin.distance orders.pending"
)
_BOOLS = ("position.flat", "position.long", "position.short")


def _read(field: str) -> Phase:
    name = "read_" + field.replace(".", "_")
    return Phase(name, getattr(books, name), BOOL if field in _BOOLS else NUMBER)


READS: Mapping[str, Phase] = {field: _read(field) for field in _FIELDS.split()}

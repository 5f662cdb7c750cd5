"""The functions of trading by name, for the engines, and the parts of one event in their order (semantics 18).

The order stands here: both engines and the tests' driver go through `EVENT`. Only the bars of a sweep on which nothing
happens have a loop of their own (`native/emit_sweep.py`), which looks at the phases before the series by name.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from inspect import signature
from typing import Any

from . import books, decide, fill, finish, layout, mark, records
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
        """By name: the arrays b, k, trades, orders, records; index, time, statement as whole numbers; prices."""
        return tuple(signature(self.function).parameters)


def _table(*phases: Phase) -> Mapping[str, Phase]:
    return {phase.name: phase for phase in phases}


HOT = _table(
    Phase("attention", mark.attention),
    Phase("mark", mark.mark),
    Phase("tripped", mark.tripped),
    Phase("due", mark.due),
    Phase("accepts", mark.accepts),
    Phase("moments", mark.moments),
)
"""What runs on every bar."""

COLD = _table(
    Phase("new_day", trip.new_day),
    Phase("fill", fill.fill),
    Phase("record_mark", records.record_mark),
    Phase("trip", trip.trip),
    Phase("decide", decide.decide),
    Phase("finish", finish.finish),
)
"""What runs on few bars."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of one event: a phase of its name, or what the engine does of its own.

    asks: the hot function that says whether there is anything to do; flag: the slot of k that does; else it is done.
    """

    name: str
    asks: str = ""
    flag: int = -1


EVENT = (
    Part("day"),  # the day in the calendar zone is another than the bar's before: `new_day`
    Part("clocks"),  # higher bars that ended close
    Part("fill", asks="attention"),
    Part("mark"),
    Part("record_mark", flag=layout.KEEP_RECORDS),
    Part("trip", asks="tripped"),
    Part("series"),  # they read the books as they are now
    Part("wishes"),  # what each statement wants goes into its inbox
    Part("decide", asks="due"),  # or where a statement wants something
    Part("commit"),  # states of the program go on
    Part("outputs"),
)

_SERIES = next(place for place, part in enumerate(EVENT) if part.name == "series")
OPENING = tuple(part for part in EVENT[:_SERIES] if part.name in HOT or part.name in COLD)
"""The phases before the series."""

_FIELDS = (
    "equity cash drawdown position.size position.entry_price position.pnl position.bars position.flat position.long "
    "position.short position.stop position.risk position.high position.low position.last_price position.lots "
    "position.weight pnl.day pnl.realised pnl.unrealised pnl.fees pnl.total trades.count trades.today "
    "trades.losses_today trades.loss_streak trades.win_rate trades.mean_win trades.mean_loss trades.last_return "
    "trades.last_reason trades.bars_since orders.pending"
)
_BOOLS = ("position.flat", "position.long", "position.short")


def _read(field: str) -> Phase:
    name = "read_" + field.replace(".", "_")
    return Phase(name, getattr(books, name), BOOL if field in _BOOLS else NUMBER)


READS: Mapping[str, Phase] = {field: _read(field) for field in _FIELDS.split()}

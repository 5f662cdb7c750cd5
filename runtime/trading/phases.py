"""The functions of trading by name, for the engines: which are hot, which are cold, what each takes.

Arguments are spelled in letters: b k t o r are the buffers (books, counts, trades, orders, records), n a
whole number, x a float64. Results are whole numbers, but those of the reads, which say.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from . import books, decide, fill, finish, mark, records
from . import guard_actions as trip

NUMBER, BOOL = "number", "bool"


@dataclass(frozen=True, slots=True)
class Phase:
    """A function the engines call: its arguments in letters and the kind of its result ("" for a whole number)."""

    name: str
    function: Callable[..., Any]
    arguments: str
    result: str = ""


def _table(*phases: Phase) -> Mapping[str, Phase]:
    return {phase.name: phase for phase in phases}


HOT = _table(
    Phase("attention", mark.attention, "bkxx"),  # high, low
    Phase("mark", mark.mark, "bkxxx"),  # high, low, close
    Phase("tripped", mark.tripped, "bk"),
    Phase("due", mark.due, "bknn"),  # index, time
    Phase("accepts", mark.accepts, "bkn"),  # statement
)

COLD = _table(
    Phase("new_day", trip.new_day, "bk"),
    Phase("fill", fill.fill, "bktornnxxxx"),  # index, time, open, high, low, close
    Phase("record_mark", records.record_mark, "bkrn"),  # index
    Phase("trip", trip.trip, "bktornnx"),  # index, time, close
    Phase("decide", decide.decide, "bktornnx"),  # index, time, close
    Phase("finish", finish.finish, "bktornnx"),  # index, time, close
)

_FIELDS = (
    "equity cash drawdown position.size position.entry_price position.pnl position.bars position.flat position.long "
    "position.short position.stop position.risk position.high position.low position.last_price position.lots "
    "position.weight pnl.day pnl.realised pnl.unrealised pnl.fees pnl.total trades.count trades.today "
    "trades.losses_today trades.loss_streak trades.win_rate trades.mean_win trades.mean_loss trades.last_return "
    "trades.last_reason trades.bars_since"
)
_BOOLS = ("position.flat", "position.long", "position.short")


def _read(field: str) -> Phase:
    name = "read_" + field.replace(".", "_")
    return Phase(name, getattr(books, name), "bk", BOOL if field in _BOOLS else NUMBER)


READS: Mapping[str, Phase] = {field: _read(field) for field in _FIELDS.split()}

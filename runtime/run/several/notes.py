"""What a reader has to be told beside the figures of a run over several symbols, what weighs most first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from ....lang.plan.model import Plan, Several
from ....lang.words.vocabulary import FILLS
from ...calendar.instants import shown
from ...data.jumps import doubts
from ...data.panel.names import listed
from ...results.format import counted
from ...results.gate import Check, faults
from ...trading.layout import THIS_CLOSE
from ...trading.rows import ORDER_INDEX, ORDER_REASON, ORDER_STATEMENT, REASONS, TRADE_AMBIGUOUS
from ..approached import Nearest, left_behind, never_filled
from ..notes import beyond_the_stop, costly, halted, higher_bars, implies_a_limit, over_night, parted, ruin, tripped
from . import magnified
from .approached import rested_in
from .dated import outside_their_dates
from .exposed import banded, exposed, kept_waiting
from .gate import bars_needed
from .outcome import Finished
from .prepare import PreparedSeveral
from .stopped import stopped

if TYPE_CHECKING:
    from ...results.output import RunOutput


def told(
    finished: Finished, left: RunOutput, checks: tuple[Check, ...], near: Mapping[int, Nearest]
) -> Iterator[str]:  # fmt: skip
    """Every note of a run. near: as of one symbol, `runtime/run/notes.py`."""
    plan, prepared = finished.machine.several.main, finished.prepared
    yield from faults(checks)
    decided = int(left.trades[:, TRADE_AMBIGUOUS].sum())
    yield from magnified.used(prepared, finished.magnified, decided, len(left.trades))
    yield from ruin(prepared, left.equity)
    yield from halted(prepared, finished.machine.account, left.orders)
    yield from _halted_groups(finished, left)
    yield from exposed(plan, prepared, left)
    yield from banded(plan, left)
    yield from kept_waiting(prepared, left)
    yield from stopped(finished, left)
    yield from outside_their_dates(prepared)
    yield from _too_short(plan, prepared)
    yield from costly(prepared)
    if len(left.trades):  # else the gate has told it
        yield from never_filled(plan, left.orders, near, _name_of)
        yield from left_behind(plan, rested_in(finished), _name_of)
    yield from _full(finished, plan)
    yield from _untaken(finished, plan)
    yield from parted(prepared, sum(book.trading.parted() for book in finished.books))
    yield from beyond_the_stop(left.trades)
    yield from over_night(plan, left.trades)
    yield from _at_any_run(finished.machine.several, prepared)


def standing(several: Several, prepared: PreparedSeveral) -> Iterator[str]:
    """The notes that hold for every run over these bars, as in a sweep."""
    yield from outside_their_dates(prepared)
    yield from costly(prepared)
    yield from _at_any_run(several, prepared)


def _at_any_run(several: Several, prepared: PreparedSeveral) -> Iterator[str]:
    plan = several.main
    yield from _one_instant(several, prepared)
    yield from magnified.standing(prepared)
    yield from sorted(prepared.bars.notes, key=lambda note: not doubts(note))  # what makes a result wrong goes first
    if implies_a_limit(plan, prepared):
        yield "guard exposure 100% is implied, of the account: the program says nothing else"
    yield from higher_bars(plan, prepared)


def _halted_groups(finished: Finished, left: RunOutput) -> Iterator[str]:
    """Which groups of symbols a guard of their own halted for good, and when."""
    import numpy as np

    prepared = finished.prepared
    for kind, scope in tripped(finished.machine.account):
        if not scope or left.several is None:
            continue
        name = finished.machine.scopes[scope - 1]
        places = [prepared.symbols.index(symbol) for symbol in prepared.groups[name.lower()]]
        by_it = (left.orders[:, ORDER_STATEMENT] < 0.0) & (left.orders[:, ORDER_REASON] == kind)
        first = left.orders[by_it & np.isin(left.several.orders, places)][0]
        when = shown(int(prepared.bars.ts[int(first[ORDER_INDEX])])).removesuffix("T00:00:00Z")
        yield (f"guard {REASONS[kind]} of {name} halted {listed(prepared.groups[name.lower()])} for good on {when}: "
               "nothing more was entered there")  # fmt: skip


def _too_short(plan: Plan, prepared: PreparedSeveral) -> Iterator[str]:
    """Which symbols that some statement enters never had the bars that it needs; of all of them the gate has told."""
    needs = bars_needed(plan, prepared)
    short = [f"{symbol} {bars:,}" for symbol, need, bars in needs if need > bars]
    if short and len(short) < len(needs):
        yield (f"{counted(len(short), 'symbol')} could never be entered, as the program needs more bars than they "
               f"have: {listed(short)}")  # fmt: skip


def _name_of(plan: Plan, index: int) -> str:
    """A statement as rows name it; of a ladder the whole."""
    decision = next(each for each in plan.decisions if each.index == index)
    return f"`{decision.name}`"


def _full(finished: Finished, plan: Plan) -> Iterator[str]:
    """Which enters wished for more lots than their `scale` allows, and how often."""
    for decision in plan.decisions:
        if decision.action != "enter":
            continue
        if dropped := sum(book.trading.dropped(decision.index) for book in finished.books):
            yield (f"`{decision.label}` found its `scale {decision.scale}` full on {counted(dropped, 'bar')} and did "
                   "nothing")  # fmt: skip


def _untaken(finished: Finished, plan: Plan) -> Iterator[str]:
    """Which enters had takes that came to no whole lot, and how often."""
    for decision in plan.decisions:
        untaken = sum(book.trading.untaken(decision.index) for book in finished.books) if decision.takes else 0
        if untaken:
            yield f"`{decision.label}`: {counted(untaken, 'take')} came to no whole lot, and took nothing"


def _one_instant(several: Several, prepared: PreparedSeveral) -> Iterator[str]:
    """Daily bars close at one instant by their dates alone, whatever the hours of their markets."""
    crosses = bool(several.levels) or bool(several.main.books_of)
    fills = {decision.fill or prepared.assumptions.fill for decision in several.main.decisions}
    if prepared.panel.bars[0].daily and crosses and FILLS[THIS_CLOSE] in fills:
        yield ("bars of a day carry dates alone, so all closes of a date are one instant: `fill this_close` trades one "
               "symbol at its close knowing the others' of that date, which of markets that close at other hours "
               "nobody could; take fill next_open for these")  # fmt: skip

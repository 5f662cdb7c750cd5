"""The quality gate of a run over several symbols: what `runtime/run/gate.py` asks, of all books together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from ....lang.diagnostics.span import NOWHERE
from ....lang.plan.model import Plan
from ....lang.program.program import Emit, Enter, Hold
from ...calendar.instants import shown
from ...compiled.compiled import Compiled
from ...results.format import counted
from ...results.gate import Check
from ...trading.rows import (
    ORDER_INDEX,
    ORDER_NUMBER,
    ORDER_REASON,
    ORDER_STATEMENT,
    ORDER_STATUS,
    REASONS,
    REFUSED,
    TRADE_ENTRY_ORDER,
)
from ..approached import Nearest
from ..no_trades import fates, rested
from ..reach import buys_nothing, limit_of
from ..risked import risked
from .prepare import PreparedSeveral
from .series import node_values, values_of

if TYPE_CHECKING:
    from ...results.output import Floats, RunOutput

ENTERING = ("enter", "hold")


def checks(
    program: Compiled, prepared: PreparedSeveral, left: RunOutput, engine: str, near: Mapping[int, Nearest]
) -> tuple[Check, ...]:  # fmt: skip
    """Every check of a run, one after another: what has a cause that was told before is not told again. near: as of
    one symbol, `runtime/run/gate.py`."""
    account = prepared.assumptions
    limit = limit_of(program.plan, prepared.values, account)
    nothing = buys_nothing(program.plan, account.capital, limit, zip(prepared.own, prepared.panel, strict=False))
    capital = Check("capital", not nothing, nothing or f"{account.capital:,.10g}")
    if nothing:
        return (capital,)
    cannot = _cannot_act(program.plan, prepared)
    if cannot:
        return capital, Check("acts", False, cannot)
    found = [capital, Check("acts", True, "it enters, and there are bars to test")]
    if account.opens == "at_once":
        found.append(_opens(program, prepared, left))
    if not len(left.trades):
        return *found, Check("trades", False, "; ".join(_without_trades(program, prepared, left.orders, engine, near)))
    denied = "; ".join(_denied(left))
    return (
        *found, Check("trades", True, counted(len(left.trades), "trade")),
        Check("orders", not denied, denied or "none was denied every time"),
        *risked(program.plan, left.orders),
    )  # fmt: skip


def _cannot_act(plan: Plan, prepared: PreparedSeveral) -> str:
    if not any(decision.action in ENTERING for decision in plan.decisions):
        return "the program has no `enter`, `rebalance`, `atomic` or `sequence`: there was nothing to trade"
    if prepared.first >= len(prepared.panel.events):
        return "there are no bars to test: nothing could be entered"
    return ""


def _opens(program: Compiled, prepared: PreparedSeveral, left: RunOutput) -> Check:
    """Whether the first position was decided at the first event at which any statement could enter any symbol."""
    import numpy as np

    first = first_opportunity(program, prepared)
    if first < 0:
        return Check("opens", False, "`assume opens at_once`: no event of the test is one at which anything could be "
                                     "entered")  # fmt: skip
    when = _event(left, first)
    if not len(left.trades):
        return Check("opens", False, f"`assume opens at_once`: nothing was opened; an entry could act from {when} on")
    opening = np.isin(left.orders[:, ORDER_NUMBER], left.trades[:, TRADE_ENTRY_ORDER])
    decided = int(left.orders[opening, ORDER_INDEX].min())
    if decided == first:
        return Check("opens", True, f"decided on {when}, the first event at which an entry can act")
    late = counted(decided - first, "event")
    return Check("opens", False, f"`assume opens at_once`: an entry could act from {when} on, and the first position "
                                 f"was decided {late} later, on {_event(left, decided)}; `strat why --at {when}` "
                                 "says what kept it")  # fmt: skip


def first_opportunity(program: Compiled, prepared: PreparedSeveral) -> int:
    """The first event tested at which a statement may enter a symbol, having all it reads of it, while that belongs to
    the universe; -1 without one."""
    import numpy as np

    from ....lang.plan.several import several
    from ...why.reads import Reads

    reads, panel, typed = Reads(), prepared.panel, program.typed
    entering = [each for each in typed.trading if isinstance(each, Enter | Hold)]
    emits = tuple(Emit(f"warm {at}", reads.warm(each.reads), NOWHERE) for at, each in enumerate(entering))
    plans = several(replace(typed, emits=emits, alerts=(), plots=()), [], limits=program.bounds)
    warm = values_of(plans, prepared, "interpreted", [emit.name for emit in emits])
    events = np.repeat(np.arange(len(panel.events)), np.diff(panel.events.offsets))
    found = []
    for place, symbol in enumerate(prepared.symbols):
        at = events[panel.places_of(place)]
        may = at >= prepared.first
        if prepared.universe is not None:
            may &= prepared.universe.at_closes(panel, symbol, prepared.assumptions.timezone)[at]
        for nth, each in enumerate(entering):
            if each.symbol in ("", symbol):
                found += at[may & (warm[f"warm {nth}"][place] == 1.0)][:1].tolist()
    return min(found, default=-1)


def _event(left: RunOutput, index: int) -> str:
    """The bar of an event, as people read it."""
    return shown(int(left.bars.ts[index])).removesuffix("T00:00:00Z")


def _without_trades(
    program: Compiled, prepared: PreparedSeveral, orders: Floats, engine: str, near: Mapping[int, Nearest]
) -> Iterator[str]:  # fmt: skip
    """Of each statement that enters how often its condition held, over the bars of all symbols, and its orders."""
    typed, plan = program.typed, program.plan
    entering = [(decision, statement.when) for decision, statement in zip(plan.of_text, typed.trading, strict=True)
                if decision.action in ENTERING]  # fmt: skip
    values = node_values(program, prepared, engine, {str(decision.index): when for decision, when in entering})
    for decision, _ in entering:
        columns = values[str(decision.index)]
        bars, held = sum(map(len, columns)), sum(int((column == 1.0).sum()) for column in columns)
        statement, name = orders[:, ORDER_STATEMENT], decision.name
        own = orders[(statement >= decision.index) & (statement < decision.index + decision.places)]
        yield (f"no trades: of {counted(bars, 'bar')} of {counted(prepared.traded, 'symbol')} the condition of "
               f"`{name}` held on {held:,}{fates(own)}{rested(near.get(decision.index))}")  # fmt: skip


def _denied(left: RunOutput) -> Iterator[str]:
    """The statements of which every order was denied, and why."""
    statement, status = left.orders[:, ORDER_STATEMENT], left.orders[:, ORDER_STATUS]
    for name in dict.fromkeys(each.label for each in left.statements):
        numbers = [number for number, each in enumerate(left.statements) if each.label == name]
        own = (statement >= min(numbers)) & (statement <= max(numbers))
        if not own.any() or (status[own] != REFUSED).any():
            continue
        why = Counter(REASONS[int(reason)].replace("_", " ") for reason in left.orders[own, ORDER_REASON])
        reasons = ", ".join(reason if len(why) == 1 else f"{reason} {n:,}" for reason, n in why.most_common())
        yield f"every order of `{name}` was denied, {counted(int(own.sum()), 'time')} ({reasons})"

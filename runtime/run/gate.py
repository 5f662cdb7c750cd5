"""The quality gate: whether a run says anything at all about its strategy, looked at in what the run left."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from ..calendar.instants import shown
from ..compiled.compiled import Compiled
from ..errors import RunError
from ..given import GATES
from ..results.format import counted
from ..results.gate import Check, faults
from ..trading.rows import (
    ENTER_ORDER,
    ORDER_INDEX,
    ORDER_KIND,
    ORDER_NUMBER,
    ORDER_REASON,
    ORDER_STATEMENT,
    ORDER_STATUS,
    REASONS,
    REFUSED,
    TRADE_ENTRY_ORDER,
)
from .approached import Nearest
from .no_trades import unheld
from .notes import name_of, too_short
from .prepare import Prepared
from .reach import buys_nothing, limit_of
from .risked import risked

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from ..results.output import Floats

    Ints = NDArray[np.int64]

WARN, STRICT = GATES
"""What a backtest does about a fault: a note, or GateError."""
BLOCK = 4096
"""Bars that are run at once to find the first on which an entry may be decided."""


class GateError(RunError):
    """A run that did not pass a strict gate; `checks` are all that were made."""

    def __init__(self, checks: tuple[Check, ...]) -> None:
        found = faults(checks)
        super().__init__(f"the gate is strict, and found {counted(len(found), 'fault')}: {'; '.join(found)}")
        self.checks = checks


def checks(
    program: Compiled, prepared: Prepared, trades: Floats, orders: Floats, engine: str, near: Mapping[int, Nearest]
) -> tuple[Check, ...]:  # fmt: skip
    """Every check of a run, one after another: what has a cause that was told before is not told again. near: how near
    the market came to orders that rested, of statements of which none filled."""
    assumed = prepared.assumptions
    limit = limit_of(program.plan, prepared.values, assumed)
    tested = prepared.bars.rows(prepared.first, len(prepared.bars))
    nothing = buys_nothing(program.plan, assumed.capital, limit, [(assumed, tested)])
    capital = Check("capital", not nothing, nothing or f"{assumed.capital:,.10g}")
    if nothing:
        return (capital,)
    cannot = _cannot_act(program, prepared)
    if cannot:
        return capital, Check("acts", False, cannot)
    found = [capital, Check("acts", True, "it enters, and the data have the bars that an entry waits for")]
    if prepared.assumptions.opens == "at_once":
        found.append(_opens(program, prepared, trades, orders))
    if not len(trades):
        return *found, Check("trades", False, "; ".join(unheld(program, prepared, orders, engine, near)))
    denied = "; ".join(_denied(program, orders))
    return (
        *found, Check("trades", True, counted(len(trades), "trade")),
        Check("orders", not denied, denied or "none was denied every time"),
        *risked(program.plan, orders),
    )  # fmt: skip


def _cannot_act(program: Compiled, prepared: Prepared) -> str:
    """Why nothing could ever be entered; "" where something could."""
    plan = program.plan
    if not any(decision.action == "enter" for decision in plan.decisions):
        return "the program has no `enter`: there was nothing to trade"
    if prepared.first >= len(prepared.bars):
        return "there are no bars to test: nothing could be entered"
    return "; ".join(too_short(plan, prepared))


def _opens(program: Compiled, prepared: Prepared, trades: Floats, orders: Floats) -> Check:
    """Whether the first position was decided on the first bar on which any entry could be."""
    first = first_opportunity(program, prepared)
    if first < 0:
        return Check("opens", False, "`assume opens at_once`: no bar of the test is one on which an entry could act")
    return opened(first, trades, orders, prepared.bars.ts, "bar")


def opened(first: int, trades: Floats, orders: Floats, ts: Ints, unit: str) -> Check:
    """Whether the first position was decided where an entry could act first, at `first` of the bars, or of the events
    of several symbols, that opened at `ts`."""
    import numpy as np

    where = "on" if unit == "bar" else "at"
    begins = _opening(ts, first)
    if not len(trades):
        return Check("opens", False, f"`assume opens at_once`: nothing was opened; an entry could act from {begins} on")
    # Trades stand in the order of their exits, so a lot that was added later may come before the first one.
    opening = (orders[:, ORDER_KIND] == ENTER_ORDER) & np.isin(orders[:, ORDER_NUMBER], trades[:, TRADE_ENTRY_ORDER])
    decided = int(orders[opening, ORDER_INDEX].min())
    if decided == first:
        return Check("opens", True, f"decided on {begins}, the first {unit} {where} which an entry can act")
    late = counted(decided - first, unit)
    return Check("opens", False, f"`assume opens at_once`: an entry could act from {begins} on, and the first position "
                                 f"was decided {late} later, on {_opening(ts, decided)}; `strat why --at {begins}` "
                                 "says what kept it")  # fmt: skip


def _opening(ts: Ints, index: int) -> str:
    """When a bar opened, as `strat why --at` takes it."""
    return shown(int(ts[index])).removesuffix("T00:00:00Z")


def first_opportunity(program: Compiled, prepared: Prepared) -> int:
    """The first tested bar on which some `enter` may act, having all it reads; -1 without one.

    The engine tells it itself, by signals that wait for what the entries wait for.
    """
    import numpy as np

    from ...lang.diagnostics.span import NOWHERE
    from ...lang.plan.build import plan as make_plan
    from ...lang.program.program import Emit
    from ..machine.columns import History
    from ..machine.outputs import out_count
    from ..why.reads import Reads

    reads, typed = Reads(), program.typed
    emits = tuple(Emit(f"warm {at}", reads.warm(enter.reads), NOWHERE) for at, enter in enumerate(typed.enters))
    plan = make_plan(replace(typed, emits=emits, alerts=(), plots=()), [])
    machine = prepared.machine(plan, "interpreted")  # a warm-up is short beside the compiling of another kernel
    history, count = History(prepared.bars, prepared.assumptions.timezone), len(prepared.bars)
    warm = np.empty((len(plan.outputs), BLOCK))
    while machine.index < count:
        index = machine.index
        upto = min(index + BLOCK, count)
        machine.run(history, upto, [*[None] * (out_count(plan) - len(plan.outputs)), *warm])
        skipped = max(0, prepared.first - index)
        found = np.flatnonzero(warm[:, skipped : max(skipped, upto - index)].any(axis=0))
        if len(found):
            return index + skipped + int(found[0])
    return -1


def _denied(program: Compiled, orders: Floats) -> Iterator[str]:
    """The statements of which every order was denied, and why."""
    refused = orders[:, ORDER_STATUS] == REFUSED
    if not refused.any():
        return
    statements = orders[:, ORDER_STATEMENT].copy()
    for index, decision in enumerate(program.plan.decisions):
        own = statements == index
        if decision.action == "cancel" or not own.any() or not refused[own].all():
            continue
        told = orders[own, ORDER_REASON].tolist()
        why = Counter(REASONS[int(reason)].replace("_", " ") for reason in told)
        reasons = ", ".join(name if len(why) == 1 else f"{name} {n:,}" for name, n in why.most_common())
        yield f"every order of {name_of(program.plan, index)} was denied, {counted(len(told), 'time')} ({reasons})"

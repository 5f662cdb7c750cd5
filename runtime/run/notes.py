"""What a reader has to be told beside the figures of a backtest, what weighs most first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, TypeAlias

from ...lang.plan.constants import evaluate_params
from ...lang.plan.model import BASE_CLOCK, Gate, Plan
from ...lang.program.timeframe import timeframe as read_timeframe
from ..calendar import Calendar
from ..calendar.instants import shown
from ..data.quality import unbroken
from ..data.zone import NO_ZONE
from ..machine.machine import Machine
from ..results.format import counted
from ..trading.layout import (
    FOR_EVER,
    GUARD_COUNT,
    GUARD_KIND,
    GUARD_SCOPE,
    GUARD_UNTIL,
    GUARD_WIDTH,
    GUARDS,
    HALTED,
    HIGH_WATER,
    MAGNIFIED,
    MAX_DRAWDOWN,
    PAID_IN,
    TAKEN_OUT,
    TRIPPED,
)
from ..trading.rows import (
    AT_OPEN,
    BY_EXPIRE,
    BY_STOP,
    BY_TARGET,
    ORDER_INDEX,
    ORDER_REASON,
    ORDER_STATEMENT,
    REASONS,
    TRADE_AMBIGUOUS,
    TRADE_ENTRY_PRICE,
    TRADE_ENTRY_STATEMENT,
    TRADE_EXIT_MOMENT,
    TRADE_REASON,
    TRADE_SIDE,
    TRADE_STOP,
    TRADE_TARGET,
)
from . import magnified
from .approached import Nearest, left_behind, never_filled
from .prepare import Prepared, of_another_symbol

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from ..data.bars import Bars
    from ..results.output import Floats
    from ..trading.state import TradingState
    from .several.prepare import PreparedSeveral

OverBars: TypeAlias = "Prepared | PreparedSeveral"
"""What a run is over: `bars` of a symbol, or of an account's events, and `assumptions`."""
COSTLY = 0.05
"""A share of every fill that few venues charge: as a number of Python it was perhaps meant in per cent."""


def told(
    plan: Plan, prepared: Prepared, machine: Machine, equity: Floats, trades: Floats, orders: Floats,
    near: Mapping[int, Nearest],
) -> Iterator[str]:  # fmt: skip
    """Every note of a run but for the faults that its gate found. near: how near the market came to orders that rested,
    of statements of which none filled."""
    yield from on_another_clock(prepared)
    another = of_another_symbol(plan, prepared.bars)
    if another:
        yield another
    if prepared.finer is not None:
        yield magnified.used(prepared.finer.timeframe, machine.trading.k[MAGNIFIED], prepared.assumptions.path,
                             int(trades[:, TRADE_AMBIGUOUS].sum()), len(trades))  # fmt: skip
    if _may_be_lost(machine.trading):
        yield from ruin(prepared, equity)
    yield from halted(prepared, machine.trading, orders)
    yield from _partly_short(plan, prepared)
    yield from costly(prepared)
    if len(trades):  # else the gate has told it
        yield from never_filled(plan, orders, near, statement_of)
        yield from left_behind(plan, [(prepared.bars, prepared.first, orders, "")], statement_of)
    yield from _full(plan, machine)
    yield from _untaken(plan, machine)
    yield from parted(prepared, machine.trading.parted())
    yield from beyond_the_stop(trades)
    yield from over_night(plan, trades)
    yield from _at_any_run(plan, prepared)


def standing(plan: Plan, prepared: Prepared) -> Iterator[str]:
    """The notes that hold for every run over these bars, as in a sweep."""
    yield from on_another_clock(prepared)
    another = of_another_symbol(plan, prepared.bars)
    if another:
        yield another
    yield from costly(prepared)
    yield from _at_any_run(plan, prepared)


def _at_any_run(plan: Plan, prepared: Prepared) -> Iterator[str]:
    if prepared.finer is not None:
        yield from magnified.standing(prepared.finer, prepared.assumptions.path)
    told = bool(list(on_another_clock(prepared)))
    yield from (note for note in prepared.bars.notes if not (told and note == NO_ZONE))
    if implies_a_limit(plan, prepared):
        yield "guard exposure 100% is implied: the program says nothing else"
    yield from higher_bars(plan, prepared)


def on_another_clock(prepared: OverBars) -> Iterator[str]:
    """Times without a zone beside a program that has one: every time of day is hours off if they are local."""
    zone = prepared.assumptions.timezone
    if NO_ZONE in prepared.bars.notes and zone != "UTC":
        yield (f"times carry no zone and are read as UTC, while the program's clock is {zone}: if they are of that "
               f"clock, `--data-tz {zone}` says so, and without it every time of day is off")  # fmt: skip


def implies_a_limit(plan: Plan, prepared: OverBars) -> bool:
    """Whether orders are weighed by all of equity because nothing says by what else (see `trading.state.lay_out`)."""
    said = any(guard.name in ("exposure", "leverage") and not guard.of for guard in plan.guards)
    return bool(plan.decisions) and not said and prepared.assumptions.margin == 1.0


def over_night(plan: Plan, trades: Floats) -> Iterator[str]:
    """`expire day` where no bar closes with the day: the first moment after it is the open of another."""
    of_day = [decision.index for decision in plan.decisions if decision.expire_kind == "day"]
    if not of_day:
        return
    import numpy as np

    left = (trades[:, TRADE_REASON] == BY_EXPIRE) & (trades[:, TRADE_EXIT_MOMENT] == AT_OPEN)
    count = int(np.count_nonzero(left & np.isin(trades[:, TRADE_ENTRY_STATEMENT], of_day)))
    if count:
        yield (f"`expire day`: {counted(count, 'lot')} left at the open of a later day, as no bar of the data closes "
               'with the day; `expire "16:00"`, or when the last bar closes, leaves before the night')  # fmt: skip


def name_of(plan: Plan, index: int) -> str:
    """A statement as a reader finds it: `enter long`, or the second of that name; of a ladder which order."""
    decision, told = plan.decisions[index], statement_of(plan, index)
    return f"order {decision.rung} of {decision.rungs} of {told}" if decision.rung else told


def statement_of(plan: Plan, index: int) -> str:
    """The same of the whole statement."""
    decision = plan.decisions[index]
    name = f"{decision.action} {decision.side}".strip()
    alike = [d for d in plan.decisions[:index] if (d.action, d.side) == (decision.action, decision.side)]
    before = sum(d.rung <= 1 for d in alike) - (decision.rung > 1)
    return f"`{name}`" if not before else f"the `{name}` numbered {before + 1}"


# --- the account ---------------------------------------------------------------------------------


def _may_be_lost(state: TradingState) -> bool:
    """Whether equity may have been below 0. It was not where it never lost all of its highest, and no money came or
    went: then nobody has to look at every bar."""
    moved = state.b[PAID_IN] or state.b[TAKEN_OUT]
    return bool(moved) or not (state.b[HIGH_WATER] > 0.0 and state.b[MAX_DRAWDOWN] < 1.0)


def ruin(prepared: OverBars, equity: Floats) -> Iterator[str]:
    """That the account was lost, if it was: what follows is no result to rely on."""
    if len(equity) and equity.min() < 0.0:
        first = int((equity < 0.0).argmax())
        when = shown(int(prepared.bars.ts[first])).removesuffix("T00:00:00Z")
        yield (f"equity fell below 0 at {when}: a venue would have closed the account; "
               "no trade after it could have been made")  # fmt: skip


def halted(prepared: OverBars, state: TradingState, orders: Floats) -> Iterator[str]:
    """Which guard ended the trading for good, and how much of the data came after it."""
    if state.k[HALTED] != FOR_EVER:
        return
    import numpy as np

    kinds = [kind for kind, scope in tripped(state) if not scope]
    ending = (orders[:, ORDER_STATEMENT] < 0.0) & np.isin(orders[:, ORDER_REASON], kinds)
    if ending.any():
        first = orders[ending][0]
        at = int(first[ORDER_INDEX])
        when = shown(int(prepared.bars.ts[at])).removesuffix("T00:00:00Z")
        after = len(prepared.bars) - at - 1
        yield (f"guard {REASONS[int(first[ORDER_REASON])]} halted trading for good on {when}: "
               f"nothing was entered on the {counted(after, 'bar')} after it")  # fmt: skip


def tripped(state: TradingState) -> list[tuple[int, int]]:
    """The guards that have halted for good: what each measures, and its scope, 0 for the account."""
    k = state.k
    places = [k[GUARDS] + guard * GUARD_WIDTH for guard in range(k[GUARD_COUNT])]
    return [(k[at + GUARD_KIND], k[at + GUARD_SCOPE]) for at in places
            if k[at + TRIPPED] and k[at + GUARD_UNTIL] == FOR_EVER]  # fmt: skip


def costly(prepared: OverBars) -> Iterator[str]:
    for name, part in (("fee", 1.0), ("slippage", 1.0), ("spread", 0.5)):
        cost = getattr(prepared.assumptions, name)
        if getattr(cost, "dearest", cost.fraction) * part > COSTLY:
            yield f"{name} {cost}: of every fill; as a number of Python, {name}=0.001 is 0.1%"


def _full(plan: Plan, machine: Machine) -> Iterator[str]:
    """Which enters wished for more lots than their `scale` allows, and how often."""
    for index, decision in enumerate(plan.decisions):
        if dropped := machine.trading.dropped(index):
            yield (f"{name_of(plan, index)} found its `scale {decision.scale}` full on {counted(dropped, 'bar')} "
                   "and did nothing")  # fmt: skip


def _untaken(plan: Plan, machine: Machine) -> Iterator[str]:
    """Which enters had takes that came to no whole lot, and how often."""
    for index, decision in enumerate(plan.decisions):
        if decision.takes and (untaken := machine.trading.untaken(index)):
            yield f"{name_of(plan, index)}: {counted(untaken, 'take')} came to no whole lot, and took nothing"


def parted(prepared: OverBars, count: int) -> Iterator[str]:
    """How many orders the volume of a bar cut."""
    if count:
        share = prepared.assumptions.echo()["participation"]
        yield (f"{counted(count, 'order')} asked for more than participation {share} of a bar's volume left, and went "
               "on in parts, at later bars or not at all; those of statements have rows in orders")  # fmt: skip


def beyond_the_stop(trades: Floats) -> Iterator[str]:
    """Lots that filled on the wrong side of their own stop or target, and so left at once."""
    side, entry, reason = (trades[:, at] for at in (TRADE_SIDE, TRADE_ENTRY_PRICE, TRADE_REASON))
    for name, at, by, towards in (("stop", TRADE_STOP, BY_STOP, side), ("target", TRADE_TARGET, BY_TARGET, -side)):
        by_it = reason == by
        wrong = int((((trades[:, at] - entry) * towards >= 0.0) & by_it).sum()) if by_it.any() else 0
        if wrong:
            yield f"{counted(wrong, 'lot')} filled beyond the {name}, on its wrong side, and left at once"


# --- warm-up -------------------------------------------------------------------------------------


def too_short(plan: Plan, prepared: Prepared) -> Iterator[str]:
    """That nothing could be entered, where no `enter` ever had the bars that it needs."""
    lacks = _lacks(plan, prepared)
    if lacks and all(lacks.values()) and len(set(lacks.values())) == 1:
        yield f"nothing could be entered: the program needs {lacks.popitem()[1]}"
    elif all(lacks.values()):
        yield from _never(plan, lacks)


def _partly_short(plan: Plan, prepared: Prepared) -> Iterator[str]:
    """Which enters never had the bars that they need, while others had."""
    lacks = _lacks(plan, prepared)
    if not all(lacks.values()):
        yield from _never(plan, lacks)


def _never(plan: Plan, lacks: Mapping[int, str]) -> Iterator[str]:
    yield from (f"{name_of(plan, index)} never acted: it needs {lacked}" for index, lacked in lacks.items() if lacked)


def _lacks(plan: Plan, prepared: Prepared) -> dict[int, str]:
    """Of each `enter` what of its warm-up the data do not have, "" where they have all of it."""
    values = evaluate_params(plan, prepared.values)
    return {d.index: _lack(plan, d.gate, values, prepared) for d in plan.of_text if d.action == "enter"}


def _lack(plan: Plan, gate: Gate, values: Sequence[float], prepared: Prepared) -> str:
    """What of the warm-up behind a gate the data do not have; "" where they have it."""
    for what, slot in gate:
        need = int(values[slot]) + 1
        if what == BASE_CLOCK and need > len(prepared.bars):
            return f"{counted(need, 'bar')}, the data have {len(prepared.bars):,}"
        if 0 <= what < len(plan.clocks):
            frame = plan.clocks[what].timeframe
            have = _count(frame, prepared.bars, need, prepared.assumptions.timezone)
            if need > have:
                return f"{counted(need, 'bar')} of {frame}, the data have {have:,}"
    return ""


# --- higher bars ---------------------------------------------------------------------------------


def higher_bars(plan: Plan, prepared: OverBars) -> Iterator[str]:
    partial = [clock.timeframe for clock in plan.clocks if _first_is_partial(clock.timeframe, prepared)]
    if partial:
        yield f"the first bar of {', '.join(partial)} may be partial: the data begin inside it"
    for frame in dict.fromkeys(clock.timeframe for clock in plan.clocks):
        yield from _ended_in_a_gap(frame, prepared)


def _first_is_partial(timeframe: str, prepared: OverBars) -> bool:
    bars = prepared.bars
    if not len(bars):
        return False
    calendar = Calendar(prepared.assumptions.timezone, daily=bars.daily)
    return bool(calendar.bucket(int(bars.ts[0]), read_timeframe(timeframe))[0] != int(bars.ts[0]))


def _ended_in_a_gap(timeframe: str, prepared: OverBars) -> Iterator[str]:
    """Higher bars whose end no bar of the data reaches: complete only once the next one opens, and read after it."""
    bars = prepared.bars
    if isinstance(prepared, Prepared) and unbroken(bars.ts, bars.timeframe):  # events of several may lie nearer
        return
    ends, reached = _ends(timeframe, bars, prepared.assumptions.timezone)
    late = (~reached).nonzero()[0]
    if len(late):
        following = bars.ts[bars.ts.searchsorted(ends[late[0]])]
        end, seen = (shown(int(instant)).removesuffix("T00:00:00Z") for instant in (ends[late[0]], following))
        known = (f"as {seen} began, and is known at the close of that bar" if end == seen
                 else f"at {end}, and is known at the close of the bar of {seen}")  # fmt: skip
        yield (f"{counted(len(late), 'bar')} of {timeframe} ended where the data have no bar, and each is read with "
               f"the next one that has closed: the first ended {known}")  # fmt: skip


def _count(timeframe: str, bars: Bars, need: int, zone: str) -> int:
    """How many higher bars were completed; where the first part of the data has as many as needed, those in it."""
    first = 2 * need * (read_timeframe(timeframe).seconds // bars.timeframe.seconds + 1)
    found = len(_ends(timeframe, bars.rows(0, min(first, len(bars))), zone)[0])
    return found if found >= need or first >= len(bars) else len(_ends(timeframe, bars, zone)[0])


def _ends(timeframe: str, bars: Bars, zone: str) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """The end of each higher bar that was completed, and whether a bar of the data reached it."""
    import numpy as np

    if not len(bars):
        return bars.ts, np.zeros(0, dtype=np.bool_)
    calendar = Calendar(zone, daily=bars.daily)
    ends, stops = calendar.ends_among(bars.ts, read_timeframe(timeframe))
    closes = np.asarray(calendar.close_of(bars.ts[stops - 1], bars.timeframe))  # of the last bar inside each
    reached = closes >= ends
    whole = slice(None) if reached[-1] else slice(-1)
    return ends[whole], reached[whole]

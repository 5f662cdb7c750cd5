"""A program and its data brought together, and checked: what every kind of run begins with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ..lang.plan.model import Plan
from ..lang.plan.stage import TICK, evaluate_params, refusals
from ..lang.program.timeframe import Timeframe
from ..lang.program.timeframe import timeframe as read_timeframe
from .data.bars import Bars
from .data.load import load_bars
from .errors import RunError, UsageFault
from .machine import Machine
from .parameters import chosen
from .trading.assumptions import AssumptionError, Assumptions, read_assumptions

DATA_OPTIONS = ("symbol", "timeframe", "data_from", "data_to", "data_tz", "policy")


@dataclass(frozen=True, slots=True)
class Setting:
    """values: of every parameter, by name. first: index of the first bar that may decide."""

    bars: Bars
    assumptions: Assumptions
    values: Mapping[str, float | bool]
    first: int
    close_at_end: bool

    def machine(self, plan: Plan, engine: str, **options: Any) -> Machine:
        """A machine over `plan` in this setting."""
        return Machine(
            plan, self.values, engine=engine, assumptions=self.assumptions, start=self.first,
            bar_seconds=self.bars.timeframe.seconds, close_at_end=self.close_at_end, **options,
        )  # fmt: skip


def settle(
    plan: Plan,
    data: object,
    params: Mapping[str, object] | None = None,
    *,
    from_: str | None = None,
    to: str | None = None,
    close_at_end: bool = False,
    assumptions: Mapping[str, object] | None = None,
    **data_options: Any,
) -> Setting:
    """Load and check; RunError or DataError says what does not fit, UsageFault what was chosen wrongly."""
    bars = as_bars(data, **data_options)
    assumed = assume(plan, assumptions or {})
    fits(plan, bars.timeframe)
    if to is not None:
        bars = bars.between(end=instant(to, "to"))
    first = 0 if from_ is None else _first(bars, instant(from_, "from"))
    return Setting(bars, assumed, values_of(plan, params, assumed), first, close_at_end)


def as_bars(data: object, **options: Any) -> Bars:
    """`Bars` as they are; anything else is loaded."""
    return data if isinstance(data, Bars) else load_bars(data, **options)


def assume(plan: Plan, given: Mapping[str, object]) -> Assumptions:
    """The program's assumptions, overridden by those given."""
    try:
        return read_assumptions(dict(plan.assumptions), given)
    except AssumptionError as error:
        raise UsageFault(str(error)) from None


def values_of(plan: Plan, params: Mapping[str, object] | None, assumed: Assumptions) -> dict[str, float | bool]:
    """Every parameter's value, the host's tick among them; refused where a `require` does not hold."""
    values = chosen(plan.params, params)
    if any(kind == "param" and name == TICK for kind, name, _ in plan.stage):
        if not assumed.tick:
            raise RunError("the program counts in ticks: say how much a tick is, `assume tick 0.01` or --tick 0.01")
        values[TICK] = assumed.tick
    broken = refusals(plan, evaluate_params(plan, values))
    if broken:
        shown = ", ".join(f"{n} = {v:g}" for n, v in values.items() if n != TICK)
        raise UsageFault(f"the program requires {' and '.join(broken)}, which does not hold for {shown}")
    return values


def fits(plan: Plan, base: Timeframe) -> None:
    """Whether the data's timeframe is what the program is made for and divides those that it reads."""
    if plan.timeframe and read_timeframe(plan.timeframe) != base:
        raise RunError(f"the program is made for bars of {plan.timeframe}, the data has bars of {base}")
    for clock in plan.clocks:
        higher = read_timeframe(clock.timeframe)
        if higher.seconds < base.seconds:
            raise RunError(f"the program reads bars of {higher}, which the data's bars of {base} cannot make")
        if base.intraday and higher.intraday and higher.seconds % base.seconds:
            raise RunError(f"bars of {higher} cannot be made of bars of {base}: one is no multiple of the other")


def instant(text: str, name: str) -> int:
    """A date or time as µs since 1970, UTC unless it says otherwise."""
    from .data.errors import DataError
    from .data.stamps import read_instant

    try:
        return read_instant(text, name)
    except DataError as error:
        raise UsageFault(str(error)) from None


def _first(bars: Bars, moment: int) -> int:
    import numpy as np

    return int(np.searchsorted(bars.ts, moment))

"""How much an account may hold at once, and whether that is as much as the least order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ...lang.inputs.assumptions import Assumptions
from ...lang.plan.constants import MISSING, TICK, evaluate_params
from ...lang.plan.model import Plan
from ..data.bars import Bars
from ..data.rates import standing
from ..trading.layout import SLACK


def limit_of(plan: Plan, given: Mapping[str, float | bool], assumed: Assumptions) -> float:
    """The smallest limit of gross value / equity, that of margin among them; 1 where nothing says one."""
    values = evaluate_params(plan, {TICK: MISSING, **given})
    bounding = ("exposure", "leverage")
    said = [values[guard.slot] for guard in plan.guards if guard.name in bounding and not guard.of]
    if not said and assumed.margin == 1.0:
        said = [1.0]
    said += [guard.threshold for guard in assumed.guards if guard.kind in bounding and not guard.of]
    return float(min([*said, *([1.0 / assumed.margin] if assumed.margin < 1.0 else [])]))


def buys_nothing(plan: Plan, capital: float, limit: float, each: Iterable[tuple[Assumptions, Bars]]) -> str:
    """Why not even the least order can be met, in words; "" where one may. each: assumptions and bars of a symbol.

    The least is one lot at the lowest price, or the minimum notional. What is never bought earns nothing; only cash on
    which interest is paid, and what is paid in, could come to more.
    """
    if any(decision.action == "deposit" for decision in plan.decisions):
        return ""
    found = []
    for assumed, bars in each:
        most = capital * limit * (1.0 + SLACK)
        if assumed.interest > 0.0 or _is_met(bars, assumed, most):
            return ""
        lowest = float(bars.low.min()) if len(bars) else 0.0
        worth = _least_worth(bars, assumed.conversion) if assumed.conversion else lowest
        lot = assumed.lot * assumed.point_value * worth
        least = max(lot, assumed.minimum)
        if lowest <= 0.0 or least <= most:
            return ""
        what = f"one lot of {assumed.lot:.10g} at its lowest price, {lowest:.10g}," if lot == least else "the minimum"
        found.append((least, f"{what} is {least:.10g}"))
    if not found:
        return ""
    held, cheapest = f"at most {capital * limit:.10g} may be held", min(found)[1]
    return f"a capital of {capital:,.10g} buys nothing: {held}, and {cheapest}; no order can be met"


def _is_met(bars: Bars, assumed: Assumptions, most: float) -> bool:
    """Whether the least order may be met at the low of the first bar: then no other has to be looked at."""
    if assumed.conversion or not len(bars):
        return False
    return max(assumed.lot * assumed.point_value * float(bars.low[0]), assumed.minimum) <= most


def _least_worth(bars: Bars, conversion: str) -> float:
    """The lowest of the lows in the account's money."""
    worth = bars.low * standing(bars, conversion)
    return float(worth[worth == worth].min(initial=float("inf")))

"""A run whose bars have finer bars: reading these, and what a reader of the result is told of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ..data.finer import Finer, finer
from ..errors import UsageFault
from ..results.format import counted
from ..trading.layout import MAGNIFIED
from .prepare import Prepared, as_bars

if TYPE_CHECKING:
    from ...lang.plan.model import Plan
    from ..trading.state import TradingState

_SHARED = ("symbol", "data_tz", "time_format", "policy", "columns")
"""What is said of the data's form holds of the finer ones too."""


def magnified(prepared: object, plan: Plan, source: object, options: Mapping[str, Any]) -> Prepared:
    """The run with finer bars; UsageFault where it cannot have any. options: those of the data."""
    if not isinstance(prepared, Prepared):
        raise UsageFault("magnify: a run over several symbols goes by the assumed path as yet; magnify one symbol")
    shared = {name: options[name] for name in _SHARED if name in options}
    fine, _ = as_bars(plan, source, prepared.assumptions.timezone, **shared)
    return replace(prepared, finer=finer(prepared.bars, fine))


def notes(found: Finer, state: TradingState, path: str) -> tuple[str, ...]:
    """How many bars went by finer bars, and which could not."""
    told = [f"{counted(state.k[MAGNIFIED], 'bar')} in which an order could be met went by the bars of "
            f"{found.timeframe}; inside these, and where there are none, by path {path}"]  # fmt: skip
    if found.missing:
        told.append(f"{counted(found.missing, 'bar')} of the data had no bars of {found.timeframe}")
    if found.at_odds:
        told.append(f"{counted(found.at_odds, 'bar')} of the data did not agree with the bars of {found.timeframe} and "
                    f"went by path {path}; the first: {found.first}")  # fmt: skip
    return tuple(told)

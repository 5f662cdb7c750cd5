"""What a row of a sweep says of its run, by the functions that make the statistics of a single one.

Most runs are measured by their books alone: they keep the last equity, the deepest fall and the counts, and no
column of a value per bar is ever made. A metric that needs more (a ratio of period returns, a figure of the single
trades) is measured on the whole run, one combination after another.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from ...lang.inputs.assumptions import Assumptions
from ..limits import look
from ..results.metrics.definitions import Value
from ..results.metrics.falls import Falls
from ..results.metrics.run import Measured
from ..results.output import RunOutput
from ..results.periods import Periods
from ..results.stats import value_of
from ..trading import layout
from ..trading.state import COUNTERS

if TYPE_CHECKING:
    from ...lang.plan.model import Plan
    from ..run.prepare import Prepared
    from .runs import Runs

STANDARD = ("final_equity", "return", "max_drawdown", "trades")
"""What every row has, besides the metric asked for."""

IN_BOOKS = frozenset({
    *STANDARD, "capital", "net_profit", "annual_return", "benchmark_return", "calmar", "open_trades", "denied",
    "reduced", "conflicts", "ambiguous_fills", "guard_trips",
})  # fmt: skip
"""Statistics that the books tell after the last bar."""


def books_tell(metric: str, plan: Plan, assumptions: Assumptions, close_at_end: bool) -> bool:
    """Whether the books are enough: a bar's equity is that of its mark, if nothing fills or is paid after it."""
    fills = {assumptions.fill, *(decision.fill or assumptions.fill for decision in plan.decisions)}
    return metric in IN_BOOKS and fills == {"next_open"} and not close_at_end and not plan.pays


class FromBooks(Measured):
    """A run of which only the books after the last bar are left."""

    def __init__(self, output: RunOutput, periods: Periods, equity: float, deepest: float, trades: int) -> None:
        super().__init__(output, periods)
        self._equity, self._deepest, self._trades = equity, deepest, trades

    @cached_property
    def final_equity(self) -> float:
        return self._equity

    @cached_property
    def falls(self) -> Falls:
        """The ratio of the deepest one alone."""
        return Falls(self._deepest)

    @cached_property
    def trades(self) -> int:
        return self._trades


def scores(runs: Runs, prepared: Prepared, names: tuple[str, ...]) -> list[dict[str, Value]]:
    """These statistics of each of the runs, which have run all bars."""
    periods = Periods(prepared.bars, prepared.first, prepared.assumptions.timezone)
    equity = runs.b[:, layout.EQUITY].tolist()
    deepest = runs.b[:, layout.MAX_DRAWDOWN].tolist()
    counts = runs.bk[:, list(COUNTERS.values())].tolist()
    look(int(runs.bk[:, layout.TRADES].max(initial=0)))
    assumed = prepared.assumptions.echo()
    found = []
    for run in range(runs.count):
        counters = dict(zip(COUNTERS, counts[run], strict=True))
        output = _output(prepared, counters, assumed)
        measured = FromBooks(output, periods, equity[run], deepest[run], counters["trades"])
        found.append({name: value_of(name, measured) for name in names})
    return found


_NONE = np.empty(0)


def _output(prepared: Prepared, counters: Mapping[str, int], assumed: Mapping[str, str | float]) -> RunOutput:
    """A run without columns and rows."""
    return RunOutput(
        strategy="", source="", source_hash="", bars=prepared.bars, first=prepared.first,
        equity=_NONE, cash=_NONE, quantity=_NONE, trades=_NONE, orders=_NONE, records=None,
        counters=counters, assumptions=assumed, assumptions_hash="",
    )  # fmt: skip

"""A sweep over one symbol: all combinations side by side where their books tell enough, else one after another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ...lang.plan.constants import TICK
from ..machine.engines import NATIVE
from ..results.metrics.definitions import Value
from ..results.periods import Periods
from ..results.stats import metric as measure
from ..run.backtest import backtest
from ..run.notes import standing
from ..run.prepare import Prepared, assume, prepare
from . import task
from .about import About, about
from .grid import Grid, Values
from .score import books_tell, scores
from .split import split
from .task import Asked, Progress, Scores, alone, told
from .tiles import run_tiles

if TYPE_CHECKING:
    from ..compiled.compiled import Compiled


def over_one(program: Compiled, data: object, asked: Asked) -> OneSymbol:
    """Read and checked; UsageFault, RunError, DataError: what is wrong."""
    plan, assumed = program.plan, asked.period["assumptions"]
    tick = assume(plan, assumed).tick
    grid = asked.combinations(plan, [{TICK: tick} if tick else {}])
    prepared = prepare(plan, data, grid.values[0], **asked.period, **asked.data_options).noted()
    return OneSymbol(program, asked, grid, prepared, tuple(standing(plan, prepared)))


@dataclass(frozen=True, slots=True)
class OneSymbol:
    """A `Task` over the bars of one symbol."""

    program: Compiled
    asked: Asked
    grid: Grid
    prepared: Prepared
    notes: tuple[str, ...]

    def about(self, asked: Sequence[str]) -> About:
        """What it will take."""
        plan, count = self.program.plan, len(self.prepared.bars)
        return about(
            plan, self.grid, count, task.BATCH, self.asked.threads, side_by_side=self._together(asked),
            notes=self.notes,
        )  # fmt: skip

    def run(self, names: tuple[str, ...], asked: Sequence[str], progress: Progress | None) -> Scores:
        """The metrics of each combination."""
        return self._side_by_side(names, progress) if self._together(asked) else self._one_by_one(names, progress)

    def _together(self, asked: Sequence[str]) -> bool:
        """Whether the books tell all that is asked for."""
        assumed, at_end = self.prepared.assumptions, self.prepared.close_at_end
        tell = all(books_tell(name, self.program.plan, assumed, at_end) for name in asked)
        return self.asked.engine == NATIVE and tell and self.prepared.finer is None

    def _side_by_side(self, names: tuple[str, ...], progress: Progress | None) -> Scores:
        """All bars in all combinations at once, a batch of them after another."""
        parts = split(self.program.typed, self.grid.names, self.grid.greatest())
        values, found = self.grid.values, Scores()
        bars = max(1, len(self.prepared.bars))
        tell = told(progress, len(values) * bars)
        for first in range(0, len(values), task.BATCH):
            batch = values[first : first + task.BATCH]

            def reached(bar: int, before: int = first, size: int = len(batch)) -> None:
                tell(before * bars + size * bar)

            found += scores(run_tiles(parts, batch, self.prepared, self.asked.threads, reached), self.prepared, names)
        return found

    def _one_by_one(self, names: tuple[str, ...], progress: Progress | None) -> Scores:
        """A backtest for each combination, of which only the statistics stay."""
        prepared, asked = self.prepared, self.asked
        periods = Periods(prepared.bars, prepared.first, prepared.assumptions.timezone)
        period = {name: value for name, value in asked.period.items() if name != "to"}  # the bars end there already
        facts = asked.data_options.get("instruments")
        if prepared.assumptions.conversion:  # by a column that the bars have by now, whoever said the rates
            own = {name: getattr(prepared.assumptions, name) for name in ("currency", "quote_currency", "conversion")}
            said = {name: value for name, value in own.items() if value}
            period |= {"assumptions": {**(asked.period.get("assumptions") or {}), **said}}

        def score(values: Values) -> dict[str, Value]:
            result = backtest(
                self.program, prepared.bars, values, engine=asked.engine, instruments=facts, magnify=prepared.finer,
                **period,
            )  # fmt: skip
            return {name: measure(name, result.output, periods) for name in names}

        return alone(self.grid.values, score, asked.threads if asked.engine == NATIVE else 1, progress)

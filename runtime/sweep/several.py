"""A sweep over several symbols: a run of the whole portfolio for each combination, of which the statistics stay.

The panel is read and checked once, and so is what the data alone decide: the account's timeline, who belongs to the
universe when, the periods of the statistics. Of a run neither the notes nor the quality gate are made.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..machine.engines import NATIVE
from ..results.metrics.definitions import Value
from ..results.periods import Periods
from ..results.stats import metric as measure
from ..run.several.machine import portfolio, run_over
from ..run.several.notes import standing
from ..run.several.outcome import Finished
from ..run.several.prepare import PreparedSeveral, ticks_of, values_of_all
from ..run.several.together import gathered_for
from .about import About, about_several
from .grid import Grid, Values
from .task import Asked, Progress, Scores, alone

if TYPE_CHECKING:
    from ..compiled.compiled import Compiled


def over_several(program: Compiled, data: object, asked: Asked) -> SeveralSymbols:
    """Read and checked; UsageFault, RunError, DataError: what is wrong."""
    gathered = gathered_for(program, data, **asked.period, **asked.data_options)
    plan = program.several.main
    ticks = ticks_of(plan, gathered.own, gathered.symbols)
    grid = asked.combinations(plan, [dict(each) for each in dict.fromkeys(tuple(tick.items()) for tick in ticks)])
    prepared = gathered.valued(values_of_all(plan, grid.values[0], gathered.own, gathered.symbols))
    return SeveralSymbols(program, asked, grid, prepared, tuple(standing(program.several, prepared)))


@dataclass(frozen=True, slots=True)
class SeveralSymbols:
    """A `Task` over a panel."""

    program: Compiled
    asked: Asked
    grid: Grid
    prepared: PreparedSeveral
    notes: tuple[str, ...]

    def about(self, asked: Sequence[str]) -> About:
        """What it will take."""
        return about_several(self.program.several, self.grid, self.prepared, self.asked.threads, self.notes)

    def run(self, names: tuple[str, ...], asked: Sequence[str], progress: Progress | None) -> Scores:
        """The metrics of each combination."""
        program, engine, prepared = self.program, self.asked.engine, self.prepared
        periods = Periods(prepared.bars, prepared.first, prepared.assumptions.timezone)
        _made_once(prepared, periods)

        def score(values: Values) -> dict[str, Value]:
            own = prepared.valued(values)
            machine = portfolio(program.several, own, engine)
            finished = Finished(program, own, machine, run_over(machine, own), None)
            left = finished.left({}, lambda place: {}, keep_records=False)
            return {name: measure(name, left, periods) for name in names}

        return alone(self.grid.values, score, self.asked.threads if engine == NATIVE else 1, progress)


def _made_once(prepared: PreparedSeveral, periods: Periods) -> None:
    """What all runs share is made before their threads begin."""
    prepared.bars, prepared.members, prepared.panel.events, periods.ends  # noqa: B018

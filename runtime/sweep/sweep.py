"""Every combination of a grid of parameters, each with the very numbers of a single backtest, in one table."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Unpack

from ...lang.plan.constants import TICK
from ..calendar.instants import Moment
from ..errors import UsageFault
from ..given import check_given
from ..machine.engines import NATIVE
from ..progress import stage
from ..results.metrics.definitions import Value
from ..results.metrics.wider import METRICS
from ..results.periods import Periods
from ..results.stats import metric as measure
from ..run.backtest import backtest
from ..run.notes import standing
from ..run.options import Options, listed, split_options
from ..run.prepare import Prepared, assume, prepare
from .about import Announce, about
from .grid import MOST, Grid, Values, read_grid
from .ranking import ranking_notes
from .score import STANDARD, books_tell, scores
from .split import Split, split
from .table import kept_where, table_of, with_notes
from .tiles import run_tiles
from .where import conditions

if TYPE_CHECKING:
    import pyarrow as pa

    from ..compiled.compiled import Compiled

Scores = list[dict[str, Value]]
Progress = Callable[[int, int], None]

BATCH = 8192
"""Combinations whose states are held at once."""


@listed(Options)
def sweep(
    program: Compiled,
    data: object,
    grid: Mapping[str, Iterable[object] | None],
    *,
    metric: str = "return",
    where: str | Iterable[str] = (),
    limit: int | None = None,
    params: Mapping[str, object] | None = None,
    engine: str = NATIVE,
    from_: Moment | None = None,
    to: Moment | None = None,
    close_at_end: bool = False,
    assumptions: Mapping[str, object] | None = None,
    threads: int | None = None,
    progress: Progress | None = None,
    announce: Announce | None = None,
    **options: Unpack[Options],
) -> pa.Table:
    """Run `program` over `data` once for every combination of `grid`; a row for each, in the order of the grid.

    grid: values by the name of a parameter; None is its whole domain, in its steps. metric: a statistic or metric,
    kept beside final_equity, return, max_drawdown and trades. where: conditions on statistics or swept parameters,
    such as "trades >= 30"; other rows are left out. limit: the most combinations, a million if None. params: values of
    parameters that stay. threads: all processors if None. progress: called with how much is done, and of how much.
    announce: called once before the first run, with what it will take. Further options are those of `backtest`.
    Combinations that break a `require` are skipped; the table's metadata counts them and the rows left out, and holds
    the notes, as JSON: of what every row rests on, and where the best rests on few trades.
    UsageFault, RunError, DataError: what is wrong.
    """
    check_given(
        params=params, metric=metric, where=where, limit=limit, engine=engine, close_at_end=close_at_end,
        threads=threads, progress=progress, announce=announce,
    )  # fmt: skip
    _check(metric)
    data_options, assumed = split_options(options, assumptions, beside=("from_", "to"))
    program = program.with_zone(str(assumed["timezone"])) if "timezone" in assumed else program
    plan = program.plan
    tick = assume(plan, assumed).tick
    combinations = read_grid(plan, grid, params, {TICK: tick} if tick else {}, MOST if limit is None else limit)
    bounds = conditions(where, [parameter for parameter in plan.params if parameter.name in combinations.names])
    own = {name: value for name, value in combinations.values[0].items() if name != TICK}
    prepared = prepare(
        plan, data, own, from_=from_, to=to, close_at_end=close_at_end, assumptions=assumed, **data_options
    ).noted()
    asked = [bound.name for bound in bounds if bound.name not in combinations.names]
    names = tuple(dict.fromkeys((*STANDARD, metric, *asked)))
    workers = threads or _processors()
    told = all(books_tell(name, plan, prepared.assumptions, close_at_end) for name in (metric, *asked))
    together = engine == NATIVE and told
    notes = tuple(standing(plan, prepared))
    if announce is not None:
        count = len(prepared.bars)
        announce(about(plan, combinations, count, BATCH, workers, side_by_side=together, notes=notes))
    if together:
        parts = split(program.typed, combinations.names, combinations.greatest())
        found = _side_by_side(parts, combinations.values, prepared, names, workers, progress)
    else:
        facts = data_options.get("instruments")
        found = _one_by_one(program, combinations, prepared, names, engine, assumed, facts, from_, workers, progress)
    table = table_of(plan, combinations, names, found, metric, prepared)
    kept = kept_where(table, bounds, combinations.names)
    return with_notes(kept, (*ranking_notes(kept, metric, combinations.names), *notes))


def _processors() -> int:
    """Those that this process may use, where the system tells."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _check(metric: str) -> None:
    if metric not in METRICS:
        from ...lang.diagnostics.suggest import nearest

        close = nearest(metric, METRICS)
        there = f"did you mean {close!r}?" if close else f"there are {', '.join(METRICS)}"
        raise UsageFault(f"no metric is called {metric!r}: {there}")


def _side_by_side(
    parts: Split, values: Sequence[Values], prepared: Prepared, names: tuple[str, ...], threads: int,
    progress: Progress | None,
) -> Scores:  # fmt: skip
    """All bars in all combinations at once, a batch of them after another."""
    found: Scores = []
    bars = max(1, len(prepared.bars))
    told = _told(progress, len(values) * bars)
    for first in range(0, len(values), BATCH):
        batch = values[first : first + BATCH]

        def reached(bar: int, before: int = first, size: int = len(batch)) -> None:
            told(before * bars + size * bar)

        found += scores(run_tiles(parts, batch, prepared, threads, reached), prepared, names)
    return found


def _one_by_one(
    program: Compiled, grid: Grid, prepared: Prepared, names: tuple[str, ...], engine: str,
    assumed: Mapping[str, object], instruments: object, from_: Moment | None, threads: int, progress: Progress | None,
) -> Scores:  # fmt: skip
    """A backtest for each combination, of which only the statistics stay; memory for one run a thread."""
    periods = Periods(prepared.bars, prepared.first, prepared.assumptions.timezone)
    bars = prepared.bars

    def scored(values: Mapping[str, float | bool]) -> dict[str, Value]:
        own = {name: value for name, value in values.items() if name != TICK}
        result = backtest(
            program, bars, own, engine=engine, from_=from_, close_at_end=prepared.close_at_end, assumptions=assumed,
            instruments=instruments,
        )  # fmt: skip
        return {name: measure(name, result.output, periods) for name in names}

    found: Scores = []
    told = _told(progress, len(grid.values))
    with ThreadPoolExecutor(threads if engine == NATIVE else 1) as pool:
        for row in pool.map(scored, grid.values):
            found.append(row)
            told(len(found))
    return found


def _told(progress: Progress | None, of: int) -> Callable[[int], None]:
    """What is to be called with how much is done: who watches is told, and the caller's own function."""
    watched = stage("sweeping", of)

    def tell(done: int) -> None:
        watched(done)
        if progress is not None:
            progress(done, of)

    return tell

"""Every combination of a grid of parameters, each with the very numbers of a single backtest, in one table."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Unpack

from ..calendar.instants import Moment
from ..errors import UsageFault
from ..given import check_given
from ..machine.engines import NATIVE
from ..results.metrics.definitions import DEFINITIONS
from ..results.metrics.wider import METRICS
from ..run.options import Options, listed, split_options
from ..run.together import one_or_several
from .about import Announce
from .grid import names_of
from .one import over_one
from .ranking import ranking_notes
from .score import STANDARD
from .table import kept_where, table_of, with_notes
from .task import Asked, Progress, Task
from .where import conditions

if TYPE_CHECKING:
    import pyarrow as pa

    from ..compiled.compiled import Compiled


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

    Over several symbols that share one account, where `backtest` would run so: a row is of the account.

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
    data_options, assumed = split_options(options, assumptions, beside=("from_", "to"), program=program)
    program = program.with_zone(str(assumed["timezone"])) if "timezone" in assumed else program
    swept = names_of(grid)
    bounds = conditions(where, [parameter for parameter in program.plan.params if parameter.name in swept])
    period = {"from_": from_, "to": to, "close_at_end": close_at_end, "assumptions": assumed}
    wanted = Asked(grid, params, limit, engine, threads or _processors(), period, data_options)

    def over_several() -> Task:
        from .several import over_several  # here: a sweep over one symbol needs none of it

        return over_several(program, data, wanted)

    task: Task = one_or_several(
        program.is_several, program.symbols, data_options, lambda: over_one(program, data, wanted), over_several
    )
    asked = [metric, *(bound.name for bound in bounds if bound.name not in swept)]
    names = tuple(dict.fromkeys((*STANDARD, *asked)))
    if announce is not None:
        announce(task.about(asked))
    found = task.run(names, asked, progress)
    table = table_of(program.plan, task.grid, names, found, metric, task.prepared)
    kept = kept_where(table, bounds, swept)
    return with_notes(kept, (*ranking_notes(kept, metric, swept), *task.notes))


def _processors() -> int:
    """Those that this process may use, where the system tells."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _check(metric: str) -> None:
    if metric not in METRICS:
        from ...lang.diagnostics.suggest import nearest

        close = nearest(metric, METRICS)
        known = f"there are {', '.join(DEFINITIONS)}, and what `--metrics` shows"
        there = f"did you mean {close!r}?" if close else known
        raise UsageFault(f"no metric is called {metric!r}: {there}")

"""A backtest over several symbols: every event of the panel through one portfolio, and what it left."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from ...calendar.instants import Moment
from ...compiled.compiled import Compiled
from ...data.seal import Seals
from ...results.output import RunOutput
from ...trading import layout
from .gate import checks
from .machine import portfolio, run_over
from .notes import told
from .outcome import Finished
from .prepare import PreparedSeveral, prepare_several
from .series import AllSeries
from .wishes import wishes_of


def prepared_for(
    program: Compiled,
    data: object,
    params: Mapping[str, object] | None,
    *,
    from_: Moment | None,
    to: Moment | None,
    close_at_end: bool,
    assumptions: Mapping[str, object],
    **data_options: Any,
) -> PreparedSeveral:
    """A program and the data of several symbols brought together."""
    several = program.several
    return prepare_several(
        wishes_of(program), several.plans, several.assumed, data, params, program=program.name, from_=from_, to=to,
        close_at_end=close_at_end, assumptions=assumptions, **data_options,
    )  # fmt: skip


def backtest_several(
    program: Compiled, prepared: PreparedSeveral, *, engine: str, monitors: bool, began: float
) -> RunOutput:  # fmt: skip
    """Run a program over what was prepared. began: when the preparing did, for the time it took."""
    loaded = time.perf_counter()
    machine = portfolio(
        program.several_monitored() if monitors else program.several, prepared, engine, keep_records=monitors
    )
    ready = time.perf_counter()
    outs = run_over(machine, prepared)
    seal = Seals(prepared.panel) if prepared.borrowed else None
    done = time.perf_counter()
    elapsed = {"load": loaded - began, "compile": ready - loaded, "run": done - ready}
    finished = Finished(program, prepared, machine, outs, seal)
    series = AllSeries(program, prepared, engine, seal)
    left = finished.left(elapsed, series.of, keep_records=monitors)
    walks = any(book.trading.k[layout.WALKS] for book in finished.books)
    found = checks(program, prepared, left, engine)
    return replace(
        left,
        checks=found,
        notes=tuple(told(finished, left, found)),
        otherwise=_Under(program, prepared, engine, seal) if walks else None,
    )


@dataclass(frozen=True, slots=True)
class _Under:
    """The same run under another path inside bars."""

    program: Compiled
    prepared: PreparedSeveral
    engine: str
    seal: Seals | None

    def __call__(self, path: str) -> RunOutput:
        if self.seal is not None:
            self.seal.check()
        prepared = self.prepared.under(path)
        machine = portfolio(self.program.several, prepared, self.engine)
        finished = Finished(self.program, prepared, machine, run_over(machine, prepared), self.seal)
        return finished.left({}, lambda place: {}, keep_records=False)

"""A backtest over several symbols: every event of the panel through one portfolio, and what it left."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace

from ...compiled.compiled import Compiled
from ...data.seal import Seals
from ...results.output import RunOutput
from ...trading import layout
from ..again import Again
from .approached import nearest
from .gate import checks
from .machine import portfolio, run_over
from .notes import told
from .outcome import Finished
from .prepare import PreparedSeveral
from .series import AllSeries


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
    return told_of(Finished(program, prepared, machine, outs, seal), engine, elapsed, keep_records=monitors)


def told_of(
    finished: Finished, engine: str, elapsed: dict[str, float], *, keep_records: bool, touched: bool = False
) -> RunOutput:  # fmt: skip
    """What a portfolio that has run left, for results, with its notes and what further runs of it would leave. touched:
    something from outside changed what it did, so that running again tells nothing of it."""
    program, prepared, seal = finished.program, finished.prepared, finished.seal
    series = AllSeries(program, prepared, engine, seal)
    left = finished.left(elapsed, series.of, keep_records=keep_records)
    walks = any(book.trading.k[layout.WALKS] for book in finished.books)
    near = nearest(program, prepared, left.orders, engine) if not touched else {}
    found = checks(program, prepared, left, engine, near)
    return replace(
        left,
        checks=found,
        notes=tuple(told(finished, left, found, near)),
        again=Again(program, prepared, engine, seal),
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

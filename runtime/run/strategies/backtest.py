"""A backtest of several strategies in one portfolio."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from ....lang.diagnostics.brief import brief
from ...calendar import Calendar
from ...data.panel.events import events_of
from ...errors import RunError
from ...progress import stage
from ...results.gate import faults
from .. import gate as gates
from .model import Declared
from .outcome import Finished, labels
from .prepare import PreparedPortfolio, prepare
from .together import Together

if TYPE_CHECKING:
    from ...calendar.instants import Moment
    from ...results.output import RunOutput, Series
    from ...results.result import Result
    from .running import Backtested


def backtest(
    declared: Declared, data: object, *, engine: str, monitors: bool, from_: Moment | None, to: Moment | None,
    close_at_end: bool, gate: str, given: Mapping[str, object], options: dict[str, Any], alone: bool = True,
) -> Result:  # fmt: skip
    """Run every strategy over its data, and the limits over all of them."""
    from ...results.result import Result

    began = time.perf_counter()
    period = {"from_": from_, "to": to, "close_at_end": close_at_end}
    prepared = prepare(declared, data, period, given, options)
    output = Portfolio(prepared, engine, monitors, alone).run(began)
    if gate == gates.STRICT and faults(output.checks):
        raise gates.GateError(output.checks)
    return Result(output)


@dataclass(frozen=True, slots=True)
class Portfolio:
    """A portfolio with its data. alone: whether strategies are run alone where no limit is reached."""

    prepared: PreparedPortfolio
    engine: str
    monitors: bool = False
    alone: bool = True

    def run(self, began: float) -> RunOutput:
        """From the beginning to the end of all data. began: when the preparing did."""
        loaded = time.perf_counter()
        running = self._running("", keep_records=self.monitors)
        ready = time.perf_counter()
        finished = self._through(running, {"load": loaded - began, "compile": ready - loaded, "run": 0.0})
        outputs = [self._as_it_ran(each, out) for each, out in zip(running, finished.outputs, strict=True)]
        finished.elapsed["run"] = time.perf_counter() - ready
        walks = any(each.otherwise is not None for each in finished.outputs)
        left = replace(finished, outputs=outputs).left(self._under if walks else None)
        return replace(left, checks=tuple(
            replace(check, told=f"{each.name}: {check.told}") for each, out in zip(running, outputs, strict=True)
            for check in out.checks
        ))  # fmt: skip

    def _running(self, path: str, *, keep_records: bool) -> list[Backtested]:
        return [each.running(self.engine, keep_records=keep_records, path=path) for each in self.prepared.strategies]

    def _through(self, running: list[Backtested], elapsed: dict[str, float]) -> Finished:
        """Strategies from their beginning to their end."""
        events = events_of([each.instants for each in running])
        ts = labels(running, events)
        declared = self.prepared.declared
        together = Together(running, events, self._days(running, ts), declared.limits, self.prepared.cash,
                            self.prepared.capital, declared.parts, declared.rebalance)  # fmt: skip
        together.run(stage("running", len(events)), alone=self.alone)
        outputs = [each.finished(self.engine, elapsed, keep_records=self.monitors) for each in running]
        return Finished(self.prepared, running, outputs, events, ts, together.overseer, elapsed)

    def _days(self, running: list[Backtested], ts: Any) -> Any:
        """The day of each event in the portfolio's zone; days never run back."""
        import numpy as np

        daily = all(holding.bars.daily for each in running for holding in each.holdings)
        days = np.asarray(Calendar(self.prepared.zone, daily=daily).day_number(ts))
        return np.maximum.accumulate(days) if len(days) else days

    def _under(self, path: str) -> RunOutput:
        """The same run under another path inside bars."""
        running = self._running(path, keep_records=False)
        return self._through(running, {}).left(None)

    def _as_it_ran(self, each: Backtested, out: RunOutput) -> RunOutput:
        """A strategy's own run; of one that a limit has touched nothing is told that running it alone would tell."""
        if not each.touched:
            return replace(out, otherwise=None) if each.transfers else out  # else other money would have moved
        why = "limits of the portfolio changed what it did, and running it alone would tell of another run"
        note = f"{why}: its series, the path inside bars and `why` are not available"
        changed: dict[str, Any] = {"again": None, "otherwise": None, "plots": (), "series": _NotAlone(), "untold": why}
        if out.several is not None:
            changed["several"] = replace(out.several, series=lambda place: _NotAlone())
        return replace(out, notes=(*out.notes, note), **changed)


class _NotAlone(Mapping[str, "Series"]):
    """Series of a strategy that limits of its portfolio have touched: they are computed by running it alone."""

    def __getitem__(self, name: str) -> Series:
        raise RunError(f"the series {brief(name)} is not available: limits of the portfolio changed what this strategy "
                       "did, and series are computed by running it alone")  # fmt: skip

    def __iter__(self) -> Any:
        return iter(())

    def __len__(self) -> int:
        return 0

    def __repr__(self) -> str:
        return "<series: not available, as limits of the portfolio changed what the strategy did>"



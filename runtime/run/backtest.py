"""A backtest: the whole history through one machine, and what it left."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Unpack

from ...lang.plan.constants import evaluate_params, warmup
from ...lang.plan.model import Plan
from ..calendar.instants import Moment, shown
from ..compiled.compiled import Compiled
from ..data.seal import Seal
from ..given import brief, check_given
from ..machine.columns import History
from ..machine.machine import Machine
from ..progress import stage
from ..results.format import counted
from ..results.output import Plot, RunOutput, Statement
from ..trading import layout
from ..trading.rows import ORDER_WIDTH, RECORD_WIDTH, TRADE_WIDTH
from ..trading.state import TradingState
from .options import Options, listed, split_options
from .prepare import Prepared, prepare

if TYPE_CHECKING:
    from array import array

    from ...lang.program.nodes import Node
    from ..results.output import Floats, Series
    from ..results.result import Result


@listed(Options)
def backtest(
    program: Compiled,
    data: object,
    params: Mapping[str, object] | None = None,
    *,
    engine: str = "native",
    monitors: bool = False,
    from_: Moment | None = None,
    to: Moment | None = None,
    close_at_end: bool = False,
    assumptions: Mapping[str, object] | None = None,
    **options: Unpack[Options],
) -> Result:
    """Run `program` over `data`.

    data: a path, `sample:NAME`, anything with the Arrow PyCapsule interface, a mapping of arrays, or `Bars`.
    params: values by name, numbers or texts. engine: "native" or "interpreted".
    from_, to: the period tested, as text, datetime or µs; earlier rows warm up.
    monitors: keep a record of every run of the monitor chain.
    Further names are those of the data (symbol, timeframe, data_from, data_to, data_tz, policy, columns, resample …) or
    assumptions (capital, fee, slippage …). RunError, DataError: what does not fit.
    """
    from ..results.result import Result

    began = time.perf_counter()
    check_given(params=params, engine=engine, monitors=monitors, close_at_end=close_at_end)
    data_options, assumed = split_options(options, assumptions)
    program = program.with_zone(str(assumed["timezone"])) if "timezone" in assumed else program
    prepared = prepare(
        program.plan, data, params, from_=from_, to=to, close_at_end=close_at_end, assumptions=assumed, **data_options
    )
    loaded = time.perf_counter()
    plan = program.monitored if monitors else program.plan
    machine = prepared.machine(plan, engine, keep_records=monitors)
    ready = time.perf_counter()
    columns = run(machine, prepared)
    done = time.perf_counter()
    elapsed = {"load": loaded - began, "compile": ready - loaded, "run": done - ready}
    return Result(_output(program, prepared, machine, columns, engine, elapsed))


def run(machine: Machine, prepared: Prepared) -> list[Floats]:
    """All bars; gives the output columns of the plan as float64."""
    import numpy as np

    bars = prepared.bars
    count = len(bars)
    outs = [np.empty(count) for _ in machine.outputs]
    machine.run(History(bars, prepared.assumptions.timezone), count, outs, stage("running", count))
    if machine.plan.trading:
        last_time = int(bars.ts[-1]) if count else 0
        last_close = float(bars.close[-1]) if count else float("nan")
        machine.finish(last_time, last_close)
        if prepared.close_at_end and count:
            for out, slot in zip(outs, (layout.EQUITY, layout.CASH, layout.QUANTITY), strict=False):
                out[-1] = machine.trading.b[slot]
    return outs


def rows(values: array[float], width: int) -> Floats:
    """Rows of float64 over the drained buffer, without a copy."""
    import numpy as np

    return np.frombuffer(values, dtype=np.float64).reshape(-1, width)


def _output(
    program: Compiled, prepared: Prepared, machine: Machine, columns: list[Floats], engine: str,
    elapsed: dict[str, float],
) -> RunOutput:  # fmt: skip
    plan, assumed, state = program.plan, prepared.assumptions, machine.trading
    seal = Seal(prepared.bars) if prepared.borrowed else None
    own = {p.name: _plain(prepared.values[p.name], p.whole) for p in plan.params}
    return RunOutput(
        strategy=plan.title or program.name,
        source=program.text,
        source_hash=plan.source_hash,
        bars=prepared.bars,
        first=prepared.first,
        equity=columns[0],
        cash=columns[1],
        quantity=columns[2],
        trades=rows(state.trade_rows, TRADE_WIDTH),
        orders=rows(state.order_rows, ORDER_WIDTH),
        records=rows(state.record_rows, RECORD_WIDTH),
        counters=state.counters(),
        assumptions=assumed.echo(),
        assumptions_hash=assumed.digest(),
        params=own,
        statements=tuple(Statement(f"{d.action} {d.side}", d.because) for d in plan.decisions),
        plots=tuple(Plot(title, unit) for title, unit in program.kept.plots),
        series=_Series(program, prepared, engine, seal),
        warmup=warmup(plan, evaluate_params(plan, prepared.values)),
        notes=(*_ruin(prepared, columns[0]), *prepared.bars.notes, *_full(plan, state),
               *_notes(plan, state.implied_exposure, prepared)),
        elapsed=elapsed,
        seal=seal,
    )


def _plain(value: float | bool, whole: bool) -> float | int | bool:
    return int(value) if whole and not isinstance(value, bool) else value


def _notes(plan: Plan, implied: bool, prepared: Prepared) -> list[str]:
    notes = []
    if implied and plan.decisions:
        notes.append("guard exposure 100% is implied: the program says nothing else")
    partial = [clock.timeframe for clock in plan.clocks if _first_is_partial(clock.timeframe, prepared)]
    if partial:
        notes.append(f"the first bar of {', '.join(partial)} may be partial: the data begin inside it")
    return notes


def _full(plan: Plan, state: TradingState) -> list[str]:
    """Which enters wished for more lots than their `scale` allows, and how often."""
    told = []
    for index, decision in enumerate(plan.decisions):
        if dropped := state.dropped(index):
            name = f"{decision.action} {decision.side}"
            before = [d for d in plan.decisions[:index] if (d.action, d.side) == (decision.action, decision.side)]
            which = f"`{name}`" if not before else f"the `{name}` numbered {len(before) + 1}"
            told.append(f"{which} found its `scale {decision.scale}` full on {counted(dropped, 'bar')} and did nothing")
    return told


def _ruin(prepared: Prepared, equity: Floats) -> list[str]:
    """That the account was lost, if it was: what follows is no result to rely on."""
    below = (equity < 0.0).nonzero()[0]
    if not len(below):
        return []
    when = shown(int(prepared.bars.ts[below[0]])).removesuffix("T00:00:00Z")
    return [
        f"equity fell below 0 at {when}: a venue would have closed the account; no trade after it could have been made"
    ]


def _first_is_partial(timeframe: str, prepared: Prepared) -> bool:
    from ...lang.program.timeframe import timeframe as read_timeframe
    from ..calendar import Calendar

    bars = prepared.bars
    if not len(bars):
        return False
    calendar = Calendar(prepared.assumptions.timezone, daily=bars.daily)
    return bool(calendar.bucket(int(bars.ts[0]), read_timeframe(timeframe))[0] != int(bars.ts[0]))


class _Series(Mapping[str, "Series"]):
    """Any let, plot or signal of the program by name, computed when it is asked for by running again."""

    def __init__(self, program: Compiled, prepared: Prepared, engine: str, seal: Seal | None) -> None:
        self._program, self._setting, self._engine, self._seal = program, prepared, engine, seal
        self._found: dict[str, Series] = {}

    def __getitem__(self, name: str) -> Series:
        if not isinstance(name, str):
            raise KeyError(f"a series is called by a name, found {brief(name)}")
        if name not in self._found:
            self._compute(name)
        return self._found[name]

    def __contains__(self, name: object) -> bool:
        return name in self._nodes

    def __iter__(self) -> Iterator[str]:
        return iter(self._nodes)

    def __len__(self) -> int:
        return len(self._nodes)

    @cached_property
    def _nodes(self) -> dict[str, Node]:
        return self._program.series_nodes()

    def _compute(self, name: str) -> None:
        from ...lang.plan.build import plan as make_plan

        nodes = self._nodes
        if name not in nodes:
            raise KeyError(f"the program has no series {brief(name)}; it has {', '.join(sorted(nodes)) or 'none'}")
        if self._seal is not None:
            self._seal.check()
        plots = [title for title, _ in self._program.kept.plots]
        wanted = plots if name in plots else [name]
        plan = make_plan(self._program.typed, [(n, nodes[n]) for n in wanted])
        machine = self._setting.machine(plan, self._engine)
        columns = dict(zip(machine.outputs, run(machine, self._setting), strict=True))
        for known in wanted:
            values = columns[known]
            self._found[known] = values != 0.0 if nodes[known].type == "bool" else values

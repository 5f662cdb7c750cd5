"""A backtest: the whole history through one machine, and what it left."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Unpack

from ...lang.diagnostics.brief import brief
from ...lang.diagnostics.model import CompileError
from ...lang.plan.constants import evaluate_params, warmup
from ..calendar.instants import Moment
from ..compiled.compiled import Compiled
from ..data.seal import Seal
from ..errors import RunError
from ..given import check_given
from ..machine.engines import NATIVE, scan_of
from ..machine.machine import Machine
from ..results.gate import faults
from ..results.output import Plot, RunOutput, Statement
from ..trading import layout
from ..trading.rows import ORDER_WIDTH, RECORD_WIDTH, TRADE_WIDTH
from . import gate as gates
from . import notes
from .again import Again
from .approached import nearest
from .look import Look
from .neighbours import with_neighbours
from .options import Options, listed, split_options
from .over_bars import by_column, equity, node_columns, rows, run
from .prepare import Prepared
from .together import brought_together

if TYPE_CHECKING:
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
    gate: str = gates.WARN,
    assumptions: Mapping[str, object] | None = None,
    **options: Unpack[Options],
) -> Result:
    """Run `program` over `data`, of one symbol or of several that share one account.

    data: a path, `sample:NAME`, anything with the Arrow PyCapsule interface, a mapping of arrays, or `Bars`; of several
        symbols whatever `load_panel` takes: a folder, a table with a column of symbols, a mapping by symbol, a `Panel`.
    symbols: which of several are traded, where the program does not say. universe: the file that declares them, or one.
    params: values by name, numbers or texts. engine: "native" or "interpreted".
    from_, to: the period tested, as text, datetime or µs; earlier rows warm up.
    monitors: keep a record of every run of the monitor chain.
    gate: what a fault of the quality gate is: "warn", a note; "strict", GateError.
    magnify: finer bars of the same symbols, given as `data` is: a bar in which an order can be met goes by their path.
    strict: refuse data of another symbol than the program's, which are noted otherwise.
    Further names are those of the data (symbol, timeframe, data_from, data_to, data_tz, policy, columns, resample …) or
    assumptions (capital, fee, slippage …). RunError, DataError: what does not fit.
    """
    began = time.perf_counter()
    check_given(params=params, engine=engine, monitors=monitors, close_at_end=close_at_end, gate=gate)
    data_options, assumed = split_options(options, assumptions, beside=("from_", "to"), program=program)
    program = program.with_zone(str(assumed["timezone"])) if "timezone" in assumed else program
    period = {"from_": from_, "to": to, "close_at_end": close_at_end, "assumptions": assumed}
    prepared = brought_together(program, data, params, period, data_options, scan=scan_of(engine))
    if not isinstance(prepared, Prepared):
        from .several.backtest import backtest_several

        output = backtest_several(program, prepared, engine=engine, monitors=monitors, began=began)
        return _passed(output, gate)
    loaded = time.perf_counter()
    plan = program.monitored if monitors else program.plan
    machine = prepared.machine(plan, engine, keep_records=monitors)
    ready = time.perf_counter()
    look = Look(prepared)
    try:
        columns = run(machine, prepared, look.rows)
    except Exception:
        look.done()  # where the data break a rule, that is what is told
        raise
    seal, odd = look.done()
    done = time.perf_counter()
    elapsed = {"load": loaded - began, "compile": ready - loaded, "run": done - ready}
    ran = Ran(program, prepared.noted(odd), machine, columns, engine, seal)
    return _passed(ran.told(elapsed, keep_records=monitors), gate)


def _passed(output: RunOutput, gate: str) -> Result:
    """The result of a run; GateError where it did not pass a strict gate."""
    from ..results.result import Result

    if gate == gates.STRICT and faults(output.checks):
        raise gates.GateError(output.checks)
    return Result(output)


@dataclass(frozen=True, slots=True)
class Ran:
    """A program that has run over all bars. columns: of each close the equity, cash and quantity, or equity alone."""

    program: Compiled
    prepared: Prepared
    machine: Machine
    columns: list[Floats]
    engine: str
    seal: Seal | None

    def told(self, elapsed: dict[str, float], *, keep_records: bool, touched: bool = False) -> RunOutput:
        """What it left, for results, with its notes and what further runs of it would leave. touched: something from
        outside changed what it did, so that running again tells nothing of it."""
        program, prepared, plan = self.program, self.prepared, self.program.plan
        left = self.left(elapsed, keep_records=keep_records)
        near = nearest(plan, prepared, left.orders, self.engine) if not touched else {}
        checks = gates.checks(program, prepared, left.trades, left.orders, self.engine, near)
        return replace(
            left,
            checks=checks,
            notes=(
                *faults(checks),
                *notes.told(plan, prepared, self.machine, left.equity, left.trades, left.orders, near),
            ),
            again=Again(program, prepared, self.engine, self.seal),
            otherwise=self._under if self.machine.trading.k[layout.WALKS] else None,
        )

    def left(self, elapsed: dict[str, float], *, keep_records: bool = False) -> RunOutput:
        """What it left."""
        import numpy as np

        program, prepared = self.program, self.prepared
        plan, assumed, state = program.plan, prepared.assumptions, self.machine.trading
        made, cash, quantity = (*self.columns, *[np.empty(0)] * 2)[:3]
        own = {p.name: _plain(prepared.values[p.name], p.whole) for p in plan.params}
        return RunOutput(
            strategy=plan.title or program.name,
            source=program.text,
            source_hash=plan.source_hash,
            bars=prepared.bars,
            first=prepared.first,
            equity=made,
            cash=cash,
            quantity=quantity,
            trades=by_column(rows(state.trade_rows, TRADE_WIDTH)),
            orders=rows(state.order_rows, ORDER_WIDTH),
            records=rows(state.record_rows, RECORD_WIDTH) if keep_records else None,
            counters=state.counters(),
            carry=state.b[layout.CARRY] + state.b[layout.EARNED],
            assumptions=assumed.echo(),
            assumptions_hash=assumed.digest(),
            params=own,
            statements=tuple(Statement(d.label, d.because) for d in plan.decisions),
            plots=tuple(Plot(title, unit) for title, unit in program.kept.plots),
            series=_Series(program, prepared, self.engine, self.seal),
            warmup=warmup(plan, evaluate_params(plan, prepared.values)),
            magnify=None if prepared.finer is None else prepared.finer.document(state.k[layout.MAGNIFIED]),
            elapsed=elapsed,
            seal=self.seal,
            native=self.engine == NATIVE,
        )

    def _under(self, path: str) -> RunOutput:
        """The same run under another path inside bars: its rows and its equity, with neither cash nor quantity."""
        if self.seal is not None:
            self.seal.check()
        assumed = replace(self.prepared.assumptions, path=path)
        prepared = replace(self.prepared, assumptions=assumed)
        machine = prepared.machine(self.program.plan, self.engine)
        ran = Ran(self.program, prepared, machine, [equity(machine, prepared)], self.engine, self.seal)
        return ran.left({})


def _plain(value: float | bool, whole: bool) -> float | int | bool:
    return int(value) if whole and not isinstance(value, bool) else value


class _Series(Mapping[str, "Series"]):
    """Any let, plot or signal of the program by name, computed when it is asked for by running again."""

    def __init__(self, program: Compiled, prepared: Prepared, engine: str, seal: Seal | None) -> None:
        self._program, self._prepared, self._engine, self._seal = program, prepared, engine, seal
        self._found: dict[str, Series] = {}

    def __getitem__(self, name: str) -> Series:
        if not isinstance(name, str):
            raise KeyError(f"a series is called by a name, found {brief(name)}")
        if name not in self._found:
            self._compute(name)
        return self._found[name]

    def __contains__(self, name: object) -> bool:
        return name in self._nodes

    def __repr__(self) -> str:
        return f"<series: {', '.join(self) or 'none'}>"

    def __iter__(self) -> Iterator[str]:
        return iter(self._nodes)

    def __len__(self) -> int:
        return len(self._nodes)

    @cached_property
    def _nodes(self) -> dict[str, Node]:
        return self._program.series_nodes()

    def _compute(self, name: str) -> None:
        nodes = self._nodes
        if name not in nodes:
            raise KeyError(f"the program has no series {brief(name)}; it has {', '.join(sorted(nodes)) or 'none'}")
        if self._seal is not None:
            self._seal.check()
        plots = [title for title, _ in self._program.kept.plots]
        try:
            columns = self._columns(with_neighbours(name, list(nodes), plots, len(self._prepared.bars)))
        except (CompileError, RunError):  # another is beyond what may be, or reads what is not there
            columns = self._columns([name])
        for known, values in columns.items():
            self._found[known] = values != 0.0 if nodes[known].type == "bool" else values

    def _columns(self, names: list[str]) -> dict[str, Floats]:
        program, asked = self._program, {name: self._nodes[name] for name in names}
        found = node_columns(program.typed, self._prepared, self._engine, asked, program.bounds)
        return {name: found[name] for name in names}

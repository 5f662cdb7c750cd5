"""A strategy of one symbol while it runs."""

from __future__ import annotations

from array import array
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from ....lang.plan.model import Plan
from ...compiled.compiled import Compiled
from ...data.seal import Seal
from ...limits import block, look
from ...machine.columns import History
from ...machine.engines import NATIVE
from ...machine.machine import BLOCK, FEW_COLUMNS
from ...machine.outputs import out_count
from ...portfolio.kept import copied, put_state
from ...trading import layout as at
from ...trading.state import TradingState
from ..backtest import Ran
from ..over_bars import end
from ..prepare import Prepared
from .foresee import foreseeable
from .running import Backtested, Holding, OfBars

if TYPE_CHECKING:
    from ...results.output import Floats, RunOutput


@dataclass(frozen=True, slots=True)
class _Kept:
    index: int
    arrays: list[array[Any]]
    rows: tuple[int, int, int]
    touched: bool
    waiting: list[tuple[int, float]]


class Alone(Backtested):
    """A machine that is run over its bars in blocks, or one by one."""

    def __init__(self, name: str, program: Compiled, prepared: Prepared, engine: str, *, keep_records: bool) -> None:
        import numpy as np

        bars = prepared.bars
        super().__init__(name, prepared.assumptions.capital, bars.closes, prepared.first)
        self.program, self.prepared = program, prepared
        plan: Plan = program.monitored if keep_records else program.plan
        self.machine = prepared.machine(plan, engine, keep_records=keep_records)
        self.columns: list[Floats] = [np.empty(len(bars)) for _ in range(out_count(self.machine.plan))]
        rates = prepared.assumptions.conversion
        self._own = OfBars(bars.symbol, self.machine.trading, conversion=rates, bars=bars, opens=bars.ts,
                           closes=self.instants)  # fmt: skip
        self._read = History(bars, prepared.assumptions.timezone)
        self._block, self._stop = 0, 0
        self._given: list[Any] = []
        self._handed: list[Any] = []

    def advance(self, stop: int) -> None:
        machine, state = self.machine, self.machine.trading
        size = block(machine.plan.cost, BLOCK, native=machine.engine == NATIVE)
        while self.index < stop:
            if not self._block <= self.index < self._stop:
                self._load()
            until = min(stop, self._stop)
            while machine.index < until:
                first = machine.index
                end = min(until, first + size)
                machine.index = machine.bound.run(first, end, self._given, self._handed, first - self._block)
                if state.k[at.FULL]:
                    state.drain()
                look(state.rows)
            self.index = self._own.index = machine.index

    def _load(self) -> None:
        """The columns of the bars that come next."""
        plan = self.machine.plan
        self._block = self.index
        self._stop = min(len(self.instants), self.index + BLOCK * FEW_COLUMNS // max(FEW_COLUMNS, len(plan.columns)))
        self._given = [self._read(column, self._block, self._stop) for column in plan.columns]
        self._handed = [column[self._block : self._stop] for column in self.columns]

    def keep(self) -> _Kept:
        self.settle()
        state = self.machine.trading
        rows = (len(state.trade_rows), len(state.order_rows), len(state.record_rows))
        return _Kept(self.index, copied(self.machine.arrays), rows, self.touched, self.waiting)

    def back(self, kept: _Kept) -> None:
        put_state(self.machine.arrays, kept.arrays)
        cut_rows(self.machine.trading, kept.rows)
        self.machine.index = self.index = self._own.index = kept.index
        self.touched = kept.touched
        self.wait_again(kept.waiting)

    @property
    def holdings(self) -> list[OfBars]:
        return [self._own]

    @property
    def account(self) -> TradingState:
        return self.machine.trading

    @property
    def equities(self) -> Floats:
        return self.columns[0]

    @property
    def foreseeable(self) -> bool:
        return foreseeable(self.machine.plan, self.holdings)

    @property
    def pays(self) -> bool:
        return bool(self.machine.plan.pays)

    def quantities(self, place: int) -> Floats:
        return self.columns[2]

    @property
    def states(self) -> list[TradingState]:
        return [self.machine.trading]

    def changed(self) -> None:
        if self.index:
            for column, slot in zip(self.columns, (at.EQUITY, at.CASH, at.QUANTITY), strict=False):
                column[self.index - 1] = self.machine.trading.b[slot]

    def woken(self) -> None:
        """Nothing is kept of a halt but in the books."""

    def given_to(self, holding: Holding) -> None:
        """Its book is its account."""

    def taken_from(self, holding: Holding) -> None:
        """Its book is its account."""

    def finished(self, engine: str, elapsed: dict[str, float], *, keep_records: bool) -> RunOutput:
        end(self.machine, self.prepared, self.columns)
        prepared = replace(self.prepared.noted(), transfers=tuple(self.transfers))
        seal = Seal(prepared.bars).close() if prepared.borrowed else None
        ran = Ran(self.program, prepared, self.machine, self.columns, engine, seal)
        return ran.told(elapsed, keep_records=keep_records, touched=self.touched)


def cut_rows(state: TradingState, counts: tuple[int, int, int]) -> None:
    """Forget the rows that were drained after there were so many numbers of them."""
    for rows, count in zip((state.trade_rows, state.order_rows, state.record_rows), counts, strict=True):
        del rows[count:]

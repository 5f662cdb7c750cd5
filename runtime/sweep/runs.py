"""Many runs of one plan side by side, each with its own parameters and state, in matrices with a row a run.

A tile of bars is run at a time. Columns that all runs read alike are pointed to once; of given columns each run
has its own. Nothing grows with the number of bars.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from ...lang.plan.extras import with_extras
from ...lang.plan.model import Plan
from ..limits import native_allowed
from ..machine.engines import kernel_key
from ..machine.machine import guards, statements
from ..machine.outputs import out_count
from ..native.fuse import FULL, QUICK
from ..native.sweep import POINTERS, sweep_kernel
from ..trading.state import TradingState, lay_out

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ..run.prepare import Prepared

    Matrix = NDArray[Any]

_PLACE = {name: place for place, name in enumerate(POINTERS)}


class Runs:
    """The runs of `plan` with these parameter arrays; `parts` are ranges of runs that may run at the same time."""

    def __init__(self, plan: Plan, params: Sequence[array[float]], prepared: Prepared, parts: Sequence[range]) -> None:
        native_allowed()
        plan = with_extras(plan, prepared.assumptions)
        self.plan, self.parts, self.count = plan, parts, len(params)
        self._kernel = sweep_kernel(plan, kernel_key(plan), FULL if plan.trading else QUICK)
        self.params = np.array(params, dtype=np.float64).reshape(self.count, -1)
        self.f = np.zeros((self.count, plan.state.floats))
        self.k = np.zeros((self.count, plan.state.ints), dtype=np.int64)
        self.w = np.zeros((self.count, plan.state.window))
        self.b, self.bk, self._rows = _books(plan, params, prepared, parts)
        self._columns = np.zeros((self.count, max(1, len(plan.columns))), dtype=np.uint64)
        self._outs = np.zeros((self.count, max(1, out_count(plan))), dtype=np.uint64)
        self._jobs = self._table()

    def _table(self) -> Matrix:
        jobs = np.zeros((self.count, len(POINTERS)), dtype=np.uint64)
        held = {"columns": self._columns, "params": self.params, "f": self.f, "k": self.k, "w": self.w,
                "outs": self._outs, "b": self.b, "bk": self.bk}  # fmt: skip
        for name, matrix in held.items():
            jobs[:, _PLACE[name]] = addresses(matrix)
        for part, buffers in zip(self.parts, self._rows, strict=True):
            for name, buffer in zip(("trades", "orders", "records"), buffers, strict=True):
                jobs[part.start : part.stop, _PLACE[name]] = buffer.ctypes.data
        return jobs

    def read(self, column: int, where: Any) -> None:
        """Column `column` begins at this address, or at these, one for each run."""
        self._columns[:, column] = where

    def write(self, output: int, where: Any) -> None:
        """Output `output` of the plan (the books come first) is written from this address on, one for each run."""
        self._outs[:, output] = where

    def run(self, first: int, stop: int, part: int) -> None:
        """The bars first … stop-1 in the runs of a part. The lock of the interpreter is released."""
        runs = self.parts[part]
        self._kernel(first, stop, runs.start, runs.stop, self._jobs.ctypes.data)


def addresses(matrix: Matrix) -> Matrix:
    """Where each row of a matrix begins."""
    return np.arange(len(matrix), dtype=np.uint64) * np.uint64(matrix.strides[0]) + np.uint64(matrix.ctypes.data)


def divided(count: int, parts: int) -> list[range]:
    """0 … count-1 in at most `parts` ranges of almost equal length."""
    parts = max(1, min(parts, count))
    ends = [count * part // parts for part in range(parts + 1)]
    return [range(first, stop) for first, stop in pairwise(ends)]


def _books(
    plan: Plan, params: Sequence[array[float]], prepared: Prepared, parts: Sequence[range]
) -> tuple[Matrix, Matrix, list[list[Matrix]]]:
    """The two arrays of trading for each run, and for each part the buffers that its rows go through, unread."""
    trading = [lay_out([], [], prepared.assumptions, 1)]
    if plan.trading:
        trading = _laid_out(plan, params, prepared)
    b = np.empty((len(params), len(trading[0].b)))
    bk = np.empty((len(params), len(trading[0].k)), dtype=np.int64)
    for run, state in enumerate(trading * len(params) if len(trading) == 1 else trading):
        b[run], bk[run] = state.b, state.k
    model = trading[0]
    rows = [[np.zeros(len(held)) for held in (model.trades, model.orders, model.records)] for _ in parts]
    return b, bk, rows


def _laid_out(plan: Plan, params: Sequence[array[float]], prepared: Prepared) -> list[TradingState]:
    """The books of each run before its first bar; runs differ only where a guard's limit is a parameter."""
    told = statements(plan)
    made: dict[tuple[float, ...], TradingState] = {}
    found = []
    for values in params:
        limits = guards(plan, values)
        key = tuple(limit.threshold for limit in limits)
        if key not in made:
            made[key] = lay_out(
                told, limits, prepared.assumptions, 1,
                bar_seconds=prepared.bars.timeframe.seconds, close_at_end=prepared.close_at_end, start=prepared.first,
            )  # fmt: skip
        found.append(made[key])
    return found

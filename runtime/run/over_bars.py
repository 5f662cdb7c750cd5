"""Values of a program's nodes over the bars of a run, by running again with them as outputs."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from ...lang.words.limits import STANDARD, TextLimits
from ..machine.columns import History
from ..machine.machine import Machine
from ..machine.outputs import out_count
from ..progress import stage
from ..trading import layout
from ..trading.state import Rows
from .prepare import Prepared

if TYPE_CHECKING:
    from ...lang.program.nodes import Node
    from ...lang.program.program import Program
    from ..results.output import Floats


def run(machine: Machine, prepared: Prepared, also: Callable[[int, int], None] | None = None) -> list[Floats]:
    """All bars; gives the output columns of the plan as float64. also: see `Machine.run`."""
    import numpy as np

    count = len(prepared.bars)
    books = np.empty((out_count(machine.plan) - len(machine.plan.outputs), count))  # memory comes in larger pages so
    outs = [*books, *(np.empty(count) for _ in machine.plan.outputs)]
    _through(machine, prepared, outs, also)
    return outs


def equity(machine: Machine, prepared: Prepared) -> Floats:
    """All bars of a plan that trades; gives its equity and writes no other column."""
    import numpy as np

    found = np.empty(len(prepared.bars))
    _through(machine, prepared, [found, *[None] * (out_count(machine.plan) - 1)])
    return found


def _through(
    machine: Machine, prepared: Prepared, outs: Sequence[Floats | None],
    also: Callable[[int, int], None] | None = None,
) -> None:  # fmt: skip
    """All bars and the end of the data, the wanted columns written."""
    bars = prepared.bars
    count = len(bars)
    history, reached = History(bars, prepared.assumptions.timezone), stage("running", count)
    machine.run(history, count, outs, reached, beside=True, also=also)
    end(machine, prepared, outs)


def end(machine: Machine, prepared: Prepared, outs: Sequence[Floats | None]) -> None:
    """The end of the data, after all bars; the columns of the books as it leaves them."""
    bars, count = prepared.bars, len(prepared.bars)
    if machine.plan.trading:
        last_time = int(bars.ts[-1]) if count else 0
        last_close = float(bars.close[-1]) if count else float("nan")
        machine.finish(last_time, last_close)
        if prepared.close_at_end and count:
            for out, slot in zip(outs, (layout.EQUITY, layout.CASH, layout.QUANTITY), strict=False):
                if out is not None:
                    out[-1] = machine.trading.b[slot]


def rows(values: Rows, width: int) -> Floats:
    """Rows of float64 over a drained buffer, without a copy."""
    import numpy as np

    return np.frombuffer(values, dtype=np.float64).reshape(-1, width)


_FITS = 512
"""Rows of some hundred bytes that stay in the processor's cache."""


def by_column(made: Floats) -> Floats:
    """The same rows with each column together in memory: results read many columns, and each of them whole."""
    import numpy as np

    columns = np.empty(made.shape[::-1])
    for at in range(0, len(made), _FITS):
        columns[:, at : at + _FITS] = made[at : at + _FITS].T
    return columns.T


def node_columns(
    program: Program, prepared: Prepared, engine: str, wanted: Mapping[str, Node], limits: TextLimits = STANDARD
) -> dict[str, Floats]:
    """A column for each node by its name, float64; conditions are 0 and 1, and 0 before they mean anything.

    limits: what a plan with these as outputs may be; CompileError beyond them.
    """
    from ...lang.plan.build import plan as make_plan

    plan = make_plan(program, list(wanted.items()), limits=limits)
    machine = prepared.machine(plan, engine)
    return dict(zip(machine.outputs, run(machine, prepared), strict=True))

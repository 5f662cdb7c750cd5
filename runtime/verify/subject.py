"""What ways of running share: the plan and its data, a machine's rows and state, a restart that loses nothing."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ...lang.plan.model import Plan
from ..machine.columns import History
from ..machine.machine import Machine
from ..machine.snapshot import decode
from ..run.prepare import Prepared
from ..trading.finer_rows import books_of
from ..trading.rows import ORDER_WIDTH, RECORD_WIDTH, TRADE_WIDTH
from .compare import Stretch, Unequal, state_differs
from .known import Known

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[Any]


@dataclass(slots=True)
class Subject:
    """What lanes share: the plan, its data, whether monitor records are kept, and one buffer for outputs."""

    plan: Plan
    prepared: Prepared
    monitors: bool
    _buffers: dict[str, list[Floats]] = field(default_factory=dict)

    @property
    def count(self) -> int:
        return len(self.prepared.bars)

    def machine(self, engine: str, plan: Plan | None = None) -> Machine:
        """A machine at the beginning. Few bars need little room for rows."""
        room = min(4096, 64 + self.count)
        return self.prepared.machine(plan or self.plan, engine, keep_records=self.monitors, max_rows=room)

    def known(self, machine: Machine) -> Known:
        """The finer bars of a machine, none of which is known yet."""
        return Known(machine.trading, self.prepared.finer)

    def history(self, stop: int | None = None) -> History:
        """The columns of the bars, or of those before `stop` alone: what is later is not there to be read."""
        bars = self.prepared.bars if stop is None else self.prepared.bars.rows(0, stop)
        return History(bars, self.prepared.assumptions.timezone)

    def buffers(self, owner: str, machine: Machine, length: int) -> list[Floats]:
        """Room for the outputs of a stretch, kept for the next one of the same owner."""
        import numpy as np

        held = self._buffers.get(owner, [])
        if len(held) != len(machine.outputs) or (held and len(held[0]) < length):
            held = self._buffers[owner] = [np.empty(max(length, 1)) for _ in machine.outputs]
        return [out[:length] for out in held]

    def end(self, machine: Machine) -> Stretch:
        """The end of the data: what is open is closed or marked."""
        bars = self.prepared.bars
        if machine.plan.trading:
            machine.finish(int(bars.ts[-1]), float(bars.close[-1]))
        return Stretch(self.count, self.count, [None] * len(machine.outputs), taken(machine))


def taken(machine: Machine) -> tuple[Floats, Floats, Floats]:
    """The rows written since they were last taken."""
    import numpy as np

    state = machine.trading
    state.drain()
    found = []
    for rows, width in (
        (state.order_rows, ORDER_WIDTH), (state.trade_rows, TRADE_WIDTH), (state.record_rows, RECORD_WIDTH),
    ):  # fmt: skip
        found.append(np.array(rows, dtype=np.float64).reshape(-1, width))
        del rows[:]
    return found[0], found[1], found[2]


def kept(machine: Machine) -> dict[str, Floats]:
    """A copy of the state that the rest of a run depends on."""
    import numpy as np

    held = machine.arrays
    books = books_of(held.b, held.bk)
    return {
        name: np.array(values, dtype=_DTYPES[values.typecode])
        for name, values in (("f", held.f), ("k", held.k), ("w", held.w), ("b", books), ("bk", held.bk))
    }


class Lost(Exception):
    """A snapshot did not carry the whole state over; a machine without it must not go on."""

    def __init__(self, unequal: Unequal) -> None:
        super().__init__(unequal)
        self.unequal = unequal


def restore(machine: Machine, content: bytes) -> None:
    """The machine goes on from a snapshot; Lost names the first item of the state that it does not then hold."""
    import numpy as np

    machine.restore(content)
    if machine.snapshot() == content:
        return
    was = decode(content)
    arrays = (("f", was.f), ("k", was.k), ("w", was.w), ("b", was.b), ("bk", was.bk))
    held = {name: np.array(values, dtype=_DTYPES[values.typecode]) for name, values in arrays}
    unequal = state_differs(kept(machine), held, machine.index - 1)
    if unequal is not None:
        raise Lost(unequal)


_DTYPES = {"d": "float64", "q": "int64"}

"""Values of nodes at some bars of a run, and the books as the decisions of those bars saw them.

One machine runs the program again with the nodes as its outputs. Before a bar in question its state is copied to a
second one, which runs that bar with every statement held back: what it leaves is what the decisions were made from.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ...lang.diagnostics.span import NOWHERE
from ...lang.plan.build import plan as make_plan
from ...lang.program.nodes import BOOL, Node
from ...lang.program.program import Emit, Program
from ...lang.words.limits import STANDARD, TextLimits
from ..machine.columns import History
from ..machine.engines import INTERPRETED
from ..machine.machine import Machine, readings
from ..machine.outputs import out_count
from ..run.no_trades import SHORT
from ..run.prepare import Prepared
from ..trading.effects import Deciding
from ..trading.specs import Called
from .books import Books
from .decided import Moments

if TYPE_CHECKING:
    from ..portfolio.watched import Seen as OfBook
    from ..results.output import Floats

CELLS = 1 << 22
"""Values that are held at once."""
_TIMES = 8
ROOM = TextLimits(state=_TIMES * STANDARD.state, cost=_TIMES * STANDARD.cost, code=_TIMES * STANDARD.code)
"""What a plan may be: the program has kept within its own limits, and its parts are a few times as much."""
_NEVER = float(1 << 53)
"""A threshold that no count of bars reaches."""

Seen = Callable[[int, "Floats", "Floats"], None]
"""`seen(first, values, warm)`: a row for each node, and for each of the waits, a column for each bar from the first."""


class Evaluation:
    """What was found at the bars in question.

    values: by bar, one for each node; conditions are 0 and 1. held: by bar, of each condition the last bar before it
    on which it held, -1 where there is none. books: by bar, after everything of it but its decisions; before, after:
    when it began, and when it was over; deciding: what decides was handed, with every wish; seen: of several symbols,
    what a book's decisions were made from. first: of each of `waits` the first bar on which it is warm, -1: on none.
    """

    def __init__(
        self, program: Program, prepared: Prepared, engine: str, nodes: Sequence[Node], waits: Sequence[Node]
    ) -> None:
        """nodes: on the clock of the data. waits: conditions that always hold, and are waited for."""
        self.prepared, self.nodes = prepared, nodes
        self.engine = engine if len(prepared.bars) > SHORT else "interpreted"  # done before the native one is compiled
        again, named = asked_for(program, nodes, waits)
        self.plan = make_plan(again, named, limits=ROOM)
        self.first = [-1] * len(waits)
        self._forget()
        self._history = History(prepared.bars, prepared.assumptions.timezone)

    def _forget(self) -> None:
        self.values: dict[int, Floats] = {}
        self.held: dict[int, Floats] = {}
        self.books: dict[int, Books] = {}
        self.before: dict[int, Books] = {}
        self.after: dict[int, Books] = {}
        self.deciding: dict[int, Moments] = {}
        self.seen: dict[int, OfBook] = {}

    def run(self, at: Iterable[int], stop: int = 0, seen: Seen | None = None) -> None:
        """Fill in what is asked of the bars `at`; `seen` is handed every bar before `stop`."""
        import numpy as np

        machine = self.prepared.machine(self.plan, self.engine)
        asked = sorted(set(at))
        end = max([stop, *(index + 1 for index in asked)])
        width = max(64, CELLS // max(1, len(self.plan.outputs)))
        block = np.empty((len(self.plan.outputs), width))
        last = np.full(len(self.nodes), -1.0)
        late = {index + self.prepared.assumptions.latency for index in asked}.difference(asked)  # where wishes arrive
        late = {index for index in late if index < len(self.prepared.bars)}
        end = max([end, *(index + 1 for index in late)])
        cuts = [place for bar in (*asked, *late) for place in (bar, bar + 1)]
        while machine.index < end or (machine.index < len(self.prepared.bars) and -1 in self.first):
            index = machine.index
            upto = min([index + width, end if index < end else len(self.prepared.bars)])
            upto = min([upto, *(place for place in cuts if place > index)])
            if index in late:
                self._decide(machine)
            if index in asked:
                self.before[index], self.books[index] = _copy(machine), self._books(machine)
                self.held[index] = last.copy()
                self._decide(machine)
            self._advance(machine, block, upto)
            values, warm = np.split(block[:, : upto - index], [len(self.nodes)])
            if index in asked:
                self.values[index], self.after[index] = values[:, 0].copy(), _copy(machine)
            if seen is not None and index < stop:
                seen(index, values, warm)
            self._note(index, values, warm, last)

    def _advance(self, machine: Machine, block: Floats, upto: int) -> None:
        books = out_count(self.plan) - len(self.plan.outputs)
        machine.run(self._history, upto, [*([None] * books), *block])

    def _note(self, index: int, values: Floats, warm: Floats, last: Floats) -> None:
        """When each condition held last, and what has become warm."""
        import numpy as np

        for row, node in enumerate(self.nodes):
            if node.type == BOOL and len(found := np.flatnonzero(values[row])):
                last[row] = index + int(found[-1])
        for row, first in enumerate(self.first):
            if first < 0 and len(found := np.flatnonzero(warm[row])):
                self.first[row] = index + int(found[0])

    def _books(self, machine: Machine) -> Books:
        """Run one bar beside with every statement held back."""
        beside = self._beside(machine, self.engine)
        for decision in self.plan.decisions:
            beside.arrays.params[decision.gate[0][1]] = _NEVER
        beside.switch(self.engine)  # which reads them anew
        self._step(beside)
        return Books(beside.trading.b, beside.trading.k, Called((), readings(self.plan)))

    def _decide(self, machine: Machine) -> None:
        """Run one bar beside, and keep what is handed to what decides."""
        index, beside = machine.index, self._beside(machine, INTERPRETED)
        called = Called((), readings(self.plan))

        def see(b: array[float], k: array[int], *others: Any) -> None:
            now = Deciding(b[:], k[:], index, others[-2], others[-1], called=called)
            self.deciding[index] = Moments(now, now)

        beside.watch("decide", see)
        self._step(beside)

    def _beside(self, machine: Machine, engine: str) -> Machine:
        beside = self.prepared.machine(self.plan, engine)
        if machine.index:
            beside.restore(machine.snapshot())
        return beside

    def _step(self, machine: Machine) -> None:
        index = machine.index
        machine.step([self._history(column, index, index + 1)[0].item() for column in machine.plan.columns])


def _copy(machine: Machine) -> Books:
    return Books(machine.trading.b[:], machine.trading.k[:])


def asked_for(
    program: Program, nodes: Sequence[Node], waits: Sequence[Node]
) -> tuple[Program, list[tuple[str, Node]]]:  # fmt: skip
    """The program with a signal for each of those that are waited for, and the nodes as outputs by name."""
    emits = tuple(Emit(f"warm {place}", node, NOWHERE) for place, node in enumerate(waits))
    return replace(program, emits=emits, alerts=()), [(f"value {place}", node) for place, node in enumerate(nodes)]

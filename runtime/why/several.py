"""Values of nodes at some bars of one symbol of several, and the books as the decisions of those bars saw them.

One portfolio runs the panel again with the nodes as outputs. Before an event in question its state is copied to a
second one, which runs that event with an eye on the symbol's book.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ...lang.plan.several import several
from ...lang.program.nodes import Node
from ...lang.program.program import Program
from ..machine.engines import INTERPRETED
from ..portfolio.levels import longest
from ..portfolio.machine import Portfolio
from ..portfolio.outs import Outs
from ..portfolio.watched import Seen
from ..run.no_trades import SHORT
from ..run.several.machine import members, portfolio
from ..run.several.merge import rows_at
from ..run.several.prepare import PreparedSeveral
from . import evaluated
from .books import Books
from .decided import moments_of
from .evaluated import Evaluation

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from ..results.output import Floats

SeenAll = Callable[[int, "Floats", "Floats"], None]
"""`seen(first, values, warm)`: a column for each bar of the events that were run, which are those from `first` on in
the order of all events; missing of symbols that are only read."""


@dataclass(frozen=True, slots=True)
class AllOf:
    """What a value was on every symbol traded, after an event: the last one of each, and who took part."""

    symbols: tuple[str, ...]
    values: Floats
    takes_part: NDArray[np.bool_]


class SeveralEvaluation(Evaluation):
    """`Evaluation` on the bars of one symbol."""

    def __init__(
        self, program: Program, prepared: PreparedSeveral, engine: str, nodes: Sequence[Node], waits: Sequence[Node],
        place: int,
    ) -> None:  # fmt: skip
        panel = prepared.panel
        self.several, self.place, self.nodes = prepared, place, nodes
        self.engine = engine if len(panel.events.row) > SHORT else INTERPRETED
        again, named = evaluated.asked_for(program, nodes, waits)
        self._plans = several(again, named, limits=evaluated.ROOM)
        self.plan = self._plans.main
        self.first = [-1] * len(waits)
        self._latest: dict[int, Floats] = {}
        self._last_known: Floats
        self._events = rows_at(panel, prepared.traded)[place]
        self._rows = panel.places_of(place)
        self._members = members(prepared)
        self._forget()

    def run(self, at: Iterable[int], stop: int = 0, seen: evaluated.Seen | None = None) -> None:
        """Fill in what is asked of the symbol's bars `at`; `seen` is handed every bar of it before `stop`."""
        import numpy as np

        own, events = self._events, self.several.panel.events
        asked = {int(own[bar]): bar for bar in sorted(set(at))}
        late = {int(own[bar]): bar for bar in self._arrivals(asked.values())}
        last = max([stop - 1, *asked.values(), *late.values()])
        end = int(own[last]) + 1 if last >= 0 else 0
        held = np.full(len(self.nodes), -1.0)
        self._last_known = np.full((len(self.nodes), self.several.traded), np.nan)
        machine = self._machine(self.engine)
        while machine.index < end or (machine.index < len(events) and -1 in self.first):
            event = machine.index
            cuts = [place for each in (*asked, *late) for place in (each, each + 1) if place > event]
            upto = min([self._far(event, end if event < end else len(events)), *cuts])
            begin = int(own.searchsorted(event))
            if event in late:
                self._decided(late[event], self._watched(machine))
            if event in asked:
                self._keep(asked[event], machine, held)
            values, warm = self._advance_to(machine, upto)
            mine = self._rows[begin : int(own.searchsorted(upto))] - int(events.offsets[event])
            self._remember(event, upto, values)
            if event in asked:
                bar = asked[event]
                self.values[bar], self.after[bar] = values[:, mine[0]].copy(), self._books_of(machine)
                self._latest[bar] = self._last_known.copy()
            if seen is not None and begin < stop and len(mine):
                seen(begin, values[:, mine], warm[:, mine])
            self._note(begin, values[:, mine], warm[:, mine], held)

    def run_all(self, stop: int, seen: SeenAll) -> None:
        """`seen` is handed every bar of the events before `stop`."""
        machine, offsets = self._machine(self.engine), self.several.panel.events.offsets
        while machine.index < stop:
            event = machine.index
            values, warm = self._advance_to(machine, self._far(event, stop))
            seen(int(offsets[event]), values, warm)

    def across(self, row: int, bar: int) -> AllOf:
        """A value on every symbol at the event of a bar."""
        panel = self.several.panel
        event = int(self._events[bar])
        now, most = int(panel.events.instants[event]), longest(panel.timeframe.seconds)
        values = self._latest[bar][row]
        takes = values == values
        for place in range(self.several.traded):
            closes = panel.bars[place].closes
            known = int(closes.searchsorted(now, side="right")) - 1
            takes[place] &= known >= 0 and now - int(closes[known]) <= most
        if self._members is not None:
            takes &= self._members[event, : self.several.traded]
        return AllOf(self.several.symbols, values, takes)

    # --- inside ------------------------------------------------------------------------------------

    def _machine(self, engine: str) -> Portfolio:
        return portfolio(self._plans, self.several, engine)

    def _far(self, event: int, end: int) -> int:
        """How far the next stretch goes, within the values that are held at once."""
        offsets = self.several.panel.events.offsets
        room = int(offsets[event]) + max(64, evaluated.CELLS // max(1, len(self.plan.outputs)))
        return min(end, max(event + 1, int(offsets.searchsorted(room, side="right")) - 1))

    def _advance_to(self, machine: Portfolio, upto: int) -> tuple[Floats, Floats]:
        """Run the events before `upto`; values and waits on each of their bars."""
        import numpy as np

        offsets = self.several.panel.events.offsets
        block = np.empty((len(self.plan.outputs), int(offsets[upto] - offsets[machine.index])))
        machine.run(self.several.panel, upto, Outs(series=list(block)), members=self._members)
        values, warm = np.split(block, [len(self.nodes)])
        return values, warm

    def _remember(self, event: int, upto: int, values: Floats) -> None:
        """What is last known of each symbol."""
        import numpy as np

        events = self.several.panel.events
        last = np.full(len(self.several.panel), -1)
        symbols = events.symbol[events.offsets[event] : events.offsets[upto]]
        np.maximum.at(last, symbols, np.arange(len(symbols)))
        known = np.flatnonzero(last[: self.several.traded] >= 0)
        self._last_known[:, known] = values[:, last[known]]

    def _keep(self, bar: int, machine: Portfolio, held: Floats) -> None:
        """What is known before an event, and what its decisions are made from."""
        self.seen[bar] = seen = self._watched(machine)
        assert seen.deciding is not None
        self._decided(bar, seen)
        self.before[bar] = self._books_of(machine)
        self.books[bar] = Books(seen.deciding.b, seen.deciding.k, machine.called)
        self.held[bar] = held.copy()

    def _arrivals(self, bars: Iterable[int]) -> set[int]:
        """The bars at which what these wish arrives, where that is later."""
        later = self.several.assumptions.latency
        return {bar + later for bar in bars if bar + later < len(self._events)} if later else set()

    def _watched(self, machine: Portfolio) -> Seen:
        """Run one event beside, with an eye on the symbol's book."""
        beside = self._machine(INTERPRETED)
        if machine.index:
            beside.restore(machine.snapshot())
        watched = beside.watch(self.several.symbols[self.place])
        beside.run(self.several.panel, machine.index + 1, members=self._members)
        return watched.seen

    def _decided(self, bar: int, seen: Seen) -> None:
        """What was still to be decided at the book's turns."""
        own = self.several.panel.bars[self.place]
        self.deciding[bar] = moments_of(seen, bar, int(own.ts[bar]), float(own.close[bar]))

    def _books_of(self, machine: Portfolio) -> Books:
        book = machine.books[self.place]
        assert book is not None
        return Books(book.arrays.b[:], book.arrays.bk[:], machine.called)

"""Crossings: what a program reads of other symbols, level by level, over a stretch of events or at one of them.

A level is a plan that computes, for each symbol on its own, what is then looked at across them. Over a stretch its
machines run all their bars at once; at one event each steps once. Both hand on the same numbers, to the last bit.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Mapping, Sequence
from operator import and_
from typing import TYPE_CHECKING, Any

from ...lang.plan.model import Column, Crossing, Level
from ...lang.program.timeframe import Timeframe
from ..machine.engines import Native, Together
from ..machine.machine import Machine
from .columns import Bars, Present
from .instant import NA, NAMED, across

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from .cells import Cells
    from .stretch import Floats, Stretch

    Mask = NDArray[np.bool_]

Read = Callable[[int, Column], Any]
"""A column of a symbol on all its bars of the stretch."""

SEVEN_DAYS = 7 * 86_400 * 1_000_000
FEW = 5


def longest(bar_seconds: int) -> int:
    """For how long after its close, in µs, a symbol's last bar takes part in what is looked at across symbols."""
    return max(SEVEN_DAYS, FEW * bar_seconds * 1_000_000)


class Levels:
    """The levels of a program over symbols in the panel's order. What crosses is handed on to each symbol on its bars,
    and, as the last of its columns, to the account on the events.

    Beside its machines this goes on from one event to the next: `closed`, when each symbol's last bar did, and `last`,
    what is last known of each symbol by level and crossing; crossings that look at one value know it once. `given` is
    what crosses at one event, by column: of every symbol, and behind them of the account.
    """

    def __init__(
        self, levels: Sequence[Level], symbols: Sequence[str], traded: Sequence[bool], timeframe: Timeframe, zone: str,
        make: Callable[[Level, int], Machine],
    ) -> None:  # fmt: skip
        """make: a machine of a level for the symbol at this place. traded: which symbols are; others are watched."""
        self.levels, self.traded, self._longest = levels, list(traded), longest(timeframe.seconds)
        self._present = [Present(level.plan.columns, timeframe, zone) for level in levels]
        self._place = {symbol: place for place, symbol in enumerate(symbols)}
        self._stepping: list[_Native | _Interpreted | None] = [None] * len(levels)
        self._cells: Cells | None = None
        self.closed = [NEVER] * len(symbols)
        self.machines: list[dict[int, Machine]] = []
        self.last: list[list[array[float]]] = []
        self.given: dict[str, array[float]] = {}
        for level in levels:
            self.machines.append({place: make(level, place) for place in self._needed(level)})
            known: dict[int, array[float]] = {}
            for each in level.crossings:
                known.setdefault(each.argument, array("d", [MISSING[kind_of(level, each)]] * len(symbols)))
                self.given[each.column] = array("d", bytes(8 * (len(symbols) + 1)))
            self.last.append([known[each.argument] for each in level.crossings])

    def _needed(self, level: Level) -> list[int]:
        """The symbols whose values a level's crossings read: all that are traded, or those that are named."""
        named = {self._place[each.symbol] for each in level.crossings if each.function == "of"}
        everywhere = any(each.function not in NAMED for each in level.crossings)
        return [place for place, traded in enumerate(self.traded) if place in named or (everywhere and traded)]

    def _count(self, place: int, crossing: Crossing) -> float:
        """The n of `top`."""
        if crossing.count < 0:
            return NA
        return next(iter(self.machines[place].values())).arrays.params[crossing.count]

    # --- over a stretch --------------------------------------------------------------------------------

    def over(self, stretch: Stretch, read: Read, members: Mask | None) -> dict[str, list[Floats]]:
        """The column of each crossing: for every symbol, its values on the symbol's bars of the stretch.

        members: which symbols may take part at which event, bool[symbols, events]; None: all that are traded.
        """
        given: dict[str, list[Floats]] = {}
        closed = stretch.closed(self.closed)
        takes = (stretch.instants - closed <= self._longest) & _column(self.traded)
        takes &= closed != NEVER
        if members is not None:
            takes &= members
        for number, level in enumerate(self.levels):
            outs = {place: self._run(number, place, stretch, read, given) for place in self.machines[number]}
            for which, crossing in enumerate(level.crossings):
                given[crossing.column] = self._crossed(number, which, crossing, stretch, outs, takes)
            self._keep(number, outs)
        for symbol, at in enumerate(stretch.at):
            if len(at):
                self.closed[symbol] = int(stretch.instants[at[-1]])
        return given

    def _run(
        self, level: int, place: int, stretch: Stretch, read: Read, given: Mapping[str, Sequence[Floats]]
    ) -> list[Floats]:
        """What a symbol's machine of a level gives on the symbol's bars."""
        import numpy as np

        machine, count = self.machines[level][place], stretch.rows(place)
        outs = [np.empty(count) for _ in machine.plan.outputs]
        begin = machine.index

        def provide(column: Column, first: int, stop: int) -> Any:
            values = given[column.name][place] if column.source == "given" else read(place, column)
            return values[first - begin : stop - begin]

        machine.run(provide, begin + count, outs)
        return outs

    def _crossed(
        self, level: int, which: int, crossing: Crossing, stretch: Stretch, outs: Mapping[int, Sequence[Floats]],
        takes: Mask,
    ) -> list[Floats]:  # fmt: skip
        """One crossing, as a column of every symbol."""
        import numpy as np

        from .crossings import combine

        last, at = self.last[level][which], stretch.at
        if crossing.function == "fresh":
            here = np.zeros(len(stretch))
            here[at[self._place[crossing.symbol]]] = 1.0
            return [*(here[each] for each in at), here]
        if crossing.function == "of":
            place = self._place[crossing.symbol]
            values = outs[place][crossing.argument]
            known = stretch.known(place, values, last[place])
            return [*(known[each] for each in at), known]
        matrix = np.full((len(at), len(stretch)), NA)
        for place in outs:
            values = outs[place][crossing.argument]
            matrix[place] = stretch.known(place, values, last[place])
        found = combine(crossing.function, matrix, takes & (matrix == matrix), self._count(level, crossing))
        every = len(stretch)
        own = [found[place] if len(each) == every else found[place, each] for place, each in enumerate(at)]
        return [*own, found[0]]  # of the account, which reads what is one for all

    def _keep(self, level: int, outs: Mapping[int, Sequence[Floats]]) -> None:
        """What the last bars of a stretch gave is what is known in the next."""
        for output, last in self._told(level).items():
            for place, each in outs.items():
                if len(each[output]):
                    last[place] = float(each[output][-1])

    def _told(self, level: int) -> dict[int, array[float]]:
        """By output of a level, what is last known of it."""
        pairs = zip(self.levels[level].crossings, self.last[level], strict=True)
        return {each.argument: last for each, last in pairs if each.argument >= 0}

    # --- at one event ----------------------------------------------------------------------------------

    def at(
        self, instant: int, bars: Bars, members: Sequence[int], may: Sequence[bool] | None
    ) -> Mapping[str, Sequence[float]]:
        """The value of each crossing for every symbol at one event, whose bars are those of `members`, in order."""
        for place in members:
            self.closed[place] = instant
        if not self.levels:
            return self.given
        since = instant - self._longest
        takes = [traded and closed >= since for traded, closed in zip(self.traded, self.closed, strict=True)]
        if may is not None:
            takes = list(map(and_, takes, may))
        for number, level in enumerate(self.levels):
            self._stepper(number).step(bars, members, self.given)
            for which, crossing in enumerate(level.crossings):
                self.given[crossing.column][:] = array("d", self._crossed_at(number, which, crossing, members, takes))
        return self.given

    def _stepper(self, number: int) -> _Native | _Interpreted:
        """What steps the machines of a level."""
        held = self._stepping[number]
        if held is None:
            machines, told = self.machines[number], self._told(number)
            held = (_Interpreted(machines, told, self._present[number]) if self._cells is None or not machines
                    else _Native(machines, told, self._cells))  # fmt: skip
            self._stepping[number] = held
        return held

    def switch(self, engine: str) -> None:
        """Go on with another engine."""
        for machine in (machine for machines in self.machines for machine in machines.values()):
            machine.switch(engine)

    def read_from(self, cells: Cells | None) -> None:
        """Where the bars of one event are: the cells that native code reads, None for the bars themselves."""
        self._cells, self._stepping = cells, [None] * len(self.levels)

    def _crossed_at(
        self, level: int, which: int, crossing: Crossing, members: Sequence[int], takes: Sequence[bool]
    ) -> list[float]:
        last = self.last[level][which]
        if crossing.function == "fresh":
            return [1.0 if self._place[crossing.symbol] in members else 0.0] * (len(last) + 1)
        if crossing.function == "of":
            return [last[self._place[crossing.symbol]]] * (len(last) + 1)
        known = [takes_part and value == value for takes_part, value in zip(takes, last, strict=True)]
        own = across(crossing.function, last, known, self._count(level, crossing))
        return [*own, own[0]]


def _column(flags: Sequence[bool]) -> Mask:
    import numpy as np

    return np.array(flags, np.bool_)[:, None]


class _Interpreted:
    """Steps the machines of a level one after another."""

    def __init__(self, machines: Mapping[int, Machine], told: Mapping[int, array[float]], present: Present) -> None:
        """told: by output what takes it, with an item for each symbol."""
        self._machines, self._told, self._row = machines, told, present.row

    def step(self, bars: Bars, members: Sequence[int], given: Mapping[str, Sequence[float]]) -> None:
        stepping = [place for place in members if place in self._machines]
        rows = [self._row(place, *bars[place], given) for place in stepping]
        for place, row in zip(stepping, rows, strict=True):
            handed = self._machines[place].step(row)
            for output, told in self._told.items():
                told[place] = handed[output]


class _Native:
    """Steps the machines of a level in one call, from cells into what is told."""

    def __init__(self, machines: Mapping[int, Machine], told: Mapping[int, array[float]], cells: Cells) -> None:
        self._machines, self._members = machines, list[int]()
        self._stepping: list[Machine] = []
        columns, outs = {}, {}
        engines: dict[int, Native] = {}
        for place, machine in machines.items():
            assert isinstance(machine.bound, Native)
            engines[place] = machine.bound
            columns[place] = cells.pointers(place, machine.plan.columns)
            outs[place] = array("q", [
                told[output].buffer_info()[0] + 8 * place if output in told else 0
                for output in range(len(machine.outputs))
            ])  # fmt: skip
        self._together = Together(engines, columns, outs)

    def step(self, bars: Bars, members: Sequence[int], given: Mapping[str, Sequence[float]]) -> None:
        if members != self._members:
            self._members = list(members)
            stepping = [place for place in members if place in self._machines]
            self._stepping = [self._machines[place] for place in stepping]
            self._together.choose(stepping)
        self._together.step([machine.index for machine in self._stepping])
        for machine in self._stepping:
            machine.index += 1


NEVER = -(1 << 62)
"""The close of a symbol that has had no bar."""

MISSING = {"number": NA, "bool": 0.0}


def kind_of(level: Level, crossing: Crossing) -> str:
    """What a crossing looks at: numbers, or conditions as 1.0 and 0.0."""
    return level.plan.outputs[crossing.argument].type if crossing.argument >= 0 else "bool"

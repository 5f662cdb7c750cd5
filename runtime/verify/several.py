"""`verify` for several symbols: the events of a panel run in every way there is, and compared to the last bit.

The reference is a batch of the whole panel in which every value of the program is handed out. Beside it go: the program
as `backtest` runs it; random chunks; restarts from snapshots at random events; the other engine; one event at a time in
both; panels cut off at random events. What is dear runs in windows, taken up from the reference's snapshot.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ...lang.plan.several import several as plans_of
from ..compiled.compiled import Compiled
from ..data.panel import Panel
from ..machine.engines import INTERPRETED
from ..portfolio.levels import NEVER
from ..portfolio.machine import Portfolio
from ..portfolio.outs import Outs
from ..progress import stage
from ..run.over_bars import rows
from ..run.session import Bar
from ..run.several.machine import members, portfolio
from ..run.several.magnified import standing
from ..run.several.prepare import PreparedSeveral
from ..trading.rows import ORDER_INDEX, ORDER_WIDTH, RECORD_WIDTH, TRADE_EXIT_INDEX, TRADE_WIDTH
from .compare import ROWS
from .draw import Draw, Effort, schedule
from .known import Known
from .named_values import NamedValues, Place
from .verdict import Checked, Difference, Verdict

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[Any]

_ACCOUNT, _BOOKS = ("equity", "cash"), ("quantity", "profit")
_INDEX = {"order": ORDER_INDEX, "trade": TRADE_EXIT_INDEX, "record": 0}
"""The column of a row that says at which bar it happened."""
_WIDTHS = (ORDER_WIDTH, TRADE_WIDTH, RECORD_WIDTH)


@dataclass(slots=True)
class Ran:
    """What a run gave for the events first … stop-1: values by event and by bar, and the rows of every book, those of
    the account last, each as (orders, trades, records)."""

    name: str
    first: int
    stop: int
    outs: Outs
    rows: list[tuple[Floats, Floats, Floats]]


@dataclass(frozen=True, slots=True)
class _Unequal:
    """Where two runs differ: the event, what comes before what in it, how it is called, and both values."""

    event: int
    rank: tuple[int, ...]
    kind: str
    place: Place
    found: float | None
    expected: float | None


def check_several(
    program: Compiled, prepared: PreparedSeveral, seed: int, effort: Effort, engines: Sequence[str], monitors: bool
) -> Verdict:
    """Prove that the program means one thing on these data, however it is run."""
    return _Proof(program, prepared, seed, effort, engines, monitors).verdict()


class _Proof:
    def __init__(
        self, program: Compiled, prepared: PreparedSeveral, seed: int, effort: Effort, engines: Sequence[str],
        monitors: bool,
    ) -> None:  # fmt: skip
        self.program, self.prepared, self.engines, self.monitors = program, prepared, engines, monitors
        self.panel, self.may = prepared.panel, members(prepared)
        self.named = NamedValues(program.typed, monitors)
        self.several = plans_of(program.typed, [(f"%{node.id}", node) for node in self.named.nodes], days=monitors)
        self.count, self.seed = len(self.panel.events), seed
        bars = max(1, len(self.panel.events.row) // max(1, self.count))  # of an event: effort counts bars
        scaled = Effort(effort.interpreted // bars, effort.single // bars, effort.restarts, effort.truncations)
        self.points = schedule(self.count, seed, scaled)
        self.marks: dict[int, tuple[bytes, list[tuple[int, int, int]]]] = {}
        """By event what the reference's snapshot before it is, and how many rows each book had written."""

    def verdict(self) -> Verdict:
        prepared, checked, found = self.prepared, [], None
        if self.count:
            reference = self._reference()
            checked.append(Checked(reference.name, self.count, 1, ""))
            for ran, how in self._lanes(reference):
                checked.append(how)
                unequal = self._first(ran, reference)
                if unequal is not None and (found is None or unequal.event < found[0].event):
                    found = (unequal, ran.name)
        return Verdict(
            strategy=self.program.title or self.program.name,
            source_hash=self.program.plan.source_hash,
            symbol=prepared.bars.symbol,
            timeframe=str(self.panel.timeframe),
            bars=self.count,
            nodes=len(self.named.nodes),
            seed=self.seed,
            checked=tuple(checked),
            difference=None if found is None else self._told(*found),
            notes=(*standing(prepared), *prepared.bars.notes),
        )

    # --- ways of running -------------------------------------------------------------------------------

    def _reference(self) -> Ran:
        """The whole panel in the first engine, stopped where windows begin and end and panels are cut off."""
        machine, outs = self._machine(self.engines[0]), self._room(self.panel)
        windows = (*self.points.interpreted, *self.points.single)
        starts = {first for first, _ in windows}
        at, told = 0, stage("verifying", self.count)
        for stop in sorted({*starts, *(stop for _, stop in windows), *self.points.truncations, self.count}):
            self._run(machine, at, stop, outs, self.panel)
            at = stop
            before = machine.snapshot() if stop in starts and stop else b""
            self.marks[stop] = (before, [tuple(map(len, each)) for each in _rows(machine)])  # type: ignore[misc]
            told(stop)
        return self._ended(f"batch, {self.engines[0]}", machine, outs)

    def _lanes(self, reference: Ran) -> Iterator[tuple[Ran, Checked]]:
        first, every = self.engines[0], self.count
        yield self._as_backtested(first), Checked(f"as backtest runs it, {first}", every, 1, "")
        yield self._chunks(first)
        for engine in self.engines[1:]:
            windows = self.points.interpreted if engine == INTERPRETED else ((0, every),)
            yield from self._windows(f"batch, {engine}", engine, windows, pushed=False)
        if len(self.points.restarts):
            yield self._restarts()
        for engine in self.engines:
            yield from self._windows(f"one event at a time, {engine}", engine, self.points.single, pushed=True)
        for stop in self.points.truncations:
            yield self._cut_off(first, stop)

    def _as_backtested(self, engine: str) -> Ran:
        several = self.program.several_monitored() if self.monitors else self.program.several
        machine = portfolio(several, self.prepared, engine, keep_records=self.monitors)
        outs = self._room(self.panel, series=len(machine.outputs))
        machine.run(self.panel, outs=outs, members=self.may)
        return self._ended("as backtest runs it", machine, Outs(outs.equity, outs.cash, outs.quantity, outs.profit))

    def _chunks(self, engine: str) -> tuple[Ran, Checked]:
        draw, machine, outs, at, parts = Draw(self.seed + 1), self._machine(engine), self._room(self.panel), 0, 0
        longest = max(8, self.count // 100)
        while at < self.count:
            stop = min(self.count, at + 1 + draw.below(longest if draw.below(3) else 7))
            self._run(machine, at, stop, outs, self.panel)
            at, parts = stop, parts + 1
        return self._ended("random chunks", machine, outs), Checked(f"random chunks, {engine}", at, parts, "chunk")

    def _restarts(self) -> tuple[Ran, Checked]:
        """A machine that knows nothing goes on from the snapshot of the one before, in turns of the engines."""
        machine, outs, at, written = self._machine(self.engines[0]), self._room(self.panel), 0, []
        for turn, stop in enumerate([*self.points.restarts, self.count], 1):
            self._run(machine, at, stop, outs, self.panel)
            at = stop
            if stop < self.count:
                kept = machine.snapshot()
                written.append(_rows(machine))
                machine = self._machine(self.engines[turn % len(self.engines)])
                machine.restore(kept)
        ran = self._ended("restarted at random events", machine, outs)
        ran.rows = [_joined(parts) for parts in zip(*written, ran.rows, strict=True)]
        name = "restarted at random events, " + " and ".join(self.engines)
        return ran, Checked(name, self.count, len(self.points.restarts), "restart")

    def _windows(
        self, name: str, engine: str, windows: Sequence[tuple[int, int]], *, pushed: bool
    ) -> Iterator[tuple[Ran, Checked]]:
        for first, stop in windows:
            machine, outs = self._machine(engine), self._room(self.panel)
            if first:
                machine.restore(self.marks[first][0])
            (self._push if pushed else self._run)(machine, first, stop, outs, self.panel)
            if stop == self.count:
                machine.finish()
            yield Ran(name, first, stop, outs, _rows(machine)), Checked(name, stop - first, 1, "")

    def _cut_off(self, engine: str, stop: int) -> tuple[Ran, Checked]:
        """A panel that ends before an event; what comes later is not there to be read."""
        import numpy as np

        instant = int(self.panel.events.instants[stop])
        panel = Panel(tuple(bars.rows(0, int(np.searchsorted(bars.closes, instant))) for bars in self.panel))
        machine, outs = self._machine(engine), self._room(panel)
        for bars, known in zip(panel, self._known(machine), strict=False):
            known.until(int(bars.ts[-1]) if len(bars) else NEVER)
        self._run(machine, 0, stop, outs, panel)
        name = f"data cut off, {engine}"
        return Ran(name, 0, stop, outs, _rows(machine)), Checked(name, stop, 1, "")

    # --- what they share -------------------------------------------------------------------------------

    def _machine(self, engine: str) -> Portfolio:
        return portfolio(self.several, self.prepared, engine, keep_records=self.monitors)

    def _known(self, machine: Portfolio) -> list[Known]:
        """The finer bars of each book, none of which is known yet."""
        own = [book for book in machine.books if book is not None]
        return [Known(book.trading, fine) for book, fine in zip(own, self.prepared.finer, strict=False)]

    def _room(self, panel: Panel, series: int | None = None) -> Outs:
        import numpy as np

        events, bars = len(panel.events), len(panel.events.row)
        wanted = len(self.several.main.outputs) if series is None else series
        return Outs(np.empty(events), np.empty(events), np.empty(bars), np.empty(bars),
                    [np.empty(bars) for _ in range(wanted)])  # fmt: skip

    def _run(self, machine: Portfolio, first: int, stop: int, outs: Outs, panel: Panel) -> None:
        offsets = panel.events.offsets
        part = outs.part(slice(first, stop), slice(int(offsets[first]), int(offsets[stop])))
        if stop > first:
            machine.run(panel, stop, part, members=None if self.may is None else self.may[: len(panel.events)])

    def _push(self, machine: Portfolio, first: int, stop: int, outs: Outs, panel: Panel) -> None:
        """One event after another; values are taken from the books as they then are."""
        from ..trading import layout as at

        assert outs.equity is not None and outs.cash is not None
        assert outs.quantity is not None and outs.profit is not None
        events, finer = panel.events, self._known(machine)
        for event in range(first, stop):
            begin, end = int(events.offsets[event]), int(events.offsets[event + 1])
            for place in range(begin, end):
                if (symbol := events.symbol[place]) < len(finer):
                    finer[symbol].until(int(panel.bars[symbol].ts[events.row[place]]))
            bars = {int(events.symbol[place]): _bar(panel, events, place) for place in range(begin, end)}
            machine.push(int(events.instants[event]), bars, None if self.may is None else self.may[event])
            outs.equity[event], outs.cash[event] = (machine.account.b[slot] for slot in (at.EQUITY, at.CASH))
            for place in range(begin, end):
                book = machine.books[events.symbol[place]]
                b = None if book is None else book.trading.b
                outs.quantity[place] = 0.0 if b is None else b[at.QUANTITY]
                outs.profit[place] = 0.0 if b is None else b[at.REALISED] + b[at.UNREALISED] - b[at.FEES]
                for number, series in enumerate(outs.series):
                    assert series is not None
                    series[place] = float("nan") if book is None else book.handed[number]

    def _ended(self, name: str, machine: Portfolio, outs: Outs) -> Ran:
        machine.finish()
        return Ran(name, 0, self.count, outs, _rows(machine))

    # --- comparing -------------------------------------------------------------------------------------

    def _first(self, ran: Ran, reference: Ran) -> _Unequal | None:
        """The earliest difference of two runs."""
        found = [*self._values(ran, reference), *self._row_differences(ran, reference)]
        return min(found, key=lambda each: (each.event, each.rank), default=None)

    def _values(self, ran: Ran, reference: Ran) -> Iterator[_Unequal]:
        import numpy as np

        events = self.panel.events
        bars = slice(int(events.offsets[ran.first]), int(events.offsets[ran.stop]))
        event_of = np.repeat(np.arange(self.count), np.diff(events.offsets))
        for rank, name in enumerate((*_ACCOUNT, *_BOOKS)):
            one, two = getattr(ran.outs, name), getattr(reference.outs, name)
            part = slice(ran.first, ran.stop) if name in _ACCOUNT else bars
            if name in _BOOKS and len(one) != len(two):  # of a panel cut off
                one, two = one[: bars.stop], two[: bars.stop]
            if (at := _differs(one[part], two[part])) is not None:
                at += part.start
                event = at if name in _ACCOUNT else int(event_of[at])
                where = "" if name in _ACCOUNT else f" of {self.panel.symbols[events.symbol[at]]}"
                yield _Unequal(event, (4, rank), "equity", Place(name + where), float(one[at]), float(two[at]))
        for number, (one, two) in enumerate(zip(ran.outs.series, reference.outs.series, strict=False)):
            assert one is not None and two is not None
            if (at := _differs(one[bars], two[bars])) is not None:
                at += bars.start
                place = self._place(number, self.panel.symbols[events.symbol[at]])
                yield _Unequal(int(event_of[at]), (0, number), "node", place, float(one[at]), float(two[at]))

    def _place(self, number: int, symbol: str) -> Place:
        if number >= len(self.named.nodes):
            return Place(f"{self.several.main.outputs[number].name} of {symbol}")
        place = self.named.place(self.named.nodes[number])
        return Place(f"{place.name} of {symbol}", place.file, place.line, place.column, place.source_line)

    def _row_differences(self, ran: Ran, reference: Ran) -> Iterator[_Unequal]:
        before, after = self._written(ran.first), self._written(ran.stop)
        whole = ran.stop == self.count
        names = [*self.prepared.symbols, "the account"]
        for book, (own, other) in enumerate(zip(ran.rows, reference.rows, strict=True)):
            for kind, (name, columns) in enumerate(ROWS):
                stop = len(other[kind]) if whole else after[book][kind]
                expected, found = other[kind][before[book][kind] : stop], own[kind]
                shared = min(len(found), len(expected))
                at = _differs(found[:shared].ravel(), expected[:shared].ravel())
                if at is None and len(found) == len(expected):
                    continue
                row, column = divmod(shared * len(columns) if at is None else at, len(columns))
                index = (found if len(found) > row else expected)[row, _INDEX[name]]
                event = self._event_of(book, int(index))
                inside = f", {columns[column]}" if row < shared else ""
                told = Place(f"{name} row {row + before[book][kind]} of {names[book]}{inside}")
                values = [float(each[row, column]) if row < len(each) else None for each in (found, expected)]
                yield _Unequal(event, (2, kind, book), name, told, *values)

    def _written(self, event: int) -> list[tuple[int, int, int]]:
        """How many rows the reference had written before an event."""
        if event in self.marks:
            return self.marks[event][1]
        return [(0, 0, 0)] * (self.prepared.traded + 1)

    def _event_of(self, book: int, index: int) -> int:
        """The event at which a bar of a book's symbol closes; of the account the index is one."""
        if book >= self.prepared.traded:
            return index
        closes = self.prepared.panel.bars[book].closes
        return int(self.panel.events.instants.searchsorted(closes[min(max(index, 0), len(closes) - 1)]))

    def _told(self, unequal: _Unequal, run: str) -> Difference:
        bars, place = self.prepared.bars, unequal.place
        when = bars.ts[min(unequal.event, len(bars) - 1)].astype("datetime64[us]").astype("datetime64[s]")
        return Difference(
            kind=unequal.kind, name=place.name, run=run, against=f"batch, {self.engines[0]}", bar=unequal.event,
            time=f"{when}Z", found=unequal.found, expected=unequal.expected, file=place.file, line=place.line,
            column=place.column, source_line=place.source_line,
        )  # fmt: skip


def _bar(panel: Panel, events: Any, place: int) -> tuple[Bar, dict[str, float]]:
    """A bar as it is pushed, with the data's own columns."""
    bars, row = panel.bars[events.symbol[place]], int(events.row[place])
    prices = (float(getattr(bars, name)[row]) for name in ("open", "high", "low", "close", "volume"))
    return Bar(int(bars.ts[row]), *prices), {name: float(column[row]) for name, column in bars.extra.items()}


def _rows(machine: Portfolio) -> list[tuple[Floats, Floats, Floats]]:
    """All rows that each book has written so far, and the account's, copied."""
    states = [*(book.trading for book in machine.books if book is not None), machine.account]
    found = []
    for state in states:
        state.drain()
        kinds = (state.order_rows, state.trade_rows, state.record_rows)
        found.append(tuple(rows(each, width).copy() for each, width in zip(kinds, _WIDTHS, strict=True)))
    return found  # type: ignore[return-value]


def _joined(parts: Sequence[tuple[Floats, Floats, Floats]]) -> tuple[Floats, Floats, Floats]:
    """The rows of several machines one after another."""
    import numpy as np

    orders, trades, records = (np.concatenate([part[kind] for part in parts]) for kind in range(3))
    return orders, trades, records


def _differs(one: Floats, two: Floats) -> int | None:
    """The first place where two arrays of one length differ; missing values are equal."""
    import numpy as np

    if len(one) != len(two):
        return min(len(one), len(two))
    unequal = (one.view(np.int64) != two.view(np.int64)) & ((one == one) | (two == two))
    return int(unequal.argmax()) if unequal.any() else None

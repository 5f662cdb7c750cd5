"""A machine: one plan, one set of parameters, one engine, and the state of a run.

It runs blocks of bars or one bar, knows how many it has run, drains full row buffers, and gives and takes snapshots.
Where bars come from is the caller's: a provider gives the values of a column for a range of bars, and is asked
for blocks of limited size, so memory does not grow with the data.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any

from ...lang.inputs.assumptions import Assumptions
from ...lang.plan.constants import MISSING, TICK, evaluate_params, unfit
from ...lang.plan.extras import APPROACH, with_extras
from ...lang.plan.model import FLOWS, Column, Plan
from ...stdlib.operator import is_hosted
from ..errors import HostError, UsageFault
from ..limits import block, look
from ..trading import finer_rows, layout, near_rows
from ..trading.phases import COLD
from ..trading.specs import CancelSpec, EnterSpec, ExitSpec, FlowSpec, GuardSpec, HoldSpec
from ..trading.state import Room, Statement, TradingState, lay_out, zeroed
from . import crossing
from .crossing import TOGETHER, Bars, computed_ahead
from .engines import INTERPRETED, NATIVE, Arrays, Buffer, Engine, Interpreted, bind
from .outputs import out_names
from .snapshot import Snapshot, decode, encode
from .transfers import Transfer, by_bar, next_after, pay

BLOCK = crossing.MOST
"""Bars whose columns are held at once; fewer where a plan has more columns than `FEW_COLUMNS`: memory is bounded."""

FEW_COLUMNS = 64

MAX_ROWS, FEW_ROWS = 4096, 64
"""Rows of a buffer before the engine returns to the host with them; few where few bars come at once, since the memory
is zeroed when a run begins."""

ALL_ROWS = 65_536
"""Rows of a buffer of a long run: there they mostly stay, and nobody copies them. Its memory is not written before."""


def unwritten(count: int) -> memoryview:
    """Room for so many numbers whose memory is taken as it is written."""
    import numpy as np

    room: Any = np.empty(count)
    return memoryview(room)


FOREIGN = (EnterSpec("long"), EnterSpec("short"))
"""Whose lots a venue fills that no statement has room for, of either side; they stand after the plan's statements."""

Provider = Callable[[Column, int, int], Buffer]
"""`provider(column, first, stop)`: its values of the bars first … stop-1, int64 if it is whole, else float64."""


class Underway:
    """What a run is between two bars, whoever runs them. `index` is the number of bars run; `trading` has the books;
    `plan` has what its assumptions ask for."""

    def __init__(
        self,
        plan: Plan,
        values: Mapping[str, float | bool] | None = None,
        *,
        assumptions: Assumptions | None = None,
        start: int = 0,
        symbol: str | None = None,
        bar_seconds: int = 0,
        keep_records: bool = False,
        close_at_end: bool = False,
        max_rows: int = MAX_ROWS,
        venue: bool = False,
        finer: array[float] | None = None,
        inside: Collection[str] | None = None,
        laid_out: Callable[..., TradingState] = lay_out,
        room: Room = zeroed,
    ) -> None:
        """values: of parameters, by name. start: the first bar on which a statement may trade. symbol: whose bars these
        are: of several, statements for another never act. venue: it makes the fills, and two statements more, which
        never wish, own what it fills and nobody ordered. finer: rows of finer bars, whose path is that of a bar.
        max_rows, room: as `lay_out` has them. inside: the groups of guards that the symbol is in. laid_out: `lay_out`,
        or what gives the same."""
        assumed = assumptions or Assumptions()
        plan = with_extras(plan, assumed)
        self.plan, self.index = plan, 0
        params = evaluate_params(plan, {TICK: assumed.tick or MISSING, **(values or {})}, start, symbol)
        if wrong := misfit(plan, params):
            raise UsageFault(wrong)
        self.trading = laid_out(
            [*statements(plan), *(FOREIGN if venue else ())], guards(plan, params), assumed,
            max_rows if plan.trading else 1, bar_seconds=bar_seconds, keep_records=keep_records,
            close_at_end=close_at_end, start=start, venue=venue, own=_own(plan, symbol, len(FOREIGN) if venue else 0),
            inside=inside, room=room,
        )  # fmt: skip
        if APPROACH in plan.extras:
            near_rows.give(self.trading)
        if finer:
            finer_rows.give(self.trading, finer)
        self.arrays = arrays_of(plan, params, self.trading)

    def finish(self, time: int, close: float) -> None:
        """The end of the data, whose last bar opened at `time` (microseconds) and closed at `close`."""
        state = self.trading
        buffers = (state.b, state.k, state.trades, state.orders, state.records)
        COLD["finish"].function(*buffers, max(0, self.index - 1), time, close)
        state.close()

    def snapshot(self) -> bytes:
        """Everything the rest of the run depends on but the data. Rows are drained first: they belong to the caller."""
        self.trading.drain()
        held = self.arrays
        books = finer_rows.books_of(held.b, held.bk)
        state = (held.params, self.plan.state.places, held.f, held.k, held.w, books, held.bk)
        return encode(Snapshot(self.index, self.plan.seal, *state))

    def restore(self, content: bytes) -> None:
        """Go on from a snapshot, whichever engine made it; SnapshotError, and nothing has changed, if it does not fit.

        Whether records are kept and how an open position ends stay as they are in this machine.
        """
        from .restore import restore  # it knows every operator, which a run that is kept does without

        snapshot = decode(content)
        restore(self.plan, self.arrays, snapshot)
        self.index = snapshot.index


class Machine(Underway):
    """A run in progress, of one symbol."""

    def __init__(
        self, plan: Plan, values: Mapping[str, float | bool] | None = None, *, engine: str = NATIVE,
        effort: str = "quick", transfers: Sequence[Transfer] = (), bars: int = 0, **options: Any,
    ) -> None:  # fmt: skip
        """values: of parameters, by name. transfers: of money, by the bar before which they are. bars: how many it will
        be run over, as far as that is known. options: those of `Underway`."""
        super().__init__(plan, values, **options)
        self.engine, self._effort, self._apart = engine, effort, crossing.apart(plan, bars)
        self._transfers = by_bar(transfers)
        self._engine = bind(engine, self.plan, self.arrays, effort, self._apart)
        self._careful = self._undone if engine == INTERPRETED and _of_host(self.plan) else None

    def _undone(self, values: Sequence[float | int]) -> Sequence[float]:
        """One bar; where a function of the host fails in its middle, everything is as it was before.

        Rows are not kept: those written beyond the counts in `bk` are none.
        """
        arrays = self.arrays
        state: tuple[array[Any], ...] = (arrays.f, arrays.k, arrays.w, arrays.b, arrays.bk)
        before = [(held, array(held.typecode, held)) for held in state]
        try:
            return self._engine.step(self.index, values)
        except HostError:
            for held, kept in before:
                memoryview(held)[:] = memoryview(kept)
            raise

    @property
    def outputs(self) -> list[str]:
        """Names of the columns handed out, in the order in which `run` and `step` give them."""
        return out_names(self.plan)

    # --- running -----------------------------------------------------------------------------------

    def run(
        self, provider: Provider, stop: int, outs: Sequence[Buffer | None] | None = None,
        reached: Callable[[int], None] | None = None, *, beside: bool = False,
        also: Callable[[int, int], None] | None = None,
    ) -> None:  # fmt: skip
        """Run up to bar `stop`. Item 0 … of each output is written; None is passed over.

        reached: called after each block with the number of bars run so far. beside: another thread may compute what
        comes next meanwhile; after an error the machine is then of no use. also: does something else with the bars
        from one up to another, in their order, on whichever thread has the time; what is left of it is left to the
        caller, and all where there is one thread.
        """
        targets: Sequence[Buffer | None] = outs if outs is not None else [None] * len(self.outputs)
        blocks = self._blocks(provider, stop, targets, TOGETHER if beside else BLOCK)
        look()
        for each in computed_ahead(self._engine, blocks, self.index, stop, also) if beside else blocks:
            pay(self._transfers, each.first, self.trading)
            while self.index < each.stop:
                self.index = self._engine.run(
                    self.index, each.stop, each.columns, each.outs, self.index - each.first
                )  # fmt: skip
                self._drain_if_full()
            look(self.trading.rows)
            if reached is not None:
                reached(each.stop)

    def _blocks(self, provider: Provider, stop: int, outs: Sequence[Buffer | None], least: int) -> Iterator[Bars]:
        """The bars up to `stop`, `BLOCK` at a time at most, so that memory stays small; at first so many, so that
        another thread soon has something to do, and each time twice as many, so that threads seldom wait; at last
        fewer again, so that none has much to do when the others are done; fewer where series leave many columns for the
        books."""
        begin = first = self.index
        count, native = max(FEW_COLUMNS, len(self.plan.columns)), self.engine == NATIVE
        together = max(least, BLOCK // max(1, getattr(self._engine, "crosses", 0)))
        size, most = (block(self.plan.cost, n * FEW_COLUMNS // count, native=native) for n in (least, together))
        while first < stop:
            end, size = min(stop, first + size, max(first + least, (first + stop) // 2)), min(most, 2 * size)
            if self._transfers:
                end = next_after(self._transfers, first, end)
            columns = [provider(column, first, end) for column in self.plan.columns]
            parts = [None if out is None else memoryview(out)[first - begin : end - begin] for out in outs]
            yield Bars(first, end, columns, parts)
            first = end

    def restore(self, content: bytes) -> None:
        super().restore(content)
        self._engine.forget()

    def step(self, values: Sequence[float | int]) -> Sequence[float]:
        """Run one bar, given the values of `plan.columns` in order; its outputs, valid until the next call."""
        if self._transfers:
            pay(self._transfers, self.index, self.trading)
        handed = self._engine.step(self.index, values) if self._careful is None else self._careful(values)
        self.index += 1
        self._drain_if_full()
        return handed

    @property
    def bound(self) -> Engine:
        """The engine over this machine's arrays."""
        return self._engine

    def _drain_if_full(self) -> None:
        if self.trading.k[layout.FULL]:
            self.trading.drain()

    def switch(self, engine: str) -> None:
        """Go on with another engine, on the same arrays."""
        self.engine = engine
        self._engine = bind(engine, self.plan, self.arrays, self._effort, self._apart)

    def watch(self, phase: str, see: Callable[..., None]) -> None:
        """Go on interpreted, with `see` handed what a phase of trading is given, before it runs."""
        from ..interpreted.engine import watched

        self.engine = INTERPRETED
        self._engine = Interpreted(self.plan, self.arrays, watched(self.plan, phase, see))


def _of_host(plan: Plan) -> bool:
    """Whether a plan calls a function of a host."""
    every = [plan.ops, *(decision.ops for decision in plan.decisions)]
    every += [ops for clock in plan.clocks for ops in (clock.ops, clock.peek)]
    return any(op.kind == "step" and is_hosted(op.name) for ops in every for op in ops)


def arrays_of(plan: Plan, params: array[float], trading: TradingState) -> Arrays:
    """What a plan runs on, with nothing known yet."""
    state = plan.state
    f, w = (array("d", bytes(8 * count)) for count in (state.floats, state.window))
    k = array("q", bytes(8 * state.ints))
    return Arrays(params, f, k, w, trading.b, trading.k, trading.trades, trading.orders, trading.records)


def statements(plan: Plan) -> list[Statement]:
    """The plan's statements in the words of trading."""
    found: list[Statement] = []
    for d in plan.decisions:
        if d.action == "cancel":
            found.append(CancelSpec(d.side, d.of))
        elif d.action == "hold":
            found.append(HoldSpec(d.sizing, d.fill, d.atomic, d.step))
        elif d.action in FLOWS:
            found.append(FlowSpec(d.action, d.sizing))
        elif d.action == "exit":
            found.append(ExitSpec(d.side, d.sizing, d.once, d.fill, d.rest, d.life))
        else:
            found.append(EnterSpec(
                d.side, d.sizing, has_cap=d.has("CAP"), has_stop=d.has("STOP_BASE"), has_target=d.has("TARGET_BASE"),
                has_trail=d.has("TRAIL_BASE"), expire_kind="passed" if d.passed else d.expire_kind, scale=d.scale,
                fill=d.fill, rest=d.rest, life=d.life, takes=d.takes, moves=d.moves,
                has_trail_after=d.has("TRAIL_AFTER_BASE"), rung=d.rung, rungs=d.rungs, again=d.again,
                trail_from_fill=d.trail_from_fill,
            ))  # fmt: skip
    return found


def _own(plan: Plan, symbol: str | None, foreign: int) -> list[bool]:
    """Whether each statement may act in the book of a symbol, which flows of the account never do. foreign: how many
    stand after the plan's."""
    acts = [symbol is None or (d.symbol in ("", symbol) and d.action not in FLOWS) for d in plan.decisions]
    return acts + [True] * foreign


def readings(plan: Plan) -> tuple[str, ...]:
    """How the text calls what each guard reads, "" where that is its name alone."""
    return tuple(each.read_as for each in plan.guards)


def guards(plan: Plan, params: array[float]) -> list[GuardSpec]:
    """The plan's guards with the thresholds that these parameters give."""
    return [GuardSpec(each.name, params[each.slot], each.action, each.of.lower(), each.until) for each in plan.guards]


def misfit(plan: Plan, params: array[float]) -> str:
    """What is wrong with a length or a guard's limit that these parameters give, "" if nothing is."""
    try:
        guards(plan, params)
    except UsageFault as fault:
        return unfit(plan, params) or str(fault)
    return unfit(plan, params)

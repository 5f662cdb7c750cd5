"""`verify`: the same bars run in every way there is, side by side, and compared stretch by stretch.

The reference is a plain batch of the program with every series handed out. Beside it go: the program as `backtest`
runs it; random chunks; restarts from snapshots at random bars; the other engine; one bar at a time in both; history
cut off at random bars. The first difference is the one at the earliest bar and, in that bar, the first in the order
of an event: what is computed from something wrong comes after it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from operator import index
from typing import Unpack

from ...lang.diagnostics.brief import brief
from ..calendar.instants import Moment
from ..compiled.compiled import Compiled
from ..errors import UsageFault
from ..given import ENGINES, check_given
from ..machine.engines import INTERPRETED
from ..progress import stage
from ..run.magnified import standing
from ..run.options import Options, listed, split_options
from ..run.prepare import Prepared
from ..run.together import brought_together
from .compare import ROWS, Unequal, unequal
from .draw import Draw, Effort, Schedule, schedule
from .lanes import AsBacktested, Batch, Chunks, Lane, Reference, Restarts, Single, Truncated, Windows
from .named_values import NamedValues, Place
from .subject import Lost, Subject
from .verdict import Difference, Verdict

SEED = 20_240_229


@listed(Options)
def verify(
    program: Compiled,
    data: object,
    params: Mapping[str, object] | None = None,
    *,
    seed: int = SEED,
    effort: Effort | None = None,
    engines: Sequence[str] = ENGINES,
    monitors: bool = True,
    from_: Moment | None = None,
    to: Moment | None = None,
    close_at_end: bool = False,
    assumptions: Mapping[str, object] | None = None,
    **options: Unpack[Options],
) -> Verdict:
    """Prove that the program means one thing on these data, however it is run; the verdict is truthy if so.

    seed: points and windows are drawn from it. effort: how much of long data the dear ways run. engines: the first
    is the reference. The rest as in `backtest`.
    """
    check_given(params=params, seed=seed, engines=engines, monitors=monitors, close_at_end=close_at_end)
    if effort is not None and not isinstance(effort, Effort):
        raise UsageFault(f"effort: expected an Effort, found {brief(effort)}")
    seed = index(seed)  # numpy's whole numbers have an end
    data_options, assumed = split_options(options, assumptions, program=program)
    if "timezone" in assumed:
        program = program.with_zone(str(assumed["timezone"]))
    period = {"from_": from_, "to": to, "close_at_end": close_at_end, "assumptions": assumed}
    prepared = brought_together(program, data, params, period, data_options)
    if not isinstance(prepared, Prepared):
        from .several import check_several

        return check_several(program, prepared, seed, effort or Effort(), engines, monitors)
    prepared = prepared.noted()
    return check(program, NamedValues(program.typed, monitors), prepared, seed, effort or Effort(), engines, monitors)


def check(
    program: Compiled, named: NamedValues, prepared: Prepared, seed: int, effort: Effort, engines: Sequence[str],
    monitors: bool,
) -> Verdict:  # fmt: skip
    """`verify` for a program and data already brought together."""
    subject = Subject(named.plan, prepared, monitors)
    points = schedule(subject.count, seed, effort)
    reference = Batch(subject, engines[0])
    lanes = list(_lanes(subject, program, reference, points, engines, seed)) if subject.count else []
    found = _Race(reference, lanes, named, prepared).run(points)
    told = () if prepared.finer is None else standing(prepared.finer, prepared.assumptions.path)
    return Verdict(
        strategy=program.title or program.name,
        source_hash=program.plan.source_hash,
        symbol=prepared.bars.symbol,
        timeframe=str(prepared.bars.timeframe),
        bars=subject.count,
        nodes=len(named.nodes),
        seed=seed,
        checked=tuple(lane.checked() for lane in (reference, *lanes)),
        difference=found,
        notes=(*told, *prepared.bars.notes),
    )


def _lanes(
    subject: Subject, program: Compiled, reference: Batch, points: Schedule, engines: Sequence[str], seed: int
) -> Iterator[Lane]:
    """Every other way of running."""
    first = engines[0]
    plan = program.monitored if subject.monitors else program.plan
    yield AsBacktested(subject, plan, first, reference.machine.outputs)
    yield Chunks(subject, first, Draw(seed + 1))
    for engine in engines[1:]:
        yield Windows(subject, engine, points.interpreted if engine == INTERPRETED else ((0, subject.count),))
    yield Restarts(subject, engines, points.restarts)
    for engine in engines:
        yield Single(subject, engine, points.single)
    for stop in points.truncations:
        yield Truncated(subject, first, stop)


class _Race:
    """Lanes going side by side."""

    def __init__(self, reference: Batch, lanes: Sequence[Lane], named: NamedValues, prepared: Prepared) -> None:
        self._reference, self._lanes, self._watched, self._prepared = reference, lanes, named, prepared
        self._written = [0, 0, 0]  # rows of the reference in the stretches before
        plan, names = named.plan, reference.machine.outputs
        self._books = len(names) - len(plan.outputs)
        self._names = names

    def run(self, points: Schedule) -> Difference | None:
        """To the end of the bars, or to the first stretch in which anything differs."""
        starts = {first for window in (points.interpreted, points.single) for first, _ in window} - {0}
        first, told = 0, stage("verifying", max(points.ends, default=0))
        for stop in points.ends:
            before = self._reference.machine.snapshot() if first in starts else b""
            stretch = self._reference.advance(first, stop)
            assert stretch is not None
            reference = Reference(before, stretch)
            found = self._first(first, stop, reference)
            if found is not None:
                return found
            for kind, rows in enumerate(stretch.rows):
                self._written[kind] += len(rows)
            first = stop
            told(stop)
        if not points.ends:
            return None
        end = self._reference.finish()
        assert end is not None
        ends = ((lane, lane.finish()) for lane in self._lanes)
        return self._earliest([(lane, u) for lane, own in ends if own is not None for u in unequal(own, end)])

    def _first(self, first: int, stop: int, reference: Reference) -> Difference | None:
        """The first difference of a stretch over all lanes."""
        found: list[tuple[Lane, Unequal]] = []
        for lane in self._lanes:
            try:
                stretch = lane.advance(first, stop, reference)
            except Lost as lost:
                found.append((lane, lost.unequal))
                continue
            if stretch is not None:
                found += [(lane, one) for one in unequal(stretch, reference.stretch)]
        return self._earliest(found)

    def _earliest(self, found: Sequence[tuple[Lane, Unequal]]) -> Difference | None:
        """Of two at one place that of the lane named first."""
        return self._told(*min(found, key=lambda pair: self._order(pair[1]))) if found else None

    def _order(self, one: Unequal) -> tuple[int, ...]:
        """Bars first; in a bar: values that read no books, rows, values from the first book on, signals, equity."""
        if one.kind == "column":
            at = one.at[0]
            if at < self._books:
                return (one.bar, 4, at)
            inside = at - self._books
            if inside < len(self._watched.nodes):
                return (one.bar, 2 if inside >= self._first_book() else 0, inside)
            return (one.bar, 3, inside)
        names = [name for name, _ in ROWS]
        if one.kind in names:
            return (one.bar, 1, names.index(one.kind), *one.at)
        return (one.bar, 5, *one.at)

    def _first_book(self) -> int:
        nodes = self._watched.nodes
        return next((place for place, node in enumerate(nodes) if node.kind == "book"), len(nodes))

    def _told(self, lane: Lane, one: Unequal) -> Difference:
        kind, place = self._placed(one)
        bars = self._prepared.bars
        bar = min(one.bar, len(bars) - 1)
        return Difference(
            kind=kind, name=place.name, run=lane.name, against=self._reference.name, bar=bar,
            time=f"{bars.ts[bar].astype('datetime64[us]').astype('datetime64[s]')}Z",
            found=one.found, expected=one.expected, file=place.file, line=place.line, column=place.column,
            source_line=place.source_line,
        )  # fmt: skip

    def _placed(self, one: Unequal) -> tuple[str, Place]:
        """The kind of what differs, in the words of `Difference`, and where the author finds it."""
        rows = {name: (kind, columns) for kind, (name, columns) in enumerate(ROWS)}
        if one.kind in rows:
            kind, columns = rows[one.kind]
            row, column = one.at
            inside = f", {columns[column]}" if column >= 0 else ""
            return one.kind, Place(f"{one.kind} row {row + self._written[kind]}{inside}")
        if one.kind != "column":
            return "state", self._kept(one.kind, one.at[0])
        at = one.at[0]
        if at < self._books:
            return "equity", Place(self._names[at])
        if at - self._books < len(self._watched.nodes):
            return "node", self._watched.place(self._watched.nodes[at - self._books])
        return "output", Place(self._names[at])

    def _kept(self, array: str, item: int) -> Place:
        if array in ("b", "bk"):
            return Place(f"the state of the books ({array}[{item}])")
        first, size = {"f": ("f", "floats"), "k": ("k", "ints"), "w": ("w", "window")}[array]
        for place in self._watched.plan.state.places:
            if getattr(place, first) <= item < getattr(place, first) + getattr(place, size):
                return self._watched.kept(place.key)
        return Place(f"the state ({array}[{item}])")

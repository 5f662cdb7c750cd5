"""Ways of running the same bars. Each goes on by stretches, so that they can be compared as they go.

A lane is asked for the bars first … stop-1 in order. It answers with a stretch, or with None where it does not run
those bars. Nothing of one lane reaches another but snapshots, which is what they are for.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from ...lang.plan.model import Plan
from ..machine.columns import Live
from .compare import Stretch
from .draw import Draw, Window
from .subject import Subject, kept, restore, taken
from .verdict import Checked

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ..data.bars import Bars

    Floats = NDArray[Any]


@dataclass(frozen=True, slots=True)
class Reference:
    """What the reference did: its snapshot before the stretch (b"" where nobody needs it), and the stretch."""

    before: bytes
    stretch: Stretch


class Lane(Protocol):
    """A way of running."""

    name: str

    def advance(self, first: int, stop: int, reference: Reference) -> Stretch | None: ...

    def finish(self) -> Stretch | None:
        """The rows that the end of the data brings; None if this lane did not come to it."""
        ...

    def checked(self) -> Checked: ...


class Batch:
    """Stretch by stretch over all bars, in one engine, without a stop."""

    def __init__(self, subject: Subject, engine: str, owner: str = "batch") -> None:
        self.name, self._owner = f"batch, {engine}", owner
        self._subject, self._history = subject, subject.history()
        self.machine = subject.machine(engine)

    def advance(self, first: int, stop: int, reference: Reference | None = None) -> Stretch | None:
        outs = self._subject.buffers(self._owner, self.machine, stop - first)
        self._run(first, stop, outs)
        return Stretch(first, stop, list(outs), taken(self.machine), kept(self.machine))

    def _run(self, first: int, stop: int, outs: Sequence[Floats]) -> None:
        self.machine.run(self._history, stop, outs)

    def finish(self) -> Stretch | None:
        return self._subject.end(self.machine)

    def checked(self) -> Checked:
        return Checked(self.name, self._subject.count, 1, "")


class Chunks(Batch):
    """In chunks of random lengths."""

    def __init__(self, subject: Subject, engine: str, draw: Draw) -> None:
        super().__init__(subject, engine, "challenger")
        self.name, self._draw, self._parts = f"random chunks, {engine}", draw, 0
        self._longest = max(8, subject.count // 100)

    def _run(self, first: int, stop: int, outs: Sequence[Floats]) -> None:
        at = first
        while at < stop:
            end = min(stop, at + 1 + self._draw.below(self._longest if self._draw.below(3) else 7))
            self.machine.run(self._history, end, [out[at - first :] for out in outs])
            self._parts += 1
            at = end

    def checked(self) -> Checked:
        return Checked(self.name, self._subject.count, self._parts, "chunk")


class Restarts(Batch):
    """Stopped at random bars, its state taken up by a machine that knows nothing else; engines take turns."""

    STRETCH = 40
    """Bars that an interpreted run goes on for, where native is the rule."""

    def __init__(self, subject: Subject, engines: Sequence[str], points: Sequence[int]) -> None:
        super().__init__(subject, engines[0], "challenger")
        self.name = "restarted at random bars, " + " and ".join(engines)
        self._engines, self._points, self._parts = engines, set(points), len(points)
        if len(engines) > 1:
            self._points |= {min(point + self.STRETCH, subject.count) for point in points}
        self._turn = 0

    def _run(self, first: int, stop: int, outs: Sequence[Floats]) -> None:
        at = first
        for end in [*sorted(point for point in self._points if first <= point < stop), stop]:
            if end > at:
                self.machine.run(self._history, end, [out[at - first :] for out in outs])
            if end < stop:
                self._restart()
            at = end

    def _restart(self) -> None:
        """A new machine goes on from the snapshot of the old one; rows not yet taken move over."""
        self._turn += 1
        old, new = self.machine, self._subject.machine(self._engines[self._turn % len(self._engines)])
        restore(new, old.snapshot())
        for rows in ("trade_rows", "order_rows", "record_rows"):
            getattr(new.trading, rows).extend(getattr(old.trading, rows))
        self.machine = new

    def checked(self) -> Checked:
        return Checked(self.name, self._subject.count, self._parts, "restart")


class Windows(Batch):
    """An engine in windows, each taken up from the reference's snapshot; a window at bar 0 begins from nothing."""

    def __init__(self, subject: Subject, engine: str, windows: Sequence[Window], name: str = "batch") -> None:
        super().__init__(subject, engine, "challenger")
        self.name, self._windows = f"{name}, {engine}", windows

    def advance(self, first: int, stop: int, reference: Reference | None = None) -> Stretch | None:
        if not any(begin <= first and stop <= end for begin, end in self._windows):
            return None
        if self.machine.index != first:
            assert reference is not None
            self.machine = self._subject.machine(self.machine.engine)
            restore(self.machine, reference.before)
        return super().advance(first, stop)

    def finish(self) -> Stretch | None:
        return super().finish() if self.machine.index == self._subject.count else None

    def checked(self) -> Checked:
        bars = sum(stop - first for first, stop in self._windows)
        whole = bars == self._subject.count
        return Checked(self.name, bars, len(self._windows), "" if whole else "window")


class Single(Windows):
    """One bar at a time, as a live run does it: the calendar is asked for each bar alone."""

    def __init__(self, subject: Subject, engine: str, windows: Sequence[Window]) -> None:
        super().__init__(subject, engine, windows, "one bar at a time")
        bars = subject.prepared.bars
        self._live = Live(bars.timeframe, subject.prepared.assumptions.timezone)

    def _run(self, first: int, stop: int, outs: Sequence[Floats]) -> None:
        import numpy as np

        columns, live, machine = self.machine.plan.columns, self._live, self.machine
        known = self._subject.known(machine)
        handed: list[Sequence[float]] = []
        for bar, extra in _one_by_one(self._subject.prepared.bars, first, stop):
            known.until(bar.ts)
            handed.append(array("d", machine.step([live(column, bar, extra) for column in columns])))
        values = np.array(list(chain.from_iterable(handed))).reshape(stop - first, -1)
        for place, out in enumerate(outs):
            out[:] = values[:, place]


class _Bar(NamedTuple):
    ts: int
    open: float
    high: float
    low: float
    close: float
    volume: float


def _one_by_one(bars: Bars, first: int, stop: int) -> Iterator[tuple[_Bar, dict[str, Any]]]:
    """Each bar as Python numbers, with the data's own columns."""
    names = list(bars.extra)
    own = [bars.extra[name][first:stop].tolist() for name in names]
    columns = [getattr(bars, name)[first:stop].tolist() for name in _Bar._fields]
    for place, values in enumerate(zip(*columns, strict=True)):
        yield _Bar(*values), {name: column[place] for name, column in zip(names, own, strict=True)}


class Truncated(Batch):
    """From the beginning over data that end at one bar: nothing before it may know."""

    def __init__(self, subject: Subject, engine: str, stop: int) -> None:
        super().__init__(subject, engine, "challenger")
        self.name, self._stop = f"history cut off after bar {stop - 1}, {engine}", stop
        self._history = subject.history(stop)
        if stop < subject.count:
            subject.known(self.machine).until(int(subject.prepared.bars.ts[stop]) - 1)

    def advance(self, first: int, stop: int, reference: Reference | None = None) -> Stretch | None:
        return super().advance(first, stop) if stop <= self._stop else None

    def finish(self) -> Stretch | None:
        return None

    def checked(self) -> Checked:
        return Checked(self.name, self._stop, 1, "")


class AsBacktested:
    """The program as `backtest` runs it, unobserved and at once: its books, signals and rows."""

    def __init__(self, subject: Subject, plan: Plan, engine: str, outputs: Sequence[str]) -> None:
        import numpy as np

        self.name, self._subject = f"backtest, {engine}", subject
        self._machine = subject.machine(engine, plan)
        made = [np.empty(subject.count) for _ in self._machine.outputs]
        self._machine.run(subject.history(), subject.count, made)
        self._outputs = len(outputs)
        # The observed plan hands out the same columns, its series between the books and the signals.
        self._books, self._values = len(made) - len(plan.outputs), made
        self._rows, self._given = taken(self._machine), [0, 0, 0]

    def advance(self, first: int, stop: int, reference: Reference) -> Stretch:
        """The columns of these bars, and the next rows, as many as the reference wrote."""
        parts = [values[first:stop] for values in self._values]
        rows = [self._next(kind, len(written)) for kind, written in enumerate(reference.stretch.rows)]
        return Stretch(first, stop, self._placed(parts), (rows[0], rows[1], rows[2]))

    def _placed(self, parts: Sequence[Floats]) -> list[Floats | None]:
        between = self._outputs - len(parts)
        return [*parts[: self._books], *([None] * between), *parts[self._books :]]

    def _next(self, kind: int, many: int) -> Floats:
        at = self._given[kind]
        self._given[kind] = at + many
        return self._rows[kind][at : at + many]

    def finish(self) -> Stretch | None:
        """What is left of the rows, and those that the end of the data brings."""
        import numpy as np

        end = self._subject.end(self._machine)
        left = [np.concatenate([self._next(kind, len(rows)), added])
                for kind, (rows, added) in enumerate(zip(self._rows, end.rows, strict=True))]  # fmt: skip
        columns: list[Floats | None] = [None] * self._outputs
        return Stretch(end.first, end.stop, columns, (left[0], left[1], left[2]))

    def checked(self) -> Checked:
        return Checked(self.name, self._subject.count, 1, "")

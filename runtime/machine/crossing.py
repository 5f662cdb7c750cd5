"""What the series of a native kernel leave for its books, and bars whose series are computed beside the books'."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING, Any, Protocol

from ..beside import ENOUGH, one_thread, spare

if TYPE_CHECKING:
    from concurrent.futures import ThreadPoolExecutor

    from ...lang.plan.model import Plan

TOGETHER = 16_384
"""Bars whose series are computed before the books go over them: what both read then stays in the cache."""

MOST = 262_144
"""Bars, times the columns that series leave of each, whose series are computed ahead at once."""


def apart(plan: Plan, bars: int) -> bool:
    """Whether the series of a run over so many bars get a loop of their own: its kernel takes a third longer to
    compile, and pays over many. What a bar does is the same."""
    return bars >= ENOUGH


class Crossing:
    """Columns over the bars that were computed ahead. `reached`: where the books have come to."""

    def __init__(self, columns: int) -> None:
        self._columns = columns
        self._held: Any = ()
        self.first = self.stop = self.reached = 0

    def holds(self, bar: int) -> bool:
        """Whether the books have come to this bar, and not yet to the end of what was computed ahead."""
        return bar == self.reached < self.stop

    def begin(self, first: int, stop: int) -> None:
        """The series of these bars are computed next."""
        self.first, self.stop, self.reached = first, stop, first
        needed = (stop - first) * self._columns
        if len(self._held) < needed:
            import numpy as np

            # larger blocks follow larger ones, and room that nobody writes costs nothing
            self._held = np.empty(max(needed, MOST) if stop - first >= TOGETHER else needed)

    def addresses(self, bar: int) -> list[int]:
        """Of this bar's item of each column."""
        if not self._columns:
            return []
        begin, width = self._held.ctypes.data, self.stop - self.first
        return [begin + 8 * (place * width + bar - self.first) for place in range(self._columns)]


@dataclass(frozen=True, slots=True)
class Bars:
    """Bars that are run together: from the first to before `stop`, with their columns and outputs."""

    first: int
    stop: int
    columns: Sequence[Any]
    outs: Sequence[Any]


class Series(Protocol):
    """An engine whose series can be computed ahead of its books."""

    crossing: Crossing

    def new_crossing(self) -> Crossing: ...

    def ahead(
        self, crossing: Crossing, first: int, stop: int, columns: Sequence[Any], outs: Sequence[Any]
    ) -> None: ...


PIECE = 16_384
"""Bars that something else is done with at a time: who is needed elsewhere is soon free."""


class _Besides:
    """Something else that is done with all bars, a few at a time and in their order, by whichever thread has the
    time."""

    def __init__(self, work: Callable[[int, int], None] | None, first: int, stop: int) -> None:
        self._work, self._lock = work, Lock()
        self._next, self._stop = first, stop
        self.wanted = False  # whether the thread that does it while it is idle has something better to do

    def one(self) -> bool:
        """Do it with the next few; False where there are none. After a failure nothing more is done here."""
        with self._lock:
            if self._work is None or self._next >= self._stop:
                return False
            first, self._next = self._next, min(self._stop, self._next + PIECE)
            try:
                self._work(first, self._next)
            except Exception:  # whoever needs what comes of it does it again, and is told
                self._work = None
            return True

    def idle(self) -> None:
        """Do it until something else is wanted."""
        while not self.wanted and self.one():
            pass


class _Coming:
    """The blocks that come, of which one may be prepared before it is taken: who waits makes its columns."""

    def __init__(self, blocks: Iterator[Bars]) -> None:
        self._blocks, self._lock = blocks, Lock()
        self._ready: list[Bars | None] = []

    def prepare(self) -> None:
        """Where nobody else does just now."""
        if self._lock.acquire(blocking=False):
            try:
                if not self._ready:
                    self._ready.append(next(self._blocks, None))
            finally:
                self._lock.release()

    def take(self) -> Bars | None:
        """The next one; None behind the last."""
        with self._lock:
            return self._ready.pop() if self._ready else next(self._blocks, None)


def computed_ahead(
    engine: Any, blocks: Iterator[Bars], first: int, stop: int, also: Callable[[int, int], None] | None = None
) -> Iterator[Bars]:
    """The blocks of these bars, each with its series computed; those of the next one are computed meanwhile, where that
    is possible and worth a thread. Series and books share no state, so nothing but the time depends on it.

    also: done with all of the bars by a thread that would wait; nothing of it where there is one thread.
    """
    if stop - first < ENOUGH or not hasattr(engine, "ahead") or not spare():
        yield from blocks
        return
    with one_thread() as pool:
        if pool is None:
            yield from blocks
            return
        yield from _meanwhile(engine, _Coming(blocks), _Besides(also, first, stop), pool)


def _meanwhile(series: Series, coming: _Coming, besides: _Besides, pool: ThreadPoolExecutor) -> Iterator[Bars]:
    """The same with a thread, which computes series, and does something else while the books have enough of them."""
    free = [series.new_crossing(), series.new_crossing()]

    def following() -> tuple[Bars, Crossing] | None:
        bars = coming.take()
        if bars is None:
            return None
        crossing = free.pop()
        series.ahead(crossing, bars.first, bars.stop, bars.columns, bars.outs)
        return bars, crossing

    found = following()
    try:
        while found is not None:
            besides.wanted = True
            begun = pool.submit(following)
            begun.add_done_callback(lambda _: setattr(besides, "wanted", False))
            pool.submit(besides.idle)
            bars, series.crossing = found
            yield bars
            free.append(series.crossing)
            if begun.cancel():
                found = following()  # what waits is done here
                continue
            if not begun.done():
                coming.prepare()
            while not begun.done() and besides.one():
                pass
            found = begun.result()
    finally:
        besides.wanted = True

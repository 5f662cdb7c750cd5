"""The clock on the wall of one zone: instant to local time, and the instant at which a local day begins.

Instants and local times are µs since 1970; a local time counts as if the zone were UTC. Every function
takes an int or an int64 array. A scalar call remembers the last stretch of constant offset: a stream of
bars asks for the same one a thousand times.

Where a clock is set back over midnight (St John's did it at 00:01), a day would come twice. Days are counted
by `steady` time instead, which never goes back: it waits until the clock has caught up.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import NamedTuple

from .civil import Ints, Whole
from .zones import changes

_FAR = 1 << 62


class _Stretches(NamedTuple):
    """Stretches of constant offset, as arrays."""

    begins: Ints
    ends: Ints
    offsets: Ints
    floors: Ints
    reached: Ints


class Clock:
    """Local time of one zone."""

    __slots__ = ("_begins", "_blocks", "_ends", "_floors", "_offsets", "_reached", "_stretch", "zone")

    def __init__(self, zone: str) -> None:
        instants, offsets = changes(zone)
        self.zone = zone
        self._begins = [-_FAR, *instants]
        self._ends = [*instants, _FAR]
        self._offsets = list(offsets)
        self._floors = _floors(instants, offsets)
        self._reached = [max(b + o, f) for b, o, f in zip(self._begins, offsets, self._floors, strict=True)]
        self._stretch = (0, 0, 0, 0)  # begin, end, offset and floor; empty, so that the first call looks up
        self._blocks: _Stretches | None = None

    def local(self, instant: Whole) -> Whole:
        """What the clock on the wall shows."""
        if isinstance(instant, int):
            begin, end, offset, _ = self._stretch
            return instant + (offset if begin <= instant < end else self._find(instant)[2])
        held = self._arrays()
        return instant + _at(held.begins, held.offsets, instant)

    def steady(self, instant: Whole) -> Whole:
        """Local time that never goes back: it stands still while the clock repeats an hour."""
        if isinstance(instant, int):
            begin, end, offset, floor = self._stretch
            if not begin <= instant < end:
                _, _, offset, floor = self._find(instant)
            return max(instant + offset, floor)
        import numpy as np

        held = self._arrays()
        return np.maximum(self.local(instant), _at(held.begins, held.floors, instant))

    def begins(self, local: Whole) -> Whole:
        """The first instant at which steady time is `local` or later (a midnight that is skipped begins late)."""
        if isinstance(local, int):
            at = max(0, bisect_left(self._reached, local) - 1)
            return min(local - self._offsets[at], self._ends[at])
        import numpy as np

        held = self._arrays()
        where = np.maximum(held.reached.searchsorted(local, side="left") - 1, 0)
        begin: Ints = np.minimum(local - held.offsets[where], held.ends[where])
        return begin

    def instants(self, local: Ints) -> tuple[Ints, Ints]:
        """The first and the second instant that show `local`: equal but for a repeated hour.

        A local time that is skipped has none; the two then show an hour before and after it.
        """
        import numpy as np

        held = self._arrays()
        offsets, ends = held.offsets, held.ends[:-1]
        before = np.searchsorted(ends + np.maximum(offsets[:-1], offsets[1:]), local, side="right")
        after = np.searchsorted(ends + np.minimum(offsets[:-1], offsets[1:]), local, side="right")
        one, two = local - offsets[before], local - offsets[after]
        return np.minimum(one, two), np.maximum(one, two)

    def _arrays(self) -> _Stretches:
        """The stretches as blocks look them up: made once, since blocks may be many and small."""
        if self._blocks is None:
            import numpy as np

            lists = (self._begins, self._ends, self._offsets, self._floors, self._reached)
            self._blocks = _Stretches(*(np.asarray(values, dtype=np.int64) for values in lists))
        return self._blocks

    def _find(self, instant: int) -> tuple[int, int, int, int]:
        """The stretch of an instant; remembered as one value, so that threads may share a clock."""
        at = bisect_right(self._begins, instant) - 1
        self._stretch = found = (self._begins[at], self._ends[at], self._offsets[at], self._floors[at])
        return found


def _at(begins: Ints, values: Ints, instant: Ints) -> Ints:
    """The value of each instant's stretch."""
    return values if len(values) == 1 else values[begins.searchsorted(instant, side="right") - 1]


def _floors(instants: tuple[int, ...], offsets: tuple[int, ...]) -> list[int]:
    """Per stretch, the latest local time that was shown before it."""
    floors = [-_FAR]
    for at, instant in enumerate(instants):
        floors.append(max(floors[-1], instant + offsets[at] - 1))
    return floors

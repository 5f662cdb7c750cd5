"""Quick looks at many bars, for what a closer look would find: where they see nothing, none is needed.

The two functions are written as operators are, for native code (`native/passes.py`); without it every row gets the
closer look.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from ...stdlib.arith import LIMIT

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from ...stdlib.operator import Floats, Ints
    from .bars import Bars

BROKEN, PAUSED, FAR = 1, 2, 4
"""What some row may hold: a price or volume that breaks a rule, a gap longer than a bar, a price far from others."""
ALL = BROKEN | PAUSED | FAR
FALL, RISE = 0.72, 1.4
"""Changes from a close to the next open beyond which something has happened."""
SPIKE = 2.0
"""The factor between one price of a bar and all around it, from which on it looks wrong."""
FAR_OFF = 1 << 61
"""µs from 1970 within which the difference of two times is a time."""
BLOCK = 16_384
"""Rows that are looked at for everything before the next: they stay in the processor's cache."""


class Scan:
    """Looks at the columns of bars; this one has no native code and sees what may be there: everything."""

    def span(self, ts: NDArray[np.int64]) -> tuple[int, int]:
        """The smallest and the greatest of the times of at least one row."""
        return int(ts.min()), int(ts.max())

    def gaps(self, ts: NDArray[np.int64]) -> tuple[int, int]:
        """The shortest and the longest time between two of at least two rows; numbers run over as int64 does."""
        import numpy as np

        least, most = [], []
        for at in range(0, len(ts) - 1, BLOCK):
            gaps = np.diff(ts[at : at + BLOCK + 1])
            least.append(int(gaps.min()))
            most.append(int(gaps.max()))
        return min(least), max(most)

    def even(self, ts: NDArray[np.int64]) -> bool:
        """Whether all times are known to be as far apart; False where nobody has looked."""
        return False

    def over(self, bars: Bars) -> Callable[[int, int], int]:
        """What tells of the rows from a first one up to another which of BROKEN, PAUSED and FAR they may hold."""
        return lambda first, stop: ALL


def times(ts: Ints, count: int, found: Ints) -> int:
    """The smallest and the greatest of so many times, two at least, and the shortest and the longest between
    neighbours, into `found`.

    0 if some time is so large that a gap could run over, and gaps count for nothing.
    """
    smallest = greatest = ts[0]
    least = most = ts[1] - ts[0]
    for at in range(1, count):
        gap = ts[at] - ts[at - 1]
        least = min(least, gap)
        most = max(most, gap)
        smallest = min(smallest, ts[at])
        greatest = max(greatest, ts[at])
    found[0] = smallest
    found[1] = greatest
    found[2] = least
    found[3] = most
    return int((smallest >= -FAR_OFF) & (greatest <= FAR_OFF))


def scan(
    ts: Ints, opened: Floats, high: Floats, low: Floats, closed: Floats, volume: Floats, first: int, stop: int,
    count: int, bar: int,
) -> int:  # fmt: skip
    """Which of BROKEN, PAUSED and FAR the rows from `first` up to `stop` of so many hold; a bar lasts `bar` µs.

    A price that is missing fails every comparison; a volume may be missing.
    """
    broken = 0
    for at in range(first, stop):
        lowest, highest = low[at], high[at]
        ordered = (lowest <= opened[at]) & (lowest <= closed[at]) & (opened[at] <= highest) & (closed[at] <= highest)
        bounded = (lowest > 0.0) & (highest <= LIMIT)
        untraded = (volume[at] < 0.0) | (volume[at] > LIMIT)
        broken |= int(not (ordered & bounded)) | int(untraded)
    paused = far = 0
    for at in range(first, min(stop, count - 1)):
        before, after = closed[at], opened[at + 1]
        apart = (after < before * FALL) | (after > before * RISE) | (high[at] > low[at] * SPIKE)
        far |= int(apart)
        paused |= int(ts[at + 1] - ts[at] > bar)
    return broken * BROKEN + paused * PAUSED + far * FAR

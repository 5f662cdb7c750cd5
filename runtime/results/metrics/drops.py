"""Every drawdown of a run: from the high it fell from, over its deepest close, to the close that reached it again.

The falls of `falls.py` are the deepest and the longest of these, found without a column of either.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from ..output import Floats, Ints

    Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Drops:
    """The drawdowns of an equity that began at the capital, in time. Places count tested bars; -1 is before the first.

    start: the last bar at the high. trough: the first one at the lowest close. end: the bar that reached the high
    again, or the last one where none did; `recovered` says which. depth: the ratio below the high, money: the amount.
    """

    start: Ints
    trough: Ints
    end: Ints
    recovered: Ints
    depth: Floats
    money: Floats

    def __len__(self) -> int:
        return len(self.start)

    @property
    def bars(self) -> Ints:
        """From the high to the end."""
        return self.end - self.start

    def deepest_first(self, most: int) -> Ints:
        """The places of the deepest ones; of equal ones the earlier first."""
        import numpy as np

        return np.argsort(-self.depth, kind="stable")[:most]


def drops(equity: Floats, drawdown: Floats, high_water: Floats) -> Drops:
    """From the equity of each tested bar, its ratio below the high-water mark, and that mark."""
    import numpy as np

    under = equity < high_water
    edges = np.flatnonzero(np.diff(np.concatenate([[False], under, [False]])))
    first, after = edges[::2], edges[1::2]
    if not len(first):
        return Drops(first, first, first, first, drawdown[:0], drawdown[:0])
    depth = np.maximum.reduceat(drawdown, np.ravel([first, after], "F")[: -1 if after[-1] == len(under) else None])
    depth = depth[::2]
    places = np.flatnonzero(under & (drawdown == np.repeat(depth, after - first)[_within(under)]))
    trough = places[np.searchsorted(places, first)]
    recovered = after < len(under)
    end = np.where(recovered, after, len(under) - 1)
    return Drops(first - 1, trough, end, recovered.astype(np.int64), depth, high_water[first] - equity[trough])


def _within(under: Flags) -> Ints:
    """For each bar its place among those under water; any place for the others."""
    import numpy as np

    places: Ints = np.maximum(np.cumsum(under) - 1, 0)
    return places

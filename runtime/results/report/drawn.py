"""What of a long history is drawn: groups of bars, each with its extremes, no more than screens can show.

A short one is drawn bar by bar. Nothing else of the page is thinned: statistics, months and the histogram are of all.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

EVERY = 100_000
"""Bars up to which each of them is in the page."""
MOST = 50_000
"""Groups that a longer history becomes at most: a dozen screens side by side."""
LISTED = 10_000
"""Trades in the page, the last ones."""


@dataclass(frozen=True)
class Drawn:
    """`count` bars in groups of `size`, the last one of what is left."""

    count: int
    size: int

    @cached_property
    def _starts(self) -> Ints:
        import numpy as np

        return np.arange(0, self.count, self.size)

    def __len__(self) -> int:
        return len(self._starts)

    def first(self, values: Floats) -> Floats:
        return values[:: self.size]

    def last(self, values: Floats) -> Floats:
        import numpy as np

        return values[np.append(self._starts[1:], self.count) - 1] if self.size > 1 else values

    def summed(self, values: Floats) -> Floats:
        import numpy as np

        return np.add.reduceat(values, self._starts) if self.size > 1 else values

    def lowest(self, values: Floats) -> Floats:
        """The least value of each group; missing ones are passed over."""
        import numpy as np

        return np.fmin.reduceat(values, self._starts) if self.size > 1 else values

    def highest(self, values: Floats) -> Floats:
        import numpy as np

        return np.fmax.reduceat(values, self._starts) if self.size > 1 else values

    def group(self, bars: Floats) -> Floats:
        """The groups of bars that are given by their places."""
        return bars // self.size


def drawn(count: int) -> Drawn:
    """How a history of so many bars is drawn."""
    return Drawn(count, 1 if count <= EVERY else -(-count // MOST))

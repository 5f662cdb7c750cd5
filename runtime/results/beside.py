"""A benchmark of the reader's own: what other data closed at, at the bars of a run."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from ..errors import UsageFault
from .format import day_or_minute
from .metrics.conventions import Conventions
from .metrics.run import Measured
from .output import RunOutput, edges_of

if TYPE_CHECKING:
    from ..data.bars import Bars
    from .output import Floats


class Beside(Measured):
    """A run measured against other bars than its own."""

    def __init__(self, output: RunOutput, other: Bars, conventions: Conventions) -> None:
        """UsageFault: the other bars last another time, or do not cover the bars that were tested."""
        super().__init__(output, conventions=conventions)
        _covering(output, other)
        self._other = other

    @cached_property
    def benchmark(self) -> Floats:
        """At each tested bar the close of the other's bar that opened then, or of its last one before."""
        import numpy as np

        at = np.searchsorted(self._other.ts, self.output.bars.ts[self.output.first :], side="right") - 1
        return self._other.close[at]

    @property
    def edges(self) -> tuple[float, float] | None:
        return edges_of(self.benchmark)


def _covering(output: RunOutput, other: Bars) -> None:
    own = output.bars
    if other.timeframe != own.timeframe:
        raise UsageFault(f"benchmark: expected bars of {own.timeframe}, as those of the run, found {other.timeframe}")
    if not output.tested:
        return
    first, last = int(own.ts[output.first]), int(own.ts[-1])
    if not len(other) or int(other.ts[0]) > first or int(other.ts[-1]) < last:
        span = [day_or_minute(int(ts), own.daily) for ts in (other.ts[0], other.ts[-1])] if len(other) else ["no bars"]
        tested = " to ".join(day_or_minute(ts, own.daily) for ts in (first, last))
        raise UsageFault(
            f"benchmark: expected data that cover the tested bars, {tested}, found {' to '.join(span)}; "
            "test a shorter time (`from`, `to`), or take other data"
        )

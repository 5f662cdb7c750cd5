"""The quick looks of `data/scan.py` in native code: a pass over memory in place of twenty."""

from __future__ import annotations

from array import array
from collections.abc import Callable
from typing import TYPE_CHECKING

from ..calendar.civil import SECOND
from ..data import scan as looks
from . import passes as native
from .passes import plain

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from ..data.bars import Bars


class NativeScan(looks.Scan):
    """Looks at columns that lie in memory one number behind the other; at others, and where the functions are not kept
    and nothing may be compiled, as it can without native code."""

    def __init__(self) -> None:
        self._times: tuple[NDArray[np.int64], array[int], bool] | None = None

    def span(self, ts: NDArray[np.int64]) -> tuple[int, int]:
        found, _ = self._looked(ts)
        return (found[0], found[1]) if found else super().span(ts)

    def gaps(self, ts: NDArray[np.int64]) -> tuple[int, int]:
        found, near = self._looked(ts)
        return (found[2], found[3]) if found and near else super().gaps(ts)

    def even(self, ts: NDArray[np.int64]) -> bool:
        found, near = self._looked(ts)
        return near and found is not None and found[2] == found[3]

    def _looked(self, ts: NDArray[np.int64]) -> tuple[array[int] | None, bool]:
        """What one pass found of the times, kept for who asks of the same memory next; whether gaps count."""
        if self._times is None or not _same(self._times[0], ts):
            passes = native.passes() if len(ts) >= native.FEW and plain(ts) else None
            if passes is None:
                return None, False
            found = array("q", bytes(8 * 4))
            self._times = ts, found, bool(passes.times(ts.ctypes.data, len(ts), found.buffer_info()[0]))
        return self._times[1:]

    def over(self, bars: Bars) -> Callable[[int, int], int]:
        columns = [bars.ts, bars.open, bars.high, bars.low, bars.close, bars.volume]
        passes = native.passes() if len(bars) >= native.FEW and all(map(plain, columns)) else None
        if passes is None:
            return super().over(bars)
        call, count, length = passes.scan, len(bars), bars.timeframe.seconds * SECOND

        def look(first: int, stop: int) -> int:
            if any(len(column) != count for column in columns):  # the caller's own, resized meanwhile
                return looks.ALL
            places = [column.ctypes.data for column in columns]
            return int(call(*places, first, stop, count, length))

        return look


def _same(one: NDArray[np.int64], other: NDArray[np.int64]) -> bool:
    """Whether both are the same numbers in memory."""
    return one is other or (one.ctypes.data == other.ctypes.data and len(one) == len(other) and plain(other))

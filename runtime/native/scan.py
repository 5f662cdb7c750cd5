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

    def gaps(self, ts: NDArray[np.int64]) -> tuple[int, int]:
        passes = native.passes() if len(ts) >= native.FEW and plain(ts) else None
        if passes is None:
            return super().gaps(ts)
        found = array("q", (0, 0))
        told = passes.gaps(ts.ctypes.data, len(ts), found.buffer_info()[0])
        return (found[0], found[1]) if told else super().gaps(ts)

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

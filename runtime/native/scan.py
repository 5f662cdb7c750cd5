"""The quick looks of `data/scan.py` in native code, with vectors: a pass over memory in place of twenty."""

from __future__ import annotations

import ctypes
from array import array
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, Any

from ..calendar.civil import SECOND
from ..data import scan as looks
from .load import load
from .shared_object import SharedObject, of_this_build

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from ..data.bars import Bars

FEW = 50_000
"""Rows below which loading the functions takes longer than they save."""

_GAPS = ctypes.CFUNCTYPE(ctypes.c_int64, ctypes.c_void_p, ctypes.c_int64, ctypes.c_void_p)
_SCAN = ctypes.CFUNCTYPE(ctypes.c_int64, *[ctypes.c_void_p] * 6, *[ctypes.c_int64] * 4)
"""The functions of `data/scan.py`; a call releases the lock of the interpreter."""


class NativeScan(looks.Scan):
    """Looks at columns that lie in memory one number behind the other; at others as it can without native code."""

    def gaps(self, ts: NDArray[np.int64]) -> tuple[int, int]:
        if len(ts) < FEW or not _plain(ts):
            return super().gaps(ts)
        found = array("q", (0, 0))
        told = _functions()[0](ts.ctypes.data, len(ts), found.buffer_info()[0])
        return (found[0], found[1]) if told else super().gaps(ts)

    def over(self, bars: Bars) -> Callable[[int, int], int]:
        columns = [bars.ts, bars.open, bars.high, bars.low, bars.close, bars.volume]
        if len(bars) < FEW or not all(map(_plain, columns)):
            return super().over(bars)
        call, count, length = _functions()[1], len(bars), bars.timeframe.seconds * SECOND
        places = [column.ctypes.data for column in columns]  # `bars` keeps what they are of
        return lambda first, stop: int(call(*places, first, min(stop, len(bars)), count, length))


def _plain(column: NDArray[Any]) -> bool:
    return column.flags.c_contiguous and column.flags.aligned


@cache
def _functions() -> tuple[Any, Any]:
    """`gaps` and `scan`, from the store or compiled now."""
    code = scan_object().code
    scan = load([code], "sg_scan", _SCAN, also=["sg_gaps"])
    return _GAPS(scan.also["sg_gaps"]), scan


@cache
def scan_object() -> SharedObject:
    """Both functions as object code, in the user's own store."""
    return of_this_build("scan", {"gaps": looks.gaps, "scan": looks.scan}, vectors=True)

"""The quick looks of `data/scan.py` in native code, with vectors: a pass over memory in place of twenty."""

from __future__ import annotations

import ctypes
from array import array
from collections.abc import Callable, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from ..calendar.civil import SECOND
from ..data import scan as looks
from .errors import NativeError
from .load import load
from .shared_object import SharedObject, of_this_build
from .symbols import SHARED

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from ..data.bars import Bars

FEW = 50_000
"""Rows below which loading the functions takes longer than they save."""

_GAPS = ctypes.CFUNCTYPE(ctypes.c_int64, ctypes.c_void_p, ctypes.c_int64, ctypes.c_void_p)
_SCAN = ctypes.CFUNCTYPE(ctypes.c_int64, *[ctypes.c_void_p] * 6, *[ctypes.c_int64] * 4)
"""The functions of `data/scan.py`; a call releases the lock of the interpreter."""


FUNCTIONS: Mapping[str, Callable[..., Any]] = {"gaps": looks.gaps, "scan": looks.scan}


class NativeScan(looks.Scan):
    """Looks at columns that lie in memory one number behind the other; at others, and where the functions are not kept
    and nothing may be compiled, as it can without native code."""

    def gaps(self, ts: NDArray[np.int64]) -> tuple[int, int]:
        functions = _functions() if len(ts) >= FEW and _plain(ts) else None
        if functions is None:
            return super().gaps(ts)
        found = array("q", (0, 0))
        told = functions[0](ts.ctypes.data, len(ts), found.buffer_info()[0])
        return (found[0], found[1]) if told else super().gaps(ts)

    def over(self, bars: Bars) -> Callable[[int, int], int]:
        columns = [bars.ts, bars.open, bars.high, bars.low, bars.close, bars.volume]
        functions = _functions() if len(bars) >= FEW and all(map(_plain, columns)) else None
        if functions is None:
            return super().over(bars)
        call, count, length = functions[1], len(bars), bars.timeframe.seconds * SECOND

        def look(first: int, stop: int) -> int:
            if any(len(column) != count for column in columns):  # the caller's own, resized meanwhile
                return looks.ALL
            places = [column.ctypes.data for column in columns]
            return int(call(*places, first, stop, count, length))

        return look


def _plain(column: NDArray[Any]) -> bool:
    return column.flags.c_contiguous and column.flags.aligned


@cache
def _functions() -> tuple[Any, Any] | None:
    """`gaps` and `scan`, from the store or compiled now."""
    try:
        code = scanning().code
    except NativeError:
        return None
    scan = load([code], SHARED + "scan", _SCAN, also=[SHARED + "gaps"])
    return _GAPS(scan.also[SHARED + "gaps"]), scan


@cache
def scanning() -> SharedObject:
    """Both functions as object code, in the user's own store."""
    return of_this_build("scan", FUNCTIONS, vectors=True)

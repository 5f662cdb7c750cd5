"""Passes over long columns in native code, with vectors where their loops let them: looks at the data, falls of equity.

The functions stand where what they look for is defined, and are written as operators are; what numpy does in many
passes, or bar by bar, is one here. For few numbers loading them takes longer than they save.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from ..data import scan
from ..results.metrics import fall
from .errors import NativeError
from .load import load
from .shared_object import SharedObject, of_this_build
from .symbols import SHARED

if TYPE_CHECKING:
    from numpy.typing import NDArray

FEW = 50_000
"""Numbers below which nobody looks in native code."""
FUNCTIONS: Mapping[str, Callable[..., Any]] = {"times": scan.times, "scan": scan.scan, "follow": fall.follow}

_P, _I = ctypes.c_void_p, ctypes.c_int64
_TYPES = {
    "times": ctypes.CFUNCTYPE(_I, _P, _I, _P),
    "scan": ctypes.CFUNCTYPE(_I, *[_P] * 6, *[_I] * 4),
    "follow": ctypes.CFUNCTYPE(_I, _P, _I, ctypes.c_double, _P),
}
"""How each is called; a call releases the lock of the interpreter."""


@dataclass(frozen=True, slots=True)
class Passes:
    """The functions of `FUNCTIONS`, on addresses of columns that `plain` holds for such."""

    times: Any
    scan: Any
    follow: Any


def plain(column: NDArray[Any]) -> bool:
    """Whether its numbers lie in memory one behind the other."""
    return column.flags.c_contiguous and column.flags.aligned


@cache
def passes() -> Passes | None:
    """From the store or compiled now; None where they are not kept and nothing may be compiled."""
    try:
        code = passing().code
    except NativeError:
        return None
    first, *others = FUNCTIONS
    loaded = load([code], SHARED + first, _TYPES[first], also=[SHARED + name for name in others])
    return Passes(loaded, *(_TYPES[name](loaded.also[SHARED + name]) for name in others))


@cache
def passing() -> SharedObject:
    """All of them as object code, in the user's own store."""
    return of_this_build("passes", FUNCTIONS, vectors=True)

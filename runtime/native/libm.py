"""The C functions that kernels may call, and their addresses.

Elementary functions are reached under names of our own (`sg_pow`), which LLVM does not know: it would turn
`pow(x, 2.0)` into `x * x`, whose last bit differs from what CPython computes. The addresses are those of the
library that CPython's own `math` was linked to, so both engines call the very same code.
"""

from __future__ import annotations

import ctypes
import math
from functools import cache

ARITY = {
    "exp": 1, "expm1": 1, "log": 1, "log10": 1, "log2": 1, "log1p": 1, "pow": 2, "fmod": 2,
    "sin": 1, "cos": 1, "tan": 1, "asin": 1, "acos": 1, "atan": 1, "atan2": 2, "sinh": 1, "cosh": 1, "tanh": 1,
}  # fmt: skip
"""Functions that are called in the C library, with the number of their arguments."""

EXACT = frozenset(["sqrt", "floor", "ceil", "trunc", "fabs", "copysign", "isnan", "isinf", "isfinite"])
"""Functions with one right answer: LLVM may compute them in any way it likes."""

# What code generation itself may call for an instruction of ours.
_GENERATED = ("fmod", "floor", "ceil", "trunc", "rint", "nearbyint", "round", "memcpy", "memmove", "memset")

PREFIX = "sg_"
SYMBOLS = frozenset(PREFIX + name for name in ARITY)
ALLOWED = SYMBOLS | frozenset(_GENERATED)
"""Every name from outside that a kernel may be left with."""


@cache
def addresses() -> dict[str, int]:
    """The address of every allowed symbol."""
    library = _mathematics()
    named = {PREFIX + name: name for name in ARITY} | {name: name for name in _GENERATED}
    return {symbol: _address(library, name) for symbol, name in named.items()}


def _mathematics() -> ctypes.CDLL:
    """The handle of CPython's own mathematics: looking a name up in it searches what it was linked to."""
    return ctypes.CDLL(getattr(math, "__file__", None))


def _address(library: ctypes.CDLL, name: str) -> int:
    address = ctypes.cast(library[name], ctypes.c_void_p).value
    assert address is not None
    return address

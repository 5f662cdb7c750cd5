"""Compiles a step the way native code sees it, with numba alone: functions it calls are bound again, recursively."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Sequence
from functools import cache
from types import FunctionType
from typing import Any

import numpy as np
import stratagem.stdlib.operators  # noqa: F401  (fills the registry)
from numba import cfunc, njit, types
from stratagem.stdlib.operator import BOOL, COUNT, NUMBER, REGISTRY

KIND = {NUMBER: types.float64, BOOL: types.int64, COUNT: types.int64}
C_KIND: dict[str, Any] = {NUMBER: ctypes.c_double, BOOL: ctypes.c_int64, COUNT: ctypes.c_int64}


def rebound(function: FunctionType) -> FunctionType:
    """A copy whose globals hold compiled functions in place of ours."""
    names = {n: function.__globals__[n] for n in function.__code__.co_names if n in function.__globals__}
    bound = {n: compiled(v) if isinstance(v, FunctionType) else v for n, v in names.items()}
    return FunctionType(function.__code__, {"__builtins__": __builtins__, **bound}, function.__name__)


@cache
def compiled(function: FunctionType) -> Any:
    return njit(error_model="numpy")(rebound(function))


@cache
def native(name: str) -> tuple[Any, Callable[..., Any]]:
    """The compiled step (kept alive) and the C function."""
    operator = REGISTRY[name]
    pointer: Any = types.CPointer
    floats, ints = pointer(types.float64), pointer(types.int64)
    inputs = [KIND[a.kind] for a in operator.arguments]
    compile_c: Any = cfunc
    kept = compile_c(KIND[operator.result](floats, ints, floats, *inputs), nopython=True, error_model="numpy")(
        rebound(operator.step)  # type: ignore[arg-type]
    )
    prototype = ctypes.CFUNCTYPE(
        C_KIND[operator.result], *[ctypes.c_void_p] * 3, *[C_KIND[a.kind] for a in operator.arguments]
    )
    return kept, prototype(kept.address)


def run_native(name: str, columns: Sequence[Sequence[Any]], parameters: Sequence[Any], size: int) -> list[Any]:
    """The values of the compiled step; `parameters` follow the columns in the order of the signature."""
    operator = REGISTRY[name]
    _, step = native(name)
    f = np.zeros(max(operator.floats, 1))
    k = np.zeros(max(operator.ints, 1), dtype=np.int64)
    w = np.zeros(max(size, 1))
    arrays = (f.ctypes.data, k.ctypes.data, w.ctypes.data)
    return [step(*arrays, *row, *parameters) for row in zip(*columns, strict=True)]

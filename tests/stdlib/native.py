"""Native symbols as functions that Python calls: the very code that kernels get, from the store."""

from __future__ import annotations

import ctypes
from array import array
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

from stratagem.runtime.native import called_operators as outside
from stratagem.runtime.native import symbols
from stratagem.runtime.native.library import standard
from stratagem.runtime.native.load import load
from stratagem.runtime.native.shared_object import account, trading
from stratagem.runtime.native.signature import FLOAT, INT
from stratagem.runtime.native.store import open_store
from stratagem.stdlib.operator import REGISTRY

_SCALARS = {FLOAT: ctypes.c_double, INT: ctypes.c_int64}


@cache
def native(symbol: str) -> Callable[..., Any]:
    """The C function `op_NAME` or `sg_NAME`; arrays are given by their addresses."""
    inlined = symbol.startswith(symbols.INLINE)
    shared = account() if symbol.removeprefix(symbols.SHARED) in symbols.several() else trading()
    item = outside.operator(open_store(), symbol, standard().bitcode) if inlined else shared
    kinds = symbols.signature_of(symbol)
    arguments = [_SCALARS.get(kind, ctypes.c_void_p) for kind in kinds.arguments]
    function: Callable[..., Any] = load([item.code], symbol, ctypes.CFUNCTYPE(_SCALARS[kinds.result], *arguments))
    return function


def address(buffer: array[Any]) -> int:
    """Where an array stands, which it must not outgrow."""
    return buffer.buffer_info()[0]


def run_native(name: str, columns: Sequence[Sequence[Any]], parameters: Sequence[Any], size: int) -> list[Any]:
    """The values of the compiled step; `parameters` follow the columns in the order of the signature."""
    operator, step = REGISTRY[name], native(symbols.INLINE + name)
    state = (
        array("d", [0.0] * max(operator.floats, 1)),
        array("q", [0] * max(operator.ints, 1)),
        array("d", [0.0] * max(size, 1)),
    )
    arrays = tuple(map(address, state))
    return [step(*arrays, *row, *parameters) for row in zip(*columns, strict=True)]

"""Loads object code into this process: bytes in, a C function out. Neither numba nor Python stands behind it."""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from functools import cache
from itertools import count
from threading import Lock
from typing import Any

import llvmlite.binding as llvm

from . import libm
from .target import machine

RUN = ctypes.CFUNCTYPE(ctypes.c_int64, ctypes.c_int64, ctypes.c_int64, *[ctypes.c_void_p] * 11)
"""`run(first, stop, columns, params, f, k, w, outs, b, bk, trades, orders, records) -> bar reached`.
Calling it releases the lock of the interpreter."""

_lock = Lock()
_numbers = count()


def load(objects: Sequence[bytes], entry: str = "run", type: Any = RUN) -> Any:
    """The function `entry` of the objects linked together; the code lives as long as the function does."""
    builder = llvm.JITLibraryBuilder()
    for content in objects:
        builder.add_object_img(content)
    for symbol, address in libm.addresses().items():
        builder.import_symbol(symbol, address)
    builder.export_symbol(entry)
    with _lock:
        jit = _jit()
        tracker = builder.link(jit, f"kernel-{next(_numbers)}")
    function = type(tracker[entry])
    function.keep = (tracker, jit)
    return function


@cache
def _jit() -> llvm.LLJIT:
    """One for the process; each load is a library of its own in it."""
    return llvm.create_lljit_compiler(machine())

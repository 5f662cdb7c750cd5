"""Loads object code into this process: bytes in, a C function out. Neither numba nor Python stands behind it."""

from __future__ import annotations

import ctypes
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import count
from threading import RLock
from typing import TYPE_CHECKING, Any

import llvmlite.binding as llvm

from . import libm
from .errors import NativeError
from .target import machine

if TYPE_CHECKING:
    from .shared_object import SharedObject

RUN = ctypes.CFUNCTYPE(ctypes.c_int64, ctypes.c_int64, ctypes.c_int64, *[ctypes.c_void_p] * 11)
"""`run(first, stop, columns, params, f, k, w, outs, b, bk, trades, orders, records) -> bar reached`.
A call releases the lock of the interpreter."""

_lock = RLock()
_numbers = count()


def load(
    objects: Sequence[bytes],
    entry: str = "run",
    type: Any = RUN,
    *,
    also: Sequence[str] = (),
    shared: SharedObject | None = None,
    operators: Sequence[SharedObject] = (),
) -> Any:
    """The function `entry` of the objects linked together; the code lives as long as the function does.

    The functions of `shared` and of `operators` are loaded once for the process and called by every kernel. also: of
    further symbols the addresses, in the function's own `also`.
    """
    with _lock:
        given = libm.addresses() | _shared([shared, *operators] if shared else operators)
        tracker = _link(objects, [entry, *also], given)
    function = type(tracker[entry])
    function.keep = tracker
    function.also = {name: tracker[name] for name in also}
    return function


def _link(objects: Sequence[bytes], exported: Sequence[str], given: Mapping[str, int]) -> llvm.ResourceTracker:
    builder = llvm.JITLibraryBuilder()
    for content in objects:
        builder.add_object_img(content)
    for symbol, address in given.items():
        builder.import_symbol(symbol, address)
    for symbol in exported:
        builder.export_symbol(symbol)
    try:
        number = next(_numbers)
        return builder.link(_jit(number // _TOGETHER), f"library-{number}")
    except RuntimeError as fault:
        raise NativeError(
            f"the object code cannot be loaded; it must be made by this build for this machine, "
            f"and find {', '.join(exported)} and the functions it calls:\n{fault}"
        ) from fault


def _shared(objects: Sequence[SharedObject]) -> dict[str, int]:
    """Addresses of the functions of these objects. Those not loaded yet are loaded together, until the process ends."""
    new = [item for item in objects if item not in _loaded]
    if new:
        tracker = _link([item.code for item in new], [name for item in new for name in item.symbols], libm.addresses())
        _kept.append(tracker)
        _loaded.update((item, {name: tracker[name] for name in item.symbols}) for item in new)
    return {name: address for item in objects for name, address in _loaded[item].items()}


_TOGETHER = 16
"""Libraries of one compiler of LLVM. It remembers some kilobytes of each that is unloaded, and is given back with all
of them when none of its libraries is used any more: a process that makes kernels for ever does not grow."""


@lru_cache(maxsize=1)
def _jit(turn: int) -> llvm.LLJIT:
    """The compiler of these libraries; each load is a library of its own in it."""
    return llvm.create_lljit_compiler(machine(), suppress_errors=True)


_kept: list[llvm.ResourceTracker] = []
_loaded: dict[SharedObject, dict[str, int]] = {}

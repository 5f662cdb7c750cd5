"""The native side in one call: a program's object code from the store, or made now, loaded and ready to run."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from .fuse import QUICK, declared, fuse
from .identity import object_key
from .load import load
from .shared_object import SharedObject
from .store import Store
from .symbols import SHARED


def kernel(
    store: Store,
    key: str,
    text: Callable[[], str],
    *,
    effort: str = QUICK,
    shared: Callable[[], SharedObject] | None = None,
) -> Any:
    """The function `run` of the program known as `key`; `text` gives its LLVM text if it has to be made.

    shared: the trading functions, asked for only where the program trades.
    """
    object_code = store.get("object", kernel_key(key, effort))
    if object_code is None:
        object_code = fuse(text(), effort=effort)
        store.put("object", kernel_key(key, effort), object_code)
    return load([object_code], shared=shared() if shared else None)


def kernel_key(key: str, effort: str = QUICK) -> str:
    """Where the object code of the program known as `key` is kept, for this processor and build."""
    return object_key("kernel", key, effort)


def trades(text: str) -> bool:
    """Whether the LLVM text calls trading functions of the shared object."""
    return bool(declared(text, SHARED))

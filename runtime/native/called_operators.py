"""Operators that a kernel calls instead of inlining (see `inlining`): each is object code of its own, generated once.

It is made of the same bitcode as inlined code, and computes the same bits. An object is known by what it was made
of: a kernel that names it gets the one it was made with, or none.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from .fuse import FULL, Bitcode, fuse
from .identity import machine_key
from .shared_object import SharedObject
from .store import Store
from .turn import turn

_KIND = "operator"
_read: dict[tuple[Path, str], SharedObject] = {}


def identity(code: bytes) -> str:
    """What the object made of this bitcode is known by."""
    return hashlib.sha256(code).hexdigest()


def kept(store: Store, symbol: str, known: str) -> SharedObject | None:
    """The object of the operator known as `known`, if the store has it; read once for the process."""
    key = _key(symbol, known)
    if (store.folder, key) not in _read:
        code = store.get(_KIND, key)
        if code is None:
            return None
        _read[store.folder, key] = SharedObject(code, (symbol,))
    return _read[store.folder, key]


def operator(store: Store, symbol: str, bitcode: Bitcode) -> SharedObject:
    """The object of the operator, from the store or generated now."""
    known = identity(bitcode(symbol))
    found = kept(store, symbol, known)
    if found is not None:
        return found
    with turn(store.written, f"operator:{symbol}", f"compiles `{symbol}`"):
        found = kept(store, symbol, known)
        if found is not None:
            return found
        code = fuse("", [symbol], [symbol], bitcode=bitcode, shared=(), effort=FULL)
        store.put(_KIND, _key(symbol, known), code)
        return SharedObject(code, (symbol,))


def _key(symbol: str, known: str) -> str:
    return machine_key(_KIND, symbol, known)

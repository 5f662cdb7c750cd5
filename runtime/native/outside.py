"""Heavy operators, which a kernel calls instead of inlining: each is object code of its own, generated once.

Generating code takes most of the time of making a kernel. An operator with a large body, say a percentile, spends
so long in it on every bar that a call is not felt, so its code need not be made anew for each program. It is made
of the same bitcode as inlined code, and computes the same bits. An object is known by what it was made of: a
kernel that names it gets the one it was made with, or none.
"""

from __future__ import annotations

import hashlib

from . import symbols
from .fuse import FULL, Bitcode, fuse
from .identity import machine_key
from .inlining import size
from .shared_object import SharedObject
from .store import Store

HEAVY = 1900
"""Bytes of bitcode (see `inlining.size`) from which an operator is heavy: averages and extremes are below."""

_KIND = "operator"


def heavy(symbol: str, code: bytes) -> bool:
    """Whether kernels call the operator; trading functions of every bar are inlined however large they are."""
    return size(code) >= HEAVY and symbol.removeprefix(symbols.INLINE) not in symbols.hot()


def identity(code: bytes) -> str:
    """What the object made of this bitcode is known by."""
    return hashlib.sha256(code).hexdigest()


def kept(store: Store, symbol: str, known: str) -> SharedObject | None:
    """The object of the operator known as `known`, if the store has it."""
    code = store.get(_KIND, _key(symbol, known))
    return None if code is None else SharedObject(code, (symbol,))


def operator(store: Store, symbol: str, bitcode: Bitcode) -> SharedObject:
    """The object of the operator, from the store or generated now."""
    known = identity(bitcode(symbol))
    found = kept(store, symbol, known)
    if found is None:
        code = fuse("", [symbol], [symbol], bitcode=bitcode, shared=(), effort=FULL)
        store.put(_KIND, _key(symbol, known), code)
        found = SharedObject(code, (symbol,))
    return found


def _key(symbol: str, known: str) -> str:
    return machine_key(_KIND, symbol, known)

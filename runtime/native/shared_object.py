"""The trading functions of few bars, compiled once into one object that every kernel calls.

They run when an order fills or a decision falls, not on every bar: inlining them would cost each program compile
time and give it nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import llvmlite.binding as llvm

from ..progress import stage
from . import symbols
from .fingerprint import fingerprint
from .fuse import check
from .identity import machine_key, object_key
from .library import compiling, versions
from .shipped import shipped
from .store import Store, key_of, open_store
from .target import emit, optimise


@dataclass(frozen=True, slots=True)
class SharedObject:
    """Object code and the C symbols it defines."""

    code: bytes
    symbols: tuple[str, ...]


def shared_object(
    functions: Mapping[str, Callable[..., Any]], store: Store, *, vectors: bool = False
) -> SharedObject:  # fmt: skip
    """The functions under `sg_NAME`, from the store or compiled now.

    vectors: their loops take several numbers at once.
    """
    named = tuple(symbols.SHARED + name for name in functions)
    key = machine_key(identity(functions) + " vectors" * vectors)
    code = store.get("object", key)
    if code is None:
        with compiling(store):
            code = store.get("object", key) or _generated(bitcode(functions, store), vectors)
            store.put("object", key, code)
    return SharedObject(code, named)


def _generated(content: bytes, vectors: bool) -> bytes:
    module = llvm.parse_bitcode(content)
    if vectors:
        optimise(module, vectors=True)
    return emit(module)


def identity(functions: Mapping[str, Callable[..., Any]]) -> str:
    """All that the bitcode of the functions depends on."""
    return key_of("shared", *functions, *map(fingerprint, functions.values()), versions())


def bitcode(functions: Mapping[str, Callable[..., Any]], store: Store) -> bytes:
    """One module of all functions: from the store, from what came with the package, or compiled now and kept."""
    key = identity(functions)
    found = store.get("bitcode", key) or shipped(key)
    if found is None:
        found = _compiled(functions)
        store.put("bitcode", key, found)
    return found


def _compiled(functions: Mapping[str, Callable[..., Any]]) -> bytes:
    """What several of the functions call is there once for each."""
    from .operators import compile_step

    module = llvm.parse_assembly("")
    tell = stage("compiling the trading functions", len(functions))
    for done, (name, function) in enumerate(functions.items()):
        tell(done)
        compiled = compile_step(function, symbols.SHARED + name)
        module.link_in(llvm.parse_bitcode(compiled.bitcode))
    optimise(module)
    check(module, ())
    return bytes(module.as_bitcode())


@cache
def trading() -> SharedObject:
    """That of the trading functions, in the user's own store."""
    return of_this_build("trading", symbols.cold())


@cache
def account() -> SharedObject:
    """That of the functions which only several books of one account need."""
    return of_this_build("account", symbols.several())


def of_this_build(name: str, functions: Mapping[str, Callable[..., Any]], *, vectors: bool = False) -> SharedObject:
    """These functions in the user's own store, under a name of their own.

    The object is kept a second time for this build as a whole, which is known at once: the fingerprints of some hundred
    functions take longer than everything else that a kept program needs to start.
    """
    store = open_store()
    key = object_key(name, versions())
    code = store.get("object", key)
    if code is not None:
        return SharedObject(code, tuple(symbols.SHARED + each for each in functions))
    made = shared_object(functions, store, vectors=vectors)
    store.put("object", key, made.code)
    return made

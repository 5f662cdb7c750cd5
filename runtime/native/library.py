"""Bitcode by symbol: from the store, from what came with the package, or compiled now and kept.

Numba is imported only when something is missing.
"""

from __future__ import annotations

import os
import platform
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from functools import cache
from importlib.machinery import PathFinder
from typing import Any

import llvmlite

from ...lang.diagnostics.brief import brief
from ...stdlib.operator import is_hosted, operator_of
from ..progress import stage
from . import symbols
from .errors import NativeError
from .fingerprint import fingerprint
from .shipped import shipped
from .store import Store, key_of, open_store
from .turn import turn

FORMAT = 2
"""Of the bitcode; to be raised when the way it is made changes."""


@cache
def versions() -> str:
    """Everything besides the function's own code that the bitcode depends on."""
    return key_of(FORMAT, platform.machine(), platform.system(), llvmlite.__version__, _numba_version())


def _numba_version() -> str:
    """By the name of the folder beside it that describes the installed package.

    `importlib.metadata` says the same, and is asked where that folder is not there, but importing it takes longer
    than loading a kernel.
    """
    found = PathFinder.find_spec("numba")
    if found is not None and found.origin:
        for name in os.listdir(os.path.dirname(os.path.dirname(found.origin))):
            if name.startswith("numba-") and name.endswith(".dist-info"):
                return name.removeprefix("numba-").removesuffix(".dist-info")
    from importlib.metadata import version

    return version("numba")


class Library:
    """The operators, hot trading functions and helpers as bitcode."""

    def __init__(self, store: Store, function: Callable[[str], Callable[..., Any]] = symbols.function) -> None:
        self._store = store
        self._function = function
        self._held: dict[str, bytes] = {}
        self._keys: dict[str, str] = {}

    def bitcode(self, symbol: str) -> bytes:
        """Bitcode that defines `symbol`."""
        held = self._held.get(symbol) or self._kept(symbol)
        if held is None:
            with compiling(self._store):
                held = self._kept(symbol) or self._compiled(symbol)
        self._held[symbol] = held
        return held

    def provide(self, wanted: Iterable[str]) -> None:
        """Have the bitcode of all of these; what is missing is compiled in one turn."""
        if not self.missing(wanted := list(wanted)):
            return
        with compiling(self._store):
            if missing := self.missing(wanted):  # who waited for its turn finds most of it there
                from .operators import numba_compiles

                numba_compiles()  # before it is told that something is compiled
                tell = stage("compiling operators", len(missing))
                for done, symbol in enumerate(missing):
                    tell(done)
                    self.bitcode(symbol)

    def compile(self, symbol: str) -> None:
        """Compile and keep it, while another process of ours has the turn."""
        self._compiled(symbol)

    def missing(self, wanted: Iterable[str]) -> list[str]:
        """Those of the symbols that would have to be compiled."""
        return [symbol for symbol in wanted if symbol not in self._held and self._kept(symbol) is None]

    def key(self, symbol: str) -> str:
        """What its bitcode is kept under: all that it depends on."""
        if symbol not in self._keys:
            self._keys[symbol] = key_of(symbol, fingerprint(self._function(symbol)), versions())
        return self._keys[symbol]

    def _kept(self, symbol: str) -> bytes | None:
        key = self.key(symbol)
        return self._store.get("bitcode", key) or shipped(key)

    def _compiled(self, symbol: str) -> bytes:
        from .operators import compile_step

        try:
            content = compile_step(self._function(symbol), symbol).bitcode
        except NativeError as fault:
            if not is_hosted(symbol):
                raise
            from .subset import refused

            raise refused(operator_of(symbol.removeprefix(symbols.INLINE)).name, brief(str(fault))) from fault
        self._store.put("bitcode", self.key(symbol), content)
        return content


def compiling(store: Store) -> AbstractContextManager[None]:
    """This process's turn at what numba compiles for the store: importing it takes longer than most operators."""
    return turn(store.written, "compile", "compiles the operators")


@cache
def standard() -> Library:
    """The library over the user's own store."""
    return Library(open_store())

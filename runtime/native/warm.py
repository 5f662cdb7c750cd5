"""Compiles operators, objects of those that may be called and the shared object ahead of time: no program waits.

python -m stratagem.runtime.native.warm
"""

from __future__ import annotations

import os
import sys
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from . import symbols
from .library import Library, compiling, standard
from .store import Store, open_store

_AT_ONCE = 8
"""Symbols that one piece of work compiles: a process of its own costs as much as ten operators."""


def every_symbol() -> list[str]:
    """All that can be inlined: operators, trading functions of every bar, helpers."""
    named = [*symbols.operators(), *symbols.hot(), *symbols.helpers()]
    return [symbols.INLINE + name for name in dict.fromkeys(named)]


def warm(workers: int = 0) -> int:
    """Fill the user's store; the number of symbols compiled. `workers` 0 takes half of the processors."""
    missing = standard().missing(every_symbol())
    if missing:
        with compiling(open_store()):
            missing = standard().missing(missing)
            _compile_all(missing, workers or max(1, (os.cpu_count() or 2) // 2))
    from .passes import passing
    from .shared_object import account, trading

    for made in (trading, account, passing):
        made()
    _generate_called()
    return len(missing)


def _generate_called() -> None:
    """The object code of the operators that a kernel may call."""
    from .called_operators import operator
    from .inlining import SOME, size

    store, bitcode = open_store(), standard().bitcode
    for symbol in every_symbol():
        if size(bitcode(symbol)) >= SOME:
            operator(store, symbol, bitcode)


def _compile_all(missing: list[str], workers: int) -> None:
    if not missing:
        return
    pieces = [missing[i : i + _AT_ONCE] for i in range(0, len(missing), _AT_ONCE)]
    store, done = open_store(), 0
    with ProcessPoolExecutor(min(workers, len(pieces)), mp_context=get_context("spawn")) as pool:
        for piece in pool.map(_compile, [store] * len(pieces), pieces):
            done += piece
            sys.stderr.write(f"compiled {done} of {len(missing)} operators\n")


def _compile(store: Store, piece: list[str]) -> int:
    """In a process of its own, which has no turn because its parent has it: numba is imported here."""
    library = Library(store)
    for symbol in piece:
        library.compile(symbol)
    return len(piece)


if __name__ == "__main__":
    warm()

"""The native side in one call: a program's object code from the store, or made now, loaded and ready to run."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Collection, Sequence
from typing import Any

from ..progress import stage
from . import called_operators
from .fuse import QUICK, Bitcode, declared, fuse
from .identity import object_key
from .inlining import called
from .library import standard
from .load import RUN, load
from .shared_object import SharedObject
from .store import Store
from .symbols import SHARED
from .turn import turn

LARGEST = 3000
"""Lines of LLVM text up to which more than the quick effort is spent: its time grows faster than the text."""

LOOPS = ("series", "books", "ahead")
"""What a kernel exports beside `run`: the two loops of a run over many bars, and how many columns cross."""


class Kernel:
    """The functions of a program, ready to be called, which live as long as this does.

    run: one bar. series, books: many, first the one and then the other; `ahead` columns behind those of the plan are
    written by the first and read by the second, which ends where the rows are full.
    """

    def __init__(self, run: Any) -> None:
        """run: as `load` gives it."""
        self.run = run
        self.series, self.books = RUN(run.also["series"]), RUN(run.also["books"])
        self.ahead: int = ctypes.c_int64.from_address(run.also["ahead"]).value


Text = Callable[[Collection[str]], str]
"""Gives the LLVM text of a program, told which of the operators it declares will not be inlined."""


def kernel(
    store: Store,
    key: str,
    text: Text,
    *,
    effort: str = QUICK,
    shared: Callable[[], SharedObject] | None = None,
    also: Sequence[str] = (),
) -> Any:
    """The function `run` of the program known as `key`; `text` gives its LLVM text if it has to be made.

    shared: the trading functions, asked for only where the program trades. also: further symbols (see `load`).
    """
    object_code, operators = parts(store, kernel_key(key, effort), text, effort, ["run", *also])
    return load([object_code], also=also, shared=shared() if shared else None, operators=operators)


Parts = tuple[bytes, tuple[SharedObject, ...]]
"""A kernel's own object code, and the operators it calls."""


def parts(store: Store, place: str, text: Text, effort: str, entries: Sequence[str] = ("run",)) -> Parts:
    """What is kept under `place`, or made now of the LLVM text, of which these functions are to be called."""
    found = _kept(store, place)
    if found is None:
        with turn(store.written, f"kernel:{place}", "compiles this program"):
            found = _kept(store, place) or _made(store, place, text, effort, entries)
    return found


def _kept(store: Store, place: str) -> Parts | None:
    """The kernel and all it calls; None if some of that is not in the store."""
    content = store.get("object", place)
    if content is None:
        return None
    names, _, object_code = content.partition(b"\n")
    operators = []
    for name in names.decode().split():
        operator = called_operators.kept(store, *name.split(":"))
        if operator is None:
            return None
        operators.append(operator)
    return object_code, tuple(operators)


def _made(store: Store, place: str, text: Text, effort: str, entries: Sequence[str]) -> Parts:
    """Made now and kept, after a line that names the operators it calls, each with the identity of its object."""
    bitcode = standard().bitcode
    whole = text(())
    standard().provide(declared(whole))
    stage("compiling the program")
    if whole.count("\n") > LARGEST:
        effort = QUICK
    chosen = _called(whole, bitcode) if effort == QUICK else []
    object_code = fuse(text(chosen), exported=entries, bitcode=bitcode, called=chosen, effort=effort)
    names = " ".join(f"{symbol}:{called_operators.identity(bitcode(symbol))}" for symbol in chosen)
    store.put("object", place, names.encode() + b"\n" + object_code)
    return object_code, tuple(called_operators.operator(store, symbol, bitcode) for symbol in chosen)


def _called(text: str, bitcode: Bitcode) -> list[str]:
    return sorted(called(text, {symbol: bitcode(symbol) for symbol in declared(text)}))


def kernel_key(key: str, effort: str = QUICK) -> str:
    """Where the object code of the program known as `key` is kept, for this processor and build."""
    return object_key("kernel", key, effort)


def trades(text: str) -> bool:
    """Whether the LLVM text calls trading functions of the shared object."""
    return bool(declared(text, SHARED))

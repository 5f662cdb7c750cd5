"""From the name of a native symbol to the Python function that defines it.

`op_NAME` is an operator of the registry, a trading function of every bar, or a helper of `stdlib/arith.py`:
it is inlined into the kernel. `sg_NAME` is a trading function of few bars: it is called in the shared object.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from types import FunctionType, ModuleType
from typing import Any

from .signature import Signature, signature

INLINE, SHARED = "op_", "sg_"

_HOST_SIDE = ("assumptions", "state")
"""Modules of `runtime/trading` that run before and after the bars, never in native code."""

Function = Callable[..., Any]


@cache
def operators() -> Mapping[str, Function]:
    """The step of every registered operator."""
    import_module("...stdlib.operators", __package__)
    registry = import_module("...stdlib.operator", __package__).REGISTRY
    return {name: entry.step for name, entry in registry.items()}


@cache
def helpers() -> Mapping[str, Function]:
    """The guarded arithmetic that operators and `pure` nodes use."""
    return _defined(import_module("...stdlib.arith", __package__))


def _defined(module: ModuleType) -> dict[str, Function]:
    """The public functions of a module, without those it imports."""
    return {
        name: value
        for name, value in vars(module).items()
        if isinstance(value, FunctionType) and value.__module__ == module.__name__ and not name.startswith("_")
    }


@cache
def trading() -> Mapping[str, Function]:
    """The step functions of trading: every public function of `runtime/trading` that native code could call."""
    package = import_module("..trading", __package__)
    found: dict[str, Function] = {}
    for module in iter_modules(package.__path__):
        if module.name in _HOST_SIDE or module.name.startswith("_"):
            continue
        for name, value in _defined(import_module(f"{package.__name__}.{module.name}")).items():
            found.setdefault(name, value)
    return found


HOT = ("attention", "mark", "tripped", "due", "accepts")
"""Trading functions of every bar, besides those that read the books (`read_FIELD`)."""

COLD = ("new_day", "fill", "record_mark", "trip", "decide", "finish")
"""Trading functions of few bars: compiled once into the shared object."""


@cache
def hot() -> Mapping[str, Function]:
    """Trading functions of every bar: those that a kernel inlines."""
    return {name: value for name, value in trading().items() if name in HOT or name.startswith("read_")}


@cache
def cold() -> Mapping[str, Function]:
    return {name: trading()[name] for name in COLD}


def function(symbol: str) -> Function:
    """The function behind a symbol; LookupError says what was looked through."""
    prefix, name = symbol[:3], symbol[3:]
    tables = {INLINE: (operators, hot, helpers), SHARED: (cold,)}.get(prefix, ())
    for table in tables:
        if found := table().get(name):
            return found
    raise LookupError(
        f"no native symbol {symbol!r}: expected op_ and an operator, a trading function of every bar or an "
        "arithmetic helper, or sg_ and a trading function of few bars"
    )


@cache
def signature_of(symbol: str) -> Signature:
    return signature(function(symbol))


def declaration(symbol: str) -> str:
    """The line of LLVM text that declares the symbol."""
    return signature_of(symbol).declaration(symbol)

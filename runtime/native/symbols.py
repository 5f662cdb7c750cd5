"""From the name of a native symbol to the Python function that defines it.

`op_NAME` is an operator of the registry, a trading function of every bar, or a helper of `stdlib/arith.py`:
it is inlined into the kernel. `sg_NAME` is a trading function of few bars: it is called in the shared object.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from importlib import import_module
from types import FunctionType
from typing import Any

from ...stdlib.operator import is_hosted, operator_of
from .signature import Signature, signature

INLINE, SHARED = "op_", "sg_"

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
    module = import_module("...stdlib.arith", __package__)
    return {
        name: value
        for name, value in vars(module).items()
        if isinstance(value, FunctionType) and value.__module__ == module.__name__ and not name.startswith("_")
    }


@cache
def hot() -> Mapping[str, Function]:
    """Trading functions of every bar, the reads of the books among them: kernels inline them."""
    phases = import_module("..trading.phases", __package__)
    return {phase.name: phase.function for phase in [*phases.HOT.values(), *phases.READS.values()]}


@cache
def cold() -> Mapping[str, Function]:
    """Trading functions of few bars: compiled once into the shared object."""
    return {phase.name: phase.function for phase in import_module("..trading.phases", __package__).COLD.values()}


@cache
def several() -> Mapping[str, Function]:
    """Those that only several books of one account need: compiled once into an object of their own."""
    return {phase.name: phase.function for phase in import_module("..trading.phases", __package__).SEVERAL.values()}


def function(symbol: str) -> Function:
    """The function behind a symbol; LookupError says what was looked through."""
    prefix, name = symbol[:3], symbol[3:]
    if prefix == INLINE and is_hosted(name):
        from .subset import of_host

        return of_host(operator_of(name))
    tables = {INLINE: (operators, hot, helpers), SHARED: (cold, several)}.get(prefix, ())
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

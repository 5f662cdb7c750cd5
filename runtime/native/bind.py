"""Prepares Python step functions for numba: copies of them whose globals numba understands.

A function keeps its code; the names it reads are bound again: a function of ours to a compiled one (recursively),
an elementary function of `math` to the C library's under our own name (see `libm`), a number to itself.
What comes out is compiled by a target that stops at LLVM's bitcode: no machine code, no Python wrapper.
Only this module and `operators` know numba.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import cache
from types import BuiltinFunctionType, FunctionType
from typing import Any

from numba.core import codegen, dispatcher, registry, types

from . import libm
from .errors import NativeError

OPTIONS = {"nopython": True, "error_model": "numpy", "no_cpython_wrapper": True, "no_cfunc_wrapper": True}
"""Division by zero gives infinity instead of raising; operators guard it. Fast-math stays off."""

_BUILTINS = frozenset({"range", "int", "float", "bool", "abs"})


class _Library(codegen.AOTCodeLibrary):  # type: ignore[misc]
    """One compiled function as bitcode."""

    def get_pointer_to_function(self, name: str) -> int:
        """Numba asks for the address when it is done; there is none, the bitcode is what we came for."""
        self._ensure_finalized()
        return 0


class _Codegen(codegen.AOTCPUCodegen):  # type: ignore[misc]
    """Optimises for no particular processor and without vectors: the kernel is optimised again as a whole."""

    _library_class = _Library

    def set_env(self, env_name: str, env: object) -> None:
        """There is no Python environment to refer to."""

    def _pass_builder(self, **options: Any) -> Any:
        return super()._pass_builder(**{**options, "loop_vectorize": False, "slp_vectorize": False})


class _Target(registry.CPUTarget):  # type: ignore[misc]
    """Numba's own processor target with the code generator replaced."""

    @property
    def typing_context(self) -> Any:
        return registry.cpu_target.typing_context

    @property
    def target_context(self) -> Any:
        return _context()


@cache
def _context() -> Any:
    return registry.cpu_target.target_context.subtarget(_internal_codegen=_Codegen("stratagem"))


class _Dispatcher(dispatcher.Dispatcher):  # type: ignore[misc]
    targetdescr = _Target("cpu")


@cache
def _called(function: FunctionType) -> Any:
    """A function that others call: one for all, compiled for each kind of arguments."""
    return bind(function)


def bind(function: Callable[..., Any]) -> Any:
    """The function as numba may compile it: `bind(f).compile(signature)`."""
    assert isinstance(function, FunctionType)
    names = {name: _meaning(function, name) for name in function.__code__.co_names if name in function.__globals__}
    kept = {"__builtins__": function.__globals__["__builtins__"], "__name__": function.__module__}
    copy = FunctionType(function.__code__, kept | names, function.__name__, function.__defaults__)
    copy.__qualname__, copy.__module__ = function.__qualname__, function.__module__
    return _Dispatcher(copy, targetoptions=OPTIONS)


def _meaning(function: FunctionType, name: str) -> Any:
    """What numba sees under a global name of the function."""
    value = function.__globals__[name]
    if isinstance(value, FunctionType):
        return _called(value)
    if isinstance(value, BuiltinFunctionType) and value.__module__ == "math":
        return _elementary(function, value)
    if isinstance(value, (bool, int, float)):
        return value
    raise NativeError(
        f"{function.__module__}.{function.__name__}: a step may read numbers and call functions, "
        f"found {name!r}, {type(value).__name__}; import the function itself (`from math import exp as m_exp`)"
    )


def _elementary(function: FunctionType, value: BuiltinFunctionType) -> Any:
    """A function of `math`: in the C library, or exact and so left to numba."""
    name = value.__name__
    if name in libm.ARITY:
        arguments = (types.float64,) * libm.ARITY[name]
        return types.ExternalFunction(libm.PREFIX + name, types.float64(*arguments))
    if name == "sqrt":
        return types.ExternalFunction("llvm.sqrt.f64", types.float64(types.float64))
    if name in libm.EXACT:
        return getattr(math, name)
    raise NativeError(
        f"{function.__module__}.{function.__name__}: math.{name} differs between CPython and native code; "
        f"expected one of {', '.join(sorted(libm.EXACT | libm.ARITY.keys()))}"
    )

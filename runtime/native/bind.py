"""Prepares Python step functions for numba: copies of them whose globals numba understands.

A function keeps its code; the names it reads are bound again: a function of ours to a compiled one (recursively),
an elementary function of `math` to the C library's under our own name (see `libm`), a number to itself.
What comes out is compiled by a target that stops at LLVM's bitcode: no machine code, no Python wrapper.
Only this module and `operators` know numba.
"""

# mypy: disable-error-code="no-untyped-call, attr-defined"
from __future__ import annotations

import math
from collections.abc import Callable
from functools import cache
from types import BuiltinFunctionType, FunctionType, ModuleType
from typing import Any

from numba.core import codegen, dispatcher, registry, types
from numba.core.typing.templates import make_concrete_template

from . import libm
from .errors import NativeError
from .signature import FLOAT, FLOATS, INT, INTS, kind_of

OPTIONS = {"nopython": True, "error_model": "numpy", "no_cpython_wrapper": True, "no_cfunc_wrapper": True}
"""Division by zero gives infinity instead of raising; operators guard it. Fast-math stays off."""

NUMBA = {
    FLOAT: types.float64,
    INT: types.int64,
    FLOATS: types.CPointer(types.float64),
    INTS: types.CPointer(types.int64),
}


class _Library(codegen.AOTCodeLibrary):
    """One compiled function as bitcode, with what it calls linked in.

    It is optimised by `operators`, once and as a whole: numba would do it at every level of calls anew.
    """

    def _optimize_functions(self, ll_module: Any) -> None:
        ll_module.data_layout = self._codegen._data_layout

    def _optimize_final_module(self) -> None:
        """Left to `operators`."""

    def get_pointer_to_function(self, name: str) -> int:
        """Numba asks for the address when it is done; there is none, the bitcode is what we came for."""
        self._ensure_finalized()
        return 0


class _Codegen(codegen.AOTCPUCodegen):
    """For no particular processor: the kernel is generated as a whole later."""

    _library_class = _Library

    def set_env(self, env_name: str, env: object) -> None:
        """There is no Python environment to refer to."""


class _Target(registry.CPUTarget):
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


class _Dispatcher(dispatcher.Dispatcher):
    """A function that is compiled once, for the types it declares, whatever it is called with."""

    targetdescr = _Target("cpu")

    def get_call_template(self, args: Any, kws: Any) -> Any:
        """Numba would compile anew for every constant that is passed."""
        signature, given = self._compiler.fold_argument_types(args, kws)
        wanted = tuple(
            _declared(parameter.annotation) or types.unliteral(argument)
            for parameter, argument in zip(signature.parameters.values(), given, strict=True)
        )
        self.compile((wanted, _declared(self.py_func.__annotations__.get("return"))))
        template = make_concrete_template(self.__name__, self.__name__, self.nopython_signatures)
        return template, signature, given, {}

    def compile(self, sig: Any) -> Any:
        """As numba does, with a result that may be left open."""
        arguments, result = sig
        return super().compile(arguments if result is None else result(*arguments))


def _declared(annotation: object) -> Any:
    """Numba's type for an annotation; truth values are left to numba."""
    kind = kind_of(annotation)
    return None if kind is None or annotation == "bool" else NUMBA[kind]


@cache
def _called(function: FunctionType) -> Any:
    """A function that others call: one for all, compiled for each kind of arguments."""
    return bind(function)


def bind(function: Callable[..., Any]) -> Any:
    """The function as numba may compile it: `bind(f).compile((arguments, result))`."""
    assert isinstance(function, FunctionType)
    names = {name: _meaning(function, name) for name in function.__code__.co_names if name in function.__globals__}
    kept = {"__builtins__": function.__globals__["__builtins__"], "__name__": function.__module__}
    copy = FunctionType(function.__code__, kept | names, function.__name__, function.__defaults__)
    copy.__qualname__, copy.__module__ = function.__qualname__, function.__module__
    copy.__annotations__ = function.__annotations__
    return _Dispatcher(copy, targetoptions=OPTIONS)


def _meaning(function: FunctionType, name: str) -> Any:
    """What numba sees under a global name of the function."""
    value = function.__globals__[name]
    if isinstance(value, FunctionType):
        return _called(value)
    if isinstance(value, BuiltinFunctionType) and value.__module__ == "math":
        return _elementary(function, value)
    if isinstance(value, (bool, int, float)) or (isinstance(value, ModuleType) and not _odd(function, value)):
        return value
    raise NativeError(
        f"{function.__module__}.{function.__name__}: a step may read numbers, also of a module, and call functions, "
        f"found {name!r}, {type(value).__name__}; import the function itself (`from math import exp as m_exp`)"
    )


def _odd(function: FunctionType, module: ModuleType) -> list[str]:
    """What the function reads of a module of constants that is no number."""
    read = (name for name in function.__code__.co_names if hasattr(module, name))
    return [name for name in read if not isinstance(getattr(module, name), (bool, int, float))]


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

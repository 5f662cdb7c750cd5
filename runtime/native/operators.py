"""Compiles one Python step function to LLVM bitcode with one clean symbol.

Numba's own convention (a status, a place for the result, a place for an exception) ends here: the bitcode holds
`double @op_ema(ptr, ptr, ptr, double, i64)` and nothing else that can be seen from outside.
A function that could raise, allocate or call Python is refused.
"""

# mypy: disable-error-code="no-untyped-call, attr-defined"
from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import llvmlite.binding as llvm
from numba.core import config
from numba.core.compiler_lock import global_compiler_lock
from numba.core.errors import NumbaError

from . import libm
from .bind import NUMBA, bind
from .errors import NativeError
from .signature import LLVM, Signature, signature
from .target import initialise, optimise

_RAISED = "step.raised"
"""Called where the step ends with an exception; the optimiser leaves no such call in one that never does."""


@dataclass(frozen=True, slots=True)
class Compiled:
    """Bitcode that defines `symbol` and needs nothing but the functions of the C library."""

    symbol: str
    signature: Signature
    bitcode: bytes


def numba_compiles() -> None:
    """NativeError where numba was told to compile nothing."""
    if config.DISABLE_JIT:
        raise NativeError("numba is told to compile nothing (NUMBA_DISABLE_JIT), and the cache does not hold what this "
                          'run needs: unset it for the first run, or take the engine "interpreted"')  # fmt: skip


def compile_step(function: Callable[..., Any], symbol: str) -> Compiled:
    """The function under `symbol`; whether it is inlined is for those to say who call it."""
    numba_compiles()
    initialise()
    kinds = signature(function)
    text, inner = _numba(function, kinds)
    module = llvm.parse_assembly(text + _entry(symbol, inner, kinds))
    module.name = symbol
    for item in [*module.functions, *module.global_variables]:
        if not item.is_declaration and item.name != symbol:
            item.linkage = "internal"
    module.get_function(inner).add_function_attribute("alwaysinline")
    optimise(module)
    _refuse(function, module)
    return Compiled(symbol, kinds, module.as_bitcode())


def _numba(function: Callable[..., Any], kinds: Signature) -> tuple[str, str]:
    """LLVM text of the function as numba compiles it, and its name there."""
    arguments = tuple(NUMBA[kind] for kind in kinds.arguments)
    try:
        with global_compiler_lock:
            step = bind(function)
            step.compile((arguments, NUMBA[kinds.result]))
    except NumbaError as fault:
        raise NativeError(
            f"{_where(function)}{kinds} cannot be compiled; a step may use numbers, "
            f"comparisons, if, while, for … range and calls of such functions:\n{fault}"
        ) from fault
    compiled = step.overloads[arguments]
    inner = f"{function.__name__}.numba"
    return compiled.library.get_llvm_str().replace(compiled.fndesc.llvm_func_name, inner), inner


def _entry(symbol: str, inner: str, kinds: Signature) -> str:
    """LLVM text of the clean symbol: it calls numba's function and returns its result."""
    result = LLVM[kinds.result]
    given = ", ".join(f"{LLVM[kind]} %a{i}" for i, kind in enumerate(kinds.arguments))
    return f"""
declare void @{_RAISED}()
define {result} @{symbol}({given}) nounwind {{
  %result = alloca {result}
  %exception = alloca ptr
  %status = call i32 @{inner}(ptr %result, ptr %exception{", " if given else ""}{given})
  %value = load {result}, ptr %result
  %failed = icmp ne i32 %status, 0
  br i1 %failed, label %raised, label %done
raised:
  call void @{_RAISED}()
  br label %done
done:
  ret {result} %value
}}
"""


def _refuse(function: Callable[..., Any], module: llvm.ModuleRef) -> None:
    """NativeError if the bitcode needs what a kernel cannot have: an allocation, Python, an unknown function."""
    needed = [item.name for item in module.functions if item.is_declaration and not item.name.startswith("llvm.")]
    if _RAISED in needed:
        raise NativeError(f"{_where(function)} can raise: a step answers a missing value instead, it never raises")
    foreign = [name for name in needed if name not in libm.ALLOWED]
    if foreign:
        raise NativeError(
            f"{_where(function)} needs Python at run time ({', '.join(foreign)}): "
            "a step may not raise, allocate or call anything but steps and the functions of `stdlib/arith.py`"
        )


def _where(function: Callable[..., Any]) -> str:
    return f"{function.__module__}.{function.__name__}"

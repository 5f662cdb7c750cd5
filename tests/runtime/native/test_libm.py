"""The C library's functions: the very ones that CPython calls, under names LLVM does not know."""

from __future__ import annotations

import ctypes
import math
import random
from collections.abc import Callable

import llvmlite.binding as llvm
import pytest
from stratagem.runtime.native import libm
from stratagem.runtime.native.load import load
from stratagem.runtime.native.target import emit, initialise, optimise

DOUBLE = ctypes.c_double
DOMAIN = {"acos": (-1.0, 1.0), "asin": (-1.0, 1.0)}


def numbers(name: str, count: int) -> list[float]:
    low, high = DOMAIN.get(name, (1e-3, 300.0))
    random_ = random.Random(name)
    return [random_.uniform(low, high) for _ in range(count)]


def kernel(body: str, arity: int) -> Callable[..., float]:
    """A function of doubles from LLVM text, optimised."""
    initialise()
    given = ", ".join(f"double %a{i}" for i in range(arity))
    module = llvm.parse_assembly(body.replace("GIVEN", given))
    optimise(module)
    return load([emit(module)], "run", ctypes.CFUNCTYPE(DOUBLE, *[DOUBLE] * arity))  # type: ignore[no-any-return]


@pytest.mark.parametrize("name", sorted(libm.ARITY))
def test_a_kernel_and_cpython_call_the_same_function(name: str) -> None:
    arity = libm.ARITY[name]
    kinds = ", ".join(["double"] * arity)
    run = kernel(
        f"declare double @sg_{name}({kinds})\n"
        f"define double @run(GIVEN) {{\n %r = call double @sg_{name}(GIVEN)\n ret double %r\n}}",
        arity,
    )
    expected = getattr(math, name)
    for x, y in zip(numbers(name, 5000), numbers("other", 5000), strict=True):
        given = (x, y / 100.0)[:arity]
        assert run(*given) == expected(*given), given


@pytest.mark.parametrize("power", ["2.0", "0.5", "-1.0", "3.0"])
def test_a_constant_argument_changes_nothing(power: str) -> None:
    run = kernel(
        "declare double @sg_pow(double, double)\n"
        f"define double @run(GIVEN) {{\n %r = call double @sg_pow(GIVEN, double {power})\n ret double %r\n}}",
        1,
    )
    assert all(run(x) == math.pow(x, float(power)) for x in numbers("const", 20_000))


def test_the_hazard_is_real() -> None:
    """Under the C library's own name LLVM rewrites the call; were it not so, `sg_` would be for nothing."""
    initialise()
    text = """
    declare double @pow(double, double)
    define double @run(double %x) { %r = call double @pow(double %x, double 2.0)
      ret double %r }
    """
    module = llvm.parse_assembly(text)
    optimise(module)
    assert "fmul double" in str(module)


def test_every_allowed_symbol_has_an_address() -> None:
    assert set(libm.addresses()) == libm.ALLOWED
    assert all(libm.addresses().values())


def test_a_remainder_is_the_c_library_s() -> None:
    run = kernel("define double @run(GIVEN) {\n %r = frem double %a0, %a1\n ret double %r\n}", 2)
    for x, y in zip(numbers("a", 2000), numbers("b", 2000), strict=True):
        assert run(x, y) == math.fmod(x, y)

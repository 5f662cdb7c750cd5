"""Kinds of arguments, from names and annotations alone."""

from __future__ import annotations

import subprocess
import sys

import pytest
from stratagem.runtime.native.signature import signature

from . import steps
from .steps import Bool, Count, Floats, Ints, Number


def trading(b: Floats, k: Ints, records: Floats, index: int, time: int, close: float) -> int:
    return index + time


def shadowed(f: Floats, k: Ints, w: Floats, a: Number, b: Number, n: Count, on: Bool) -> Bool:
    return on


def nothing(f: Floats) -> None: ...


def test_an_operator_in_llvm() -> None:
    assert signature(steps.ema).declaration("op_ema") == "declare double @op_ema(ptr, ptr, ptr, double, i64)"
    assert signature(steps.cross_above).declaration("op_x") == "declare i64 @op_x(ptr, ptr, ptr, double, double)"


def test_a_trading_function_in_llvm() -> None:
    assert signature(trading).declaration("sg_t") == "declare i64 @sg_t(ptr, ptr, ptr, i64, i64, double)"


def test_an_annotation_goes_before_a_name() -> None:
    assert signature(shadowed).arguments == ("floats", "ints", "floats", "float", "float", "int", "int")


def test_an_argument_of_no_kind_is_named() -> None:
    with pytest.raises(TypeError, match="untyped: argument 'x' must be"):
        signature(steps.untyped)


def test_a_result_of_no_kind_is_named() -> None:
    with pytest.raises(TypeError, match="nothing: expected a result of Number or .* found 'None'"):
        signature(nothing)


def test_to_know_a_signature_imports_nothing_heavy() -> None:
    code = (
        "import sys; from stratagem.runtime.native import signature, symbols;"
        "print(symbols.declaration('op_ema')); print([m for m in ('numba', 'llvmlite', 'numpy') if m in sys.modules])"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.splitlines() == ["declare double @op_ema(ptr, ptr, ptr, double, i64)", "[]"]

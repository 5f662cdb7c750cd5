"""One step function to bitcode: its result is CPython's, its shape is clean, what needs Python is refused."""

from __future__ import annotations

import ctypes
import math
import random
from collections.abc import Callable
from typing import Any

import llvmlite.binding as llvm
import pytest
from stratagem.runtime.native.errors import NativeError
from stratagem.runtime.native.load import load
from stratagem.runtime.native.operators import compile_step
from stratagem.runtime.native.signature import FLOAT, FLOATS, INTS, Signature
from stratagem.runtime.native.target import emit
from stratagem.runtime.trading import layout as at
from stratagem.runtime.trading.buffers import Floats

from . import steps

C_TYPES = {FLOAT: ctypes.c_double, FLOATS: ctypes.c_void_p, INTS: ctypes.c_void_p}


def callable_of(function: Callable[..., Any]) -> Callable[..., Any]:
    """The compiled step alone, as a C function."""
    compiled = compile_step(function, "op_it")
    code = emit(llvm.parse_bitcode(compiled.bitcode))
    return load([code], "op_it", c_function(compiled.signature))  # type: ignore[no-any-return]


def c_function(kinds: Signature) -> Any:
    named = [C_TYPES.get(kind, ctypes.c_int64) for kind in (kinds.result, *kinds.arguments)]
    return ctypes.CFUNCTYPE(*named)


def prices(count: int) -> list[float]:
    """Random, with missing ones, repeated ones and signs of zero."""
    random_ = random.Random(7)
    special = [math.nan, 0.0, -0.0, 1e-300, 1e300]
    return [random_.choice(special) if random_.random() < 0.05 else random_.uniform(1.0, 200.0) for _ in range(count)]


def same(a: float, b: float) -> bool:
    return (a != a and b != b) or (a == b and math.copysign(1.0, a) == math.copysign(1.0, b))


@pytest.mark.parametrize(
    ("function", "second"),
    [
        (steps.ema, 9),
        (steps.highest, 7),
        (steps.cross_above, 100.0),
        (steps.curve, 2.0),
        (steps.curve, 0.5),
        (steps.curve, -1.0),
        (steps.curve, 3.0),
    ],
)
def test_native_and_cpython_agree_to_the_last_bit(function: Callable[..., Any], second: float) -> None:
    native = callable_of(function)
    f, k, w = (ctypes.c_double * 4)(), (ctypes.c_int64 * 4)(), (ctypes.c_double * 16)()
    pf, pk, pw = [0.0] * 4, [0] * 4, [0.0] * 16
    for x in prices(3000):
        expected = function(pf, pk, pw, x, second)
        got = native(f, k, w, x, second)
        assert same(got, expected), (x, got, expected)
    assert all(same(a, b) for a, b in zip([*f, *k, *w], [*pf, *pk, *pw], strict=True))


def test_bools_are_whole_numbers() -> None:
    native = callable_of(steps.both)
    assert [native(None, None, None, a, b) for a in (0, 1) for b in (0, 1)] == [0, 0, 0, 1]


def test_nothing_but_the_symbol_can_be_seen() -> None:
    module = llvm.parse_bitcode(compile_step(steps.curve, "op_curve").bitcode)
    defined = {f.name for f in module.functions if not f.is_declaration}
    declared = {f.name for f in module.functions if f.is_declaration}
    assert defined == {"op_curve"}
    assert declared == {"sg_pow", "sg_exp", "llvm.sqrt.f64"}
    assert not list(module.global_variables)


def test_no_operation_may_be_contracted_or_reordered() -> None:
    for function in (steps.ema, steps.sma, steps.curve):
        text = str(llvm.parse_bitcode(compile_step(function, "op_it").bitcode))
        for word in ("fast", "reassoc", "contract", "fmuladd", "nnan", "arcp", "afn", "<2 x double>"):
            assert f" {word}" not in text.replace("fastcc", ""), (function.__name__, word)


def test_a_step_that_can_raise_is_refused() -> None:
    with pytest.raises(NativeError, match=r"raises can raise.*missing value"):
        compile_step(steps.raises, "op_raises")


def test_a_step_that_allocates_is_refused() -> None:
    with pytest.raises(NativeError, match="steps.allocates"):
        compile_step(steps.allocates, "op_allocates")


def reads_text(x: float) -> float:
    return x if NOT_A_NUMBER else 0.0


def calls_hypot(x: float) -> float:
    return m_hypot(x, x)


def uses_a_module(x: float) -> float:
    return math.exp(x)


NOT_A_NUMBER = "text"
m_hypot = math.hypot


@pytest.mark.parametrize(
    ("function", "message"),
    [
        (reads_text, "found 'NOT_A_NUMBER', str"),
        (calls_hypot, "math.hypot differs between CPython and native code"),
        (uses_a_module, "found 'math', module.*from math import exp as m_exp"),
    ],
)
def test_a_name_that_native_code_cannot_have_is_explained(function: Callable[..., Any], message: str) -> None:
    with pytest.raises(NativeError, match=message):
        compile_step(function, "op_it")


def reads_a_slot(b: Floats) -> float:
    return b[at.CASH] if at.WORST == 0 else 0.0


def test_numbers_of_a_module_are_constants() -> None:
    assert "alloca" not in str(llvm.parse_bitcode(compile_step(reads_a_slot, "op_it").bitcode))


def calls_with_both_kinds(x: float, n: int) -> float:
    return steps_ratio(x, n) + steps_ratio(n, x) + steps_ratio(1, 2)


steps_ratio = steps.ratio


def test_a_helper_may_be_called_with_whole_numbers_and_others() -> None:
    native = callable_of(calls_with_both_kinds)
    assert native(3.0, 4) == calls_with_both_kinds(3.0, 4) == 0.75 + 4 / 3 + 0.5


def test_a_helper_compiled_for_others_can_be_compiled_alone() -> None:
    callable_of(steps.ema)  # compiles `missing` with a bool result
    alone = callable_of(steps.missing)
    assert [alone(1.0), alone(math.nan)] == [0, 1]

"""Pure functions: the Python text and the LLVM lines of each row give the same bits, and what the rules say."""

from __future__ import annotations

import ctypes
import struct
from array import array
from collections.abc import Callable
from functools import cache
from itertools import product
from math import isnan, nan

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stratagem.runtime.native.fuse import fuse
from stratagem.runtime.native.load import load
from stratagem.runtime.native.symbols import declaration
from stratagem.stdlib.primitives import BOOL, NUMBER, OPERANDS, PRIMITIVES, Primitive, evaluate, function

CANONICAL = struct.pack("<d", nan)
NUMBERS = [nan, 0.0, -0.0, 1.0, -1.0, 0.5, 2.5, -2.5, 3.0, 1e-308, 1e300, -1e300, 9.99e299, 1e155, 7.25e15, 0.1, 691.5]
ROWS = sorted(PRIMITIVES.values(), key=lambda row: row.name)
Native = ctypes.CFUNCTYPE(ctypes.c_double, *[ctypes.c_double] * 3)


@cache
def natives() -> dict[str, Callable[..., float]]:
    """Every row as a native function of three doubles, in one module; bools go in and out as 1.0 and 0.0."""
    parts = [declaration(f"op_{row.helper}") for row in ROWS if row.helper] + [_native(row) for row in ROWS]
    names = [f"row_{row.name}" for row in ROWS]
    code = fuse("\n".join(parts), exported=names, effort="quick")
    return {row.name: load([code], f"row_{row.name}", Native) for row in ROWS}


def _native(row: Primitive) -> str:
    lines, given = [], []
    for name, kind in zip(OPERANDS, row.operands, strict=False):
        if kind == BOOL:
            lines.append(f"%{name}.bit = fcmp une double %{name}, 0.0")
        given.append(f"%{name}.bit" if kind == BOOL else f"%{name}")
    lines += row.lines("%r", *given)
    result = "%r"
    if row.result == BOOL:
        lines.append("%number = uitofp i1 %r to double")
        result = "%number"
    body = "\n  ".join([*lines, f"ret double {result}"])
    return f"define double @row_{row.name}(double %a, double %b, double %c) {{\n  {body}\n}}"


def check(row: Primitive, operands: tuple[float, ...]) -> None:
    """One call, both ways; a missing result has the one bit pattern."""
    python = float(function(row.name)(*operands))
    native = natives()[row.name](*operands, *[0.0] * (3 - len(operands)))
    assert struct.pack("<d", python) == struct.pack("<d", native), (row.name, operands, python, native)
    if isnan(python) and not any(isnan(o) for o in operands):
        assert struct.pack("<d", python) == CANONICAL


def values(kind: str) -> list[float]:
    return NUMBERS if kind == NUMBER else [0.0, 1.0]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_python_and_native_agree_on_odd_numbers(row):
    for operands in product(*map(values, row.operands)):
        check(row, operands)


_number = st.one_of(st.floats(-1e300, 1e300), st.floats(-1000, 1000), st.just(nan))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
@given(data=st.data())
def test_python_and_native_agree_on_any_number(row, data):
    kinds = {NUMBER: _number, BOOL: st.sampled_from([0.0, 1.0])}
    check(row, tuple(data.draw(kinds[kind]) for kind in row.operands))


@pytest.mark.parametrize("row", [r for r in ROWS if r.result == NUMBER], ids=lambda row: row.name)
def test_results_stay_within_the_limit(row):
    for operands in product(*map(values, row.operands)):
        result = evaluate(row.name, operands)
        assert isnan(result) or abs(result) <= 1e300


@pytest.mark.parametrize("name", "add sub mul div floordiv mod min max pow neg abs sign floor sqrt exp log sin".split())
def test_missing_operands_give_missing_results(name):
    count = len(PRIMITIVES[name].operands)
    for place in range(count):
        operands = [2.0] * count
        operands[place] = nan
        assert isnan(evaluate(name, operands))


@pytest.mark.parametrize(("name", "expected"), [
    ("lt", False), ("le", False), ("gt", False), ("ge", False), ("eq", False), ("ne", True),
])  # fmt: skip
def test_comparisons_with_a_missing_number(name, expected):
    assert evaluate(name, [nan, 1.0]) is expected
    assert evaluate(name, [1.0, nan]) is expected
    assert evaluate(name, [nan, nan]) is expected


CASES = [
    ("div", [1.0, 0.0], nan), ("div", [6.0, 4.0], 1.5), ("floordiv", [-7.0, 2.0], -4.0), ("mod", [-7.0, 2.0], 1.0),
    ("mod", [7.0, -2.0], -1.0), ("mul", [1e200, 1e200], nan), ("add", [9e299, 9e299], nan), ("sqrt", [-1.0], nan),
    ("log", [0.0], nan), ("pow", [2.0, 10.0], 1024.0), ("exp", [1000.0], nan), ("round", [2.5], 3.0),
    ("round", [-2.5], -2.0), ("sign", [-3.0], -1.0), ("sign", [0.0], 0.0), ("min", [1.0, 2.0], 1.0),
    ("max", [1.0, 2.0], 2.0), ("or_else", [nan, 4.0], 4.0), ("or_else", [3.0, 4.0], 3.0), ("neg", [2.0], -2.0),
    ("select", [True, 1.0, 2.0], 1.0), ("select", [False, 1.0, 2.0], 2.0), ("number", [True], 1.0),
    ("abs", [-4.0], 4.0),
    ("is_na", [nan], True), ("is_na", [1.0], False), ("and", [True, False], False), ("or", [True, False], True),
    ("not", [True], False), ("beq", [True, True], True), ("bne", [True, True], False), ("lt", [1.0, 2.0], True),
    ("bselect", [False, True, False], False), ("floor", [-1.5], -2.0), ("ceil", [-1.5], -1.0),
]  # fmt: skip


@pytest.mark.parametrize(("name", "operands", "expected"), CASES, ids=lambda value: str(value))
def test_what_each_gives(name, operands, expected):
    got = evaluate(name, operands)
    assert got == expected or (isnan(got) and isnan(expected))
    assert isinstance(got, bool) is (PRIMITIVES[name].result == BOOL)


def test_bools_may_be_numbers_of_a_parameter_array():
    held = array("d", [1.0, 0.0])
    assert evaluate("and", [held[0], held[1]]) is False
    assert evaluate("bselect", [held[0], held[1], held[0]]) is False
    assert evaluate("beq", [held[0], True]) is True


def test_a_repeated_operand_is_counted():
    assert PRIMITIVES["add"].reads(0) == 1
    assert PRIMITIVES["div"].reads(1) == 2
    assert PRIMITIVES["is_na"].reads(0) == 2

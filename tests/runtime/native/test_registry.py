"""Every operator of the registry, fused: the bits of CPython, its constants folded into the kernel by LLVM."""

from __future__ import annotations

import math
import random
import struct
from array import array
from collections.abc import Callable
from typing import Any

import pytest
from stratagem.runtime.native import symbols
from stratagem.runtime.native.fuse import FULL, QUICK, fuse
from stratagem.runtime.native.library import standard
from stratagem.runtime.native.load import load
from stratagem.stdlib.operator import BOOL, COUNT, REGISTRY, Operator

symbols.operators()  # registers them
BARS = 1500
COUNTED = 5


def column(seed: int) -> array[float]:
    """Prices with plateaus, missing ones at the head, in the middle and for longer than a window."""
    random_, values, price = random.Random(seed), array("d"), 100.0
    for i in range(BARS):
        price += random_.choice([0.0, 0.0, 0.25, -0.25, random_.gauss(0.0, 1.0)])
        absent = i < 3 or random_.random() < 0.02 or 700 <= i < 712
        values.append(math.nan if absent else price)
    return values


COLUMNS = [column(seed) for seed in range(4)]


def counts(entry: Operator) -> dict[str, int]:
    """Small numbers, each the operator's default where that is small, so that windows fill often."""
    return {a.name: min(int(a.default or COUNTED), COUNTED) for a in entry.counts}


def arguments(entry: Operator) -> list[tuple[str, Any]]:
    """What each argument is given: (kind, column number) for a series, (kind, value) for a constant."""
    given: list[tuple[str, Any]] = []
    for i, argument in enumerate(entry.arguments):
        if argument.kind == COUNT:
            given.append(("count", counts(entry)[argument.name]))
        elif argument.kind == BOOL:
            given.append(("bool", i % 4))
        elif argument.default is not None:
            given.append(("constant", float(argument.default)))
        else:
            given.append(("number", i % 4))
    return given


def hexadecimal(value: float) -> str:
    return f"0x{struct.unpack('>Q', struct.pack('>d', value))[0]:016X}"


def text(entry: Operator, symbol: str) -> str:
    """One loop around the operator."""
    lines, passed = [], ["ptr %f", "ptr %k", "ptr %w"]
    for i, (kind, value) in enumerate(arguments(entry)):
        if kind == "count":
            passed.append(f"i64 {value}")
        elif kind == "constant":
            passed.append(f"double {hexadecimal(value)}")
        else:
            lines += [
                f"  %c{i}.at = getelementptr ptr, ptr %columns, i64 {value}",
                f"  %c{i} = load ptr, ptr %c{i}.at",
                f"  %x{i}.at = getelementptr double, ptr %c{i}, i64 %i",
                f"  %x{i} = load double, ptr %x{i}.at",
                f"  %t{i} = fcmp ogt double %x{i}, 1.0e2",
                f"  %b{i} = zext i1 %t{i} to i64",
            ]
            passed.append(f"double %x{i}" if kind == "number" else f"i64 %b{i}")
    result = "i64" if entry.result == BOOL else "double"
    convert = "sitofp i64 %value to double" if entry.result == BOOL else "fadd double %value, -0.0"
    body = "\n".join(lines)
    return f"""
{symbols.declaration(symbol)}
define i64 @run(i64 %first, i64 %stop, ptr noalias %columns, ptr noalias %params, ptr noalias %f, ptr noalias %k,
                ptr noalias %w, ptr noalias %outs, ptr %b, ptr %bk, ptr %trades, ptr %orders, ptr %records) {{
entry:
  %out = load ptr, ptr %outs
  br label %bar
bar:
  %i = phi i64 [ %first, %entry ], [ %next, %bar ]
{body}
  %value = call {result} @{symbol}({", ".join(passed)})
  %number = {convert}
  %to = getelementptr double, ptr %out, i64 %i
  store double %number, ptr %to
  %next = add i64 %i, 1
  %more = icmp slt i64 %next, %stop
  br i1 %more, label %bar, label %exit
exit:
  ret i64 %next
}}
"""


def state(entry: Operator) -> tuple[array[float], array[int], array[float]]:
    window = entry.window(**counts(entry)) if entry.window else 0
    return (
        array("d", bytes(8 * (entry.floats + 1))),
        array("q", bytes(8 * (entry.ints + 1))),
        array("d", bytes(8 * (window + 1))),
    )


def interpreted(entry: Operator) -> tuple[list[float], list[Any]]:
    f, k, w = state(entry)
    outputs = []
    for i in range(BARS):
        given = [
            value
            if kind in ("count", "constant")
            else (COLUMNS[value][i] > 100.0 if kind == "bool" else COLUMNS[value][i])
            for kind, value in arguments(entry)
        ]
        outputs.append(float(entry.step(f, k, w, *given)))
    return outputs, [*f, *k, *w]


def fused(entry: Operator, run: Callable[..., int]) -> tuple[list[float], list[Any]]:
    f, k, w = state(entry)
    out = array("d", bytes(8 * BARS))
    columns = array("q", [c.buffer_info()[0] for c in COLUMNS])
    outs = array("q", [out.buffer_info()[0]])
    places = [buffer.buffer_info()[0] for buffer in (f, k, w)]
    assert run(0, BARS, columns.buffer_info()[0], None, *places, outs.buffer_info()[0], *[None] * 5) == BARS
    return list(out), [*f, *k, *w]


def bits(values: list[float]) -> list[str]:
    """Missing values are one; zeros keep their signs."""
    return ["na" if v != v else float(v).hex() for v in values]


@pytest.mark.parametrize("name", sorted(REGISTRY))
def test_an_operator_fused_with_constants_is_cpython_s(name: str) -> None:
    entry, symbol = REGISTRY[name], f"op_{name}"
    outputs, left = interpreted(entry)
    for effort in (QUICK, FULL):
        run = load([fuse(text(entry, symbol), bitcode=standard().bitcode, effort=effort)])
        got, kept = fused(entry, run)
        assert bits(got) == bits(outputs), effort
        assert bits(kept) == bits(left), f"{effort}: state"

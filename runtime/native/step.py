"""One bar in one cheap call: a function that takes the arguments of `run` from a row of pointers.

Handing thirteen arguments over through ctypes takes longer than most bars. The function belongs to no program: it is
made once, kept in the store, and given the address of the kernel that it is to call.
"""

from __future__ import annotations

import ctypes
from functools import cache
from typing import Any

import llvmlite.binding as llvm

from .identity import machine_key
from .load import load
from .store import open_store
from .target import emit, initialise

_POINTERS = 11
"""Arguments of `run` after its two bars."""

_STEP = ctypes.PYFUNCTYPE(ctypes.c_int64, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int64)
"""`step(run, row, bar) -> bar reached`. The lock of the interpreter is kept: a bar is shorter than giving it up."""


_STEPS = ctypes.PYFUNCTYPE(None, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int64)
"""`steps(run, rows, bars, count)`: one bar of each of so many machines of one kernel, by their rows and bars."""


@cache
def step() -> Any:
    """The function, from the store or generated now."""
    return load([_code()], "step", _STEP)


@cache
def steps() -> Any:
    """That for several machines."""
    return load([_code()], "steps", _STEPS)


def _code() -> bytes:
    text, store = _text(), open_store()
    key = machine_key("step", text)
    code = store.get("object", key)
    if code is None:
        code = _made(text)
        store.put("object", key, code)
    return code


def _made(text: str) -> bytes:
    initialise()
    return emit(llvm.parse_assembly(text))


def _text() -> str:
    loads = "".join(
        f"  %at{place} = getelementptr ptr, ptr %row, i64 {place}\n  %p{place} = load ptr, ptr %at{place}\n"
        for place in range(_POINTERS)
    )
    given = ", ".join(f"ptr %p{place}" for place in range(_POINTERS))
    return (
        "define i64 @step(ptr %run, ptr %row, i64 %bar) nounwind {\n"
        f"{loads}  %next = add i64 %bar, 1\n"
        f"  %reached = tail call i64 %run(i64 %bar, i64 %next, {given})\n"
        "  ret i64 %reached\n}\n"
        "define void @steps(ptr %run, ptr %rows, ptr %bars, i64 %count) nounwind {\n"
        "entry:\n  %any = icmp sgt i64 %count, 0\n  br i1 %any, label %one, label %exit\n"
        "one:\n  %n = phi i64 [ 0, %entry ], [ %next, %one ]\n"
        "  %row.at = getelementptr ptr, ptr %rows, i64 %n\n  %row = load ptr, ptr %row.at\n"
        "  %bar.at = getelementptr i64, ptr %bars, i64 %n\n  %bar = load i64, ptr %bar.at\n"
        "  %reached = call i64 @step(ptr %run, ptr %row, i64 %bar)\n"
        "  %next = add i64 %n, 1\n  %more = icmp slt i64 %next, %count\n"
        "  br i1 %more, label %one, label %exit\nexit:\n  ret void\n}\n"
    )

"""One bar through a row of pointers: the kernel gets the arguments it would get from Python."""

from __future__ import annotations

import ctypes
from pathlib import Path

import llvmlite.binding as llvm
import pytest
from stratagem.runtime.native import step as stepping
from stratagem.runtime.native.load import load
from stratagem.runtime.native.store import Store
from stratagem.runtime.native.target import emit, initialise

ARGUMENTS = ", ".join(f"ptr %p{place}" for place in range(11))
SUMS = "".join(
    f" %x{place} = load i64, ptr %p{place}\n %y{place} = mul i64 %x{place}, {place + 1}\n"
    f" %s{place + 1} = add i64 %s{place}, %y{place}\n"
    for place in range(11)
)
TEXT = f"""
define i64 @run(i64 %first, i64 %stop, {ARGUMENTS}) {{
 %t = mul i64 %first, 1000000
 %s0 = add i64 %t, %stop
{SUMS} ret i64 %s11
}}"""
"""Both bars, and what each pointer points to by its place, in one sum."""


def test_every_pointer_reaches_its_place() -> None:
    initialise()
    run = load([emit(llvm.parse_assembly(TEXT))])
    cells = (ctypes.c_int64 * 11)(*(100**place % 9973 for place in range(11)))
    addresses = [ctypes.addressof(cells) + 8 * place for place in range(11)]
    row = (ctypes.c_void_p * 11)(*addresses)
    for bar in (0, 7, 1 << 40):
        wanted = run(bar, bar + 1, *addresses)
        assert stepping.step()(ctypes.cast(run, ctypes.c_void_p), ctypes.addressof(row), bar) == wanted


def test_several_in_one_call() -> None:
    """A kernel that leaves in its first cell what it was told: the bar, and the number in that cell."""
    initialise()
    text = f"""
define i64 @run(i64 %first, i64 %stop, {ARGUMENTS}) {{
 %own = load i64, ptr %p0
 %told = mul i64 %first, 100
 %left = add i64 %own, %told
 store i64 %left, ptr %p0
 ret i64 %stop
}}"""
    run = load([emit(llvm.parse_assembly(text))])
    cells = (ctypes.c_int64 * 3)(1, 2, 3)
    rows = [(ctypes.c_void_p * 11)(ctypes.addressof(cells) + 8 * place) for place in range(3)]
    table = (ctypes.c_int64 * 3)(*map(ctypes.addressof, rows))
    bars = (ctypes.c_int64 * 3)(7, 8, 9)
    for count, wanted in ((0, [1, 2, 3]), (2, [701, 802, 3]), (3, [1401, 1602, 903])):
        stepping.steps()(ctypes.cast(run, ctypes.c_void_p), ctypes.addressof(table), ctypes.addressof(bars), count)
        assert list(cells) == wanted


def test_it_is_made_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stepping, "open_store", lambda: Store(tmp_path))
    stepping.step.__wrapped__()
    monkeypatch.setattr(stepping, "_made", lambda text: b"made again")
    stepping.step.__wrapped__()

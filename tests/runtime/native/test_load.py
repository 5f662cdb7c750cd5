"""Object code into the process and out of it."""

from __future__ import annotations

import gc
import subprocess
import sys
import threading
import time
from pathlib import Path

import llvmlite.binding as llvm
import pytest
from stratagem.runtime.native.errors import NativeError
from stratagem.runtime.native.load import load
from stratagem.runtime.native.shared_object import SharedObject
from stratagem.runtime.native.target import emit, initialise

ARGUMENTS = "i64 %first, i64 %stop, " + ", ".join(f"ptr %p{i}" for i in range(11))
NONE = [None] * 11


def object_code(body: str, before: str = "") -> bytes:
    initialise()
    return emit(llvm.parse_assembly(f"{before}\ndefine i64 @run({ARGUMENTS}) {{\n{body}\n}}"))


def adding(number: int) -> bytes:
    return object_code(f"%r = add i64 %first, {number}\n ret i64 %r")


SPIN = """
entry:
  br label %loop
loop:
  %i = phi i64 [ %first, %entry ], [ %next, %loop ]
  %next = add i64 %i, 1
  call void asm sideeffect "", ""()
  %more = icmp slt i64 %next, %stop
  br i1 %more, label %loop, label %done
done:
  ret i64 %next
"""


def test_kernels_of_the_same_name_live_side_by_side() -> None:
    one, two = load([adding(1)]), load([adding(2)])
    assert (one(10, 0, *NONE), two(10, 0, *NONE)) == (11, 12)


def test_code_lives_as_long_as_its_function() -> None:
    kept = load([adding(5)])
    for number in range(50):
        load([adding(number)])
    gc.collect()
    assert kept(1, 0, *NONE) == 6


def test_objects_call_each_other() -> None:
    initialise()
    helper = emit(llvm.parse_assembly("define i64 @twice(i64 %x) {\n %r = shl i64 %x, 1\n ret i64 %r\n}"))
    caller = object_code("%r = call i64 @twice(i64 %first)\n ret i64 %r", "declare i64 @twice(i64)")
    assert load([caller, helper])(21, 0, *NONE) == 42


def test_the_shared_object_serves_every_kernel() -> None:
    initialise()
    text = """
    @calls = internal global i64 0
    define i64 @sg_count(i64 %x) {
      %a = load i64, ptr @calls
      %b = add i64 %a, %x
      store i64 %b, ptr @calls
      ret i64 %b
    }
    """
    shared = SharedObject(emit(llvm.parse_assembly(text)), ("sg_count",))
    code = object_code("%r = call i64 @sg_count(i64 %first)\n ret i64 %r", "declare i64 @sg_count(i64)")
    one, two = load([code], shared=shared), load([code], shared=shared)
    assert [one(1, 0, *NONE), two(1, 0, *NONE), one(1, 0, *NONE)] == [1, 2, 3], "loaded once for the process"


def test_a_symbol_that_nobody_gives_is_an_error() -> None:
    code = object_code("%r = call i64 @sg_nowhere(i64 %first)\n ret i64 %r", "declare i64 @sg_nowhere(i64)")
    with pytest.raises(NativeError, match="cannot be loaded.*find run and the functions it calls"):
        load([code])


def test_bytes_that_are_no_object_are_an_error() -> None:
    with pytest.raises(NativeError, match="cannot be loaded"):
        load([b"not an object"])


def test_threads_may_load_at_the_same_time() -> None:
    codes = [adding(number) for number in range(40)]
    results: list[int] = []

    def work(mine: list[bytes]) -> None:
        results.extend(load([code])(1000, 0, *NONE) for code in mine)

    threads = [threading.Thread(target=work, args=(codes[i::4],)) for i in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(results) == [1000 + number for number in range(40)]


def test_others_run_while_a_kernel_does() -> None:
    run = load([object_code(SPIN)])
    started = time.perf_counter()
    run(0, 50_000_000, *NONE)
    alone = time.perf_counter() - started
    bars = int(50_000_000 * 0.5 / alone)
    thread = threading.Thread(target=run, args=(0, bars, *NONE))
    turns = 0
    thread.start()
    while thread.is_alive():
        time.sleep(0.001)
        turns += 1
    assert turns > 20, "the interpreter was locked"


FRESH = """
import sys
from stratagem.runtime.native.load import load
run = load([open(sys.argv[1], "rb").read()])
assert run(41, 0, *[None] * 11) == 42
print(*sorted({"numba", "numpy"} & set(sys.modules)))
"""


def test_a_fresh_process_loads_without_numba_and_numpy(tmp_path: Path) -> None:
    (tmp_path / "kernel.o").write_bytes(adding(1))
    command = [sys.executable, "-c", FRESH, str(tmp_path / "kernel.o")]
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout.split() == []

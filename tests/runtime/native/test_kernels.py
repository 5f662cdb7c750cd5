"""From a key to a running kernel, through the store; and the object that all kernels share."""

from __future__ import annotations

import ctypes
from array import array
from pathlib import Path

import pytest
from stratagem.runtime import build
from stratagem.runtime.native import identity, kernels, shipped
from stratagem.runtime.native import shared_object as shared_objects
from stratagem.runtime.native.errors import NativeError
from stratagem.runtime.native.fuse import FULL, QUICK, declared, fuse
from stratagem.runtime.native.kernels import kernel, kernel_key
from stratagem.runtime.native.load import load
from stratagem.runtime.native.shared_object import shared_object
from stratagem.runtime.native.store import Store

from . import steps

ARGUMENTS = "i64 %first, i64 %stop, " + ", ".join(f"ptr %p{i}" for i in range(11))
NONE = [None] * 11


def answering(number: int) -> str:
    return f"define i64 @run({ARGUMENTS}) {{\n ret i64 {number}\n}}"


def never(called: object = ()) -> str:
    raise AssertionError("the text is not needed: the kernel is in the store")


def test_a_kernel_is_made_once(tmp_path: Path) -> None:
    store = Store(tmp_path)
    assert kernel(store, "program", lambda called: answering(7))(0, 0, *NONE) == 7
    assert kernel(store, "program", never)(0, 0, *NONE) == 7
    assert kernel(store, "another", lambda called: answering(8))(0, 0, *NONE) == 8


def test_efforts_are_kept_apart(tmp_path: Path) -> None:
    store = Store(tmp_path)
    kernel(store, "program", lambda called: answering(1), effort=QUICK)
    assert kernel(store, "program", lambda called: answering(2), effort=FULL)(0, 0, *NONE) == 2


def test_a_damaged_kernel_is_made_again(tmp_path: Path) -> None:
    store = Store(tmp_path)
    kernel(store, "program", lambda called: answering(7))
    for path in tmp_path.rglob("*"):
        if path.is_file():
            path.write_bytes(path.read_bytes()[:100])
    assert kernel(store, "program", lambda called: answering(9))(0, 0, *NONE) == 9


def test_the_key_names_build_and_processor(monkeypatch: pytest.MonkeyPatch) -> None:
    here = kernel_key("program")
    monkeypatch.setattr(identity, "processor", lambda: ("another", "+none"))
    there = kernel_key("program")
    monkeypatch.undo()
    monkeypatch.setattr(identity, "build", lambda: "edited")
    edited = kernel_key("program")
    assert len({here, there, edited}) == 3


def test_the_build_changes_with_every_source_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "package"
    (package / "stdlib" / "operators").mkdir(parents=True)
    file = package / "stdlib" / "operators" / "a.py"
    file.write_text("x = 1\n")
    (package / "stdlib" / "notes.txt").write_text("not a source")
    monkeypatch.setattr(build, "_PACKAGE", package)
    seen = []
    for change in (
        lambda: None,
        lambda: file.write_text("x = 10\n"),
        lambda: (package / "stdlib" / "operators" / "b.strat").write_text(""),
    ):
        change()
        seen.append(build.build.__wrapped__())
    (package / "stdlib" / "notes.txt").write_text("changed")
    assert build.build.__wrapped__() == seen[2]
    assert len(set(seen)) == 3


# --- the shared object ---------------------------------------------------------------------------------

TRADING = {"ema": steps.ema, "curve": steps.curve}


FOREIGN = f"""
declare i32 @system(ptr)
define i64 @run({ARGUMENTS}) {{
  %r = call i32 @system(ptr %p0)
  ret i64 0
}}
"""


def test_shared_functions_have_plain_c_symbols(tmp_path: Path) -> None:
    shared = shared_object(TRADING, Store(tmp_path))
    assert shared.symbols == ("sg_ema", "sg_curve")
    c_type = ctypes.CFUNCTYPE(ctypes.c_double, *[ctypes.c_void_p] * 3, ctypes.c_double, ctypes.c_double)
    curve = load([shared.code], "sg_curve", c_type)
    assert curve(None, None, None, 3.0, 2.0) == steps.curve([], [], [], 3.0, 2.0)


def test_the_shared_object_is_compiled_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    compiled, made = shared_objects._compiled, []
    monkeypatch.setattr(shared_objects, "_compiled", lambda functions: made.append(functions) or compiled(functions))
    first = shared_object(TRADING, Store(tmp_path))
    assert shared_object(TRADING, Store(tmp_path)) == first and made == [TRADING]
    changed = {"ema": steps.sma, "curve": steps.curve}
    assert shared_object(changed, Store(tmp_path)).code != first.code and made == [TRADING, changed]


def test_what_came_with_the_package_is_not_compiled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = shared_object(TRADING, Store(tmp_path / "first"))
    monkeypatch.setattr(shipped, "FOLDER", tmp_path / "shipped")
    (tmp_path / "shipped").mkdir()
    content = shared_objects.bitcode(TRADING, Store(tmp_path / "first"))
    (tmp_path / "shipped" / shipped.file_name(shared_objects.identity(TRADING))).write_bytes(content)
    monkeypatch.setattr(shared_objects, "_compiled", lambda functions: pytest.fail("compiled"))
    assert shared_object(TRADING, Store(tmp_path / "second")) == first


CALLING = f"""
declare double @sg_ema(ptr, ptr, ptr, double, i64)
define i64 @run({ARGUMENTS}) {{
  %x = sitofp i64 %first to double
  %r = call double @sg_ema(ptr %p2, ptr %p3, ptr null, double %x, i64 3)
  %n = fptosi double %r to i64
  ret i64 %n
}}
"""


def test_a_kernel_calls_shared_functions(tmp_path: Path) -> None:
    store = Store(tmp_path)
    shared = shared_object(TRADING, store)
    code = fuse(CALLING, shared=shared.symbols)
    f, k = array("d", [0.0]), array("q", [0])
    given = [None, None, f.buffer_info()[0], k.buffer_info()[0], *[None] * 7]
    run, second = load([code], shared=shared), load([code], shared=shared)
    assert [run(10, 0, *given), second(20, 0, *given)] == [10, 15]


def test_what_the_loader_cannot_give_is_refused() -> None:
    with pytest.raises(NativeError, match="calls sg_ema, which nobody defines"):
        fuse(CALLING, shared=())
    with pytest.raises(NativeError, match="calls system"):
        fuse(FOREIGN)


def test_symbols_are_found_in_the_text() -> None:
    text = CALLING + "declare i64 @op_x(ptr)\ndeclare void @llvm.donothing()\n  call i64 @op_y(ptr null)"
    assert declared(text) == ["op_x"]
    assert declared(text, "sg_") == ["sg_ema"]
    assert kernels.trades(text) and not kernels.trades(answering(1))

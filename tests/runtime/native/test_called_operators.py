"""Operators as objects of their own: the same bits, made once, made again when lost."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from stratagem.lang.plan.build import plan
from stratagem.runtime.machine.engines import INTERPRETED, NATIVE
from stratagem.runtime.native import called_operators, symbols
from stratagem.runtime.native.emit import emit
from stratagem.runtime.native.errors import NativeError
from stratagem.runtime.native.fuse import FULL, declared, fuse
from stratagem.runtime.native.inlining import called, heavy
from stratagem.runtime.native.kernels import kernel
from stratagem.runtime.native.library import standard
from stratagem.runtime.native.store import Store, open_store
from stratagem.stdlib.operator import COUNT, REGISTRY

from ...enginekit import assert_equal, make_bars, run
from ...handmade import Maker
from .test_registry import bits, fused, interpreted, text

symbols.operators()  # registers them
HEAVY = sorted(name for name in REGISTRY if heavy(f"op_{name}", standard().bitcode(f"op_{name}")))
MEDIAN = REGISTRY["median"]


def median(called: object = ()) -> str:
    return text(MEDIAN, "op_median")


def never(called: object = ()) -> str:
    raise AssertionError("the text is not needed: the kernel is in the store")


def objects(store: Store) -> list[Path]:
    return [path for path in (store.folder / "operator").rglob("*") if path.is_file()]


@pytest.mark.parametrize("name", HEAVY)
def test_a_called_operator_is_cpython_s(tmp_path: Path, name: str) -> None:
    store, entry = Store(tmp_path), REGISTRY[name]
    made = kernel(store, name, lambda called: text(entry, f"op_{name}"))
    assert len(objects(store)) == 1
    for found in (made, kernel(store, name, never)):
        assert [bits(part) for part in fused(entry, found)] == [bits(part) for part in interpreted(entry)]


def test_a_program_of_every_heavy_operator_is_the_same_in_both_engines() -> None:
    make, nodes = Maker(), {}
    prices = [make.close, *(make.input(name) for name in ("high", "low", "open"))]
    for name in HEAVY:
        given: list[Any] = [
            float(min(int(a.default or 7), 7)) if a.kind == COUNT else prices[i % 4] if a.default is None else a.default
            for i, a in enumerate(REGISTRY[name].arguments)
        ]
        nodes[name] = make.step(name, *given)
    made = plan(make.program(), list(nodes.items()), trading=False)
    bars = make_bars(5, 900, missing=True)
    one, two = run(made, bars, INTERPRETED), run(made, bars, NATIVE, cuts=[1, 2, 300, 301])
    assert_equal(one, two)
    assert all((one.outputs[name] == one.outputs[name]).any() for name in nodes)


def test_a_program_too_large_to_be_inlined_is_the_same_in_both_engines() -> None:
    make, nodes = Maker(), {}
    for name in ("ema", "sma", "rma", "highest"):
        for length in (2, 5, 9, 14):
            nodes[f"{name}{length}"] = make.step(name, make.close, float(length))
    nodes["jump"] = make.step("cross_above", nodes["ema2"], nodes["sma9"])
    made = plan(make.program(), list(nodes.items()), trading=False)
    codes = {symbol: standard().bitcode(symbol) for symbol in declared(emit(made))}
    assert called(emit(made), codes) == {"op_ema", "op_sma", "op_rma", "op_highest"}
    bars = make_bars(6, 900, missing=True)
    assert_equal(run(made, bars, INTERPRETED), run(made, bars, NATIVE, cuts=[1, 2, 300, 301]))


@pytest.mark.parametrize("damage", [Path.unlink, lambda path: path.write_bytes(path.read_bytes()[:-1] + b"?")])
def test_another_process_makes_a_lost_or_damaged_operator_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, damage: Any
) -> None:
    store = Store(tmp_path)
    first = fused(MEDIAN, kernel(store, "program", median))
    (path,) = objects(store)
    good = path.read_bytes()
    damage(path)
    monkeypatch.setattr(called_operators, "_read", {})
    again = fused(MEDIAN, kernel(store, "program", median))
    assert [bits(part) for part in again] == [bits(part) for part in first]
    assert path.read_bytes() == good
    kernel(store, "program", never)


def test_an_operator_is_read_once_for_the_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store, read = Store(tmp_path), []
    kernel(store, "program", median)
    monkeypatch.setattr(called_operators, "_read", {})
    get = Store.get
    monkeypatch.setattr(Store, "get", lambda store, kind, key: read.append(kind) or get(store, kind, key))
    kernel(store, "program", never)
    kernel(store, "program", never)
    assert read == ["object", "operator", "object"]


def test_programs_share_the_object_of_an_operator(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = Store(tmp_path)
    kernel(store, "one", median)
    monkeypatch.setattr(called_operators, "fuse", lambda *given, **named: never())
    kernel(store, "another", median)


def test_a_kernel_gets_the_operator_it_was_made_with(tmp_path: Path) -> None:
    store, bitcode = Store(tmp_path), standard().bitcode
    known = called_operators.identity(bitcode("op_median"))
    made = called_operators.operator(store, "op_median", bitcode)
    assert called_operators.kept(store, "op_median", known) == made and made.symbols == ("op_median",)
    assert called_operators.kept(store, "op_median", called_operators.identity(b"changed")) is None
    assert called_operators.kept(store, "op_stdev", known) is None


def test_full_effort_inlines_everything(tmp_path: Path) -> None:
    store = Store(tmp_path)
    assert bits(fused(MEDIAN, kernel(store, "program", median, effort=FULL))[0]) == bits(interpreted(MEDIAN)[0])
    assert not objects(store)


def test_only_what_is_called_may_be_undefined() -> None:
    assert b"op_median" in fuse(median(), called=["op_median"])
    with pytest.raises(NativeError, match="op_median.*nobody defines"):
        fuse(median(), (), called=["op_stdev"])


COLD = """
import sys
from pathlib import Path
from stratagem.runtime.native.kernels import kernel
from stratagem.runtime.native.store import open_store
kernel(open_store(), "program", lambda called: Path(sys.argv[1]).read_text())
print(*sorted({"numba", "stratagem.stdlib.operators"} & set(sys.modules)))
"""


def test_objects_are_made_of_kept_bitcode_without_numba(tmp_path: Path) -> None:
    standard().bitcode("op_median")
    shutil.copytree(open_store().folder / "bitcode", tmp_path / "cache" / "bitcode")
    (tmp_path / "text.ll").write_text(median())
    environment = {**os.environ, "STRATAGEM_CACHE": str(tmp_path / "cache")}
    command = [sys.executable, "-c", COLD, str(tmp_path / "text.ll")]
    seen = [
        subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout for _ in range(2)
    ]
    assert seen == ["stratagem.stdlib.operators\n", "\n"]

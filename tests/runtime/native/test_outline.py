"""Large functions are cut in pieces of bounded size, and compute the same."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import llvmlite.binding as llvm
import pytest
from stratagem.lang.compile import compile_text
from stratagem.lang.plan.build import plan
from stratagem.runtime.native import emit_text, kernels, outline, sweep
from stratagem.runtime.native.emit import emit
from stratagem.runtime.native.fuse import fuse
from stratagem.runtime.native.load import load
from stratagem.runtime.native.shared_object import trading
from stratagem.runtime.native.store import Store
from stratagem.stdlib.operator import REGISTRY

from ...families import ACCEPTED, FAMILIES, of_size
from ...wild import wild


def functions(text: str) -> list[str]:
    return re.findall(r"^define .*?^}", text, re.DOTALL | re.MULTILINE)


def cut(monkeypatch: pytest.MonkeyPatch, lines: int) -> None:
    """Every function is cut, into pieces of so many lines."""
    monkeypatch.setattr(emit_text, "LARGE", 1)
    monkeypatch.setattr(outline, "PIECE", lines)


@pytest.mark.parametrize("seed", range(20))
def test_a_cut_module_is_valid(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    cut(monkeypatch, 6)
    text = emit(plan(*wild(seed, 4)), apart=seed % 2 == 1)
    llvm.parse_assembly(text).verify()
    assert len(functions(text)) > 1


def test_a_small_function_is_not_cut() -> None:
    def made(apart: bool) -> list[str]:
        text = emit(plan(compile_text(FAMILIES["signals"](20))), apart=apart)
        return [function.split("(")[0].removeprefix("define i64 @") for function in functions(text)]

    assert made(True) == ["states", "books", "series", "run"]
    assert made(False) == ["run", "series", "books"]


@pytest.mark.parametrize("name", ACCEPTED)
def test_no_function_grows_with_the_text(name: str) -> None:
    made = plan(compile_text(of_size(name, 4000)))
    called = [f"op_{op}" for op in REGISTRY]
    for function in [each for apart in (False, True) for each in functions(emit(made, called, apart=apart))]:
        assert function.count("\n") < outline.LARGE * 3 // 2 + 12 * len(made.columns), function[:200]


@pytest.mark.parametrize("name", ["pairs", "averages", "circle", "full pairs"])
def test_nor_does_one_of_a_sweep(name: str) -> None:
    made = plan(compile_text(of_size(name, 4000) + "enter long when close > open\nexit long when close < open\n"))
    called = [f"op_{op}" for op in REGISTRY]
    for function in functions(sweep.text(replace(made, outputs=()), called)):
        assert function.count("\n") < outline.LARGE * 3 // 2, function[:200]


def test_more_than_quick_effort_is_spent_on_small_programs_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spent = []
    monkeypatch.setattr(kernels, "fuse", lambda *_, effort, **__: spent.append(effort) or b"")
    for n in (20, 500):
        made = plan(compile_text(FAMILIES["signals"](n)))
        kernels.parts(Store(tmp_path), str(n), lambda called, made=made: emit(made, called), "full")
    assert spent == ["full", "quick"]


WHOLE = """stratagem 1
on X every 1m
let far = ema(close, 3) @ 15m
let now = sma(close, 2) @ forming 15m
state best = close then max(best, close)
enter long when close > far and rsi(close, 5) < 60
  size 1 units
  stop 2 * atr(3)
exit long when close < now or best - close > 4
alert when close > now "at {close}"
emit up when close > open and best > far
plot best - now
"""


@pytest.mark.parametrize("apart", [False, True])
def test_the_pieces_leave_what_the_whole_leaves(apart: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """The object code of the cut text: the books, bit by bit, after bars that trade."""
    whole = _books(apart)
    for lines in (1, 5, 40):
        cut(monkeypatch, lines)
        assert _books(apart) == whole
    assert whole[0] > 10, "it trades"


def _books(apart: bool) -> tuple[int, list[bytes]]:
    """Trades made, and the bytes of the state, of the rows and of what is handed out."""
    from array import array
    from random import Random

    from stratagem.runtime.machine import engines
    from stratagem.runtime.machine.machine import Machine
    from stratagem.runtime.trading import layout

    made = plan(compile_text(WHOLE))
    text = emit(made, apart=apart)
    exported = ["run", *kernels.LOOPS]
    code = kernels.Kernel(load([fuse(text, exported=exported)], also=kernels.LOOPS, shared=trading()))
    random, price, minute = Random(7), 100.0, 60_000_000
    rows: list[dict[str, float]] = []
    for i in range(2000):
        before, price = price, price + random.uniform(-1.0, 1.0)
        rows.append({
            "time": i * minute, "close_time": (i + 1) * minute, "open": before, "high": max(before, price) + 0.2,
            "low": min(before, price) - 0.2, "close": price, "15m": (i // 15 + 1) * 15 * minute,
        })  # fmt: skip
    machine = Machine(made, engine="interpreted")
    machine._engine = engines.Native(made, machine.arrays, code)
    outs = [array("d", bytes(8 * len(rows))) for _ in machine.outputs]
    machine.run(
        lambda column, first, stop: array("q" if column.whole else "d", [row[column.name] for row in rows[first:stop]]),
        len(rows), outs,
    )  # fmt: skip
    held = machine.arrays
    left = [array for array in held.all() if array is not held.params]
    return held.bk[layout.TRADE_ROWS], [array.tobytes() for array in (*left, *outs)]

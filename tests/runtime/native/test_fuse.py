"""A kernel from LLVM text and operators: the worked example of how an engine uses this folder."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path

import pytest
from stratagem.runtime.native.called_operators import operator
from stratagem.runtime.native.errors import NativeError
from stratagem.runtime.native.fuse import FULL, QUICK, fuse, link
from stratagem.runtime.native.library import Library
from stratagem.runtime.native.load import load
from stratagem.runtime.native.signature import signature
from stratagem.runtime.native.store import Store

from . import steps

LENGTH = 5

# The declarations come from `symbols.declaration("op_ema")` in the product; steps of a test have no registry.
DECLARED = "\n".join(
    signature(getattr(steps, name)).declaration(f"op_{name}") for name in ("ema", "sma", "cross_above", "curve")
)

# Scalars of `f` and `k` are copied to allocas at the entry and back at the exit, which makes registers of them:
# one alloca for each node, because those of a node whose operator is not inlined stay in memory. Windows stay in
# memory too. Parameters and column pointers are loaded once. A null pointer in `outs` is skipped.
KERNEL = f"""
{DECLARED}
define i64 @run(i64 %first, i64 %stop, ptr noalias %columns, ptr noalias %params, ptr noalias %f, ptr noalias %k,
                ptr noalias %w, ptr noalias %outs, ptr noalias %b, ptr noalias %bk, ptr noalias %trades,
                ptr noalias %orders, ptr noalias %records) {{
entry:
  %close = load ptr, ptr %columns
  %out = load ptr, ptr %outs
  %length_ = load double, ptr %params
  %length = fptosi double %length_ to i64
  %f.ema = alloca [1 x double]
  %k.ema = alloca [1 x i64]
  %f.sma = alloca [1 x double]
  %k.sma = alloca [2 x i64]
  %k.cross = alloca [1 x i64]
  %f.sma.home = getelementptr double, ptr %f, i64 1
  %k.sma.home = getelementptr i64, ptr %k, i64 1
  %k.cross.home = getelementptr i64, ptr %k, i64 3
  call void @llvm.memcpy.p0.p0.i64(ptr %f.ema, ptr %f, i64 8, i1 false)
  call void @llvm.memcpy.p0.p0.i64(ptr %k.ema, ptr %k, i64 8, i1 false)
  call void @llvm.memcpy.p0.p0.i64(ptr %f.sma, ptr %f.sma.home, i64 8, i1 false)
  call void @llvm.memcpy.p0.p0.i64(ptr %k.sma, ptr %k.sma.home, i64 16, i1 false)
  call void @llvm.memcpy.p0.p0.i64(ptr %k.cross, ptr %k.cross.home, i64 8, i1 false)
  %any = icmp slt i64 %first, %stop
  br i1 %any, label %bar, label %exit
bar:
  %i = phi i64 [ %first, %entry ], [ %next, %bar ]
  %at = getelementptr double, ptr %close, i64 %i
  %x = load double, ptr %at
  %fast = call double @op_ema(ptr %f.ema, ptr %k.ema, ptr null, double %x, i64 %length)
  %slow = call double @op_sma(ptr %f.sma, ptr %k.sma, ptr %w, double %x, i64 %length)
  %up = call i64 @op_cross_above(ptr null, ptr %k.cross, ptr null, double %fast, double %slow)
  %up.number = sitofp i64 %up to double
  %bent = call double @op_curve(ptr null, ptr null, ptr null, double %slow, double 2.0)
  %sum = fadd double %bent, %up.number
  %to = getelementptr double, ptr %out, i64 %i
  store double %sum, ptr %to
  %next = add i64 %i, 1
  %more = icmp slt i64 %next, %stop
  br i1 %more, label %bar, label %exit
exit:
  %reached = phi i64 [ %first, %entry ], [ %next, %bar ]
  call void @llvm.memcpy.p0.p0.i64(ptr %f, ptr %f.ema, i64 8, i1 false)
  call void @llvm.memcpy.p0.p0.i64(ptr %k, ptr %k.ema, i64 8, i1 false)
  call void @llvm.memcpy.p0.p0.i64(ptr %f.sma.home, ptr %f.sma, i64 8, i1 false)
  call void @llvm.memcpy.p0.p0.i64(ptr %k.sma.home, ptr %k.sma, i64 16, i1 false)
  call void @llvm.memcpy.p0.p0.i64(ptr %k.cross.home, ptr %k.cross, i64 8, i1 false)
  ret i64 %reached
}}
declare void @llvm.memcpy.p0.p0.i64(ptr, ptr, i64, i1)
"""
USED = ("op_ema", "op_sma", "op_cross_above", "op_curve")


def closes(count: int) -> array[float]:
    """A path that turns often, with a missing price now and then left out by the caller."""
    return array("d", (100.0 + 7.0 * ((i * i * 37) % 101) / 101.0 + (i % 13) for i in range(count)))


class State:
    """The buffers of one run of the example."""

    def __init__(self, count: int) -> None:
        self.f, self.k = array("d", bytes(16)), array("q", bytes(32))
        self.w, self.out = array("d", bytes(8 * LENGTH)), array("d", bytes(8 * count))

    def equals(self, other: State) -> bool:
        return all(getattr(self, name).tobytes() == getattr(other, name).tobytes() for name in ("f", "k", "w", "out"))


def native(run: Callable[..., int], x: array[float], state: State, cuts: Sequence[int]) -> None:
    """Run the kernel over the bars in pieces."""
    columns, outs = array("q", [x.buffer_info()[0]]), array("q", [state.out.buffer_info()[0]])
    params = array("d", [LENGTH])
    held = [columns, params, state.f, state.k, state.w, outs]
    places = [buffer.buffer_info()[0] for buffer in held]
    for first, stop in pairwise(cuts):
        assert run(first, stop, *places, None, None, None, None, None) == stop


def interpreted(x: array[float], state: State) -> None:
    """The same program in CPython: the same operators in the same order."""
    f, k, w = memoryview(state.f), memoryview(state.k), memoryview(state.w)
    for i, value in enumerate(x):
        fast = steps.ema(f, k, w, value, LENGTH)
        slow = steps.sma(f[1:], k[1:], w, value, LENGTH)
        up = steps.cross_above(f, k[3:], w, fast, slow)
        state.out[i] = steps.curve(f, k, w, slow, 2.0) + float(up)


@pytest.mark.parametrize("effort", [QUICK, FULL])
@pytest.mark.parametrize("cuts", [[0, 500], [0, 1, 2, 3, 250, 250, 499, 500]])
def test_the_kernel_computes_what_cpython_does(library: Library, effort: str, cuts: list[int]) -> None:
    x = closes(500)
    run = load([fuse(KERNEL, USED, bitcode=library.bitcode, effort=effort)])
    fused, plain = State(500), State(500)
    native(run, x, fused, cuts)
    interpreted(x, plain)
    assert fused.equals(plain)
    assert sum(fused.out[LENGTH:]) > 0.0 and fused.out[0] != fused.out[0]


def test_operators_are_inlined_and_only_run_is_left(library: Library) -> None:
    module = link(KERNEL, USED, ["run"], bitcode=library.bitcode)
    visible = [f.name for f in module.functions if not f.is_declaration and f.linkage.name == "external"]
    assert visible == ["run"]


@pytest.mark.parametrize("effort", [QUICK, FULL])
def test_calling_operators_instead_of_inlining_them_changes_nothing(
    library: Library, tmp_path: Path, effort: str
) -> None:
    x, store, results = closes(400), Store(tmp_path), []
    for called in ((), ("op_sma",), USED):
        code = fuse(KERNEL, bitcode=library.bitcode, called=called, effort=effort)
        state = State(400)
        run = load([code], operators=[operator(store, symbol, library.bitcode) for symbol in called])
        native(run, x, state, [0, 100, 400])
        results.append(state)
    assert results[0].equals(results[1]) and results[1].equals(results[2])


def test_an_operator_nobody_named_is_refused(library: Library) -> None:
    with pytest.raises(NativeError, match="op_curve.*nobody defines"):
        fuse(KERNEL, USED[:3], bitcode=library.bitcode)


def test_the_same_text_gives_the_same_object(library: Library) -> None:
    first = fuse(KERNEL, USED, bitcode=library.bitcode)
    assert first == fuse(KERNEL, reversed(USED), bitcode=library.bitcode)

"""Many runs of one plan in a single native call: an entry that goes from one run's arrays to the next one's.

A job is a run's row of pointers, those that `run` takes after its two bars. All jobs of a call run the same bars.
Nobody reads the rows of orders and trades, so a buffer of them that fills up begins again and may be shared by all
jobs of one thread.
"""

from __future__ import annotations

import ctypes
from collections.abc import Collection
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from .emit import emit
from .emit_sweep import emit_sweep, fits
from .identity import object_key
from .kernels import Parts, parts
from .load import load
from .shared_object import trading
from .store import open_store

if TYPE_CHECKING:
    from ...lang.plan.model import Plan

POINTERS = ("columns", "params", "f", "k", "w", "outs", "b", "bk", "trades", "orders", "records")
"""Of a job, in order."""

SWEEP = ctypes.CFUNCTYPE(None, *[ctypes.c_int64] * 4, ctypes.c_void_p)
"""`sweep(first, stop, from, to, jobs)`: the bars first … stop-1 in each of the jobs from … to-1."""

_ENTRY = "sweep"


@lru_cache(maxsize=64)
def _loaded(key: str, found: Parts, trades: bool) -> Any:
    object_code, operators = found
    return load([object_code], _ENTRY, SWEEP, shared=trading() if trades else None, operators=operators)


def sweep_kernel(plan: Plan, key: str, effort: str) -> Any:
    """The entry for this plan, known as `key`: from the store, or made now; calm stretches need full effort."""
    place = object_key(_ENTRY, key, *(limit.action for limit in plan.guards), effort)
    return _loaded(key, parts(open_store(), place, lambda called: text(plan, called), effort, [_ENTRY]), plan.trading)


def text(plan: Plan, called: Collection[str] = ()) -> str:
    """The module: a `run` that no full buffer ends, with calm stretches where it can have them; the loop over jobs."""
    module = emit_sweep(plan) if fits(plan) else emit(plan, called, keep_rows=False)
    return module + _driver()


def _driver() -> str:
    loads = []
    for place, name in enumerate(POINTERS):
        loads.append(f"  %{name}.at = getelementptr ptr, ptr %row, i64 {place}")
        loads.append(f"  %{name} = load ptr, ptr %{name}.at")
    given = ", ".join(f"ptr %{name}" for name in POINTERS)
    return "\n".join([
        f"define void @{_ENTRY}(i64 %first, i64 %stop, i64 %from, i64 %to, ptr %jobs) nounwind {{",
        "entry:",
        "  %any = icmp slt i64 %from, %to",
        "  br i1 %any, label %job, label %exit",
        "job:",
        "  %number = phi i64 [ %from, %entry ], [ %following, %job ]",
        f"  %place = mul i64 %number, {len(POINTERS)}",
        "  %row = getelementptr ptr, ptr %jobs, i64 %place",
        *loads,
        f"  %reached = call i64 @run(i64 %first, i64 %stop, {given})",
        "  %following = add i64 %number, 1",
        "  %more = icmp slt i64 %following, %to",
        "  br i1 %more, label %job, label %exit",
        "exit:",
        "  ret void",
        "}",
        "",
    ])  # fmt: skip

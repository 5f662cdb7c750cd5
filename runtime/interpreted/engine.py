"""The interpreted engine: the generated step of a plan, compiled by CPython. No native code, no numpy."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Any, Protocol

from ...lang.plan.model import Plan
from ...lang.plan.operands import blocks
from ...stdlib import primitives
from ...stdlib.arith import finite
from ...stdlib.operator import operator_of
from ..trading.phases import COLD, HOT, READS, SEVERAL
from .generate import generate
from .generate_parts import generate_parts


class Run(Protocol):
    """`run(first, stop, columns, outs)`: the bars first … stop-1; gives the bar reached."""

    def __call__(self, first: int, stop: int, columns: Sequence[Any], outs: Sequence[Any], /) -> int: ...


Prepare = Callable[..., Run]


def compiled(plan: Plan) -> Prepare:
    """`prepare(params, f, k, w, b, bk, trades, orders, records) -> run` of the plan; see `generate`."""
    import_module("...stdlib.operators", __package__)
    scope = _scope(plan)
    exec(compile(generate(plan), f"<plan {plan.source_hash[:12]}>", "exec"), scope)  # noqa: S102 (our own text)
    prepare: Prepare = scope["prepare"]
    return prepare


def watched(plan: Plan, phase: str, see: Callable[..., None]) -> Prepare:
    """The same, with `see` handed what a phase of trading is given, before it runs."""
    prepare = compiled(plan)
    scope: dict[str, Any] = prepare.__globals__
    plain = scope[phase]

    def seen(*given: Any) -> Any:
        see(*given)
        return plain(*given)

    scope[phase] = seen
    return prepare


def compiled_parts(plan: Plan) -> Callable[..., tuple[Callable[..., Any], ...]]:
    """`prepare(params, f, k, w, b, bk, trades, orders, records, others)` of the plan; see `generate_parts`."""
    import_module("...stdlib.operators", __package__)
    scope = _scope(plan)
    text = generate_parts(plan)
    exec(compile(text, f"<parts {plan.source_hash[:12]}>", "exec"), scope)  # noqa: S102 (our own text)
    prepare: Callable[..., tuple[Callable[..., Any], ...]] = scope["prepare"]
    return prepare


def _scope(plan: Plan) -> dict[str, Any]:
    """What the generated text may call, and nothing else."""
    scope = primitives.namespace()
    scope["__builtins__"] = {name: _BUILTINS[name] for name in _BUILTINS}
    scope["finite"] = finite
    for op in (op for block in blocks(plan) for op in block if op.kind == "step"):
        scope[f"step_{op.name}"] = operator_of(op.name).step
    for phase in (*HOT.values(), *COLD.values(), *SEVERAL.values(), *READS.values()):
        scope[phase.name] = phase.function
    return scope


_BUILTINS = {"zip": zip, "range": range, "float": float, "int": int, "sorted": sorted}

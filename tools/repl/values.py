"""An expression over the loaded data: what it is, how long it waits, its last values, and how it went."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from ...lang.diagnostics.brief import one_line
from ...lang.plan.waiting import waiting
from ...lang.program.nodes import BASE, BOOL, Binding, Node
from ...lang.program.program import Program
from ...runtime.results.format import counted, day_or_minute
from ..terminal.console import aligned
from ..terminal.glance import number
from .reply import Look
from .spark import sparkline

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Column = NDArray[Any]

LAST = 3
"""Values that are shown."""
MOST_LINES = 20
"""Symbols or fields that are shown."""


def kind_of(node: Node) -> str:
    """What a value is: `a price`, `a condition`."""
    steady = {Binding.CONST: ", constant", Binding.PARAM: ", the same throughout a run"}.get(node.binding, "")
    return f"{'a condition' if node.type == BOOL else node.unit.noun}{steady}"


def heading(nodes: Mapping[str, Node], program: Program, values: Mapping[str, float | bool], timeframe: str) -> str:
    """What an expression is, its clock, and the bars that it waits for."""
    first = next(iter(nodes.values()))
    kind = kind_of(first) if len(nodes) == 1 else f"a record of {', '.join(nodes)}"
    clock = "" if len(nodes) > 1 or first.clock in (None, BASE) else f" on bars of {first.clock}"
    waits = waiting(program, tuple(nodes.values()), values)
    told = " and ".join(_bars(count, timeframe if name == "base" else name) for name, count in waits.items())
    return f"{kind}{clock}" + (f" · known from {told} on" if told else "")


def _bars(count: int, timeframe: str) -> str:
    return counted(count, "bar") + (f" of {timeframe}" if timeframe else "")


def series_lines(column: Column, ts: NDArray[Any], daily: bool, look: Look) -> Iterator[str]:
    """The last values with their bars, then how the series went between its least and its greatest."""
    if column.dtype == bool:
        yield _held(column, ts, daily)
        yield f"  {sparkline(column, look.width - 4, unicode=look.unicode)}"
        return
    last = range(max(0, len(column) - LAST), len(column))
    yield "  " + "   ".join(f"{day_or_minute(int(ts[at]), daily)}  {number(column[at].item())}" for at in last)
    low, high = (number(edge) for edge in edges(column))
    if low == high:
        yield f"  {low} throughout" if _known(column) else "  known on no bar"
        return
    room = look.width - len(low) - len(high) - 6
    yield f"  {low} {sparkline(column, room, unicode=look.unicode)} {high}"


def _held(column: Column, ts: NDArray[Any], daily: bool) -> str:
    """How often a condition holds, and when it did last."""
    held = column.nonzero()[0]
    share = f" ({100 * len(held) / len(column):.1f}%)" if len(column) else ""
    when = f", last on {day_or_minute(int(ts[held[-1]]), daily)}" if len(held) else ""
    return f"  holds on {len(held):,} of {counted(len(column), 'bar')}{share}{when}"


def field_lines(columns: Mapping[str, Column], look: Look) -> Iterator[str]:
    """A line for each field, or each symbol: its last value, and how it went."""
    rows = [[one_line(name, 20), number(column[-1].item()) if len(column) else "–"]
            for name, column in columns.items()]  # fmt: skip
    for (_, column), row in zip(columns.items(), list(aligned(rows, words=1))[:MOST_LINES], strict=False):
        yield f"  {row}  {sparkline(column, max(10, look.width - len(row) - 6), unicode=look.unicode)}"
    if len(rows) > MOST_LINES:
        yield f"  … and {len(rows) - MOST_LINES} more"


def edges(column: Column) -> tuple[float, float]:
    """The least and the greatest value that is known."""
    import numpy as np

    known = column[~np.isnan(column)]
    return (float(known.min()), float(known.max())) if len(known) else (math.nan, math.nan)


def _known(column: Column) -> bool:
    return bool((column == column).any())


def document_of(column: Column, ts: NDArray[Any]) -> dict[str, Any]:
    """What a program wants to know of a series; what is missing is None."""
    from ...runtime.results.iso import iso_texts

    if column.dtype == bool:
        held = column.nonzero()[0]
        when = iso_texts(ts[held[-1:]])
        return {"bars": len(column), "true": len(held), "last_true": when[0] if when else None,
                "last": _last(column.tolist()[-LAST:], iso_texts(ts[-LAST:]))}  # fmt: skip
    low, high = edges(column)
    return {"bars": len(column), "missing": int((column != column).sum()), "least": plain(low), "most": plain(high),
            "last": _last([plain(value) for value in column[-LAST:].tolist()], iso_texts(ts[-LAST:]))}  # fmt: skip


def _last(values: Sequence[object], times: Sequence[str]) -> list[dict[str, object]]:
    return [{"ts": time, "value": value} for time, value in zip(times, values, strict=True)]


def plain(value: float) -> float | None:
    """A number as JSON has it."""
    return value if math.isfinite(value) else None

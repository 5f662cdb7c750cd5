"""Columns at a glance, for a terminal: the first and the last rows, and what each column holds in all."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from ...lang.diagnostics.brief import one_line
from ...runtime.results.format import NOTHING, day_or_minute
from .console import aligned

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Column = NDArray[np.float64] | NDArray[np.bool_]

ENDS = 5
"""Rows shown at either end where nothing else is asked for."""


def glance(ts: Any, columns: Mapping[str, Column], rows: Sequence[range], daily: bool) -> Iterator[str]:
    """Lines: a heading, the rows of each range with `…` between ranges, then a line of each statistic."""
    kinds = {name: _kind(column) for name, column in columns.items()}
    table = [["", *(one_line(name, 24) for name in columns)]]
    for at, block in enumerate(rows):
        if at:
            table.append(["…"])
        for row in block:
            shown = (_cell(column, row) for column in columns.values())
            table.append([day_or_minute(int(ts[row]), daily), *shown])
    table.append([])
    for statistic in dict.fromkeys(name for kind in kinds.values() for name in kind):
        table.append([statistic, *(kind.get(statistic, "") for kind in kinds.values())])
    yield from aligned(table, words=1)


def ends(count: int, head: int | None, tail: int | None) -> list[range]:
    """The rows asked for at either end; all of them in one range where they meet."""
    if head is None and tail is None:
        head = tail = ENDS
    first, last = min(head or 0, count), max(count - (tail or 0), 0)
    if first >= last:
        return [range(count)]
    return [range(first), range(last, count)]


def _cell(column: Column, row: int) -> str:
    """A value; nothing where there is no bar."""
    import numpy as np

    value = column[row]
    return "" if value is np.ma.masked else number(value.item())


def number(value: float | bool) -> str:
    """A value in up to seven significant digits."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return NOTHING if math.isnan(value) else f"{value:.7g}"


def _kind(column: Column) -> dict[str, str]:
    """What a column holds, by name: of numbers their spread, of conditions how often they hold."""
    import numpy as np

    if isinstance(column, np.ma.MaskedArray):
        column = column.compressed()  # the bars of a symbol
    count = f"{len(column):,}"
    if column.dtype == np.bool_:
        held = int(column.sum())
        share = f" ({100 * held / len(column):.1f}%)" if len(column) else ""
        return {"bars": count, "true on": f"{held:,}{share}"}
    known = column[~np.isnan(column)]
    told = {"bars": count, "missing": f"{len(column) - len(known):,}"}
    if len(known):
        spread = (known.min(), known.mean(), np.median(known), known.max(), known[-1])
        names = ("least", "mean", "median", "most", "last")
        told.update({name: number(float(value)) for name, value in zip(names, spread, strict=True)})
    return told

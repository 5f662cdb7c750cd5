"""A sweep's table as lines for a terminal, and as one document."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ...lang.diagnostics.brief import printable
from ...lang.inputs.parameters import written
from ...runtime.results.format import counted
from ...runtime.sweep.page import cell
from ...runtime.sweep.ranking import ranking_notes
from ...runtime.sweep.surface import Surface, surface
from .console import aligned
from .heat_map import heat_map

if TYPE_CHECKING:
    import pyarrow as pa

    from ...lang.plan.model import Plan

_SHOWN = 20
"""Rows printed of a longer table."""


@dataclass(frozen=True, slots=True)
class Swept:
    """The rows, best first, and how they are to be read."""

    table: pa.Table
    metric: str
    plan: Plan
    names: tuple[str, ...]

    @property
    def told(self) -> Mapping[str, str]:
        return {name.decode(): value.decode() for name, value in self.table.schema.metadata.items()}

    @property
    def surface(self) -> Surface | None:
        return surface(self.table, self.names, self.metric)

    def written(self, name: str, value: float | bool) -> str:
        """A parameter's value as the program writes it."""
        return written(next(p for p in self.plan.params if p.name == name), value)

    def about(self) -> str:
        """What was run, skipped and left out."""
        skipped, left = int(self.told["skipped"]), int(self.told["left_out"])
        said = counted(int(self.told["combinations"]), "combination")
        if skipped:
            said += f", {skipped:,} skipped because a `require` does not hold for them"
        if left:
            said += f", {left:,} left out by `{self.told['where']}`"
        return said


def document_of(table: pa.Table) -> dict[str, Any]:
    told = {name.decode(): value.decode() for name, value in table.schema.metadata.items()}
    counts = {name: int(told[name]) for name in ("combinations", "skipped", "left_out", "bars")}
    rest = {name: json.loads(value) if name in _AS_JSON else value for name, value in told.items()}
    return {**rest, **counts, "rows": table.to_pylist()}


_AS_JSON = ("params", "assumptions", "notes")


def lines_of(
    found: Swept, out: str | None = None, *, colour: bool = False, unicode: bool = True, width: int = 80
) -> Iterator[str]:  # fmt: skip
    """The best rows as a table, the map, what was skipped, and a word of warning where the best rests on few trades."""
    table = found.table
    best = table.slice(0, _SHOWN).to_pylist()
    rows = [[*table.column_names], *([cell(n, v, found.written) for n, v in row.items()] for row in best)]
    yield from aligned(rows)
    if (map_ := found.surface) is not None:
        yield ""
        yield from heat_map(map_, found.written, colour=colour, unicode=unicode, columns=width)
    yield ""
    more = f"; the best {_SHOWN} by {found.metric} are shown" if table.num_rows > _SHOWN else ""
    yield found.about() + more + (f"; all are in {printable(out)}" if out else "")
    yield from (f"note: {note}" for note in ranking_notes(table, found.metric, found.names))

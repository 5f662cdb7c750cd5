"""Any let, signal or plot of a program on each of several symbols, by running once more with it as an output."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property, partial
from typing import TYPE_CHECKING

from ....lang.diagnostics.brief import brief
from ....lang.diagnostics.model import CompileError
from ...compiled.compiled import Compiled
from ...data.seal import Seals
from ...errors import RunError
from ..neighbours import with_neighbours
from .machine import portfolio, run_over
from .prepare import PreparedSeveral

if TYPE_CHECKING:
    from ....lang.plan.model import Several
    from ....lang.program.nodes import Node
    from ...results.output import Floats, Series

def node_values(
    program: Compiled, prepared: PreparedSeveral, engine: str, wanted: Mapping[str, Node]
) -> dict[str, list[Floats]]:
    """Of each node by its name a column for each symbol traded, a value per bar of its own; conditions are 0 and 1."""
    from ....lang.plan.several import several

    plans = several(program.typed, list(wanted.items()), limits=program.bounds)
    return values_of(plans, prepared, engine, list(wanted))


def values_of(
    plans: Several, prepared: PreparedSeveral, engine: str, wanted: Sequence[str]
) -> dict[str, list[Floats]]:  # fmt: skip
    """The same of outputs of plans that were made, by their names."""
    import numpy as np

    machine = portfolio(plans, prepared, engine)
    outs = run_over(machine, prepared, books=False)
    order, begins = prepared.panel.by_symbol
    flat = dict(zip(machine.outputs, outs.series, strict=True))
    found = {}
    for name in wanted:
        values = flat[name]
        assert values is not None
        found[name] = np.split(values[order], begins[1:-1])[: prepared.traded]
    return found


class AllSeries:
    """The series of all symbols: what is computed for one is there for the others."""

    def __init__(self, program: Compiled, prepared: PreparedSeveral, engine: str, seal: Seals | None) -> None:
        self._program, self._prepared, self._engine, self._seal = program, prepared, engine, seal
        self._found: dict[str, list[Series]] = {}

    @cached_property
    def nodes(self) -> dict[str, Node]:
        return self._program.series_nodes()

    def of(self, place: int) -> Mapping[str, Series]:
        """The series of the symbol at a place, by name."""
        return _OfSymbol(self.nodes, partial(self.value, place))

    def value(self, place: int, name: str) -> Series:
        if name not in self._found:
            self._compute(name)
        return self._found[name][place]

    def _compute(self, name: str) -> None:
        nodes = self.nodes
        if self._seal is not None:
            self._seal.check()
        bars = len(self._prepared.panel.events.row)
        plots = [title for title, _ in self._program.kept.plots]
        try:
            found = self._columns(with_neighbours(name, list(nodes), plots, bars))
        except (CompileError, RunError):  # another is beyond what may be, or reads what is not there
            found = self._columns([name])
        for each, columns in found.items():
            conditions = nodes[each].type == "bool"
            self._found[each] = [values != 0.0 for values in columns] if conditions else list(columns)

    def _columns(self, names: list[str]) -> dict[str, list[Floats]]:
        return node_values(self._program, self._prepared, self._engine, {name: self.nodes[name] for name in names})


class _OfSymbol(Mapping[str, "Series"]):
    """The series of one symbol by name."""

    def __init__(self, names: Mapping[str, Node], value: Callable[[str], Series]) -> None:
        self._names, self._value = names, value

    def __getitem__(self, name: str) -> Series:
        if not isinstance(name, str):
            raise KeyError(f"a series is called by a name, found {brief(name)}")
        if name not in self._names:
            there = ", ".join(sorted(self._names)) or "none"
            raise KeyError(f"the program has no series {brief(name)}; it has {there}")
        return self._value(name)

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)

    def __repr__(self) -> str:
        return f"<series: {', '.join(self) or 'none'}>"

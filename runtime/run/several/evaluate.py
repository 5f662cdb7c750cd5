"""An expression over several symbols: its value on every bar of each, and all of them side by side, event by event."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from ....lang.plan.codec import to_json
from ....lang.plan.several import several
from ....lang.program.nodes import Node
from ....lang.program.program import Program
from .choose import NAMES_NONE
from .prepare import PreparedSeveral, prepare_several
from .series import values_of
from .wishes import wishes_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from ...data.bars import Bars
    from ..kept_values import KeptValues


@dataclass(frozen=True, slots=True)
class Evaluated:
    """values: by the name of a node a column for each symbol, a value per bar of its own."""

    prepared: PreparedSeveral
    values: Mapping[str, list[NDArray[Any]]]

    @property
    def symbols(self) -> tuple[str, ...]:
        return self.prepared.symbols

    @property
    def bars(self) -> Bars:
        """A bar for each event: `ts` is when the bars that close there opened. Notes are those of the data."""
        prepared = self.prepared
        chosen = (note for note in prepared.notes if not note.startswith(NAMES_NONE))  # nothing trades
        return replace(prepared.bars, notes=(*chosen, *prepared.panel.notes))

    def side_by_side(self, name: str) -> dict[str, np.ma.MaskedArray[Any, Any]]:
        """A node on each symbol, a value per event; masked where a symbol has no bar."""
        import numpy as np

        from .merge import rows_at

        panel, found = self.prepared.panel, {}
        for symbol, own, at in zip(
            self.symbols, self.values[name], rows_at(panel, self.prepared.traded), strict=True
        ):  # fmt: skip
            values = np.full(len(panel.events), np.nan if own.dtype == np.float64 else False, own.dtype)
            absent = np.ones(len(values), np.bool_)
            values[at], absent[at] = own, False
            found[symbol] = np.ma.MaskedArray(values, mask=absent)
        return found


def evaluate_several(
    program: Program, nodes: Mapping[str, Node], data: object, params: Mapping[str, object] | None, *, engine: str,
    assumptions: Mapping[str, object], source: str, kept: KeptValues | None = None, **data_options: Any,
) -> Evaluated:  # fmt: skip
    """The nodes over the data of several symbols. source: the path of the text, beside which a universe may stand.
    kept: what was computed over the same data."""
    plans = several(replace(program, emits=(), alerts=()), list(nodes.items()))

    def computed() -> Evaluated:
        prepared = prepare_several(
            wishes_of(plans), plans.plans, plans.assumed, data, params, program=source, assumptions=assumptions,
            **data_options,
        )  # fmt: skip
        columns = values_of(plans, prepared, engine, list(nodes))
        kinds = {name: node.type == "bool" for name, node in nodes.items()}
        return Evaluated(prepared, {
            name: [column != 0.0 if kinds[name] else column for column in columns[name]] for name in nodes
        })  # fmt: skip

    if kept is None:
        return computed()
    whole = to_json(plans).replace(program.source_hash, "")
    said = f"{engine} {source} {sorted((params or {}).items())} {sorted(assumptions.items())} {data_options} {whole}"
    return kept.value(said, (), {}, data, computed, _columns)


def _columns(found: Evaluated) -> list[NDArray[Any]]:
    return [column for own in found.values.values() for column in own]

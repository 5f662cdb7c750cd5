"""A metric over two swept parameters: the map of a sweep, for a terminal and for a page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from ..results.metrics.definitions import Value
from ..results.metrics.wider import METRICS

if TYPE_CHECKING:
    import pyarrow as pa

    Setting = float | bool


@dataclass(frozen=True)
class Surface:
    """values[row][column] is the best value of the metric with that `down` and that `across`; None where there is none.

    over: the further parameters, of which each cell takes the best.
    """

    metric: str
    across: str
    down: str
    columns: tuple[Setting, ...]
    rows: tuple[Setting, ...]
    values: tuple[tuple[Value, ...], ...]
    over: tuple[str, ...]

    @property
    def better(self) -> int:
        """1 where more is better, -1 where less is."""
        return -1 if METRICS[self.metric].better < 0 else 1

    @cached_property
    def _span(self) -> tuple[float, float]:
        known = [value for row in self.values for value in row if value is not None]
        return min(known), max(known)

    def rank(self, value: float) -> float:
        """From 0, the worst value of the map, to 1, the best."""
        low, high = self._span
        share = (value - low) / (high - low) if high > low else 1.0
        return share if self.better > 0 else 1.0 - share


def surface(table: pa.Table, swept: Sequence[str], metric: str) -> Surface | None:
    """The map over the first two parameters that take more than one value; None where there are not two."""
    told = {name: list(dict.fromkeys(table.column(name).to_pylist())) for name in swept}
    moving = [name for name, values in told.items() if len(values) > 1]
    if len(moving) < 2 or not table.num_rows:
        return None
    down, across = moving[:2]
    rows, columns = sorted(told[down]), sorted(told[across])
    best: dict[tuple[Setting, Setting], float] = {}
    sign = -1 if METRICS[metric].better < 0 else 1
    column = table.schema.metadata[b"metric"].decode()
    for at in zip(table.column(down).to_pylist(), table.column(across).to_pylist(),
                  table.column(column).to_pylist(), strict=True):  # fmt: skip
        here, value = (at[0], at[1]), at[2]
        if value is not None and (here not in best or sign * value > sign * best[here]):
            best[here] = value
    values = tuple(tuple(best.get((row, column)) for column in columns) for row in rows)
    return Surface(metric, across, down, tuple(columns), tuple(rows), values, tuple(moving[2:])) if best else None

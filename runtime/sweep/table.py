"""The rows of a sweep as an Arrow table, and their order from best to worst."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from ...lang.plan.constants import TICK
from ...lang.plan.model import Parameter, Plan
from ..results.metrics.definitions import COUNT, Value
from ..results.metrics.wider import METRICS
from ..results.stats import instant
from ..run.notes import OverBars
from .grid import Grid
from .where import Condition

if TYPE_CHECKING:
    import pyarrow as pa


def table_of(
    plan: Plan, grid: Grid, names: Sequence[str], scores: Sequence[dict[str, Value]], metric: str, prepared: OverBars,
) -> pa.Table:  # fmt: skip
    """A row for each combination: the parameters swept, then the statistics.

    A statistic of a parameter's name is called `result_NAME`. metadata: combinations, skipped, metric, strategy,
    source_hash, assumptions_hash, and what was run, as in a result's document: symbol, timeframe, bars, from, to, and
    as JSON the params that were not swept and the assumptions.
    """
    import pyarrow as pa

    known = {parameter.name: parameter for parameter in plan.params}
    columns: dict[str, Any] = {}
    for name in grid.names:
        columns[name] = pa.array([values[name] for values in grid.values], _kind(known[name]))
    for name in names:
        kind = pa.int64() if METRICS[name].unit == COUNT else pa.float64()
        columns[column_of(name, grid.names)] = pa.array([row[name] for row in scores], kind)
    told = {
        "combinations": len(grid.values), "skipped": grid.skipped, "metric": column_of(metric, grid.names),
        "strategy": plan.title, "source_hash": plan.source_hash,
        "assumptions_hash": prepared.digest(), **_rests_on(prepared, grid),
    }  # fmt: skip
    return pa.table(columns).replace_schema_metadata({name: str(value) for name, value in told.items()})


def _rests_on(prepared: OverBars, grid: Grid) -> dict[str, object]:
    """The data, the period that was tested, and what every row rests on."""
    bars = prepared.bars
    tested = max(len(bars) - prepared.first, 0)
    first, last = (instant(int(bars.ts[at])) for at in (prepared.first, -1)) if tested else ("", "")
    fixed = {name: value for name, value in prepared.values.items() if name not in grid.names and name != TICK}
    texts = {"params": fixed, "assumptions": prepared.echo()}
    return {
        "symbol": bars.symbol, "timeframe": bars.timeframe, "bars": tested, "from": first, "to": last,
        **{name: json.dumps(value, ensure_ascii=False) for name, value in texts.items()},
    }  # fmt: skip


def kept_where(table: pa.Table, conditions: Sequence[Condition], swept: Sequence[str]) -> pa.Table:
    """The rows that meet every condition; the metadata says which were asked for, and how many rows are left out."""
    import pyarrow as pa

    meets = [True] * table.num_rows
    for condition in conditions:
        name = condition.name if condition.name in swept else column_of(condition.name, swept)
        values = table.column(name).to_pylist()
        meets = [met and condition.holds(value) for met, value in zip(meets, values, strict=True)]
    told = {"where": " and ".join(c.text for c in conditions), "left_out": str(meets.count(False))}
    kept = table.filter(pa.array(meets)) if conditions else table
    return kept.replace_schema_metadata({**table.schema.metadata, **told})


def with_notes(table: pa.Table, notes: Sequence[str]) -> pa.Table:
    """The table with its notes in the metadata, as JSON."""
    return table.replace_schema_metadata({**table.schema.metadata, "notes": json.dumps(notes, ensure_ascii=False)})


def column_of(statistic: str, swept: Sequence[str]) -> str:
    """The column that holds a statistic."""
    return f"result_{statistic}" if statistic in swept else statistic


def _kind(parameter: Parameter) -> Any:
    import pyarrow as pa

    if isinstance(parameter.default, bool):
        return pa.bool_()
    return pa.int64() if parameter.whole else pa.float64()


def best_first(table: pa.Table, metric: str) -> pa.Table:
    """The table from the best value of its metric to the worst, missing ones last; equal ones keep their order."""
    column = table.schema.metadata[b"metric"].decode()
    sign = -1.0 if METRICS[metric].better >= 0 else 1.0
    values = table.column(column).to_pylist()
    keys = [(value is None, sign * value if value is not None else 0.0) for value in values]
    import pyarrow as pa

    return table.take(pa.array(sorted(range(len(keys)), key=keys.__getitem__), pa.int64()))

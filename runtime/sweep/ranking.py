"""What has to be known of the best row of a sweep: how little it may rest on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from ..results.format import counted
from ..results.metrics.deflated import expected_best
from ..results.metrics.wider import METRICS
from .table import column_of

if TYPE_CHECKING:
    import pyarrow as pa

FEW = 30
"""Trades, fewer than which are said to be few."""


def ranking_notes(table: pa.Table, metric: str, swept: Sequence[str]) -> Iterator[str]:
    """table: what is left, in any order. metric: the statistic it is ranked by. swept: the parameters."""
    if not table.num_rows:
        yield "no row is left to be ranked"
        return
    yield from _luck(table, metric, swept)
    trades = table.column(column_of("trades", swept))[_best(table, metric, swept)].as_py()
    if trades < FEW:
        yield (
            f"the best set made {counted(trades, 'trade')}: with fewer than {FEW} a result says little; "
            f"the condition `trades>={FEW}` (--where, where=) leaves out those with fewer"
        )


def _luck(table: pa.Table, metric: str, swept: Sequence[str]) -> Iterator[str]:
    """What the best Sharpe ratio is worth where many were tried; rows that were left out count too, and are unknown."""
    import numpy as np

    left_out = (table.schema.metadata or {}).get(b"left_out", b"0")
    if metric != "sharpe" or left_out != b"0":
        return
    ratios = table.column(column_of(metric, swept)).drop_null().to_numpy()
    if len(ratios) > 1:
        expected = expected_best(len(ratios), float(np.std(ratios)))
        yield (
            f"the best of {len(ratios):,} Sharpe ratios is {ratios.max():.2f}; of as many without skill that spread as "
            f"far, the best would be about {expected:.2f} (`result.metrics().deflated_sharpe(table)` tells the odds)"
        )


def _best(table: pa.Table, metric: str, swept: Sequence[str]) -> int:
    """The place of the first row with the best value."""
    import numpy as np

    values = table.column(column_of(metric, swept)).to_numpy().astype(np.float64)
    worse = -values if METRICS[metric].better >= 0 else values
    return int(np.where(np.isnan(worse), np.inf, worse).argmin())

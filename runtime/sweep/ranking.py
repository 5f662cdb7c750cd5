"""What has to be known of the best row of a sweep: how little it may rest on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from ..results.format import counted
from ..results.metrics.definitions import DEFINITIONS
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
    trades = table.column(column_of("trades", swept))[_best(table, metric, swept)].as_py()
    if trades < FEW:
        yield (
            f"the best set made {counted(trades, 'trade')}: with fewer than {FEW} a result says little; "
            f"the condition (`where`) `trades>={FEW}` ranks the others"
        )


def _best(table: pa.Table, metric: str, swept: Sequence[str]) -> int:
    """The place of the first row with the best value."""
    import numpy as np

    values = table.column(column_of(metric, swept)).to_numpy().astype(np.float64)
    worse = -values if DEFINITIONS[metric].better >= 0 else values
    return int(np.where(np.isnan(worse), np.inf, worse).argmin())

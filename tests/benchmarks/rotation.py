"""The rotation that peers play as well: the strongest twenty of many symbols, held in equal parts from month to month.

What is decided at a close is done at the next open, or at the same close: each peer has one of the two.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import numpy as np
import stratagem as sg
from stratagem.runtime.data.panel.model import Panel

from . import data, portfolios

WORKS = {"rotation, next open": "next_open", "rotation, this close": "this_close"}
"""The fill of each."""
TEXT = """
assume fill {fill}
rebalance monthly
  weight if top(close / close[126], 20) then 4.9% else 0%
"""


@cache
def panel(count: int) -> Panel:
    """Every symbol has every day: what peers make of missing ones is a matter of its own."""
    return portfolios.panel(count, lacks=0.0)


def whole(work: str, count: int) -> Callable[[], float]:
    """A call from prices in memory to every statistic and the list of trades; gives the last equity."""
    program = sg.compile(TEXT.format(fill=WORKS[work]))
    prices = {bars.symbol: bars for bars in panel(count)}

    def call() -> float:
        result = program.backtest(prices)
        assert result.trades.num_rows
        return float(result.stats["final_equity"])

    return call


def numpy_files(count: int) -> Path:
    """Beside the columns of the walk: opens and closes, a row a day and a column a symbol, and the days; the folder."""
    folder = data.numpy_files()
    if not (folder / f"closes_{count}.npy").exists():
        bars = list(panel(count))
        for name in ("open", "close"):
            np.save(folder / f"{name}s_{count}.npy", np.column_stack([getattr(b, name) for b in bars]))
        np.save(folder / "days.npy", bars[0].ts)
    return folder

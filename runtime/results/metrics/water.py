"""How long and how deep equity was under its high-water mark, on average: one function a metric."""

from __future__ import annotations

import math

from .exact import total
from .measures import annual_return
from .run import Measured, mean, quotient


def drawdowns(run: Measured) -> int:
    return len(run.drops)


def average_drawdown(run: Measured) -> float | None:
    return mean(run.drops.depth)


def average_drawdown_bars(run: Measured) -> float | None:
    return quotient(int(run.drops.bars.sum()), len(run.drops))


def current_drawdown(run: Measured) -> float | None:
    return float(run.drawdown[-1]) if len(run.drawdown) else None


def under_water(run: Measured) -> float | None:
    return quotient(int((run.drawdown > 0.0).sum()), len(run.drawdown))


def ulcer_index(run: Measured) -> float | None:
    import numpy as np

    if run.returns is None or not len(run.returns):
        return None
    equity = run.growth[run.periods.ends]
    high = np.maximum(np.maximum.accumulate(equity), run.capital)
    below = (high - equity) / high
    return math.sqrt(total(below * below) / len(below))


def martin(run: Measured) -> float | None:
    return quotient(annual_return(run), ulcer_index(run))

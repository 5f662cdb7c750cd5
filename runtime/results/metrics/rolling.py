"""Figures of the last so many periods, at each of them. Sums are made in one order, so that processors agree."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING

from .measures import SPREAD
from .run import Measured

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from ..output import Floats

    Flags = NDArray[np.bool_]


def rolling(run: Measured, window: int) -> dict[str, Floats]:
    """`return`, `volatility`, `sharpe`, `sortino`, `beta` by name: of each period, of the `window` periods up to it.

    The definitions are those of the metrics. NaN where the window is not full, or where there is none. Empty where
    equity was ever lost entirely. window: 2 or more.
    """
    import numpy as np

    returns = run.returns
    if returns is None:
        return dict.fromkeys(NAMES, np.empty(0))
    equity = np.concatenate([[run.capital], run.growth[run.periods.ends]])
    centre = _mean(returns, window)
    square = _mean_product(returns, centre, returns, centre, window)
    spread = np.sqrt(square * (window / (window - 1) if run.conventions.sample else 1.0))
    spread[spread <= SPREAD] = 0.0
    year = math.sqrt(run.per_year)
    found = {
        "return": equity[window:] / equity[:-window] - 1.0,
        "volatility": spread * year,
        "sharpe": _divided((centre - run.riskless) * year, spread),
        "sortino": _sortino(returns - run.riskless, window, year),
        "beta": _beta(returns, run.held, window),
    }
    return {name: _after(values, len(returns)) for name, values in found.items()}


NAMES = ("return", "volatility", "sharpe", "sortino", "beta")


def _sortino(excess: Floats, window: int, year: float) -> Floats:
    import numpy as np

    below = np.minimum(excess, 0.0)
    spread = np.sqrt(_mean(below * below, window))
    spread[spread <= SPREAD] = 0.0
    return _divided(_mean(excess, window) * year, spread)


def _beta(own: Floats, other: Floats | None, window: int) -> Floats:
    import numpy as np

    if other is None:
        return np.full(max(0, len(own) - window + 1), np.nan)
    a, b = _mean(own, window), _mean(other, window)
    square = _mean_product(other, b, other, b, window)
    square[square <= SPREAD * SPREAD] = 0.0
    return _divided(_mean_product(own, a, other, b, window), square)


def _parts(values: Floats, window: int) -> Iterator[Floats]:
    """The first of each window, then the second of each, and so on."""
    count = max(0, len(values) - window + 1)
    return (values[at : at + count] for at in range(window))


def _mean(values: Floats, window: int) -> Floats:
    import numpy as np

    summed = np.zeros(max(0, len(values) - window + 1))
    for part in _parts(values, window):
        summed += part
    return summed / window


def _mean_product(a: Floats, around_a: Floats, b: Floats, around_b: Floats, window: int) -> Floats:
    """The mean product of what lies apart from each window's mean."""
    import numpy as np

    summed = np.zeros(len(around_a))
    for one, other in zip(_parts(a, window), _parts(b, window), strict=True):
        summed += (one - around_a) * (other - around_b)
    return summed / window


def _divided(top: Floats, bottom: Floats) -> Floats:
    import numpy as np

    divided: Floats = np.divide(top, bottom, out=np.full(len(top), np.nan), where=bottom != 0.0)
    return divided


def _after(values: Floats, count: int) -> Floats:
    """So many values, NaN before those there are."""
    import numpy as np

    return np.concatenate([np.full(count - len(values), np.nan), values])

"""A run beside its benchmark: one unit bought at the first tested close and held; one function a metric.

It is the data of the run unless the reader has given others.

Its first period ends at the close of the period in which that bar lies, the others reach from one end to the next, as
those of equity do. Where either has no returns there is None.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from .measures import SPREAD, benchmark_return, total_return
from .run import Measured, deviation, growth, mean, quotient
from .shape import correlation as correlated
from .shape import covariance

if TYPE_CHECKING:
    from ..output import Floats

Pair = tuple["Floats", "Floats"]


def _pair(run: Measured) -> Pair | None:
    """The returns of equity and of the benchmark, period by period."""
    return None if run.returns is None or run.held is None else (run.returns, run.held)


def excess_return(run: Measured) -> float | None:
    held = benchmark_return(run)
    return None if held is None else total_return(run) - held


def benchmark_annual_return(run: Measured) -> float | None:
    held = benchmark_return(run)
    return None if held is None else growth(1.0 + held, run.periods.years)


def benchmark_volatility(run: Measured) -> float | None:
    return None if run.held is None else _yearly(run, run.deviation(run.held))


def benchmark_sharpe(run: Measured) -> float | None:
    return None if run.held is None else _ratio(run, run.held - run.riskless)


def benchmark_max_drawdown(run: Measured) -> float | None:
    import numpy as np

    known = run.benchmark[run.benchmark == run.benchmark]
    if not len(known) or not (known > 0.0).all():
        return None
    high = np.maximum.accumulate(known)
    return float(((high - known) / high).max())


def beta(run: Measured) -> float | None:
    pair = _pair(run)
    return None if pair is None else slope(*pair)


def slope(own: Floats, other: Floats) -> float | None:
    """How much the one moves with the other."""
    spread = deviation(other)
    return None if spread is None or spread <= SPREAD else quotient(covariance(own, other), spread * spread)


def alpha(run: Measured) -> float | None:
    pair, moved = _pair(run), beta(run)
    own, other = (None, None) if pair is None else (mean(returns - run.riskless) for returns in pair)
    return None if own is None or other is None or moved is None else (own - moved * other) * run.per_year


def correlation(run: Measured) -> float | None:
    pair = _pair(run)
    return None if pair is None else correlated(*pair)


def r_squared(run: Measured) -> float | None:
    ratio = correlation(run)
    return None if ratio is None else ratio * ratio


def winning_against(run: Measured) -> float | None:
    pair = _pair(run)
    return None if pair is None else quotient(int((pair[0] > pair[1]).sum()), len(pair[0]))


def tracking_error(run: Measured) -> float | None:
    pair = _pair(run)
    return None if pair is None else _yearly(run, run.deviation(pair[0] - pair[1]))


def information_ratio(run: Measured) -> float | None:
    pair = _pair(run)
    return None if pair is None else _ratio(run, pair[0] - pair[1])


def treynor(run: Measured) -> float | None:
    gained = None if run.returns is None else mean(run.returns - run.riskless)
    return None if gained is None else quotient(gained * run.per_year, beta(run))


def up_capture(run: Measured) -> float | None:
    return _capture(run, 1.0)


def down_capture(run: Measured) -> float | None:
    return _capture(run, -1.0)


def _capture(run: Measured, sign: float) -> float | None:
    """CAGR of the one over CAGR of the other, of the periods in which the other went one way."""
    pair = _pair(run)
    if pair is None:
        return None
    chosen = pair[1] * sign > 0.0
    years = quotient(int(chosen.sum()), run.per_year) or 0.0
    own, other = (growth(math.prod((1.0 + returns[chosen]).tolist()), years) for returns in pair)
    return quotient(own, other)


def _yearly(run: Measured, spread: float | None) -> float | None:
    return None if spread is None else spread * math.sqrt(run.per_year)


def _ratio(run: Measured, returns: Floats) -> float | None:
    """Their mean over their deviation, of a year."""
    spread = run.deviation(returns)
    return None if spread is None or spread <= SPREAD else _yearly(run, quotient(mean(returns), spread))

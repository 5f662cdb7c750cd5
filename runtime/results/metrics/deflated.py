"""Whether a Sharpe ratio is more than luck: among returns that are not normal, and as the best of many that were tried.

Bailey and López de Prado 2012, "The Sharpe ratio efficient frontier", and 2014, "The deflated Sharpe ratio: correcting
for selection bias, backtest overfitting and non-normality". Ratios here are of a period, not of a year.
"""

from __future__ import annotations

import math
from statistics import NormalDist

_EULER = 0.57721566490153286
"""Euler and Mascheroni's constant."""

_NORMAL = NormalDist()


def probability(ratio: float, bound: float, periods: int, skew: float, excess_kurtosis: float) -> float | None:
    """How probable it is that the true ratio lies above the bound, when one of `periods` returns was measured."""
    variance = 1.0 - skew * ratio + (excess_kurtosis + 2.0) / 4.0 * ratio * ratio
    if periods < 2 or variance <= 0.0:
        return None
    return _NORMAL.cdf((ratio - bound) * math.sqrt((periods - 1) / variance))


def expected_best(trials: int, spread: float) -> float:
    """The best ratio to be expected of so many independent trials of no skill, whose ratios deviate by `spread`."""
    if trials < 2:
        return 0.0
    usual, rare = _NORMAL.inv_cdf(1.0 - 1.0 / trials), _NORMAL.inv_cdf(1.0 - 1.0 / (trials * math.e))
    return spread * ((1.0 - _EULER) * usual + _EULER * rare)

"""How the returns are distributed: moments, tails, and what is lost in them; one function a metric.

None where equity was ever lost entirely, or where there are too few returns.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from ..periods import yearly
from .deflated import probability
from .exact import total
from .measures import SPREAD, downside_spread, sharpe
from .run import Measured, deviation, mean, quotient

if TYPE_CHECKING:
    from ..output import Floats

_DAY = 86_400


def downside_deviation(run: Measured) -> float | None:
    spread = downside_spread(run)
    return None if spread is None else spread * math.sqrt(run.per_year)


def skew(run: Measured) -> float | None:
    """g1, or G1 of the sample (Joanes and Gill 1998, "Comparing measures of sample skewness and kurtosis")."""
    value, count = _moment(run.returns, 3), _count(run)
    if value is None or not run.conventions.sample:
        return value
    return value * math.sqrt(count * (count - 1)) / (count - 2) if count > 2 else None


def kurtosis(run: Measured) -> float | None:
    """g2, or G2 of the sample (Joanes and Gill 1998)."""
    value, count = _moment(run.returns, 4), _count(run)
    if value is None or not run.conventions.sample:
        return None if value is None else value - 3.0
    return ((count + 1) * (value - 3.0) + 6.0) * (count - 1) / ((count - 2) * (count - 3)) if count > 3 else None


def _moment(returns: Floats | None, power: int) -> float | None:
    """The standardized central moment of the population."""
    spread = None if returns is None else deviation(returns)
    if returns is None or spread is None or spread <= SPREAD:
        return None
    apart = returns - total(returns) / len(returns)
    square = apart * apart
    return quotient(total(square * (apart if power == 3 else square)) / len(returns), spread**power)


def _count(run: Measured) -> int:
    return 0 if run.returns is None else len(run.returns)


def omega(run: Measured) -> float | None:
    import numpy as np

    if run.excess is None:
        return None
    return quotient(total(np.maximum(run.excess, 0.0)), -total(np.minimum(run.excess, 0.0)))


def quantile(values: Floats, share: float) -> float | None:
    """The value below which a share of them lies; between two of them in proportion (Hyndman and Fan's type 7)."""
    import numpy as np

    if not len(values):
        return None
    place = share * (len(values) - 1)
    below = math.floor(place)
    around = np.partition(values, [below, min(below + 1, len(values) - 1)])
    low, high = float(around[below]), float(around[min(below + 1, len(values) - 1)])
    return low + (high - low) * (place - below)


def tail_ratio(run: Measured) -> float | None:
    if run.returns is None:
        return None
    level = run.conventions.level
    bottom = quantile(run.returns, 1.0 - level)
    top = quantile(run.returns, level)
    return None if top is None or bottom is None else quotient(abs(top), abs(bottom))


def value_at_risk(run: Measured) -> float | None:
    worst = None if run.returns is None else quantile(run.returns, 1.0 - run.conventions.level)
    return None if worst is None else 0.0 - worst


def expected_shortfall(run: Measured) -> float | None:
    risk = value_at_risk(run)
    if run.returns is None or risk is None:
        return None
    tail = mean(run.returns[run.returns <= -risk])
    return None if tail is None else 0.0 - tail


def stability(run: Measured) -> float | None:
    """The square of the correlation of time with the logarithm of equity at the ends of periods, the capital before."""
    import numpy as np

    if run.returns is None or len(run.returns) < 2 or (run.returns <= -1.0).any():
        return None
    logs = np.array([math.log(value) for value in run.growth[run.periods.ends].tolist()]) - math.log(run.capital)
    ratio = correlation(np.arange(float(len(logs))), logs)
    return None if ratio is None else ratio * ratio


def correlation(a: Floats, b: Floats) -> float | None:
    """Pearson's."""
    first, second = deviation(a), deviation(b)
    if first is None or second is None or min(first, second) <= SPREAD:
        return None
    return covariance(a, b) / (first * second)


def covariance(a: Floats, b: Floats) -> float:
    """Of the population."""
    return total((a - total(a) / len(a)) * (b - total(b) / len(b))) / len(a)


def probabilistic_sharpe(run: Measured) -> float | None:
    return above(run, 0.0)


def above(run: Measured, bound: float) -> float | None:
    """How probable it is that the true Sharpe ratio of a period lies above a bound."""
    yearly_ratio, third, fourth = sharpe(run), skew(run), kurtosis(run)
    if yearly_ratio is None or third is None or fourth is None:
        return None
    return probability(yearly_ratio / math.sqrt(run.per_year), bound, _count(run), third, fourth)


# --- days, months, years ---------------------------------------------------------------------------


def _days(run: Measured) -> list[float]:
    """The returns of days, whatever a period is; none where bars last longer."""
    longer = run.output.bars.timeframe.seconds > _DAY
    returns = None if longer else run.days.returns(run.growth, run.capital)
    return [] if returns is None else returns.tolist()


def _months(run: Measured) -> list[float]:
    return [value for value in run.monthly.values() if value is not None]


def _years(run: Measured) -> list[float]:
    return [value for value in yearly(run.monthly).values() if value is not None]


def best_day(run: Measured) -> float | None:
    return max(_days(run), default=None)


def worst_day(run: Measured) -> float | None:
    return min(_days(run), default=None)


def winning_days(run: Measured) -> float | None:
    return _winning(_days(run))


def average_month(run: Measured) -> float | None:
    months = _months(run)
    return quotient(math.fsum(months), len(months))


def best_year(run: Measured) -> float | None:
    return max(_years(run), default=None)


def worst_year(run: Measured) -> float | None:
    return min(_years(run), default=None)


def winning_years(run: Measured) -> float | None:
    return _winning(_years(run))


def _winning(values: list[float]) -> float | None:
    return quotient(sum(value > 0.0 for value in values), len(values))


def gain_to_pain(run: Measured) -> float | None:
    months = _months(run)
    return quotient(math.fsum(months), -math.fsum(min(value, 0.0) for value in months))

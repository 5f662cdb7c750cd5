"""Period returns as a row in time, and the ratios that are made of several figures; one function a metric."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from .exact import total
from .measures import sharpe, sortino
from .run import Measured, longest_run, mean, quotient
from .shape import correlation, quantile, tail_ratio

if TYPE_CHECKING:
    from ..output import Floats

_FAR = 0.99
"""The share of periods that are no outliers of either side."""


def expected_return(run: Measured) -> float | None:
    if run.returns is None or not len(run.returns) or (run.returns <= -1.0).any():
        return None
    return math.expm1(math.log(run.final_growth / run.capital) / len(run.returns))


def autocorrelation(run: Measured) -> float | None:
    if run.returns is None or len(run.returns) < 3:
        return None
    return correlation(run.returns[1:], run.returns[:-1])


def smart_sharpe(run: Measured) -> float | None:
    return quotient(sharpe(run), _penalty(run))


def smart_sortino(run: Measured) -> float | None:
    return quotient(sortino(run), _penalty(run))


def _penalty(run: Measured) -> float | None:
    """How much longer the deviation of many periods is than that of as many without memory."""
    ratio = autocorrelation(run)
    if ratio is None or run.returns is None:
        return None
    count, size = len(run.returns), abs(ratio)
    return math.sqrt(1.0 + 2.0 * math.fsum((1.0 - k / count) * size**k for k in range(1, count)))


def adjusted_sortino(run: Measured) -> float | None:
    return quotient(sortino(run), math.sqrt(2.0))


def _sides(run: Measured) -> tuple[Floats, Floats] | None:
    """The returns above 0 and those below."""
    return None if run.returns is None else (run.returns[run.returns > 0.0], run.returns[run.returns < 0.0])


def period_payoff(run: Measured) -> float | None:
    sides = _sides(run)
    gains, losses = (None, None) if sides is None else map(mean, sides)
    return quotient(gains, None if losses is None else -losses)


def _period_factor(run: Measured) -> float | None:
    sides = _sides(run)
    return None if sides is None else quotient(total(sides[0]), -total(sides[1]))


def common_sense(run: Measured) -> float | None:
    factor, tails = _period_factor(run), tail_ratio(run)
    return None if factor is None or tails is None else factor * tails


def cpc_index(run: Measured) -> float | None:
    sides, factor, payoff = _sides(run), _period_factor(run), period_payoff(run)
    if sides is None or factor is None or payoff is None or run.returns is None:
        return None
    return factor * payoff * len(sides[0]) / len(run.returns)


def outlier_win(run: Measured) -> float | None:
    sides = _sides(run)
    return None if sides is None or run.returns is None else quotient(quantile(run.returns, _FAR), mean(sides[0]))


def outlier_loss(run: Measured) -> float | None:
    sides = _sides(run)
    return None if sides is None or run.returns is None else quotient(quantile(run.returns, 1.0 - _FAR), mean(sides[1]))


def longest_up(run: Measured) -> int | None:
    return None if run.returns is None else longest_run(run.returns > 0.0)


def longest_down(run: Measured) -> int | None:
    return None if run.returns is None else longest_run(run.returns < 0.0)


# --- months, quarters, years -----------------------------------------------------------------------


def _months(run: Measured) -> list[float]:
    return [value for value in run.monthly.values() if value is not None]


def average_up_month(run: Measured) -> float | None:
    found = [value for value in _months(run) if value > 0.0]
    return quotient(math.fsum(found), len(found))


def average_down_month(run: Measured) -> float | None:
    found = [value for value in _months(run) if value < 0.0]
    return quotient(math.fsum(found), len(found))


def winning_quarters(run: Measured) -> float | None:
    quarters: dict[tuple[int, int], list[float]] = {}
    for (year, month), value in run.monthly.items():
        if value is None:
            return None
        quarters.setdefault((year, (month - 1) // 3), []).append(1.0 + value)
    return quotient(sum(math.prod(growth) > 1.0 for growth in quarters.values()), len(quarters))


def expected_month(run: Measured) -> float | None:
    return _compounded(run, len(run.monthly))


def expected_year(run: Measured) -> float | None:
    return _compounded(run, len({year for year, _ in run.monthly}))


def _compounded(run: Measured, count: int) -> float | None:
    """The geometric mean of so many returns that come to the whole."""
    factor = run.final_growth / run.capital if count else 0.0
    return math.expm1(math.log(factor) / count) if factor > 0.0 else None

"""What guards read of equity's returns, each by its formula in docs/language.md and docs/trading.md.

A return is of one bar: what equity is at its close, after the marks and what guards did at them, to what it was at the
close before, with the money that came or went at that one. A window with a missing return has no statistic.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import floor, isnan, nan, sqrt

YEAR = 365.25 * 86_400_000_000
Floats = Sequence[float]


class Statistics:
    """Returns so far, and the closes beside them: of each bar one, the first of them missing."""

    def __init__(self) -> None:
        self.returns: list[float] = []
        self.closes: list[float] = []
        self.times: list[int] = []
        self.before = nan
        """Equity at the close before, with what came there."""

    def close(self, time: int, close: float, equity: float) -> None:
        """A bar has closed. time: when it opened."""
        self.returns.append(share(equity - self.before, self.before))
        self.closes.append(close)
        self.times.append(time)
        self.before = equity

    def moved(self, money: float) -> None:
        """Money came at the last close, or went."""
        self.before += money

    def read(self, name: str, arguments: Floats) -> float:
        """A guard's reading now; missing while its function warms up."""
        return READINGS[name](self, *arguments)

    def window(self, length: float, values: Floats) -> Floats | None:
        """The last so many, none before there are as many returns."""
        last = values[-int(length) :]
        return last if len(values) > length and not any(map(isnan, last)) else None

    def value_at_risk(self, length: float = 250, confidence: float = 0.95) -> float:
        last = self.window(length, self.returns)
        return nan if last is None else 0.0 - quantile(last, 1.0 - confidence)

    def expected_shortfall(self, length: float = 250, confidence: float = 0.95) -> float:
        last = self.window(length, self.returns)
        if last is None:
            return nan
        worst = [each for each in last if each <= quantile(last, 1.0 - confidence) + 1e-12]
        return 0.0 - sum(worst) / len(worst)

    def ewma_volatility(self, decay: float = 0.94) -> float:
        """It begins with the first return that is known; before the third bar it is not there."""
        known = [each for each in self.returns if not isnan(each)]
        if len(self.returns) < 3 or not known:
            return nan
        variance = known[0] ** 2
        for each in known[1:]:
            variance = decay * variance + (1.0 - decay) * each**2
        return sqrt(variance)

    def ewma_value_at_risk(self, quantile: float = 1.645, decay: float = 0.94) -> float:
        return quantile * self.ewma_volatility(decay)

    def volatility(self, length: float = 60) -> float:
        """A year has as many bars as there were from the first on."""
        last, passed = self.window(length, self.returns), self.times[-1] - self.times[0]
        return nan if last is None else deviation(last) * sqrt((len(self.times) - 1) * YEAR / passed)

    def beta(self, length: float = 60) -> float:
        """To the close, either way; none where equity or the close stands still."""
        moves = [nan, *(share(b - a, a) for a, b in zip(self.closes, self.closes[1:], strict=False))]
        own, market = self.window(length, self.returns), self.window(length, moves)
        if own is None or market is None or 0.0 in (deviation(own), deviation(market)):
            return nan
        a, b = mean(own), mean(market)
        return abs(mean([(x - a) * (y - b) for x, y in zip(own, market, strict=True)])) / deviation(market) ** 2


READINGS: dict[str, Callable[..., float]] = {
    "value_at_risk": Statistics.value_at_risk, "expected_shortfall": Statistics.expected_shortfall,
    "ewma_value_at_risk": Statistics.ewma_value_at_risk, "ewma_volatility": Statistics.ewma_volatility,
    "volatility": Statistics.volatility, "beta": Statistics.beta,
}  # fmt: skip


def share(part: float, whole: float) -> float:
    return part / whole if whole else nan


def mean(values: Floats) -> float:
    return sum(values) / len(values)


def deviation(values: Floats) -> float:
    middle = mean(values)
    return sqrt(mean([(each - middle) ** 2 for each in values]))


def quantile(values: Floats, part: float) -> float:
    """Hyndman and Fan's type 7: between two of them in proportion."""
    ranked, place = sorted(values), part * (len(values) - 1)
    below = min(floor(place + 1e-12), len(values) - 1)
    above = min(below + 1, len(values) - 1)
    return ranked[below] + max(place - below, 0.0) * (ranked[above] - ranked[below])

"""One run as the statistics see it: tested bars, drawdown, period returns, closed trades; each made once, when asked.

Sums are exact (`exact.total`), so that they depend on no processor and no order. What people do in different ways is
done as the `Conventions` say. A quotient without a meaning (no trades, no losses, a flat equity) is None, never NaN or
infinity.
"""

from __future__ import annotations

import math
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from ...data.scan import BLOCK
from ..flows import by_bar, flow_rows, money_of, time_weighted
from ..output import RunOutput
from ..periods import Periods, held_returns
from ..rows import closed_column, closed_count, trade_column
from .conventions import BARS, DEFAULT, Conventions
from .exact import total
from .falls import Falls, falls

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from ..output import Floats
    from .drops import Drops


class Measured:
    """A run with what its statistics share. `periods` may be shared by runs over the same bars.

    They are those of days; where the conventions ask for returns of bars, others are made.
    """

    def __init__(
        self, output: RunOutput, periods: Periods | None = None, conventions: Conventions = DEFAULT
    ) -> None:  # fmt: skip
        self.output = output
        self.capital = output.capital
        self.conventions = conventions
        self.days = periods or Periods(output.bars, output.first, output.zone)
        self._closed: dict[str, Floats] = {}

    @cached_property
    def periods(self) -> Periods:
        """The periods whose returns are measured."""
        days = self.days
        return Periods(days.bars, days.first, days.zone, each_bar=True) if self.conventions.returns == BARS else days

    @property
    def per_year(self) -> float:
        """Periods in a year."""
        return self.conventions.year or self.periods.per_year

    @cached_property
    def equity(self) -> Floats:
        """Equity at the close of each tested bar."""
        return self.output.equity[self.output.first :]

    @cached_property
    def final_equity(self) -> float:
        return float(self.equity[-1]) if len(self.equity) else self.capital

    @cached_property
    def flows(self) -> Floats | None:
        """Money paid in less that taken out at the close of each tested bar; None where none ever was."""
        return by_bar(self.output)

    @cached_property
    def growth(self) -> Floats:
        """What the capital grew to at each tested bar, by time-weighted returns; equity where no money came or went."""
        return self.equity if self.flows is None else time_weighted(self.equity, self.flows, self.capital)

    @property
    def final_growth(self) -> float:
        return self.final_equity if self.flows is None else float(self.growth[-1])

    @cached_property
    def worth(self) -> Floats:
        """The capital and what was made so far: equity less what was paid in, plus what was taken out."""
        import numpy as np

        return self.equity if self.flows is None else self.equity - np.cumsum(self.flows)

    @property
    def net_profit(self) -> float:
        return self.final_equity - self.capital - (self.paid_in - self.taken_out)

    @cached_property
    def paid_in(self) -> float:
        """Money of all deposits."""
        return 0.0 if self.flows is None else total(self._moved.clip(0.0))

    @cached_property
    def taken_out(self) -> float:
        """Money of all withdrawals."""
        return 0.0 if self.flows is None else total((-self._moved).clip(0.0))

    @property
    def _moved(self) -> Floats:
        return money_of(flow_rows(self.output))

    @property
    def high_water(self) -> Floats:
        """The highest `growth` so far, the capital included; not kept, since it is as long as the bars are many."""
        import numpy as np

        highest: Floats = np.maximum.accumulate(self.growth)
        return np.maximum(highest, self.capital, out=highest)

    @property
    def drawdown(self) -> Floats:
        """The ratio below the high-water mark at each tested bar, at least 0; not kept either."""
        highest = self.high_water
        below = highest - self.growth
        below /= highest
        return below

    @cached_property
    def held_bars(self) -> int:
        """Tested bars with a position at their close."""
        import numpy as np

        quantity = self.output.quantity[self.output.first :]
        blocks = (quantity[at : at + BLOCK] for at in range(0, len(quantity), BLOCK))
        return sum(int(np.count_nonzero(block != 0.0)) for block in blocks)

    @cached_property
    def falls(self) -> Falls:
        """The deepest and the longest drawdown."""
        found = self._falls(self.growth)
        return found if self.flows is None else replace(found, money=self._falls(self.worth).money)

    def _falls(self, equity: Floats) -> Falls:
        return falls(equity, self.capital, native=self.output.native)

    @cached_property
    def drops(self) -> Drops:
        """Every drawdown."""
        import numpy as np

        from .drops import drops  # here: few ask for it

        found = drops(self.growth, self.drawdown, self.high_water)
        if self.flows is None:
            return found
        worth = np.concatenate([[self.capital], self.worth])
        return replace(found, money=worth[found.start + 1] - worth[found.trough + 1])

    @cached_property
    def returns(self) -> Floats | None:
        """The time-weighted return of each period; None if equity was ever lost entirely."""
        return self.periods.returns(self.growth, self.capital)

    @cached_property
    def benchmark(self) -> Floats:
        """What the benchmark closed at, at each tested bar."""
        return self.output.bars.close[self.output.first :]

    @property
    def edges(self) -> tuple[float, float] | None:
        """The first and the last of these that is known."""
        return self.output.edges

    @cached_property
    def held(self) -> Floats | None:
        """The return of each period of the benchmark, beside `returns`; None where either has none, or just one."""
        held = held_returns(self.benchmark, self.periods.ends)
        return None if self.returns is None or held is None or len(held) < 2 else held

    @property
    def riskless(self) -> float:
        """The riskless return of a period."""
        yearly, per_year = self.conventions.riskless, self.per_year
        return math.expm1(math.log1p(yearly) / per_year) if yearly and per_year else 0.0

    @cached_property
    def excess(self) -> Floats | None:
        """The return of each period above the riskless one."""
        returns, riskless = self.returns, self.riskless
        return returns if returns is None or not riskless else returns - riskless

    def deviation(self, values: Floats, around: float | None = None) -> float | None:
        """Their standard deviation, of the population or the sample. around: their mean, where it is known."""
        return deviation(values, around, sample=self.conventions.sample)

    @cached_property
    def monthly(self) -> dict[tuple[int, int], float | None]:
        return self.days.monthly(self.growth, self.capital)

    @cached_property
    def trades(self) -> int:
        """Closed trades."""
        return closed_count(self.output)

    @cached_property
    def pnl(self) -> Floats:
        """Money of each closed trade, after fees."""
        return self.closed("pnl")

    @cached_property
    def won(self) -> Floats:
        """Money of the winning trades."""
        return self.pnl[self.pnl > 0.0]

    @cached_property
    def lost(self) -> Floats:
        """Money of the losing trades, below 0."""
        return self.pnl[self.pnl < 0.0]

    @cached_property
    def gross_profit(self) -> float:
        """Money of all winning trades."""
        return total(self.won)

    @cached_property
    def gross_loss(self) -> float:
        """Money of all losing trades, as an amount."""
        return -total(self.lost)

    @cached_property
    def mean_pnl(self) -> float | None:
        """Mean money of a closed trade."""
        return mean(self.pnl)

    @cached_property
    def mean_excess(self) -> float | None:
        """Mean of `excess`; None where equity was ever lost entirely."""
        return None if self.excess is None else mean(self.excess)

    @cached_property
    def spread(self) -> float | None:
        """The standard deviation of `returns`, as it is; None where equity was ever lost entirely."""
        return None if self.returns is None else self.deviation(self.returns)

    def closed(self, name: str) -> Floats:
        """A column of the closed trades."""
        import numpy as np

        if name not in self._closed:  # rows are wide: what several statistics read is brought together once
            self._closed[name] = np.ascontiguousarray(closed_column(self.output, name))
        return self._closed[name]

    def every(self, name: str) -> Floats:
        """A column of all trades, those open at the end included."""
        return trade_column(self.output, name)


def mean(values: Floats) -> float | None:
    return total(values) / len(values) if len(values) else None


def deviation(values: Floats, around: float | None = None, sample: bool = False) -> float | None:
    """The standard deviation, of the population unless of the sample; None for less than two values."""
    if len(values) < 2:
        return None
    centre = total(values) / len(values) if around is None else around
    apart = values - centre
    return math.sqrt(total(apart * apart) / (len(values) - sample))


def quotient(top: float | None, bottom: float | None) -> float | None:
    """None where either is missing, the bottom is 0, or the result leaves the numbers."""
    if top is None or not bottom:
        return None
    value = top / bottom
    return value if math.isfinite(value) else None


def growth(factor: float, years: float) -> float | None:
    """The constant yearly growth that gives `factor` in `years`; None where there is none."""
    if years <= 0.0 or factor <= 0.0:
        return None
    exponent = math.log(factor) / years
    return math.expm1(exponent) if exponent < 700.0 else None


def longest_run(flags: NDArray[np.bool_]) -> int:
    """The longest run of true values."""
    import numpy as np

    breaks = np.concatenate([[-1], np.flatnonzero(~flags), [len(flags)]])
    return int(np.diff(breaks).max()) - 1

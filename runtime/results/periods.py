"""Equity by calendar periods: the returns that volatility and its ratios rest on, and the monthly table.

The rule: bars of a day or longer are periods themselves; intraday bars are gathered into days of the calendar
zone (the day of a bar is that of its open), and a day's equity is that of its last bar. Days without bars are
no periods. A year has as many periods as this data had: their count over the years that the test lasted.
`Periods` belongs to the data alone, so a sweep makes it once for all of its runs.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from ..calendar import Calendar

if TYPE_CHECKING:
    import numpy as np

    from ..data.bars import Bars
    from .output import Floats, Ints

YEAR = 365.25 * 86_400 * 1_000_000
"""Microseconds of a year."""


@dataclass(frozen=True, eq=False)
class Periods:
    """Where periods and months end among the bars from `first` on; indices count from `first`.

    each_bar: every bar is a period, also one within a day.
    """

    bars: Bars
    first: int
    zone: str
    each_bar: bool = False

    @cached_property
    def calendar(self) -> Calendar:
        return Calendar(self.zone, daily=self.bars.daily)

    @cached_property
    def ends(self) -> Ints:
        """The last bar of each period."""
        import numpy as np

        ts = self.bars.ts[self.first :]
        if self.each_bar or self.bars.daily or not len(ts):
            return np.arange(len(ts))
        days = np.arange(self._day(ts[0]) + 1, self._day(ts[-1]) + 2)
        following = np.searchsorted(ts, np.asarray(self.calendar.day_begins(days)))
        new = np.diff(following, prepend=-1) > 0  # days without bars have the end of the day before
        return following[new] - 1

    def _day(self, ts: np.int64) -> int:
        return int(self.calendar.day_number(int(ts)))

    @cached_property
    def years(self) -> float:
        """From the open of the first bar to the close of the last; 0 without bars."""
        return self.years_to(-1) if self.first < len(self.bars.ts) else 0.0

    def years_to(self, place: int) -> float:
        """From the open of the first bar to the close of the one at this place of those tested; -1: of the last."""
        ts = self.bars.ts[self.first :]
        close = int(self.calendar.close_of(int(ts[place]), self.bars.timeframe))
        return float(close - int(ts[0])) / YEAR

    @cached_property
    def per_year(self) -> float:
        """Periods in a year of this data; 0 without bars."""
        return len(self.ends) / self.years if self.years else 0.0

    def returns(self, equity: Floats, capital: float) -> Floats | None:
        """The return of each period, the first from `capital`; None if equity was ever lost entirely."""
        import numpy as np

        after = equity[self.ends]
        before = np.concatenate([[capital], after[:-1]]) if len(after) else after
        if (before <= 0.0).any():
            return None
        with np.errstate(over="ignore"):
            made = after / before - 1.0
        return made if np.isfinite(made).all() else None

    def monthly(self, equity: Floats, capital: float) -> dict[tuple[int, int], float | None]:
        """(year, month) -> return of that month; None where equity had been lost entirely."""
        import numpy as np

        year, month, _ = (np.asarray(part) for part in self.calendar.date(self.bars.ts[self.first :][self.ends]))
        last = _lasts(year * 12 + month)
        after = equity[self.ends[last]].tolist()
        before = [capital, *after][: len(after)]
        names = zip(year[last].tolist(), month[last].tolist(), strict=True)
        return {name: _growth(a, b) for name, a, b in zip(names, before, after, strict=True)}


def yearly(monthly: dict[tuple[int, int], float | None]) -> dict[int, float | None]:
    """The months of each year compounded."""
    years: dict[int, float | None] = {}
    for (year, _), value in monthly.items():
        so_far = years.get(year, 0.0)
        years[year] = None if so_far is None or value is None else (1.0 + so_far) * (1.0 + value) - 1.0
    return years


def held_returns(close: Floats, ends: Ints) -> Floats | None:
    """The return of each period of what was bought at the first close that is known, and held.

    A close that is missing is the one before. None where there is none, or one is not above 0.
    """
    import numpy as np

    known = np.maximum.accumulate(np.where(close == close, np.arange(len(close)), 0))
    after, first = close[known][ends], close[close == close][:1]
    after = np.where(after == after, after, first) if len(first) else first
    before = np.concatenate([first, after[:-1]])
    return after / before - 1.0 if len(after) and (after > 0.0).all() and first[0] > 0.0 else None


def _growth(before: float, after: float) -> float | None:
    value = after / before - 1.0 if before > 0.0 else math.inf
    return value if math.isfinite(value) else None


def _lasts(labels: Ints) -> Ints:
    """Indices of the last item of each run of equal labels."""
    import numpy as np

    if not len(labels):
        return np.arange(0)
    return np.append(np.flatnonzero(labels[1:] != labels[:-1]), len(labels) - 1)

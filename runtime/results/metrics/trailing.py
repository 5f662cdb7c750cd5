"""What the last month, year, ten years brought: returns up to the end of the test, from days of the calendar on."""

from __future__ import annotations

import calendar
import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from .run import Measured, growth

SPANS = ("this month", "3 months", "6 months", "this year", "1 year", "3 years", "5 years", "10 years", "all")
_MONTHS = {"3 months": 3, "6 months": 6, "1 year": 12, "3 years": 36, "5 years": 60, "10 years": 120}
_DAY = 86_400_000_000
_EPOCH = datetime.date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class Span:
    """begins: the first of its days. gained: the return since the last close before it; None where the test is shorter,
    or all had been lost. yearly: the constant yearly growth of that, of spans of a year or more."""

    name: str
    begins: datetime.date
    gained: float | None
    yearly: float | None


def trailing(run: Measured) -> list[Span]:
    """Each of SPANS; none where nothing was tested."""
    return list(_spans(run)) if run.output.tested else []


def _spans(run: Measured) -> Iterator[Span]:
    import numpy as np

    out = run.output
    days = out.local(out.bars.ts[out.first :]) // _DAY
    first, last = (_EPOCH + datetime.timedelta(days=int(days[at])) for at in (0, -1))
    for name in SPANS:
        begins = _begin(name, first, last)
        at = int(np.searchsorted(days, (begins - _EPOCH).days))
        before = float(run.growth[at - 1]) if at else run.capital
        known = begins >= first and before > 0.0
        gained = run.final_growth / before - 1.0 if known else None
        years = run.periods.years if name == "all" else _MONTHS.get(name, 0) / 12.0
        yearly = growth(1.0 + gained, years) if gained is not None and years >= 1.0 else None
        yield Span(name, begins, gained, yearly)


def _begin(name: str, first: datetime.date, last: datetime.date) -> datetime.date:
    if name == "all":
        return first
    if name == "this month":
        return last.replace(day=1)
    if name == "this year":
        return last.replace(month=1, day=1)
    months = last.year * 12 + last.month - 1 - _MONTHS[name]
    year, month = divmod(months, 12)
    return datetime.date(year, month + 1, min(last.day, calendar.monthrange(year, month + 1)[1]))

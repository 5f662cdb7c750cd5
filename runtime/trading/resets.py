"""When guards that halt are reset: with the next day, week or month in the calendar zone, or never.

A guard on losses that are not of a day counts anew from its reset on: `drawdown` from the highest equity since, `loss`
from the equity of then. So each guard has a mark of its own, 0 until it was first reset: then what it counts from is
the account's.
"""

from __future__ import annotations

from ...stdlib.arith import floordiv_
from . import layout as at
from .buffers import Floats, Ints
from .guards import guard_at, mark_at
from .scopes import scope_of

_BEGAN = 719468.0
"""Days from the first of March of the year 0 to 1970."""
_ERA, _CENTURY, _FOUR_YEARS = 146097.0, 36524.0, 1460.0
"""Days of 400, 100 and 4 years, of the last two without a leap day at the end."""


def begin_periods(b: Floats, k: Ints, day: float) -> int:
    """A day has begun, counted from 1970: guards that it resets, or a week or month with it, have not acted."""
    week, month = int(floordiv_(day + 3.0, 7.0)), int(month_of(day))  # 1970 began on a Thursday
    weeks, months = k[at.WEEK] != week, k[at.MONTH] != month
    k[at.WEEK] = week
    k[at.MONTH] = month
    for guard in range(k[at.GUARD_COUNT]):
        here = guard_at(k, guard)
        until = k[here + at.GUARD_UNTIL]
        begins = until == at.UNTIL_DAY or (until == at.UNTIL_WEEK and weeks) or (until == at.UNTIL_MONTH and months)
        if begins and k[here + at.TRIPPED] != 0:
            reset(b, k, guard)
    if at.NOT_HALTED < k[at.HALTED] < at.FOR_EVER:
        k[at.HALTED] = halted_until(k)
    return 0


def month_of(day: float) -> float:
    """The number of a day's month, counted through."""
    days = day + _BEGAN
    era = floordiv_(days, _ERA)
    rest = days - era * _ERA
    leap = floordiv_(rest, _FOUR_YEARS) - floordiv_(rest, _CENTURY) + floordiv_(rest, _ERA - 1.0)
    years = floordiv_(rest - leap, 365.0)
    of_year = rest - (365.0 * years + floordiv_(years, 4.0) - floordiv_(years, 100.0))
    return (years + era * 400.0) * 12.0 + floordiv_(5.0 * of_year + 2.0, 153.0)


def reset(b: Floats, k: Ints, guard: int) -> int:
    """A guard has not acted, and counts from now on; where nothing is left there is nothing to count from."""
    here = guard_at(k, guard)
    if k[here + at.GUARD_KIND] <= at.LOSS:
        if b[at.EQUITY] <= 0.0:
            return 0
        b[mark_at(k, guard)] = b[at.EQUITY]
    k[here + at.TRIPPED] = 0
    return 0


def halted_until(k: Ints) -> int:
    """How long guards of the account that have acted keep from new risk."""
    until = at.NOT_HALTED
    for guard in range(k[at.GUARD_COUNT]):
        here = guard_at(k, guard)
        if k[here + at.TRIPPED] != 0 and scope_of(k, guard) == 0:
            until = max(until, k[here + at.GUARD_UNTIL])
    return until


def lift_marks(b: Floats, k: Ints) -> int:
    """At a mark: what drawdown guards count from, once they were reset, rises with equity."""
    for guard in range(k[at.GUARD_COUNT]):
        mark = mark_at(k, guard)
        if k[guard_at(k, guard) + at.GUARD_KIND] == at.DRAWDOWN and 0.0 < b[mark] < b[at.EQUITY]:
            b[mark] = b[at.EQUITY]
    return 0

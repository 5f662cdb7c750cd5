"""Tiers of the fee: the rates by what was traded, in the calendar month or on so many days before.

What is in force is settled at the open of a bar, before anything fills there, from the notional of the fills before it,
and written into the rows of costs. So all fills of a bar, and whatever is estimated until the next, see one rate.

Of several books of one account each keeps what it has traded itself, and the tier goes by the sum of all. Their period
is that of the account, also of a book without a bar now: a month ends for all of them.
"""

from __future__ import annotations

from ...stdlib.arith import floordiv_, mod_
from . import layout as at
from .buffers import Floats, Ints


def grade(b: Floats, k: Ints, date: float) -> int:
    """The tier of this bar, of the only book of an account. date: days since 1970-01-01 of its open in the zone of the
    calendar."""
    turn(b, k, period_of(k, date))
    return grade_by(b, counted(b, k))


def period_of(k: Ints, date: float) -> int:
    """The period that a day lies in: itself, or its month."""
    return int(date) if k[at.WINDOW] != 0 else month_of(date)


def turn(b: Floats, k: Ints, period: int) -> int:
    """A period begins, in which nothing is traded yet; the day before is one of those that the tier goes by."""
    if period == k[at.PERIOD]:
        return 0
    days = k[at.WINDOW]
    if days != 0:
        keep(b, k, days, period)
    k[at.PERIOD] = period
    b[at.TRADED] = 0.0
    return 1


def keep(b: Floats, k: Ints, days: int, today: int) -> int:
    """The ring of days as of today: what the last one traded, nothing for those since, and what all come to."""
    passed = today - k[at.PERIOD]
    for n in range(min(passed, days)):
        place = n if passed > days else int(mod_(float(k[at.PERIOD] + n), float(days)))
        b[k[at.DAYS] + place] = b[at.TRADED] if n == 0 and passed <= days else 0.0
    b[at.GRADED_BY] = 0.0
    for place in range(days):
        b[at.GRADED_BY] += b[k[at.DAYS] + place]
    return 0


def counted(b: Floats, k: Ints) -> float:
    """What a book has traded that its tier goes by."""
    return b[at.GRADED_BY] if k[at.WINDOW] != 0 else b[at.TRADED]


def grade_by(b: Floats, traded: float) -> int:
    """The tier of so much."""
    tier = 0
    while tier + 1 < at.MOST_TIERS and traded >= b[at.TIERS + (tier + 1) * at.TIER_WIDTH + at.TIER_FROM]:
        tier += 1
    return take_rates(b, tier)


# --- several books ---------------------------------------------------------------------------------


def date_tiers(ak: Ints, k: Ints, date: float) -> int:
    """The period of the account is the latest of any bar."""
    ak[at.PERIOD] = max(ak[at.PERIOD], period_of(k, date))
    return 0


def begin_tiers(a: Floats, ak: Ints) -> int:
    """Nothing is summed yet."""
    a[at.GRADED_BY] = 0.0
    return 0


def add_tiers(a: Floats, ak: Ints, b: Floats, k: Ints) -> int:
    """One book more, in the period of the account."""
    turn(b, k, ak[at.PERIOD])
    a[at.GRADED_BY] += counted(b, k)
    return 0


def grade_book(a: Floats, b: Floats) -> int:
    """The tier of a book with a bar now, by what all have traded."""
    return grade_by(b, a[at.GRADED_BY])


# --- rates -----------------------------------------------------------------------------------------


def take_rates(b: Floats, tier: int) -> int:
    """The rates of a tier, 0 for the first, of the fills that they are of."""
    row = at.TIERS + tier * at.TIER_WIDTH
    for place in range(2):
        if b[at.TIERED_ENTRIES + place] != 0.0:
            costs = at.ENTRY_COSTS + place * at.COSTS_WIDTH
            b[costs + at.FEE_FRACTION] = b[row + at.TIER_FRACTION]
            b[costs + at.FEE_ORDER] = b[row + at.TIER_ORDER]
            b[costs + at.FEE_UNIT] = b[row + at.TIER_UNIT]
            b[costs + at.MAKER_FRACTION] = b[row + at.TIER_MAKER]
    return 0


def month_of(day: float) -> int:
    """Months counted on, from the days since 1970-01-01, in years that begin in March: the leap day is their last."""
    since = day + 719_468.0  # days since 0000-03-01
    cycle = floordiv_(since, 146_097.0)  # of 400 years
    within = since - cycle * 146_097.0
    leaps = floordiv_(within, 1_460.0) - floordiv_(within, 36_524.0) + floordiv_(within, 146_096.0)
    year = floordiv_(within - leaps, 365.0)
    rest = within - (365.0 * year + floordiv_(year, 4.0) - floordiv_(year, 100.0))
    return int((cycle * 400.0 + year) * 12.0 + floordiv_(5.0 * rest + 2.0, 153.0))

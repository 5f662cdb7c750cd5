"""Tiers of the fee: the rates of a month by what was traded in it.

What is in force is settled at the open of a bar, before anything fills there, from the notional of the fills before it,
and written into the rows of costs. So all fills of a bar, and whatever is estimated until the next, see one rate.
"""

from __future__ import annotations

from ...stdlib.arith import floordiv_
from . import layout as at
from .buffers import Floats, Ints


def grade(b: Floats, k: Ints, date: float) -> int:
    """The tier of this bar. date: days since 1970-01-01 of its open in the zone of the calendar; a new month has traded
    nothing."""
    month = month_of(date)
    if month != k[at.MONTH]:
        k[at.MONTH] = month
        b[at.TRADED] = 0.0
    tier = 0
    while tier + 1 < at.MOST_TIERS and b[at.TRADED] >= b[at.TIERS + (tier + 1) * at.TIER_WIDTH + at.TIER_FROM]:
        tier += 1
    return take_rates(b, tier)


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

"""What a book counts for in the limits of its account, besides what it holds: orders that wait, and those that rest."""

from __future__ import annotations

from ...stdlib.arith import absolute
from . import layout as at
from .buffers import Floats, Ints
from .expect import expect, own_price
from .expected_risk import expected_risk, staying_risk
from .expiries import expiry_of, leaves_at_open
from .guards import entries_claimed
from .open_risk import open_risk
from .orders import is_over
from .places import lot_at, order_at, own_at, rests, side_held, statement_at
from .prices import farther, order_cost


def claim(b: Floats, k: Ints) -> int:
    """Set CLAIM, CLAIM_COST, TAKES_PLACE and WAITING. What is being weighed stays as it is."""
    claim_expected(b, k)
    if b[at.UNMET] >= 0.0 and k[at.LOT_COUNT] > 0:
        keep(b, k, b[at.UNMET])
    return 0


def keep(b: Floats, k: Ints, value: float) -> int:
    """So much of what is held is not given away, and its place neither: what would close it has met no open."""
    kept = farther(b[at.CLAIM] + value, absolute(b[at.VALUE]), -1)
    b[at.CLAIM] = farther(b[at.CLAIM], kept, 1)
    k[at.TAKES_PLACE] = 1
    return 0


def unmet(b: Floats, k: Ints, time: int) -> float:
    """The value that exits which wait would free, at a mark: they have met no open. Below 0: none waits.

    time: the open of this bar, of a book without one another than its last. What was filled in this bar and leaves at
    the next open has met none that it could.
    """
    if k[at.LOT_COUNT] == 0 or k[at.PENDING] == 0:
        return -1.0
    expect(b, k, b[at.PRICE])
    held = absolute(b[at.QUANTITY])
    leaving = held - max(b[at.EXPECTED] * side_held(b), 0.0)
    if k[at.NOW_TIME] == time:
        leaving -= bought_now(b, k)
    return leaving * b[at.POINT_VALUE] * absolute(b[at.PRICE]) if leaving > held * at.DUST else -1.0


def set_stays(b: Floats, k: Ints, freed: float) -> int:
    """Set STAYS, and what other limits measure of it. freed: what `unmet` has just said."""
    b[at.STAYS] = absolute(b[at.VALUE])
    if freed > 0.0:
        b[at.STAYS] = farther(b[at.STAYS] - freed, 0.0, 1)
    if k[at.MORE_SUMS] != 0:
        b[at.STAYS_NET] = b[at.STAYS] if b[at.VALUE] > 0.0 else -b[at.STAYS]
        b[at.STAYS_GONE] = b[at.LEAVING] if freed >= 0.0 else -1.0
        b[at.STAYS_RISK] = staying_risk(b, k, b[at.PRICE]) if freed >= 0.0 else open_risk(b, k)
    return 0


def bought_now(b: Floats, k: Ints) -> float:
    """The quantity of the lots of this bar that leave at the next open."""
    total = 0.0
    for lot in range(k[at.LOT_COUNT]):
        here = lot_at(k, lot)
        dormant = b[expiry_of(k, lot) + at.STATE] == at.DORMANT
        if dormant and leaves_at_open(b, k, lot) != 0 and b[here + at.LOT_INDEX] == k[at.NOW]:
            total += absolute(b[here + at.LOT_QUANTITY])
    return total


def claim_expected(b: Floats, k: Ints) -> int:
    """What the book comes to as if all that waits to leave met an open."""
    b[at.CLAIM] = absolute(b[at.VALUE])
    b[at.CLAIM_COST] = 0.0
    k[at.TAKES_PLACE] = 1 if k[at.LOT_COUNT] > 0 else 0
    k[at.WAITING] = 0
    if k[at.PENDING] == 0 and k[at.RESTING] == 0 and k[at.DECIDING] == 0:
        return 0
    expected, cost, remaining, leaving = b[at.EXPECTED], b[at.EXPECTED_COST], b[at.REMAINING], b[at.LEAVING]
    claim_waiting(b, k)
    b[at.EXPECTED] = expected
    b[at.EXPECTED_COST] = cost
    b[at.REMAINING] = remaining
    b[at.LEAVING] = leaving
    k[at.WAITING] = entries_claimed(b, k)
    return 0


def claim_more(b: Floats, k: Ints) -> int:
    """What the limits on net exposure and open risk need besides. What is being weighed stays as it is."""
    b[at.OWN_RISK] = open_risk(b, k)
    b[at.OWN_RISK_CLAIM] = b[at.OWN_RISK]
    b[at.OWN_MOST] = b[at.VALUE]
    b[at.OWN_LEAST] = b[at.VALUE]
    if k[at.PENDING] != 0 or k[at.RESTING] != 0 or k[at.DECIDING] != 0:
        claim_more_expected(b, k)
    if b[at.UNMET] >= 0.0:  # what would close it has met no open: all of it is held
        b[at.OWN_RISK_CLAIM] = max(b[at.OWN_RISK_CLAIM], b[at.OWN_RISK])
        b[at.OWN_MOST] = max(b[at.OWN_MOST], b[at.VALUE])
        b[at.OWN_LEAST] = min(b[at.OWN_LEAST], b[at.VALUE])
    return 0


def claim_more_expected(b: Floats, k: Ints) -> int:
    """The same once what waits has filled, and with what rests."""
    expected, cost, remaining, leaving = b[at.EXPECTED], b[at.EXPECTED_COST], b[at.REMAINING], b[at.LEAVING]
    worth = b[at.PRICE] if k[at.LOT_COUNT] > 0 else b[at.WORTH]
    expect(b, k, worth)
    value = b[at.EXPECTED] * b[at.POINT_VALUE] * absolute(worth)
    b[at.OWN_MOST] = value + resting_value(b, k, at.LONG)
    b[at.OWN_LEAST] = value - resting_value(b, k, at.SHORT)
    long, short = expected_risk(b, k, at.LONG, worth, -1), expected_risk(b, k, at.SHORT, worth, -1)
    b[at.OWN_RISK_CLAIM] = farther(long, short, 1)
    b[at.EXPECTED] = expected
    b[at.EXPECTED_COST] = cost
    b[at.REMAINING] = remaining
    b[at.LEAVING] = leaving
    return 0


def claim_waiting(b: Floats, k: Ints) -> int:
    """What will be held once what waits has filled, at the price it was decided at or last marked at."""
    worth = b[at.PRICE] if k[at.LOT_COUNT] > 0 else b[at.WORTH]
    expect(b, k, worth)
    b[at.CLAIM] = absolute(b[at.EXPECTED]) * b[at.POINT_VALUE] * absolute(worth)
    b[at.CLAIM_COST] = b[at.EXPECTED_COST]
    held = absolute(b[at.EXPECTED]) > absolute(b[at.QUANTITY]) * at.DUST
    long, short = resting_value(b, k, at.LONG), resting_value(b, k, at.SHORT)
    if long + short > 0.0:
        side = at.LONG if long >= short else at.SHORT
        b[at.CLAIM] += farther(long, short, 1)
        b[at.CLAIM_COST] += resting_cost(b, k, side)
    k[at.TAKES_PLACE] = 1 if held or long + short > 0.0 else 0
    return 0


def resting_value(b: Floats, k: Ints, side: int) -> float:
    """Gross value of the entries of a side that rest, at their own prices; of those that end each other the largest."""
    total = 0.0
    for nth in range(k[at.OWN_COUNT]):
        statement = own_at(k, nth)
        if rests_on(b, k, statement, side) != 0:
            order = order_at(k, statement)
            value = b[order + at.AMOUNT] * b[at.POINT_VALUE] * absolute(own_price(b, order))
            total = farther(total, value, 1) if k[at.ENTRIES] == at.ONE_CANCELS_OTHER else total + value
    return total


def resting_cost(b: Floats, k: Ints, side: int) -> float:
    """What they would cost."""
    total = 0.0
    for nth in range(k[at.OWN_COUNT]):
        statement = own_at(k, nth)
        if rests_on(b, k, statement, side) != 0:
            order = order_at(k, statement)
            cost = order_cost(b, b[order + at.AMOUNT], own_price(b, order), side, at.ENTRY_COSTS)
            total = farther(total, cost, 1) if k[at.ENTRIES] == at.ONE_CANCELS_OTHER else total + cost
    return total


def rests_on(b: Floats, k: Ints, statement: int, side: int) -> int:
    """Whether an entry of a side rests, and will past this close."""
    here = statement_at(k, statement)
    of_side = k[here + at.KIND] == at.ENTER and k[here + at.SIDE] == side
    return 1 if of_side and rests(b, k, statement) != 0 and is_over(b, k, statement) == 0 else 0

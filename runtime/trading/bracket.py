"""The bracket of a lot: stop, trail and target as prices, and which of them a price reaches.

A level is affine in the fill (`base + slope * entry`, with a slope of its own where the fill is below 0), put on
the tick grid away from the market. A trail is affine in the best extreme since the fill; the best extreme only
improves, so the level only tightens, and it needs no memory of its own. The tighter of stop and trail works.
"""

from __future__ import annotations

from . import layout as at
from . import rows
from .buffers import Floats, Ints
from .prices import reaches, ticks_down, ticks_up

MICROSECONDS = 1_000_000.0


def protective(b: Floats, level: float, side: float) -> float:
    """A stop on the grid, away from the market: down for a long, up for a short."""
    return ticks_down(b, level) if side > 0.0 else ticks_up(b, level)


def profitable(b: Floats, level: float, side: float) -> float:
    """A target on the grid, away from the market: up for a long, down for a short."""
    return ticks_up(b, level) if side > 0.0 else ticks_down(b, level)


def tighter(a: float, c: float, side: float) -> float:
    """Of two stops the one that price reaches first; a missing one does not count."""
    if a != a:
        return c
    if c != c:
        return a
    if side > 0.0:
        return c if c > a else a
    return c if c < a else a


def level_at(b: Floats, base: int, price: float) -> float:
    """`base + slope * price` of the three slots from `base` on; a share of a price below 0 is of its size."""
    return b[base] + (b[base + 1] if price >= 0.0 else b[base + 2]) * price


def stop_wanted(b: Floats, k: Ints, here: int, inbox: int, entry: float, side: float) -> float:
    """Where an order's loss would first be limited if it filled at `entry`: its stop or trail; missing: nowhere."""
    stop, trail = at.MISSING, at.MISSING
    if k[here + at.HAS_STOP] != 0:
        stop = protective(b, level_at(b, inbox + at.STOP_BASE, entry), side)
    if k[here + at.HAS_TRAIL] != 0:
        trail = protective(b, level_at(b, inbox + at.TRAIL_BASE, entry), side)
    return tighter(stop, trail, side)


def attach(b: Floats, k: Ints, lot: int, here: int, inbox: int) -> int:
    """Give a lot just filled its bracket and expiry, from its statement (in k) and the order's values (in b)."""
    side, entry = b[lot + at.LOT_QUANTITY], b[lot + at.LOT_PRICE]
    b[lot + at.LOT_STOP] = at.MISSING
    b[lot + at.LOT_TARGET] = at.MISSING
    b[lot + at.LOT_TRAIL_BASE] = at.MISSING
    if k[here + at.HAS_STOP] != 0:
        b[lot + at.LOT_STOP] = protective(b, level_at(b, inbox + at.STOP_BASE, entry), side)
    if k[here + at.HAS_TARGET] != 0:
        b[lot + at.LOT_TARGET] = profitable(b, level_at(b, inbox + at.TARGET_BASE, entry), side)
    if k[here + at.HAS_TRAIL] != 0:
        for slot in range(3):
            b[lot + at.LOT_TRAIL_BASE + slot] = b[inbox + at.TRAIL_BASE + slot]
    b[lot + at.LOT_FIRST_STOP] = stop_wanted(b, k, here, inbox, entry, side)
    return attach_expiry(b, k, lot, here, inbox)


def attach_expiry(b: Floats, k: Ints, lot: int, here: int, inbox: int) -> int:
    """When the lot leaves for its age, in bars held or as an instant; a bar's open instant stands for its decision."""
    b[lot + at.LOT_EXPIRE_HELD] = at.FAR
    b[lot + at.LOT_EXPIRE_TIME] = at.FAR
    if k[here + at.EXPIRE_KIND] == at.EXPIRE_BARS:
        b[lot + at.LOT_EXPIRE_HELD] = b[lot + at.LOT_START] + b[inbox + at.EXPIRE]
    if k[here + at.EXPIRE_KIND] == at.EXPIRE_SECONDS:
        filled = b[lot + at.LOT_TIME]
        if b[lot + at.LOT_MOMENT] == rows.AT_CLOSE:
            filled += k[at.BAR_TIME]
        b[lot + at.LOT_EXPIRE_TIME] = filled + b[inbox + at.EXPIRE] * MICROSECONDS - k[at.BAR_TIME]
    return 0


def trail_level(b: Floats, lot: int) -> float:
    """Where the trail stands after the bars marked so far; missing without one."""
    side = b[lot + at.LOT_QUANTITY]
    best = b[lot + at.LOT_HIGH] if b[lot + at.LOT_HIGH] > b[at.RUN_HIGH] else b[at.RUN_HIGH]
    if side < 0.0:
        best = b[lot + at.LOT_LOW] if b[lot + at.LOT_LOW] < b[at.RUN_LOW] else b[at.RUN_LOW]
    return protective(b, level_at(b, lot + at.LOT_TRAIL_BASE, best), side)


def working_stop(b: Floats, lot: int) -> float:
    """The stop or the trail of a lot, whichever price reaches first; missing without either."""
    if b[lot + at.LOT_TRAIL_BASE] != b[lot + at.LOT_TRAIL_BASE]:
        return b[lot + at.LOT_STOP]
    return tighter(b[lot + at.LOT_STOP], trail_level(b, lot), b[lot + at.LOT_QUANTITY])


def stop_reason(b: Floats, lot: int) -> int:
    """Which of them works; the stop, where both stand at one price."""
    return rows.BY_STOP if working_stop(b, lot) == b[lot + at.LOT_STOP] else rows.BY_TRAIL


def works(b: Floats, k: Ints, lot: int) -> int:
    """Whether the bracket of a lot works on this bar."""
    return 1 if b[lot + at.LOT_ACTIVE] <= k[at.NOW] else 0


def level_toward(b: Floats, lot: int, direction: int) -> float:
    """The level of a lot that lies below (-1) or above (1) the market: its stop or its target."""
    against = direction < 0 if b[lot + at.LOT_QUANTITY] > 0.0 else direction > 0
    return working_stop(b, lot) if against else b[lot + at.LOT_TARGET]


def reason_toward(b: Floats, lot: int, direction: int) -> int:
    """Why the lot leaves at that level."""
    against = direction < 0 if b[lot + at.LOT_QUANTITY] > 0.0 else direction > 0
    return stop_reason(b, lot) if against else rows.BY_TARGET


def reached(b: Floats, lot: int, price: float, direction: int) -> int:
    """Whether a price is at or beyond the lot's level in a direction."""
    return reaches(b, price, level_toward(b, lot, direction), direction)

"""What the hot functions compare with, kept by every cold function before it returns: `refresh`."""

from __future__ import annotations

from . import layout as at
from .bracket import level_toward
from .buffers import Floats, Ints
from .guards import arm
from .lots import lot_at, statement_at

HALF_A_TICK = 0.51  # touches are compared in whole ticks: look a little earlier, `fill` decides exactly


def refresh(b: Floats, k: Ints) -> int:
    """Watch levels, expiries, what waits and what each statement could do, from the books as they are."""
    watch_brackets(b, k)
    watch_expiries(b, k)
    watch_orders(b, k)
    for statement in range(k[at.STATEMENT_COUNT]):
        here = statement_at(k, statement)
        k[here + at.ACCEPTS] = enter_accepts(b, k, here) if k[here + at.KIND] == at.ENTER else exit_accepts(b, k, here)
    arm(b, k)
    return 0


def watch_brackets(b: Floats, k: Ints) -> int:
    """The nearest levels of any lot below and above; every bar, while a trail works."""
    low, high = -at.FAR, at.FAR
    k[at.EVERY_BAR] = 0
    for lot in range(k[at.LOT_COUNT]):
        here = lot_at(k, lot)
        below, above = level_toward(b, here, -1), level_toward(b, here, 1)
        if below > low:
            low = below
        if above < high:
            high = above
        if b[here + at.LOT_TRAIL_BASE] == b[here + at.LOT_TRAIL_BASE]:
            k[at.EVERY_BAR] = 1
    b[at.WATCH_LOW] = low + HALF_A_TICK * b[at.TICK]
    b[at.WATCH_HIGH] = high - HALF_A_TICK * b[at.TICK]
    return 0


def watch_expiries(b: Floats, k: Ints) -> int:
    """The first lot to expire; one that waits for its fill is done."""
    held, time = at.FAR, at.FAR
    for lot in range(k[at.LOT_COUNT]):
        here = lot_at(k, lot)
        if b[here + at.LOT_CLOSING] == 0.0:
            if b[here + at.LOT_EXPIRE_HELD] < held:
                held = b[here + at.LOT_EXPIRE_HELD]
            if b[here + at.LOT_EXPIRE_TIME] < time:
                time = b[here + at.LOT_EXPIRE_TIME]
    k[at.EXPIRE_HELD] = at.NEVER
    if held <= 0.0:
        k[at.EXPIRE_HELD] = 0
    elif held < float(at.NEVER):
        k[at.EXPIRE_HELD] = int(held) if float(int(held)) >= held else int(held) + 1
    b[at.EXPIRE_TIME] = time
    return 0


def watch_orders(b: Floats, k: Ints) -> int:
    """Whether anything waits for the next open."""
    k[at.PENDING] = 1 if k[at.GUARD_PENDING] != 0 else 0
    for statement in range(k[at.STATEMENT_COUNT]):
        if k[statement_at(k, statement) + at.WAITS] != 0:
            k[at.PENDING] = 1
    for lot in range(k[at.LOT_COUNT]):
        if b[lot_at(k, lot) + at.LOT_CLOSING] != 0.0:
            k[at.PENDING] = 1
    return 0


def side_held(b: Floats) -> int:
    """1 long, -1 short, 0 flat."""
    if b[at.QUANTITY] > 0.0:
        return 1
    return -1 if b[at.QUANTITY] < 0.0 else 0


def enter_accepts(b: Floats, k: Ints, here: int) -> int:
    """Flat, or a reversal, or it has a `scale`, which may be full; under a halt too, so that denials are counted."""
    if k[here + at.WAITS] != 0:
        return at.CANNOT
    if side_held(b) != k[here + at.SIDE]:
        return at.COULD
    if k[here + at.SCALE] == 0:
        return at.CANNOT
    return at.FULL_UP if k[here + at.LIVE] > k[here + at.SCALE] else at.COULD


def exit_accepts(b: Floats, k: Ints, here: int) -> int:
    """There is something of its side to close, nothing of it waits, and its `once` is not used up."""
    if k[here + at.WAITS] != 0 or side_held(b) != k[here + at.SIDE]:
        return at.CANNOT
    return at.CANNOT if k[here + at.ONCE] != 0 and k[here + at.USED] != 0 else at.COULD

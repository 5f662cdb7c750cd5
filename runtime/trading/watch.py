"""What the hot functions compare with, kept by every cold function before it returns: `refresh`."""

from __future__ import annotations

from .bracket import level_toward
from .buffers import Floats, Ints
from .guards import arm
from .layout import (
    ACCEPTS,
    CANNOT,
    COULD,
    ENTER,
    EVERY_BAR,
    EXPIRE_HELD,
    EXPIRE_TIME,
    FAR,
    FULL_UP,
    GUARD_PENDING,
    KIND,
    LIVE,
    LOT_CLOSING,
    LOT_COUNT,
    LOT_EXPIRE_HELD,
    LOT_EXPIRE_TIME,
    LOT_TRAIL_BASE,
    NEVER,
    ONCE,
    PENDING,
    QUANTITY,
    SCALE,
    SIDE,
    STATEMENT_COUNT,
    TICK,
    USED,
    WAITS,
    WATCH_HIGH,
    WATCH_LOW,
)
from .lots import lot_at, statement_at

HALF_A_TICK = 0.51  # touches are compared in whole ticks: look a little earlier, `fill` decides exactly


def refresh(b: Floats, k: Ints) -> int:
    """Watch levels, expiries, what waits and what each statement could do, from the books as they are."""
    watch_brackets(b, k)
    watch_expiries(b, k)
    watch_orders(b, k)
    for statement in range(k[STATEMENT_COUNT]):
        at = statement_at(k, statement)
        k[at + ACCEPTS] = enter_accepts(b, k, at) if k[at + KIND] == ENTER else exit_accepts(b, k, at)
    arm(b, k)
    return 0


def watch_brackets(b: Floats, k: Ints) -> int:
    """The nearest levels of any lot below and above; every bar, while a trail works."""
    low, high = -FAR, FAR
    k[EVERY_BAR] = 0
    for lot in range(k[LOT_COUNT]):
        at = lot_at(k, lot)
        below, above = level_toward(b, at, -1), level_toward(b, at, 1)
        if below > low:
            low = below
        if above < high:
            high = above
        if b[at + LOT_TRAIL_BASE] == b[at + LOT_TRAIL_BASE]:
            k[EVERY_BAR] = 1
    b[WATCH_LOW] = low + HALF_A_TICK * b[TICK]
    b[WATCH_HIGH] = high - HALF_A_TICK * b[TICK]
    return 0


def watch_expiries(b: Floats, k: Ints) -> int:
    """The first lot to expire; one that waits for its fill is done."""
    held, time = FAR, FAR
    for lot in range(k[LOT_COUNT]):
        at = lot_at(k, lot)
        if b[at + LOT_CLOSING] == 0.0:
            if b[at + LOT_EXPIRE_HELD] < held:
                held = b[at + LOT_EXPIRE_HELD]
            if b[at + LOT_EXPIRE_TIME] < time:
                time = b[at + LOT_EXPIRE_TIME]
    k[EXPIRE_HELD] = NEVER
    if held <= 0.0:
        k[EXPIRE_HELD] = 0
    elif held < float(NEVER):
        k[EXPIRE_HELD] = int(held) if float(int(held)) >= held else int(held) + 1
    b[EXPIRE_TIME] = time
    return 0


def watch_orders(b: Floats, k: Ints) -> int:
    """Whether anything waits for the next open."""
    k[PENDING] = 1 if k[GUARD_PENDING] != 0 else 0
    for statement in range(k[STATEMENT_COUNT]):
        if k[statement_at(k, statement) + WAITS] != 0:
            k[PENDING] = 1
    for lot in range(k[LOT_COUNT]):
        if b[lot_at(k, lot) + LOT_CLOSING] != 0.0:
            k[PENDING] = 1
    return 0


def side_held(b: Floats) -> int:
    """1 long, -1 short, 0 flat."""
    if b[QUANTITY] > 0.0:
        return 1
    return -1 if b[QUANTITY] < 0.0 else 0


def enter_accepts(b: Floats, k: Ints, at: int) -> int:
    """Flat, or a reversal, or it has a `scale`, which may be full; under a halt too, so that denials are counted."""
    if k[at + WAITS] != 0:
        return CANNOT
    if side_held(b) != k[at + SIDE]:
        return COULD
    if k[at + SCALE] == 0:
        return CANNOT
    return FULL_UP if k[at + LIVE] > k[at + SCALE] else COULD


def exit_accepts(b: Floats, k: Ints, at: int) -> int:
    """There is something of its side to close, nothing of it waits, and its `once` is not used up."""
    if k[at + WAITS] != 0 or side_held(b) != k[at + SIDE]:
        return CANNOT
    return CANNOT if k[at + ONCE] != 0 and k[at + USED] != 0 else COULD

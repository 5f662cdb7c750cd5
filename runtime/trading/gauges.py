"""Guards whose reading is a series of the program: it is known at a close once the series are, before any decision.

What each read at the last close stands in its mark (`guards.mark_at`); one that is not known yet, or is missing, is
beyond no limit. Everything else of them, what they deny, how they act and when they are reset, is that of every guard.
"""

from __future__ import annotations

from . import layout as at
from . import rows
from .account import act_account
from .buffers import Floats, Ints
from .fill import begin
from .guard_actions import act, fill_now, ordered_out
from .guards import guard_at, is_armed, is_gauge, mark_at, over
from .watch import refresh


def gauge(b: Floats, k: Ints, guard: int, reading: float) -> int:
    """What a guard reads at this close."""
    b[mark_at(k, guard)] = reading
    if reading > b[k[at.THRESHOLDS] + guard] and is_armed(k, guard) != 0:
        k[at.GAUGED] = 1
    return 0


def trip_gauges(
    b: Floats, k: Ints, trades: Floats, orders: Floats, records: Floats, index: int, time: int, close: float
) -> int:
    """Every one that has an action, has not acted and is over acts, as guards do at a mark."""
    begin(b, k, index, time)
    k[at.GAUGED] = 0
    ordered = ordered_out(b, k)
    for guard in range(k[at.GUARD_COUNT]):
        if acts_by_series(b, k, guard) != 0:
            act(b, k, orders, guard, close, ordered)
    fill_now(b, k, trades, orders, records, close)
    return refresh(b, k)


def acts_by_series(b: Floats, k: Ints, guard: int) -> int:
    """Whether a guard acts by what its series is at this close."""
    return 1 if is_gauge(k, guard) != 0 and is_armed(k, guard) != 0 and over(b, k, guard) != 0 else 0


def note_gauges(b: Floats, k: Ints, records: Floats, index: int) -> int:
    """The readings stand in the record of this bar's mark: of each kind that of the first guard."""
    row = k[at.RECORD_ROWS] - 1
    while records[row * rows.RECORD_WIDTH + rows.RECORD_PHASE] != rows.AFTER_MARK:  # what a guard closed at it
        row -= 1
    return write_readings(b, k, records, row * rows.RECORD_WIDTH)


def write_readings(b: Floats, k: Ints, records: Floats, first: int) -> int:
    """What every such guard read last, in its column of a record."""
    for nth in range(k[at.GUARD_COUNT]):
        guard = k[at.GUARD_COUNT] - 1 - nth
        if is_gauge(k, guard) != 0:
            kind = k[guard_at(k, guard) + at.GUARD_KIND]
            records[first + rows.READINGS + kind - at.VALUE_AT_RISK] = b[mark_at(k, guard)]
    return 0


# --- of an account that several books share --------------------------------------------------------


def gauged(a: Floats, ak: Ints) -> int:
    """Whether a guard of the account acts by what its series is at this event."""
    return ak[at.GAUGED]


def trip_gauges_account(a: Floats, ak: Ints, orders: Floats, index: int, time: int) -> int:
    """Every such guard acts, and each book has its part to do (`trip_book`)."""
    ak[at.NOW] = index
    ak[at.NOW_TIME] = time
    ak[at.GAUGED] = 0
    for guard in range(ak[at.GUARD_COUNT]):
        if acts_by_series(a, ak, guard) != 0:
            act_account(a, ak, orders, guard)
    return 0

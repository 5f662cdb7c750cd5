"""Legs of one `atomic`: positions that are taken together or not at all.

A leg is a hold for one book. Those of a group are proposed one after another: each order is placed, so that the next is
weighed with it; where one would be cut or denied, all are withdrawn. What was settled fills at the close that decided
it, or waits for an event at which every leg's symbol opens: until then no open fills any of it. A group that has lost
an order meanwhile, or that was held back too often, ends. A leg whose side is held has nothing to do.

Each function is of one leg, between `hand` and `take`; the drivers go from leg to leg and from book to book.
"""

from __future__ import annotations

from . import layout as at
from . import rows
from .buffers import Floats, Ints
from .decide import fills_now, weigh
from .execute import execute_enter, execute_exit
from .expect import expect, waiting_quantity
from .fill import begin
from .hold import enter_part, exit_part, lacks, shortfall, sign, tell
from .orders import cancel, cancel_entries, refuse, statement_row, wait
from .places import inbox_at, order_at, side_held, state_of, statement_at
from .watch import refresh

# --- validated and placed together -----------------------------------------------------------------


def leg_wishes(b: Floats, k: Ints, statement: int) -> int:
    """Whether a leg is wished at this close."""
    able = k[statement_at(k, statement) + at.ACCEPTS] != at.CANNOT
    return 1 if able and b[inbox_at(k, statement) + at.WANTED] != 0.0 else 0


def propose_leg(b: Floats, k: Ints, statement: int, close: float) -> int:
    """1: its order is placed; 0: its side is held; -1: it would be cut or denied, ASKED and WHY say of what."""
    size = b[inbox_at(k, statement) + at.SIZE]
    b[at.ASKED] = 0.0
    if size == size and sign(size) == sign(b[at.EXPECTED]):
        return 0
    k[at.WHY] = lacks(b, size)
    fills = k[statement_at(k, statement) + at.FILL] == at.THIS_CLOSE
    if k[at.WHY] == rows.NO_REASON and close != close and (fills or size != 0.0):
        k[at.WHY] = rows.NO_PRICE  # the last one that is known may be of long ago
    if k[at.WHY] != rows.NO_REASON:
        return -1
    placed = propose_exit(b, k, statement) if size == 0.0 else propose_enter(b, k, statement, size)
    if placed == 0:
        return -1
    if fills_now(k[statement_at(k, statement) + at.FILL], close) != 0 and waiting_quantity(b, k) > b[at.ROOM]:
        k[at.WHY] = rows.NO_VOLUME
        placed = -1
    k[statement_at(k, statement) + at.LEG] = at.PROPOSED
    expect(b, k, b[at.WORTH])
    return placed


def propose_exit(b: Floats, k: Ints, statement: int) -> int:
    """All that is held is to leave; what is still to be entered cannot."""
    side = sign(b[at.EXPECTED])
    if side_held(b) != side:
        k[at.WHY] = rows.NOTHING_TO_CLOSE
        return 0
    part = tell(b, k, statement, exit_part(side), 0.0)
    wait(b, k, part, -side, b[at.REMAINING], at.EVERYTHING, rows.NO_REASON)
    return 1


def propose_enter(b: Floats, k: Ints, statement: int, size: float) -> int:
    """The side is to be taken, the other one left by the same order; nothing of it may be cut."""
    side = sign(size)
    b[at.ASKED] = shortfall(b, k, statement, size)
    part = tell(b, k, statement, enter_part(side), b[at.ASKED])
    refused = weigh(b, k, part, b[at.WORTH])
    if refused != rows.NO_REASON or k[at.WHY] != rows.NO_REASON:
        k[at.WHY] = refused if refused != rows.NO_REASON else k[at.WHY]
        return 0
    wait(b, k, part, side, b[at.ASKED], b[at.GRANTED], rows.NO_REASON)
    return 1


def withdraw_leg(b: Floats, k: Ints, orders: Floats, statement: int, failed: int) -> int:
    """A group is denied: what was placed of a leg goes, and a row says so of each leg that had something to do.

    failed: 1 for the leg that would have been cut or denied, with its own reason; 0 for the others; 2 for those that
    are wished where another is not, because it has no bar now. Returns how many rows were written.
    """
    here, size = statement_at(k, statement), b[inbox_at(k, statement) + at.SIZE]
    wished = leg_wishes(b, k, statement)
    b[inbox_at(k, statement) + at.WANTED] = 0.0
    written = 0
    if k[here + at.LEG] == at.PROPOSED:
        part = part_waiting(b, k, statement)
        b[order_at(k, part) + at.REASON] = k[at.WHY] if failed == 1 else rows.OTHER_LEG
        statement_row(b, k, orders, part, rows.REFUSED, 0.0)
        k[at.MINUTE_ORDERS] = max(k[at.MINUTE_ORDERS] - 1, 0)  # it was never given
        written = 1
    elif failed != 0 and wished != 0 and (size != size or sign(size) != sign(b[at.EXPECTED])):
        part = tell(b, k, statement, part_of(b, size), 0.0)
        asked = b[at.ASKED] if failed == 1 else 0.0
        reason = k[at.WHY] if failed == 1 else rows.LEG_ABSENT
        refuse(b, k, orders, part, asked, rows.REFUSED, reason, at.MISSING, at.MISSING)
        written = 1
    k[here + at.LEG] = at.NO_LEG
    forget(b, k, statement)
    expect(b, k, b[at.WORTH])
    return written


def settle_leg(
    b: Floats, k: Ints, trades: Floats, orders: Floats, records: Floats, statement: int, close: float
) -> int:
    """A group is accepted: its legs fill at this close, all of them, or wait for each other. Those without an order
    wait as well, so that nothing of the group is wished again. Returns whether this one has an order."""
    here = statement_at(k, statement)
    placed = 1 if k[here + at.LEG] == at.PROPOSED else 0
    b[inbox_at(k, statement) + at.WANTED] = 0.0
    forget(b, k, statement)
    now = fills_now(k[here + at.FILL], close)
    k[here + at.AGE] = 0
    k[here + at.LEG] = at.NO_LEG if now != 0 else (at.BOUND if placed != 0 else at.IDLE)
    if placed == 0:
        return 0
    part = part_waiting(b, k, statement)
    there = statement_at(k, part)
    acted = at.LEFT_LONG if k[there + at.SIDE] == at.LONG else at.LEFT_SHORT
    k[acted] += 1 if k[there + at.KIND] == at.EXIT else at.BY_LEG
    if k[there + at.KIND] == at.EXIT:
        cancel_entries(b, k, orders, k[there + at.SIDE], rows.EXIT_FIRST, at.WAITS)
    if now == 0:
        b[order_at(k, part) + at.FROM] = at.NOT_YET
    elif k[there + at.KIND] == at.EXIT:
        execute_exit(b, k, trades, orders, records, part, close, rows.AT_CLOSE)
    else:
        execute_enter(b, k, trades, orders, records, part, close, rows.AT_CLOSE)
    expect(b, k, b[at.WORTH])
    return 1


def part_of(b: Floats, size: float) -> int:
    """The part that a leg of this size trades by."""
    if size == 0.0:
        return exit_part(sign(b[at.EXPECTED]))
    return enter_part(at.SHORT if size < 0.0 else at.LONG)


def part_waiting(b: Floats, k: Ints, statement: int) -> int:
    """The statement of the part whose order waits; -1: none."""
    for part in range(at.PART_EXIT_LONG, at.PART_ENTER_SHORT + 1):
        if state_of(b, k, statement + part) == at.WAITS:
            return statement + part
    return -1


def forget(b: Floats, k: Ints, statement: int) -> int:
    """The parts of a leg wish nothing: it is done with, or has its order."""
    for part in range(at.PART_EXIT_LONG, at.PART_ENTER_SHORT + 1):
        b[inbox_at(k, statement + part) + at.WANTED] = 0.0
    return 0


# --- waiting for each other ------------------------------------------------------------------------


def leg_status(b: Floats, k: Ints, statement: int) -> int:
    """At the start of an event: 1 if the order of a leg waits, 2 if it is lost, 0 without one.

    Lost is one that has been cancelled meanwhile, and an exit of what has gone otherwise.
    """
    if k[statement_at(k, statement) + at.LEG] != at.BOUND:
        return 0
    part = part_waiting(b, k, statement)
    if part < 0:
        return 2
    there = statement_at(k, part)
    return 2 if k[there + at.KIND] == at.EXIT and k[there + at.SIDE] != side_held(b) else 1


def leg_ready(b: Floats, k: Ints, statement: int) -> int:
    """Whether the order of a leg would do at an open what it was placed for: no guard's exit is before it, and the
    bar's volume leaves room for all that waits."""
    able = leg_status(b, k, statement) == 1 and k[at.GUARD_PENDING] == 0
    return 1 if able and waiting_quantity(b, k) <= b[at.ROOM] else 0


def release_leg(b: Floats, k: Ints, statement: int, index: int) -> int:
    """The order of a leg fills at the open of this bar; one without an order may be wished again."""
    part = part_waiting(b, k, statement)
    if part >= 0:
        b[order_at(k, part) + at.FROM] = index
    k[statement_at(k, statement) + at.LEG] = at.NO_LEG
    return refresh(b, k)


def hold_back_leg(b: Floats, k: Ints, statement: int) -> int:
    """Not every leg has an open now; returns how often the group has been held back."""
    here = statement_at(k, statement)
    k[here + at.AGE] += 1
    if k[here + at.LEG] == at.BOUND:
        k[here + at.HELD_BACK] += 1
    return k[here + at.AGE]


def cancel_leg(b: Floats, k: Ints, orders: Floats, statement: int, reason: int, index: int, time: int) -> int:
    """The group ends unfilled. reason: NO_OPEN, or OTHER_LEG where an order of it was cancelled."""
    begin(b, k, index, time)
    part = part_waiting(b, k, statement)
    if part >= 0:
        cancel(b, k, orders, part, reason)
    k[statement_at(k, statement) + at.LEG] = at.NO_LEG
    return refresh(b, k)

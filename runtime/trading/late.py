"""Wishes that are under way: with `assume latency` what a bar's close decides reaches the market some closes later.

The wishes of a close are put aside, each with all that its clauses said, and those that arrive at it take their place
in the inboxes. From there on they are wishes of that close: what holds then denies, sizes and moves. So whatever a
statement can say comes late by the same rule. Money that is paid in or taken out is no order, and is not late.
"""

from __future__ import annotations

from . import layout as at
from .buffers import Floats, Ints
from .places import inbox_at, own_at, statement_at


def way_at(k: Ints, way: int) -> int:
    """Where a row of wishes under way begins."""
    return k[at.WAYS] + way * (at.WAY_HEAD + k[at.STATEMENT_COUNT] * at.INBOX_WIDTH)


def exchange(b: Floats, k: Ints, index: int, time: int) -> int:
    """The wishes of this close set out, and those that have been under way for long enough are in the inboxes."""
    arrived, free = -1, -1
    for way in range(k[at.LATENCY]):
        row = way_at(k, way)
        if b[row + at.UNDER_WAY] == 0.0:
            free = row
        elif b[row + at.WAY_INDEX] == float(index - k[at.LATENCY]):
            arrived = row
    if arrived < 0 and wanted(b, k) == 0:
        return 0
    row = arrived if arrived >= 0 else free
    if arrived >= 0:
        k[at.SAID] = index - k[at.LATENCY]
        k[at.SAID_TIME] = int(b[row + at.WAY_TIME])
    b[row + at.UNDER_WAY] = float(change_places(b, k, row, arrived))
    b[row + at.WAY_INDEX] = float(index)
    b[row + at.WAY_TIME] = float(time)
    return 0


def wanted(b: Floats, k: Ints) -> int:
    """Whether some statement wants something that has a way to go."""
    for nth in range(k[at.OWN_COUNT]):
        statement = own_at(k, nth)
        late = k[statement_at(k, statement) + at.KIND] != at.FLOW
        if late and b[inbox_at(k, statement) + at.WANTED] != 0.0:
            return 1
    return 0


def change_places(b: Floats, k: Ints, row: int, arrived: int) -> int:
    """Inboxes and a row of wishes change places (arrived: -1, nothing comes back); returns whether any set out."""
    some = 0
    for nth in range(k[at.OWN_COUNT]):
        statement = own_at(k, nth)
        if k[statement_at(k, statement) + at.KIND] == at.FLOW:
            continue
        here, there = inbox_at(k, statement), row + at.WAY_HEAD + statement * at.INBOX_WIDTH
        if b[here + at.WANTED] != 0.0:
            some = 1
        for slot in range(at.INBOX_WIDTH):
            said = b[here + slot]
            if arrived >= 0:
                b[here + slot] = b[there + slot]
            b[there + slot] = said
        if arrived < 0:
            b[here + at.WANTED] = 0.0
    return some


def next_arrival(b: Floats, k: Ints) -> int:
    """Index of the bar at whose close the first wishes under way arrive; NEVER where none are."""
    first = at.NEVER
    for way in range(k[at.LATENCY]):
        row = way_at(k, way)
        if b[row + at.UNDER_WAY] != 0.0:
            first = min(first, int(b[row + at.WAY_INDEX]) + k[at.LATENCY])
    return first


def let_out(b: Floats, k: Ints) -> int:
    """What a statement wishes sets out whatever it could do now: what it can do is known where it arrives."""
    for nth in range(k[at.OWN_COUNT]):
        here = statement_at(k, own_at(k, nth))
        if k[here + at.PART] == 0:
            k[here + at.ACCEPTS] = at.COULD
    return 0


def date(b: Floats, k: Ints, statement: int, order: int) -> int:
    """An order is of the close that wished it; what a ladder places anew is of this one."""
    if k[at.LATENCY] != 0 and k[statement_at(k, statement) + at.USED] != at.RENEWED:
        b[order + at.DECIDED] = float(k[at.SAID])
        b[order + at.DECIDED_TIME] = float(k[at.SAID_TIME])
    return order

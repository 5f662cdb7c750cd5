"""Money paid in and taken out, at the close that decides it, before anything else of that close is decided.

A flow is neither gain nor loss. What measures one as a ratio (the high-water mark, the day's start, what `loss` counts
from) is put in proportion to equity, as the value of a unit of the account would be: each ratio is after a flow what it
was before, which is what time-weighted returns are. Profit in money leaves out what was paid in and taken out.
Where equity was not above 0 there is no proportion: the marks move by the money itself.

Of several books the account itself is what pays, once an event; its books have what they read of it handed to them.
"""

from __future__ import annotations

from ...stdlib.arith import absolute, div
from . import layout as at
from . import rows
from .buffers import Floats, Ints
from .carry import receive
from .claim import claim
from .fill import begin
from .guards import is_gauge, mark_at
from .orders import NO_TEXTS, filled_row, number_order, order_row
from .places import inbox_at, own_at, spare_order, statement_at
from .prices import farther
from .records import record


def flow(b: Floats, k: Ints, orders: Floats, records: Floats, index: int, time: int, close: float) -> int:
    """Every deposit and withdrawal that is wished, in the order of the text."""
    begin(b, k, index, time)
    b[at.WORTH] = close if close == close else b[at.PRICE]
    return settle_all(b, k, orders, records)


def settle_all(b: Floats, k: Ints, orders: Floats, records: Floats) -> int:
    """The same, once it is known when and at what price."""
    for nth in range(k[at.OWN_COUNT]):
        statement = own_at(k, nth)
        here = statement_at(k, statement)
        if k[here + at.KIND] == at.FLOW and b[inbox_at(k, statement) + at.WANTED] != 0.0:
            settle_flow(b, k, orders, records, statement, k[here + at.SIDE])
    return 0


def settle_flow(b: Floats, k: Ints, orders: Floats, records: Floats, statement: int, way: int) -> int:
    """One flow and its row. A withdrawal gets at most what is free; an amount that is missing or none is denied."""
    asked = b[inbox_at(k, statement) + at.SIZE]
    if k[statement_at(k, statement) + at.SIZE_KIND] == at.FRACTION:
        asked *= b[at.EQUITY]
    got, reason = asked, rows.NO_REASON
    if not asked > 0.0:
        got = 0.0
        reason = rows.NO_AMOUNT if asked == asked else rows.MISSING_SIZE
    elif way < 0:
        free = free_money(b, k)
        dust = at.DUST * b[at.EQUITY]
        if asked > free + dust:
            got = free if free > dust else 0.0
            reason = rows.NOT_FREE
    status = rows.REFUSED
    if got > 0.0:
        move_money(b, k, got if way > 0 else -got)
        b[at.PAID_IN if way > 0 else at.TAKEN_OUT] += got
        record(b, k, records, rows.AFTER_FLOW)
        status = rows.FILLED if reason == rows.NO_REASON else rows.CUT
    kind = rows.DEPOSIT_ROW if way > 0 else rows.WITHDRAW_ROW
    order = number_order(b, k, spare_order(k), way, asked if asked > 0.0 else 0.0, got, reason)
    row = order_row(b, k, orders, order, NO_TEXTS, statement, kind, 0, status, got)
    return filled_row(k, orders, row, at.MISSING, rows.AT_CLOSE) if got > 0.0 else row


def free_money(b: Floats, k: Ints) -> float:
    """Equity less what is tied up: the margin of all that is held, of what waits and of what rests, and their costs."""
    tied = tied_up(b, k) + b[at.OTHERS_TIED]
    return b[at.EQUITY] - b[at.MARGIN] * tied - (b[at.CLAIM_COST] + b[at.OTHERS_COST])


def tied_up(b: Floats, k: Ints) -> float:
    """What a book holds, or will once what waits and rests has filled, whichever is more."""
    claim(b, k)
    return farther(absolute(b[at.VALUE]), b[at.CLAIM], 1)  # what waits to leave has not left yet


# --- of an account that several books share --------------------------------------------------------


def pays(a: Floats, ak: Ints) -> int:
    """Whether a statement of the account wishes that money comes or goes."""
    return ak[at.WANTS]


def untie(a: Floats) -> int:
    """Nothing is summed yet of what is tied up."""
    a[at.OTHERS_TIED] = 0.0
    return 0


def tie(a: Floats, b: Floats, k: Ints) -> int:
    """One book more, with a bar now or without."""
    a[at.OTHERS_TIED] += tied_up(b, k)
    return 0


def pay_flows(a: Floats, ak: Ints, orders: Floats, records: Floats, index: int, time: int) -> int:
    """`flow` of an account, whose bars are the events: once for all its books, each of which is marked already."""
    ak[at.NOW] = index
    ak[at.NOW_TIME] = time
    settle_all(a, ak, orders, records)
    for nth in range(ak[at.OWN_COUNT]):
        a[inbox_at(ak, own_at(ak, nth)) + at.WANTED] = 0.0
    ak[at.WANTS] = 0
    return 0


def move_money(b: Floats, k: Ints, money: float) -> int:
    """Cash changes by this much, and every mark that equity is measured from moves with it."""
    before, day = b[at.EQUITY], b[at.DAY_EQUITY]
    receive(b, k, money)
    after = b[at.EQUITY]
    keep = div(after, before) if before > 0.0 else 1.0
    if keep != keep:
        keep = 1.0
    b[at.HIGH_WATER] = after + (b[at.HIGH_WATER] - before) * keep
    b[at.TROUGH] = after + (b[at.TROUGH] - before) * keep
    b[at.DAY_EQUITY] = after + (day - before) * keep
    b[at.BEGAN_WITH] = after + (b[at.BEGAN_WITH] - before) * keep
    b[at.DAY_MOVED] += b[at.DAY_EQUITY] - day - money
    for guard in range(k[at.GUARD_COUNT]):
        mark = mark_at(k, guard)
        if is_gauge(k, guard) != 0:
            continue
        b[mark] = max(0.0, after + (b[mark] - before) * keep) if b[mark] != 0.0 else 0.0
    return 0

"""The account that several books share: its slots go from book to book, and it knows the sums over all of them.

It is laid out as a book without statements (`a`, `ak`). Where a book has what the others come to (`OTHERS_…`), the
account has what all of them come to. A book that is about to act gets the account's slots and the sums less its own
share (`hand`); afterwards it gives them back (`take`). Sums are made afresh over all books, in their order, at the
start of an event and after its marks, so that rounding never adds up. What the limits of an account measure is
then what the functions of one book read, be it the only one: there, the others come to nothing.
"""

from __future__ import annotations

from ...stdlib.arith import absolute
from . import layout as at
from .buffers import Floats, Ints
from .chain import risk
from .claim import claim, claim_more, set_stays, unmet
from .fill import begin
from .guard_actions import begin_account, fill_now, forget_today, halt, halt_row, order_out, ordered_out
from .guards import beyond, due, guard_at, is_armed, is_gauge, mark_at
from .hold import begin_basis
from .margin import needed
from .places import side_held
from .resets import lift_marks
from .scopes import add_to_scopes, begin_scopes, hand_scopes, is_inside, others, scope_of, take_scopes
from .watch import refresh

# --- sums ------------------------------------------------------------------------------------------

SUMS = at.OWN_RISK - at.OTHERS_RISK
"""Those that some limits need besides: of each, the others' and this book's own stand as far apart."""


def begin_sums(a: Floats, ak: Ints) -> int:
    """Nothing is summed yet."""
    for slot in range(at.OTHERS_VALUE, at.LARGEST + 1):
        a[slot] = 0.0
    a[at.OTHERS_STAYS] = 0.0
    a[at.LARGEST_STAYS] = 0.0
    for slot in range(at.OTHERS_HELD, at.OTHERS_WAITING + 1):
        ak[slot] = 0
    if ak[at.MORE_SUMS] != 0:
        a[at.OTHERS_NEEDED] = 0.0
        for slot in range(SUMS):
            a[at.OTHERS_RISK + slot] = 0.0
        a[at.OTHERS_STAYS_NET] = 0.0
        a[at.OTHERS_STAYS_RISK] = 0.0
    return begin_scopes(a, ak) if ak[at.SCOPE_COUNT] != 0 else 0


def add(a: Floats, ak: Ints, b: Floats, k: Ints) -> int:
    """One book more. Its counts of today are those of the account's day, if it has acted in that."""
    b[at.UNMET] = -1.0
    return add_share(a, ak, b, k)


def add_share(a: Floats, ak: Ints, b: Floats, k: Ints) -> int:
    """What a book comes to is added to the sums."""
    claim(b, k)
    a[at.OTHERS_VALUE] += b[at.VALUE]
    a[at.OTHERS_GROSS] += absolute(b[at.VALUE])
    a[at.OTHERS_CLAIM] += b[at.CLAIM]
    a[at.OTHERS_COST] += b[at.CLAIM_COST]
    a[at.LARGEST] = max(a[at.LARGEST], absolute(b[at.VALUE]))
    ak[at.OTHERS_HELD] += 1 if k[at.LOT_COUNT] > 0 else 0
    ak[at.OTHERS_OPEN] += k[at.TAKES_PLACE]
    ak[at.OTHERS_WAITING] += k[at.WAITING]
    if k[at.COUNTED_DAY] == ak[at.DAY]:
        ak[at.OTHERS_ENTRIES_TODAY] += k[at.ENTRIES_TODAY]
        ak[at.OTHERS_LOSSES_TODAY] += k[at.LOSSES_TODAY]
    if k[at.MORE_SUMS] != 0:
        claim_more(b, k)
        add_more(a, b)
    return add_to_scopes(a, ak, b, k) if k[at.SCOPE_COUNT] != 0 else 0


def add_more(a: Floats, b: Floats) -> int:
    """The sums that some limits need besides, and maintenance."""
    a[at.OTHERS_NEEDED] += needed(b)
    for slot in range(SUMS):
        a[at.OTHERS_RISK + slot] += b[at.OWN_RISK + slot]
    return 0


def add_marked(a: Floats, ak: Ints, b: Floats, k: Ints, time: int) -> int:
    """`add` after the marks: an exit that waits on then has met no open, and what it would close is held until it does.

    Its symbol may have no bar now, or never one again; so its room is not given away again. Exits of this event are
    decided later, and count as gone for what is entered at it. For what `reduce` orders out it is gone (`due`): else
    the others would be sold for what leaves at its own next open. Returns whether there is such an exit.
    """
    b[at.UNMET] = unmet(b, k, time)
    set_stays(b, k, b[at.UNMET])
    add_share(a, ak, b, k)
    a[at.OTHERS_STAYS] += b[at.STAYS]
    a[at.LARGEST_STAYS] = max(a[at.LARGEST_STAYS], b[at.STAYS])
    if k[at.MORE_SUMS] != 0:
        a[at.OTHERS_STAYS_NET] += b[at.STAYS_NET]
        a[at.OTHERS_STAYS_RISK] += b[at.STAYS_RISK]
    return 1 if b[at.UNMET] >= 0.0 else 0


# --- from book to book -----------------------------------------------------------------------------


def hand(a: Floats, ak: Ints, b: Floats, k: Ints) -> int:
    """A book gets the account's slots, and what the others come to: the sums less its own share."""
    for slot in range(at.ACCOUNT_FLOATS):
        b[slot] = a[slot]
    for slot in range(at.ACCOUNT_INTS):
        k[slot] = ak[slot]
    k[at.MINUTE_BEGAN] = ak[at.MINUTE_BEGAN]
    k[at.MINUTE_ORDERS] = ak[at.MINUTE_ORDERS]
    for guard in range(k[at.GUARD_COUNT]):
        k[guard_at(k, guard) + at.TRIPPED] = ak[guard_at(ak, guard) + at.TRIPPED]
        k[guard_at(k, guard) + at.ACTS] = ak[guard_at(ak, guard) + at.ACTS]
        b[mark_at(k, guard)] = a[mark_at(ak, guard)]
    if ak[at.FLOWS] != 0:
        for slot in range(at.PAID_IN, at.DAY_MOVED + 1):
            b[slot] = a[slot]
    if k[at.COUNTED_DAY] != k[at.DAY]:
        forget_today(k)
        k[at.COUNTED_DAY] = k[at.DAY]
    b[at.OTHERS_VALUE] = a[at.OTHERS_VALUE] - b[at.VALUE]
    b[at.OTHERS_GROSS] = max(a[at.OTHERS_GROSS] - absolute(b[at.VALUE]), 0.0)
    b[at.OTHERS_CLAIM] = max(a[at.OTHERS_CLAIM] - b[at.CLAIM], 0.0)
    b[at.OTHERS_COST] = a[at.OTHERS_COST] - b[at.CLAIM_COST]
    b[at.OTHERS_STAYS] = max(a[at.OTHERS_STAYS] - b[at.STAYS], 0.0)
    k[at.OTHERS_HELD] = ak[at.OTHERS_HELD] - (1 if k[at.LOT_COUNT] > 0 else 0)
    k[at.OTHERS_OPEN] = ak[at.OTHERS_OPEN] - k[at.TAKES_PLACE]
    k[at.OTHERS_WAITING] = ak[at.OTHERS_WAITING] - k[at.WAITING]
    k[at.OTHERS_ENTRIES_TODAY] = ak[at.OTHERS_ENTRIES_TODAY] - k[at.ENTRIES_TODAY]
    k[at.OTHERS_LOSSES_TODAY] = ak[at.OTHERS_LOSSES_TODAY] - k[at.LOSSES_TODAY]
    if k[at.MORE_SUMS] != 0:
        b[at.OTHERS_NEEDED] = a[at.OTHERS_NEEDED] - needed(b)
        for slot in range(SUMS):
            b[at.OTHERS_RISK + slot] = a[at.OTHERS_RISK + slot] - b[at.OWN_RISK + slot]
        b[at.OTHERS_STAYS_NET] = a[at.OTHERS_STAYS_NET] - b[at.STAYS_NET]
        b[at.OTHERS_STAYS_RISK] = max(a[at.OTHERS_STAYS_RISK] - b[at.STAYS_RISK], 0.0)
        b[at.OTHERS_RISK] = max(b[at.OTHERS_RISK], 0.0)
        b[at.OTHERS_RISK_CLAIM] = max(b[at.OTHERS_RISK_CLAIM], 0.0)
    return hand_scopes(a, ak, b, k) if k[at.SCOPE_COUNT] != 0 else 0


def take(a: Floats, ak: Ints, b: Floats, k: Ints) -> int:
    """What a book has made of the account goes back; the sums are those of the others and its own share as it is."""
    for slot in range(at.ACCOUNT_FLOATS):
        a[slot] = b[slot]
    for slot in range(at.ACCOUNT_INTS):
        ak[slot] = k[slot]
    ak[at.MINUTE_BEGAN] = k[at.MINUTE_BEGAN]
    ak[at.MINUTE_ORDERS] = k[at.MINUTE_ORDERS]
    claim(b, k)
    a[at.OTHERS_VALUE] = b[at.OTHERS_VALUE] + b[at.VALUE]
    a[at.OTHERS_GROSS] = b[at.OTHERS_GROSS] + absolute(b[at.VALUE])
    a[at.OTHERS_CLAIM] = b[at.OTHERS_CLAIM] + b[at.CLAIM]
    a[at.OTHERS_COST] = b[at.OTHERS_COST] + b[at.CLAIM_COST]
    a[at.OTHERS_STAYS] = b[at.OTHERS_STAYS] + b[at.STAYS]  # as of the marks: all share one excess
    ak[at.OTHERS_HELD] = k[at.OTHERS_HELD] + (1 if k[at.LOT_COUNT] > 0 else 0)
    ak[at.OTHERS_OPEN] = k[at.OTHERS_OPEN] + k[at.TAKES_PLACE]
    ak[at.OTHERS_WAITING] = k[at.OTHERS_WAITING] + k[at.WAITING]
    ak[at.OTHERS_ENTRIES_TODAY] = k[at.OTHERS_ENTRIES_TODAY] + k[at.ENTRIES_TODAY]
    ak[at.OTHERS_LOSSES_TODAY] = k[at.OTHERS_LOSSES_TODAY] + k[at.LOSSES_TODAY]
    if k[at.MORE_SUMS] != 0:
        a[at.OTHERS_NEEDED] = b[at.OTHERS_NEEDED] + needed(b)
        claim_more(b, k)
        for slot in range(SUMS):
            a[at.OTHERS_RISK + slot] = b[at.OTHERS_RISK + slot] + b[at.OWN_RISK + slot]
        a[at.OTHERS_STAYS_NET] = b[at.OTHERS_STAYS_NET] + b[at.STAYS_NET]
        a[at.OTHERS_STAYS_RISK] = b[at.OTHERS_STAYS_RISK] + b[at.STAYS_RISK]
    return take_scopes(a, ak, b, k) if k[at.SCOPE_COUNT] != 0 else 0


# --- the account's own phases ----------------------------------------------------------------------


def begin_day(a: Floats, ak: Ints, day: float) -> int:
    """A new day in the calendar zone; books forget their counts of the day before when they are next handed it."""
    ak[at.DAY] += 1
    ak[at.OTHERS_ENTRIES_TODAY] = 0
    ak[at.OTHERS_LOSSES_TODAY] = 0
    return begin_account(a, ak, day)


def mark_account(a: Floats, ak: Ints) -> int:
    """Equity once all books are marked; its extremes move once an event."""
    a[at.EQUITY] = a[at.CASH] + a[at.OTHERS_VALUE]
    lift_marks(a, ak)
    return risk(a, ak, 1)


def set_basis(a: Floats, ak: Ints) -> int:
    """What weights are shares of, before what has to leave is known."""
    return begin_basis(a, a[at.OTHERS_COST])


def due_account(a: Floats, ak: Ints, guard: int) -> int:
    """Whether a guard acts at this mark; that on a position by the largest one."""
    here, scope = guard_at(ak, guard), scope_of(ak, guard)
    if is_gauge(ak, guard) != 0:
        return 0  # what it reads is known once the series are
    if ak[here + at.GUARD_KIND] != at.POSITION:
        return due(a, ak, guard)
    if ak[here + at.GUARD_ACTION] == at.REDUCE:
        largest = others(a, ak, scope, at.LARGEST_STAYS, at.SCOPE_LARGEST_STAYS)
    else:
        largest = others(a, ak, scope, at.LARGEST, at.SCOPE_LARGEST)
    return 1 if largest > beyond(a[ak[at.THRESHOLDS] + guard]) * a[at.EQUITY] else 0


def tripped_account(a: Floats, ak: Ints) -> int:
    """Whether a guard that has an action, and has not acted, is over."""
    for guard in range(ak[at.GUARD_COUNT]):
        if is_armed(ak, guard) != 0 and due_account(a, ak, guard) != 0:
            return 1
    return 0


def trip_account(a: Floats, ak: Ints, orders: Floats, index: int, time: int) -> int:
    """Every such guard acts: it halts the account, and each book has its part to do (`trip_book`)."""
    ak[at.NOW] = index
    ak[at.NOW_TIME] = time
    for guard in range(ak[at.GUARD_COUNT]):
        if is_armed(ak, guard) != 0 and due_account(a, ak, guard) != 0:
            act_account(a, ak, orders, guard)
    return 0


def act_account(a: Floats, ak: Ints, orders: Floats, guard: int) -> int:
    """One guard acts: each book has its part to do."""
    ak[at.TRIPS] += 1
    ak[guard_at(ak, guard) + at.ACTS] = 1
    return halt(a, ak, orders, guard, ak[at.OTHERS_HELD])


def trip_book(b: Floats, k: Ints, orders: Floats, index: int, time: int, close: float) -> int:
    """The part of one book, of one without a bar now as well; a position that is too large is that of its book alone.

    All books order before any fills, so that the shares of one excess are of one account.
    """
    begin(b, k, index, time)
    ordered = ordered_out(b, k)
    for guard in range(k[at.GUARD_COUNT]):
        here = guard_at(k, guard)
        own = k[here + at.GUARD_KIND] == at.POSITION and k[here + at.GUARD_ACTION] == at.REDUCE
        inside = is_inside(k, scope_of(k, guard)) != 0
        if k[here + at.ACTS] != 0 and inside and (not own or due(b, k, guard) != 0):
            order_out(b, k, orders, guard, close, ordered)
            halt_inside(b, k, orders, guard)
    return refresh(b, k)


def halt_inside(b: Floats, k: Ints, orders: Floats, guard: int) -> int:
    """What a guard of a group halts is told of each symbol in it, where no exit does."""
    action = k[guard_at(k, guard) + at.GUARD_ACTION]
    if scope_of(k, guard) == 0 or action == at.REDUCE or (action == at.FLATTEN and side_held(b) != 0):
        return 0
    return halt_row(b, k, orders, k[guard_at(k, guard) + at.GUARD_KIND])


def trip_fill(
    b: Floats, k: Ints, trades: Floats, orders: Floats, records: Floats, index: int, time: int, close: float
) -> int:
    """What the guards ordered out of a book at its close fills at it, where that is the fill policy."""
    begin(b, k, index, time)
    fill_now(b, k, trades, orders, records, close)
    return refresh(b, k)


def end_trips(a: Floats, ak: Ints) -> int:
    """Every book has done its part."""
    for guard in range(ak[at.GUARD_COUNT]):
        ak[guard_at(ak, guard) + at.ACTS] = 0
    return 0

"""A margin call of an account that several books share: too little is left of it for what they hold.

It is asked once all books are marked, at the closes of an event: what an account is worth inside its bars nobody knows,
as nothing says where the others were when one of them stood at its low. What leaves leaves whole, at its close, the
position that needs most first, until enough is left; each fill with its cost is booked before the next is asked for. A
book without a close now cannot be sold, and counts on at its last one.
"""

from __future__ import annotations

from . import layout as at
from . import rows
from .account import hand, take
from .buffers import Floats, Ints
from .fill import begin
from .liquidate import liquidate
from .margin import needed
from .orders import cancel_entries
from .watch import refresh


def unasked(a: Floats) -> int:
    """Nobody is asked yet at this event."""
    a[at.NEEDS_MOST] = -1.0
    return 0


def is_called(a: Floats, ak: Ints) -> int:
    """Whether no more is left of the account than its books need, and some of them may still leave."""
    if a[at.NEEDS_MOST] == 0.0 or a[at.OTHERS_NEEDED] == 0.0:
        return 0
    return 1 if a[at.CASH] + a[at.OTHERS_VALUE] <= a[at.OTHERS_NEEDED] else 0


def ask(a: Floats) -> int:
    """Nothing can leave, unless a book says so."""
    a[at.NEEDS_MOST] = 0.0
    return 0


def offer(a: Floats, b: Floats, close: float) -> int:
    """What one book needs that can leave at this close."""
    if close == close:
        a[at.NEEDS_MOST] = max(a[at.NEEDS_MOST], needed(b))
    return 0


def answer(
    a: Floats,
    ak: Ints,
    b: Floats,
    k: Ints,
    trades: Floats,
    orders: Floats,
    records: Floats,
    index: int,
    time: int,
    close: float,
) -> int:
    """The position that needs most leaves, of equal ones the first."""
    if close != close or a[at.NEEDS_MOST] <= 0.0 or needed(b) != a[at.NEEDS_MOST]:
        return 0
    a[at.NEEDS_MOST] = -1.0
    hand(a, ak, b, k)
    begin(b, k, index, time)
    liquidate(b, k, trades, orders, records, close, rows.AT_CLOSE)
    refresh(b, k)
    take(a, ak, b, k)
    return 0


def end_entries(b: Floats, k: Ints, orders: Floats, index: int, time: int) -> int:
    """No entry waits or rests any more, in any book."""
    begin(b, k, index, time)
    cancel_entries(b, k, orders, 0, rows.LIQUIDATED, at.WAITS)
    return refresh(b, k)

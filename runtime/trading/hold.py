"""A position to hold becomes the orders that lead there: only the difference is traded.

A hold has five places among the statements: its wish, and the parts it trades by, an exit and an entry of each side.
The wish is compared with what is expected once everything accepted has filled. What is too much becomes the wish of an
exit, which of several books all decide before any of them enters; what lacks that of an entry, which is added to the
one lot of its side at the average price; and what is to be held on the other side that of an entry there, which
reverses. From there on they are orders like any other.

Weights are shares of BASIS: of the equity of the mark, less what is accepted and what all that has to leave will cost.
So they are shares of the same money for every book of an event, and weights of 100 % together fit into an exposure of
100 %. The cost of leaving depends on BASIS and that on it, in a straight line: `reckon` sums both ends of it.
"""

from __future__ import annotations

from ...stdlib.arith import absolute, div
from . import layout as at
from . import rows
from .buffers import Floats, Ints
from .claim import claim
from .expect import expect
from .orders import refuse
from .places import inbox_at, own_at, statement_at
from .prices import farther, lots_down, order_cost, unit_cost
from .sizing import affordable

# --- what weights are shares of --------------------------------------------------------------------


def set_own_basis(b: Floats, k: Ints, close: float) -> int:
    """BASIS where one book is all there is."""
    claim(b, k)
    begin_basis(b, b[at.CLAIM_COST])
    reckon(b, k, b, k, close)
    return settle_basis(b, k)


def begin_basis(a: Floats, cost: float) -> int:
    """Equity less the cost of what was accepted before."""
    a[at.BASIS] = a[at.EQUITY] - cost
    a[at.SALES_COST] = 0.0
    a[at.SALES_RISE] = 0.0
    return 0


def reckon(a: Floats, ak: Ints, b: Floats, k: Ints, close: float) -> int:
    """What the holds of one book have to sell, or buy back, at this close will cost the account."""
    if k[at.HOLDS] == 0:
        return 0
    b[at.BASIS] = a[at.BASIS]
    b[at.WORTH] = close if close == close else b[at.PRICE]
    expect(b, k, b[at.WORTH])
    for nth in range(k[at.OWN_COUNT]):
        statement = own_at(k, nth)
        here, inbox = statement_at(k, statement), inbox_at(k, statement)
        if k[here + at.KIND] == at.HOLD and k[here + at.ACCEPTS] != at.CANNOT and b[inbox + at.WANTED] != 0.0:
            reckon_one(a, b, k, statement, b[inbox + at.SIZE])
    return 0


def reckon_one(a: Floats, b: Floats, k: Ints, statement: int, size: float) -> int:
    """That of one hold: of its surplus, or of the whole of the other side. A leg of the side that is held has none."""
    side = sign(b[at.EXPECTED])
    leg = k[statement_at(k, statement) + at.ATOMIC] != 0
    if lacks(b, size) != rows.NO_REASON or (leg and sign(size) == side):
        return 0
    less = surplus(b, k, statement, size)
    if sign(size) == -side:
        less = absolute(b[at.EXPECTED])
    a[at.SALES_COST] += order_cost(b, less, b[at.WORTH], -side, at.EXIT_COSTS)
    if less > 0.0 and sign(size) == side and k[statement_at(k, statement) + at.SIZE_KIND] == at.FRACTION:
        each = div(unit_cost(b, b[at.WORTH], -side, at.EXIT_COSTS), unit_value(b))
        a[at.SALES_RISE] += absolute(size) * each
    return 0


def settle_basis(a: Floats, ak: Ints) -> int:
    """BASIS such that what has to leave because of it costs just what it leaves out."""
    a[at.BASIS] -= div(a[at.SALES_COST], 1.0 - a[at.SALES_RISE])
    return 0


# --- a wish becomes that of a part -----------------------------------------------------------------


def sign(x: float) -> int:
    """1, -1 or 0."""
    if x > 0.0:
        return 1
    return -1 if x < 0.0 else 0


def is_hold(k: Ints, here: int) -> int:
    """Whether a statement is a hold that acts alone, no leg of a group."""
    return 1 if k[here + at.KIND] == at.HOLD and k[here + at.ATOMIC] == 0 else 0


def exit_part(side: int) -> int:
    """Which part closes a side."""
    return at.PART_EXIT_LONG if side == at.LONG else at.PART_EXIT_SHORT


def enter_part(side: int) -> int:
    """Which part opens a side."""
    return at.PART_ENTER_LONG if side == at.LONG else at.PART_ENTER_SHORT


def hold_leave(b: Floats, k: Ints, orders: Floats, statement: int) -> int:
    """The wish of a hold as the wish of an exit, where it holds less; a wish that says nothing is denied."""
    size = b[inbox_at(k, statement) + at.SIZE]
    missing = lacks(b, size)
    if missing != rows.NO_REASON:
        part = tell(b, k, statement, enter_part(at.SHORT if size < 0.0 else at.LONG), 0.0)
        b[inbox_at(k, part) + at.WANTED] = 0.0
        b[inbox_at(k, statement) + at.WANTED] = 0.0
        return refuse(b, k, orders, part, 0.0, rows.REFUSED, missing, at.MISSING, at.MISSING)
    less = surplus(b, k, statement, size)
    if less > 0.0:
        tell(b, k, statement, exit_part(sign(b[at.EXPECTED])), less)
        b[inbox_at(k, statement) + at.WANTED] = 0.0
    return 0


def hold_enter(b: Floats, k: Ints, statement: int) -> int:
    """The wish of a hold as the wish of an entry, where it holds more, or the other side.

    A quantity beyond what a number can be is missing, and wished as well: it is denied as a size that is missing.
    """
    size = b[inbox_at(k, statement) + at.SIZE]
    more = shortfall(b, k, statement, size)
    if more > 0.0 or more != more:
        tell(b, k, statement, enter_part(sign(size)), more)
    return 0


def tell(b: Floats, k: Ints, statement: int, part: int, size: float) -> int:
    """A part of a hold wishes so many units, for the reason that the hold has. Returns its number."""
    there, here = inbox_at(k, statement + part), inbox_at(k, statement)
    b[there + at.WANTED] = 1.0
    b[there + at.SIZE] = size
    for text in range(at.TEXT_COUNT):
        b[there + at.TEXT + text] = b[here + at.TEXT + text]
    return statement + part


# --- the difference --------------------------------------------------------------------------------


def lacks(b: Floats, size: float) -> int:
    """Which value is missing without which nothing can be held."""
    if size != size:
        return rows.MISSING_SIZE
    return rows.NO_PRICE if b[at.WORTH] != b[at.WORTH] or b[at.WORTH] == 0.0 else rows.NO_REASON


def surplus(b: Floats, k: Ints, statement: int, size: float) -> float:
    """How much of what is expected is too much, in whole lots; 0 where the other side is wished, or more (more than
    a number can be too: of a missing quantity nothing is left out of BASIS, which is of all books)."""
    side, held = sign(b[at.EXPECTED]), absolute(b[at.EXPECTED])
    if side == 0 or sign(size) == -side:
        return 0.0
    if size == 0.0:
        return held  # nothing of it is to be held: a band is room beside a position, no reason to keep one
    less = held - aimed(b, k, statement, absolute(size))
    return 0.0 if not less > 0.0 or is_small(b, k, statement, less) != 0 else lots_down(b, less)


def shortfall(b: Floats, k: Ints, statement: int, size: float) -> float:
    """How much is to be entered on the side that is wished; on one already held in whole lots."""
    side, held = sign(size), absolute(b[at.EXPECTED])
    if side == 0:
        return 0.0
    if sign(b[at.EXPECTED]) == -side:
        more = entered(b, k, statement, absolute(size), 0.0, side)
        return 0.0 if is_small(b, k, statement, more + held) != 0 else more
    more = entered(b, k, statement, absolute(size), held, side)
    if more <= 0.0 or is_small(b, k, statement, more) != 0:
        return 0.0
    return lots_down(b, more) if held > 0.0 else more


def unit_value(b: Floats) -> float:
    """Gross value of one unit."""
    return b[at.POINT_VALUE] * absolute(b[at.WORTH])


def aimed(b: Floats, k: Ints, statement: int, size: float) -> float:
    """The quantity to hold, of what is held already."""
    kind = k[statement_at(k, statement) + at.SIZE_KIND]
    if kind == at.IN_UNITS:
        return size
    return div(size * b[at.BASIS] if kind == at.FRACTION else size, unit_value(b))


def entered(b: Floats, k: Ints, statement: int, size: float, held: float, side: int) -> float:
    """The quantity to enter; of a share of equity its value and what entering costs are within that share."""
    if k[statement_at(k, statement) + at.SIZE_KIND] != at.FRACTION:
        return aimed(b, k, statement, size) - held
    budget = size * b[at.BASIS] - held * unit_value(b)
    return affordable(b, budget, b[at.WORTH], side) if budget > 0.0 else 0.0


def is_small(b: Floats, k: Ints, statement: int, quantity: float) -> int:
    """Whether a difference lies within the band of a hold, or is rounding."""
    band = farther(b[inbox_at(k, statement) + at.BAND], at.SLACK, 1)
    return 1 if quantity * unit_value(b) < band * b[at.BASIS] else 0

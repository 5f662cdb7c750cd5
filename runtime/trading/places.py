"""Where the entries of the tables stand: the first slot of each."""

from __future__ import annotations

from . import layout as at
from .buffers import Floats, Ints


def statement_at(k: Ints, statement: int) -> int:
    """A statement's entry, in k."""
    return k[at.STATEMENTS] + statement * at.STATEMENT_WIDTH


def own_at(k: Ints, place: int) -> int:
    """A statement that may act in this book, by its place among those."""
    return k[k[at.OWN_LIST] + place]


def told(k: Ints, statement: int) -> int:
    """The statement that a row names: the parts of a hold are that. -1 is nobody's."""
    return statement if statement < 0 else statement - k[statement_at(k, statement) + at.PART]


def first_of(k: Ints, statement: int) -> int:
    """The first order of a statement's ladder; of any other statement itself."""
    rung = k[statement_at(k, statement) + at.RUNG]
    return statement - rung + 1 if rung > 0 else statement


def inbox_at(k: Ints, statement: int) -> int:
    """What a statement wishes at this bar, in b."""
    return k[at.INBOX] + statement * at.INBOX_WIDTH


def kept_at(k: Ints, statement: int) -> int:
    """What it wished when its order was decided, in b."""
    return k[at.KEPT] + statement * at.INBOX_WIDTH


def order_at(k: Ints, place: int) -> int:
    """The row of an order in b: of a statement by its number, then the guards', then one to write rows from."""
    return k[at.ORDERS] + place * at.ORDER_WIDTH


def guards_order(k: Ints) -> int:
    """The row of the exit that a guard ordered."""
    return order_at(k, k[at.STATEMENT_COUNT])


def spare_order(k: Ints) -> int:
    """The row from which wishes that place nothing, expiries and halts are written."""
    return order_at(k, k[at.STATEMENT_COUNT] + 1)


def lot_at(k: Ints, lot: int) -> int:
    """An open lot in b, counted from the oldest."""
    return k[at.LOTS] + k[k[at.LOT_LIST] + lot] * k[at.LOT_STRIDE]


def row_at(lot: int, row: int) -> int:
    """One of the rows of a lot, which follow it."""
    return lot + at.LOT_WIDTH + row * at.ORDER_WIDTH


def target_of(k: Ints, lot: int) -> int:
    """The row of a lot's target."""
    return row_at(lot, k[at.LEVELS] - 1)


def state_of(b: Floats, k: Ints, statement: int) -> int:
    """What the order of a statement does: NO_ORDER, WAITS, RESTS, TRIGGERED or DOUBTED."""
    return int(b[order_at(k, statement) + at.STATE])


def rests(b: Floats, k: Ints, statement: int) -> int:
    """Whether the order of a statement rests, before its trigger or past it."""
    return 1 if state_of(b, k, statement) >= at.RESTS else 0


def side_held(b: Floats) -> int:
    """1 long, -1 short, 0 flat."""
    if b[at.QUANTITY] > 0.0:
        return 1
    return -1 if b[at.QUANTITY] < 0.0 else 0

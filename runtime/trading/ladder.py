"""Ladders: an entry that rests as several orders, each a statement of its own with one lot at a time.

Those of one ladder stand one after another among the statements. In each position an order has one lot; with `again`
it is placed anew at the close of the bar in which its lot has left, as it was wished, for what is left of its life.
"""

from __future__ import annotations

from . import layout as at
from .buffers import Floats, Ints
from .orders import is_over
from .places import first_of, inbox_at, kept_at, own_at, side_held, state_of, statement_at


def rung_accepts(k: Ints, statement: int) -> int:
    """Whether an order of a ladder could be placed or moved while its side is held: by lots of its ladder alone."""
    here = statement_at(k, statement)
    if k[here + at.LIVE] > 0 or (k[here + at.USED] != 0 and k[here + at.AGAIN] == 0):
        return at.CANNOT
    return at.COULD if lots_of(k, statement) == k[at.LOT_COUNT] else at.CANNOT


def lots_of(k: Ints, statement: int) -> int:
    """How many open lots are those of a statement's ladder."""
    first, lots = first_of(k, statement), 0
    for rung in range(k[statement_at(k, statement) + at.RUNGS]):
        lots += k[statement_at(k, first + rung) + at.LIVE]
    return lots


def is_due(b: Floats, k: Ints, statement: int) -> int:
    """Whether an order's lot has left, and it may be placed anew."""
    here = statement_at(k, statement)
    if k[here + at.AGAIN] == 0 or k[here + at.USED] == 0 or k[here + at.LIVE] > 0:
        return 0
    return 1 if state_of(b, k, statement) == at.NO_ORDER else 0


def wish_again(b: Floats, k: Ints) -> int:
    """Orders whose lots have left wish once more what they wished, unless they are wished anew at this close."""
    for nth in range(k[at.OWN_COUNT]):
        statement = own_at(k, nth)
        if is_due(b, k, statement) == 0 or b[inbox_at(k, statement) + at.WANTED] != 0.0:
            continue
        here = statement_at(k, statement)
        if is_over(b, k, statement) != 0:
            k[here + at.USED] = 0
            continue
        held = side_held(b) == k[here + at.SIDE]
        k[here + at.ACCEPTS] = rung_accepts(k, statement) if held else at.COULD
        if k[here + at.ACCEPTS] == at.COULD:
            to, kept = inbox_at(k, statement), kept_at(k, statement)
            for slot in range(k[at.KEPT_SLOTS]):
                b[to + slot] = b[kept + slot]
            b[to + at.WANTED] = 1.0
            k[here + at.USED] = at.RENEWED
            k[at.WANTS] = 1
    return 0


def withheld(k: Ints, statement: int) -> int:
    """At the end of a close: what was not placed anew is tried at the next one."""
    here = statement_at(k, statement)
    if k[here + at.USED] == at.RENEWED:
        k[here + at.USED] = 1
    return 0

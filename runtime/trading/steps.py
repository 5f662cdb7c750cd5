"""Instructions of one `sequence`: positions that are taken one after another.

An instruction is a hold for one book. The first may be wished while its sequence is idle; any other one when its turn
has come, which is when the one before has filled and its book holds what was expected of it. It is placed whole, or
denied; a sequence whose instruction is denied, or leaves another position than was expected, is over, and what it has
not come to is never ordered. LEG says of each instruction how far it is: TURN, BOUND while it is under way, and of the
first IDLE while another one is, so that a sequence that lives is not begun again. The position that an instruction is
to leave stands as the AMOUNT of the row of its hold, which never has an order of its own.

Each function is of one instruction; those that change anything stand between `hand` and `take`.
"""

from __future__ import annotations

from ...stdlib.arith import absolute
from . import layout as at
from . import rows
from .buffers import Floats, Ints
from .fill import begin
from .hold import enter_part, exit_part, sign, tell
from .legs import forget, part_waiting, settle_leg
from .orders import refuse
from .places import order_at, side_held, statement_at
from .watch import refresh


def settle_step(
    b: Floats, k: Ints, trades: Floats, orders: Floats, records: Floats, statement: int, close: float
) -> int:
    """An instruction that was proposed is under way: it fills at this close, waits for its next open, or has nothing
    to do. Returns whether it has an order."""
    placed = settle_leg(b, k, trades, orders, records, statement, close)
    part = part_waiting(b, k, statement)
    if part >= 0:
        b[order_at(k, part) + at.FROM] = k[at.NOW] + 1
    k[statement_at(k, statement) + at.LEG] = at.BOUND
    b[order_at(k, statement) + at.AMOUNT] = b[at.EXPECTED]
    return placed


def step_status(b: Floats, k: Ints, statement: int) -> int:
    """Of an instruction under way: 1 once its book holds what was expected, 2 where it holds something else.

    0 while its order waits, and of any other instruction.
    """
    if k[statement_at(k, statement) + at.LEG] != at.BOUND or part_waiting(b, k, statement) >= 0:
        return 0
    expected, held = b[order_at(k, statement) + at.AMOUNT], b[at.QUANTITY]
    room = at.SLACK * max(absolute(expected), absolute(held))
    return 1 if absolute(held - expected) <= room else 2


def step_turn(b: Floats, k: Ints, statement: int, turn: int) -> int:
    """Its turn has come (TURN), it has had it (NO_LEG), or as the first one it waits for the others (IDLE)."""
    k[statement_at(k, statement) + at.LEG] = turn
    return refresh(b, k)


def end_step(b: Floats, k: Ints, orders: Floats, statement: int, index: int, time: int) -> int:
    """It left another position than was expected, which a row tells: its sequence goes no further."""
    begin(b, k, index, time)
    expected = b[order_at(k, statement) + at.AMOUNT]
    side = side_held(b)
    part = enter_part(sign(expected)) if expected != 0.0 else exit_part(side if side != 0 else at.LONG)
    part = tell(b, k, statement, part, 0.0)
    refuse(b, k, orders, part, absolute(expected), rows.CANCELLED, rows.POSITION_DIFFERS, at.MISSING, at.MISSING)
    forget(b, k, statement)
    k[statement_at(k, statement) + at.LEG] = at.NO_LEG
    return refresh(b, k)

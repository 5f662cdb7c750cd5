"""Liquidation: a position of which too little is left leaves, where the path through the bar comes to that."""

from __future__ import annotations

from ...stdlib.arith import absolute
from . import layout as at
from . import rows
from .buffers import Floats, Ints
from .execute import leave
from .margin import falls_short
from .orders import NO_TEXTS, cancel_entries, end_orphans, filled_row, number_order, order_row
from .places import side_held, spare_order


def call_margin(
    b: Floats, k: Ints, trades: Floats, orders: Floats, records: Floats, price: float, moment: int
) -> int:
    """A position that falls short where the market stands is liquidated there; returns whether it was."""
    if falls_short(b, price) == 0:
        return 0
    return liquidate(b, k, trades, orders, records, price, moment)


def liquidate(
    b: Floats, k: Ints, trades: Floats, orders: Floats, records: Floats, price: float, moment: int
) -> int:
    """All of the position leaves at the market; entries that wait or rest end."""
    side, held = side_held(b), absolute(b[at.QUANTITY])
    order = number_order(b, k, spare_order(k), -side, held, held, rows.LIQUIDATED)
    if b[at.ROOM] < at.FAR:  # it is no order of the account's: it is not cut, but uses up its part
        b[at.ROOM] = max(b[at.ROOM] - held, 0.0)
    filled = leave(b, k, trades, orders, records, order, held, price, moment, rows.BY_LIQUIDATION)
    row = order_row(b, k, orders, order, NO_TEXTS, -1, rows.GUARD_ORDER, side, rows.FILLED, held)
    filled_row(k, orders, row, filled, moment)
    cancel_entries(b, k, orders, 0, rows.LIQUIDATED, at.WAITS)
    end_orphans(b, k, orders)
    return 1

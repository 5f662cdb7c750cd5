"""Open risk: what is lost from a price if everything leaves at its stop; all of it where there is none."""

from __future__ import annotations

from collections.abc import Iterable
from math import isnan

from .book import Book
from .levels import Levels
from .orders import PROTECTS, Lot, Order
from .program import Rests
from .table import Table


def at_risk(rests: Rests, side: int, quantity: float, price: float, stop: float | None) -> float:
    lost = abs(price) if stop is None else max(0.0, side * (price - stop))
    return quantity * lost * rests.worth


def stop_of(table: Table, lot: Lot) -> float | None:
    """The nearest stop or trail that is at work, or will be without a touch."""
    levels = [o.level for o in table.brackets() if o.lot is lot and o.role in PROTECTS and isnan(o.after)]
    if not levels:
        return None
    return max(levels) if lot.side > 0 else min(levels)


def held(book: Book, table: Table, side: int, price: float, leaving: Iterable[Order] = ()) -> float:
    """Of the lots of a side; what waits to leave takes the oldest first, or a lot of its own."""
    leaving = list(leaving)
    gone = sum(order.quantity for order in leaving if order.lot is None)
    alone = [order.lot for order in leaving if order.lot is not None]
    total = 0.0
    for lot in book.lots if book.side == side else []:
        taken = min(gone, lot.quantity)
        gone -= taken
        if lot not in alone:
            total += at_risk(book.rests, side, lot.quantity - taken, price, stop_of(table, lot))
    return total


def of_orders(rests: Rests, levels: Levels, orders: Iterable[Order], side: int, mark: float) -> float:
    """Of entries of a side that wait, at the mark, and of those that rest, at their own prices."""
    total = 0.0
    for order in orders:
        if order.side == side:
            price = order.own_price if order.rests else mark
            stop = levels.first_stop(order.statement, order.said, price, grid=True)
            total += at_risk(rests, side, order.quantity, price, stop)
    return total


def of_unit(levels: Levels, order: Order, price: float) -> float:
    """Points of price that a unit of an entry may lose."""
    stop = levels.first_stop(order.statement, order.said, price, grid=True)
    return abs(price) if stop is None else max(0.0, order.side * (price - stop))

"""Time exits: which lots are over, and when they leave (26, R19)."""

from __future__ import annotations

from .book import NOTHING, Book
from .orders import Lot, Order
from .program import Enter, Program
from .table import Table

HOUR = 3_600_000_000
DAY = 24 * HOUR


class Expiries:
    """`expire` of the lots of one book.

    `bars` and `hours` are decided at a close and leave by the fill policy; `next_open`, `day` and a time of day are
    moments, at which a lot leaves whatever else waits.
    """

    def __init__(self, program: Program, book: Book, table: Table) -> None:
        self.program, self.rests, self.book, self.table = program, program.rests, book, table

    def at_open(self) -> None:
        """Lots whose moment this open is join the expiries that wait; all of them leave oldest first."""
        for lot in self.book.lots:
            if self.is_due(lot, self.book.now, at_open=True) and not self.order_of(lot):
                order = self.table.number(self.order(lot, lot.quantity))
                order.works_from = (self.book.bar, 0)
                self.table.orders.append(order)
        ages = {id(lot): at for at, lot in enumerate(self.book.lots)}
        waiting = self.table.waiting("expire")
        others = [o for o in self.table.orders if o not in waiting]
        self.table.orders[:] = others + sorted(waiting, key=lambda o: ages.get(id(o.lot), -1))

    def at_close(self, close: int, leaving: float) -> list[Order]:
        """What leaves at this close or is decided there, lot by lot. leaving: what exits that wait will take.

        Rule 26: a lot whose time is over leaves with what exits have left of it, each by an order of its own.
        """
        found = []
        for lot in self.book.lots:
            staying = max(0.0, lot.quantity - leaving)
            leaving -= lot.quantity - staying
            if self.order_of(lot):
                continue
            if self.is_due(lot, close, at_open=False):
                found.append(self.order(lot, lot.quantity, at_close=True))
            elif staying > NOTHING and self.is_over(lot, close):
                found.append(self.order(lot, staying))
        return found

    def order(self, lot: Lot, quantity: float, at_close: bool = False) -> Order:
        order = Order(-1, "expire", lot.side, lot.statement, self.book.bar)
        now = at_close or self.rests.fill == "this_close"
        order.works_from = (self.book.bar, 2) if now else (self.book.bar + 1, 0)
        order.lot, order.quantity, order.asked, order.all = lot, quantity, lot.quantity, True
        return order

    def certain(self) -> list[Order]:
        """Lots that the next open takes, which no order says yet: they count as orders that wait."""
        return [self.order(lot, lot.quantity) for lot in self.book.lots
                if self.statement(lot).expire_unit == "next_open" and not self.order_of(lot)]  # fmt: skip

    def order_of(self, lot: Lot) -> Order | None:
        return next((o for o in self.table.waiting("expire") if o.lot is lot), None)

    # --- when --------------------------------------------------------------------------------------

    def is_over(self, lot: Lot, close: int) -> bool:
        """Rule 26: so many bars or hours since the fill."""
        statement = self.statement(lot)
        if statement.expire is None:
            return False
        limit = statement.expire[lot.entry.said]
        if statement.expire_unit == "bars":
            return self.book.bar - lot.bar + 1 >= limit
        return close - lot.instant >= limit * HOUR

    def is_due(self, lot: Lot, instant: int, at_open: bool) -> bool:
        """R19: whether its moment has come by this open or close."""
        unit = self.statement(lot).expire_unit
        if unit in ("bars", "hours"):
            return False
        if unit == "next_open":
            return at_open and self.book.bar > lot.bar
        return passed(unit, instant) > passed(unit, lot.instant)

    def statement(self, lot: Lot) -> Enter:
        statement = self.program.statements[lot.statement]
        assert isinstance(statement, Enter)
        return statement


def passed(unit: str, instant: int) -> int:
    """How often a time of day ("15:55"; `day`: its end) had come by an instant, in UTC, from some fixed beginning."""
    hour, minute = (24, 0) if unit == "day" else map(int, unit.split(":"))
    return (instant - hour * HOUR - minute * HOUR // 60) // DAY


"""Orders that rest: their prices, their life, what a further wish does to them (R1, R2, R5, R7, R8)."""

from __future__ import annotations

from datetime import UTC, datetime
from math import isclose, isnan, nan

from .book import Book
from .expiries import HOUR
from .orders import Order
from .prices import down, stands, up
from .program import Cancel, Enter, Exit, Level, Program, Rung
from .table import Table

RESTATED = ("bar", "wished", "asked", "quantity", "all", "reason", "works_from", "type", "limit", "trigger",
            "triggered", "doubted", "last", "ends", "day")  # fmt: skip
"""What a wish that moves an order gives it."""


class Resting:
    """The resting orders of one program."""

    def __init__(self, program: Program, book: Book, table: Table) -> None:
        self.program, self.rests, self.book, self.table = program, program.rests, book, table
        self.close = 0

    # --- prices ------------------------------------------------------------------------------------

    def price(self, order: Order, statement: Enter | Exit, close: float) -> bool:
        """Gives an order its prices (R2). False where one is missing: nothing is placed."""
        rest = statement.rest
        if rest is None:
            return True
        rung = statement.rung if isinstance(statement, Enter) else None
        order.limit = self.on_grid(rest.limit, order, close, -1, rung, 1 if rest.trigger else -1)
        order.trigger = self.on_grid(rest.trigger, order, close, 1, rung, 1)
        order.type = "limit" if rest.trigger is None else "trigger_limit" if rest.limit else "trigger"
        missing = [level for level, price in ((rest.limit, order.limit), (rest.trigger, order.trigger))
                   if level is not None and isnan(price)]  # fmt: skip
        return not missing

    def on_grid(
        self, level: Level | None, order: Order, close: float, toward: int, rung: Rung | None, away: int
    ) -> float:
        """toward: 1 where a purchase stands above the close, -1 where below it; away: the same of further rungs."""
        if level is None:
            return nan
        price = stands(level, order.said, close, order.buys, toward)
        if rung:
            step = rung.ladder.step.values[order.said]
            step *= abs(price) if rung.ladder.step.kind == "ratio" else 1.0
            price = price + order.buys * away * rung.place * step if step > 0.0 else nan
        return (up if order.buys * toward > 0 else down)(price, self.rests.tick)

    # --- life --------------------------------------------------------------------------------------

    def live(self, order: Order, statement: Enter | Exit, close: int) -> None:
        """Gives an order its life (R7). close: the instant of the decision."""
        rest, at = statement.rest, order.bar
        if rest is None:
            return
        order.works_from = (at + 1, 0)
        if rest.unit == "bars" and rest.valid is not None:
            order.last = at + rest.valid[at]
        elif rest.unit == "hours" and rest.valid is not None:
            order.ends = close + rest.valid[at] * HOUR
        elif rest.unit == "day":
            order.day = "?"
        elif rest.until is None:
            order.last = at + 1

    def begin(self) -> None:
        """A bar begins. R7: `valid day` is the day of the first bar it could work on, and over before another."""
        today = datetime.fromtimestamp(self.book.now / 1e6, UTC).date().isoformat()
        for order in [o for o in self.table.orders if o.day and o.rests]:
            if order.day == "?":
                order.day = today
            elif order.day != today:
                self.table.settle(order, "expired")
        self.table.anew = {n: o for n, o in self.table.anew.items() if o.day in ("", today)}

    def end(self, close: int) -> None:
        """At a close, before its wishes: lives that are over, then what is cancelled (R7, R8)."""
        at, self.close = self.book.bar, close
        for order in [o for o in self.table.orders if o.rests and (at >= o.last or close >= o.ends)]:
            wished = self.program.statements[order.statement]
            assert isinstance(wished, Enter | Exit)
            if not wished.when[at] or not self.may_rest(order.statement, wished):
                self.table.settle(order, "expired")
                continue
            self.table.orders.remove(order)
            self.table.over[order.statement] = order
        for number, statement in enumerate(self.program.statements):
            order = self.table.of(number)
            if self.holds_until(number):
                self.table.anew.pop(number, None)
                if order:
                    self.table.settle(order, "cancelled", "until")
            if isinstance(statement, Cancel) and statement.when[at]:
                self.table.cancel_entries(self.table.resting("enter", statement.side), statement.side, "cancel")

    def buried(self) -> None:
        """What no wish of this close has renewed is over."""
        self.table.stillborn = []
        for order in self.table.over.values():
            self.table.settle(order, "expired")
        self.table.over = {}

    def holds_until(self, number: int) -> bool:
        statement = self.program.statements[number]
        rest = statement.rest if isinstance(statement, Enter | Exit) else None
        return rest is not None and rest.until is not None and rest.until[self.book.bar]

    def may_rest(self, number: int, statement: Enter | Exit) -> bool:
        """Whether nothing ends on this bar what the statement would place (R7, R8)."""
        ends = [s for s in self.program.statements if isinstance(s, Cancel) and s.side == statement.side]
        cancelled = isinstance(statement, Enter) and any(s.when[self.book.bar] for s in ends)
        return not cancelled and not self.holds_until(number)

    # --- wishes ------------------------------------------------------------------------------------

    def place(self, wish: Order) -> None:
        """R5: a new order, or the statement's own moved, renewed, or left as it is."""
        order = self.table.of(wish.statement)
        renewed = self.table.over.pop(wish.statement, None)
        if order is not None and self.is_same(order, wish):
            order.day = "?" if order.day else ""  # wished at the day's last close it is one of the next day
            return
        for partly in (order, renewed):  # what has got a part is not moved: it ends, and the wish is another order
            if partly and partly.got:
                self.table.settle(partly, "expired")
                order = renewed = None
        moved = order or renewed
        if moved is None:
            moved = self.table.number(wish)
        else:
            same = moved is renewed and self.is_same(moved, wish)  # a trigger that was reached stays so
            for name in RESTATED:
                if not (same and name in ("triggered", "doubted")):
                    setattr(moved, name, getattr(wish, name))
        self.table.given(self.close)
        self.table.anew.pop(wish.statement, None)  # of a ladder that is placed anew it is this one from now on
        if moved is not order:
            self.table.orders.append(moved)
        if moved.last <= self.book.bar:  # a life of no bar
            self.table.settle(moved, "expired")
            self.table.stillborn.append(moved)

    @staticmethod
    def is_same(one: Order, other: Order) -> bool:
        """The same prices and quantity; of one that has got a part the prices alone."""
        names = ("limit", "trigger") if one.got else ("limit", "trigger", "quantity")
        pairs = [(getattr(one, name), getattr(other, name)) for name in names]
        return all(isclose(a, b, rel_tol=1e-9) or (isnan(a) and isnan(b)) for a, b in pairs)



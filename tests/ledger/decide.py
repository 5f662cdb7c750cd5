"""Decisions: which statements act on a bar, and which orders they become (rules 20, 21, 26, 27)."""

from __future__ import annotations

from math import inf

from .book import NOTHING, Book
from .guards import Guards
from .match import Matching
from .orders import BRACKETS, CLOSE, Lot, Order
from .prices import down
from .program import Enter, Exit, Program
from .sizing import Preview, asked, missing


class Deciding:
    """The statements of a program, against one book."""

    def __init__(self, program: Program, book: Book, matching: Matching, guards: Guards) -> None:
        self.program, self.rests, self.book = program, program.rests, book
        self.matching, self.guards = matching, guards
        self.numbers = 0
        matching.at_fill = self.again
        self.conflicts = 0
        self.full = 0
        self.spent: dict[int, int] = {}  # exit statement -> the bar on which the position it acted in began

    # --- one bar -----------------------------------------------------------------------------------

    def bar(self, at: int, close: float) -> None:
        """Rule 18 (6): exits first, then lots whose time is over, then entries in the order of the text.

        What a statement may do follows from what was held before any of them acted.
        """
        self.close, self.side, self.before = close, self.book.side, list(self.book.lots)
        acted = self.exits(at)
        self.expiries(at)
        self.entries(at, acted)

    def protect(self, at: int) -> None:
        """Rule 29: what guards close is decided before the statements, and leaves by the fill policy."""
        for guard in self.guards.guards:
            if not self.guards.trips(guard):
                continue
            quantity = self.guards.closes(guard)
            leaving = next((o for o in self.matching.orders if o.role == "guard"), None)
            if leaving and guard.action != "halt":  # of several closings the largest
                leaving.asked = leaving.quantity = max(leaving.quantity, quantity)
                continue
            order = self.order("guard", self.book.side, -1, at, "")
            order.asked = order.quantity = quantity
            order.reason = guard.name
            if quantity:
                self.matching.orders.append(order)
            else:
                self.refuse(order, "halted", guard.name)
        self.matching.markets(CLOSE)

    def preview(self) -> Preview:
        waiting = [o for o in self.matching.orders if o.role not in BRACKETS]
        return Preview(self.rests, self.book, self.close, waiting)

    def order(self, role: str, side: int, statement: int, at: int, fill: str) -> Order:
        works = (at, 2) if (fill or self.rests.fill) == "this_close" else (at + 1, 0)
        order = Order(self.numbers, role, side, statement, at, works_from=works)
        self.numbers += 1
        return order

    def accept(self, order: Order) -> None:
        """It waits for its moment; where that is this very close, it fills here."""
        self.matching.orders.append(order)
        if order.works_from == (order.bar, 2):
            self.matching.fill_market(order, CLOSE)

    # --- leaving -----------------------------------------------------------------------------------

    def exits(self, at: int) -> bool:
        """Rules 21 and 27: exits in the order of the text, on what those before have left. Whether one acted."""
        acted, begun = False, self.book.begun
        for number, statement in enumerate(self.program.statements):
            if not isinstance(statement, Exit) or not statement.when[at] or self.side != statement.side:
                continue
            left = self.preview().held
            if left <= NOTHING or (statement.once and self.spent.get(number) == begun):
                continue
            order = self.order("exit", statement.side, number, at, statement.fill)
            order.asked = self.leaving(statement, at, left)
            order.all = statement.sizing == "all"
            whole = order.asked >= self.book.held
            order.quantity = inf if whole else min(down(order.asked, self.rests.lot), left)
            if order.quantity <= NOTHING:
                self.refuse(order, "denied", "zero_quantity")
                continue
            acted = True
            self.spent[number] = begun
            self.accept(order)
        return acted

    def leaving(self, statement: Exit, at: int, left: float) -> float:
        """What it asks for. Of all that is held it takes what there is when it fills."""
        if statement.sizing == "all":
            return self.book.held
        return statement.size[at] * (left if statement.sizing == "percent" else 1.0)

    def expiries(self, at: int) -> None:
        """Rule 26: a lot whose time is over leaves with what exits have left of it, each by an order of its own."""
        gone = self.book.held - self.preview().held
        for lot in list(self.book.lots):
            statement = self.program.statements[lot.statement]
            assert isinstance(statement, Enter)
            staying = max(0.0, lot.quantity - gone)
            gone -= lot.quantity - staying
            if staying > NOTHING and self.is_over(statement, lot, at):
                order = self.order("expire", lot.side, lot.statement, at, "")
                order.lot, order.quantity, order.asked, order.all = lot, staying, lot.quantity, True
                self.accept(order)

    def is_over(self, statement: Enter, lot: Lot, at: int) -> bool:
        if statement.expire is None:
            return False
        limit = statement.expire[lot.entry.bar]
        if statement.expire_unit == "bars":
            return at - lot.bar + 1 >= limit
        return False

    # --- entering ----------------------------------------------------------------------------------

    def entries(self, at: int, acted: bool) -> None:
        """Rules 20 and 21: beside an exit of its side an entry is passed over; of opposite sides the first wins."""
        taken = 0
        for number, statement in enumerate(self.program.statements):
            if not isinstance(statement, Enter) or not statement.when[at] or not self.could(number, statement):
                continue
            if acted and statement.side == self.side:
                continue
            if taken == -statement.side:
                self.conflicts += 1
                self.refuse(self.order("enter", statement.side, number, at, ""), "conflict", "opposite")
            elif (taken == 0 or statement.scale > 0) and self.wish(number, statement, at):
                taken = statement.side

    def could(self, number: int, statement: Enter) -> bool:
        """Rule 20: without `scale` a side already held is closed to it; with it, its own lots and live orders count."""
        if self.side != statement.side:
            return True
        if not statement.scale:
            return False
        live = [o for o in self.matching.orders if o.role == "enter" and o.statement == number]
        count = sum(lot.statement == number for lot in self.before) + len(live)
        if count > statement.scale:
            self.full += 1
            return False
        return True

    def wish(self, number: int, statement: Enter, at: int) -> bool:
        """Whether it becomes an order."""
        order = self.order("enter", statement.side, number, at, statement.fill)
        why = missing(statement, at)
        if why:
            self.refuse(order, "denied", why)
            return False
        self.size(order, self.preview())
        if order.quantity <= NOTHING and not self.leaves_alone(order):
            self.refuse(order, "denied", order.reason or "zero_quantity")
            return False
        self.accept(order)
        return True

    def leaves_alone(self, order: Order) -> bool:
        """Rule 29: a reversal whose new side a guard refuses still closes: leaving is no new risk."""
        by_guard = order.reason == "halted" or any(order.reason == guard.name for guard in self.guards.guards)
        return by_guard and self.preview().side == -order.side and self.preview().held > NOTHING

    def size(self, order: Order, preview: Preview) -> None:
        """Rules 22 and 29: what the statement asks for, and what its cap, the grid and the guards leave of it."""
        statement = self.program.statements[order.statement]
        assert isinstance(statement, Enter)
        preview.turn(order.side)
        order.asked, quantity, why = asked(self.rests, statement, order.bar, preview, self.matching)
        order.quantity, order.reason = self.guards.cut(preview, quantity, order.side, why)

    def again(self, order: Order) -> None:
        """Rule 23, `sizing fill`: computed at the fill, from its price and the books after a closing leg."""
        if self.rests.sizing == "fill":
            self.size(order, Preview(self.rests, self.book, self.book.price, []))

    def refuse(self, order: Order, state: str, reason: str) -> None:
        order.state, order.reason = state, reason
        self.matching.closed.append(order)

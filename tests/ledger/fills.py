"""Fills: what an order gets where the market meets it, and what goes with that (20, 24, 25, 28, R9, R11 to R14)."""

from __future__ import annotations

from collections.abc import Callable
from math import inf, isnan, nan

from .book import NOTHING, Book
from .levels import Levels, is_met, meets, rises
from .orders import CLOSE, EARNS, INSIDE, Lot, Order
from .prices import market, reached
from .program import Program
from .table import Table


class Fills:
    """Fills orders of a table into a book."""

    def __init__(self, program: Program, book: Book, table: Table, levels: Levels) -> None:
        self.program, self.rests, self.book, self.table, self.levels = program, program.rests, book, table, levels
        self.ambiguous = 0
        self.by_path = False  # whether the assumed path decides the fill of the resting order that is met
        self.size: Callable[[Order], None] = lambda order: None  # `sizing fill`
        self.refusal: Callable[[Order], str] = lambda order: ""  # R13: the guard that refuses an entry at its fill

    # --- market orders -----------------------------------------------------------------------------

    def market(self, order: Order, moment: str) -> None:
        """Exits close what there is on their side; an entry first closes the other side (rule 20)."""
        if order.role == "enter":
            self.enter(order, moment)
        else:
            self.leave(order, moment)

    def pays(self, order: Order, limit: float, opens: bool) -> float:
        """What it pays or gets at the book's price. Rule 28: a limit never fills worse than its price."""
        price = market(self.rests, self.book.price, order.buys, opens)
        if isnan(limit):
            return price
        return min(price, limit) if order.buys > 0 else max(price, limit)

    def leave(self, order: Order, moment: str) -> None:
        """Closes the smaller of what the order may close and what there is."""
        if order.role == "exit":
            self.size(order)
        there = self.there(order)
        quantity = (there if order.all else min(order.quantity, there)) if self.book.side == order.side else 0.0
        if quantity <= 0.0:
            none = self.book.side == order.side and there > 0.0  # `sizing fill`: at this price it is no lot
            self.table.settle(order, *(("denied", "zero_quantity") if none else ("cancelled", "nothing_to_close")))
            return
        if order.all:
            order.asked = quantity
        begun, price = self.book.begun, self.pays(order, order.limit, opens=False)
        self.ambiguous += self.by_path
        self.book.apply(order, quantity, price, moment, self.by_path)
        self.table.settle(order, "filled", order.reason)
        if order.rests:  # R14: `once` is used up, and R9: the entries of its side go
            self.table.spent[order.statement] = begun
            self.table.cancel(self.table.entries(order.side), "exit_first")
        self.tidy()

    def there(self, order: Order) -> float:
        """What it could close: an expiry its lot, an exit all that is held."""
        if order.lot is not None:
            return order.lot.quantity if order.lot in self.book.lots else 0.0
        return self.book.held

    def enter(self, order: Order, moment: str) -> None:
        book, price = self.book, self.pays(order, order.limit, opens=True)
        if book.side == -order.side:
            self.ambiguous += self.by_path
            book.reverse(order, self.pays(order, order.limit, opens=False), moment, self.by_path)
            self.table.drop_orphans(book.lots)
        order.state = "filling"
        if order.quantity > NOTHING:  # or a guard has refused it, and it came for the closing leg alone
            self.size(order)
        if order.quantity <= NOTHING:
            self.table.settle(order, "denied", order.reason or "zero_quantity")
            self.tidy()
            return
        self.ambiguous += self.by_path
        book.apply(order, order.quantity, price, moment, self.by_path)
        self.table.settle(order, "reduced" if order.reason else "filled", order.reason)
        self.tidy()
        book.see_fill()
        if self.rests.entries == "one_cancels_other":
            self.table.cancel(self.table.resting("enter"), "other_filled")
        lot = book.lots[-1]
        self.levels.work(lot, moment)
        if order.rests or moment == CLOSE:
            self.own(lot, moment)

    # --- what rests --------------------------------------------------------------------------------

    def meets(self, order: Order) -> tuple[float, bool]:
        """Where the market meets a resting order, and whether it must rise to get there (R11)."""
        as_limit = order.type == "limit" or order.triggered
        return (order.limit if as_limit else order.trigger), (order.buys > 0) != as_limit

    def is_met(self, order: Order, price: float) -> bool:
        level, above = self.meets(order)
        return reached(price, level, above, self.rests.tick)

    def resting(self, order: Order, moment: str) -> None:
        """A resting order meets the market at the book's price (R11, R13, R14)."""
        if order.type == "trigger_limit" and not order.triggered:
            order.triggered = True
            if not self.is_met(order, self.book.price):
                return
        if order.role == "exit":
            self.leave(order, moment)
        elif why := self.refusal(order):
            self.table.settle(order, "cancelled", why)
        else:
            self.enter(order, moment)

    # --- levels of lots ----------------------------------------------------------------------------

    def own(self, lot: Lot, moment: str, ambiguous: bool = False) -> None:
        """The levels of one lot that the market is at or beyond, at the book's price (R10, R12): what protects, then
        what lies on its side of profit, the nearest first."""
        while lot in self.book.lots:
            met = [o for o in self.levels.of(lot, moment) if is_met(o, self.book.price, self.rests.tick)]
            if not met:
                return
            self.bracket(min(met, key=lambda o: lot.side * meets(o) if rises(o) == (lot.side > 0) else -inf), moment,
                         ambiguous)  # fmt: skip

    def bracket(self, order: Order, moment: str, ambiguous: bool = False) -> None:
        """Rules 24, 25, 28: a stop or trail is a market order once it is reached, a target or take is a limit; what
        waits for a touch begins to work."""
        lot = order.lot
        assert lot is not None
        if moment == INSIDE and rises(order) == (lot.side > 0):
            lot.gained_in = self.book.bar
        if not isnan(order.after):
            order.after = nan
            self.own(lot, moment, ambiguous)  # it may be beyond what has just begun to work
            return
        limit = order.level if order.role in EARNS else nan
        price = self.pays(order, limit, opens=False)
        self.ambiguous += ambiguous
        self.book.apply(order, min(order.quantity, lot.quantity), price, moment, ambiguous)
        self.table.settle(order, "filled")
        self.tidy()

    def tidy(self) -> None:
        """What goes with a lot or a position: brackets and expiry, and exits that rest (R14)."""
        self.table.drop_orphans(self.book.lots)
        gone = [o for o in self.table.resting("exit") if o.side != self.book.side]
        self.table.cancel(gone, "nothing_to_close")

"""Matching: which orders fill as the price moves, and at what price (rules 18, 24, 25, 28). Booking is `Book.apply`.

A bar is a jump to its open, then a walk to one extreme, to the other, and to the close. A jump fills what it has
reached at the price where it lands, a walk at the levels it passes.
"""

from __future__ import annotations

from collections.abc import Callable
from math import isnan, nan

from .book import NOTHING, Book
from .orders import BRACKETS, CLOSE, INSIDE, OPEN, Lot, Order
from .prices import market, on_grid, reached, stands
from .program import Bar, Enter, Level, Program

SEEN_AT_CLOSE = False
"""Whether the close at which a lot filled counts among the prices that it saw. It should (it is marked there); in the
engine it does not, which `test_cases.py` says."""


class Matching:
    """The orders that wait and work, against one book."""

    def __init__(self, program: Program, book: Book, orders: list[Order], closed: list[Order]) -> None:
        self.program, self.rests, self.book = program, program.rests, book
        self.orders, self.closed = orders, closed
        self.ambiguous = 0
        self.at_fill: Callable[[Order], None] = lambda order: None

    # --- a bar -------------------------------------------------------------------------------------

    def bar(self, bar: Bar) -> None:
        """Rule 18 (2): what rests fills in the order of the price path."""
        if not isnan(bar.open):
            self.book.see(bar.open)
            self.markets(OPEN)
            self.jump(bar.open, OPEN)
        self.walk(bar)

    def markets(self, moment: str) -> None:
        """Market orders that wait for this moment: what leaves goes before what enters, each in its order."""
        now = (self.book.bar, 0 if moment == OPEN else 2)
        waiting = [o for o in self.orders if o.role not in BRACKETS and o.works_from <= now]
        for order in [o for o in waiting if o.role != "enter"] + [o for o in waiting if o.role == "enter"]:
            if order in self.orders:
                self.fill_market(order, moment)

    def jump(self, price: float, moment: str, lot: Lot | None = None) -> None:
        """A gap: every level reached fills at this price, a stop with slippage, a target never worse than its level.

        lot: of this one alone, that has filled at a close: it may be beyond its own stop (rule 25).
        """
        for order in self.brackets(moment):
            if lot in (None, order.lot) and self.is_reached(order, price):
                self.fill_bracket(order, price, moment, False)

    def walk(self, bar: Bar) -> None:
        """Rule 28: the way through the extremes that `path` assumes; the nearest level first."""
        if not self.book.lots:
            return
        first = self.up_first(bar)
        for rising in (first, not first):
            end, other = (bar.high, bar.low) if rising else (bar.low, bar.high)
            self.sweep(end, rising, other if rising == first else nan)

    def up_first(self, bar: Bar) -> bool:
        if self.rests.path == "proximity":
            return abs(bar.high - bar.open) < abs(bar.open - bar.low)
        return (self.book.side > 0) == (self.rests.path == "best")

    def sweep(self, end: float, rising: bool, far: float) -> None:
        """One leg of the walk. far: the extreme of the next leg; a lot that it would also have closed is ambiguous."""
        hit = [o for o in self.brackets(INSIDE) if self.rises(o) == rising and self.is_reached(o, end)]
        for order in sorted(hit, key=lambda o: o.level if rising else -o.level):
            if order.state == "working":
                self.book.see(order.level)
                both = any(o.lot is order.lot and self.rises(o) != rising and self.is_reached(o, far)
                           for o in self.brackets(INSIDE))  # fmt: skip
                self.fill_bracket(order, order.level, INSIDE, both)
        self.book.see(end)

    # --- orders ------------------------------------------------------------------------------------

    def brackets(self, moment: str) -> list[Order]:
        """The brackets that work at this moment, lot by lot. Rule 24: of a stop and a trail the tighter one works."""
        now = (self.book.bar, (OPEN, INSIDE, CLOSE).index(moment))
        begun = [o for o in self.orders if o.role in BRACKETS and o.works_from <= now]
        return [o for o in begun if not any(self.is_tighter(other, o) for other in begun)]

    def is_tighter(self, one: Order, other: Order) -> bool:
        """Whether the market meets `one` before `other`, of the same lot on the same side. Equal: the stop works."""
        if one.lot is not other.lot or one is other or "target" in (one.role, other.role):
            return False
        return one.side * (one.level - other.level) > 0.0 or (one.level == other.level and one.role == "stop")

    def rises(self, order: Order) -> bool:
        """Whether the market must rise to reach it."""
        return (order.side > 0) == (order.role == "target")

    def is_reached(self, order: Order, price: float) -> bool:
        return reached(price, order.level, self.rises(order), self.rests.tick)

    def fill_bracket(self, order: Order, price: float, moment: str, ambiguous: bool) -> None:
        """Rules 24, 25, 28: a stop or trail is a market order once it is reached, a target is a limit."""
        lot = order.lot
        assert lot is not None
        if order.state != "working" or lot not in self.book.lots:
            return
        got = market(self.rests, price, -order.side)
        if order.role == "target":
            got = max(got, order.level) if order.side > 0 else min(got, order.level)
        self.ambiguous += ambiguous
        self.book.apply(order, lot.quantity, got, moment, ambiguous)
        self.settle(order, "filled")
        self.drop_orphans()

    def fill_market(self, order: Order, moment: str) -> None:
        """Exits close what there is on their side; an entry first closes the other side (rule 20)."""
        book = self.book
        if order.role == "enter":
            self.enter(order, moment)
            return
        there = self.there(order)
        quantity = (there if order.all else min(order.quantity, there)) if book.side == order.side else 0.0
        if quantity > 0.0:
            order.asked = quantity if order.all else order.asked
            book.apply(order, quantity, market(self.rests, book.price, -order.side), moment)
            self.settle(order, "filled", order.reason)
            self.drop_orphans()
        else:
            self.settle(order, "cancelled", "nothing_to_close")

    def there(self, order: Order) -> float:
        """What it could close: an expiry its lot, an exit all that is held."""
        if order.lot is not None:
            return order.lot.quantity if order.lot in self.book.lots else 0.0
        return self.book.held

    def enter(self, order: Order, moment: str) -> None:
        book = self.book
        price = market(self.rests, book.price, order.side)
        if book.side == -order.side:
            book.reverse(order, price, moment)
            self.drop_orphans()
        order.state = "filling"
        if order.quantity > NOTHING:  # or a guard has refused it, and it came for the closing leg alone
            self.at_fill(order)
        if order.quantity <= NOTHING:
            self.settle(order, "denied", order.reason or "zero_quantity")
            return
        book.apply(order, order.quantity, price, moment)
        self.settle(order, "reduced" if order.reason else "filled", order.reason)
        if moment != CLOSE or SEEN_AT_CLOSE:
            book.see(book.price)
        lot = book.lots[-1]
        self.work(lot, moment)
        if moment == CLOSE:
            self.jump(book.price, CLOSE, lot)

    def settle(self, order: Order, state: str, reason: str = "") -> None:
        """The fate of an order is known: it leaves the table, and a wish becomes a row."""
        order.state, order.reason = state, reason
        self.orders.remove(order)
        if order.role not in BRACKETS:
            self.closed.append(order)

    # --- brackets ----------------------------------------------------------------------------------

    def work(self, lot: Lot, moment: str) -> None:
        """Rules 24 and 25: the brackets of a lot that has just filled, frozen at the decision."""
        statement = self.program.statements[lot.statement]
        assert isinstance(statement, Enter)
        at, begins = lot.entry.bar, self.begins(moment)
        stop, levels = self.stop_of(statement, at, lot.price), {}
        for role, level in (("stop", statement.stop), ("trail", statement.trail), ("target", statement.target)):
            if level is not None:
                levels[role] = self.level_of(level, role, at, lot.price, lot.side, stop)
                self.orders.append(Order(-1, role, lot.side, lot.statement, at, lot=lot, level=levels[role],
                                         works_from=begins))  # fmt: skip
        known = [levels[role] for role in ("stop", "trail") if role in levels]
        lot.stop = (max(known) if lot.side > 0 else min(known)) if known else nan
        lot.target = levels.get("target", nan)
        lot.entry.stop, lot.entry.target = levels.get("stop", nan), lot.target

    def stop_of(self, statement: Enter, at: int, entry: float) -> float:
        """The stop that a target in multiples counts from, before the grid."""
        return stands(statement.stop, at, entry, statement.side, -1) if statement.stop else nan

    def level_of(self, level: Level, role: str, at: int, entry: float, side: int, stop: float = nan) -> float:
        toward = 1 if role == "target" else -1
        return on_grid(stands(level, at, entry, side, toward, stop), side * toward, self.rests.tick)

    def begins(self, moment: str) -> tuple[int, int]:
        """Rule 25: the moment from which a bracket of a fill at this moment works."""
        now = self.book.bar
        if self.rests.bracket == "entry_bar":
            return (now, 2 if moment == CLOSE else 0)
        decided_after = self.rests.bracket == "next_decision" and moment == CLOSE
        return (now + 2 if decided_after else now + 1, 0)

    def drop_orphans(self) -> None:
        """The brackets and the expiry of a lot go with it."""
        held = self.book.lots
        self.orders[:] = [o for o in self.orders if o.lot is None or o.lot in held]

    def follow(self) -> None:
        """Rule 24: at the end of a bar a trail follows the best price since the fill, and works there from the next."""
        for order in self.orders:
            if order.role == "trail":
                lot = order.lot
                assert lot is not None
                trail = self.program.statements[lot.statement].trail  # type: ignore[union-attr]
                best = lot.high if lot.side > 0 else lot.low
                level = self.level_of(trail, "trail", lot.entry.bar, best, lot.side)
                order.level = max(order.level, level) if lot.side > 0 else min(order.level, level)

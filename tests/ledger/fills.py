"""Fills: what an order gets where the market meets it, and what goes with that (20, 24, 25, 28, R9, R11 to R14)."""

from __future__ import annotations

from collections.abc import Callable
from math import inf, isnan, nan

from .book import NOTHING, Book
from .levels import Levels, is_met, meets, rises
from .orders import BRACKETS, CLOSE, EARNS, INSIDE, OPEN, Lot, Order
from .prices import down, market, reached
from .program import Enter, Program
from .table import Table


class Fills:
    """Fills orders of a table into a book."""

    def __init__(self, program: Program, book: Book, table: Table, levels: Levels) -> None:
        self.program, self.rests, self.book, self.table, self.levels = program, program.rests, book, table, levels
        self.ambiguous = 0
        self.by_path = False  # whether the assumed path decides the fill of the resting order that is met
        self.size: Callable[[Order], None] = lambda order: None  # `sizing fill`
        self.refusal: Callable[[Order], str] = lambda order: ""  # R13: the guard that refuses an entry at its fill

    # --- what a bar has room for -------------------------------------------------------------------

    def allow(self, volume: float) -> None:
        """A bar begins: so much may fill on it."""
        share = self.rests.participation
        self.book.room = (share * volume if volume > 0.0 else 0.0) if share else inf
        self.book.dry = self.book.room == 0.0

    def room(self, wanted: float) -> float:
        """What of a quantity the bar has room for, in whole lots; it is used up."""
        got = wanted
        if wanted > self.book.room + NOTHING:
            got = min(wanted, down(self.book.room, self.rests.lot))
            self.book.dry |= got < wanted
        self.book.room = max(0.0, self.book.room - got)
        return got

    def full(self) -> bool:
        """Whether there is no room for a lot more."""
        return self.book.room < inf and down(self.book.room, self.rests.lot) <= 0.0

    def stand_over(self, order: Order) -> None:
        """It goes on: at its limit, or at the next open."""
        self.book.dry = True
        order.met = order.type == "trigger"

    # --- market orders -----------------------------------------------------------------------------

    def market(self, order: Order, moment: str) -> None:
        """Exits close what there is on their side; an entry first closes the other side (rule 20)."""
        if order.role != "enter":
            self.leave(order, moment)
        elif order.met and not self.full() and (why := self.refusal(order)):
            self.table.settle(order, "cancelled", why)
        else:
            self.enter(order, moment)

    def pays(self, order: Order, limit: float, opens: bool) -> float:
        """What it pays or gets at the book's price. Rule 28: a limit never fills worse than its price."""
        price = market(self.rests, self.book.price, order.buys, opens)
        if isnan(limit):
            return price
        return min(price, limit) if order.buys > 0 else max(price, limit)

    def leave(self, order: Order, moment: str) -> None:
        """Closes the smaller of what the order may close and what there is, as far as there is room."""
        held = self.book.side == order.side and self.there(order) > 0.0
        if held and order.lot:
            self.end_rest(order.lot)
        if held and self.full():
            self.stand_over(order)
            return
        if order.role == "exit" and not order.got:
            self.size(order)
        there = self.there(order)
        quantity = (there if order.all else min(order.quantity, there)) if self.book.side == order.side else 0.0
        if quantity <= 0.0:
            none = self.book.side == order.side and there > 0.0  # `sizing fill`: at this price it is no lot
            self.table.settle(order, *(("denied", "zero_quantity") if none else ("cancelled", "nothing_to_close")))
            return
        if order.all and (order.role == "expire" or order.type != "market"):
            order.asked = order.got + quantity
        elif order.all:  # what an expiry has left of its lot leaves with it
            order.asked = max(order.asked, order.got + quantity)
        begun, price = self.book.begun, self.pays(order, order.limit, opens=False)
        self.ambiguous += self.by_path
        got = self.room(quantity)
        self.book.apply(order, got, price, moment, self.by_path)
        if order.role == "exit":
            self.table.drop_orphans(self.book.lots)  # their rows come before that of what took their lots
        order.quantity -= got
        if got < quantity:
            self.stand_over(order)
        else:
            self.table.settle(order, "filled", order.reason)
        if order.type != "market":  # R14: `once` is used up, and R9: the entries of its side go
            self.table.spent[order.statement] = begun
            self.table.cancel_entries(self.table.entries(order.side), order.side, "exit_first")
        self.tidy()

    def end_rest(self, lot: Lot) -> None:
        """A lot leaves whole by itself: what is left of the order that fills it ends."""
        if lot.entry in self.table.orders:
            self.table.cancel([lot.entry], "exit_first")

    def there(self, order: Order) -> float:
        """What it could close: an expiry its lot, an exit all that is held."""
        if order.lot is not None:
            return order.lot.quantity if order.lot in self.book.lots else 0.0
        return self.book.held

    def enter(self, order: Order, moment: str) -> None:
        if self.full():
            self.stand_over(order)
            return
        book, price, leg = self.book, self.pays(order, order.limit, opens=True), None
        if book.side == -order.side:
            self.ambiguous += self.by_path
            out = self.pays(order, order.limit, opens=False)
            leg = book.reverse(order, self.room(book.held), out, moment, self.by_path)
            self.table.drop_orphans(book.lots)
            if book.side == -order.side:
                self.stand_over(order)
                return
        order.state = "filling"
        if order.quantity > NOTHING and not order.got:  # or a guard has refused it, and it came to close alone
            self.size(order)
        if order.quantity <= NOTHING:
            if leg:
                order.fill_bar, order.moment, order.price = leg.fill_bar, leg.moment, leg.price
            self.table.settle(order, "denied", order.reason or "zero_quantity")
            self.tidy()
            return
        order.state, got = "working", self.room(order.quantity)
        if got <= 0.0:
            self.stand_over(order)
            self.tidy()
            return
        self.opens(order, got, price, moment)

    def opens(self, order: Order, got: float, price: float, moment: str) -> None:
        """So much of an entry fills: its lot, or a further part of it."""
        book, before, more = self.book, order.got - order.earlier, order.mine in self.book.lots
        rested = order.rests
        self.ambiguous += self.by_path
        book.apply(order, got, price, moment, self.by_path)
        lot = order.mine
        assert lot is not None
        done = got >= order.quantity
        order.quantity = 0.0 if done else order.quantity - got
        if done:
            self.table.settle(order, "reduced" if order.reason else "filled", order.reason)
        else:
            self.stand_over(order)
        self.tidy()
        self.climbed(order)
        book.see_fill()
        if self.rests.entries == "one_cancels_other":
            self.table.cancel_entries([o for o in self.table.resting("enter") if o is not order], 0, "other_filled")
        if more:
            self.levels.again(lot, before, moment)
        else:
            self.levels.work(lot, moment)
        order.stop, order.target = self.levels.told(lot)
        if rested or moment == CLOSE:
            self.own(lot, moment)

    def climbed(self, order: Order) -> None:
        """An order of a ladder has its lot of this position."""
        statement = self.program.statements[order.statement]
        if isinstance(statement, Enter) and statement.rung:
            self.table.had[order.statement] = self.book.positions
            if statement.rung.ladder.again:
                self.table.anew[order.statement] = order

    # --- what rests --------------------------------------------------------------------------------

    def meets(self, order: Order) -> tuple[float, bool]:
        """Where the market meets a resting order, and whether it must rise to get there (R11)."""
        as_limit = order.type == "limit" or order.triggered
        return (order.limit if as_limit else order.trigger), (order.buys > 0) != as_limit

    def is_met(self, order: Order, price: float) -> bool:
        level, above = self.meets(order)
        if self.book.dry and above != (order.buys > 0):
            return False
        return reached(price, level, above, self.rests.tick)

    def resting(self, order: Order, moment: str) -> None:
        """A resting order meets the market at the book's price (R11, R13, R14)."""
        if order.type == "trigger_limit" and not order.triggered:
            order.triggered = True
            if not self.is_met(order, self.book.price):
                return
        if order.role == "exit":
            self.leave(order, moment)
        elif not self.full() and (why := self.refusal(order)):
            self.table.settle(order, "cancelled", why)
        else:
            self.enter(order, moment)

    # --- levels of lots ----------------------------------------------------------------------------

    def own(self, lot: Lot, moment: str, ambiguous: bool = False) -> None:
        """The levels of one lot that the market is at or beyond, at the book's price (R10, R12): what protects, then
        what lies on its side of profit, the nearest first; what only begins to work goes last."""
        while lot in self.book.lots:
            met = [o for o in self.levels.of(lot, moment) if is_met(o, self.book.price, self.rests.tick)]
            if not met:
                return
            near = [lot.side * meets(o) if rises(o) == (lot.side > 0) else -inf for o in met]
            first = min(range(len(met)), key=lambda at: (not isnan(met[at].after), near[at]))
            self.bracket(met[first], moment, ambiguous)

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
        wanted = min(order.quantity, lot.quantity) if order.role == "take" else lot.quantity
        if order.role != "take" or wanted == lot.quantity:
            self.end_rest(lot)
        limit = order.level if order.role in EARNS else nan
        price, got = self.pays(order, limit, opens=False), self.room(wanted)
        if got < wanted:
            order.met = order.role not in EARNS
            order.quantity -= got if order.role == "take" else 0.0
        if got > 0.0:
            self.ambiguous += ambiguous
            self.book.apply(order, got, price, moment, ambiguous)
        if got == wanted:
            self.table.settle(order, "filled")
        self.tidy()

    def go_on(self) -> None:
        """At an open what is left of stops that were met, the first of each lot."""
        for lot in list(self.book.lots):
            met = [o for o in self.table.brackets() if o.lot is lot and o.met]
            if met:
                self.bracket(min(met, key=lambda o: BRACKETS.index(o.role)), OPEN)

    def tidy(self) -> None:
        """What goes with a lot or a position: brackets and expiry, and exits that rest (R14)."""
        self.table.drop_orphans(self.book.lots)
        gone = [o for o in self.table.resting("exit") if o.side != self.book.side]
        self.table.cancel(gone, "nothing_to_close")

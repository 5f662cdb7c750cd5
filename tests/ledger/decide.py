"""Decisions: which statements act on a bar, and which orders they become (rules 20, 21, 26, 27, R1 to R9, R21)."""

from __future__ import annotations

from math import inf, isnan

from . import risk
from .book import NOTHING, Book
from .expiries import Expiries
from .fills import Fills
from .guards import Guards
from .orders import CLOSE, Lot, Order
from .prices import cost, down
from .program import Enter, Exit, Flow, Guard, Program, Rung
from .resting import Resting
from .sizing import Preview, asked, missing


class Deciding:
    """The statements of a program, against one book."""

    def __init__(self, program: Program, book: Book, fills: Fills, guards: Guards, expiries: Expiries) -> None:
        self.program, self.rests, self.book, self.fills = program, program.rests, book, fills
        self.table, self.guards, self.expiries = fills.table, guards, expiries
        self.resting = Resting(program, book, self.table)
        fills.size, fills.refusal = self.again, guards.at_fill
        self.conflicts = 0

    # --- one bar -----------------------------------------------------------------------------------

    def bar(self, at: int, close: float) -> None:
        """Rule 18 (6): exits first, then lots whose time is over, then entries in the order of the text.

        What a statement may do follows from what was held before any of them acted.
        """
        self.close, self.instant = close, self.book.now + self.program.step
        self.side, self.before = self.book.side, list(self.book.lots)
        self.waited = {o.statement for o in self.table.waiting("enter")}
        for statement in self.program.statements:
            if isinstance(statement, Flow) and statement.when[at]:
                self.pay(statement, at)
        self.resting.end(self.instant)
        acted = self.exits(at)
        for order in self.expiries.at_close(self.instant, self.leaving("guard", "exit")):
            self.accept(order)
        self.entries(at, acted)
        self.resting.buried()

    def protect(self, at: int) -> None:
        """Rule 29: what guards close is decided before the statements, and leaves by the fill policy. Those on returns
        of equity come last: the equity of this close is known once the others have acted."""
        self.guards.rise()
        self.close_out(at, self.guards.of_equity(returns=False))
        self.guards.read()
        self.close_out(at, self.guards.of_equity(returns=True))

    def close_out(self, at: int, guards: list[Guard]) -> None:
        for guard in guards:
            if not self.guards.trips(guard):
                continue
            quantity = self.guards.closes(guard)
            leaving = next(iter(self.table.waiting("guard")), None)
            if leaving and guard.action != "halt":  # of several closings the largest
                if quantity > leaving.quantity:
                    leaving.quantity, leaving.asked = quantity, leaving.got + quantity
                continue
            order = self.table.number(self.order("guard", self.book.side, -1, at, ""))
            order.asked = order.quantity = quantity
            order.reason = guard.name
            if quantity:
                self.table.orders.append(order)
            else:
                self.table.settle(order, "halted", guard.name)
        for order in self.table.waiting("guard"):
            if order.works_from == (at, 2):
                self.fills.market(order, CLOSE)

    def order(self, role: str, side: int, statement: int, at: int, fill: str) -> Order:
        works = (at, 2) if (fill or self.rests.fill) == "this_close" else (at + 1, 0)
        return Order(-1, role, side, statement, at, works_from=works)

    def accept(self, order: Order) -> None:
        """It rests, or waits for its moment; where that is this very close, it fills here."""
        if order.rests:
            self.resting.place(order)
            return
        if order.role != "expire":
            self.table.given(self.instant)
        self.table.orders.append(self.table.number(order))
        if order.works_from == (order.bar, 2):
            self.fills.market(order, CLOSE)

    def refuse(self, order: Order, state: str, reason: str) -> None:
        self.table.settle(self.table.number(order), state, reason)

    # --- money that comes and goes -----------------------------------------------------------------

    def pay(self, flow: Flow, at: int) -> None:
        """A withdrawal gets at most what nothing that is held, waits or rests ties up."""
        order = self.order("deposit" if flow.way > 0 else "withdraw", 0, -1, at, "this_close")
        wanted = flow.size[at] * (self.book.equity if flow.unit == "percent" else 1.0)
        got = wanted if flow.way > 0 else max(0.0, min(wanted, self.free()))
        got = 0.0 if got < wanted and got <= NOTHING else got
        order.asked = max(0.0, wanted)
        if isnan(wanted) or not got > 0.0:
            order.asked = 0.0 if isnan(wanted) else order.asked
            why = "missing_size" if isnan(wanted) else "not_free" if wanted > 0.0 else "no_amount"
            return self.refuse(order, "denied", why)
        self.book.flow(flow.way * got)
        self.guards.statistics.moved(flow.way * got)
        order.got, order.fill_bar, order.moment = got, at, CLOSE
        self.table.number(order)
        whole = got >= wanted - NOTHING
        self.table.settle(order, "filled" if whole else "reduced", "" if whole else "not_free")

    def free(self) -> float:
        """Equity less the value of what is held, or will be if that is more, and the costs of what waits and rests."""
        preview = Preview(self.rests, self.book, self.book.price, self.expected())
        sides = []
        for side in (1, -1):
            resting = [o for o in self.table.resting("enter", side)
                       if self.book.bar < o.last and self.instant < o.ends]  # fmt: skip
            worth = [(o.quantity * abs(o.own_price) * self.rests.worth,
                      cost(self.rests, o.quantity, o.own_price, side, opens=True)) for o in resting]  # fmt: skip
            together = max if self.rests.entries == "one_cancels_other" else sum
            sides.append([together([0.0, *part]) for part in zip(*worth, strict=True)] if worth else [0.0, 0.0])
        value, paid = sides[0] if sides[0][0] >= sides[1][0] else sides[1]
        held = abs(self.book.value(self.book.price)) if self.book.lots else 0.0
        waits = self.book.equity - preview.equity
        return self.book.equity - max(held, preview.worth + value) - waits - paid

    # --- leaving -----------------------------------------------------------------------------------

    def leaving(self, *roles: str) -> float:
        """What market orders that wait will close of what is held: an entry that waits is not held (R21)."""
        return min(self.book.held, sum(o.quantity for o in self.table.waiting(*roles) if o.side == self.book.side))

    def exits(self, at: int) -> bool:
        """Rules 21 and 27: exits in the order of the text, on what those before have left. Whether one acted."""
        acted, begun = False, self.book.begun
        for number, statement in enumerate(self.program.statements):
            if not isinstance(statement, Exit) or not statement.when[at] or self.side != statement.side:
                continue
            if any(o.statement == number for o in self.table.waiting("exit")):
                continue
            left = self.book.held - self.leaving("guard", "exit", "expire") - sum(lot.quantity for lot in self.met())
            if left <= NOTHING or (statement.once and self.table.spent.get(number) == begun):
                continue
            order = self.order("exit", statement.side, number, at, statement.fill)
            if not self.may_place(order, statement):
                continue
            order.asked, order.all = self.wanted(statement, at, left), statement.sizing == "all"
            if order.all and order.works_from == (at, 2) and not order.rests:
                order.asked = self.book.held
            if isnan(order.asked):
                order.asked = 0.0
                self.refuse(order, "denied", "missing_size")
                continue
            whole = order.all or (not order.rests and order.asked >= self.book.held)
            order.quantity = inf if whole else down(order.asked, self.rests.lot)
            if not order.rests and not whole:
                order.quantity = min(order.quantity, left)
            if order.quantity <= NOTHING:
                self.refuse(order, "denied", "zero_quantity")
                continue
            if statement.rest and statement.rest.valid and isnan(statement.rest.valid[at]):
                self.refuse(order, "denied", "missing_valid")
                continue
            if not order.rests:
                acted = True
                self.table.spent[number] = begun
                self.table.cancel_entries(self.table.entries(statement.side), statement.side, "exit_first")
            self.accept(order)
        return acted

    def wanted(self, statement: Exit, at: int, left: float) -> float:
        """What it asks for. All is what there is when it fills."""
        unit = {"all": 0.0, "units": 1.0, "percent": left, "cash": self.of_cash(self.close)}[statement.sizing]
        return statement.size[at] * unit if statement.size else left

    def of_cash(self, price: float) -> float:
        return 1.0 / (abs(price) * self.rests.worth)

    def may_place(self, order: Order, statement: Enter | Exit) -> bool:
        """Whether a wish that would rest may (R7, R8) and has its prices (R2); it gets them and its life."""
        if statement.rest is None:
            return True
        if not self.resting.may_rest(order.statement, statement):
            return False
        self.resting.live(order, statement, self.instant)
        return self.resting.price(order, statement, self.close)

    # --- entering ----------------------------------------------------------------------------------

    def entries(self, at: int, acted: bool) -> None:
        """Rules 20 and 21: beside an exit of its side an entry is passed over; of opposite sides the first wins.
        What rests does not compete."""
        taken, filled = 0, self.book.entries_today
        for number, statement in enumerate(self.program.statements):
            if not isinstance(statement, Enter):
                continue
            if not statement.when[at]:
                self.place_anew(number, statement)
                continue
            if not self.could(number, statement) or (acted and statement.side == self.side):
                continue
            order = self.order("enter", statement.side, number, at, statement.fill)
            if statement.rest:
                if self.may_place(order, statement):
                    self.wish(order, statement)
            elif taken == -statement.side:
                self.conflicts += 1
                self.refuse(order, "conflict", "opposite")
            elif (taken == 0 or statement.scale > 0) and self.wish(order, statement):
                taken = statement.side
        if self.rests.entries == "one_cancels_other" and self.book.entries_today > filled:  # wherever they stand
            self.table.cancel_entries(self.table.resting("enter"), 0, "other_filled")

    def could(self, number: int, statement: Enter) -> bool:
        """Rule 20: without `scale` a side already held is closed to it; with it, its own lots count. A statement has
        one order at a time: one that waits keeps a further one out, one that rests is restated (R5)."""
        if number in self.waited:
            return False
        own = sum(lot.statement == number for lot in self.before)
        if statement.rung and self.side == statement.side:
            return self.is_free(number, statement.rung, self.before)
        return self.side != statement.side or 0 < statement.scale >= own

    def is_free(self, number: int, rung: Rung, lots: list[Lot]) -> bool:
        """An order of a ladder has one lot, beside lots of its ladder alone; one a position, but with `again`."""
        had = not rung.ladder.again and self.table.had.get(number) == self.book.positions
        return not had and all(rung.first <= lot.statement <= rung.last and lot.statement != number for lot in lots)

    def place_anew(self, number: int, statement: Enter) -> None:
        """`again`: the lot has left, and the order is placed once more as it was wished, for what is left of its life,
        unless its life is over at this close."""
        before, rung = self.table.anew.get(number), statement.rung
        if before is None or rung is None or any(o.statement == number for o in self.table.entries()):
            return
        lots = self.book.lots
        if any(lot.statement == number for lot in lots):
            return
        if self.book.bar >= before.last or self.instant >= before.ends:
            del self.table.anew[number]
            return
        if self.book.side == statement.side and not self.is_free(number, rung, lots):
            return
        order = self.order("enter", statement.side, number, self.book.bar, statement.fill)
        order.wished, order.works_from = before.said, (self.book.bar + 1, 0)
        for name in ("limit", "trigger", "type", "last", "ends", "day"):
            setattr(order, name, getattr(before, name))
        self.wish(order, statement)

    def wish(self, order: Order, statement: Enter) -> bool:
        """Whether it becomes an order."""
        if why := missing(statement, order.said):
            self.refuse(order, "denied", why)
            return False
        restated = self.table.of(order.statement)
        if restated:  # while it is weighed anew it is not there
            self.table.orders.remove(restated)
        there = restated or self.table.over.get(order.statement)
        self.size(order, self.preview(order), new=there is None)
        stays = restated is not None and self.resting.is_same(restated, order)
        if there and not stays and order.quantity > NOTHING and self.guards.crowded():
            order.quantity, order.reason = 0.0, "orders_per_minute"  # R22: what moves is an order, what stays is none
        refused = order.quantity <= NOTHING and not self.leaves_alone(order)
        if restated:
            self.table.orders.append(restated)
        if refused:
            self.refuse(order, "denied", order.reason or "zero_quantity")
            return False
        self.accept(order)
        return True

    def preview(self, order: Order) -> Preview:
        """R4: what waits counts as filled, and what rests on its side; a position on the other side as closed first."""
        price = order.own_price if order.rests else self.close
        preview = Preview(self.rests, self.book, self.close, self.expected(), price)
        preview.turn(order.side, price)
        expected, levels = self.expected(), self.fills.levels
        leaving = [o for o in expected if o.role != "enter"]
        entering = [o for o in expected if o.role == "enter"]
        if self.rests.entries == "independent":
            preview.reserve(self.table.resting("enter", order.side))
            entering += self.table.resting("enter", order.side)
        preview.at_risk = risk.held(self.book, self.table, order.side, self.close, leaving)
        preview.at_risk += risk.of_orders(self.rests, levels, entering, order.side, self.close)
        return preview

    def expected(self) -> list[Order]:
        """What will have filled by the next open, in its order: what leaves first."""
        met = self.met()
        leaving = [self.expiries.order(lot, lot.quantity) for lot in met]
        return self.in_turn(leaving + [order for order in self.expiries.certain() if order.lot not in met])

    def in_turn(self, leaving: list[Order]) -> list[Order]:
        """What waits, and what leaves besides: entries last."""
        waiting = self.table.waiting()
        enters = [order for order in waiting if order.role == "enter"]
        return [order for order in waiting if order.role != "enter"] + leaving + enters

    def met(self) -> list[Lot]:
        """Lots that leave by a stop that was met, of which volume has left some; no expiry takes them besides."""
        found = {id(o.lot): o.lot for o in self.table.brackets() if o.met and o.lot}
        return [lot for lot in found.values() if not self.expiries.order_of(lot)]

    def leaves_alone(self, order: Order) -> bool:
        """Rule 29: a reversal whose new side a guard refuses still closes: leaving is no new risk. Nothing rests so."""
        by_guard = order.reason == "halted" or any(order.reason == guard.name for guard in self.guards.guards)
        before = Preview(self.rests, self.book, self.close, self.expected())
        return by_guard and not order.rests and before.side == -order.side and before.held > NOTHING

    def size(self, order: Order, preview: Preview, *, new: bool) -> None:
        """Rules 22 and 29: what the statement asks for, and what its cap, the grid and the guards leave of it."""
        statement = self.program.statements[order.statement]
        assert isinstance(statement, Enter)
        preview.unit_risk = risk.of_unit(self.fills.levels, order, preview.price)
        order.asked, quantity, why = asked(statement, order, preview, self.fills.levels)
        order.quantity, order.reason = self.guards.cut(preview, quantity, order.side, why, new)

    def again(self, order: Order) -> None:
        """Rule 23, `sizing fill`: computed at the fill, from its price and the books after a closing leg."""
        statement = self.program.statements[order.statement]
        if self.rests.sizing != "fill":
            return
        if isinstance(statement, Enter):
            preview = Preview(self.rests, self.book, self.book.price, [])
            preview.at_risk = risk.held(self.book, self.table, order.side, self.book.price)
            self.size(order, preview, new=False)
        elif isinstance(statement, Exit) and statement.sizing == "cash":
            order.quantity = down(statement.size[order.bar] * self.of_cash(self.book.price), self.rests.lot)

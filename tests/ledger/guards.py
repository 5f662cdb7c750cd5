"""Guards: limits that cut or deny new risk, and act when a close has reached them (rule 29)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from math import inf

from .book import NOTHING, Book
from .orders import Order
from .prices import cost, down, estimate, most, up
from .program import Guard, Program
from .risk import at_risk, stop_of
from .sizing import Preview
from .statistics import READINGS, Statistics
from .table import Table

EXPOSURES = ("exposure", "leverage", "position", "net_exposure")
"""Of one symbol net value is gross value."""
VALUES = (*EXPOSURES, "open_risk")
"""Those that cut an entry to the room that is left."""
LOSSES = ("drawdown", "loss", "daily_loss")
EXACT = 1e-12
"""A share this near a limit has reached it: 1 - 900 / 1000 is a bit less than 10 %."""
OF_THE_DAY = ("daily_loss", "day_gain", "day_trades", "day_losses")


@dataclass
class Halt:
    """A guard that has halted trading, until it is reset: one of the day with it, unless it says otherwise."""

    guard: Guard

    @property
    def until(self) -> str:
        return self.guard.until or ("day" if self.guard.name in OF_THE_DAY else "never")


class Guards:
    """The guards of a program, the implied `guard exposure 100%` among them."""

    def __init__(self, program: Program, book: Book, table: Table) -> None:
        self.rests, self.book, self.table, self.step = program.rests, book, table, program.step
        implied = not any(guard.name in EXPOSURES[:2] for guard in program.guards)
        self.guards = [*program.guards, *([Guard("exposure", 1.0)] if implied else [])]
        self.halts: list[Halt] = []
        self.statistics = Statistics()
        self.tripped = 0
        self.day: date | None = None

    # --- acting ------------------------------------------------------------------------------------

    def new_day(self) -> None:
        """Halts end with their period; a guard on losses, but for those of the day, counts anew from there."""
        before, today = self.day or date.min, self.book.day or date.min
        self.day, ended = today, {"day"}
        ended |= {"week"} if today.isocalendar()[:2] != before.isocalendar()[:2] else set()
        ended |= {"month"} if (today.year, today.month) != (before.year, before.month) else set()
        for halt in [halt for halt in self.halts if halt.until in ended]:
            if halt.guard.name in LOSSES[:2]:
                if self.book.equity <= 0.0:
                    continue
                self.book.marks[self.guards.index(halt.guard)] = self.book.equity / self.book.units
            self.halts.remove(halt)

    def rise(self) -> None:
        """At a mark: the highest equity since a drawdown guard was reset."""
        for place, mark in self.book.marks.items():
            if self.guards[place].name == "drawdown" and self.book.units:
                self.book.marks[place] = max(mark, self.book.equity / self.book.units)

    def read(self) -> None:
        """The returns of equity have one more, once everything is marked and guards have acted on that."""
        self.statistics.close(self.book.now, self.book.price, self.book.equity)

    def of_equity(self, *, returns: bool) -> list[Guard]:
        """Those that look at its returns, or all others."""
        return [guard for guard in self.guards if (guard.name in READINGS) == returns]

    def trips(self, guard: Guard) -> bool:
        """Rule 18 (4): whether it acts at this close. Then entries that wait or rest are cancelled, and it may halt
        trading."""
        if guard.action == "deny" or any(halt.guard is guard for halt in self.halts):
            return False
        if not self.is_reached(guard, self.measure(guard, self.book.equity)):
            return False
        if guard.action == "reduce" and self.excess(guard) <= NOTHING:
            return False
        self.tripped += 1
        if guard.action != "reduce":
            self.halts.append(Halt(guard))
        self.table.anew = {}
        for order in self.table.entries():
            self.table.settle(order, "cancelled", "guard")
        return True

    def closes(self, guard: Guard) -> float:
        """What it closes: all, what is above the limit, or nothing."""
        return {"flatten": self.book.held, "reduce": self.excess(guard), "halt": 0.0}[guard.action]

    def excess(self, guard: Guard) -> float:
        """What must go, the oldest lots first, to bring what it measures back under the limit after the costs of
        leaving, in whole lots."""
        book, price = self.book, self.book.price
        each = [(lot.quantity, abs(price) * self.rests.worth) for lot in book.lots]
        if guard.name == "open_risk":
            stops = [(lot.quantity, stop_of(self.table, lot)) for lot in book.lots]
            each = [(held, at_risk(self.rests, book.side, 1.0, price, stop)) for held, stop in stops]

        def left(quantity: float) -> float:
            total = 0.0
            for held, unit in each:
                taken = min(held, quantity)
                quantity -= taken
                total += (held - taken) * unit
            return total

        def too_little(quantity: float) -> bool:
            paid = estimate(self.rests, quantity, price, -book.side, opens=False)
            return left(quantity) > guard.limit * (book.equity - paid)

        if guard.name not in VALUES or left(0.0) <= guard.limit * book.equity:
            return 0.0
        return min(up(most(too_little, book.held), self.rests.lot), book.held)

    def measure(self, guard: Guard, equity: float) -> float:
        book = self.book
        if guard.name in READINGS:
            return self.statistics.read(guard.name, guard.arguments)
        if guard.name in (*LOSSES, "day_gain") and book.high_water <= 0.0:
            return -inf  # all was taken out: nothing is lost or gained
        if guard.name in LOSSES[:2] and (mark := book.marks.get(self.guards.index(guard), 0.0) * book.units):
            return 1.0 - equity / mark
        if guard.name == "drawdown":
            return 1.0 - equity / book.high_water
        if guard.name == "loss":
            return 1.0 - equity / (book.start * book.units)
        if guard.name in ("daily_loss", "day_gain"):
            lost = 1.0 - equity / book.day_equity
            return lost if guard.name == "daily_loss" else -lost
        if guard.name == "day_trades":
            return book.entries_today
        if guard.name == "day_losses":
            return sum(trade.pnl < 0.0 for trade in book.trades_today)
        if guard.name == "orders_per_minute":  # R22: at a mark that of the last minute that saw any
            return float(len(self.table.minutes[-1])) if self.table.minutes else 0.0
        if guard.name == "positions":
            return float(bool(book.lots))
        if guard.name == "open_risk":
            lots = [(lot.quantity, stop_of(self.table, lot)) for lot in book.lots]
            lost = sum(at_risk(self.rests, book.side, q, book.price, stop) for q, stop in lots)
            return lost / equity if lots else 0.0
        return abs(book.value(book.price)) / equity if book.lots else 0.0

    def is_reached(self, guard: Guard, measure: float) -> bool:
        above = guard.name in (*VALUES, "positions", *READINGS)
        return measure > guard.limit if above else measure >= guard.limit - EXACT

    # --- new risk ----------------------------------------------------------------------------------

    def crowded(self) -> bool:
        """R22: whether the minute has seen as many orders as it may."""
        return any(g.name == "orders_per_minute" and self.in_this_minute() >= g.limit for g in self.guards)

    def in_this_minute(self) -> int:
        """A minute that is over counts no more."""
        last = self.table.minutes[-1:]
        return sum(len(minute) for minute in last if self.book.now + self.step - minute[0] < 60_000_000)

    def cut(self, preview: Preview, quantity: float, side: int, why: str, new: bool) -> tuple[float, str]:
        """New risk is cut to the room that every limit leaves, put on the grid of lots (rule 22), then refused by what
        cannot be cut for. A halt refuses a size of nothing, too, that of a `cap` among them."""
        if quantity <= 0.0 and why not in ("", "cap", "zero_quantity"):
            return 0.0, why
        if self.halts:
            return 0.0, "halted"
        if quantity <= 0.0:
            return 0.0, why
        for guard in self.guards:
            if guard.name in VALUES:
                most = self.room(guard, preview, side)
                lot = self.rests.lot  # rounding cuts nothing, down to whole lots too
                if most < quantity * (1.0 - 1e-9) and down(most, lot) < down(quantity, lot):
                    quantity, why = most, guard.name
        if quantity <= 0.0:
            return 0.0, why
        quantity = down(quantity, self.rests.lot)
        others = [g for g in self.guards if g.name not in VALUES and (new or g.name != "orders_per_minute")]
        refused = [g.name for g in others if self.refuses(g, preview, self.book.equity, quantity, side)]
        return (0.0, refused[0]) if refused else (quantity, why)

    def at_fill(self, order: Order) -> str:
        """R13: what refuses a resting entry at its fill, at the price of that: halts, guards on losses and gains."""
        if self.halts:
            return "halted"
        preview = Preview(self.rests, self.book, self.book.price, [])
        asked = [g for g in self.guards if g.name in (*LOSSES, "day_gain", "day_losses")]
        equity = preview.equity
        return next((g.name for g in asked if self.refuses(g, preview, equity, order.quantity, order.side)), "")

    def refuses(self, guard: Guard, preview: Preview, after: float, quantity: float, side: int) -> bool:
        """Whether the limit is reached, or would be by the cost of the entry alone. after: equity without that."""
        if guard.name in LOSSES:
            after = preview.equity - cost(self.rests, quantity, preview.price, side, opens=True)
        measure = self.measure(guard, after)
        if guard.name == "day_trades":  # R4: what waits or rests counts; what is sized at its fill not for itself
            alone = self.rests.entries == "one_cancels_other"  # one that rests fills at most
            measure += sum(o.state == "working" and not o.got for o in self.table.entries() if not (alone and o.rests))
        if guard.name == "positions":  # as it would be
            measure = 1.0
        if guard.name == "orders_per_minute":
            measure = float(self.in_this_minute())
        return self.is_reached(guard, measure)

    def room(self, guard: Guard, preview: Preview, side: int) -> float:
        """The quantity that brings gross value, after the costs of entry, to the limit."""
        if guard.name == "open_risk":
            budget = guard.limit * preview.equity - preview.at_risk
            return preview.buys(budget, guard.limit, side, preview.unit_risk) if budget > 0.0 else 0.0
        return preview.buys(guard.limit * preview.equity - preview.worth, guard.limit, side)

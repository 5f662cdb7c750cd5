"""Matching: what the market meets as its price moves through a bar, and in which order (18, 28, R10, R15, R16).

A bar is a jump to its open, then a walk to one extreme, to the other, and to the close. A jump fills what it has
reached at the price where it lands, a walk at the levels it passes.
"""

from __future__ import annotations

from dataclasses import replace
from math import isnan, nan

from .book import Book
from .expiries import Expiries
from .fills import Fills
from .levels import is_met, meets, rises
from .orders import INSIDE, MOMENTS, OPEN, Lot, Order
from .program import Bar, Enter, Program, whole


class Matching:
    """The orders that wait and work, against one book."""

    def __init__(self, program: Program, book: Book, fills: Fills, expiries: Expiries) -> None:
        self.program, self.rests, self.book, self.fills, self.expiries = program, program.rests, book, fills, expiries
        self.table, self.levels = fills.table, fills.levels

    # --- a bar -------------------------------------------------------------------------------------

    def bar(self, bar: Bar) -> None:
        """Rule 18 (2): what waits and rests fills in the order of the price path."""
        if not isnan(bar.open):
            self.book.see(bar.open)
            self.markets(OPEN, ("guard", "exit"))
            self.expiries.at_open()
            self.markets(OPEN, ("expire",))
            self.fills.go_on()
            self.markets(OPEN, ("enter",))
            self.jump(OPEN)
        if bar.inside and whole(bar.inside) == bar.prices:
            self.finer(bar)
        else:
            self.walk(bar)

    def finer(self, bar: Bar) -> None:
        """A bar that goes by finer ones, which make it: the market jumps to the open of each, then walks through it.
        What was met in one of them decides nothing of the next."""
        for nth, (opened, high, low, close) in enumerate(bar.inside):
            if nth:
                self.book.part += 1
                self.book.see(opened)
                self.jump(INSIDE)
                self.book.part += 1
                for lot in self.book.lots:
                    lot.gained_in = -1
            self.walk(replace(bar, open=opened, high=high, low=low, close=close))

    def markets(self, moment: str, roles: tuple[str, ...]) -> None:
        """Market orders that wait for this moment: what leaves goes before what enters, each in its order."""
        now = (self.book.bar, MOMENTS.index(moment))
        waiting = [o for role in roles for o in self.table.waiting(role) if o.works_from <= now]
        for order in waiting:
            if order in self.table.orders:
                self.fills.market(order, moment)

    def jump(self, moment: str) -> None:
        """An open: what it has reached fills there. Exits that rest, then lots, then entries that rest (R10)."""
        for order in self.working("exit"):
            self.meet(order, moment)
        for lot in list(self.book.lots):
            self.fills.own(lot, moment)
        for order in self.working("enter"):
            self.meet(order, moment)

    def meet(self, order: Order, moment: str) -> None:
        """A resting order, if it still rests and the market is at its level or beyond."""
        if order in self.table.orders and self.fills.is_met(order, self.book.price):
            self.fills.by_path = order.doubted
            self.fills.resting(order, moment)
            self.fills.by_path = False

    def working(self, role: str) -> list[Order]:
        """Resting orders that work on this bar: R7, a life of hours ends with the bars that open before its end."""
        return [o for o in self.table.resting(role)
                if o.works_from <= (self.book.bar, 0) and self.book.now < o.ends]  # fmt: skip

    # --- the walk ----------------------------------------------------------------------------------

    def walk(self, bar: Bar) -> None:
        """Rule 28: the way through the extremes that `path` assumes, then to the close."""
        if isnan(bar.high) or not (self.book.lots or self.working("enter")):
            return
        first = self.up_first(bar)
        high_first = [(bar.high, True, bar.low), (bar.low, False, bar.high), (bar.close, True, nan)]
        low_first = [(bar.low, False, bar.high), (bar.high, True, bar.low), (bar.close, False, nan)]
        self.book.moved = set()
        for end, rising, far in high_first if first else low_first:
            self.book.way = rising
            self.sweep(end, rising, far)
        self.book.way = None

    def up_first(self, bar: Bar) -> bool:
        """R15: worst is what hurts the position; flat, what is past the better side of the first entry in the text."""
        if self.rests.path == "proximity":
            return abs(bar.high - bar.open) < abs(bar.open - bar.low)
        if self.book.lots:
            return (self.book.side > 0) == (self.rests.path == "best")
        return (self.working("enter")[0].side > 0) == (self.rests.path == "worst")

    def sweep(self, end: float, rising: bool, far: float) -> None:
        """One leg of the walk: the nearest level first. far: the bar's extreme on the other side."""
        while True:
            ahead = [(level if rising else -level, at, order)
                     for at, (level, order) in enumerate(self.met(end, rising))]  # fmt: skip
            if not ahead:
                break
            distance, _, order = min(ahead)
            self.book.see(distance if rising else -distance)
            if order.lot is None:
                rested = not order.triggered
                self.fills.by_path = order.doubted or self.is_by_path(order, rising, far)
                self.fills.resting(order, INSIDE)
                self.fills.by_path = False
                if rested and order.triggered and order in self.table.orders:
                    order.doubted = self.fills.meets(order)[1] != rising and self.fills.is_met(order, far)
                self.doubt(order, rising, far)
            else:
                doubtful = self.is_ambiguous(order.lot, rising, far)
                if not isnan(order.after):  # R16: it begins to work here; was the far extreme before, or does it come?
                    stop = replace(order, after=nan)
                    order.lot.by_path |= rises(stop) != rising and is_met(stop, far, self.rests.tick)
                self.fills.bracket(order, INSIDE, doubtful)
        self.book.see(end)

    def met(self, end: float, rising: bool) -> list[tuple[float, Order]]:
        """What a leg up or down to this end meets, with its level, in the order in which it goes at one level."""
        tick = self.rests.tick
        found = []
        for role in ("exit", "lots", "enter"):
            if role == "lots":
                own = [o for lot in self.book.lots for o in self.levels.of(lot, INSIDE)]
                found += [(meets(o), o) for o in own if rises(o) == rising and is_met(o, end, tick)]
                continue
            for order in self.working(role):
                level, above = self.fills.meets(order)
                if above == rising and self.fills.is_met(order, end):
                    found.append((level, order))
        return found

    def is_by_path(self, order: Order, rising: bool, far: float) -> bool:
        """R16: whether the bar has on its other side a resting entry that would have filled in place of this one, or
        would have closed there what this one closes, or a lot came or went there that this one would have closed."""
        any_side = self.rests.entries == "one_cancels_other"
        if self.adds_or_begins(order, rising, far):
            return True
        if order.role == "exit" and self.rests_at(far, rising, "enter", order.side):
            return True
        if order.role == "enter" and self.rests_at(far, rising, "enter", 0 if any_side else -order.side):
            return True
        closes = order.side if order.role == "exit" else -order.side
        if (closes, not rising) in self.book.moved:
            return True
        return any(lot.side == closes and self.is_ambiguous(lot, rising, far) for lot in self.book.lots)

    def adds_or_begins(self, order: Order, rising: bool, far: float) -> bool:
        """R16: whether an order of a ladder that trades once a position adds to this one, or begins another: a lot of
        its side moved on the other way, or would leave there."""
        statement = self.program.statements[order.statement]
        if not isinstance(statement, Enter) or not statement.rung or statement.rung.ladder.again:
            return False
        if (order.side, not rising) in self.book.moved:
            return True
        return any(lot.side == order.side and self.would_leave(lot, rising, far) for lot in self.book.lots)

    def rests_at(self, far: float, rising: bool, role: str, side: int) -> bool:
        """Whether an order of a side (0: of either) that rests and works is met at the far extreme."""
        return any(self.fills.meets(o)[1] != rising and self.fills.is_met(o, far)
                   for o in self.working(role) if side in (0, o.side))  # fmt: skip

    def is_ambiguous(self, lot: Lot, rising: bool, far: float) -> bool:
        """R16: whether the bar has met the lot on its other side, too, or would, or the lot came inside this very bar.
        What leaves at once, where its lot fell, rests on no path."""
        if lot.moment == INSIDE and (lot.bar, lot.part) == (self.book.bar, self.book.part):
            return True
        if lot.gained_in == self.book.bar and rising != (lot.side > 0):
            return True
        return self.would_leave(lot, rising, far)

    def doubt(self, order: Order, rising: bool, far: float) -> None:
        """R16: the lot of an entry that has just filled here is in doubt where the bar, at its far extreme, has what
        would close it, or part of it, or set another of its levels to work, or where its trail counts from there: that
        was before the fill, or comes after it."""
        lot = order.mine
        if lot not in self.book.lots or lot.by_path or (lot.bar, lot.moment, lot.part) != (
            self.book.bar, INSIDE, self.book.part
        ):  # fmt: skip
            return
        trails = [o for o in self.levels.table.brackets() if o.lot is lot and o.role == "trail" and isnan(o.after)]
        better = far > lot.high if lot.side > 0 else far < lot.low
        if self.would_leave(lot, rising, far) or (trails and better and rising != (lot.side > 0)):
            lot.by_path = True
            self.fills.ambiguous += 1

    def would_leave(self, lot: Lot, rising: bool, far: float) -> bool:
        """Whether the far extreme of a leg up or down meets what closes the lot, or a level of it."""
        if self.rests_at(far, rising, "exit", lot.side) or self.rests_at(far, rising, "enter", -lot.side):
            return True
        return any(rises(o) != rising and is_met(o, far, self.rests.tick)
                   for o in self.levels.of(lot, INSIDE))  # fmt: skip

"""The levels of a lot: its stops, trail, takes and target, where they stand and which of them work (24, 25, R17, R18).

Each is an order of the table. One that waits for another level to be touched has that as `after`.
"""

from __future__ import annotations

from math import isnan, nan

from .book import NOTHING, Book
from .orders import BRACKETS, CLOSE, EARNS, MOMENTS, PROTECTS, Lot, Order
from .prices import down, on_grid, reached, stands
from .program import Enter, Level, Program
from .table import Table


class Levels:
    """The brackets of the lots of one book."""

    def __init__(self, program: Program, book: Book, table: Table) -> None:
        self.program, self.rests, self.book, self.table = program, program.rests, book, table

    # --- what a fill brings ------------------------------------------------------------------------

    def work(self, lot: Lot, moment: str) -> None:
        """The levels of a lot that has just filled, frozen at the decision, in the order in which they go."""
        statement = self.statement(lot)
        self.add(lot, "stop", statement.stop, moment)
        self.add(lot, "trail", statement.trail, moment, statement.trail_after)
        for rank, move in enumerate(statement.moves):
            self.add(lot, "move", move.stop, moment, move.after, rank=rank)
        for rank, take in enumerate(statement.takes):
            part = down(take.share[lot.entry.said] * lot.first, self.rests.lot)
            if part > NOTHING:
                self.add(lot, "take", take.at, moment, quantity=part, rank=rank)
        self.add(lot, "target", statement.target, moment)
        self.know(lot)

    def know(self, lot: Lot) -> None:
        """What its rows tell of a lot: its first stop, and its target."""
        first = self.first_stop(lot.statement, lot.entry.said, lot.price, grid=True)
        lot.stop = nan if first is None else first
        lot.target = self.told(lot)[1]

    def told(self, lot: Lot) -> tuple[float, float]:
        """Where its stop and its target stand."""
        known = {o.role: o.level for o in self.table.brackets() if o.lot is lot}
        return known.get("stop", nan), known.get("target", nan)

    def again(self, lot: Lot, before: float, moment: str) -> None:
        """A lot has grown: all but its trail is measured from its new price, and takes are of all that has
        filled of it, of which so much was there before."""
        statement = self.statement(lot)
        moved = iter(statement.moves)
        for order in [o for o in self.table.brackets() if o.lot is lot]:
            level, after = {"stop": (statement.stop, None), "target": (statement.target, None),
                            "trail": (None, statement.trail_after)}.get(order.role, (None, None))  # fmt: skip
            if order.role == "move":
                move = next(moved)
                level, after = move.stop, move.after
            if level is not None:
                order.level = self.stands(lot, level, order.role, lot.price)
            if after is not None and not isnan(order.after):
                order.after = self.stands(lot, after, "take", lot.price)
        for rank, take in enumerate(statement.takes):
            share, step = take.share[lot.entry.said], self.rests.lot
            whole = lot.entry.got - lot.entry.earlier
            more = down(share * whole, step) - down(share * before, step)
            there = [o for o in self.table.brackets() if o.lot is lot and o.role == "take" and o.rank == rank]
            for order in there:
                order.level = self.stands(lot, take.at, "take", lot.price)
                order.quantity += more
            if not there and more > NOTHING:
                self.add(lot, "take", take.at, moment, quantity=more, rank=rank)
        self.know(lot)

    def add(
        self, lot: Lot, role: str, level: Level | None, moment: str, after: Level | None = None, quantity: float = 0.0,
        rank: int = 0,
    ) -> None:  # fmt: skip
        if level is None:
            return
        order = Order(-1, role, lot.side, lot.statement, lot.entry.bar, lot=lot, works_from=self.begins(moment))
        order.rank, order.later = rank, after is not None
        order.level = self.stands(lot, level, role, lot.price)
        order.after = self.stands(lot, after, "take", lot.price) if after else nan
        order.quantity = quantity or lot.first
        self.table.orders.append(order)

    def stands(self, lot: Lot, level: Level, role: str, base: float) -> float:
        """A level of a lot, on the grid; base: what a distance counts from."""
        at, toward = lot.entry.said, 1 if role in EARNS else -1
        first = self.first_stop(lot.statement, at, lot.price) if level.kind == "multiple" else None
        if role == "trail" and first is not None:  # its way is the fill's, its base the best price
            way = after_a_stop(level, at, lot.price, lot.side, first) - lot.price
            return on_grid(base + way, -lot.side, self.rests.tick)
        return on_grid(stands(level, at, base, lot.side, toward, first), lot.side * toward, self.rests.tick)

    def first_stop(self, statement: int, at: int, entry: float, grid: bool = False) -> float | None:
        """Where a lot that filled at `entry` would leave first, by what works from its fill on.

        R17: the plain `stop`, else the plain `trail`, off the grid, is what a multiple counts from. On the grid it is
        the tighter one.
        """
        enter = self.program.statements[statement]
        assert isinstance(enter, Enter)
        plain = [level for level in (enter.stop, None if enter.trail_after else enter.trail) if level is not None]
        if not plain:
            return None
        off_grid = stands(plain[0], at, entry, enter.side, -1)
        if not grid:
            return off_grid
        levels = [off_grid, *(after_a_stop(level, at, entry, enter.side, off_grid) for level in plain[1:])]
        known = [on_grid(level, -enter.side, self.rests.tick) for level in levels]
        return max(known) if enter.side > 0 else min(known)

    def begins(self, moment: str) -> tuple[int, int]:
        """Rule 25: the moment from which a bracket of a fill at this moment works."""
        now = self.book.bar
        if self.rests.bracket == "entry_bar":
            return (now, MOMENTS.index(moment))
        decided_after = self.rests.bracket == "next_decision" and moment == CLOSE
        return (now + 2 if decided_after else now + 1, 0)

    def statement(self, lot: Lot) -> Enter:
        statement = self.program.statements[lot.statement]
        assert isinstance(statement, Enter)
        return statement

    # --- which of them work ------------------------------------------------------------------------

    def begun(self, moment: str) -> list[Order]:
        now = (self.book.bar, MOMENTS.index(moment))
        begun = [o for o in self.table.brackets() if o.works_from <= now and not o.met]
        return [o for o in begun if not self.book.dry or o.role not in EARNS or not isnan(o.after)]

    def of(self, lot: Lot, moment: str) -> list[Order]:
        """The levels of a lot that the market can meet, in the order in which they go at one price: what leaves, then
        what waits for its touch. Of what protects the tightest works (rule 24)."""
        begun = [o for o in self.begun(moment) if o.lot is lot]
        leave = [o for o in begun if isnan(o.after) and not any(self.is_tighter(other, o) for other in begun)]
        ordered = sorted(leave, key=lambda o: (BRACKETS.index(o.role), o.rank))
        return ordered + [o for o in begun if not isnan(o.after)]

    def is_tighter(self, one: Order, other: Order) -> bool:
        """Whether the market meets `one` before `other`. Equal: the one that goes first works."""
        if one is other or one.role in EARNS or other.role in EARNS or not isnan(one.after):
            return False
        if one.level != other.level:
            return one.side * (one.level - other.level) > 0.0
        rank = [PROTECTS.index(o.role) for o in (one, other)]
        return rank[0] < rank[1] or (rank[0] == rank[1] and self.is_before(one, other))

    def is_before(self, one: Order, other: Order) -> bool:
        return self.table.orders.index(one) < self.table.orders.index(other)

    def follow(self) -> None:
        """Rule 24: at the end of a bar a trail follows the best price since the fill, and works there from the next.
        One that waits for a touch follows, too (R17)."""
        for order in self.table.brackets():
            if order.role == "trail":
                lot = order.lot
                assert lot is not None
                trail = self.statement(lot).trail
                assert trail is not None
                level = self.stands(lot, trail, "trail", lot.high if lot.side > 0 else lot.low)
                if trail.kind == "multiple":  # of a lot that has grown r may be more than it was
                    order.level = level
                else:
                    order.level = max(order.level, level) if lot.side > 0 else min(order.level, level)


def after_a_stop(level: Level, at: int, entry: float, side: int, stop: float) -> float:
    """Where a trail stands at the fill; one in multiples counts to the side of loss, from the way to the stop."""
    if level.kind == "multiple":
        return entry - level.values[at] * (entry - stop)
    return stands(level, at, entry, side, -1)


def meets(order: Order) -> float:
    """The level at which the market meets a bracket: its own, or the one it waits for."""
    return order.level if isnan(order.after) else order.after


def rises(order: Order) -> bool:
    """Whether the market must rise to meet it."""
    return (order.side > 0) == (order.role in EARNS or not isnan(order.after))


def is_met(order: Order, price: float, tick: float) -> bool:
    return reached(price, meets(order), rises(order), tick)

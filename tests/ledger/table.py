"""The table of orders: what waits, what rests, the brackets of lots; and what has become a row."""

from __future__ import annotations

from .orders import BRACKETS, Lot, Order

WAIT = ("guard", "exit", "expire", "enter")
"""Market orders, in the order in which they go at one moment (R10)."""


class Table:
    """Orders whose fate is open, in the order in which they were accepted, and the rows of all others."""

    def __init__(self) -> None:
        self.orders: list[Order] = []
        self.closed: list[Order] = []
        self.numbers = 0
        self.spent: dict[int, int] = {}
        """Exit statement with `once` -> the bar on which the position it acted in began."""
        self.had: dict[int, int] = {}
        """Order of a ladder -> the number of the position in which it had its lot."""
        self.over: dict[int, Order] = {}
        """Orders whose life has ended at this close, by statement: a wish renews them."""
        self.stillborn: list[Order] = []
        """Orders of this close whose life has no bar."""
        self.anew: dict[int, Order] = {}
        """Order of a ladder, `again` -> the order that filled, to be placed once more when its lot has left."""
        self.minutes: list[list[int]] = []
        """The closes at which statements gave or moved orders, by minutes: each begins with its first order."""

    def given(self, close: int) -> None:
        """R22: a statement gives an order, or moves its own."""
        if not self.minutes or close - self.minutes[-1][0] >= 60_000_000:
            self.minutes.append([])
        self.minutes[-1].append(close)

    # --- fates -------------------------------------------------------------------------------------

    def number(self, order: Order) -> Order:
        """Rule R21: numbers are taken when a decision is weighed."""
        order.number = self.numbers
        self.numbers += 1
        return order

    def settle(self, order: Order, state: str, reason: str = "") -> None:
        """The fate of an order is known: it leaves the table, and a wish becomes a row."""
        order.state, order.reason = state, reason
        if order in self.orders:
            self.orders.remove(order)
        if order.role not in BRACKETS:
            self.closed.append(order)

    def cancel(self, orders: list[Order], reason: str) -> None:
        for order in orders:
            self.settle(order, "cancelled", reason)

    def cancel_entries(self, orders: list[Order], side: int, reason: str) -> None:
        """Entries of a side (0: both) end, and none of it is placed anew. A fill ends those too that are over."""
        self.anew = {number: order for number, order in self.anew.items() if side not in (0, order.side)}
        over = [o for o in self.over.values() if o.role == "enter"] if reason == "other_filled" else []
        self.over = {number: order for number, order in self.over.items() if order not in over}
        self.cancel([*over, *orders], reason)
        for order in self.stillborn if reason == "other_filled" else []:
            if order.role == "enter":
                order.state, order.reason = "cancelled", reason

    def drop_orphans(self, held: list[Lot]) -> None:
        """The brackets and the expiry of a lot go with it."""
        gone = [o for o in self.orders if o.role == "expire" and o.lot not in held]
        self.cancel(gone, "nothing_to_close")
        self.orders[:] = [o for o in self.orders if o.lot is None or o.lot in held]

    # --- what there is -----------------------------------------------------------------------------

    def waiting(self, *roles: str) -> list[Order]:
        """Market orders that wait for their moment, of these roles, or of all: what leaves goes before what enters,
        exits and entries in the order of the text, whenever they were decided."""
        found = [o for o in self.orders if not o.rests and o.role in (roles or WAIT)]
        return sorted(found, key=lambda o: (WAIT.index(o.role), -1 if o.role == "expire" else o.statement))

    def resting(self, role: str, side: int = 0) -> list[Order]:
        """Orders that rest, in the order of the text."""
        found = [o for o in self.orders if o.rests and o.role == role and side in (0, o.side)]
        return sorted(found, key=lambda o: o.statement)

    def entries(self, side: int = 0) -> list[Order]:
        """Entries that wait or rest."""
        return [o for o in self.orders if o.role == "enter" and side in (0, o.side)]

    def of(self, statement: int) -> Order | None:
        """The order of a statement that rests."""
        return next((o for o in self.orders if o.rests and o.statement == statement), None)

    def brackets(self) -> list[Order]:
        return [o for o in self.orders if o.role in BRACKETS]

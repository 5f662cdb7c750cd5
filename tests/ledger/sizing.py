"""How much: rules 22 and 23."""

from __future__ import annotations

from math import isnan

from .book import Book
from .match import Matching
from .orders import Order
from .prices import cost, unit_cost
from .program import Enter, Rests


class Preview:
    """What the books will be when every market order that waits has filled at this price.

    So an order is sized from equity less the estimated cost of those accepted before it.
    """

    def __init__(self, rests: Rests, book: Book, price: float, waiting: list[Order]) -> None:
        self.rests, self.price = rests, price
        self.side, self.held = book.side, book.held
        self.equity = book.cash + book.value(price)
        for order in waiting:
            if order.role == "enter":
                self.turn(order.side)
                self.held += order.quantity
                self.pay(order.quantity, order.side)
            elif order.side == self.side:
                self.leave(min(order.quantity, self.held))

    def turn(self, side: int) -> None:
        """An entry on the other side closes what is held first."""
        if self.side == -side:
            self.leave(self.held)
        self.side = side

    def leave(self, quantity: float) -> None:
        self.held -= quantity
        self.pay(quantity, -self.side)

    def pay(self, quantity: float, side: int) -> None:
        self.equity -= cost(self.rests, quantity, self.price, side)

    def affordable(self, share: float, side: int) -> float:
        """Rule 22: the quantity whose notional and estimated cost of entry are this share of equity."""
        unit = abs(self.price) * self.rests.point + unit_cost(self.rests, self.price, side)
        return (share * self.equity - self.rests.fee_order) / unit


def missing(statement: Enter, at: int) -> str:
    """The first clause whose value is missing, as a reason."""
    clauses = {
        "size": statement.size[at],
        "cap": statement.cap[at] if statement.cap else 0.0,
        "stop": statement.stop.values[at] if statement.stop else 0.0,
        "target": statement.target.values[at] if statement.target else 0.0,
        "trail": statement.trail.values[at] if statement.trail else 0.0,
        "expire": statement.expire[at] if statement.expire else 0.0,
    }
    return next((f"missing_{name}" for name, value in clauses.items() if isnan(value)), "")


def asked(rests: Rests, statement: Enter, at: int, preview: Preview, matching: Matching) -> tuple[float, float, str]:
    """What a statement asks for, what its cap leaves of it, and why not all."""
    size, side, why = statement.size[at], statement.side, ""
    wanted = size
    if statement.sizing == "percent":
        wanted = preview.affordable(size, side)
    elif statement.sizing == "cash":
        wanted = size / (abs(preview.price) * rests.point)
    elif statement.sizing == "risk":
        distance = side * (preview.price - first_stop(statement, at, preview.price, matching))
        if distance < 0.0:
            return 0.0, 0.0, "wrong_side"
        if distance < max(rests.tick, 1e-12):
            return 0.0, 0.0, "no_stop_distance"
        wanted = size * preview.equity / (distance * rests.point)
    quantity = wanted
    if statement.cap is not None:
        most = preview.affordable(statement.cap[at], side)
        if most < quantity:
            quantity, why = most, "cap"
    return wanted, quantity, why


def first_stop(statement: Enter, at: int, price: float, matching: Matching) -> float:
    """Where a lot that filled at this price would leave first: its stop, or its trail where that is tighter."""
    known = [matching.level_of(level, "stop", at, price, statement.side)
             for level in (statement.stop, statement.trail) if level is not None]  # fmt: skip
    return max(known) if statement.side > 0 else min(known)

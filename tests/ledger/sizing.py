"""How much: rules 22 and 23, and what counts as filled before it (R3, R4)."""

from __future__ import annotations

from math import inf, isnan, nan

from .book import NOTHING, Book
from .levels import Levels
from .orders import Order
from .prices import cost, down, estimate, most
from .program import Enter, Rests


class Preview:
    """What the books will be when every market order that waits has filled at the close, or at the price of this fill.

    So an order is sized from equity less the estimated cost of those accepted before it. mark: that price; price: what
    the order in question is sized at. worth: gross value of what will be held.
    """

    def __init__(self, rests: Rests, book: Book, mark: float, waiting: list[Order], price: float | None = None) -> None:
        self.rests, self.mark = rests, mark
        self.price = mark if price is None else price
        self.side, self.held = book.side, book.held
        self.at_risk = 0.0  # money that the stops of what is on the side of the order would lose
        self.unit_risk = nan  # and those of one unit more, in points of price
        self.worth = self.held * abs(mark) * rests.worth
        self.equity = book.cash + book.value(mark)
        for order in waiting:
            if order.role == "enter":
                self.turn(order.side, mark)
                self.add(order.quantity, order.side, mark)
            elif order.side == self.side:
                self.leave(min(order.quantity, self.held), mark)

    def reserve(self, resting: list[Order]) -> None:
        """R4: what rests on the side in question counts as filled, at its own price."""
        for order in resting:
            self.add(order.quantity, order.side, order.own_price)

    def turn(self, side: int, price: float) -> None:
        """An entry on the other side closes what is held first."""
        if self.side == -side:
            self.leave(self.held, price)
        self.side = side

    def add(self, quantity: float, side: int, price: float) -> None:
        self.held += quantity
        self.worth += quantity * abs(price) * self.rests.worth
        self.equity -= cost(self.rests, quantity, price, side, opens=True)

    def leave(self, quantity: float, price: float) -> None:
        self.worth -= quantity * abs(self.mark) * self.rests.worth
        self.held -= quantity
        self.equity -= cost(self.rests, quantity, price, -self.side, opens=False)

    def affordable(self, share: float, side: int) -> float:
        """Rule 22: the quantity whose notional and estimated cost of entry are this share of equity."""
        return self.buys(share * self.equity, 1.0, side)

    def buys(self, budget: float, weight: float, side: int, points: float | None = None) -> float:
        """The quantity whose notional (or so many points a unit) and so many times its estimated cost are this much
        money; 0 where none is."""
        worth = (abs(self.price) if points is None else points) * self.rests.worth

        def fits(quantity: float) -> bool:
            paid = estimate(self.rests, quantity, self.price, side, opens=True)
            return quantity * worth + weight * paid <= budget

        return most(fits, max(0.0, budget / worth)) if worth else (inf if budget > 0.0 else 0.0)


def missing(statement: Enter, at: int) -> str:
    """The first clause whose value is missing, as a reason."""
    clauses = {
        "size": statement.size[at],
        "cap": statement.cap[at] if statement.cap else 0.0,
        "stop": statement.stop.values[at] if statement.stop else 0.0,
        "target": statement.target.values[at] if statement.target else 0.0,
        "trail": statement.trail.values[at] if statement.trail else 0.0,
        "expire": statement.expire[at] if statement.expire else 0.0,
        "valid": statement.rest.valid[at] if statement.rest and statement.rest.valid else 0.0,
    }
    return next((f"missing_{name}" for name, value in clauses.items() if isnan(value)), "")


def asked(statement: Enter, order: Order, preview: Preview, levels: Levels) -> tuple[float, float, str]:
    """What a statement asks for, what its cap leaves of it, and why not all."""
    rests, at, side, why = preview.rests, order.said, statement.side, ""
    wanted = size = statement.size[at]
    if statement.sizing == "percent":
        wanted = preview.affordable(size, side)
    elif statement.sizing == "cash":
        wanted = size / (abs(preview.price) * rests.worth)
    elif statement.sizing == "risk":
        stop = levels.first_stop(order.statement, at, preview.price, grid=True)
        assert stop is not None
        distance = side * (preview.price - stop)
        if distance < 0.0:
            return 0.0, 0.0, "wrong_side"
        if distance < max(rests.tick, 1e-12):
            return 0.0, 0.0, "no_stop_distance"
        wanted = size * preview.equity / (distance * rests.worth)
    quantity = wanted = max(0.0, wanted)
    if statement.cap is not None:
        bound = preview.affordable(statement.cap[at], side)
        if bound < quantity * (1.0 - 1e-9):  # but for rounding
            quantity, why = bound, "cap" if down(bound, rests.lot) > NOTHING else "zero_quantity"
    return wanted, quantity, why

"""Guards: limits that cut or deny new risk, and act when they are reached (rule 29)."""

from __future__ import annotations

from .book import Book
from .prices import down, unit_cost
from .program import Guard, Program
from .sizing import Preview

EXPOSURES = ("exposure", "leverage", "position")


class Guards:
    """The guards of a program, the implied `guard exposure 100%` among them."""

    def __init__(self, program: Program, book: Book) -> None:
        self.rests, self.book = program.rests, book
        implied = not any(guard.name in EXPOSURES[:2] for guard in program.guards)
        self.guards = [*program.guards, *([Guard("exposure", 1.0)] if implied else [])]

    def cut(self, preview: Preview, quantity: float, side: int, why: str) -> tuple[float, str]:
        """Rule 29: new risk is cut to the room that every limit leaves, then (rule 22) to the grid of lots."""
        for guard in self.guards if quantity > 0.0 else ():
            if guard.name in EXPOSURES:
                most = self.room(guard, preview, side)
                if most < quantity:
                    quantity, why = most, guard.name
        return down(max(0.0, quantity), self.rests.lot), why

    def room(self, guard: Guard, preview: Preview, side: int) -> float:
        """The quantity that brings gross value, after the costs of entry, to the limit."""
        worth = abs(preview.price) * self.rests.point
        unit = worth + guard.limit * unit_cost(self.rests, preview.price, side)
        return (guard.limit * (preview.equity - self.rests.fee_order) - preview.held * worth) / unit

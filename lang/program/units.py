"""Units: what a number measures. Inferred, never written; they make mistakes visible and brackets possible."""

from __future__ import annotations

from enum import Enum


class Unit(Enum):
    """The unit of a number; `PLAIN` is a number that measures nothing known (an index, an oscillator)."""

    PLAIN = "number"
    PRICE = "price"
    DISTANCE = "distance"
    RATIO = "ratio"
    QUANTITY = "quantity"
    MONEY = "money"
    BARS = "bars"
    DURATION = "duration"
    TIME = "time"

    def __str__(self) -> str:
        return self.value

    @property
    def noun(self) -> str:
        """`a price`, `an amount of money`: what is said to have been found."""
        return _NOUNS.get(self, f"a {self.value}")


_NOUNS = {Unit.DISTANCE: "a distance of prices", Unit.MONEY: "an amount of money", Unit.BARS: "a number of bars"}

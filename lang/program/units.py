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

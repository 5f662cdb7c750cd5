"""`assume latency 1 bar`: how many bars a decision is under way to the market."""

from __future__ import annotations

from ..diagnostics.brief import brief
from ..words.amounts import read_amount
from .errors import AssumptionError

MOST_BARS = 100
"""All wishes under way are kept, with all that their clauses say."""


def read_latency(value: object) -> int:
    """A whole number of bars, `1 bar`, `2 bars`, from 0 to MOST_BARS; `none` is 0."""
    if isinstance(value, str) and value.strip() == "none":
        return 0
    amount = read_amount(value) if isinstance(value, str) else None
    if amount is None or amount.unit != "bars":
        raise AssumptionError(f"latency: expected a number of bars, such as 1 bar, found {brief(value)}; "
                              "a shorter one needs shorter bars")  # fmt: skip
    if not 0.0 <= amount.value <= MOST_BARS or amount.value != int(amount.value):
        raise AssumptionError(f"latency: expected a whole number of bars from 0 to {MOST_BARS}, found {brief(value)}")
    return int(amount.value)


def bars_of(count: int) -> str:
    """As it is written."""
    return f"{count} bar" if count == 1 else f"{count} bars" if count else "none"

"""What decides that money comes into the account of several books, or goes out: once an event, for all of them.

The account is laid out as a book whose own statements are the flows alone, each in the place that it has in the text.
Its bars are the events: they have a time, and no price. Everything else of the account goes from book to book.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from ...lang.inputs.assumptions import Assumptions
from ...lang.plan.constants import MISSING, TICK, evaluate_params
from ...lang.plan.model import FLOWS, Plan
from ..errors import UsageFault
from ..machine.machine import Underway, arrays_of, misfit, statements
from ..trading.specs import GuardSpec
from ..trading.state import lay_out

if TYPE_CHECKING:
    from .book import Book

NA = float("nan")


class AtEvent(NamedTuple):
    """The bar of the account at an event. ts: when the first of those bars opened that close at it."""

    ts: int
    open: float = NA
    high: float = NA
    low: float = NA
    close: float = NA
    volume: float = NA


class Cashier(Underway):
    """The account, and what its statements know. `others` are the books that the plan reads by name."""

    def __init__(
        self, plan: Plan, main: Plan, values: Mapping[str, float | bool], assumptions: Assumptions,
        guards: Sequence[GuardSpec], max_rows: int, *, start: int, **options: Any,
    ) -> None:  # fmt: skip
        """plan: what decides. main: whose statements these are. options: of `lay_out`."""
        self.plan, self.index = plan, 0
        params = evaluate_params(plan, {TICK: assumptions.tick or MISSING, **values}, start)
        if wrong := misfit(plan, params):
            raise UsageFault(wrong)
        own = [decision.action in FLOWS for decision in main.decisions]
        self.trading = lay_out(statements(main), guards, assumptions, max_rows, start=start, own=own, **options)
        self.arrays = arrays_of(plan, params, self.trading)
        self.others: list[Book] = []

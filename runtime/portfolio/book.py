"""A book: one traded symbol's plan, parameters and state. What runs it is the driver of the portfolio."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from ...lang.inputs.assumptions import Assumptions
from ...lang.plan.extras import CALL
from ...lang.plan.model import Plan
from ..machine.machine import Underway
from ..trading.state import keep_up


class Book(Underway):
    """The state of one symbol. `others` are the books that the plan reads by name, in the order of `plan.books_of`."""

    def __init__(
        self, plan: Plan, symbol: str, values: Mapping[str, float | bool], assumptions: Assumptions, **options: Any
    ) -> None:
        """plan: with what the assumptions of any book ask for. options: those of `Underway`."""
        alone = replace(assumptions, maintenance=0.0) if assumptions.maintenance else assumptions
        super().__init__(plan, values, assumptions=alone, symbol=symbol, **options)
        self.plan, self.symbol = plan, symbol  # one plan for all, with what any of them assumes
        if CALL in plan.extras:  # it is the account that is asked for it, not the position
            keep_up(self.trading, assumptions.maintenance)
        self.others: list[Book] = []
        self.opened, self.close = 0, float("nan")  # when its last bar opened, and what it closed at
        self.handed: Sequence[float] = ()  # the plan's outputs on the last bar that was pushed
        # What the interpreted driver keeps here: the parts, and the bar of this event.
        self.awake: Callable[..., Any]
        self.opening: Callable[..., Any]
        self.closing: Callable[..., Any]
        self.row: Sequence[Any] = ()
        self.item = 0
        self.outs: Sequence[Any] = ()

"""Entries sized by `risk` that never came to it, as a guard cut every one of them: what is at risk is not what was
asked for, on any of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ...lang.plan.model import Plan
from ..results.gate import Check
from ..trading.rows import (
    CUT,
    ENTER_ORDER,
    NO_REASON,
    ORDER_ASKED,
    ORDER_GOT,
    ORDER_KIND,
    ORDER_REASON,
    ORDER_STATEMENT,
    ORDER_STATUS,
    REASONS,
)
from .notes import name_of

if TYPE_CHECKING:
    from ..results.output import Floats


def risked(plan: Plan, orders: Floats) -> Iterator[Check]:
    """Whether each `enter` that says `risk` and got something came to it once; nothing where none says it."""
    counts = 0
    lacking: list[str] = []
    for index, decision in enumerate(plan.decisions):
        if decision.action != "enter" or decision.sizing != "risk":
            continue
        filled = (orders[:, ORDER_KIND] == ENTER_ORDER) & (orders[:, ORDER_GOT] > 0.0)
        own = orders[filled & (orders[:, ORDER_STATEMENT] == index)]
        if len(own):
            counts += len(own)
            lacking += _never(name_of(plan, index), own)
    if counts:
        reached = f"not every one of its {counts:,} entries was cut by a guard"
        yield Check("risk", not lacking, "; ".join(lacking) or reached)


def _never(name: str, own: Floats) -> Iterator[str]:
    """What is told of the entries of one statement, where guards (the first of the reasons) cut all of them."""
    if ((own[:, ORDER_STATUS] != CUT) | (own[:, ORDER_REASON] >= NO_REASON)).any():
        return
    why = Counter(REASONS[int(reason)].replace("_", " ") for reason in own[:, ORDER_REASON])
    guards = ", ".join(f"guard {reason}" for reason, _ in why.most_common())
    most = float((own[:, ORDER_GOT] / own[:, ORDER_ASKED]).max())
    yield (f"`risk` of {name} was never reached: all {len(own):,} entries were cut by {guards}, and the one least cut "
           f"would lose {most:.1%} of it at its stop")  # fmt: skip

"""What assumptions ask of an event beyond what every program has: further columns, and parts that read them.

A plan is made of the text alone, and a run may have other assumptions than the text: so these are put on for the run.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import replace

from ..inputs.assumptions import Assumptions
from .model import Column, Plan

OBSERVE = "observe"
"""Keeps range and volume of the last bar that has closed: slippage counts from them."""


def with_extras(plan: Plan, assumed: Assumptions) -> Plan:
    """The plan of a run with these assumptions: the plan itself where they ask for nothing; the same one again for the
    same plan, of the last few."""
    wanted = tuple(extras(assumed)) if plan.trading else ()
    if plan.extras == wanted:
        return plan
    for known, made in tuple(_recent):
        if known is plan and made.extras == wanted:
            return made
    columns = dict.fromkeys((*plan.columns, *(column for name in wanted for column in _COLUMNS[name])))
    made = replace(plan, columns=tuple(columns), extras=wanted)
    _recent.append((plan, made))
    return made


_recent: deque[tuple[Plan, Plan]] = deque(maxlen=8)


def extras(assumed: Assumptions) -> Iterator[str]:
    """The parts of an event that assumptions ask for, in the order of the event."""
    if assumed.slippage.range or assumed.slippage.root:
        yield OBSERVE


_COLUMNS = {OBSERVE: (Column("bar", "volume"),)}

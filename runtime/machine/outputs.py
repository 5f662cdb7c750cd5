"""The columns that a run hands out: those of the books first where a plan trades, then the plan's own."""

from __future__ import annotations

from ...lang.plan.model import Plan
from ..trading import layout

BOOKS = (("equity", layout.EQUITY), ("cash", layout.CASH), ("quantity", layout.QUANTITY))
"""Name, and slot in `b`, of what is written after every bar."""


def out_count(plan: Plan) -> int:
    """How many columns a plan hands out."""
    return len(plan.outputs) + (len(BOOKS) if plan.trading else 0)


def out_names(plan: Plan) -> list[str]:
    """Their names, in order."""
    return [*(name for name, _ in BOOKS if plan.trading), *(output.name for output in plan.outputs)]

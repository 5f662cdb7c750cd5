"""The stages of one event as a plan needs them: both drivers go through these."""

from __future__ import annotations

from dataclasses import replace

from ...lang.plan.model import Plan
from ...lang.plan.operands import reads_books
from ..trading.phases import PORTFOLIO_EVENT, Stage, Turn


def stages(plan: Plan) -> tuple[Stage, ...]:
    """`PORTFOLIO_EVENT`, in which a book is handed the account before its closing part only where that reads it."""
    if reads_books(plan):
        return PORTFOLIO_EVENT
    return tuple(replace(stage, turns=tuple(map(_unread, stage.turns))) for stage in PORTFOLIO_EVENT)


def _unread(turn: Turn) -> Turn:
    return replace(turn, calls=("closing",)) if turn.calls == ("hand", "closing") else turn

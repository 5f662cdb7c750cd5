"""The stages of one event as a plan needs them: both drivers go through these."""

from __future__ import annotations

from dataclasses import replace

from ...lang.plan.extras import GUARDED, OBSERVE
from ...lang.plan.model import Decision, Plan
from ...lang.plan.operands import reads_books
from ..errors import UsageFault
from ..trading.phases import PORTFOLIO_EVENT, Stage, Turn


def stages(plan: Plan) -> tuple[Stage, ...]:
    """`PORTFOLIO_EVENT`, with what the plan's assumptions ask for beside it. A book is handed the account before its
    closing part only where that reads it."""
    unknown = [name for name in plan.extras if name not in (OBSERVE, GUARDED)]
    if unknown:
        raise UsageFault("interest, borrow and funding are assumed of one symbol; with several they are not available")
    return tuple(replace(stage, turns=tuple(_turn(plan, turn) for turn in stage.turns)) for stage in PORTFOLIO_EVENT)


def _turn(plan: Plan, turn: Turn) -> Turn:
    if turn.calls == ("hand", "closing") and not reads_books(plan):
        return replace(turn, calls=("closing",))
    if turn.calls == ("mark_book",) and OBSERVE in plan.extras:
        return replace(turn, calls=(OBSERVE, "mark_book"))  # before anything fills at this close
    return turn


def groups(plan: Plan) -> list[list[Decision]]:
    """The legs of each `atomic`, in the order of the text."""
    found: dict[int, list[Decision]] = {}
    for decision in plan.decisions:
        if decision.atomic:
            found.setdefault(decision.group, []).append(decision)
    return list(found.values())

"""The stages of one event as a plan needs them: both drivers go through these."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ...lang.plan.extras import (
    ACCRUE,
    ALLOW,
    APPROACH,
    BORROW,
    CALL,
    CONVERT,
    FUND,
    GRADE,
    LATE,
    OBSERVE,
    QUOTE,
    QUOTE_SIDES,
)
from ...lang.plan.model import Decision, Plan
from ...lang.plan.operands import reads_books
from ..trading.phases import ACCOUNT, BOOKS, MEMBERS, PORTFOLIO_EVENT, Stage, Turn


def stages(plan: Plan) -> tuple[Stage, ...]:
    """`PORTFOLIO_EVENT`, with what the plan's assumptions ask for beside it. A book is handed the account before its
    closing part only where that reads it."""
    found = []
    for stage in PORTFOLIO_EVENT:
        if stage.name == "flows" and not plan.pays:
            continue
        if stage.name in ("readings", "gauges") and not plan.gauged:
            continue
        if stage.name == "account" and not (plan.pays or plan.gauged):
            continue
        if stage.name in ("call", "called") and CALL not in plan.extras:
            continue
        turns = tuple(_carry(plan)) if stage.name == "carry" else tuple(_turn(plan, turn) for turn in stage.turns)
        if turns or stage.name != "carry":
            found.append(replace(stage, turns=turns))
    if ALLOW in plan.extras:  # before legs are released, which fill whole or not at all
        release = next(place for place, stage in enumerate(found) if stage.name == "release")
        found.insert(release, Stage(ALLOW, (Turn(MEMBERS, (ALLOW,)),)))
    if APPROACH in plan.extras:  # of what rests as a bar begins
        opening = next(place for place, stage in enumerate(found) if stage.name == "opening")
        found.insert(opening, Stage(APPROACH, (Turn(MEMBERS, (APPROACH,)),)))
    if LATE in plan.extras:  # before anything is decided by what is wished
        basis = next(place for place, stage in enumerate(found) if stage.name == "basis")
        found.insert(basis, Stage("arrive", (Turn(MEMBERS, ("arrive",), asks="acts"),)))
    return tuple(found)


def _carry(plan: Plan) -> Iterator[Turn]:
    """Interest of the account once, then what each book with a bar now pays, and the rate that its money has now; the
    tier of its fee, by what all books have traded."""
    if ACCRUE in plan.extras or BORROW in plan.extras:
        yield Turn(ACCOUNT, ("earn",))
    if paid := tuple(name for name in (ACCRUE, BORROW, FUND, CONVERT) if name in plan.extras):
        yield Turn(MEMBERS, ("hand", *paid, "take"))
    if GRADE in plan.extras:
        yield Turn(MEMBERS, ("date_tiers",))
        yield Turn(ACCOUNT, ("begin_tiers",))
        yield Turn(BOOKS, ("add_tiers",))
        yield Turn(MEMBERS, ("grade_book",))


def _turn(plan: Plan, turn: Turn) -> Turn:
    if turn.calls == ("hand", "closing") and not reads_books(plan):
        return replace(turn, calls=("closing",))
    if turn.calls == ("mark_book",):  # before anything fills at this close
        known = tuple(name for name in (OBSERVE, QUOTE, QUOTE_SIDES) if name in plan.extras)
        return replace(turn, calls=(*known, "mark_book"))
    return turn


def sequences(plan: Plan) -> list[list[Decision]]:
    """The instructions of each `sequence`, in the order of the text."""
    found: dict[int, list[Decision]] = {}
    for decision in plan.decisions:
        if decision.step:
            found.setdefault(decision.sequence, []).append(decision)
    return list(found.values())


def groups(plan: Plan) -> list[list[Decision]]:
    """The legs of each `atomic`, in the order of the text."""
    found: dict[int, list[Decision]] = {}
    for decision in plan.decisions:
        if decision.atomic:
            found.setdefault(decision.group, []).append(decision)
    return list(found.values())

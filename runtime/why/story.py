"""What a statement did on a bar: from its order's row, or from what kept it from giving one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from ...lang.program.program import Enter, Exit
from ..results.format import counted
from ..trading import layout
from . import reading
from .answer import Part, Verdict
from .words import reason

_ACTED = {"filled": "it acted", "reduced": "it acted, with less than it asked for"}
REFUSED = ("denied", "conflict")
_ORDERED = {
    "denied": "its order was denied", "conflict": "it was passed over", "cancelled": "its order was cancelled",
}  # fmt: skip


def of_order(row: Mapping[str, Any]) -> Verdict:
    """What came of an order."""
    status = str(row["status"])
    why = f": {reason(row)}" if row["reason"] else ""
    if status in _ACTED:
        return Verdict("acted", f"{_ACTED[status]}{why}")
    return Verdict(status, f"{_ORDERED.get(status, f'its order came to be {status}')}{why}")


def placed(*, moved: bool) -> Verdict:
    """An order rests since this bar."""
    if moved:
        return Verdict("moved", "it moved its order, which rests")
    return Verdict("placed", "it placed an order, which rests")


def not_its_turn(step: int, leg: int) -> Verdict | None:
    """What kept an instruction of a `sequence` from being given; None of any other statement, and of one that could be.

    leg: how far it is, one of the codes of `trading/layout.py`.
    """
    if not step or leg == (layout.NO_LEG if step == 1 else layout.TURN):
        return None
    if leg == layout.NO_LEG:
        return Verdict("not_its_turn", "the instructions before it in its sequence had not been taken")
    under = "it was under way itself" if leg == layout.BOUND else "a later instruction of it was under way"
    return Verdict("under_way", f"its sequence had begun, and {under}")


def unchanged(number: int) -> Verdict:
    """The same wish again."""
    return Verdict("unchanged", f"its condition held, and order {number} rests already, with the same prices")


def cancelled(ended: Sequence[int]) -> Verdict:
    """A `cancel` whose condition held."""
    if not ended:
        return Verdict("nothing_rests", "its condition held, but no entry of its side rested: nothing may be placed")
    told = ", ".join(map(str, ended))
    return Verdict("acted", f"it acted: {counted(len(ended), 'order')} that rested ended ({told})")


def not_warm(condition: Part, clauses: Iterable[Part]) -> Verdict:
    """What it waits for: of the parts that are not warm the innermost of the first."""
    part = next((p for p in (condition, *clauses) if not p.warm), condition)
    while inner := next((p for p in part.parts if not p.warm), None):
        part = inner
    return Verdict("warming_up", f"it was not warm yet: `{part.name or part.text}` has too few bars behind it")


def not_held(condition: Part) -> Verdict:
    """Which of its parts failed."""
    failed = failing(condition)
    if condition.role == "all" and failed:
        more = f", and {counted(len(failed) - 1, 'further part')} with it" if len(failed) > 1 else ""
        return Verdict("condition", f"its condition did not hold: `{failed[0]}` failed{more}")
    return Verdict("condition", "its condition did not hold")


def failing(part: Part, frame: str = "") -> list[str]:
    """Of what has to hold together that which did not; what joins by `and` under a name or `@` is opened."""
    if part.holds:
        return []
    if part.role != "all" or not part.parts:
        return [f"{part.name or part.text}{frame}"]
    deeper = f" @ {part.timeframe}" if part.timeframe else frame
    return [failed for inner in part.parts for failed in failing(inner, deeper)]


def under_way(bars: int) -> Verdict:
    """With `assume latency` what a statement could do is known where its wish arrives, on a later bar."""
    later = f"{counted(bars, 'bar')} later (`assume latency`)"
    return Verdict("late", f"its condition held, and reached the market {later}, where "
                   "it gave no order of its own: there was nothing for it to do, or to change")  # fmt: skip


def not_moved() -> Verdict:
    """Money of an account of several symbols, which goes by bars of its own."""
    return Verdict("not_moved", "no money moved: the account of all symbols decides it, once an event, where it did "
                   "not hold; its parts are shown as they are on this symbol's bars")  # fmt: skip


def idle(statement: Enter | Exit, state: str, others: Iterable[Mapping[str, Any]], position: float) -> Verdict:
    """Why a condition that held led to no order. others: orders that other statements, guards and expiries gave."""
    given = [row for row in others if row["side"] == statement.side and row["status"] not in ("denied", "conflict")]
    left = next((row for row in given if row["kind"] != "enter"), None)
    side = "long" if position > 0.0 else "short"
    if state == reading.WAITS:
        return Verdict("waits", "its condition held, but an order of it was still waiting for its fill")
    if isinstance(statement, Exit):
        if state == reading.USED:
            return Verdict(state, "its condition held, but it is `once`, and had acted on this position")
        if state == reading.NOTHING:
            held = f"the position was {side}" if position else "there was no position"
            return Verdict(state, f"its condition held, but {held}: nothing to close")
        if statement.rest is not None:
            return Verdict("not_placed", "its condition held, but nothing was placed: its price is missing, or its "
                           "`until` held too")  # fmt: skip
        return Verdict("nothing_to_close", "its condition held, but all of it was on its way out already")
    if state == reading.FULL:
        return Verdict(state, f"its condition held, but its `scale {statement.scale}` was full")
    if state == reading.HELD and statement.ladder is not None:
        return Verdict(state, f"its condition held, but the position was {side} already, and no order of its ladder "
                       "was free: each has one lot, beside those of its ladder alone")  # fmt: skip
    if state == reading.HELD:
        return Verdict(state, f"its condition held, but the position was {side} already, and it has no `scale`")
    if statement.rest is not None and left is None:
        return Verdict("not_placed", "its condition held, but nothing was placed: its price is missing, or what ends "
                       "its orders (`cancel`, `until`) held too")  # fmt: skip
    if left is not None and left["kind"] == "exit":
        return Verdict("exit_first", "its condition held, but an exit of its side acted on this bar, and that alone")
    if left is not None:
        return Verdict("held", "its condition held, but what left at this close was still held for its decision")
    return Verdict("other_entry", "its condition held, but another entry of its side acted before it on this bar")

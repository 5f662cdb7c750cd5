"""Whose a way out is that names no side: `long when …, exit when …; short when …, exit when …`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from ..conditions.sides import for_side, mirrored
from ..tokens.meanings import parts_of
from ..tokens.token import Again, Compare, Condition, Joined, Not, Plain, Series, asked
from .attach import ENTRIES, Act

_OWN = {"cover": "short", "sell": "long"}


def of_one_side(acts: Sequence[Act]) -> dict[int, str]:
    """The side of every `exit` that stands behind an entry of one side, where the other side has its own; by the id of
    the action. One behind the entries of both, or the only one, is of both."""
    near: dict[int, str] = {}
    behind: set[str] = set()
    fresh = False
    for act in acts:
        if act.side in ENTRIES:
            behind = behind if fresh else set()
            behind.add(act.side)
            fresh = True
            continue
        fresh = False
        if act.side in _OWN:
            near[id(act)] = _OWN[act.side]
        elif behind in ({"long"}, {"short"}) and (act.conditions or act.otherwise):
            near[id(act)] = next(iter(behind))
    return near if set(near.values()) == {"long", "short"} else {}


def exit_mirrored(
    condition: Condition, described: tuple[str, Condition | None, Act], side: str, entry: Condition | None
) -> Condition:
    """What ends a position of this side where it was told of the other, whose entry is `described`."""
    own, first, _ = described
    made = mirrored(for_side(condition, own, False, first))
    if made is None and _undirected(condition):
        return for_side(condition, side, False, entry)
    return made or Plain(asked("exit", f"When should a {side} be closed?"))


def _undirected(condition: Condition) -> bool:
    """Whether its way follows from the side."""
    return any(
        isinstance(part, tuple | Again) or (isinstance(part, Compare) and part.op in {"cross", "at"})
        for part in parts_of(condition)
    )


def frames_of(conditions: Sequence[Condition | None]) -> dict[str, str]:
    """The timeframe that each line is read on, if it is one and the same."""
    found: dict[str, set[str]] = {}
    for condition in conditions:
        for part in parts_of(condition) if condition else ():
            for side in (part.left, part.right) if isinstance(part, Compare) else ():
                if side and side.name != "px" and side.dim != "number":
                    found.setdefault(side.text, set()).add(side.frame)
    return {text: next(iter(own)) for text, own in found.items() if len(own) == 1 and not own & {"", "days"}}


def read_on(condition: Condition, frames: Mapping[str, str]) -> Condition:
    """`Reclaims the 21 EMA on 4h …, loses the 21 EMA`: the line of the way out is that of the entry."""
    if isinstance(condition, Joined):
        return replace(condition, parts=tuple(read_on(each, frames) for each in condition.parts))
    if isinstance(condition, Not):
        return Not(read_on(condition.part, frames))
    if not isinstance(condition, Compare):
        return condition
    return replace(condition, left=_read_on(condition.left, frames), right=_read_on(condition.right, frames))


def _read_on(series: Series | None, frames: Mapping[str, str]) -> Series | None:
    if series is None or series.frame or series.text not in frames:
        return series
    return replace(series, frame=frames[series.text])

"""Stops that begin to work at a level, told in multiples of the first risk: one that is hit at once, or never works."""

from __future__ import annotations

from collections.abc import Sequence

from ..program.nodes import Node
from .context import Context
from .level import Level


def moves(context: Context, side: str, written: Sequence[Level]) -> None:
    """All there is to say of each `stop … after …` of an `enter` whose levels are counted in `r`."""
    begins = {id(level.clause): level for level in written if level.word == "after"}
    for stop in written:
        after = begins.get(id(stop.clause)) if stop.moves else None
        if after is None:
            continue
        at, begun = in_r(stop, side), in_r(after, side)
        if at is not None and begun is not None and at >= begun:
            context.reports.warning(
                "W503", "this `stop` lies no nearer to the fill than the level behind `after`", stop.clause.span,
                notes=["what is left of the lot leaves as soon as the price is there"],
                help="to leave at a level: `target`, or `take 50% at 1r`",
            )  # fmt: skip
        elif at is not None and at <= -1.0:
            context.reports.warning(
                "W503", "this `stop` is never nearer than the first one, which goes on working", stop.clause.span,
                help="the tightest stop counts; `stop 0r after 1r` moves it to the fill",
            )  # fmt: skip


def behind(context: Context, side: str, written: Sequence[Level]) -> None:
    """A `target`, `take … at` or `after` counted in `r` that lies at the fill or on the side of loss."""
    for level in written:
        count = in_r(level, side) if level.gain and not level.moves else None
        if count is not None and count <= 0.0:
            after = level.word == "after"
            where = "on the side of loss" if count < 0.0 else "at the fill"
            context.reports.warning(
                "W503", f"this `{level.word}` lies {where}", level.clause.span,
                notes=["what it begins works at once" if after else "it is reached at once, at the fill's own price"],
                help="`1r` counts to the side of gain by itself"
                if after else "`1r` counts to the side of gain by itself; what ends a loss is `stop`",
            )  # fmt: skip


def in_r(level: Level, side: str) -> float | None:
    """How far a level lies on the side of gain, in multiples of the first risk; None where it is not counted so."""
    said = level.said
    if _is_entry(said):
        return 0.0
    if not level.in_r:
        return None
    count = multiple(said)
    if count is not None:
        return count if level.gain else -count
    if said.kind == "pure" and said.name in ("add", "sub") and _is_entry(said.args[0]):
        count = multiple(said.args[1])
        gains = (said.name == "add") == (side == "long")
        return count if count is None or gains else -count
    return None


def _is_entry(node: Node) -> bool:
    return node.kind == "param" and node.name == "$entry"


def multiple(node: Node) -> float | None:
    """n of what `nr` became: n times the way from the fill to the first stop."""
    if node.kind == "pure" and node.name == "neg":
        count = multiple(node.args[0])
        return None if count is None else -count
    if node.kind != "pure" or node.name != "mul" or node.args[0].kind != "const":
        return None
    inner = 1.0 if is_way(node.args[1]) else multiple(node.args[1])
    return None if inner is None else float(str(node.args[0].data[0])) * inner


def is_way(node: Node) -> bool:
    """Whether a node is the way from the fill to a stop, which `r` counts."""
    return node.kind == "pure" and node.name == "sub" and any(map(_is_entry, node.args))

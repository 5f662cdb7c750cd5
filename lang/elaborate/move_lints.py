"""Levels of one lot beside each other: a stop that is hit as it begins, or never works; what lies beyond the target."""

from __future__ import annotations

from collections.abc import Sequence

from ..diagnostics.reports import replace
from ..program.nodes import Node
from ..program.units import Unit
from ..syntax import tree
from . import bare
from .context import Context
from .level import Level


def moves(context: Context, side: str, written: Sequence[Level]) -> None:
    """All there is to say of each `stop … after …` of an `enter` whose levels are counted in `r`."""
    begins = {id(level.clause): level for level in written if level.word == "after"}
    first = next((level for level in written if level.word == "stop" and not level.moves), None)
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
        elif (at is not None and at <= -1.0) or (first is not None and _is_farther(context, stop, first, side)):
            context.reports.warning(
                "W503", "this `stop` is never nearer than the first one, which goes on working", stop.clause.span,
                help="the tightest stop counts; `stop 0r after 1r` moves it to the fill",
            )  # fmt: skip
        elif not stop.in_r:
            _loses(context, side, stop)


def _loses(context: Context, side: str, stop: Level) -> None:
    """`stop 1% after 3%` keeps no gain of 1 %: a share and a distance of a stop count to the side of loss."""
    unit, value = context.unit(stop.said), stop.said.data[0] if stop.said.kind == "const" else None
    if unit not in (Unit.RATIO, Unit.DISTANCE) or value == 0.0:
        return
    product = unit is Unit.DISTANCE and isinstance(stop.expr, tree.Binary) and stop.expr.operator in ("*", "/")
    text = context.text(stop.expr.span) if product else bare.as_operand(context, stop.expr)
    sign = "+" if side == "long" else "-"
    keeps = f"entry * (1 {sign} {text})" if unit is Unit.RATIO else f"entry {sign} {text}"
    context.reports.hint(
        "W514", f"this `stop` lies {'below' if side == 'long' else 'above'} the fill, on the side of loss",
        stop.clause.span, fixes=[replace(f"replace with `{keeps}`", stop.expr.span, keeps)],
        help=f"a gain that is kept is a price, `stop {keeps}`, or counted in `r`",
    )  # fmt: skip


def after_the_target(context: Context, side: str, written: Sequence[Level]) -> None:
    """A `take` or an `after` that the price comes to once it has passed the target, where the lot has left."""
    target = next((level for level in written if level.word == "target"), None)
    for level in written if target is not None else ():
        ahead = _ahead(context, level, side), _ahead(context, target, side)  # type: ignore[arg-type]
        if level.word not in ("at", "after") or ahead[0] is None or ahead[1] is None or ahead[0][1] != ahead[1][1]:
            continue
        if ahead[0][0] > ahead[1][0] or (level.word == "after" and ahead[0] == ahead[1]):
            word = "this `take` lies beyond" if level.word == "at" else "the level behind `after` is no nearer than"
            context.reports.warning("W503", f"{word} the `target`, where the whole lot leaves first", level.clause.span,
                                    help="what is to leave later leaves at a farther `target`")  # fmt: skip


def _is_farther(context: Context, stop: Level, first: Level, side: str) -> bool:
    """Whether a stop is no nearer to the fill than the first one, of any fill."""
    one, other = _ahead(context, stop, side), _ahead(context, first, side)
    return one is not None and other is not None and one[1] == other[1] and one[0] <= other[0]


def _ahead(context: Context, level: Level, side: str) -> tuple[float, tuple[object, ...]] | None:
    """How far a level lies on the side of gain, and in what: in r, shares of the fill, prices, or times a distance."""
    count = in_r(level, side)
    if count is not None and (level.in_r or count):
        return count, ("r",)
    unit, (times, of) = context.unit(level.said), _times(level.said)
    if of is None and unit not in (Unit.RATIO, Unit.DISTANCE) and not bare.is_price(context, level.said):
        return None
    if level.said.unit is Unit.PRICE or bare.is_price(context, level.said):
        return None if of is not None else (times if side == "long" else -times, ("price",))
    return times if level.gain else -times, (unit, of)


def _times(node: Node) -> tuple[float, int | None]:
    """A number, or how many times which other value a node is."""
    if node.kind == "const":
        return float(str(node.data[0])), None
    if node.kind == "pure" and node.name == "mul" and node.args[0].kind == "const":
        return float(str(node.args[0].data[0])), node.args[1].id
    return 1.0, node.id


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
    if is_entry(said):
        return 0.0
    if not level.in_r:
        return None
    count = multiple(said)
    if count is not None:
        return count if level.gain else -count
    if said.kind == "pure" and said.name in ("add", "sub") and is_entry(said.args[0]):
        count = multiple(said.args[1])
        gains = (said.name == "add") == (side == "long")
        return count if count is None or gains else -count
    return None


def is_entry(node: Node) -> bool:
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
    return node.kind == "pure" and node.name == "sub" and any(map(is_entry, node.args))

"""What the clauses of an `enter` say, and are not always meant to: a level on the wrong side, a value that is frozen.

Every clause is read once, at the decision. So a stop that is above the fill of a long for every price there could be,
a level that moves and a position that is not there yet are told; an ordinary initial stop, such as
`stop lowest(low, 10)`, is not.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ..diagnostics.model import Note
from ..program.nodes import Binding, Node, walk
from ..program.program import Affine, Enter, Exit
from ..program.units import Unit
from ..syntax import tree
from . import magnitudes
from .context import Context

_EXTREMES = frozenset(
    "highest lowest highest_since lowest_since pivot_high pivot_low valuewhen last_known history".split()
)
"""Operators whose value is a price that was: a level to begin with, that nobody expects to move."""


def clauses_of(
    context: Context, statement: tree.Enter, clauses: Mapping[str, tree.Clause], made: Mapping[str, Affine | None],
    expire: Node | None,
) -> None:  # fmt: skip
    """All there is to say of one `enter`. made: what its `stop`, `target` and `trail` became."""
    for word, affine in made.items():
        if affine is None or affine.said is None or word not in clauses:
            continue
        if "scale" not in clauses and _reads_position(context, clauses[word], affine.said):
            continue
        if word in ("stop", "target"):
            _wrong_side(context, clauses[word], statement.side, affine.said)
        magnitudes.share(context, clauses[word], statement.side, affine.said)
        _frozen(context, clauses[word], affine.said)
    if expire is not None and "scale" not in clauses:
        _reads_position(context, clauses["expire"], expire)


def _reads_position(context: Context, clause: tree.Clause, said: Node) -> bool:
    """`stop position.high - 3 * atr(14)`: at the decision the position is not there yet."""
    held = context.first("the position", said, lambda node: node.kind == "book" and node.name.startswith("position."))
    if held is not None:
        context.reports.warning(
            "W502", f"`{held.name}` is read once, at the decision, when this position is not there yet", clause.span,
            notes=[f"`{clause.word}` is frozen for each lot: what it reads later changes nothing"],
            help="leave by a condition that is read on every bar: `exit … when …`",
        )  # fmt: skip
    return held is not None


# --- the wrong side --------------------------------------------------------------------------------


def _wrong_side(context: Context, clause: tree.Clause, side: str, said: Node) -> None:
    over = (clause.word == "target") == (side == "long")  # where it belongs: over the fill or under it
    ratio, scale = context.unit(said) is Unit.RATIO, context.scales.of(said)
    if said.unit is Unit.PRICE:
        close = context.graph.node("input", (), ("close",), unit=Unit.PRICE)
        line = context.lines(close).of(said)
        wrong = line is not None and (line.below if over else line.above)
        message = f"this `{clause.word}` lies {'below' if over else 'above'} the price at which a {side} is entered"
    else:
        wrong = scale.high < 0.0 or (scale.high == 0.0 and scale.low < 0.0)
        message = f"this `{clause.word}` is below 0, on the wrong side of the price of entry"
    if wrong:
        denied = "; with `risk` its order is denied" if clause.word == "stop" else ""
        context.reports.warning(
            "W503", message, clause.span,
            notes=[f"such a lot is closed at once{denied}"],
            help=f"a distance counts from the fill to the proper side by itself: `{clause.word} 2%`",
        )  # fmt: skip
    elif ratio and not over and scale.low >= 1.0:
        context.reports.warning("W503", f"this `{clause.word}` lies at 0 or below: it is never reached", clause.span,
                                help="100% is the whole of the price")  # fmt: skip


# --- exits of the same bar -------------------------------------------------------------------------


def exits_too_early(context: Context, enters: Sequence[Enter], exits: Sequence[Exit], fill: str) -> None:
    """`enter … fill this_close` beside an exit that holds on that bar: the exit finds nothing to close yet."""
    entered = _entered_on([order for order in enters if (order.fill or fill) == "this_close"])
    for leaving in exits if entered else ():
        keys = ((leaving.side, _ALWAYS if _always(part) else part.id) for part in _parts(leaving.when, "or"))
        first = min((entered[key] for key in keys if key in entered), key=lambda order: order.index, default=None)
        if first is not None:
            context.reports.warning(
                "W504", "this exit holds on the bar of an entry at the close, and finds nothing to close there",
                leaving.span, notes=[Note("the entry is here", first.span)],
                help="exits are decided before a fill at the close: this one acts on the bar after, so that the "
                "trade lasts through that whole bar; with the open after it, through two sessions",
            )  # fmt: skip


_ALWAYS = -1


def _entered_on(enters: Sequence[Enter]) -> dict[tuple[str, int], Enter]:
    """The first entry of a side on whose bar a condition holds: one that it asks for, or one that always does."""
    found: dict[tuple[str, int], Enter] = {}
    for order in enters:
        for key in (_ALWAYS, *(part.id for part in _parts(order.when, "and"))):
            found.setdefault((order.side, key), order)
    return found


def _always(node: Node) -> bool:
    return node.kind == "const" and node.data[0] is True


def _parts(node: Node, joint: str) -> list[Node]:
    """The operands of a chain of `and` or `or`, and itself, each once."""
    found = {node.id: node}
    stack = [node]
    while stack:
        inner = stack.pop()
        if inner.kind == "pure" and inner.name == joint:
            stack.extend(arg for arg in inner.args if arg.id not in found)
            found.update((arg.id, arg) for arg in inner.args)
    return list(found.values())


# --- what is frozen --------------------------------------------------------------------------------


def _frozen(context: Context, clause: tree.Clause, said: Node) -> None:
    """A level or a distance that will have moved, and is kept as it was."""
    if said.binding < Binding.SERIES:
        return
    if clause.word == "trail":
        moving, sure = _chosen(said), True
        what, instead = "what this `trail` chooses", "`exit … when …` reads its condition on every bar"
    else:
        sure = said.unit is Unit.PRICE and _moves(context, said, extremes=False) and clause.word == "target"
        moving = said.unit is Unit.PRICE and _moves(context, said, extremes=clause.word == "target")
        what, instead = f"this `{clause.word}` is a level that moves", "to leave at the moving level: `exit … when …`"
    if not moving:
        return
    tell = context.reports.warning if sure else context.reports.hint
    tell("W501", f"{what}{'; it' if clause.word != 'trail' else ''} is frozen at the decision", clause.span,
         help=instead)  # fmt: skip


def _chosen(node: Node) -> bool:
    """Whether a distance depends on a condition of the bar, or on a state."""
    return any(
        inner.kind in ("cell", "previous")
        or (inner.kind == "pure" and inner.name == "select" and inner.args[0].binding is Binding.SERIES)
        for inner in _outside_operators(node)
    )


def _moves(context: Context, node: Node, *, extremes: bool) -> bool:
    """Whether a level is an average or another curve of its own, not a distance from this bar's prices.

    extremes: the highest and lowest of a window, and states, count, too.
    """
    known = context.moving.setdefault(extremes, {})
    for inner in walk([node], seen=set(known)):
        known[inner.id] = _moving(inner, known, extremes=extremes)
    return known[node.id]


def _moving(node: Node, known: Mapping[int, bool], *, extremes: bool) -> bool:
    """`_moves` of a node whose arguments' is known."""
    levels = [known[arg.id] for arg in node.args if arg.type == "number" and _is_level(arg)]
    if node.kind == "pure" and node.name in ("add", "sub"):
        return bool(levels) and all(levels)
    if node.kind == "pure" and node.name in ("mul", "div", "neg", "min", "max", "select", "or_else"):
        return any(levels)
    if node.kind in ("sample", "output"):
        return known[node.args[0].id]
    if node.kind == "step":
        return extremes and node.name != "history" if node.name in _EXTREMES else True
    return extremes and node.kind == "cell"


def _is_level(node: Node) -> bool:
    return node.unit is Unit.PRICE and node.binding is Binding.SERIES


def _outside_operators(node: Node) -> list[Node]:
    """The nodes of an expression that stand outside of operators, whose own choices nobody wrote."""
    found: dict[int, Node] = {}
    stack = [node]
    while stack:
        inner = stack.pop()
        if inner.id in found:
            continue
        found[inner.id] = inner
        if inner.kind in ("pure", "sample"):
            stack.extend(inner.args)
    return list(found.values())

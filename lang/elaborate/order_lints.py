"""What the clauses of an `enter` say, and are not always meant to: a level on the wrong side, a value that is frozen.

Every clause is read once, at the decision. So a stop that is above the fill of a long for every price there could be,
a level that moves and a position that is not there yet are told; an ordinary initial stop, such as
`stop lowest(low, 10)`, is not.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ..diagnostics.model import Edit, Fix, Note
from ..diagnostics.reports import replace
from ..diagnostics.span import Span
from ..program.nodes import Binding, Node, walk
from ..program.program import Enter, Exit
from ..program.units import Unit
from ..syntax import tree
from . import bare, magnitudes, move_lints
from .context import Context
from .level import Level
from .resting import Price

_EXTREMES = frozenset(
    "highest lowest highest_since lowest_since pivot_high pivot_low valuewhen last_known history".split()
)
"""Operators whose value is a price that was: a level to begin with, that nobody expects to move."""


def clauses_of(
    context: Context, statement: tree.Enter, clauses: Mapping[str, tree.Clause], written: Sequence[Level],
    prices: Mapping[str, Price], expire: Node | None,
) -> None:  # fmt: skip
    """All there is to say of the levels of one `enter`. prices: those that it rests at."""
    first = next((prices[word].node for word in ("limit", "trigger") if word in prices), None)
    close = context.graph.node("input", (), ("close",), unit=Unit.PRICE)
    for level in written:
        if "scale" not in clauses and _reads_position(context, level.clause, level.said):
            continue
        if not level.moves:
            if level.word != "trail" and not _counts_the_stop(context, level):
                _wrong_side(context, level, statement.side, first or close)
            magnitudes.share(context, level, statement.side)
        _frozen(context, statement, level)
    move_lints.moves(context, statement.side, written)
    move_lints.behind(context, statement.side, written)
    move_lints.after_the_target(context, statement.side, written)
    if expire is not None and "scale" not in clauses:
        _reads_position(context, clauses["expire"], expire)


def _reads_position(context: Context, clause: tree.Clause, said: Node) -> bool:
    """`stop position.high - 3 * atr(14)`: at the decision the position is not there yet.

    Not what the event of a `valuewhen` reads: it was asked when it froze the value, at an earlier close perhaps.
    """
    held = context.first("the position", said, _is_of_the_position, _outside_events)
    if held is not None:
        context.reports.warning(
            "W502", f"`{held.name}` is read once, at the decision, when this position is not there yet", clause.span,
            notes=[f"`{clause.word}` is frozen for each lot: what it reads later changes nothing"],
            help="leave by a condition that is read on every bar: `exit … when …`",
        )  # fmt: skip
    return held is not None


def _is_of_the_position(node: Node) -> bool:
    return node.kind == "book" and node.name.startswith("position.")


def _outside_events(node: Node) -> Sequence[Node]:
    """What a node is computed from, but for the event that chooses the bar of a `valuewhen`."""
    return node.args[1:] if node.kind == "step" and node.name == "valuewhen" else node.args


# --- the wrong side --------------------------------------------------------------------------------


def _wrong_side(context: Context, level: Level, side: str, filled: Node) -> None:
    """A level that every fill is beyond. filled: the price near which a lot is filled, if it is."""
    said, word = level.said, level.word
    over = level.gain == (side == "long")  # where it belongs: over the fill or under it
    ratio, scale = context.unit(said) is Unit.RATIO, context.scales.of(said)
    if said.unit is Unit.PRICE:
        wrong = _beyond(context, said, filled, over=over) or _at_the_stop(level)
        message = f"this `{word}` lies {'below' if over else 'above'} the price at which a {side} is entered"
        if not level.gain and move_lints.is_entry(said):
            wrong, message = True, f"this `{word}` lies at the fill"
    else:
        wrong = scale.high < 0.0 or (scale.high == 0.0 and scale.low < 0.0)
        message = f"this `{word}` is below 0, on the wrong side of the price of entry"
    if wrong:
        denied = "; with `risk` its order is denied" if word == "stop" else ""
        what = "what it begins works at once" if word == "after" else f"such a lot is closed at once{denied}"
        context.reports.warning(
            "W503", message, level.clause.span, notes=[what],
            help=f"a distance counts from the fill to the proper side by itself: `{word} 2%`",
        )  # fmt: skip
    elif ratio and not over and scale.low >= 1.0:
        context.reports.warning("W503", f"this `{word}` lies at 0 or below: it is never reached", level.clause.span,
                                help="100% is the whole of the price")  # fmt: skip


def _at_the_stop(level: Level) -> bool:
    """`target stop`: a level of gain where the lot loses."""
    return level.gain and isinstance(level.expr, tree.Name) and level.expr.name == "stop"


def _counts_the_stop(context: Context, level: Level) -> bool:
    """`target 3 * stop` is three times the price of the stop; the way to it may have been meant."""
    for part in tree.walk([level.expr]):
        if not isinstance(part, tree.Binary) or part.operator != "*":
            continue
        sides = (part.left, part.right)
        stop = any(isinstance(side, tree.Name) and side.name == "stop" for side in sides)
        number = next((side for side in sides if isinstance(side, tree.Number) and not side.suffix), None)
        if stop and number is not None and not _NEAR_ONE[0] <= number.value <= _NEAR_ONE[1]:
            text = f"{context.text(number.span)}r"
            context.reports.warning(
                "W507", f"this `{level.word}` counts the price of the stop {number.value:g} times", part.span,
                notes=["`stop` is where it stands; the way from the fill to it is `1r`"],
                fixes=[replace(f"replace with `{text}`", part.span, text)],
            )  # fmt: skip
            return True
    return False


_NEAR_ONE = (0.5, 1.5)
"""A number that a price is multiplied by."""


def _beyond(context: Context, said: Node, filled: Node, *, over: bool) -> bool:
    """Whether a level that belongs over the fill is below it at every price, or the other way round."""
    line = context.lines(filled).of(said)
    if line is not None:
        return line.below if over else line.above
    lines = context.lines(context.graph.node("input", (), ("close",), unit=Unit.PRICE))
    level, fill = lines.of(said), lines.of(filled)
    return level is not None and fill is not None and (fill.exceeds(level) if over else level.exceeds(fill))


# --- exits of the same bar -------------------------------------------------------------------------


def exits_too_early(context: Context, enters: Sequence[Enter], exits: Sequence[Exit], fill: str) -> None:
    """`enter … fill this_close` beside an exit that holds on that bar: the exit finds nothing to close yet."""
    entered = _entered_on([order for order in enters if not order.rest and (order.fill or fill) == "this_close"])
    for leaving in (leaving for leaving in exits if entered and not leaving.rest):
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


def _frozen(context: Context, statement: tree.Enter, level: Level) -> None:
    """A level or a distance that will have moved, and is kept as it was; an exit that rests follows it."""
    said, word = level.said, level.word
    if said.binding < Binding.SERIES or level.moves or word == "after":
        return
    if word == "trail":
        moving, sure, what = _chosen(said), True, "what this `trail` chooses is"
    else:
        moving = said.unit is Unit.PRICE and _moves(context, said, extremes=level.gain)
        sure = level.gain and moving and _moves(context, said, extremes=False)
        what = f"this `{word}` is a level that moves; it is"
    if moving:
        instead, fixes = _followed(context, statement, level)
        tell = context.reports.warning if sure else context.reports.hint
        follows = f"to follow it, leave by an order that is placed anew on every bar: `{instead}`"
        tell("W501", f"{what} frozen at the decision", level.clause.span, fixes=fixes,
             help=_CHOICES if word == "trail" and level.in_r else follows)  # fmt: skip


_CHOICES = "what may change later is a `trail … after` a level; a choice that stays is plain in an `enter` each"


_ALONE = frozenset("size cap target take expire because scale fill limit trigger valid until".split())
"""Clauses that do not count from a stop, so that it can be left out."""


def _followed(context: Context, statement: tree.Enter, level: Level) -> tuple[str, list[Fix]]:
    """The exit that follows a level, and the fix that writes it in its place."""
    side, text = statement.side, context.text(level.expr.span)
    if level.word == "trail":
        best, away = ("high", "-") if side == "long" else ("low", "+")
        share, text = context.unit(level.said) is Unit.RATIO, bare.as_operand(context, level.expr)
        written = f"position.{best} * (1 {away} {text})" if share else f"position.{best} {away} {text}"
    else:
        written = text
    word = "limit" if level.gain else "trigger"
    exit = f"exit {side} when true {word} {written}"
    if level.word == "at" or level.clause.at is not None or not _can_go(statement, level):
        return exit, []
    end = Span(statement.span.source, statement.span.end, statement.span.end)
    cut = Edit(_with_blanks(context, level.clause.span), "")
    return exit, [Fix(f"write `{exit}` in its place", (cut, Edit(end, f"\n{exit}")))]


def _can_go(statement: tree.Enter, level: Level) -> bool:
    """Whether a clause can be left out: nothing else counts from it, and it counts from nothing of the lot."""
    others = [clause for clause in statement.clauses if clause is not level.clause]
    names = {part.name for part in tree.walk([level.expr]) if isinstance(part, tree.Name)}
    counts = any(isinstance(part, tree.Number) and part.suffix == "r" for part in tree.walk([level.expr, *others]))
    names_stop = any(isinstance(part, tree.Name) and part.name == "stop" for part in tree.walk(others))
    free = level.gain or (all(clause.word in _ALONE for clause in others) and not names_stop)
    return free and not counts and not names & {"entry", "stop"}


def _with_blanks(context: Context, span: Span) -> Span:
    text = context.sources.get(span.source, "")
    return Span(span.source, len(text[: span.start].rstrip(" \t\n")), span.end)


_CHOOSE = frozenset({"select", "number", "sign"})


def _chosen(node: Node) -> bool:
    """Whether a distance depends on a condition of the bar, or on a state; not the way to the stop that `r` counts."""
    return any(
        inner.kind in ("cell", "previous")
        or (inner.kind == "pure" and inner.name in _CHOOSE and inner.args[0].binding is Binding.SERIES)
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
        if inner.kind in ("pure", "sample") and not move_lints.is_way(inner):
            stack.extend(inner.args)
    return list(found.values())

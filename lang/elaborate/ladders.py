"""`ladder n step D [again]`: an entry rests as several orders, each a step further from the market."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from ..diagnostics.span import NOWHERE
from ..program.nodes import BASE, Binding, Node
from ..program.program import Ladder, Rest
from ..program.units import Unit
from ..syntax import tree
from .arithmetic import pure
from .counts import whole
from .expressions import Expressions
from .questions import AWAY
from .resting import without
from .scope import Scope
from .values import Poison

MOST_RUNGS = 50
"""Orders of one ladder: each is a statement of its own in what is run."""


def ladder(
    part: Expressions, clauses: Mapping[str, tree.Clause], rest: Rest | None, buys: bool, scope: Scope
) -> Ladder | None:
    """The orders of a `ladder`; None where there is none, or where it was reported."""
    clause = clauses.get("ladder")
    if clause is None:
        return None
    count, step = _count(part, clause, scope), _step(part, clause, scope)
    if not _belongs(part, clauses, clause) or rest is None or not count or step is None:
        return None
    return Ladder(step, bool(clause.unit), tuple(_rungs(part, rest, count, step, buys)))


def _count(part: Expressions, clause: tree.Clause, scope: Scope) -> int:
    """How many orders, 0 where that was reported."""
    assert clause.value is not None
    count = whole(part, clause.value, scope, "how many orders after `ladder`", 2, MOST_RUNGS)
    if count is None:
        part.reports.error("E421", f"`ladder` takes a whole number from 2 to {MOST_RUNGS}, written as a number",
                           clause.value.span, help="`ladder 5 step 1%` rests five orders")  # fmt: skip
    return count if isinstance(count, int) else 0


def _step(part: Expressions, clause: tree.Clause, scope: Scope) -> Node | None:
    """How far the orders are apart: a distance, as which a plain number is read, or a share of the first price.
    Missing where it is not above 0."""
    assert clause.at is not None
    node = part.number(clause.at, scope, BASE, "a distance or a ratio after `step`", AWAY)
    if isinstance(node, Poison):
        return None
    unit = part.context.unit(node)
    if unit is Unit.PLAIN and _is_plain(node):
        unit = Unit.DISTANCE
    if unit not in (Unit.DISTANCE, Unit.RATIO):
        part.reports.error("E421", f"`step` takes a distance or a ratio, found {unit.noun}", clause.at.span,
                           help="for example `step 0.5 * atr(14)`, `step 2` (of price) or `step 1%`")  # fmt: skip
        return None
    value = node.data[0] if node.kind == "const" else None
    if isinstance(value, float) and not value > 0.0:
        part.reports.error("E415", f"`step` must be above 0, found {value:g}", clause.at.span,
                           help="each order is further from the market than the one before by itself")  # fmt: skip
        return None
    graph, zero = part.graph, part.graph.constant(0.0)
    above = pure(graph, "gt", (node, zero), clause.span)
    return pure(graph, "select", (above, node, graph.constant(float("nan"), unit)), clause.span, unit)


def _is_plain(node: Node) -> bool:
    """Whether a number is written, chosen or in the data, and no indicator's."""
    return node.binding < Binding.SERIES or (node.kind == "input" and node.name.startswith("column:"))


def _belongs(part: Expressions, clauses: Mapping[str, tree.Clause], clause: tree.Clause) -> bool:
    """Whether the other clauses leave it a meaning."""
    if "limit" not in clauses and "trigger" not in clauses:
        part.reports.error("E418", "`ladder` says how many orders rest, and this one fills at market", clause.span,
                           help="give the first of them a price with `limit` or `trigger`")  # fmt: skip
    elif "scale" in clauses:
        part.reports.error("E421", "`scale` does not go with `ladder`: each of its orders has a lot of its own",
                           clauses["scale"].span, fixes=[without(part, clauses["scale"].span)])  # fmt: skip
    elif clause.unit and "valid" not in clauses and "until" not in clauses:
        part.reports.error("E421", "`again` needs a time for which orders are placed anew", clause.span,
                           help="say it with `valid 20 bars`, `valid day` or `until CONDITION`")  # fmt: skip
    else:
        return True
    return False


def _rungs(part: Expressions, rest: Rest, count: int, step: Node, buys: bool) -> list[Rest]:
    """How each order rests. Where the step is missing none has a price, so that none is placed."""
    return [
        replace(
            rest,
            limit=_moved(part, rest.limit, nth, step, up=buys == (rest.trigger is not None)),
            trigger=_moved(part, rest.trigger, nth, step, up=buys),
        )
        for nth in range(count)
    ]


def _moved(part: Expressions, price: Node | None, nth: int, step: Node, *, up: bool) -> Node | None:
    """A price, so many steps further on its way."""
    if price is None:
        return None
    graph = part.graph
    if step.unit is Unit.RATIO:
        size = pure(graph, "abs", (price,), NOWHERE, Unit.PRICE)
        step = pure(graph, "mul", (size, step), NOWHERE, Unit.DISTANCE)
    way = pure(graph, "mul", (step, graph.constant(float(nth))), NOWHERE, Unit.DISTANCE)
    return pure(graph, "add" if up else "sub", (price, way), NOWHERE, Unit.PRICE)

"""Orders that rest: the price they wait for, and how long they wait (`limit`, `trigger`, `valid`, `until`)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ..diagnostics.model import Edit, Fix
from ..diagnostics.span import Span
from ..program.nodes import BASE, Node
from ..program.program import Rest
from ..program.units import Unit
from ..syntax import tree
from . import bare
from .arithmetic import pure
from .expressions import Expressions
from .held import length, moment
from .questions import LEVEL
from .scope import Scope
from .values import Poison

Clauses = Mapping[str, tree.Clause]
_PRICED = ("limit", "trigger")


@dataclass(frozen=True, slots=True)
class Price:
    """A price that an order waits for: as it is written, what was understood, and what that comes to."""

    clause: tree.Clause
    said: Node
    node: Node


def rest(part: Expressions, clauses: Clauses, buys: bool, scope: Scope) -> tuple[Rest | None, dict[str, Price]]:
    """How an order rests, None where it is a market order or was reported; its prices by their clause."""
    prices = {word: price(part, clauses[word], buys, scope) for word in _PRICED if word in clauses}
    wait, kind = _valid(part, clauses.get("valid"), scope)
    until = _until(part, clauses.get("until"), scope)
    if not prices:
        _needs_a_price(part, clauses)
        return None, {}
    if "fill" in clauses:
        part.reports.error(
            "E417", f"`fill` does not go with `{next(iter(prices))}`: the price decides when this order is filled",
            clauses["fill"].span, fixes=[without(part, clauses["fill"].span)],
        )  # fmt: skip
    found = {word: made for word, made in prices.items() if made is not None}
    if len(found) < len(prices):
        return None, found
    nodes = {word: made.node for word, made in found.items()}
    life = kind or ("open" if until is not None else "")
    return Rest(nodes.get("limit"), nodes.get("trigger"), wait, life, until), found


def price(part: Expressions, clause: tree.Clause, buys: bool, scope: Scope) -> Price | None:
    """The price of a `limit` or `trigger`: a level, or so far from the close on the proper side (rule R2)."""
    assert clause.value is not None
    node = part.number(clause.value, scope, BASE, f"a price, a distance or a ratio after `{clause.word}`", LEVEL)
    if isinstance(node, Poison):
        return None
    below = buys == (clause.word == "limit")
    away = "-" if below else "+"
    value = node.data[0] if node.kind == "const" else None
    if isinstance(value, float) and value <= 0.0:
        part.reports.error("E415", f"`{clause.word}` must be above 0, found {value:g}", clause.value.span,
                           help=f"a distance or ratio counts {'below' if below else 'above'} the close by itself; "
                                f"the close is `{clause.word} close`",
                           fixes=bare.upward(clause.value))  # fmt: skip
        return None
    if node.unit is Unit.PRICE or bare.is_price(part.context, node):
        bare.doubtful(part.context, clause.word, clause.value, node, "close", away)
        return Price(clause, node, node)
    share = part.context.unit(node) is Unit.RATIO
    if not share and node.unit is not Unit.DISTANCE:
        part.reports.error(
            "E408", f"`{clause.word}` takes a price, a distance or a ratio, found {part.context.unit(node).noun}",
            clause.value.span, help=f"for example `{clause.word} close {away} 2 * atr(14)`, `{clause.word} 1%` "
            f"({'below' if below else 'above'} the close) or `{clause.word} {'lowest(low' if below else 'highest(high'}"
            ", 20)`",
        )  # fmt: skip
        return None
    graph, span = part.graph, clause.span
    close = graph.node("input", (), ("close",), unit=Unit.PRICE)
    if share:  # of the size of the price, so that the side is the same where it is negative
        size = pure(graph, "abs", (close,), span, Unit.PRICE)
        distance = pure(graph, "mul", (size, node), span, Unit.DISTANCE)
    else:
        distance = node
    return Price(clause, node, pure(graph, "sub" if below else "add", (close, distance), span, Unit.PRICE))


def _valid(part: Expressions, clause: tree.Clause | None, scope: Scope) -> tuple[Node | None, str]:
    """How long an order rests: the number of bars or seconds where there is one, and which of `LIVES`."""
    if clause is None or clause.value is None:
        return None, ""
    name = moment(part, clause)
    if name is not None:
        return None, name
    return length(part, clause, scope)


def _until(part: Expressions, clause: tree.Clause | None, scope: Scope) -> Node | None:
    if clause is None or clause.value is None:
        return None
    node = part.condition(clause.value, scope, BASE, "a condition after `until`")
    return None if isinstance(node, Poison) else node


def _needs_a_price(part: Expressions, clauses: Clauses) -> None:
    """`valid` and `until` say how long an order rests; a market order does not."""
    for word in ("valid", "until"):
        if word in clauses:
            part.reports.error(
                "E418", f"`{word}` says how long an order rests, and this one fills at market", clauses[word].span,
                help="give it a price with `limit` or `trigger`; how long a lot is held at most is `expire`"
                if word == "valid" else "give it a price with `limit` or `trigger`; to leave a position is `exit`",
                fixes=[without(part, clauses[word].span)],
            )  # fmt: skip


def without(part: Expressions, span: Span) -> Fix:
    """The fix that leaves out a clause, with the blanks before it."""
    text = part.context.sources.get(span.source, "")
    start = len(text[: span.start].rstrip(" \t"))
    return Fix("remove it", (Edit(Span(span.source, start, span.end), ""),), safe=False)

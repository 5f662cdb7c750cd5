"""Guards whose reading is a series: `guard value_at_risk(250, 99%) 2%` is held to what the function of its name gives.

What stands in brackets are the arguments of that function, with its own defaults; the returns are those of equity
unless others are given. A market is given as a price, whose returns are meant, or as returns.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from ..diagnostics.reports import insert
from ..program.nodes import BASE, Node
from ..program.program import Written
from ..program.units import Unit
from ..syntax import tree
from ..words.vocabulary import GAUGES
from .arithmetic import pure
from .expressions import Expressions
from .scope import Scope
from .values import Poison, Value


@dataclass(frozen=True, slots=True)
class _Reading:
    """function: of the library. length: its default where that is of a guard's own. market: which argument is one."""

    function: str
    length: float = 0.0
    market: str = ""


_READINGS = {
    "value_at_risk": _Reading("value_at_risk"), "expected_shortfall": _Reading("expected_shortfall"),
    "ewma_value_at_risk": _Reading("ewma_value_at_risk"), "ewma_volatility": _Reading("ewma_volatility"),
    "volatility": _Reading("annual_volatility", length=60.0), "beta": _Reading("beta", market="market"),
}  # fmt: skip
assert _READINGS.keys() == set(GAUGES)


def reading(part: Expressions, statement: tree.Guard, scope: Scope) -> Node | None:
    """What a guard is held to its limit by; None where it was reported."""
    row = _READINGS[statement.name]
    span = statement.called or statement.name_span
    if row.market and not statement.arguments:
        part.reports.error(
            "E104", f"`guard {statement.name}` does not say of which market", span,
            fixes=[insert("insert `(close of SPY)`", span, span.end, "(close of SPY)")] if not statement.called else [],
            help=f"`guard {statement.name}(close of SPY, 60) 1.5`, beside `watch SPY` where it is not traded",
        )  # fmt: skip
        return None
    arguments = tuple(_returns(part, each, scope, place) if row.market else each
                      for place, each in enumerate(statement.arguments))  # fmt: skip
    defaults: dict[str, Value] = {}
    if row.length:
        defaults = {"length": part.graph.constant(row.length, span=span),
                    "returns": part.library_call("equity_return", span, (), scope)}  # fmt: skip
    node = part.library_call(row.function, span, arguments, scope, defaults)
    if not isinstance(node, Node):
        assert isinstance(node, Poison)
        return None
    part.context.named.setdefault(node.id, Written(part.context.text(span), span))
    return pure(part.graph, "abs", (node,), span, node.unit) if row.market else node


def _returns(part: Expressions, argument: tree.Argument, scope: Scope, place: int) -> tree.Argument:
    """A market that is given by its price, as what it returned from bar to bar."""
    if argument.name not in ("market", None) or (argument.name is None and place > 0):
        return argument
    value, span = part.value(argument.value, scope, BASE), argument.value.span
    if not isinstance(value, Node) or value.unit is not Unit.PRICE:
        return argument
    one = tree.Number(1.0, "", True, span)
    before = tree.History(argument.value, one, span, argument.value.depth + 1)
    share = tree.Binary("/", argument.value, before, span, span, argument.value.depth + 2)
    return replace(argument, value=tree.Binary("-", share, one, span, span, argument.value.depth + 3))

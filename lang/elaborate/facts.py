"""Facts of a finished run, for tests: `trade(1).entry_price`, `order(0).filled`, `run.trades`.

Each is as a parameter to everything that reads it: one number, known when the run is over.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..diagnostics.span import Span
from ..program.nodes import BOOL, NUMBER, Binding, Clock, Graph
from ..program.tests import FACT
from ..program.units import Unit
from ..syntax import tree
from ..words.vocabulary import FACTS, RUN
from .arguments import Slot, match
from .questions import COUNT
from .scope import Scope
from .values import POISON, Poison, Record, Value

if TYPE_CHECKING:
    from .expressions import Expressions

FUNCTIONS = tuple(name for name in FACTS if name != RUN)


def call(part: Expressions, name: str, expr: tree.Call, scope: Scope, clock: Clock) -> Value:
    """`trade(1)`, numbered as in the table of trades; `order(0)`, as in that of orders."""
    given = match(part.reports, expr, name, [Slot("n", True)])
    if given is None:
        return POISON
    if isinstance(given["n"], tree.Hole):
        part.context.questions.wants(given["n"], COUNT)
        return POISON
    number = part.whole(given["n"], scope, clock, f"`n` of `{name}`", least=1 if name == "trade" else 0)
    if isinstance(number, Poison):
        return POISON
    if number.kind != "const":
        part.reports.error("E432", f"which {name} is meant is a number, written as one", given["n"].span,
                           help=f"for example `{name}(1)`")  # fmt: skip
        return POISON
    return facts(part.graph, f"{name} {number.data[0]:.0f}", expr.span)


def facts(graph: Graph, whose: str, span: Span) -> Record:
    """All facts of a trade, of an order, or of the run."""
    return Record({
        name: graph.node(
            "param", (), (f"{FACT}{whose} {name}", False), type=BOOL if word.is_bool else NUMBER,
            binding=Binding.PARAM, clock=None, unit=word.unit or Unit.PLAIN, span=span,
        )
        for name, word in FACTS[whose.partition(" ")[0]].items()
    })  # fmt: skip

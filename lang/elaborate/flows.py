"""`deposit` and `withdraw`: money that is paid in or taken out."""

from __future__ import annotations

from ..diagnostics.reports import Reports, insert
from ..program.flows import foreign
from ..program.nodes import BASE, Node
from ..program.program import Flow, Program, Sizing
from ..program.units import Unit
from ..syntax import tree
from . import bare, magnitudes, questions
from .expressions import Expressions
from .periods import period
from .scope import Scope
from .values import Poison


def flow(part: Expressions, scope: Scope, statement: tree.Flow, index: int) -> Flow | None:
    """A statement of money; None where it was reported."""
    with part.context.within(f"{statement.word}#{index}", BASE):
        sizing = _amount(part, scope, statement)
        waits = [sizing.value] if sizing is not None else []
        if statement.condition is not None:
            when = part.condition(statement.condition, scope, BASE, "a condition after `when`")
            day, reads = None, (when, *waits)
        else:
            found = period(part, statement, scope, waits)
            if found is None:
                return None
            when, day = found
            reads = tuple(waits)  # as of a `rebalance`: the first bar on which it is known is one of those
    if isinstance(when, Poison) or sizing is None:
        return None
    nodes = tuple(node for node in reads if isinstance(node, Node))
    return Flow(index, statement.word, when, sizing, nodes, statement.span, statement.period, day)


def _amount(part: Expressions, scope: Scope, statement: tree.Flow) -> Sizing | None:
    """How much: money, or a share of equity."""
    amount, word = statement.amount, statement.word
    said = questions.size("cash") if amount.unit else questions.FLOWS
    node = part.number(amount.value, scope, BASE, f"how much after `{word}`", said)
    if isinstance(node, Poison):
        return None
    value = node.data[0] if node.kind == "const" else None
    if isinstance(value, float) and not value > 0.0:
        other = "withdraw" if word == "deposit" else "deposit"
        found = f"{value:g}" if value == value else "a missing number"
        part.reports.error("E415", f"`{word}` must be above 0, found {found}", amount.value.span,
                           help=f"what goes the other way is said by `{other}`" if value < 0.0 else "")  # fmt: skip
        return None
    if questions.stands_in(node):
        return Sizing("cash", node)
    share = not amount.unit and part.context.unit(node) is Unit.RATIO
    if word == "withdraw" and share and isinstance(value, float) and value > 1.0:
        part.reports.error("E415", f"`withdraw` takes at most 100% of equity, found {value:.6g} times all of it",
                           amount.value.span, help="for example `withdraw 2% monthly`")  # fmt: skip
        return None
    if amount.unit == "cash":
        magnitudes.thousands(part.reports, amount.value.span, part.context.text(amount.value.span))
        return Sizing("cash", node)
    if share:
        return Sizing("fraction", node)
    fixes = [insert("append `cash`", amount.span, amount.span.end, " cash")] if not amount.unit else []
    found = f"`{amount.unit}`" if amount.unit else part.context.unit(node).noun
    part.reports.error(
        "E403", f"`{word}` does not say how much money: found {found}", amount.span,
        fixes=fixes + (bare.readings(amount.value, most=1.0) if not amount.unit else []),
        help=f"write money (`{word} 100 cash`) or a share of equity (`{word} 2%`)",
    )  # fmt: skip
    return None


def of_the_account(reports: Reports, program: Program) -> None:
    """Money of several symbols' one account comes and goes by what is the same for all of them, as its guards read."""
    for span, message, way_on in foreign(program) if program.several else ():
        reports.error("E807", message, span, help=way_on)

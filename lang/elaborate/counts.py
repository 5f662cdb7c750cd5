"""How many of something a clause says: a whole number, written as one."""

from __future__ import annotations

from ..program.nodes import BASE, Node
from ..syntax import tree
from .expressions import Expressions
from .questions import COUNT, stands_in
from .scope import Scope
from .values import POISON, Poison


def whole(part: Expressions, value: tree.Expr, scope: Scope, what: str, least: int, most: int) -> int | Poison | None:
    """The number; None where it is no such one, which the caller tells; Poison where that is told already.

    what: what is expected, and where. The number of a day of the week counts nothing.
    """
    node = part.number(value, scope, BASE, what, COUNT)
    if not isinstance(node, Node) or stands_in(node):
        return POISON
    number = node.data[0] if node.kind == "const" and not part.context.weekday(value) else None
    if isinstance(number, float) and number.is_integer() and least <= number <= most:
        return int(number)
    return None

"""Texts with values in them: `"dip at {close}"`."""

from __future__ import annotations

from ..program.nodes import BASE, Node
from ..program.program import Template
from ..syntax import tree
from .expressions import Expressions
from .scope import Scope
from .values import Poison, TextValue, describe

MAX_VALUES = 8


def template(part: Expressions, clause: tree.Clause | None, scope: Scope) -> Template | None:
    """The text of a `because` clause."""
    if clause is None or not isinstance(clause.value, tree.Text):
        return None
    return of_text(part, clause.value, scope)


def of_text(part: Expressions, text: tree.Text, scope: Scope) -> Template:
    """Literal strings and nodes in turn; constant texts are written out."""
    parts: list[str | Node] = []
    for piece in text.parts:
        if isinstance(piece, str):
            parts.append(piece)
            continue
        value = part.value(piece, scope, BASE)
        if isinstance(value, Node):
            parts.append(value)
        elif isinstance(value, TextValue):
            parts.append(value.text)
        elif not isinstance(value, Poison):
            part.reports.error("E202", f"{describe(value)} cannot be shown in a text", piece.span,
                               help="name one of its fields")  # fmt: skip
    if sum(isinstance(p, Node) for p in parts) > MAX_VALUES:
        part.reports.error("E603", f"a text shows at most {MAX_VALUES} values", text.span)
    return Template(tuple(parts))

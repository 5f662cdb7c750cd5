"""Which lines a statement becomes, and of which cells those are made that stand below each other.

A statement is one line; its clauses, its legs and what a function is made of have lines of their own below it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..syntax.scanner import Token
from .comments import Comments, Own
from .concrete import Node, Part, words
from .document import Comment, Document
from .expressions import Expressions, bracketed, joined

INSIDE = 2
"""Columns by which a line is set in that belongs to the statement above it."""
_ORDERS = frozenset(("enter", "enter_one", "exit", "exit_one", "cancel", "cancel_one"))
_CUTS = {
    "let": (2,), "state": (2, 4), "param": (2,), "param_in": (2, 4), "guard": (2,), "guard_action": (2, 3),
    "guard_until": (2, 3), "gauge": (2,), "gauge_action": (2, 3), "gauge_until": (2, 3),
    "plot": (), "plot_titled": (2,), "emit": (2,), "enter": (2,), "exit": (2,), "cancel": (2,), "enter_one": (3,),
    "exit_one": (3,), "cancel_one": (3,), "leg": (1, 2),
}  # fmt: skip
"""Before which parts of a rule a new cell begins, so that neighbours of one kind stand below each other."""


@dataclass(frozen=True, slots=True)
class Line:
    """kind: lines of one kind that follow each other are aligned; "" aligns with nothing.

    above: comments on lines of their own. behind: the one at its end. gap: an empty line may stand before it.
    """

    cells: tuple[Document, ...]
    kind: str = ""
    indent: int = 0
    above: tuple[Own, ...] = ()
    behind: Comment | None = None
    gap: bool = False


class Statements:
    """The lines of statements, with their comments."""

    def __init__(self, comments: Comments) -> None:
        self._comments = comments
        self._of = Expressions(comments).of

    def lines(self, statement: Node) -> Iterator[Line]:
        """The lines of one statement."""
        parts = statement.parts
        if statement.rule == "fn_body":
            yield from self._function(parts)
            return
        if statement.rule == "fn_expression":
            above, end = self._above(parts[0]), self._end(parts)
            yield self._line((*self._head(parts), " ", joined(map(self._of, parts[5:]))), parts[0], above, end)
            return
        below = [part for part in parts if isinstance(part, Node) and part.rule in ("clauses", "leg")]
        if statement.rule == "test":
            yield self._row(Node(statement.rule, tuple(parts[:2])))
            yield from self._clauses(parts[2:])
            return
        head = [part for part in parts if part not in below]
        yield self._row(Node(statement.rule, tuple(head)))
        for part in below:
            yield from self._clauses(part.parts) if part.rule == "clauses" else [self._leg(part)]

    def _function(self, parts: Sequence[Part]) -> Iterator[Line]:
        """`fn f(a)`, its lets and states, `return` with its value."""
        inside = parts[5]
        assert isinstance(inside, Node)
        above, end = self._above(parts[0]), self._end(parts[:5])
        yield self._line(self._head(parts), parts[0], above, end)
        for local in inside.parts:
            assert isinstance(local, Node)
            yield self._row(local, INSIDE)
        above, end = self._above(parts[6]), self._end(parts[6:])
        yield Line((joined(map(self._of, parts[6:])),), "", INSIDE, above, end)

    def _head(self, parts: Sequence[Part]) -> tuple[Document, ...]:
        """`fn name(parameters)`"""
        word, name, opened, parameters, closed = map(self._of, parts[:5])
        return (word, " ", name, bracketed(opened, parameters, closed))

    def _line(self, document: Document, first: Part, above: tuple[Own, ...], end: Comment | None) -> Line:
        return Line((document,), "", 0, above, end, self._gap(first))

    def _row(self, node: Node, indent: int = 0) -> Line:
        """A line of the cells that its kind has."""
        parts = node.parts
        if node.rule.startswith("gauge"):  # its name and its arguments are one word of it
            parts = (parts[0], Node("named_gauge", tuple(parts[1:3])), *parts[3:])
        above, end, gap = self._above(parts[0]), self._end(parts), self._gap(parts[0])
        cells = tuple(joined(map(self._of, cell)) for cell in _cut(parts, _CUTS.get(node.rule, ())))
        return Line(cells, _kind(node.rule), indent, above, end, gap)

    def _leg(self, node: Node) -> Line:
        """A leg with its clauses on one line."""
        word, symbol, clauses = node.parts
        assert isinstance(clauses, Node)
        each = [part for clause in clauses.parts for part in (clause.parts if isinstance(clause, Node) else ())]
        return self._row(Node("leg", (word, symbol, *each)), INSIDE)

    def _clauses(self, clauses: Sequence[Part]) -> Iterator[Line]:
        """A line for each clause; what their words are followed by stands below each other, but for `because`."""
        nodes = [clause for clause in clauses if isinstance(clause, Node)]
        wide = [_word(n).text for n in nodes if n.rule != "clause_because" and len(n.parts) > 1]
        width = max(map(len, wide), default=0)
        for node in nodes:
            above, end = self._above(node), self._end(node.parts)
            word, *rest = map(self._of, node.parts)
            pad = "" if node.rule == "clause_because" else " " * (width - len(_word(node).text))
            said = (pad, " ", joined(iter(rest))) if rest else ()
            yield Line(((word, *said),), "", INSIDE, above, end)

    def _above(self, part: Part) -> tuple[Own, ...]:
        """The comments on lines of their own before a part: they are the line's, no longer its first word's."""
        return tuple(self._comments.before.pop(next(words(part)).start, ()))

    def _end(self, parts: Sequence[Part]) -> Comment | None:
        """The comment behind the last word: it is the line's."""
        last = parts[-1]
        while isinstance(last, Node) and last.parts:
            last = last.parts[-1]
        return self._comments.behind.pop(last.start, None) if isinstance(last, Token) else None

    def _gap(self, part: Part) -> bool:
        return next(words(part)).start in self._comments.gaps


def _cut(parts: Sequence[Part], at: Sequence[int]) -> Iterator[Sequence[Part]]:
    """The parts in cells."""
    for begin, end in zip((0, *at), (*at, len(parts)), strict=True):
        if parts[begin:end]:
            yield parts[begin:end]


def _kind(rule: str) -> str:
    """The kind of a line: `guard` and `guard … then` are one, and so are the orders without clauses."""
    if rule in _ORDERS:
        return "order"
    return rule.partition("_")[0].replace("gauge", "guard") if rule in _CUTS else ""


def _word(clause: Node) -> Token:
    word = clause.parts[0]
    assert isinstance(word, Token)
    return word

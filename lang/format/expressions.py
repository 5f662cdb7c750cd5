"""How expressions are set: where blanks stand, and where a long one may go on in the next line."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ..syntax.scanner import OF_WORDS, Token
from .comments import Comments
from .concrete import Node, Part
from .document import DEEPER, LINE, SOFT, Comment, Document, Group, Indented

_TIGHT = frozenset(
    ("call", "history", "field", "hole", "negative", "group", "assumed_amount", "price_below", "named_gauge")
)
"""Rules between whose parts no blank stands."""


class Expressions:
    """Documents of expressions, their comments with them."""

    def __init__(self, comments: Comments) -> None:
        self._comments = comments

    def of(self, part: Part) -> Document:
        """The document of a word or a node."""
        if isinstance(part, Token):
            return self.word(part)
        make: Callable[[Node], Document] | None = getattr(self, f"_{part.rule}", None)
        if make is not None:
            return make(part)
        if part.rule in _TIGHT:
            return tuple(self.of(each) for each in part.parts)
        return joined(self.of(each) for each in part.parts)

    def word(self, token: Token) -> Document:
        """A word between its comments."""
        text = " ".join(token.text.split()) if token.kind in OF_WORDS else token.text
        before, behind = self._comments.taken(token)
        if not before and behind is None:
            return text
        above = tuple(Comment(own.text, own=True) for own in before)
        return (*above, text, *([behind] if behind else ()))

    def _binary(self, node: Node) -> Document:
        """Operands, a line to go on before each operator."""
        first, *rest = node.parts
        pairs = zip(rest[::2], rest[1::2], strict=True)
        further = tuple((LINE, self.of(sign), " ", self.of(operand)) for sign, operand in pairs)
        if isinstance(first, Node) and first.rule in ("both", "binary"):
            return Group(Indented(DEEPER, (self.of(first), further)))
        return Group((self.of(first), Indented(DEEPER, further)))

    _either = _both = _binary

    def _conditional(self, node: Node) -> Document:
        word, condition, then, first, other, second = map(self.of, node.parts)
        return Group((word, " ", condition, Indented(DEEPER, (LINE, then, " ", first, LINE, other, " ", second))))

    def _assumed_term(self, node: Node) -> Document:
        """`0.5/order`, `2 bars`"""
        tight = len(node.parts) > 2
        return joined(map(self.of, node.parts), "" if tight else " ")

    def _group(self, node: Node) -> Document:
        return bracketed(*map(self.of, node.parts))

    def _call(self, node: Node) -> Document:
        name, opened, arguments, closed = map(self.of, node.parts)
        return (name, bracketed(opened, arguments, closed))

    def _gauged(self, node: Node) -> Document:
        """The arguments of a guard, which are parted as those of a call are."""
        opened, *given, closed = node.parts
        listed = (part.parts if isinstance(part, Node) and part.rule == "arguments" else (part,) for part in given)
        inside = [each for parts in listed for each in parts]
        return bracketed(self.of(opened), self._arguments(Node("arguments", tuple(inside))), self.of(closed))

    def _record(self, node: Node) -> Document:
        return bracketed(*map(self.of, node.parts))

    def _choices(self, node: Node) -> Document:
        word, opened, values, closed = map(self.of, node.parts)
        return (word, " ", bracketed(opened, values, closed))

    def _arguments(self, node: Node) -> Document:
        """What commas part, without one behind the last, and a line to go on after each."""
        return tuple(self._parted(node, LINE))

    _values = _entries = _parameters = _arguments

    def _test_rows(self, node: Node) -> Document:
        """Bars, a comma between two, and a line to go on after each."""
        return Group(Indented(DEEPER, self._arguments(node)))

    _settings = _test_rows

    def _symbols(self, node: Node) -> Document:
        return tuple(self._parted(node, " "))

    _tickers = _symbols

    def _parted(self, node: Node, gap: Document) -> Iterator[Document]:
        parts = list(node.parts)
        if parts and isinstance(parts[-1], Token) and parts[-1].text == ",":
            dropped = parts.pop()
            assert isinstance(dropped, Token)
            parts.append(Token(dropped.kind, "", dropped.start, dropped.end))  # its comments stay
        for part in parts:
            yield self.of(part)
            if isinstance(part, Token) and part.kind == "," and part.text:
                yield gap

    def _entry(self, node: Node) -> Document:
        name, colon, value = map(self.of, node.parts)
        return (name, colon, " ", value)


def bracketed(opened: Document, inside: Document, closed: Document) -> Document:
    """`(a, b)`, or the inside on lines of its own."""
    return Group((opened, Indented(DEEPER, (SOFT, inside)), SOFT, closed))


def joined(parts: Iterator[Document], gap: Document = " ") -> Document:
    """Parts one behind the other."""
    out: list[Document] = []
    for part in parts:
        out += [gap, part] if out else [part]
    return tuple(out)

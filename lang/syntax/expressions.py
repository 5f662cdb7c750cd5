"""Makes the tree of expressions, bottom-up: one method a rule of the grammar, called with the rule's parts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from ..diagnostics.span import Span
from . import numbers, texts, tree
from .faults import Faults
from .marks import CALLS, MARKS
from .scanner import Token

MAX_DEPTH = 200
Expr = tree.Expr


def items(parts: tuple[Any, ...]) -> list[Any]:
    """The parts of a list without its commas; repeated parts come as lists of their own."""
    flat = [p for part in parts for p in (part if type(part) is list else (part,))]
    return [p for p in flat if not (type(p) is Token and p.kind == ",")]


class Expressions:
    """Makers of expressions. `inner` reads the expression inside a text, between two offsets."""

    def __init__(self, faults: Faults, inner: Callable[[int, int], Expr]) -> None:
        self.faults, self.inner = faults, inner
        self.holes: dict[int, tree.Hole] = {}  # by where they begin

    def _span(self, start: int, end: int) -> Span:
        return Span(self.faults.source, start, end)

    def _above(self, start: int, end: int, *depths: int) -> int:
        """The depth of a node above those of the given depths."""
        depth = 1 + max(depths)
        if depth > MAX_DEPTH:
            self.faults.stop("E609", f"this nests more than {MAX_DEPTH} levels deep", start, end,
                             help="name parts of it with `let`")  # fmt: skip
        return depth

    # --- literals and names ------------------------------------------------------------------------

    def number(self, token: Token) -> Expr:
        return numbers.read(self.faults, token)

    def text(self, token: Token) -> tree.Text | tree.Unread:
        if token.unclosed:  # nobody knows where it should end
            return tree.Unread((), self._span(token.start, token.end))
        parts = texts.read(self.faults, token, self.inner)
        depth = self._above(token.start, token.end, 0, *(p.depth for p in parts if not isinstance(p, str)))
        return tree.Text(parts, self._span(token.start, token.end), depth)

    def true(self, token: Token) -> Expr:
        return tree.Bool(True, self._span(token.start, token.end))

    def false(self, token: Token) -> Expr:
        return tree.Bool(False, self._span(token.start, token.end))

    def missing(self, token: Token) -> Expr:
        return tree.Missing(self._span(token.start, token.end))

    def hole(self, mark: Token, question: Token) -> tree.Hole:
        asked = question.text[1:-1].strip()
        if not asked and not question.unclosed:
            self.faults.error("E025", "a hole has its question", question.start, question.end,
                              help='for example `size ?"how much of the equity"`')  # fmt: skip
        found = tree.Hole(asked, self._span(mark.start, question.end))
        return self.holes.setdefault(mark.start, found)

    def _stands_for(self, hole: tree.Hole, role: str) -> tree.Hole:
        """A hole where no value stands: what it stands for is known from the grammar alone."""
        found = self.holes[hole.span.start] = replace(hole, role=role)
        return found

    def _timeframe(self, written: Token | tree.Hole) -> tree.Number | tree.Hole | tree.Unread:
        if isinstance(written, tree.Hole):
            return self._stands_for(written, "timeframe")
        return numbers.read(self.faults, written)

    def _symbol(self, written: Token | tree.Hole) -> tuple[str, Span]:
        """The symbol, "" where it is a question, and its place."""
        if isinstance(written, tree.Hole):
            return "", self._stands_for(written, "symbol").span
        return written.text, self._span(written.start, written.end)

    def variable(self, name: Token) -> Expr:
        span = self._span(name.start, name.end)
        return tree.Name(name.text, span, span)

    def group(self, left: Token, value: Expr, right: Token) -> Expr:
        """`(e)` is e; its span grows by the brackets."""
        grown = {name: getattr(value, name) for name in value.__slots__}
        return type(value)(**{**grown, "span": self._span(left.start, right.end)})

    # --- operators -----------------------------------------------------------------------------------

    def binary(self, left: Expr, operator: Token, right: Expr) -> Expr:
        if operator.text in CALLS:
            return self._called(left, operator, right)
        start, end = left.span.start, right.span.end
        return tree.Binary(
            operator.text, left, right, self._span(operator.start, operator.end), self._span(start, end),
            self._above(start, end, left.depth, right.depth),
        )  # fmt: skip

    either = both = binary

    def _called(self, left: Expr, operator: Token, right: Expr) -> Expr:
        """`a % b` and `a ^ b` are functions here; a power takes the nearest factor only."""
        read = tree.Unread((left, right), self._span(left.span.start, right.span.end), max(left.depth, right.depth))
        mark, text = MARKS[operator.text], self.faults.text
        towers = isinstance(left, tree.Unread)
        if CALLS[operator.text] == "pow":
            while isinstance(left, (tree.Binary, tree.Unary)) and text[left.span.start] != "(":
                left = left.right if isinstance(left, tree.Binary) else left.operand
        fix = self.faults.fix(
            f"write `{CALLS[operator.text]}(…, …)`",
            (left.span.start, left.span.start, f"{CALLS[operator.text]}("),
            (left.span.end, right.span.start, ", "),
            (right.span.end, right.span.end, ")"),
            # `^` also works on bits, and of a negative number the sign of `%` differs between languages
            safe=operator.text == "**" and not towers,
        )
        self.faults.error("E010", mark.message, operator.start, operator.end, help=mark.help, fixes=[fix])
        return read

    def negative(self, sign: Token, operand: Expr) -> Expr:
        return self._unary("-", sign, operand)

    def negated(self, word: Token, operand: Expr) -> Expr:
        return self._unary("not", word, operand)

    def _unary(self, operator: str, token: Token, operand: Expr) -> Expr:
        start, end = token.start, operand.span.end
        return tree.Unary(operator, operand, self._span(start, end), self._above(start, end, operand.depth))

    def conditional(self, if_: Token, test: Expr, then_: Token, then: Expr, else_: Token, otherwise: Expr) -> Expr:
        start, end = if_.start, otherwise.span.end
        depth = self._above(start, end, test.depth, then.depth, otherwise.depth)
        return tree.Conditional(test, then, otherwise, self._span(start, end), depth)

    # --- clocks --------------------------------------------------------------------------------------

    def at_closed(self, value: Expr, at: Token, timeframe: Token | tree.Hole) -> Expr:
        return self._sampled(value, "closed", self._timeframe(timeframe))

    def at_forming(self, value: Expr, at: Token, mode: Token, timeframe: Token | tree.Hole) -> Expr:
        return self._sampled(value, "forming", self._timeframe(timeframe))

    def at_event(self, value: Expr, at: Token, mode: Token, timeframe: Token | tree.Hole) -> Expr:
        return self._sampled(value, "event", self._timeframe(timeframe))

    def at_name(self, value: Expr, at: Token, name: Token) -> Expr:
        return self._sampled(value, "closed", self.variable(name))

    def _sampled(self, value: Expr, mode: str, timeframe: Expr) -> Expr:
        start, end = value.span.start, timeframe.span.end
        depth = self._above(start, end, value.depth)
        return tree.Sampled(value, mode, timeframe, self._span(start, end), depth)

    def of_symbol(self, value: Expr, word: Token, symbol: Token | tree.Hole) -> Expr:
        name, place = self._symbol(symbol)
        start, end = value.span.start, place.end
        return tree.Of(value, name, place, self._span(start, end), self._above(start, end, value.depth))

    def symbol_name(self, name: Token) -> Token:
        return name

    def symbol_text(self, text: Token) -> Token:
        if not text.text[1:-1].strip() and not text.unclosed:
            self.faults.error("E019", "a symbol has a name", text.start, text.end, help='for example `"BRK-B"`')
        return text._replace(text=text.text[1:-1])

    def bars_of(self, value: Expr, word: Token) -> Expr:
        start, end = value.span.start, word.end
        return tree.Bars(value, self._span(start, end), self._above(start, end, value.depth))

    # --- calls, history, fields, records -----------------------------------------------------------------

    def call(self, function: Expr, left: Token, arguments: tuple[tree.Argument, ...], right: Token) -> Expr:
        self._same_line(function, left)
        start, end = function.span.start, right.end
        depth = self._above(start, end, function.depth, *(a.value.depth for a in arguments))
        return tree.Call(function, arguments, self._span(start, end), depth)

    def arguments(self, *parts: Any) -> tuple[tree.Argument, ...]:
        return tuple(items(parts))

    def argument(self, value: Expr) -> tree.Argument:
        return tree.Argument(None, value, value.span)

    def argument_named(self, name: Token, equal: Token, value: Expr) -> tree.Argument:
        return tree.Argument(name.text, value, self._span(name.start, value.span.end))

    def history(self, value: Expr, left: Token, offset: Expr, right: Token) -> Expr:
        self._same_line(value, left)
        start, end = value.span.start, right.end
        return tree.History(value, offset, self._span(start, end), self._above(start, end, value.depth, offset.depth))

    def field(self, value: Expr, dot: Token, name: Token) -> Expr:
        start, end = value.span.start, name.end
        depth = self._above(start, end, value.depth)
        return tree.Field(value, name.text, self._span(name.start, name.end), self._span(start, end), depth)

    def record(self, left: Token, entries: tuple[tree.RecordEntry, ...], right: Token) -> Expr:
        start, end = left.start, right.end
        depth = self._above(start, end, *(e.value.depth for e in entries))
        return tree.Record(entries, self._span(start, end), depth)

    def entries(self, *parts: Any) -> tuple[tree.RecordEntry, ...]:
        return tuple(items(parts))

    def entry_name(self, name: Token) -> tree.RecordEntry:
        return tree.RecordEntry(name.text, self.variable(name), self._span(name.start, name.end))

    def entry(self, name: Token, colon: Token, value: Expr) -> tree.RecordEntry:
        return tree.RecordEntry(name.text, value, self._span(name.start, value.span.end))

    def _same_line(self, value: Expr, bracket: Token) -> None:
        """A bracket that begins a line belongs to the line before it, which may not be what was meant."""
        end, start = value.span.end, bracket.start
        if start > end and "\n" in self.faults.text[end:start]:
            commented = "#" in self.faults.text[end:start]
            self.faults.warning(
                "W002", f"this `{bracket.text}` goes on with the line before it", start, bracket.end,
                help="line ends mean nothing: put it on the line it belongs to",
                fixes=[] if commented else [self.faults.fix("join the lines", (end, start, ""), safe=True)],
            )  # fmt: skip

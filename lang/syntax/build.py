"""From grammar rules to tree nodes: one method a rule, called by the parser bottom-up as it reduces.

Nothing here recurses, so no depth of nesting can exhaust the stack; the height
of every expression is counted and refused past a limit. Under each method name
stands the production it is for (see `grammar.lark`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from ..diagnostics.model import ERROR, WARNING, Diagnostic
from ..diagnostics.span import Span
from . import tree
from .numbers import number_of
from .texts import parts_of

MAX_DEPTH = 200


class Refused(Exception):
    """A fault found while building; holds its diagnostic."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(diagnostic.message)
        self.diagnostic = diagnostic


class Builder:
    """Builds the tree of one text. `offset` is added to every position (for texts inside texts)."""

    def __init__(self, text: str, source: str, parse_inner: Any, offset: int = 0) -> None:
        self.text, self.source, self.offset = text, source, offset
        self.parse_inner = parse_inner
        self.reports: list[Diagnostic] = []

    # --- positions -------------------------------------------------------------------------------

    def _span(self, first: Any, last: Any | None = None) -> Span:
        last = first if last is None else last
        start = first.span.start if hasattr(first, "span") else first.start_pos + self.offset
        end = last.span.end if hasattr(last, "span") else last.end_pos + self.offset
        return Span(self.source, start, end)

    def _deep(self, span: Span, *children: Any) -> int:
        depth = 1 + max(child.depth for child in children)
        if depth > MAX_DEPTH:
            raise Refused(Diagnostic("E011", ERROR, f"an expression nests more than {MAX_DEPTH} levels deep", span,
                                     help="name parts of it with `let`"))  # fmt: skip
        return depth

    def _literal(self, token: Any) -> str:
        """A text that may not hold values."""
        text = self._text(token)
        if text.literal is None:
            raise Refused(Diagnostic("E012", ERROR, "this text cannot hold values", text.span,
                                     help="write `{{` and `}}` for braces"))  # fmt: skip
        return text.literal

    def _text(self, token: Any) -> tree.Text:
        span = self._span(token)
        parts = parts_of(str(token)[1:-1], span, self.parse_inner)
        inner = [p.depth for p in parts if not isinstance(p, str)]
        return tree.Text(parts, span, 1 + max(inner, default=0))

    def _number(self, token: Any) -> tree.Number:
        found = number_of(str(token), self._span(token))
        if isinstance(found, Diagnostic):
            raise Refused(found)
        return found

    # --- statements ------------------------------------------------------------------------------

    def start(self, c: Sequence[Any]) -> tuple[Any, ...]:
        return tuple(c)

    def version(self, c: Sequence[Any]) -> tree.Version:
        number = self._number(c[1])
        return tree.Version(int(number.value), self._span(c[0], c[1]))

    def strategy(self, c: Sequence[Any]) -> tree.Strategy:
        return tree.Strategy(self._literal(c[1]), self._span(c[0], c[1]))

    def on_symbols(self, c: Sequence[Any]) -> tree.On:
        return tree.On(tuple(n for n, _ in c[1]), None, Span(self.source, self._span(c[0]).start, c[1][-1][1].end))

    def on_both(self, c: Sequence[Any]) -> tree.On:
        return tree.On(tuple(n for n, _ in c[1]), self._number(c[3]), self._span(c[0], c[3]))

    def on_timeframe(self, c: Sequence[Any]) -> tree.On:
        return tree.On((), self._number(c[2]), self._span(c[0], c[2]))

    def symbols(self, c: Sequence[Any]) -> list[tuple[str, Span]]:
        return [(s.name, s.span) if isinstance(s, tree.Name) else s for s in c]

    def text_symbol(self, c: Sequence[Any]) -> tuple[str, Span]:
        return self._literal(c[0]), self._span(c[0])

    def assume(self, c: Sequence[Any]) -> tree.Assume:
        name, value = c[1], c[2]
        written = self.text[value.start - self.offset : value.end - self.offset]
        plain = written[1:-1] if re.fullmatch(r'"[^"]*"', written) else " ".join(written.split())
        return tree.Assume(name.name, plain, name.span, value, Span(self.source, self._span(c[0]).start, value.end))

    def assumed(self, c: Sequence[Span]) -> Span:
        return c[0].to(c[-1])

    def assumed_term(self, c: Sequence[Any]) -> Span:
        return self._span(c[0], c[-1])

    def param(self, c: Sequence[Any]) -> tree.Param:
        domain = c[4] if len(c) > 4 else None
        return tree.Param(c[1].name, c[3], domain, c[1].span, self._span(c[0], c[-1]))

    def range(self, c: Sequence[Any]) -> tree.Range:
        return tree.Range(c[1], c[3], c[5] if len(c) > 5 else None, self._span(c[0], c[-1]))

    def choices(self, c: Sequence[Any]) -> tree.Choices:
        return tree.Choices(tuple(c[2]), self._span(c[0], c[-1]))

    def list(self, c: Sequence[Any]) -> Sequence[Any]:
        return c

    def let(self, c: Sequence[Any]) -> tree.Let:
        return tree.Let(c[1].name, c[3], c[1].span, self._span(c[0], c[3]))

    def state(self, c: Sequence[Any]) -> tree.State:
        return tree.State(c[1].name, c[3], c[5], c[1].span, self._span(c[0], c[5]))

    def fn_expression(self, c: Sequence[Any]) -> tree.Fn:
        return tree.Fn(c[1].name, tuple(c[3]), (), c[6], c[1].span, self._span(c[0], c[6]))

    def fn_body(self, c: Sequence[Any]) -> tree.Fn:
        return tree.Fn(c[1].name, tuple(c[3]), tuple(c[5]), c[7], c[1].span, self._span(c[0], c[7]))

    def parameters(self, c: Sequence[Any]) -> Sequence[Any]:
        return c

    def parameter(self, c: Sequence[Any]) -> tree.Parameter:
        return tree.Parameter(c[0].name, c[2] if len(c) > 1 else None, self._span(c[0], c[-1]))

    def locals(self, c: Sequence[Any]) -> Sequence[Any]:
        return c

    def require(self, c: Sequence[Any]) -> tree.Require:
        return tree.Require(c[1], self._span(c[0], c[1]))

    def enter(self, c: Sequence[Any]) -> tree.Enter:
        return tree.Enter(str(c[1]), c[3], tuple(c[4]), self._span(c[0], c[4][-1] if c[4] else c[3]))

    def exit(self, c: Sequence[Any]) -> tree.Exit:
        return tree.Exit(str(c[1]), c[3], tuple(c[4]), self._span(c[0], c[4][-1] if c[4] else c[3]))

    def side(self, c: Sequence[Any]) -> str:
        return str(c[0])

    def clauses(self, c: Sequence[Any]) -> Sequence[Any]:
        return c

    def guard(self, c: Sequence[Any]) -> tree.Guard:
        action = c[4].name if len(c) > 4 else "deny"
        return tree.Guard(c[1].name, c[2], action, c[1].span, self._span(c[0], c[-1]))

    def plot(self, c: Sequence[Any]) -> tree.Plot:
        title = self._literal(c[3]) if len(c) > 3 else None
        return tree.Plot(c[1], title, self._span(c[0], c[-1]))

    def emit(self, c: Sequence[Any]) -> tree.Emit:
        return tree.Emit(c[1].name, c[3], c[1].span, self._span(c[0], c[3]))

    def alert(self, c: Sequence[Any]) -> tree.Alert:
        message = self._text(c[3]) if len(c) > 3 else None
        return tree.Alert(c[2], message, self._span(c[0], c[-1]))

    def later(self, c: Sequence[Any]) -> tree.Reserved:
        self._not_yet(str(c[0]), self._span(c[0]))
        return tree.Reserved(str(c[0]), self._span(c[0]))

    def later_word(self, c: Sequence[Any]) -> Any:
        return c[0]

    def later_token(self, c: Sequence[Any]) -> Any:
        return c[0]

    # --- clauses ---------------------------------------------------------------------------------

    def clause(self, c: Sequence[Any]) -> tree.Clause:
        unit = str(c[2]) if len(c) > 2 else ""
        return tree.Clause(str(c[0]), c[1], unit, self._span(c[0], c[-1]))

    def clause_word(self, c: Sequence[Any]) -> Any:
        return c[0]

    def clause_once(self, c: Sequence[Any]) -> tree.Clause:
        return tree.Clause("once", None, "", self._span(c[0]))

    def clause_fill(self, c: Sequence[Any]) -> tree.Clause:
        return tree.Clause("fill", c[1], "", self._span(c[0], c[1]))

    def clause_because(self, c: Sequence[Any]) -> tree.Clause:
        return tree.Clause("because", self._text(c[1]), "", self._span(c[0], c[1]))

    def clause_later(self, c: Sequence[Any]) -> tree.Clause:
        self._not_yet(str(c[0]), self._span(c[0]))
        return tree.Clause(str(c[0]), c[1], "", self._span(c[0], c[-1]))

    def later_clause(self, c: Sequence[Any]) -> Any:
        return c[0]

    # --- expressions -----------------------------------------------------------------------------

    def conditional(self, c: Sequence[Any]) -> tree.Conditional:
        word, condition, then, otherwise = c
        span = self._span(word, otherwise)
        return tree.Conditional(condition, then, otherwise, span, self._deep(span, condition, then, otherwise))

    def binary(self, c: Sequence[Any]) -> tree.Binary:
        return self._binary(c[0], str(c[1]), self._span(c[1]), c[2])

    logical = binary

    def _binary(self, left: Any, operator: str, where: Span, right: Any) -> tree.Binary:
        span = left.span.to(right.span)
        return tree.Binary(operator, left, right, where, span, self._deep(span, left, right))

    def compared(self, c: Sequence[Any]) -> Any:
        return c[0]

    added = multiplied = minus = not_word = and_word = or_word = if_word = bars = compared
    lpar = rpar = lbrack = rbrack = lbrace = rbrace = compared

    def negated(self, c: Sequence[Any]) -> tree.Unary:
        span = self._span(c[0], c[1])
        return tree.Unary("not", c[1], span, self._deep(span, c[1]))

    def negative(self, c: Sequence[Any]) -> Any:
        span = self._span(c[0], c[1])
        return tree.Unary("-", c[1], span, self._deep(span, c[1]))

    def _sampled(self, value: Any, mode: str, frame: Any) -> tree.Sampled:
        span = value.span.to(frame.span)
        return tree.Sampled(value, mode, frame, span, self._deep(span, value))

    def at_closed(self, c: Sequence[Any]) -> tree.Sampled:
        return self._sampled(c[0], "closed", self._number(c[1]))

    def at_forming(self, c: Sequence[Any]) -> tree.Sampled:
        return self._sampled(c[0], "forming", self._number(c[1]))

    def at_event(self, c: Sequence[Any]) -> tree.Sampled:
        return self._sampled(c[0], "event", self._number(c[1]))

    def at_name(self, c: Sequence[Any]) -> tree.Sampled:
        return self._sampled(c[0], "closed", c[1])

    def of_symbol(self, c: Sequence[Any]) -> Any:
        self._not_yet("of", c[1].span)
        return c[0]

    def bars_of(self, c: Sequence[Any]) -> tree.Bars:
        span = self._span(c[0], c[1])
        return tree.Bars(c[0], span, self._deep(span, c[0]))

    def number(self, c: Sequence[Any]) -> tree.Number:
        return self._number(c[0])

    def text_value(self, c: Sequence[Any]) -> tree.Text:
        return self._text(c[0])

    def true(self, c: Sequence[Any]) -> tree.Bool:
        return tree.Bool(True, self._span(c[0]))

    def false(self, c: Sequence[Any]) -> tree.Bool:
        return tree.Bool(False, self._span(c[0]))

    def missing(self, c: Sequence[Any]) -> tree.Missing:
        return tree.Missing(self._span(c[0]))

    def hole(self, c: Sequence[Any]) -> tree.Missing:
        span = self._span(c[-1])
        self._not_yet("?", span)
        return tree.Missing(span)

    def name(self, c: Sequence[Any]) -> tree.Name:
        return tree.Name(str(c[0]), self._span(c[0]))

    def variable(self, c: Sequence[Any]) -> Any:
        return c[0]

    def group(self, c: Sequence[Any]) -> Any:
        """An expression in parentheses covers them, so that what replaces it does too."""
        inner = c[1]
        span = self._span(c[0], c[2])
        values = {slot: getattr(inner, slot) for slot in inner.__slots__} | {"span": span}
        return type(inner)(**values | {"depth": self._deep(span, inner)})

    def record(self, c: Sequence[Any]) -> tree.Record:
        span = self._span(c[0], c[2])
        return tree.Record(tuple(c[1]), span, self._deep(span, *(e.value for e in c[1])))

    def record_entries(self, c: Sequence[Any]) -> Sequence[Any]:
        return c

    def record_entry(self, c: Sequence[Any]) -> tree.RecordEntry:
        return tree.RecordEntry(c[0].name, c[2] if len(c) > 1 else c[0], self._span(c[0], c[-1]))

    def call(self, c: Sequence[Any]) -> tree.Call:
        self._starts_line(c[0], c[1])
        span = self._span(c[0], c[3])
        return tree.Call(c[0], tuple(c[2]), span, self._deep(span, c[0], *(a.value for a in c[2])))

    def arguments(self, c: Sequence[Any]) -> Sequence[Any]:
        return c

    def argument(self, c: Sequence[Any]) -> tree.Argument:
        if len(c) > 1:
            return tree.Argument(c[0].name, c[2], self._span(c[0], c[2]))
        return tree.Argument(None, c[0], c[0].span)

    def history(self, c: Sequence[Any]) -> tree.History:
        self._starts_line(c[0], c[1])
        span = self._span(c[0], c[3])
        return tree.History(c[0], c[2], span, self._deep(span, c[0], c[2]))

    def field(self, c: Sequence[Any]) -> tree.Field:
        span = c[0].span.to(c[1].span)
        return tree.Field(c[0], c[1].name, c[1].span, span, self._deep(span, c[0]))

    # --- reports ---------------------------------------------------------------------------------

    def _starts_line(self, before: Any, bracket: Any) -> None:
        between = self.text[before.span.end - self.offset : bracket.start_pos]
        if "\n" in between:
            self.reports.append(
                Diagnostic("W011", WARNING, f"this `{bracket}` continues the line before", self._span(bracket),
                           help="line ends mean nothing: it belongs to what stands before it")  # fmt: skip
            )

    def _not_yet(self, word: str, span: Span) -> None:
        today = _INSTEAD.get(word, "")
        shown = "a hole" if word == "?" else f"`{word}`"
        self.reports.append(Diagnostic("E901", ERROR, f"{shown} is not available yet", span, help=today))


_INSTEAD = {
    "limit": "a market order fills at the next open; `fill this_close` fills at the close",
    "trigger": "enter `when` the level is crossed",
    "take": "`exit … when … size 50% once` takes part of the position",
    "volatility": "`risk 1%` with a stop of `2 * atr(14)` sizes by volatility",
    "after": "use `trail` for a stop that follows",
    "universe": "run the strategy on each symbol: `on EURUSD every 15m`",
    "import": "put the function into this file with `fn`",
    "test": "`strat verify` and `strat backtest` test a strategy on data",
    "rebalance": "enter and exit one symbol with `enter` and `exit`",
    "of": "one symbol is traded; its own series are read by their names",
    "?": "write a number",
}

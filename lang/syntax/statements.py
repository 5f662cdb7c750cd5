"""Makes the tree of statements, bottom-up: one method a rule of the grammar, called with the rule's parts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeVar, Union

from ..diagnostics.span import Span
from . import numbers, tree
from . import reserved as later
from .expressions import Expr, items
from .faults import Faults
from .scanner import Token
from .testing import Tests

Order = TypeVar("Order", tree.Assume, tree.Enter, tree.Exit, tree.Cancel, tree.Clause)
Frame = Union[tree.Number, tree.Hole, tree.Unread]
Symbols = tuple[Union[Token, tree.Hole], ...]
_Gauged = tuple[tuple[tree.Argument, ...], int]


class Statements(Tests):
    """Makers of statements. `docs` holds the `##` comments by the offset of the token they precede."""

    def __init__(self, faults: Faults, inner: Callable[[int, int], Expr], docs: dict[int, str]) -> None:
        super().__init__(faults, inner)
        self.docs = docs

    def start(self, statements: list[tree.Statement] | None = None) -> tuple[tree.Statement, ...]:
        return tuple(statements or ())

    # --- the heading -------------------------------------------------------------------------------

    def version(self, word: Token, token: Token) -> tree.Version:
        number = numbers.read(self.faults, token)
        span = self._span(word.start, token.end)
        if isinstance(number, tree.Unread):
            return tree.Version(None, span)
        if number.suffix or not number.whole:
            self.faults.error("E006", "a version is a whole number", token.start, token.end, help="write `stratagem 1`")
            return tree.Version(None, span)
        return tree.Version(int(number.value), span)

    def strategy(self, word: Token, title: Token) -> tree.Strategy:
        return tree.Strategy(title.text[1:-1], self._span(word.start, title.end))

    def on_symbols(self, word: Token, symbols: Symbols) -> tree.On:
        return self._on(word, symbols, None)

    def on_both(self, word: Token, symbols: Symbols, every: Token, timeframe: Token | tree.Hole) -> tree.On:
        return self._on(word, symbols, self._timeframe(timeframe))

    def _on(self, word: Token, symbols: Symbols, timeframe: Frame | None) -> tree.On:
        names, places, asked, end = self._named(symbols)
        span = self._span(word.start, end if timeframe is None else timeframe.span.end)
        return tree.On(names, timeframe, span, places, asked)

    def _named(self, symbols: Symbols) -> tuple[tuple[str, ...], tuple[Span, ...], tuple[tree.Hole, ...], int]:
        """The symbols of a list with their places, those that are questions, and where the list ends."""
        each = [self._symbol(symbol) for symbol in symbols]
        asked = tuple(symbol for symbol in symbols if isinstance(symbol, tree.Hole))
        return tuple(n for n, _ in each if n), tuple(place for n, place in each if n), asked, each[-1][1].end

    def on_timeframe(self, word: Token, every: Token, timeframe: Token | tree.Hole) -> tree.On:
        frame = self._timeframe(timeframe)
        return tree.On((), frame, self._span(word.start, frame.span.end))

    def symbols(self, *parts: Any) -> Symbols:
        return tuple(items(parts))

    tickers = symbols

    def universe(self, word: Token, symbol: Token | tree.Hole) -> tree.Universe:
        name, place = self._symbol(symbol)
        return tree.Universe(name, None, self._span(word.start, place.end))

    def universe_every(
        self, word: Token, symbol: Token | tree.Hole, every: Token, timeframe: Token | tree.Hole
    ) -> tree.Universe:
        frame = self._timeframe(timeframe)
        return tree.Universe(self._symbol(symbol)[0], frame, self._span(word.start, frame.span.end))

    def watch(self, word: Token, symbols: Symbols) -> tree.Watch:
        names, places, asked, end = self._named(symbols)
        return tree.Watch(names, places, self._span(word.start, end), asked)

    def assume(self, word: Token, name: Token, value: Token) -> tree.Assume:
        asked = [hole for start, hole in self.holes.items() if value.start <= start < value.end]
        for hole in asked:
            self._stands_for(hole, f"assume {name.text}")
        return tree.Assume(
            name.text, value.text, self._span(name.start, name.end), self._span(value.start, value.end),
            self._span(word.start, value.end), asked=bool(asked),
        )  # fmt: skip

    def assume_capital(self, word: Token, said: Token) -> tree.Assume:
        """`assume capital 2 BTC`"""
        name, amount, code = said.text.split()
        value = said.start + said.text.index(amount, len(name))
        return self.assume(
            word, Token("NAME", name, said.start, said.start + len(name)),
            Token("ASSUMED", f"{amount} {code}", value, said.end),
        )  # fmt: skip

    def assume_of(
        self, word: Token, name: Token, of: Token, symbol: Token | tree.Hole, value: Token
    ) -> tree.Assume:
        return self._for_one(self.assume(word, name, value), symbol)

    def assumed(self, *parts: Any) -> Token:
        """The value as written, a blank before each clause and elsewhere none, without the quotes of a word."""
        terms = _level(parts)
        written = "".join(t.text.strip('"') if t.kind == "STRING" and " " not in t.text else t.text for t in terms)
        return Token("ASSUMED", written, terms[0].start, terms[-1].end)

    def assumed_term(self, amount: Token, *rest: Token) -> Token:
        """An amount with what it is a share of, `5/order`, or counts, `1 bar`."""
        of = rest[-1]
        return Token("ASSUMED", f"{amount.text}{'/' if len(rest) == 2 else ' '}{of.text}", amount.start, of.end)

    assumed_amount = assumed_term

    def assumed_hole(self, hole: tree.Hole) -> Token:
        return Token("ASSUMED", "?", hole.span.start, hole.span.end)

    def assumed_column(self, column: Token, word: Token, more: Token) -> Token:
        """A column of the data with what it is in, or the one that it reaches to."""
        return Token("ASSUMED", f"{column.text} {word.text} {more.text}", column.start, more.end)

    def assumed_bound(self, name: Token, amount: Token) -> Token:
        return Token("ASSUMED", f" {name.text} {amount.text}", name.start, amount.end)

    assumed_over = assumed_bound

    def assumed_tier(self, word: Token, traded: Token, *parts: Any) -> Token:
        terms = _level(parts)
        rates = "".join(term.text for term in terms)
        return Token("ASSUMED", f" {word.text} {traded.text} {rates}", word.start, terms[-1].end)

    def assumed_side(self, side: Token) -> Token:
        return Token("ASSUMED", " " + " ".join(side.text.split()), side.start, side.end)

    # --- declarations ----------------------------------------------------------------------------------

    def param(self, word: Token, name: Token, equal: Token, default: Expr) -> tree.Param:
        return self._param(word, name, default, None, default.span.end)

    def param_in(
        self, word: Token, name: Token, equal: Token, default: Expr, domain: tree.Range | tree.Choices
    ) -> tree.Param:
        return self._param(word, name, default, domain, domain.span.end)

    def _param(
        self, word: Token, name: Token, default: Expr, domain: tree.Range | tree.Choices | None, end: int
    ) -> tree.Param:
        name_span, span = self._span(name.start, name.end), self._span(word.start, end)
        return tree.Param(name.text, default, domain, name_span, span, self._doc(word))

    def range(self, word: Token, low: Expr, to: Token, high: Expr) -> tree.Range:
        return tree.Range(low, high, None, self._span(word.start, high.span.end))

    def range_step(self, word: Token, low: Expr, to: Token, high: Expr, by: Token, step: Expr) -> tree.Range:
        return tree.Range(low, high, step, self._span(word.start, step.span.end))

    def choices(self, word: Token, left: Token, values: tuple[Expr, ...], right: Token) -> tree.Choices:
        return tree.Choices(values, self._span(word.start, right.end))

    def values(self, *parts: Any) -> tuple[Expr, ...]:
        return tuple(items(parts))

    def let(self, word: Token, name: Token, equal: Token, value: Expr) -> tree.Let:
        name_span, span = self._span(name.start, name.end), self._span(word.start, value.span.end)
        return tree.Let(name.text, value, name_span, span, self._doc(word))

    def state(self, word: Token, name: Token, equal: Token, initial: Expr, then: Token, update: Expr) -> tree.State:
        name_span, span = self._span(name.start, name.end), self._span(word.start, update.span.end)
        return tree.State(name.text, initial, update, name_span, span, self._doc(word))

    def fn_expression(
        self, word: Token, name: Token, left: Token, parameters: tuple[tree.Parameter, ...], right: Token,
        equal: Token, result: Expr,
    ) -> tree.Fn:  # fmt: skip
        return self._fn(word, name, parameters, (), result)

    def fn_body(
        self, word: Token, name: Token, left: Token, parameters: tuple[tree.Parameter, ...], right: Token,
        body: tuple[tree.Let | tree.State, ...], return_: Token, result: Expr,
    ) -> tree.Fn:  # fmt: skip
        return self._fn(word, name, parameters, body, result)

    def _fn(
        self, word: Token, name: Token, parameters: tuple[tree.Parameter, ...],
        body: tuple[tree.Let | tree.State, ...], result: Expr,
    ) -> tree.Fn:  # fmt: skip
        name_span, span = self._span(name.start, name.end), self._span(word.start, result.span.end)
        return tree.Fn(name.text, parameters, body, result, name_span, span, self._doc(word))

    def locals(self, found: list[tree.Let | tree.State] | None = None) -> tuple[tree.Let | tree.State, ...]:
        return tuple(found or ())

    def parameters(self, *parts: Any) -> tuple[tree.Parameter, ...]:
        return tuple(items(parts))

    def parameter(self, name: Token) -> tree.Parameter:
        return tree.Parameter(name.text, None, self._span(name.start, name.end))

    def parameter_default(self, name: Token, equal: Token, default: Expr) -> tree.Parameter:
        return tree.Parameter(name.text, default, self._span(name.start, default.span.end))

    def _doc(self, word: Token) -> str:
        return self.docs.get(word.start, "")

    # --- orders, guards, outputs ---------------------------------------------------------------------------

    def require(self, word: Token, condition: Expr) -> tree.Require:
        return tree.Require(condition, self._span(word.start, condition.span.end))

    def enter(
        self, word: Token, side: Token, when: Token, condition: Expr, clauses: tuple[tree.Clause, ...]
    ) -> tree.Enter:
        return tree.Enter(side.text, condition, clauses, self._order(word, condition, clauses))

    def enter_one(
        self, word: Token, side: Token, symbol: Token, when: Token, condition: Expr, clauses: tuple[tree.Clause, ...]
    ) -> tree.Enter:
        return self._for_one(self.enter(word, side, when, condition, clauses), symbol)

    def exit(
        self, word: Token, side: Token, when: Token, condition: Expr, clauses: tuple[tree.Clause, ...]
    ) -> tree.Exit:
        return tree.Exit(side.text, condition, clauses, self._order(word, condition, clauses))

    def exit_one(
        self, word: Token, side: Token, symbol: Token, when: Token, condition: Expr, clauses: tuple[tree.Clause, ...]
    ) -> tree.Exit:
        return self._for_one(self.exit(word, side, when, condition, clauses), symbol)

    def cancel(self, word: Token, side: Token, when: Token, condition: Expr) -> tree.Cancel:
        return tree.Cancel(side.text, condition, self._span(word.start, condition.span.end))

    def cancel_one(self, word: Token, side: Token, symbol: Token, when: Token, condition: Expr) -> tree.Cancel:
        return self._for_one(self.cancel(word, side, when, condition), symbol)

    def _for_one(self, statement: Order, written: Token | tree.Hole) -> Order:
        symbol, place = self._symbol(written)
        return replace(statement, symbol=symbol, symbol_span=place)

    def rebalance(
        self, word: Token, period: Token | tree.Hole, clauses: tuple[tree.Clause, ...]
    ) -> tree.Rebalance:
        return self._rebalance(word, period, None, None, clauses)

    def rebalance_day(
        self, word: Token, period: Token | tree.Hole, on: Token, day: Expr, clauses: tuple[tree.Clause, ...]
    ) -> tree.Rebalance:
        return self._rebalance(word, period, day, None, clauses)

    def rebalance_when(
        self, word: Token, when: Token, condition: Expr, clauses: tuple[tree.Clause, ...]
    ) -> tree.Rebalance:
        return self._rebalance(word, when, None, condition, clauses)

    def _rebalance(
        self, word: Token, period: Token | tree.Hole, day: Expr | None, condition: Expr | None,
        clauses: tuple[tree.Clause, ...],
    ) -> tree.Rebalance:  # fmt: skip
        if isinstance(period, tree.Hole):
            name, place = "", self._stands_for(period, "rebalance").span
        else:
            name, place = "" if condition is not None else period.text, self._span(period.start, period.end)
        parts = [part for part in (condition, day, *clauses[-1:]) if part is not None]
        span = self._span(word.start, parts[-1].span.end if parts else place.end)
        return tree.Rebalance(name, place, day, condition, clauses, span)

    def atomic(
        self, word: Token, when: Token, condition: Expr, clauses: tuple[tree.Clause, ...], legs: list[tree.Leg]
    ) -> tree.Legs:
        return tree.Legs(word.text, condition, clauses, tuple(legs), self._span(word.start, legs[-1].span.end))

    sequence = atomic

    def leg(self, word: Token, symbol: Token | tree.Hole, clauses: tuple[tree.Clause, ...]) -> tree.Leg:
        name, place = self._symbol(symbol)
        end = clauses[-1].span.end if clauses else place.end
        return tree.Leg(word.text, name, place, clauses, self._span(word.start, end))

    def prefer(self, word: Token, value: Expr) -> tree.Prefer:
        return tree.Prefer(value, self._span(word.start, value.span.end))

    def flow(self, word: Token, amount: tree.Amount, when: Token, condition: Expr) -> tree.Flow:
        return self._flow(word, amount, when, None, condition, condition.span.end)

    def flow_each(self, word: Token, amount: tree.Amount, period: Token) -> tree.Flow:
        return self._flow(word, amount, period, None, None, period.end)

    def flow_day(self, word: Token, amount: tree.Amount, period: Token, on: Token, day: Expr) -> tree.Flow:
        return self._flow(word, amount, period, day, None, day.span.end)

    def _flow(
        self, word: Token, amount: tree.Amount, period: Token, day: Expr | None, condition: Expr | None, end: int
    ) -> tree.Flow:
        name, place = "" if condition is not None else period.text, self._span(period.start, period.end)
        return tree.Flow(word.text, amount, name, place, day, condition, self._span(word.start, end))

    def flow_bare(self, value: Expr) -> tree.Amount:
        return tree.Amount(value, "", value.span)

    def flow_of(self, value: Expr, unit: Token) -> tree.Amount:
        return tree.Amount(value, unit.text, self._span(value.span.start, unit.end))

    def _order(self, word: Token, condition: Expr, clauses: tuple[tree.Clause, ...]) -> Span:
        return self._span(word.start, (clauses[-1] if clauses else condition).span.end)

    def clauses(self, found: Any = ()) -> tuple[tree.Clause, ...]:
        return tuple(found)

    def clause(self, word: Token, value: Expr) -> tree.Clause:
        return tree.Clause(word.text, value, "", self._span(word.start, value.span.end))

    clause_size = clause
    clause_weight = clause

    def clause_weight_of(self, word: Token, of: Token, symbol: Token | tree.Hole, value: Expr) -> tree.Clause:
        return self._for_one(self.clause(word, value), symbol)

    def clause_size_of(self, word: Token, value: Expr, unit: Token) -> tree.Clause:
        return tree.Clause(word.text, value, unit.text, self._span(word.start, unit.end))

    def clause_once(self, word: Token) -> tree.Clause:
        return tree.Clause(word.text, None, "", self._span(word.start, word.end))

    def clause_fill(self, word: Token, policy: Token | tree.Hole) -> tree.Clause:
        value = self._stands_for(policy, "fill") if isinstance(policy, tree.Hole) else self.variable(policy)
        return tree.Clause(word.text, value, "", self._span(word.start, value.span.end))

    def clause_because_asked(self, word: Token, hole: tree.Hole) -> tree.Clause:
        return tree.Clause(word.text, self._stands_for(hole, "text"), "", self._span(word.start, hole.span.end))

    def clause_because(self, word: Token, text: Token) -> tree.Clause:
        return tree.Clause(word.text, self.text(text), "", self._span(word.start, text.end))

    def clause_take(self, word: Token, value: Expr, joint: Token, level: Expr) -> tree.Clause:
        return tree.Clause(word.text, value, "", self._span(word.start, level.span.end), level)

    clause_after = clause_take

    clause_ladder = clause_take

    def clause_ladder_again(self, word: Token, value: Expr, joint: Token, step: Expr, again: Token) -> tree.Clause:
        return tree.Clause(word.text, value, again.text, self._span(word.start, again.end), step)

    def guard(self, word: Token, name: Token, threshold: Expr) -> tree.Guard:
        span = self._span(word.start, threshold.span.end)
        return self._guard(name, threshold, "deny", span)

    def guard_action(
        self, word: Token, name: Token, threshold: Expr, then: Token, action: Token | tree.Hole
    ) -> tree.Guard:
        if isinstance(action, tree.Hole):
            self._stands_for(action, "guard")
            return self._guard(name, threshold, "deny", self._span(word.start, action.span.end))
        return self._guard(name, threshold, action.text, self._span(word.start, action.end))

    def guard_until(
        self, word: Token, name: Token, threshold: Expr, then: Token, action: Token | tree.Hole, joint: Token,
        reset: Token | tree.Hole,
    ) -> tree.Guard:  # fmt: skip
        made = self.guard_action(word, name, threshold, then, action)
        if isinstance(reset, tree.Hole):
            self._stands_for(reset, "until")
            return replace(made, span=self._span(word.start, reset.span.end))
        span, until_span = self._span(word.start, reset.end), self._span(joint.start, reset.end)
        return replace(made, span=span, until=reset.text, until_span=until_span)

    def _guard(self, name: Token, limit: Expr, action: str, span: Span) -> tree.Guard:
        """What follows the limit after `of` is what the guard is of: a limit is the same for every symbol."""
        at, last = self._span(name.start, name.end), limit
        outer: list[tree.Binary] = []
        while isinstance(last, tree.Binary):
            outer.append(last)
            last = last.right
        if not isinstance(last, tree.Of):
            return tree.Guard(name.text, limit, action, at, span)
        limit = last.value
        for each in reversed(outer):
            limit = replace(each, right=limit)
        return tree.Guard(name.text, limit, action, at, span, last.symbol, last.symbol_span)

    def gauged(self, opened: Token, *given: Any) -> _Gauged:
        """The arguments of a guard, and where their bracket ends."""
        first = given[0] if len(given) > 1 else None
        alone = () if first is None else (first if isinstance(first, tree.Argument) else self.argument(first),)
        return (*alone, *(given[2] if len(given) > 2 else ())), given[-1].end

    def gauge(self, word: Token, name: Token, gauged: _Gauged, limit: Expr) -> tree.Guard:
        return self._with_arguments(self.guard(word, name, limit), gauged)

    def gauge_action(
        self, word: Token, name: Token, gauged: _Gauged, limit: Expr, then: Token, action: Token | tree.Hole
    ) -> tree.Guard:
        return self._with_arguments(self.guard_action(word, name, limit, then, action), gauged)

    def gauge_until(
        self, word: Token, name: Token, gauged: _Gauged, limit: Expr, then: Token, action: Token | tree.Hole,
        joint: Token, reset: Token | tree.Hole,
    ) -> tree.Guard:  # fmt: skip
        return self._with_arguments(self.guard_until(word, name, limit, then, action, joint, reset), gauged)

    def _with_arguments(self, made: tree.Guard, gauged: _Gauged) -> tree.Guard:
        given, end = gauged
        return replace(made, arguments=given, called=self._span(made.name_span.start, end))

    def plot(self, word: Token, value: Expr) -> tree.Plot:
        return tree.Plot(value, None, self._span(word.start, value.span.end))

    def plot_titled(self, word: Token, value: Expr, as_: Token, title: Token) -> tree.Plot:
        return tree.Plot(value, title.text[1:-1], self._span(word.start, title.end))

    def emit(self, word: Token, name: Token, when: Token, condition: Expr) -> tree.Emit:
        span = self._span(word.start, condition.span.end)
        return tree.Emit(name.text, condition, self._span(name.start, name.end), span)

    def alert(self, word: Token, when: Token, condition: Expr) -> tree.Alert:
        return tree.Alert(condition, None, self._span(word.start, condition.span.end))

    def alert_text(self, word: Token, when: Token, condition: Expr, message: Token) -> tree.Alert:
        text, span = self.text(message), self._span(word.start, message.end)
        return tree.Alert(condition, text if isinstance(text, tree.Text) else None, span)

    def later(self, word: Token, rest: list[Token] | None = None) -> tree.Reserved:
        later.report(self.faults, word.text, word.start, word.end)
        names = tuple(token.text for token in rest or () if token.kind == "NAME")
        return tree.Reserved(word.text, names, self._span(word.start, rest[-1].end if rest else word.end))


def _level(parts: tuple[Any, ...]) -> list[Token]:
    """Tokens, and those of what may come several times, in their order."""
    return [token for part in parts for token in (part if type(part) is list else (part,))]

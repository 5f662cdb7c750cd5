"""`why`: what a program did at a trade, an order, a bar or over a span of bars, and what kept it from more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ..calendar.instants import Moment
from ..errors import UsageFault
from ..results.rows import order_column, trade_column
from ..trading.rows import BY_END, BY_EXPIRE, BY_GUARD, BY_REVERSE, BY_SIGNAL, OF_STATEMENTS
from . import asked, spans
from .answer import BarAnswer, SpanAnswer, TradeAnswer, plain
from .bars import Case
from .sketch import Statement, label
from .view import View, view_of

if TYPE_CHECKING:
    from ..results.output import RunOutput

_DECIDED = frozenset({BY_SIGNAL, BY_REVERSE, BY_EXPIRE, BY_GUARD})
"""Exits that an order brought about; the others are of a bracket, or of the end of the data."""


@dataclass(frozen=True, slots=True)
class Why:
    """The answer: one of `trade`, `bar` and `span`. `text()` is for people, `to_json()` has everything.

    why_not: what did not act is meant. params: their values. notes: how what was asked was read.
    """

    strategy: str
    symbol: str
    timeframe: str
    zone: str
    daily: bool
    question: str
    why_not: bool
    params: dict[str, Any]
    trade: TradeAnswer | None = None
    order: int | None = None
    bar: BarAnswer | None = None
    span: SpanAnswer | None = None
    path: str = ""
    notes: tuple[str, ...] = ()
    output: RunOutput | None = field(default=None, repr=False, compare=False)

    def __str__(self) -> str:
        return self.text()

    def __repr__(self) -> str:
        return f"<Why {self.strategy!r} {self.symbol} {self.timeframe}: of a {self.question}; print it, or .to_json()>"

    def _repr_html_(self) -> str:
        from html import escape

        return f"<pre>{escape(self.text())}</pre>"

    def text(self, *, colour: bool = False, ascii: bool = False, width: int = 80) -> str:
        """For a person, within so many columns."""
        from .text import text

        return text(self, colour=colour, ascii=ascii, width=width)

    def to_json(self) -> dict[str, Any]:
        """As plain data: times as ISO 8601 in UTC, what is missing as None."""
        found: dict[str, Any] = {
            "strategy": self.strategy, "symbol": self.symbol, "timeframe": self.timeframe, "timezone": self.zone,
            "question": self.question, "why_not": self.why_not, "params": plain(self.params),
        }  # fmt: skip
        for name in ("trade", "order", "bar", "span"):
            if (value := getattr(self, name)) is not None:
                found[name] = plain(value)
        return {**found, "notes": list(self.notes)}


def why(
    output: RunOutput, *, trade: Any = None, order: Any = None, at: Moment | None = None, to: Moment | None = None,
    symbol: Any = None, statement: Any = None, why_not: bool = False,
) -> Why:  # fmt: skip
    """What a run did; `Result.why` says what each argument means. UsageFault names what there is to be asked."""
    name = asked.one_of(trade=trade, order=order, at=at)
    if to is not None and name != "at":
        raise UsageFault(f"`to` ends a span that begins with `at`: a {name} is explained by itself")
    if why_not and name == "trade":
        raise UsageFault("a trade was made: why it was not is asked of a time (at)")
    if statement is not None and name != "at":
        raise UsageFault(f"the {name} says which statement is meant: `statement` goes with a time (at)")
    if output.again is None:
        raise UsageFault(output.untold)
    if output.again.seal is not None:
        output.again.seal.check()
    if not len(output.bars):
        raise UsageFault("the data have no bars: there is nothing to explain")
    number, place = _place(output, trade, order, symbol)
    return _Asked(output, view_of(output, place), why_not).answer(name, number, at, to, statement)


def _place(output: RunOutput, trade: Any, order: Any, symbol: Any) -> tuple[int, int]:
    """The row of the trade or order that is asked about (-1: of a time), and the place of its symbol."""
    if trade is not None:
        none = "the run has no trades; a time (at) says why a bar has none"
        row = asked.numbered("trade", trade, 1, len(output.trades), none)
        return row, asked.symbol_of(output, symbol, "trades", row, f"trade {row + 1}")
    if order is not None:
        numbers = order_column(output, "order")
        count = int(numbers.max()) + 1 if len(output.orders) else 0
        found = asked.numbered("order", order, 0, count, "the run has none; a time (at) says why not")
        row = int((numbers == found).nonzero()[0][0])
        return row, asked.symbol_of(output, symbol, "orders", row, f"order {found}")
    return -1, asked.symbol_named(output, symbol)


@dataclass(frozen=True, slots=True)
class _Asked:
    """view: of the symbol that is asked about."""

    whole: RunOutput
    view: View
    why_not: bool

    @property
    def output(self) -> RunOutput:
        return self.view.output

    def answer(self, name: str, row: int, at: Any, to: Any, statement: Any) -> Why:
        """row: of the whole run's trades or orders, where one is asked about."""
        if name == "trade":
            return self._trade(self.view.trades.index(row))
        if name == "order":
            return self._order(row)
        wanted = asked.chosen([label(statement) for statement in self._statements()], statement)
        notes = asked.zone_note(self.output, [value for value in (at, to) if value is not None])
        if to is None:
            index = asked.bar_at(self.output, at)
            case = self._case(wanted)
            case.evaluation.run([index])
            return self._why("bar", bar=case.answer(index), notes=notes)
        first, stop = asked.span(self.output, at, to)
        return self._why("span", span=spans.answer(self._case(wanted), first, stop), notes=notes)

    def _trade(self, place: int) -> Why:
        output = self.output
        row = {name: float(trade_column(output, name)[place]) for name in ("entry_order", "exit_order", "exit_index",
                                                                           "reason", "entry_statement")}  # fmt: skip
        entered = self._decided(row["entry_order"])
        reason = int(row["reason"])
        decided = reason in _DECIDED and row["exit_order"] >= 0.0
        left = self._decided(row["exit_order"]) if decided else (int(row["exit_index"]), -1)
        case = self._case(self._every())
        case.evaluation.run([entered[0], left[0]])
        answer = TradeAnswer(
            row=case.trade(place),
            entered=case.answer(entered[0], [entered[1]]),
            exit=str(case.trade(place)["exit_reason"]),
            level=case.level(place),
            left=None if reason == BY_END else case.answer(left[0], [left[1]]),
            by=str(case.trade(place)["exit_level"]),
        )
        return self._why("trade", trade=answer)

    def _order(self, row: int) -> Why:
        found = int(order_column(self.whole, "order")[row])
        if row in self.view.account:
            event, statement = (int(order_column(self.whole, name)[row]) for name in ("index", "statement"))
            index = self.view.events.index(event)
        else:
            index, statement = self._decided(float(found))
        case = self._case(self._every())
        case.evaluation.run([index])
        return self._why("order", order=found, bar=case.answer(index, [statement]))

    def _decided(self, order: float) -> tuple[int, int]:
        """The bar on which an order was decided, and by which statement; -1: by a guard, or by the age of a lot."""
        place = int((order_column(self.output, "order") == order).nonzero()[0][0])
        index, kind, statement = (int(order_column(self.output, n)[place]) for n in ("index", "kind", "statement"))
        return index, statement if kind in OF_STATEMENTS else -1

    def _statements(self) -> Sequence[Statement]:
        assert self.whole.again is not None
        return self.whole.again.program.typed.trading

    def _every(self) -> list[int]:
        return list(range(len(self._statements())))

    def _case(self, wanted: list[int]) -> Case:
        assert self.whole.again is not None
        case = Case(self.view, self.whole.again, wanted)
        if wanted and not case.statements:
            raise UsageFault(f"what is asked about is for other symbols alone: nothing of it runs on {case.symbol}")
        return case

    def _why(self, question: str, **answer: Any) -> Why:
        out = self.output
        return Why(
            strategy=out.strategy, symbol=out.bars.symbol, timeframe=str(out.bars.timeframe), zone=out.zone,
            daily=out.bars.daily, question=question, why_not=self.why_not, params=dict(out.params),
            path=str(out.assumptions.get("path", "")), output=out, **answer,
        )  # fmt: skip

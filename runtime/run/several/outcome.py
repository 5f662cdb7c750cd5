"""What a portfolio left, for results: the rows of its books as one list, and each symbol beside the account."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ....lang.plan.constants import MISSING, TICK, evaluate_params, warmup
from ....lang.plan.model import HOLD_PLACES, Plan
from ...compiled.compiled import Compiled
from ...portfolio.machine import Portfolio
from ...results.output import Plot, RunOutput, Statement
from ...results.several.model import Several
from ...trading.rows import ORDER_WIDTH, RECORD_WIDTH, TRADE_WIDTH
from ...trading.state import COUNTERS
from ..over_bars import rows
from .magnified import document
from .merge import merge_orders, merge_records, merge_trades, rows_at
from .prepare import PreparedSeveral

if TYPE_CHECKING:
    from ...data.seal import Seals
    from ...portfolio.book import Book
    from ...portfolio.outs import Outs
    from ...results.output import Floats, Scalar, Series


@dataclass(frozen=True, slots=True)
class Finished:
    """A portfolio that has run all events of its panel. outs: what it handed out."""

    program: Compiled
    prepared: PreparedSeveral
    machine: Portfolio
    outs: Outs
    seal: Seals | None

    @property
    def books(self) -> list[Book]:
        """Of the symbols traded, in the order of the panel."""
        return [book for book in self.machine.books if book is not None]

    def left(
        self, elapsed: Mapping[str, float], series: Callable[[int], Mapping[str, Series]], *, keep_records: bool
    ) -> RunOutput:  # fmt: skip
        """What it left."""
        program, prepared, plan = self.program, self.prepared, self.machine.several.main
        several, made = self._merged(series, keep_records)
        equity, cash = self._account()
        return RunOutput(
            strategy=plan.title or program.name,
            source=program.text,
            source_hash=plan.source_hash,
            bars=prepared.bars,
            first=prepared.first,
            equity=equity,
            cash=cash,
            quantity=several.count,
            trades=made["trades"],
            orders=made["orders"],
            records=made["records"] if keep_records else None,
            counters=self.counters(),
            carry=self._carry(),
            assumptions=prepared.echo(),
            assumptions_hash=prepared.digest(),
            params=_params(plan, prepared.values),
            statements=statements(plan),
            plots=tuple(Plot(title, unit) for title, unit in program.kept.plots),
            series={},
            warmup=warmup(plan, evaluate_params(plan, {**prepared.values, **_tick(prepared)})),
            magnify=document(prepared, self.magnified),
            elapsed=dict(elapsed),
            seal=self.seal,
            several=several,
        )

    @property
    def magnified(self) -> list[int]:
        """Of each symbol traded how many bars went by finer ones."""
        from ...trading import layout

        return [book.trading.k[layout.MAGNIFIED] for book in self.books]

    def _carry(self) -> float:
        """Interest of the account, borrow and funding of every book."""
        from ...trading import layout

        return self.machine.account.b[layout.EARNED] + sum(book.trading.b[layout.CARRY] for book in self.books)

    def _account(self) -> tuple[Floats, Floats]:
        """Equity and cash after each event; after the last one as the end of the data left them."""
        assert self.outs.equity is not None and self.outs.cash is not None
        equity, cash = self.outs.equity, self.outs.cash
        if self.prepared.close_at_end and len(equity):
            from ...trading import layout

            cash[-1] = self.machine.account.b[layout.CASH]
            equity[-1] = cash[-1] + sum(book.trading.b[layout.VALUE] for book in self.books)
        return equity, cash

    def _merged(
        self, series: Callable[[int], Mapping[str, Series]], keep_records: bool
    ) -> tuple[Several, dict[str, Floats]]:  # fmt: skip
        import numpy as np

        prepared, books, account = self.prepared, self.books, self.machine.account
        at = rows_at(prepared.panel, prepared.traded)
        states = [book.trading for book in books]
        trades = merge_trades(
            [rows(s.trade_rows, TRADE_WIDTH) for s in states], [s.counters()["open_trades"] for s in states], at
        )  # fmt: skip
        events = np.arange(len(prepared.panel.events))  # the account's own rows have events already
        orders = merge_orders([rows(s.order_rows, ORDER_WIDTH) for s in (*states, account)], [*at, events])
        every = [rows(s.record_rows, RECORD_WIDTH) for s in (*states, account)]
        records = merge_records(every, [*at, events]) if keep_records else None
        assert self.outs.quantity is not None and self.outs.profit is not None
        several = Several(
            panel=prepared.panel, traded=prepared.traded, quantity=self.outs.quantity, profit=self.outs.profit,
            point_values=[own.point_value for own in prepared.own], trades=trades.symbol, orders=orders.symbol,
            records=None if records is None else records.symbol, series=series, end=self._end(),
            conversions=[own.conversion for own in prepared.own],
            currencies=[own.quote_currency or prepared.assumptions.currency for own in prepared.own],
            groups={name: tuple(map(prepared.symbols.index, own)) for name, own in prepared.declared.items()},
        )  # fmt: skip
        made = {"trades": trades.rows, "orders": orders.rows}
        return several, made if records is None else made | {"records": records.rows}

    def _end(self) -> Sequence[tuple[float, float]] | None:
        """Quantity and profit of each book after the end of the data, where that closed what was open."""
        if not self.prepared.close_at_end:
            return None
        from ...trading import layout as at

        books = [book.trading.b for book in self.books]
        return [(b[at.QUANTITY], b[at.REALISED] + b[at.UNREALISED] - b[at.FEES]) for b in books]

    def counters(self) -> dict[str, int]:
        """Headlines of the account: events, those at which something was held, and what all books counted together."""
        counts = [book.trading.counters() for book in self.books]
        found = {name: sum(count[name] for count in counts) for name in COUNTERS}
        own = self.machine.account.counters()
        return found | {"bars": self.machine.index, "guard_trips": own["guard_trips"]}


def statements(plan: Plan) -> tuple[Statement, ...]:
    """Every statement of the core by its number; a hold takes several, all of one name."""
    found: list[Statement] = []
    for decision in sorted(plan.decisions, key=lambda each: each.index):
        places = HOLD_PLACES if decision.action == "hold" else 1
        found += [Statement(decision.label, decision.because)] * places
    return tuple(found)


def _params(plan: Plan, values: Mapping[str, float | bool]) -> dict[str, Scalar]:
    found: dict[str, Scalar] = {}
    for parameter in plan.params:
        value = values[parameter.name]
        found[parameter.name] = int(value) if parameter.whole and not isinstance(value, bool) else value
    return found


def _tick(prepared: PreparedSeveral) -> dict[str, float]:
    return {TICK: prepared.own[0].tick or MISSING}

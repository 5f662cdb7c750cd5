"""A strategy of several symbols while it runs: its books share its account."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ...compiled.compiled import Compiled
from ...data.seal import Seals
from ...portfolio.kept import Kept, keep, put_back
from ...trading import layout as at
from ...trading.account import hand, take
from ...trading.state import TradingState
from ..several.backtest import told_of
from ..several.machine import members, outs_for, portfolio
from ..several.outcome import Finished
from ..several.prepare import PreparedSeveral
from .alone import cut_rows
from .foresee import foreseeable
from .running import Backtested, Holding, OfBars

if TYPE_CHECKING:
    from ...results.output import Floats, RunOutput


@dataclass(frozen=True, slots=True)
class _Kept:
    portfolio: Kept
    rows: list[tuple[int, int, int]]
    touched: bool
    waiting: list[tuple[int, float]]


class Sharing(Backtested):
    """A portfolio of symbols that is run over its panel in stretches, or event by event."""

    def __init__(
        self, name: str, program: Compiled, prepared: PreparedSeveral, engine: str, *, keep_records: bool
    ) -> None:  # fmt: skip
        panel = prepared.panel
        super().__init__(name, prepared.assumptions.capital, panel.events.instants, prepared.first)
        self.program, self.prepared = program, prepared
        several = program.several_monitored() if keep_records else program.several
        self.machine = portfolio(several, prepared, engine, keep_records=keep_records)
        self.outs = outs_for(self.machine, prepared)
        self._members = members(prepared)
        self._books = [book for book in self.machine.books if book is not None]
        rates = prepared.assumptions.conversion
        self._holdings = [
            OfBars(bars.symbol, book.trading, conversion=rates, bars=bars, opens=bars.ts, closes=bars.closes)
            for book, bars in zip(self._books, panel, strict=False)
        ]

    def advance(self, stop: int) -> None:
        if stop == self.index:
            return
        offsets = self.prepared.panel.events.offsets
        part = self.outs.part(slice(self.index, stop), slice(int(offsets[self.index]), int(offsets[stop])))
        self.machine.run(self.prepared.panel, stop, part, members=self._members)
        self._counted()

    def _counted(self) -> None:
        self.index = self.machine.index
        for holding, book in zip(self._holdings, self._books, strict=True):
            holding.index = book.index

    def keep(self) -> _Kept:
        self.settle()
        rows = [(len(s.trade_rows), len(s.order_rows), len(s.record_rows)) for s in self.states]
        return _Kept(keep(self.machine), rows, self.touched, self.waiting)

    def back(self, kept: _Kept) -> None:
        put_back(self.machine, kept.portfolio)
        for state, counts in zip(self.states, kept.rows, strict=True):
            cut_rows(state, counts)
        self._counted()
        self.touched = kept.touched
        self.wait_again(kept.waiting)

    @property
    def holdings(self) -> list[OfBars]:
        return self._holdings

    @property
    def account(self) -> TradingState:
        return self.machine.account

    @property
    def equities(self) -> Floats:
        assert self.outs.equity is not None
        return self.outs.equity

    @property
    def foreseeable(self) -> bool:
        return foreseeable(self.machine.plan, self.holdings)

    @property
    def pays(self) -> bool:
        return bool(self.machine.plan.pays)

    def quantities(self, place: int) -> Floats:
        assert self.outs.quantity is not None
        found: Floats = self.outs.quantity[self.prepared.panel.places_of(place)]
        return found

    @property
    def states(self) -> list[TradingState]:
        return [self.machine.account, *(book.trading for book in self._books)]

    def woken(self) -> None:
        self.machine.take_up(self.machine.day)

    def changed(self) -> None:
        self.woken()
        if not self.index:
            return
        events, outs, event = self.prepared.panel.events, self.outs, self.index - 1
        assert outs.equity is not None and outs.cash is not None
        assert outs.quantity is not None and outs.profit is not None
        outs.equity[event], outs.cash[event] = self.account.b[at.EQUITY], self.account.b[at.CASH]
        for bar in range(int(events.offsets[event]), int(events.offsets[event + 1])):
            place = int(events.symbol[bar])
            if place < len(self._books):
                b = self._books[place].trading.b
                outs.quantity[bar] = b[at.QUANTITY]
                outs.profit[bar] = b[at.REALISED] + b[at.UNREALISED] - b[at.FEES]

    def given_to(self, holding: Holding) -> None:
        a, state = self.machine.account, holding.state
        hand(a.b, a.k, state.b, state.k)

    def taken_from(self, holding: Holding) -> None:
        a, state = self.machine.account, holding.state
        take(a.b, a.k, state.b, state.k)

    def finished(self, engine: str, elapsed: dict[str, float], *, keep_records: bool) -> RunOutput:
        self.machine.finish()
        seal = Seals(self.prepared.panel) if self.prepared.borrowed else None
        prepared = replace(self.prepared, transfers=tuple(self.transfers)) if self.transfers else self.prepared
        done = Finished(self.program, prepared, self.machine, self.outs, seal)
        return told_of(done, engine, elapsed, keep_records=keep_records, touched=self.touched)

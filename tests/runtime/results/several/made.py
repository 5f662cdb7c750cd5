"""A made-up run over several symbols: books kept by hand, rows merged as a run merges them."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from stratagem.lang.program.timeframe import timeframe
from stratagem.runtime.data import Bars
from stratagem.runtime.data.panel import Panel
from stratagem.runtime.results.output import RunOutput
from stratagem.runtime.results.several.model import Several
from stratagem.runtime.run.several.merge import merge_orders, merge_trades, rows_at
from stratagem.runtime.run.several.timeline import account_bars
from stratagem.runtime.trading.rows import EXIT_REASONS, ORDER_COLUMNS, TRADE_COLUMNS

from ..made import START, order, output, rows, trade

DAY = 86_400_000_000
FEE = 3.25
CAPITAL = 100_000.0


def walk(symbol: str, days: Sequence[int], seed: int) -> Bars:
    """Daily bars of these days, a random walk of cents."""
    chance = random.Random(seed)
    price, made = 100.0, []
    for _ in days:
        opened = price
        price = max(1.0, round(price * (1.0 + chance.gauss(0.0005, 0.02)), 2))
        made.append((opened, round(max(opened, price) * 1.004, 2), round(min(opened, price) * 0.996, 2), price))
    columns = [np.array(column) for column in zip(*made, strict=True)]
    ts = START + np.array(days, dtype=np.int64) * DAY
    return Bars(symbol, timeframe("1d"), ts, *columns, np.full(len(days), 1000.0))


def panel() -> Panel:
    """Three symbols: one whole, one that begins late and lacks bars, one that ends early; and one only watched."""
    late = [day for day in range(60, 300) if day % 7 != 3]
    return Panel((
        walk("WHOLE", range(300), 1), walk("LATE", late, 2), walk("EARLY", range(150), 3), walk("VIX", range(300), 4),
    ))  # fmt: skip


def run(
    data: Panel | None = None, traded: int = 3, first: int = 0, sizes: Sequence[float] = (100.0, -40.0, 7.0),
    hold: int = 9,
) -> RunOutput:  # fmt: skip
    """Each symbol bought (or sold short) every so often, from `first` on, and closed `hold` of its own bars later."""
    data = panel() if data is None else data
    events, at = data.events, rows_at(data, len(data))
    books = [_Book(data.bars[place], sizes[place], hold, int(np.searchsorted(at[place], first)))
             for place in range(traded)]  # fmt: skip
    quantity, profit = np.zeros(len(events.row)), np.zeros(len(events.row))
    equity, cash = np.full(len(events), CAPITAL), np.full(len(events), CAPITAL)
    for event in range(len(events)):
        for place in range(events.offsets[event], events.offsets[event + 1]):
            if events.symbol[place] < traded:
                book = books[events.symbol[place]]
                book.bar(int(events.row[place]))
                quantity[place], profit[place] = book.quantity, book.profit
        cash[event] = CAPITAL + sum(book.cash for book in books)
        equity[event] = cash[event] + sum(book.value for book in books)
    closed, still_open = [rows(b.finished(), TRADE_COLUMNS) for b in books], [b.still_open for b in books]
    trades = merge_trades(closed, still_open, at[:traded])
    orders = merge_orders([rows(b.orders, ORDER_COLUMNS) for b in books], at[:traded])
    several = Several(data, traded, quantity, profit, (1.0,) * traded, trades.symbol, orders.symbol)
    told: dict[str, Any] = {"counters": {"open_trades": sum(b.still_open for b in books)}, "first": first}
    made = output(account_bars(data, traded, first), equity, cash=cash, quantity=several.count, several=several, **told)
    return replace(made, trades=trades.rows, orders=orders.rows)


class _Book:
    def __init__(self, bars: Bars, size: float, hold: int, first: int) -> None:
        self.bars, self.size, self.hold, self.first = bars, size, hold, first
        self.cash = self.value = self.quantity = self.profit = 0.0
        self.entered = -1
        self.trades: list[list[float]] = []
        self.orders: list[list[float]] = []

    def bar(self, row: int) -> None:
        opened, close, side = float(self.bars.open[row]), float(self.bars.close[row]), 1 if self.size > 0 else -1
        if self.entered < 0 and row > self.first and row % (2 * self.hold) == 1:
            self.entered, self.quantity = row, self.size
            self.cash -= self.size * opened + FEE
            self.orders.append(order(self.bars, row, row - 1, side=side))
        elif self.entered >= 0 and row - self.entered == self.hold:
            self.cash += self.quantity * opened - FEE
            self.trades.append(trade(self.bars, self.entered, row, abs(self.size), side, fees=2 * FEE))
            self.orders.append(order(self.bars, row, row - 1, 1, kind=1, side=side))
            self.entered, self.quantity = -1, 0.0
        self.value = self.quantity * close
        self.profit = self.cash + self.value

    @property
    def still_open(self) -> int:
        return int(self.entered >= 0)

    def finished(self) -> list[list[float]]:
        """The trades, and the lot that is open at the end as it stands at the last close."""
        if self.entered < 0:
            return self.trades
        side, last = 1 if self.size > 0 else -1, len(self.bars) - 1
        paid, got = float(self.bars.open[self.entered]), float(self.bars.close[-1])
        pnl = (got - paid) * self.size - FEE
        end = trade(self.bars, self.entered, last, abs(self.size), side, fees=FEE, pnl=pnl, exit_price=got,
                    reason=EXIT_REASONS.index("end"))  # fmt: skip
        return [*self.trades, end]

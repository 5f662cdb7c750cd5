"""Portfolios played by plain loops: nothing of the engine is imported, and what it does is worked out from the pages.

One position a symbol, at the average price; orders decided at a close fill at the symbol's next open; the equity of an
instant is cash and every position at its last close.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

Days = Mapping[int, Mapping[str, tuple[float, float]]]
"""By day, as a number that grows, of each symbol that has a bar then: its open and its close."""


@dataclass(slots=True)
class Account:
    """Cash, what is held, orders for the next open, and what left: (symbol, quantity, price, profit before fees)."""

    fee: float
    slip: float = 0.0
    cash: float = 100_000.0
    held: dict[str, float] = field(default_factory=dict)
    average: dict[str, float] = field(default_factory=dict)
    last: dict[str, float] = field(default_factory=dict)
    orders: dict[str, float] = field(default_factory=dict)
    left: list[tuple[str, float, float, float]] = field(default_factory=list)
    interest: float = 0.0
    borrow: float = 0.0
    funding: float = 0.0
    opened: dict[str, int] = field(default_factory=dict)  # the day of the last bar of each symbol, and of all ("")

    def equity(self) -> float:
        return self.cash + sum(held * self.last[symbol] for symbol, held in self.held.items())

    def carry(self, day: int, symbols: Sequence[str]) -> None:
        """What is due at the opens of a day: interest on cash since the day before, then what each symbol with a bar
        owes since its last one: borrow of what is sold short, and funding three times a day."""
        self.cash += self.cash * self.interest * (day - self.opened.get("", day)) / 365
        for symbol in symbols:
            days, value = day - self.opened.get(symbol, day), self.held.get(symbol, 0.0) * self.last.get(symbol, 0.0)
            self.cash += min(value, 0.0) * self.borrow * days / 365 - value * self.funding * 3 * days
        self.opened |= dict.fromkeys(("", *symbols), day)

    def fill(self, symbol: str, price: float) -> None:
        """The order of a symbol at its open."""
        quantity = self.orders.pop(symbol, 0.0)
        if not quantity:
            return
        price *= 1 + math.copysign(self.slip, quantity)
        before = self.held.get(symbol, 0.0)
        after = before + quantity
        if abs(after) < 1e-9 * abs(before):
            after = 0.0
        if before * quantity < 0:
            gone = before if before * after < 0 else -quantity
            self.left.append((symbol, gone, price, gone * (price - self.average[symbol])))
        if before * after < 0:
            self.average[symbol] = price
        elif before * quantity >= 0:
            self.average[symbol] = (before * self.average.get(symbol, 0.0) + quantity * price) / after
        self.held[symbol] = after
        self.cash -= quantity * price + abs(quantity) * price * self.fee

    def unit_cost(self, symbol: str, side: float) -> float:
        """What a unit bought (1) or sold (-1) costs: its slippage, and the fee on the price that gives."""
        close = self.last[symbol]
        return close * self.slip + close * (1 + side * self.slip) * self.fee

    def leg(self, shares: Mapping[str, float]) -> None:
        """Orders for positions that are shares of equity, cost of entering included, once what is turned has left."""
        turned = {s: held for s, share in shares.items() if (held := self.held.get(s, 0.0)) * share < 0}
        basis = self.equity() - sum(abs(q) * self.unit_cost(s, math.copysign(1, -q)) for s, q in turned.items())
        for symbol, share in shares.items():
            each = self.last[symbol] + self.unit_cost(symbol, math.copysign(1, share))
            self.orders[symbol] = share * basis / each - turned.get(symbol, 0.0)

    def weigh(self, weights: Mapping[str, float], band: float) -> None:
        """Orders for the differences between what is held and shares of the equity that is left once what leaves is
        paid for; buying costs come out of the share that buys."""
        equity, sold, basis = self.equity(), 0.0, 0.0
        while True:
            basis, before = equity - sold, basis
            if abs(basis - before) <= 1e-14 * equity:
                break
            sold = sum(self._surplus(symbol, weight, basis, band) * self.last[symbol] * self.fee
                       for symbol, weight in weights.items())  # fmt: skip
        for symbol, weight in weights.items():
            close, held = self.last[symbol], self.held.get(symbol, 0.0)
            less = self._surplus(symbol, weight, basis, band)
            more = (weight * basis - held * close) / (close * (1 + self.fee))
            if less:
                self.orders[symbol] = -less
            elif more * close >= band * basis:
                self.orders[symbol] = more

    def _surplus(self, symbol: str, weight: float, basis: float, band: float) -> float:
        held, close = self.held.get(symbol, 0.0), self.last[symbol]
        less = held - weight * basis / close
        return held if weight == 0 else less if less > 0 and less * close >= band * basis else 0.0


def play(days: Days, account: Account, decide: Callable[[int, Sequence[str]], None]) -> list[float]:
    """Every day: what holding costs, fills at the opens, closes, and what is decided at them by those that have a bar.
    The equities."""
    equities = []
    for day, bars in days.items():
        account.carry(day, list(bars))
        for symbol, (opened, _) in bars.items():
            account.fill(symbol, opened)
        for symbol, (_, close) in bars.items():
            account.last[symbol] = close
        decide(day, list(bars))
        equities.append(account.equity())
    return equities


def days_of(rows: Sequence[Mapping[str, Any]], order: Sequence[str]) -> dict[int, dict[str, tuple[float, float]]]:
    """Rows of (ts, symbol, open, close) by day, symbols in their order."""
    found: dict[int, dict[str, tuple[float, float]]] = {}
    for row in sorted(rows, key=lambda row: (row["ts"], order.index(row["symbol"]))):
        found.setdefault(row["ts"].date().toordinal(), {})[row["symbol"]] = row["open"], row["close"]
    return found

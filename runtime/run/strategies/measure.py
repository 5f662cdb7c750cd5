"""What the limits of a portfolio measure: all strategies' books together, at their last marks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ....stdlib.arith import absolute
from ...data.bars import NAMELESS
from ...trading import layout as at
from ...trading.over_account import claimed
from .limits import OF_COUNT, OF_EQUITY, Limit

if TYPE_CHECKING:
    from .running import Running


@dataclass(frozen=True, slots=True)
class Reading:
    """equity: of the portfolio, less what orders that wait will cost. gross, net: of all books; largest: the largest
    gross value of one symbol over all strategies; positions: books that hold something or will."""

    equity: float
    gross: float = 0.0
    net: float = 0.0
    largest: float = 0.0
    positions: int = 0


def equity_of(strategies: Sequence[Running], cash: float) -> float:
    """Of the portfolio: the cash that no strategy has, then the strategies' equity in their order."""
    equity = cash
    for each in strategies:
        equity += each.equity
    return equity


def read(strategies: Sequence[Running], cash: float, *, claims: bool) -> Reading:
    """The books as they are; with `claims` as they will be once what waits has filled, and what rests besides."""
    equity = equity_of(strategies, cash)
    gross = cost = least = most = 0.0
    positions = 0
    by_symbol: dict[str, float] = {}
    for strategy in strategies:
        for holding in strategy.holdings:
            b, k = holding.state.b, holding.state.k
            value = b[at.VALUE]
            size, low, high, fees, held = absolute(value), value, value, 0.0, int(k[at.LOT_COUNT] > 0)
            if claims:
                size, low, high, fees, held = claimed(b, k)
            gross, cost, least, most, positions = gross + size, cost + fees, least + low, most + high, positions + held
            name = named(strategy, holding.symbol)
            by_symbol[name] = by_symbol.get(name, 0.0) + size
    net = max(absolute(least), absolute(most))
    return Reading(equity - cost, gross, net, max(by_symbol.values(), default=0.0), positions)


def named(strategy: Running, symbol: str) -> str:
    """Data without a name are a symbol of their own."""
    return f"{strategy.name}/" if symbol.lower() in NAMELESS else symbol.lower()


@dataclass(slots=True)
class Water:
    """What equity is measured against: the capital, the highest equity of any event, that at the day's start."""

    capital: float
    high: float
    day: float

    def moved(self, equity: float, money: float) -> None:
        """Money came from outside, below 0 it went, after which there is this equity: every mark is in proportion to it
        what it was before, as the value of a unit would be."""
        before = equity - money
        keep = equity / before if before > 0.0 else 1.0
        self.high = max(self.high, before)
        for name in ("capital", "high", "day"):
            setattr(self, name, equity + (getattr(self, name) - before) * keep)

    def floor(self, limit: Limit) -> float:
        """The equity at or below which a limit is reached."""
        begin = {"drawdown": self.high, "daily_loss": self.day}.get(limit.measure, self.capital)
        return begin * (1.0 - limit.level)

    def over(self, limit: Limit, reading: Reading) -> bool:
        """Whether a limit is reached or passed."""
        if limit.measure in OF_EQUITY:
            return reading.equity <= self.floor(limit)
        if limit.measure in OF_COUNT:
            return reading.positions > limit.level
        return _value(limit, reading) > limit.level * (1.0 + at.SLACK) * max(reading.equity, 0.0)

    def ratio(self, limit: Limit, reading: Reading) -> float:
        """What a limit reads, as it is written: a loss, a value as a multiple of equity, a count."""
        if limit.measure in OF_COUNT:
            return float(reading.positions)
        if limit.measure in OF_EQUITY:
            begin = {"drawdown": self.high, "daily_loss": self.day}.get(limit.measure, self.capital)
            return (begin - reading.equity) / begin if begin else 0.0
        value = _value(limit, reading)
        return value / reading.equity if reading.equity > 0.0 else (0.0 if value == 0.0 else float("inf"))


def _value(limit: Limit, reading: Reading) -> float:
    return {"exposure": reading.gross, "net_exposure": reading.net, "position": reading.largest}[limit.measure]

"""A monthly rotation over real prices, worked out once more with pandas and nothing of the engine: its equity event by
event, every order, and every trade."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
import stratagem as sg
from stratagem.runtime.results.result import Result

CAPITAL = 100_000.0
BARS, BEST, WEIGHT = 126, 5, 0.19
TEXT = f"""stratagem 1
strategy "Rotation"
let momentum = close / close[{BARS}] - 1
rebalance monthly
  weight if top(momentum, {BEST}) and momentum > 0 then 19% else 0%
"""
SKFOLIO, BOKEH = "universe_skfolio_sp500_20_1d_1990-2022.parquet", "bokeh_5stocks_1d_2000-2013.parquet"


@dataclass(frozen=True)
class Expected:
    """equity by date; orders as (date decided, symbol, +bought or -sold); trades as (symbol, quantity, money)."""

    equity: pd.Series
    orders: list[tuple[pd.Timestamp, str, float]]
    trades: list[tuple[str, float, float]]


def rotated(bars: pd.DataFrame, best: int, weight: float) -> Expected:
    """The rotation by hand: decided at the close of a month's first bar, filled at each symbol's next open."""
    symbols = sorted(bars["symbol"].unique())
    opens, closes = (bars.pivot(index="ts", columns="symbol", values=name)[symbols] for name in ("open", "close"))
    gains = closes.apply(lambda column: column.dropna() / column.dropna().shift(BARS) - 1.0)
    opened, close, momentum = (frame.to_dict("index") for frame in (opens, closes, gains))  # looked up very often
    held, cost, cash = dict.fromkeys(symbols, 0.0), dict.fromkeys(symbols, 0.0), CAPITAL
    waiting: dict[str, float] = {}
    last: dict[str, float] = {}
    before: dict[str, pd.Timestamp] = {}
    begun: pd.Timestamp | None = None
    equity, orders, trades = {}, [], []
    for date in closes.index:
        now = [symbol for symbol in symbols if not math.isnan(close[date][symbol])]
        for symbol in now:
            amount, price = waiting.pop(symbol, 0.0), opened[date][symbol]
            cash -= amount * price
            if amount < 0.0:
                average = cost[symbol] / held[symbol]
                trades.append((symbol, -amount, -amount * (price - average)))
                cost[symbol] += amount * average
            else:
                cost[symbol] += amount * price
            held[symbol] += amount
            if abs(held[symbol]) < 1e-9:
                held[symbol] = cost[symbol] = 0.0
            last[symbol] = close[date][symbol]
        equity[date] = cash + sum(held[symbol] * last[symbol] for symbol in last)
        values = {symbol: momentum[date][symbol] for symbol in now if not math.isnan(momentum[date][symbol])}
        highest = sorted(values, key=lambda symbol: -values[symbol])[:best]
        chosen = {symbol for symbol in highest if values[symbol] > 0.0}
        first = begun is None and len(values) > 0
        begun = date if first else begun
        for symbol in now:
            if symbol in before and (first or date.month != before[symbol].month) and symbol in values:
                target = weight * equity[date] / last[symbol] if symbol in chosen else 0.0
                amount = target - held[symbol]
                if amount:
                    waiting[symbol] = amount
                    orders.append((date, symbol, amount))
            before[symbol] = date
    return Expected(pd.Series(equity), orders, trades)


@cache
def prices(folder: Path, name: str) -> pd.DataFrame:
    frame = pd.read_parquet(folder / "data" / "bars" / name)
    return frame[["ts", "symbol", "open", "high", "low", "close", "volume"]]


@pytest.fixture(scope="module", params=[(SKFOLIO, BEST, WEIGHT), (BOKEH, 3, 0.3)], ids=["twenty", "five, ragged"])
def both(request: pytest.FixtureRequest, shared: Path) -> tuple[Result, Expected]:
    """Five stocks of which one begins in 2004 and one in 2012, and twenty that have the same days."""
    name, best, weight = request.param
    frame = prices(shared, name)
    frame = frame[frame["ts"] >= "2000"] if name == SKFOLIO else frame
    text = TEXT.replace("momentum, 5", f"momentum, {best}").replace("19%", f"{weight * 100:g}%")
    return sg.compile(text).backtest(frame), rotated(frame, best, weight)


def test_equity_is_the_same_at_every_event(both: tuple[Result, Expected]) -> None:
    result, expected = both
    assert result.output.bars.ts.tolist() == [int(date.value) // 1000 for date in expected.equity.index]
    np.testing.assert_allclose(result.output.equity, expected.equity.to_numpy(), rtol=1e-9)
    assert result.stats["final_equity"] > 1.2 * CAPITAL and result.stats["denied"] == 0


def test_every_order_is_the_same(both: tuple[Result, Expected]) -> None:
    result, expected = both
    found = [row for row in result.orders.to_pylist() if row["status"] in ("filled", "cancelled")]
    signed = sorted((row["time"], row["symbol"], row["asked"] * (1 if row["kind"] == "enter" else -1)) for row in found)
    wanted = sorted((date.to_pydatetime(), symbol, amount) for date, symbol, amount in expected.orders)
    assert [row[:2] for row in signed] == [row[:2] for row in wanted] and len(signed) > 100
    np.testing.assert_allclose([row[2] for row in signed], [row[2] for row in wanted], rtol=1e-6, atol=1e-9)
    assert {row["statement"] for row in found} == {"rebalance"}


def test_every_trade_is_the_same(both: tuple[Result, Expected]) -> None:
    result, expected = both
    closed = [row for row in result.trades.to_pylist() if row["exit_reason"] != "end"]
    found = sorted((row["symbol"], row["quantity"], row["pnl"]) for row in closed)
    wanted = sorted(expected.trades)
    assert [row[0] for row in found] == [row[0] for row in wanted]
    np.testing.assert_allclose([row[1:] for row in found], [row[1:] for row in wanted], rtol=1e-6, atol=1e-5)


def test_sales_stand_before_purchases_of_the_same_close(both: tuple[Result, Expected]) -> None:
    by_time: dict[Any, list[str]] = {}
    for row in both[0].orders.to_pylist():
        by_time.setdefault(row["time"], []).append(row["kind"])
    assert all(kinds == sorted(kinds, key=lambda kind: kind != "exit") for kinds in by_time.values())


def test_what_each_symbol_brought_is_the_net_profit(both: tuple[Result, Expected]) -> None:
    told = both[0].stats
    assert abs(told["other_pnl"]) < 1e-6 * abs(told["net_profit"])
    by_hand: dict[str, float] = {}
    for symbol, _, money in both[1].trades:
        by_hand[symbol] = by_hand.get(symbol, 0.0) + money
    still = {row["symbol"]: row["pnl"] for row in both[0].trades.to_pylist() if row["exit_reason"] == "end"}
    for row in told["symbols"]:
        expected = by_hand.get(row["symbol"], 0.0) + still.get(row["symbol"], 0.0)
        assert row["pnl"] == pytest.approx(expected, rel=1e-6, abs=1e-4)


def test_the_engines_agree_to_the_last_bit(shared: Path) -> None:
    frame = prices(shared, BOKEH)
    one, two = (sg.compile(TEXT).backtest(frame, engine=engine) for engine in ("native", "interpreted"))
    for name in ("equity", "cash", "trades", "orders"):
        np.testing.assert_array_equal(getattr(one.output, name), getattr(two.output, name), name)


def test_costs_are_those_of_what_was_traded(shared: Path) -> None:
    """A thousandth of everything bought and sold, and weights that still fit into the equity."""
    result = sg.compile(TEXT.replace("19%", "20%") + "assume fee 0.1%\n").backtest(prices(shared, BOKEH))
    filled = [row for row in result.orders.to_pylist() if row["status"] in ("filled", "reduced") and row["got"]]
    paid = sum(row["got"] * row["fill_price"] * 0.001 for row in filled if row["fill_price"])
    assert result.stats["fees"] == pytest.approx(paid, rel=1e-9)
    assert result.stats["denied"] == 0
    assert abs(result.stats["other_pnl"]) < 1e-6

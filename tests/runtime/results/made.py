"""Made-up runs: bars, trades and orders as a run would hand them over, from a few plain numbers."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Any

import numpy as np
from stratagem.lang.plan.model import Text
from stratagem.lang.program.timeframe import timeframe
from stratagem.runtime.data.bars import Bars
from stratagem.runtime.results.output import Plot, RunOutput, Statement
from stratagem.runtime.trading.rows import EXIT_REASONS, NO_REASON, ORDER_COLUMNS, RECORD_COLUMNS, TRADE_COLUMNS

DAY = 86_400_000_000
START = 1_577_836_800_000_000  # 2020-01-01

NOBODY = Text(())
ENTER = Statement("enter long", Text(("rsi ", ("number", 0), " in an uptrend")))
EXIT = Statement("exit long", Text(("back above ", ("number", 0))))


def bars(closes: Sequence[float], frame: str = "1d", start: int = START, symbol: str = "TEST") -> Bars:
    """Bars around closes, each opening at the close before."""
    close = np.asarray(closes, dtype=np.float64)
    step = timeframe(frame).seconds * 1_000_000
    ts = start + np.arange(len(close), dtype=np.int64) * step
    opened = np.concatenate([close[:1], close[:-1]])
    high, low = np.maximum(opened, close) * 1.001, np.minimum(opened, close) * 0.999
    return Bars(symbol, timeframe(frame), ts, opened, high, low, close, np.full(len(close), 1000.0))


def row(columns: Sequence[str], **values: float) -> list[float]:
    """A raw row by column names."""
    assert set(values) <= set(columns), set(values) - set(columns)
    return [float(values.get(name, 0.0)) for name in columns]


def trade(data: Bars, entry: int, leave: int, quantity: float = 1.0, side: int = 1, **more: float) -> list[float]:
    """A trade from the open of one bar to the open of another."""
    paid, got = float(data.open[entry]), float(data.open[leave])
    fees = more.pop("fees", 0.0)
    pnl = (got - paid) * quantity * side - fees
    moving = (got - paid) * quantity * side
    basis = {
        "side": side, "quantity": quantity, "entry_index": entry, "entry_time": data.ts[entry], "entry_price": paid,
        "exit_index": leave, "exit_time": data.ts[leave], "exit_price": got, "fees": fees, "pnl": pnl,
        "return": pnl / (paid * quantity), "bars": leave - entry, "mae": min(0.0, moving), "mfe": max(0.0, moving),
        "reason": EXIT_REASONS.index("signal"), "stop": np.nan, "target": np.nan, "exit_order": -1.0,
    }  # fmt: skip
    return row(TRADE_COLUMNS, **(basis | more))


def order(data: Bars, number: int, index: int, statement: int = 0, **more: float) -> list[float]:
    """An order decided on one bar and filled at the next open."""
    fill = min(index + 1, len(data) - 1)
    basis = {
        "order": number, "index": index, "time": data.ts[index], "statement": statement, "kind": statement, "side": 1,
        "reason": NO_REASON, "asked": 1.0, "got": 1.0, "fill_index": fill, "fill_time": data.ts[fill],
        "fill_price": data.open[fill], "stop": np.nan, "target": np.nan, "limit": np.nan, "trigger": np.nan,
        "text0": 35.25,
    }  # fmt: skip
    return row(ORDER_COLUMNS, **(basis | more))


def rows(made: Sequence[Sequence[float]], columns: Sequence[str]) -> Any:
    return np.asarray(made, dtype=np.float64).reshape(-1, len(columns))


def output(
    data: Bars,
    equity: Sequence[float] | None = None,
    trades: Sequence[Sequence[float]] = (),
    orders: Sequence[Sequence[float]] = (),
    records: Sequence[Sequence[float]] | None = None,
    **more: Any,
) -> RunOutput:
    """A run; equity stays at the capital unless given. records: the monitors' readings, None if they were not kept."""
    capital = more.pop("capital", 100_000.0)
    held = np.full(len(data), capital) if equity is None else np.asarray(equity, dtype=np.float64)
    basis = {
        "strategy": "made", "source": 'stratagem 1\nstrategy "made"\n', "source_hash": "ab" * 32, "bars": data,
        "first": 0, "equity": held, "cash": held.copy(), "quantity": np.zeros(len(data)),
        "trades": rows(trades, TRADE_COLUMNS), "orders": rows(orders, ORDER_COLUMNS),
        "records": None if records is None else rows(records, RECORD_COLUMNS), "counters": {"open_trades": 0},
        "assumptions": {"model": "stratagem", "capital": capital, "fee": "0.1%", "point_value": 1.0, "timezone": "UTC"},
        "assumptions_hash": "cd" * 32, "statements": (ENTER, EXIT), "warmup": {"base": 14},
        "elapsed": {"load": 0.01, "compile": 0.02, "run": 0.003},
    }  # fmt: skip
    return RunOutput(**(basis | more))  # type: ignore[arg-type]


def walk(count: int, seed: int = 7, frame: str = "1d", start: int = START) -> Bars:
    """A random walk of prices with cents."""
    chance = random.Random(seed)
    price, closes, drift, spread = 100.0, [], 0.6 / count, 0.4 / count**0.5
    for _ in range(count):
        price = max(1.0, round(price * (1.0 + chance.gauss(drift, spread)), 2))
        closes.append(price)
    data = bars(closes, frame, start)
    return Bars(
        data.symbol, data.timeframe, data.ts, data.open, np.round(data.high, 2), np.round(data.low, 2), data.close,
        data.volume,
    )  # fmt: skip


def traded(count: int = 600, seed: int = 7, frame: str = "1d", hold: int = 12, **more: Any) -> RunOutput:
    """A random walk traded every so often, books, orders and plots included."""
    data = walk(count, seed, frame)
    capital, size, cash = 100_000.0, 400.0, 100_000.0
    trades, orders, quantity, money = [], [], np.zeros(count), np.zeros(count)
    open_lot = -1
    for at in range(count):
        if open_lot < 0 and at % (2 * hold) == hold:
            open_lot, cash = at, cash - size * float(data.open[at]) - 5.0
            orders.append(order(data, len(orders), at - 1, 0, text0=20.0 + at % 15, asked=size, got=size))
        elif open_lot >= 0 and at - open_lot == hold:
            cash += size * float(data.open[at]) - 5.0
            orders.append(order(data, len(orders), at - 1, 1, kind=1, asked=size, got=size))
            entered = float(data.open[open_lot])
            trades.append(
                trade(data, open_lot, at, size, fees=10.0, entry_order=len(orders) - 2, exit_order=len(orders) - 1,
                      stop=entered * 0.95, target=entered * 1.1)
            )  # fmt: skip
            open_lot = -1
        quantity[at] = size if open_lot >= 0 else 0.0
        money[at] = cash
    still_open = int(open_lot >= 0)
    if still_open:
        trades.append(
            trade(data, open_lot, count - 1, size, fees=5.0, reason=EXIT_REASONS.index("end"),
                  exit_price=data.close[-1], entry_order=len(orders) - 1)
        )  # fmt: skip
    slow = np.convolve(data.close, np.ones(20) / 20, "full")[:count]
    slow[:19] = np.nan
    given = {
        "cash": money, "quantity": quantity, "capital": capital,
        "counters": {"open_trades": still_open, "denied": 3, "reduced": 1, "conflicts": 0, "ambiguous_fills": 2},
        "plots": (Plot("slow average", "price"), Plot("distance", "number")),
        "series": {"slow average": slow, "distance": data.close - slow},
    }  # fmt: skip
    return output(data, money + quantity * data.close, trades, orders, **(given | more))

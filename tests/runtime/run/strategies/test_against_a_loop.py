"""A portfolio of strategies against a plain loop over live sessions, which knows nothing of portfolios."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import stratagem as sg

FOLLOW = """
strategy "Follow"
param n = 10 in 2 to 50
enter long when close > sma(close, n)
  size 90%
exit long when close < sma(close, n)
assume fee 0.1%
"""
COUNTER = """
strategy "Counter"
enter short when close > highest(close, 5)[1]
  size 50%
exit short when close < sma(close, 5)
enter long when close < lowest(close, 5)[1]
  size 50%
exit long when close > sma(close, 5)
assume fee 1/order
"""
DAYS, CAPITAL = 200, 10_000.0


def prices(seed: int) -> dict[str, Any]:
    random = np.random.default_rng(seed)
    close = 100 * np.cumprod(1 + random.normal(0, 0.02, DAYS))
    opened = close * (1 + random.normal(0, 0.003, DAYS))
    high, low = np.maximum(opened, close) * 1.002, np.minimum(opened, close) * 0.998
    ts = np.datetime64("2020-01-01") + np.arange(DAYS).astype("timedelta64[D]")
    return {"ts": ts, "open": opened, "high": high, "low": low, "close": close, "volume": np.full(DAYS, 1e6)}


@pytest.fixture(scope="module")
def programs() -> tuple[sg.CompiledProgram, sg.CompiledProgram]:
    return sg.compile(FOLLOW), sg.compile(COUNTER)


def left_at(quantity: float, price: float, fee: float | None) -> float:
    """Money that a position brings at a price; the fee is a ratio, or 1 an order."""
    if quantity == 0.0:
        return 0.0
    return quantity * price - (1.0 if fee is None else abs(quantity) * price * fee)


def loop(programs: Any, data: Any, limit: float | None) -> list[float]:
    """Equity of both at each close. Where the drawdown is reached, all that is held leaves at the next opens, and
    nothing is entered again."""
    sessions = [
        programs[0].session({"n": 15}, timeframe="1d", capital=CAPITAL * 0.6),
        programs[1].session(timeframe="1d", capital=CAPITAL * 0.4),
    ]
    found: list[float] = []
    high, days = CAPITAL, iter(range(DAYS))
    for day in days:
        bars = [sg.Bar(str(each["ts"][day]), *(float(each[name][day]) for name in list(each)[1:])) for each in data]
        for session, bar in zip(sessions, bars, strict=True):
            session.push(bar)
        found.append(sum(session.equity for session in sessions))
        high = max(high, found[-1])
        if limit is not None and found[-1] <= high * (1 - limit):
            break
    else:
        return found
    cash = sum(s.equity - s.position * bar.close for s, bar in zip(sessions, bars, strict=True))
    following = next(days, None)
    if following is not None:
        for session, each, fee in zip(sessions, data, (0.001, None), strict=True):
            cash += left_at(session.position, float(each["open"][following]), fee)
        found += [cash] * (DAYS - following)
    return found


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("limit", [None, 0.04, 0.1])
def test_equity_is_that_of_the_loop(programs: Any, seed: int, limit: float | None) -> None:
    data = prices(seed), prices(seed + 50)
    told = {
        "follow": {"program": programs[0], "share": 0.6, "params": {"n": 15}, "data": data[0]},
        "counter": {"program": programs[1], "share": 0.4, "data": data[1]},
    }
    limits = {} if limit is None else {"drawdown": f"{limit * 100:g}% then flatten"}
    left = sg.portfolio(told, capital=CAPITAL, limits=limits).backtest(engine="interpreted")
    expected = loop(programs, data, limit)
    assert left.equity["equity"].to_pylist() == pytest.approx(expected, rel=1e-12)
    trips = left.limits["what"].to_pylist().count("flatten")
    assert trips == (limit is not None and expected[-1] == expected[-2]) and (limit != 0.04 or trips == 1)

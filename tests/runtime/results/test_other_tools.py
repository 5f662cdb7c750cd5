"""backtesting.py's statistics from its own equity and trades: ours where the definitions agree, else by its formula.

| theirs                  | ours                                                                                   |
|-------------------------|----------------------------------------------------------------------------------------|
| Return, Max. Drawdown, # Trades, Win Rate, Best, Worst, Kelly | the same                                         |
| Expectancy              | `average_return`                                                                       |
| Exposure                | `exposure`, were the exit's bar held too                                               |
| SQN                     | `sqn` with the deviation of the sample                                                 |
| Profit Factor           | of returns, not of money                                                               |
| Avg. Trade              | the geometric mean of trade returns                                                    |
| CAGR                    | `annual_return`, the last bar lasting no time                                          |
| Return (Ann.)           | geometric mean of the period returns over 252 periods, the first bar being no period   |
| Volatility (Ann.)       | of compounded returns, deviation of the sample                                         |
| Sharpe, Calmar          | its Return (Ann.) over its volatility, over the max drawdown                           |
| Sortino                 | its Return (Ann.) over the downside deviation × √252                                   |
| Buy & Hold              | from the close of the first bar on which the indicators are ready                      |
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.parquet as pq
import pytest
from stratagem.lang.program.timeframe import timeframe
from stratagem.runtime.data.bars import Bars
from stratagem.runtime.results.metrics.run import Measured
from stratagem.runtime.results.output import RunOutput
from stratagem.runtime.results.stats import statistics
from stratagem.runtime.trading.rows import TRADE_COLUMNS

from . import made

SETS = ("smacross_goog_default", "smacross_goog_exclusive", "smacross_goog_trade_on_close")
SLOW = 30  # the longer average of the strategy: the indicators are ready on bar SLOW - 1


def reference(shared: Path, name: str) -> dict[str, Any]:
    sets = json.loads((shared / "golden/strategies/manifest.json").read_text())
    found: dict[str, Any] = next(entry for entry in sets if entry["id"] == f"backtesting_py/{name}")
    return found


def run_of(shared: Path, entry: dict[str, Any]) -> RunOutput:
    """Their run as one of ours."""
    columns = ("open", "high", "low", "close", "volume")
    table = pq.read_table(shared / entry["data_file"])
    ts = table["ts"].cast("int64").to_numpy()
    data = Bars("GOOG", timeframe("1d"), ts, *(table[name].to_numpy().astype(np.float64) for name in columns))
    quantity, rows = np.zeros(len(data)), []
    for trade in pq.read_table(shared / "golden" / entry["trades_file"]).to_pylist():
        quantity[trade["entry_bar"] : trade["exit_bar"] + 1] = 1.0
        values = {"quantity": trade["qty"], "fees": trade["commission"], "pnl": trade["pnl"]}
        values |= {name: trade[name] for name in ("entry_price", "exit_price")}
        values |= {"side": 1 if trade["side"] == "long" else -1, "return": trade["return_pct"] / 100.0}
        rows.append(made.row(TRADE_COLUMNS, **values))
    equity = pq.read_table(shared / "golden" / entry["equity_file"])["equity"].to_numpy()
    return made.output(data, equity, rows, capital=10_000.0, quantity=quantity)


def geometric(returns: Iterable[float]) -> float:
    logs = [math.log1p(value) for value in returns]
    return math.exp(math.fsum(logs) / len(logs)) - 1.0


def theirs(run: Measured) -> dict[str, float]:
    """Their numbers as ratios, from our measured run."""
    stats = {name: value for name, value in statistics(run).items() if value is not None}
    returns, trades = np.asarray(run.returns)[1:], np.asarray(run.closed("return"))
    mean = geometric(returns)
    annual = (1.0 + mean) ** 252 - 1.0
    volatility = math.sqrt((np.var(returns, ddof=1) + (1.0 + mean) ** 2) ** 252 - (1.0 + mean) ** 504)
    downside = math.sqrt(np.mean(np.minimum(returns, 0.0) ** 2) * 252)
    close = run.output.bars.close
    days = float(run.output.bars.ts[-1] - run.output.bars.ts[0]) / made.DAY
    return {
        "Exposure Time [%]": stats["exposure"],
        "Equity Final [$]": stats["final_equity"] / 100.0,
        "Return [%]": stats["return"],
        "Buy & Hold Return [%]": close[-1] / close[SLOW - 1] - 1.0,
        "Return (Ann.) [%]": annual,
        "Volatility (Ann.) [%]": volatility,
        "CAGR [%]": (1.0 + stats["annual_return"]) ** (run.periods.years / (days / 365.25)) - 1.0,
        "Sharpe Ratio": annual / volatility / 100.0,
        "Sortino Ratio": annual / downside / 100.0,
        "Calmar Ratio": annual / stats["max_drawdown"] / 100.0,
        "Max. Drawdown [%]": -stats["max_drawdown"],
        "# Trades": stats["trades"] / 100.0,
        "Win Rate [%]": stats["win_rate"],
        "Best Trade [%]": stats["best_trade"],
        "Worst Trade [%]": stats["worst_trade"],
        "Avg. Trade [%]": geometric(trades),
        "Profit Factor": trades[trades > 0].sum() / -trades[trades < 0].sum() / 100.0,
        "Expectancy [%]": stats["average_return"],
        "SQN": stats["sqn"] * math.sqrt(1.0 - 1.0 / len(trades)) / 100.0,
        "Kelly Criterion": stats["kelly"] / 100.0,
    }


@pytest.mark.parametrize("name", SETS)
def test_their_statistics_follow_from_ours(shared: Path, name: str) -> None:
    entry = reference(shared, name)
    for title, value in theirs(Measured(run_of(shared, entry))).items():
        assert value * 100.0 == pytest.approx(entry["metrics"][title], rel=1e-9), title


@pytest.mark.parametrize("name", SETS)
def test_the_longest_drawdown_lasts_as_long(shared: Path, name: str) -> None:
    entry = reference(shared, name)
    run = Measured(run_of(shared, entry))
    ts, bars = run.output.bars.ts, statistics(run)["max_drawdown_bars"]
    days = int(entry["metrics"]["Max. Drawdown Duration"].split(" days")[0])
    highs = np.flatnonzero(run.equity >= run.high_water)
    ends = [(a, b) for a, b in zip(highs, [*highs[1:], len(ts) - 1], strict=True) if b - a == bars]
    assert days in {int(ts[b] - ts[a]) // made.DAY for a, b in ends}


def test_fees_are_theirs(shared: Path) -> None:
    entry = reference(shared, "smacross_goog_exclusive")
    assert statistics(Measured(run_of(shared, entry)))["fees"] == pytest.approx(entry["metrics"]["Commissions [$]"])

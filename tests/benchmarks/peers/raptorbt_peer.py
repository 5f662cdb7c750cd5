"""raptorbt: W1 and W3. It trades with all its cash, so equity is not compared."""

from __future__ import annotations

import os

os.environ["RAPTORBT_NO_VERSION_CHECK"] = "1"

from importlib.metadata import version

import numpy as np
import raptorbt
from common import columns, serve


def signals(close, fast=10, slow=50):
    apart = raptorbt.sma(close, fast) - raptorbt.sma(close, slow)
    enter, leave = np.zeros(len(close), bool), np.zeros(len(close), bool)
    enter[1:] = (apart[1:] > 0) & (apart[:-1] <= 0)
    leave[1:] = (apart[1:] < 0) & (apart[:-1] >= 0)
    return enter, leave


def config():
    return raptorbt.BacktestConfig(initial_capital=1e6, fees=0.001, fill_timing="next_bar_open")


def crossing(data):
    found = raptorbt.run_single_backtest(*data, *signals(data[4]), config=config()).metrics
    return found.total_closed_trades, None


def whole(data):
    """W1 with its statistics as a mapping and its trades as a list of objects."""
    found = raptorbt.run_single_backtest(*data, *signals(data[4]), config=config())
    statistics, trades = found.metrics.to_dict(), found.trades()
    assert len(statistics) > 10 and len(trades) >= found.metrics.total_closed_trades
    return found.metrics.total_closed_trades, None


def swept(data):
    """All pairs in one call, on two threads of its own."""
    pairs = [(fast, slow) for fast in range(5, 25) for slow in range(30, 125, 5)]
    items = [raptorbt.BatchSingleItem(f"{fast}_{slow}", *signals(data[4], fast, slow)) for fast, slow in pairs]
    found = [row[1].metrics for row in raptorbt.batch_single_backtest(*data, items, config=config())]
    return sum(one.total_closed_trades for one in found), None


def prepared(work):
    def prepare(count):
        data = columns(count)
        data[0] *= 1000  # it counts in nanoseconds
        return lambda: work(data)

    return prepare


serve(
    f"raptorbt {version('raptorbt')}",
    {
        "whole W1": prepared(whole),
        "W1": prepared(crossing),
        "W3": prepared(swept),
    },
)

"""raptorbt: W1 over a million bars and W3 over 100,000. It trades with all its cash, so equity is another."""

from __future__ import annotations

import os

os.environ["RAPTORBT_NO_VERSION_CHECK"] = "1"

from importlib.metadata import version

import numpy as np
import raptorbt
from common import columns, timed


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
    return found.total_closed_trades, found.end_value


def swept(data):
    """All pairs in one call, on two threads of its own."""
    pairs = [(fast, slow) for fast in range(5, 25) for slow in range(30, 125, 5)]
    items = [raptorbt.BatchSingleItem(f"{fast}_{slow}", *signals(data[4], fast, slow)) for fast, slow in pairs]
    found = [row[1].metrics for row in raptorbt.batch_single_backtest(*data, items, config=config())]
    return sum(one.total_closed_trades for one in found), sum(one.end_value for one in found)


def main():
    name = f"raptorbt {version('raptorbt')}"
    million, short = columns(1_000_000), columns(100_000)
    for data in (million, short):
        data[0] *= 1000  # it counts in nanoseconds
    timed(f"{name}: W1, 1,000,000 bars", lambda: crossing(million))
    timed(f"{name}: W3, 380 pairs, 100,000 bars", lambda: swept(short), rounds=1)


main()

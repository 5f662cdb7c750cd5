"""Several symbols as a user has them: a backtest, from data in memory to a result, and one event of a live run."""

from __future__ import annotations

import gc
import resource
import time
from collections.abc import Iterator

import numpy as np
import stratagem as sg
from stratagem.lang.program.timeframe import timeframe

from .figures import Figure
from .timing import median, percentile

DAYS, WARM = 2_500, 500
"""Bars of each symbol, and events pushed before any is counted."""
DAY, START = 86_400_000_000, 1_104_537_600_000_000  # from 2005

CROSS = """stratagem 1
strategy "Twenty crosses"
assume fee 0.1%
let quick = ema(close, 12)
let slow = ema(close, 50)
enter long when cross_above(quick, slow)
  size 5%
  stop 2 * atr(14)
exit long when cross_below(quick, slow)
guard drawdown 90% then flatten
guard daily_loss 50% then halt
guard positions 20
prefer quick / slow
"""
ROTATION = """stratagem 1
strategy "Rotation of five hundred"
assume fee 0.05%
let momentum = close / close[126] - 1
rebalance monthly
  weight if top(momentum, 50) then 2% else 0%
"""


def panel(symbols: int, days: int = DAYS) -> sg.Panel:
    """Random walks, the same on every machine; every symbol has every day."""
    chance = np.random.default_rng(symbols)
    ts = START + np.arange(days, dtype=np.int64) * DAY
    made = []
    for place in range(symbols):
        close = 100.0 * np.exp(np.cumsum(chance.normal(0.0003, 0.015, days)))
        opened = np.concatenate([[100.0], close[:-1]])
        high, low = np.maximum(opened, close) * 1.004, np.minimum(opened, close) * 0.996
        made.append(sg.Bars(f"S{place:03d}", timeframe("1d"), ts, opened, high, low, close, np.full(days, 1e6)))
    return sg.Panel(tuple(made))


def measure(rounds: int) -> Iterator[Figure]:
    twenty, many = panel(20), panel(500)
    cross, rotation = sg.compile(CROSS), sg.compile(ROTATION)
    for name, program, data, floor in (
        ("20 x 2,500, indicators and guards, backtest warm", cross, twenty, 100.0),
        ("500 x 2,500, ranked and rebalanced monthly, backtest warm", rotation, many, 2000.0),
    ):
        result = program.backtest(data)
        assert result.stats["trades"] > 500 and abs(result.stats["other_pnl"]) < 1e-3, result
        taken = median(lambda program=program, data=data: program.backtest(data), min(rounds, 7))  # type: ignore[misc]
        yield Figure(name, taken * 1e3, "ms", floor, note=f"peak of the process {_peak_mb():.0f} MB")
        yield Figure(f"{name}: of it the run", result.output.elapsed["run"] * 1e3, "ms")
    for engine, most in (("native", 100.0), ("interpreted", None)):
        pushes = _pushes(cross, twenty, engine)
        yield Figure(f"{engine} push of 20 symbols by a session, median", percentile(pushes, 0.5), "us", most)
        yield Figure(f"{engine} push of 20 symbols by a session, 99th percentile", percentile(pushes, 0.99), "us")


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024.0


def _pushes(program: sg.CompiledProgram, data: sg.Panel, engine: str) -> list[float]:
    """Microseconds of each event of a live run, the first ones left out."""
    live = program.session(symbols=data.symbols, timeframe="1d", engine=engine)
    taken = []
    gc.collect()
    for row in range(DAYS):
        event = {
            bars.symbol: sg.Bar(int(bars.ts[row]), *(float(getattr(bars, name)[row]) for name in sg.Bar._fields[1:]))
            for bars in data
        }
        began = time.perf_counter_ns()
        live.push(event)  # type: ignore[arg-type]  # of several symbols
        taken.append((time.perf_counter_ns() - began) / 1e3)
    assert live.equity == program.backtest(data).output.equity[-1]
    return taken[WARM:]

"""Several symbols of one account: a history of each at once, and one event pushed. The run alone, data in memory."""

from __future__ import annotations

import resource
import sys
from collections.abc import Iterator
from itertools import islice

import numpy as np
import stratagem as sg
from stratagem.lang.compile import compile_text
from stratagem.lang.plan.model import Several
from stratagem.lang.plan.several import several
from stratagem.lang.program.timeframe import timeframe
from stratagem.runtime.data.bars import Bars
from stratagem.runtime.data.panel.model import Panel
from stratagem.runtime.machine.columns import History
from stratagem.runtime.machine.machine import Machine
from stratagem.runtime.portfolio.machine import Portfolio
from stratagem.runtime.portfolio.outs import Outs

from .figures import Figure
from .programs import WrongResult
from .timing import in_turn, median, seconds

DAYS, FEW, MANY, PUSHED = 2500, 20, 500, 1000
CROSSING = """
enter long when cross_above(sma(close, 20), sma(close, 50)) size 10% stop 2 * atr(14)
exit long when cross_below(sma(close, 20), sma(close, 50))
guard drawdown 20% then flatten
guard daily_loss 3%
guard exposure 100%
"""
ROTATION = """
let momentum = close / close[126]
rebalance monthly
  weight if top(momentum, 20) then 5% else 0%
guard exposure 100%
"""
EXPECTED = {"crossing": 85_213.123940, "rotation": 132_128.083893}
"""The equity at the end, of either engine."""


def measure(rounds: int) -> Iterator[Figure]:
    crossing, rotation = several(compile_text(CROSSING)), several(compile_text(ROTATION))
    few, many = panel(FEW), panel(MANY)
    _compare("crossing", crossing, few)
    _compare("rotation", rotation, many)
    plan = sg.compile(CROSSING).plan
    times = in_turn(lambda: run(crossing, few), lambda: [_alone(plan, bars) for bars in few], rounds)
    yield Figure(f"{FEW} symbols, {DAYS:,} days, indicators and guards", times.ours * 1e3, "ms", 100,
                 note=f"{times.ratio:.1f} times as long as the symbols one by one")  # fmt: skip
    rotated = median(lambda: run(rotation, many), max(3, rounds // 3))
    yield Figure(f"{MANY} symbols, {DAYS:,} days, ranked and weighed monthly", rotated * 1e3, "ms", 2000,
                 note=f"peak of the process {_peak_mb():.0f} MB")  # fmt: skip
    for name, program in (("", crossing), (", ranked", rotation)):
        yield Figure(f"native push of {FEW} symbols{name}", _push(program, few), "us", 100)


def panel(count: int, lacks: float = 0.02) -> Panel:
    """Daily walks of a fixed seed; every symbol lacks that share of its days."""
    draw = np.random.default_rng(11)
    ts = 1_262_563_200_000_000 + np.arange(DAYS) * 86_400_000_000
    found = []
    for symbol in range(count):
        kept = draw.random(DAYS) >= lacks
        close = np.round(100 * np.exp(np.cumsum(draw.normal(0, 0.015, DAYS))), 2)
        opened = np.round(close * np.exp(draw.normal(0, 0.003, DAYS)), 2)
        high, low = np.round(np.maximum(opened, close) * 1.005, 2), np.round(np.minimum(opened, close) * 0.995, 2)
        columns = (ts, opened, high, low, close, np.round(draw.lognormal(3, 1, DAYS)))
        found.append(Bars(f"S{symbol:03}", timeframe("1d"), *(column[kept] for column in columns), {}))
    return Panel(tuple(found))


def run(program: Several, data: Panel) -> float:
    """All events, with all that a result is made of; the equity at the end."""
    events, bars = len(data.events), len(data.events.row)
    outs = Outs(np.empty(events), np.empty(events), np.empty(bars), np.empty(bars))
    made = Portfolio(program, data.symbols, data.timeframe)
    made.run(data, outs=outs)
    made.finish()
    assert outs.equity is not None
    return float(outs.equity[-1])


def _alone(plan: object, bars: Bars) -> None:
    machine = Machine(plan, bar_seconds=bars.timeframe.seconds)  # type: ignore[arg-type]
    machine.run(History(bars, "UTC"), len(bars), [np.empty(len(bars)) for _ in machine.outputs])


def _compare(name: str, program: Several, data: Panel) -> None:
    found = run(program, data)
    if abs(found - EXPECTED[name]) > 1e-6:
        raise WrongResult(f"{name}: expected an equity of {EXPECTED[name]:.6f}, found {found:.6f}")


def _push(program: Several, data: Panel) -> float:
    """Microseconds of a push, the median over rounds of a thousand."""
    events = list(islice(_events(data), PUSHED))

    def push() -> None:
        made = Portfolio(program, data.symbols, data.timeframe)
        began.append(seconds(lambda: [made.push(instant, bars) for instant, bars in events]))

    began: list[float] = []
    median(push, 5)
    return sorted(began)[len(began) // 2] / PUSHED * 1e6


def _events(data: Panel) -> Iterator[tuple[int, dict[int, tuple[sg.Bar, dict[str, float]]]]]:
    events = data.events
    names = ("ts", "open", "high", "low", "close", "volume")
    rows = [[sg.Bar(*row) for row in zip(*(getattr(bars, n).tolist() for n in names), strict=True)] for bars in data]
    for event, instant in enumerate(events.instants.tolist()):
        places = range(events.offsets[event], events.offsets[event + 1])
        yield instant, {int(events.symbol[p]): (rows[events.symbol[p]][events.row[p]], {}) for p in places}


def _peak_mb() -> float:
    """In KB, but on macOS in bytes."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1e6 if sys.platform == "darwin" else 1e3)

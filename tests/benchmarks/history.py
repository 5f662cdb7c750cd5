"""W1, W2 and W4 over a million bars, with books, monitors and the list of trades, against plain loops."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from stratagem.runtime.data.bars import Bars
from stratagem.runtime.run.backtest import run
from stratagem.runtime.run.prepare import prepare

from . import data, programs, references
from .figures import Figure
from .timing import Work, in_turn, median

FLOORS = {"w1": 7.0, "w2": 5.0, "w4": 7.0}


def measure(rounds: int) -> Iterator[Figure]:
    bars = data.bars()
    for name, floor in FLOORS.items():
        program, reference = programs.program(name), _reference(name, bars)
        _compare(name, bars)
        setting = prepare(program.plan, bars)
        machines = iter([setting.machine(program.plan, "native") for _ in range(rounds + 1)])
        run(next(machines), setting)
        times = in_turn(lambda it=machines, by=setting: run(next(it), by), reference, rounds)
        yield Figure(f"{name.upper()}, 1,000,000 bars", times.ours * 1e3, "ms", floor, times.theirs * 1e3, times.ratio)
        whole = median(lambda it=program: it.backtest(bars).stats, max(3, rounds // 3))
        yield Figure(f"{name.upper()}, the same as backtest(bars).stats", whole * 1e3, "ms")


def _compare(name: str, bars: Bars) -> None:
    trades, equity = _reference(name, bars)()
    programs.check(name, "the plain loop", trades, equity)
    stats = programs.program(name).backtest(bars).stats
    programs.check(name, "stratagem", stats["trades"], stats["final_equity"])


def _reference(name: str, bars: Bars) -> Work:
    equity = np.empty(len(bars))
    opened, high, low, close = bars.open, bars.high, bars.low, bars.close
    return {
        "w1": lambda: references.crossing(opened, close, 10, 50, equity),
        "w2": lambda: references.bracketed(opened, high, low, close, equity),
        "w4": lambda: references.gated(bars.ts, opened, close, 10, 50, 50, equity),
    }[name]

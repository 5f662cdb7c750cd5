"""W1, W2 and W4 over a million bars, against plain loops: from arrays to statistics, and the run alone."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from stratagem.runtime.compiled.program import CompiledProgram
from stratagem.runtime.data.bars import Bars
from stratagem.runtime.run.backtest import run
from stratagem.runtime.run.prepare import prepare

from . import data, programs, references
from .figures import Figure
from .timing import Work, in_turn

WHOLE = 5.0
"""The floor of the whole call, which is what a user waits for."""
FLOORS = {"w1": 7.0, "w2": 5.0, "w4": 7.0}
"""Those of the run alone."""
RESTING = 2.0
"""How many times W2 a program may take whose entries rest at a limit."""


def measure(rounds: int) -> Iterator[Figure]:
    bars = data.bars()
    for name in FLOORS:
        _compare(name, bars)
        arrays = {field: getattr(bars, field) for field in ("ts", "open", "high", "low", "close", "volume")}
        whole = to_statistics(programs.program(name), arrays)
        times = in_turn(whole, _reference(name, bars), rounds)
        what = f"{name.upper()}, 1,000,000 bars, from arrays to statistics and the list of trades"
        yield Figure(what, times.ours * 1e3, "ms", WHOLE, times.theirs * 1e3, times.ratio)
    for name, floor in FLOORS.items():
        program, reference = programs.program(name), _reference(name, bars)
        setting = prepare(program.plan, bars)
        machines = iter([setting.machine(program.plan, "native") for _ in range(rounds + 1)])
        run(next(machines), setting)
        times = in_turn(lambda it=machines, by=setting: run(next(it), by), reference, rounds)
        what = f"{name.upper()}, 1,000,000 bars, the run alone"
        yield Figure(what, times.ours * 1e3, "ms", floor, times.theirs * 1e3, times.ratio)
    yield _resting(bars, rounds)


def _resting(bars: Bars, rounds: int) -> Figure:
    """W5 beside W2: what orders that rest cost."""
    works = []
    for name in ("w5", "w2"):
        program = programs.program(name)
        setting = prepare(program.plan, bars)
        machines = iter([setting.machine(program.plan, "native") for _ in range(rounds + 1)])
        run(next(machines), setting)
        works.append(lambda it=machines, by=setting: run(next(it), by))
    times = in_turn(*works, rounds)
    what = "W5, entries that rest at a limit, 1,000,000 bars, the run alone, beside W2"
    return Figure(what, times.ours * 1e3, "ms", RESTING, times.theirs * 1e3, times.ratio)


def to_statistics(program: CompiledProgram, data: object) -> Work:
    """The whole call of a user: checked data, the run, every statistic, and the trades as a table."""

    def work() -> object:
        result = program.backtest(data)
        return result.stats, result.trades

    return work


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

"""The same work by stratagem, measured beside each peer: what slows the machine for a while slows both."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import islice

from stratagem.runtime.run.backtest import run
from stratagem.runtime.run.prepare import prepare

from .. import data, programs, pushing, rotation, sweeping
from ..history import to_statistics
from ..timing import median

ROUNDS = 15


_WHOLE = "whole "


def _name(work: str) -> str:
    return work.removeprefix(_WHOLE).lower()


@dataclass(frozen=True, slots=True)
class Time:
    """Milliseconds of a work; of a push microseconds, and of the slowest hundredth of them at least `tail`."""

    value: float
    tail: float | None = None

    def mean(self, other: Time) -> Time:
        tail = self.tail and other.tail and (self.tail + other.tail) / 2
        return Time((self.value + other.value) / 2, tail)


def time(work: str, count: int) -> Time:
    """What `work` takes over the first `count` bars. W3 and a push have numbers of bars of their own."""
    if work == "push":
        middle, slowest = islice(pushing.measure(1), 2)
        return Time(middle.value, slowest.value)
    if work == "W3":
        return Time(next(sweeping.measure(ROUNDS)).value)
    if work in rotation.WORKS:
        whole = rotation.whole(work, count)
        whole()
        return Time(median(whole, ROUNDS // 3) * 1e3)
    program, bars = programs.program(_name(work)), data.bars(count)
    if work.startswith(_WHOLE):
        arrays = {field: getattr(bars, field) for field in ("ts", "open", "high", "low", "close", "volume")}
        whole = to_statistics(program, arrays)
        whole()
        return Time(median(whole, ROUNDS) * 1e3)
    setting = prepare(program.plan, bars)
    machines = iter([setting.machine(program.plan, "native") for _ in range(ROUNDS + 1)])
    run(next(machines), setting)
    return Time(median(lambda: run(next(machines), setting), ROUNDS) * 1e3)


@cache
def outcome(work: str, count: int) -> tuple[int | None, float | None]:
    """Closed trades and last equity; the equity of W3 and of a push is not compared, nor the trades of a rotation."""
    if work == "W3":
        return programs.SWEPT_TRADES, None
    if work in rotation.WORKS:
        return None, rotation.whole(work, count)()
    stats = programs.program("w2" if work == "push" else _name(work)).backtest(data.bars(count)).stats
    return stats["trades"], None if work == "push" else stats["final_equity"]

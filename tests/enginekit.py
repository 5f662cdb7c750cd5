"""Runs of machines for tests: bars, both engines over them, and comparison to the last bit."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from stratagem.lang.inputs.assumptions import Assumptions, read_assumptions
from stratagem.lang.plan.model import Plan
from stratagem.lang.program.timeframe import Timeframe
from stratagem.runtime.data.bars import Bars
from stratagem.runtime.machine.columns import History
from stratagem.runtime.machine.machine import Machine

EASY = read_assumptions({"capital": 1_000_000.0, "fee": 0.001})


def make_bars(seed: int, count: int, minutes: int = 15, *, gaps: bool = True, missing: bool = False) -> Bars:
    """A walk with plateaus and jumps; gaps of bars, nights and weekends; missing prices if asked."""
    random = np.random.default_rng(seed)
    steps = np.ones(count, dtype=np.int64)
    if gaps:
        steps[random.random(count) < 0.04] = random.integers(2, 30)
        steps[random.random(count) < 0.005] = 2880 // minutes
    start = np.datetime64("2024-03-08T13:00", "us").astype(np.int64)
    ts = start + np.cumsum(steps) * minutes * 60_000_000
    moves = random.normal(0, 0.004, count) * (random.random(count) < 0.9)
    close = np.round(100 * np.exp(np.cumsum(moves)), 2)
    opens = np.round(np.concatenate([[100.0], close[:-1]]) + random.normal(0, 0.05, count), 2)
    high = np.round(np.maximum(opens, close) + np.abs(random.normal(0, 0.2, count)), 2)
    low = np.round(np.minimum(opens, close) - np.abs(random.normal(0, 0.2, count)), 2)
    volume = np.round(random.lognormal(3, 1, count))
    own = np.where(random.random(count) < 0.3, np.nan, random.normal(0, 1, count))
    if missing:
        for column in (opens, high, low, close, volume):
            column[random.random(count) < 0.03] = np.nan
    return Bars("TEST", Timeframe(minutes, "m").canonical(), ts, opens, high, low, close, volume, {"own": own})


@dataclass(slots=True)
class Outcome:
    """All that a run leaves behind."""

    outputs: dict[str, np.ndarray[Any, Any]]
    state: list[bytes]
    rows: list[bytes]


def machine(plan: Plan, engine: str, assumptions: Assumptions = EASY, **options: Any) -> Machine:
    """A machine that spends little on native code."""
    return Machine(plan, engine=engine, effort="quick", assumptions=assumptions, **options)


def empty_outputs(made: Machine, count: int) -> list[array[float]]:
    return [array("d", bytes(8 * count)) for _ in made.outputs]


def history(bars: Bars, zone: str = "UTC") -> History:
    return History(bars, zone)


def run(plan: Plan, bars: Bars, engine: str, cuts: Sequence[int] = (), **options: Any) -> Outcome:
    """The plan over the bars in chunks that end at `cuts`."""
    made = machine(plan, engine, **options)
    outs = empty_outputs(made, len(bars))
    provider = history(bars)
    for stop in [*sorted(cuts), len(bars)]:
        parts = [memoryview(out)[made.index :] for out in outs]
        made.run(provider, stop, parts)
    return finished(made, outs, bars)


def stepped(plan: Plan, bars: Bars, engine: str, **options: Any) -> Outcome:
    """The plan over the bars one by one."""
    made = machine(plan, engine, **options)
    outs = empty_outputs(made, len(bars))
    provider = history(bars)
    for index in range(len(bars)):
        step_into(made, provider, outs, index)
    return finished(made, outs, bars)


def step_into(made: Machine, provider: History, outs: Sequence[array[float]], index: int) -> None:
    """One bar; its outputs are put into their place."""
    values = [provider(column, index, index + 1).tolist()[0] for column in made.plan.columns]
    for out, value in zip(outs, made.step(values), strict=False):
        out[index] = value


def finished(made: Machine, outs: Sequence[array[float]], bars: Bars) -> Outcome:
    """What is left; missing values have one bit pattern, so bytes can be compared."""
    if len(bars) and made.plan.trading:
        made.finish(int(bars.ts[-1]), float(bars.close[-1]))
    held = made.arrays
    state = [same_missing(values) for values in (held.f, held.w, held.b)] + [held.k.tobytes(), held.bk.tobytes()]
    trading = made.trading
    rows = [same_missing(r) for r in (trading.trade_rows, trading.order_rows, trading.record_rows)]
    return Outcome({n: np.array(o) for n, o in zip(made.outputs, outs, strict=True)}, state, rows)


def same_missing(values: array[float]) -> bytes:
    """The bytes of numbers, missing ones all alike."""
    numbers = np.array(values)
    numbers[np.isnan(numbers)] = np.nan
    return numbers.tobytes()


def assert_equal(one: Outcome, two: Outcome) -> None:
    """To the last bit: outputs, state and rows."""
    assert one.outputs.keys() == two.outputs.keys()
    for name, values in one.outputs.items():
        assert_same(values, two.outputs[name], name)
    assert one.state == two.state
    assert one.rows == two.rows


def assert_same(one: np.ndarray[Any, Any], two: np.ndarray[Any, Any], name: str = "") -> None:
    """Bits, with missing values equal."""
    differ = (one.view(np.int64) != two.view(np.int64)) & ~(np.isnan(one) & np.isnan(two))
    assert not differ.any(), f"{name} at {np.flatnonzero(differ)[:5]}: {one[differ][:5]} {two[differ][:5]}"

"""Law 10 on random compositions: through functions, states and several clocks, over data with gaps.

What is made here is missing until it is warm and never after, so the first bar with a value is known from the
values alone. The statement's own count has to name that very bar.
"""

from __future__ import annotations

from random import Random

import numpy as np
import pytest
import stratagem as sg
from stratagem.runtime.data.load import load_bars
from stratagem.runtime.machine.engines import ENGINES, INTERPRETED, NATIVE

from .bars import bars

FRAMES = ("1h", "2h", "4h", "1d")
WINDOWS = (
    "sma({}, {})", "ema({}, {})", "wma({}, {} + 1)", "highest({}, {})", "linreg({}, {} + 1)", "({})[{}]",
    "stdev({}, {} + 1)", "rsi({}, {})", "median({}, {})",
)  # fmt: skip
LEAVES = ("close", "high", "volume", "open", "bar_index", "hour")
HEAD = """fn total(x)
  state sum = na then or_else(sum, 0) + x
  return sum
fn faded(x)
  state level = na then x + or_else(level[1], 0) * 0.5
  return level
"""
SEEDS, EVERY = 120, 6
BARS = 500


def expression(random: Random, depth: int, clock: int = 0) -> str:
    """A random expression on a clock: 0 is the data's own, then those of FRAMES."""
    kind = random.random()
    if not depth:
        return random.choice(LEAVES)
    if kind < 0.15:
        return f"({expression(random, depth - 1, clock)} - {expression(random, depth - 1, clock)})"
    if kind < 0.3:
        return f"{random.choice(('total', 'faded'))}({expression(random, depth - 1, clock)})"
    if kind < 0.6 and clock < len(FRAMES):
        frame = random.randrange(clock, len(FRAMES))
        forming = "forming " if not clock and random.random() < 0.4 else ""
        return f"({expression(random, depth - 1, frame + 1)} @ {forming}{FRAMES[frame]})"
    inner = expression(random, depth - 1, clock)
    return random.choice(WINDOWS).format(inner, random.choice((1, 2, 3)))


def first(found: np.ndarray) -> int:  # type: ignore[type-arg]
    """The first bar on which something is there; -1 if none."""
    return int(np.argmax(found)) if found.any() else -1


def exact(seed: int, engine: str) -> bool:
    """Whether the bar was reached on which the composition of this seed is warm; it has to be the right one."""
    random = Random(seed)
    text = expression(random, random.choice((2, 3, 4)))
    program = sg.compile(f'{HEAD}let v = {text}\nemit warm when is_na(v) or not is_na(v)\nplot v as "value"\n')
    data = load_bars(bars(random, BARS, random.choice((15, 30))))
    found = program.backtest(data, engine=engine).series
    there = ~np.isnan(np.asarray(found["value"]))
    ready = np.asarray(found["warm"]) == 1.0
    assert first(there) == first(ready), (seed, text)
    return bool(there.any())


@pytest.mark.parametrize("shard", range(EVERY))
def test_a_composition_is_warm_on_the_bar_that_has_its_first_value(shard: int) -> None:
    engines = {seed: NATIVE if seed % 20 == shard else INTERPRETED for seed in range(shard, SEEDS, EVERY)}
    reached = [exact(seed, engine) for seed, engine in engines.items()]
    assert sum(reached) > len(reached) / 2


@pytest.mark.soak
@pytest.mark.parametrize("part", range(20))
def test_many_compositions_are_warm_on_the_bar_that_has_their_first_value(part: int) -> None:
    for seed in range(1000 * part, 1000 * (part + 1)):
        exact(seed, ENGINES[seed % len(ENGINES)] if seed % 10 == 0 else INTERPRETED)

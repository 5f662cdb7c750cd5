"""How far a result might lie from what was measured, had the same periods come in another order and number.

The stationary bootstrap (Politis and Romano 1994): a history of as many periods is put together of blocks of the
measured one, which begin anywhere and last 1 / p periods on average, going on at the start after the end. What a block
holds together stays together, so that streaks and quiet times are kept.

Nothing is left to chance: the numbers that choose are SplitMix64 (Steele, Lea and Flood 2014), seeded with the number
of periods. The same returns give the same intervals, on any processor.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .measures import SPREAD, annual_return, max_drawdown, sharpe, total_return
from .run import Measured, growth
from .shape import quantile

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from ..output import Floats, Ints

    Flags = NDArray[np.bool_]

SAMPLES = 1000
"""Histories put together where nobody says how many."""

_TOGETHER = 2_000_000
"""Periods of such histories that take their numbers from one stretch of them."""
_AT_ONCE = 32_768
"""Periods worked on at once."""


@dataclass(frozen=True, slots=True)
class Interval:
    """What was measured, and between which values the middle of the made histories lies."""

    value: float | None
    low: float | None
    high: float | None


def intervals(run: Measured, level: float, samples: int = SAMPLES, block: int | None = None) -> dict[str, Interval]:
    """Of `return`, `annual_return`, `sharpe`, `max_drawdown`: the middle `level` of that many made histories.

    block: the mean length of a block in periods; the cube root of their number, rounded up, where None. The drawdown is
    at the ends of periods. A made history without a value is passed over. Empty where equity was ever lost entirely, or
    fewer than two periods were tested.
    """
    returns = run.returns
    if returns is None or len(returns) < 2 or (returns < -1.0).any():
        return {}
    count = len(returns)
    mean_length = block or usual_block(count)
    made: dict[str, list[float]] = {name: [] for name in ("return", "annual_return", "sharpe", "max_drawdown")}
    for places in _histories(count, samples, mean_length):
        _measure(returns[places], run, made)
    measured = {"return": total_return, "annual_return": annual_return, "sharpe": sharpe, "max_drawdown": max_drawdown}
    return {name: _interval(measured[name](run), values, level) for name, values in made.items()}


def usual_block(count: int) -> int:
    """The mean length of a block: the cube root of the number of periods, rounded up."""
    block = max(1, int(count ** (1.0 / 3.0)))
    return block if block**3 >= count else block + 1


def _histories(count: int, samples: int, block: int) -> Iterator[Ints]:
    """Places among the periods, a history a row, few rows at a time: what is worked on stays near the processor."""
    together, few = max(1, _TOGETHER // count), max(1, _AT_ONCE // count)
    for first in range(0, samples, together):
        rows = min(together, samples - first)  # their first numbers say where blocks begin, as many more where they lie
        for row in range(first, first + rows, few):
            size, at = min(few, first + rows - row) * count, (first + row) * count
            yield _rows(_uniform(at, size, count), _uniform(at + rows * count, size, count), count, block)


def _rows(begun: Floats, placed: Floats, count: int, block: int) -> Ints:
    """Where each period of some histories lies, from two numbers for each."""
    import numpy as np

    begins = begun.reshape(-1, count) * block < 1.0
    begins[:, 0] = True
    along = np.arange(count)
    last = np.maximum.accumulate(np.where(begins, along, 0), axis=1)
    starts = np.take_along_axis((placed.reshape(-1, count) * count).astype(np.int64), last, axis=1)
    starts += along
    starts -= last
    np.subtract(starts, count, out=starts, where=starts >= count)  # on from the first: none lies farther
    return starts


def _uniform(first: int, size: int, seed: int) -> Floats:
    """Numbers at least 0 and below 1, from the `first` of the row of a seed on."""
    import numpy as np

    step = np.uint64(0x9E3779B97F4A7C15)
    z = np.arange(first + 1, first + 1 + size, dtype=np.uint64)
    z *= step
    z += np.uint64(seed)
    for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):
        z ^= z >> np.uint64(shift)
        z *= np.uint64(factor)
    z ^= z >> np.uint64(31)
    z >>= np.uint64(11)
    return z.astype(np.float64) * 2.0**-53


def _measure(histories: Floats, run: Measured, made: dict[str, list[float]]) -> None:
    """The figures of some histories; sums run along each in time, so that processors agree."""
    import numpy as np

    count = histories.shape[1]
    worth = np.multiply.accumulate(1.0 + histories, axis=1)
    high = np.maximum(np.maximum.accumulate(worth, axis=1), 1.0)
    last = worth[:, -1]
    centre = np.add.accumulate(histories, axis=1)[:, -1] / count
    apart = histories - centre[:, None]
    square = np.add.accumulate(apart * apart, axis=1)[:, -1] / (count - run.conventions.sample)
    spread = np.sqrt(square)
    year, years = math.sqrt(run.per_year), run.periods.years
    varied = spread > SPREAD
    made["return"] += (last - 1.0).tolist()
    made["annual_return"] += [value for factor in last.tolist() if (value := growth(factor, years)) is not None]
    made["sharpe"] += ((centre[varied] - run.riskless) / spread[varied] * year).tolist()
    made["max_drawdown"] += ((high - worth) / high).max(axis=1).tolist()


def _interval(value: float | None, made: list[float], level: float) -> Interval:
    import numpy as np

    tail = (1.0 - level) / 2.0
    values = np.array(made)
    return Interval(value, quantile(values, tail), quantile(values, 1.0 - tail))

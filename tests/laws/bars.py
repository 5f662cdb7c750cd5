"""Makes random bars: walks with gaps, plateaus, jumps, quiet volume and odd prices, on a real calendar."""

from __future__ import annotations

from random import Random

import numpy as np

# A Friday before a change of summer time in New York, a leap day, a year's end, and a Monday.
STARTS = ("2024-03-08T12:00", "2024-02-28T18:00", "2023-12-30T20:00", "2024-06-03T00:00", "2024-11-01T21:00")
MINUTES = (5, 15, 30, 60, 1440)


def bars(random: Random, count: int, minutes: int | None = None) -> dict[str, np.ndarray]:
    """`count` bars as a mapping of arrays: ts (datetime64[us]), open, high, low, close, volume."""
    generator = np.random.default_rng(random.randrange(2**32))
    if minutes is None:
        minutes = MINUTES[random.randrange(len(MINUTES))]
    return {"ts": _stamps(random, generator, count, minutes), **_prices(random, generator, count)}


def _stamps(random: Random, generator: np.random.Generator, count: int, minutes: int) -> np.ndarray:
    """Regular stamps with gaps: a few missing bars, sometimes a night or a weekend."""
    start = np.datetime64(STARTS[random.randrange(len(STARTS))], "us")
    steps = np.ones(count, dtype=np.int64)
    gaps = generator.random(count)
    steps[gaps < 0.03] = generator.integers(2, 12, size=int((gaps < 0.03).sum()))
    steps[gaps < 0.004] = 2880 // minutes + 1
    steps[0] = 0
    if minutes >= 1440:
        start = start.astype("datetime64[D]").astype("datetime64[us]")
    return start + np.cumsum(steps) * np.timedelta64(minutes * 60_000_000, "us")


def _prices(random: Random, generator: np.random.Generator, count: int) -> dict[str, np.ndarray]:
    level = (100.0, 100.0, 1.5, 25_000.0)[random.randrange(4)]
    moves = generator.normal(0, 0.01, count)
    moves[generator.random(count) < 0.15] = 0.0
    moves[generator.random(count) < 0.01] *= 8
    close = level * np.exp(np.cumsum(moves))
    opens = np.roll(close, 1) * np.exp(np.where(generator.random(count) < 0.2, generator.normal(0, 0.004, count), 0))
    opens[0] = level
    grid = level * 1e-4
    opens, close = np.round(opens / grid) * grid, np.round(close / grid) * grid
    reach = np.abs(generator.normal(0, 0.006, (2, count))) * (generator.random((2, count)) < 0.8)
    high = np.maximum(opens, close) * (1 + reach[0])
    low = np.minimum(opens, close) * (1 - reach[1])
    volume = np.round(generator.lognormal(3, 1, count)) * (generator.random(count) < 0.9)
    return {"open": opens, "high": high, "low": low, "close": close, "volume": volume}

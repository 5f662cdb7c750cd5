"""W3: 380 pairs of lengths over 100,000 bars, on two threads, against the plain loop on two threads."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numba
import numpy as np

from . import data, programs, references
from .figures import Figure
from .timing import in_turn

BARS, THREADS = 100_000, 2
FLOOR = 150 / 43
TIES = 2
"""Pairs whose averages are equal at some bar when counted in decimals: sums in binary, plain or exact, may fall on
either side of it, and the trade is then made a bar apart."""


def measure(rounds: int) -> Iterator[Figure]:
    numba.set_num_threads(THREADS)
    bars, program = data.bars(BARS), programs.program("w1")
    fasts, slows = references.pairs()
    equity, trades = np.empty(len(fasts) * len(slows)), np.empty(len(fasts) * len(slows), np.int64)
    grid = {"fast": fasts.tolist(), "slow": slows.tolist()}

    def ours() -> Any:
        return program.sweep(bars, grid, metric="return", threads=THREADS)

    def theirs() -> None:
        references.swept(bars.open, bars.close, fasts, slows, equity, trades)

    theirs()
    _compare(ours(), equity, trades)
    times = in_turn(ours, theirs, max(3, rounds // 2))
    yield Figure("W3, 380 pairs, 100,000 bars, 2 threads", times.ours * 1e3, "ms", round(FLOOR, 1),
                 times.theirs * 1e3, times.ratio)  # fmt: skip


def _compare(table: Any, equity: np.ndarray, trades: np.ndarray) -> None:
    """As many trades and, but for rounding, the same equity for each pair."""
    counted = np.array(table["trades"].to_pylist())
    if counted.sum() != programs.SWEPT_TRADES or trades.sum() != programs.SWEPT_TRADES:
        raise programs.WrongResult(
            f"w3: expected {programs.SWEPT_TRADES} trades, found {counted.sum()} by stratagem and {trades.sum()} "
            "by the plain loop"
        )
    apart = np.abs(np.array(table["final_equity"].to_pylist()) - equity)
    if (apart > 1e-6).sum() > TIES or apart.max() > 0.05 or (counted != trades).any():
        raise programs.WrongResult(f"w3: stratagem and the plain loop differ, the equity of a pair by {apart.max():g}")

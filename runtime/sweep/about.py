"""What a sweep is about to do, before it does it: how many runs, and roughly what they take."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ...lang.plan.model import Plan, Several
from .grid import Grid

if TYPE_CHECKING:
    from ..run.several.prepare import PreparedSeveral

SIDE_BY_SIDE, ALONE = 10.0, 160.0
"""Nanoseconds a bar of one run takes on one processor, side by side or as a backtest of its own; measured on programs
of ten to forty operators (`tests/benchmarks/sweeping.py`), and no better than a factor of two."""

SEVERAL, BOOK = 400.0, 1e6
"""Nanoseconds a bar of one run over several symbols, of each of them; and those that a book of a run takes besides,
which no second processor shortens."""

ROW = 1_000
"""Bytes that a combination's values and statistics take."""


@dataclass(frozen=True, slots=True)
class About:
    """bars: of each run, of all symbols together. memory: bytes, estimated. notes: those of a result that hold for
    every run.

    seconds: estimated for processors that do nothing else; on a busy machine it is several times as long, which the
    progress bar measures.
    """

    combinations: int
    skipped: int
    bars: int
    memory: int
    seconds: float
    notes: tuple[str, ...] = ()

    def __str__(self) -> str:
        skipped = f" ({self.skipped:,} more break a `require`)" if self.skipped else ""
        runs = f"{self.combinations:,} combination{'s' * (self.combinations != 1)}{skipped}"
        return f"{runs} over {self.bars:,} bars: {_size(self.memory)}, {_duration(self.seconds)}"


Announce = Callable[[About], None]


def about(
    plan: Plan, grid: Grid, bars: int, batch: int, threads: int, *, side_by_side: bool, notes: tuple[str, ...] = ()
) -> About:
    """The estimate for a grid that is run in batches by so many threads."""
    count = len(grid.values)
    states = min(count, batch) if side_by_side else threads
    cost = SIDE_BY_SIDE if side_by_side else ALONE
    seconds = count * bars * cost * 1e-9 / max(1, min(threads, count))
    memory = count * ROW + states * plan.state.bytes
    return About(count, grid.skipped, bars, memory, seconds, notes)


def about_several(
    several: Several, grid: Grid, prepared: PreparedSeveral, threads: int, notes: tuple[str, ...]
) -> About:  # fmt: skip
    """The estimate for a grid over several symbols, whose runs are made one after another on so many threads."""
    events, bars, symbols = len(prepared.panel.events), len(prepared.panel.events.row), len(prepared.panel)
    count = len(grid.values)
    running = max(1, min(threads, count))
    seconds = count * (bars * SEVERAL / running + symbols * BOOK) * 1e-9
    columns = 2 + len(several.main.columns) + sum(len(level.crossings) for level in several.levels)
    state = sum(plan.state.bytes for plan in several.plans)
    memory = count * ROW + running * (16 * events + 8 * columns * bars + symbols * state)
    return About(count, grid.skipped, bars, memory, seconds, notes)


def _size(memory: int) -> str:
    return "less than 1 MB" if memory < 1e6 else f"about {memory / 1e6:,.0f} MB"


def _duration(seconds: float) -> str:
    if seconds < 1.0:
        return "less than a second"
    told = f"{seconds:.0f} s" if seconds < 100.0 else f"{seconds / 60:.0f} min"
    return f"about {told if seconds < 6000.0 else f'{seconds / 3600:,.0f} h'} if nothing else runs"

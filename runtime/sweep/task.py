"""What a sweep is of, before it is run: which combinations over which data, and how one is scored by itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, Protocol, TypeAlias

from ..limits import carried, look
from ..progress import stage
from ..results.metrics.definitions import Value
from ..run.notes import OverBars
from .about import About
from .grid import MOST, Grid, Values, read_grid

Scores: TypeAlias = list[dict[str, Value]]
Progress: TypeAlias = Callable[[int, int], None]

BATCH = 8192
"""Combinations whose states, or whose turns, are held at once."""


@dataclass(frozen=True, slots=True)
class Asked:
    """grid, params, limit: as the caller gave them. engine, threads: what runs. data_options: those of reading data.
    period: what is tested, and what is assumed."""

    grid: Mapping[str, Iterable[object] | None]
    params: Mapping[str, object] | None
    limit: int | None
    engine: str
    threads: int
    period: Mapping[str, Any]
    data_options: Mapping[str, Any]

    def combinations(self, plan: Any, hosts: Sequence[Values]) -> Grid:
        """Those that a plan allows; hosts: as in `read_grid`."""
        return read_grid(plan, self.grid, self.params, hosts, MOST if self.limit is None else self.limit)


class Task(Protocol):
    """Combinations over what was prepared. notes: those that hold for every row."""

    @property
    def grid(self) -> Grid: ...

    @property
    def prepared(self) -> OverBars: ...

    @property
    def notes(self) -> tuple[str, ...]: ...

    def about(self, asked: Sequence[str]) -> About:
        """What it will take to measure these metrics."""
        ...

    def run(self, names: tuple[str, ...], asked: Sequence[str], progress: Progress | None) -> Scores:
        """The metrics `names` of each combination, of which `asked` are not those that every row has."""
        ...


def alone(
    values: Sequence[Values], score: Callable[[Values], dict[str, Value]], threads: int, progress: Progress | None
) -> Scores:  # fmt: skip
    """The score of each combination by itself, in their order; memory for one run a thread."""
    found: Scores = []
    reached = told(progress, len(values))
    with ThreadPoolExecutor(threads) as pool:
        for first in range(0, len(values), BATCH):
            for row in pool.map(carried(score), values[first : first + BATCH]):
                found.append(row)
                reached(len(found))
    return found


def told(progress: Progress | None, of: int) -> Callable[[int], None]:
    """What is to be called with how much is done: who watches is told, and the caller's own function."""
    watched = stage("sweeping", of)

    def tell(done: int) -> None:
        look()
        watched(done)
        if progress is not None:
            progress(done, of)

    return tell

"""The native sweep: tile by tile, shared series first, then every combination over that tile.

A tile is small enough that its columns stay in the processor's cache while combination after combination reads
them. Threads take ranges of runs; each run's state is its own and every range writes only to its own runs, so
that the number of threads decides nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from ...lang.plan.constants import MISSING, TICK, evaluate_params
from ...lang.plan.model import Column
from ..limits import block
from ..machine.columns import History
from ..machine.outputs import out_count
from ..run.prepare import Prepared
from .grid import Values
from .runs import Runs, addresses, divided
from .split import Shared, Split

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Matrix = NDArray[Any]

TILE = 4096
"""Bars of a tile."""

BUDGET = 32 << 20
"""Bytes that the shared series of a tile may take; with very many of them tiles are shorter."""

_SHORTEST = 256
_PARTS = 4
"""Ranges of runs for each thread, so that no thread waits long for another."""


@dataclass(frozen=True, slots=True, eq=False)
class Series:
    """Shared series: `values` has, for each distinct set of their parameters, each series over the tile.

    version: which of them a combination reads.
    """

    runs: Runs
    keys: tuple[str, ...]
    values: Matrix
    version: Matrix


def run_tiles(
    split: Split, values: Sequence[Values], prepared: Prepared, threads: int, reached: Callable[[int], None]
) -> Runs:
    """All bars in all combinations; the runs then hold the books of each after the last bar.

    reached: called after each tile with the number of bars run so far.
    """
    versions = [_versions(shared, values) for shared in split.shared]
    tile = _tile(split, [len(sets) for sets, _ in versions])
    tile = block(split.trading.cost * len(values) // threads, tile, native=True)
    shared = [
        _series(part, sets, version, prepared, tile, threads)
        for part, (sets, version) in zip(split.shared, versions, strict=True)
    ]
    params = [evaluate_params(split.trading, _with_tick(own, prepared), prepared.first) for own in values]
    runs = Runs(split.trading, params, prepared, divided(len(params), _PARTS * threads))
    _point(runs, shared)
    history = History(prepared.bars, prepared.assumptions.timezone)
    with ThreadPoolExecutor(threads) as pool:
        for first, stop in _spans(len(history), tile):
            kept = _load([runs, *(series.runs for series in shared)], history, first, stop)
            _together(pool, [series.runs for series in shared], first, stop)
            _together(pool, [runs], first, stop)
            del kept
            reached(stop)
    return runs


def _spans(count: int, tile: int) -> Iterator[tuple[int, int]]:
    return ((first, min(count, first + tile)) for first in range(0, count, tile))


def _tile(split: Split, counts: Sequence[int]) -> int:
    each = sum(count * len(shared.keys) for count, shared in zip(counts, split.shared, strict=True))
    return max(_SHORTEST, min(TILE, BUDGET // (8 * max(1, each))))


def _with_tick(values: Values, prepared: Prepared) -> Values:
    return {TICK: prepared.assumptions.tick or MISSING, **values}


def _versions(shared: Shared, values: Sequence[Values]) -> tuple[list[Values], Matrix]:
    """The distinct sets of the series' parameters, and which of them each combination has."""
    known: dict[tuple[float, ...], int] = {}
    sets: list[Values] = []
    version = np.empty(len(values), dtype=np.int64)
    for run, own in enumerate(values):
        key = tuple(own[name] for name in shared.names)
        if key not in known:
            known[key] = len(sets)
            sets.append(own)
        version[run] = known[key]
    return sets, version


def _series(
    shared: Shared, sets: Sequence[Values], version: Matrix, prepared: Prepared, tile: int, threads: int
) -> Series:
    params = [evaluate_params(shared.plan, _with_tick(values, prepared)) for values in sets]
    runs = Runs(shared.plan, params, prepared, divided(len(sets), threads))
    values = np.empty((len(sets), len(shared.keys), tile))
    for output in range(out_count(shared.plan)):
        runs.write(output, addresses(values[:, output]))
    return Series(runs, shared.keys, values, version)


def _point(runs: Runs, shared: Sequence[Series]) -> None:
    """Given columns stay in the buffers of the shared series."""
    where = {key: (series, output) for series in shared for output, key in enumerate(series.keys)}
    for place, column in enumerate(runs.plan.columns):
        if column.source == "given":
            series, output = where[column.name]
            runs.read(place, addresses(series.values[:, output])[series.version])


def _load(several: Sequence[Runs], history: History, first: int, stop: int) -> dict[Column, Matrix]:
    """The data's own columns of a tile, each once; they must live as long as the tile runs."""
    held: dict[Column, Matrix] = {}
    for runs in several:
        for place, column in enumerate(runs.plan.columns):
            if column.source != "given":
                if column not in held:
                    held[column] = history(column, first, stop)
                runs.read(place, held[column].ctypes.data)
    return held


def _together(pool: ThreadPoolExecutor, several: Sequence[Runs], first: int, stop: int) -> None:
    """All parts of these several over a tile, on all threads."""
    running = [pool.submit(runs.run, first, stop, part) for runs in several for part in range(len(runs.parts))]
    for done in running:
        done.result()

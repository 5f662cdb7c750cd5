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

from ...lang.plan.model import Column
from ...lang.plan.stage import MISSING, TICK, evaluate_params
from ..columns import History
from ..outputs import out_count
from ..setting import Setting
from .bank import Bank, addresses, divided
from .grid import Values
from .share import Shared, Split

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

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True, eq=False)
class Series:
    """Shared series: `values` has, for each distinct set of their parameters, each series over the tile.

    version: which of them a combination reads.
    """

    bank: Bank
    keys: tuple[str, ...]
    values: Matrix
    version: Matrix


def run_tiles(split: Split, values: Sequence[Values], setting: Setting, threads: int, progress: Progress) -> Bank:
    """All bars in all combinations; the bank then holds the books of each after the last bar."""
    versions = [_versions(shared, values) for shared in split.shared]
    tile = _tile(split, [len(sets) for sets, _ in versions])
    shared = [
        _series(part, sets, version, setting, tile, threads)
        for part, (sets, version) in zip(split.shared, versions, strict=True)
    ]
    params = [evaluate_params(split.trading, _with_tick(own, setting), setting.first) for own in values]
    bank = Bank(split.trading, params, setting, divided(len(params), _PARTS * threads))
    _point(bank, shared)
    history = History(setting.bars, setting.assumptions.timezone)
    with ThreadPoolExecutor(threads) as pool:
        for first, stop in _spans(len(history), tile):
            kept = _load([bank, *(series.bank for series in shared)], history, first, stop)
            _together(pool, [series.bank for series in shared], first, stop)
            _together(pool, [bank], first, stop)
            del kept
            progress(stop, len(history))
    return bank


def _spans(count: int, tile: int) -> Iterator[tuple[int, int]]:
    return ((first, min(count, first + tile)) for first in range(0, count, tile))


def _tile(split: Split, counts: Sequence[int]) -> int:
    each = sum(count * len(shared.keys) for count, shared in zip(counts, split.shared, strict=True))
    return max(_SHORTEST, min(TILE, BUDGET // (8 * max(1, each))))


def _with_tick(values: Values, setting: Setting) -> Values:
    return {TICK: setting.assumptions.tick or MISSING, **values}


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
    shared: Shared, sets: Sequence[Values], version: Matrix, setting: Setting, tile: int, threads: int
) -> Series:
    params = [evaluate_params(shared.plan, _with_tick(values, setting)) for values in sets]
    bank = Bank(shared.plan, params, setting, divided(len(sets), threads))
    values = np.empty((len(sets), len(shared.keys), tile))
    for output in range(out_count(shared.plan)):
        bank.write(output, addresses(values[:, output]))
    return Series(bank, shared.keys, values, version)


def _point(bank: Bank, shared: Sequence[Series]) -> None:
    """Given columns stay in the buffers of the shared series."""
    where = {key: (series, output) for series in shared for output, key in enumerate(series.keys)}
    for place, column in enumerate(bank.plan.columns):
        if column.source == "given":
            series, output = where[column.name]
            bank.read(place, addresses(series.values[:, output])[series.version])


def _load(banks: Sequence[Bank], history: History, first: int, stop: int) -> dict[Column, Matrix]:
    """The data's own columns of a tile, each once; they must live as long as the tile runs."""
    held: dict[Column, Matrix] = {}
    for bank in banks:
        for place, column in enumerate(bank.plan.columns):
            if column.source != "given":
                if column not in held:
                    held[column] = history(column, first, stop)
                bank.read(place, held[column].ctypes.data)
    return held


def _together(pool: ThreadPoolExecutor, banks: Sequence[Bank], first: int, stop: int) -> None:
    """All parts of these banks over a tile, on all threads."""
    running = [pool.submit(bank.run, first, stop, part) for bank in banks for part in range(len(bank.parts))]
    for done in running:
        done.result()

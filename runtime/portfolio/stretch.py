"""A stretch of events: which bars of each symbol it holds, and what was known of each at every one of its instants.

Matrices are [symbols, events]. What was known before the stretch is handed in, so that a history may be run in as many
stretches as memory asks for.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ..data.panel.events import Events

    Ints = NDArray[np.int64]
    Floats = NDArray[np.float64]

BARS, CELLS = 1 << 20, 1 << 21
"""Bars of all symbols whose columns are held at once, and cells of a matrix of symbols and events."""


@dataclass(frozen=True, slots=True, eq=False)
class Stretch:
    """Events first … stop-1 of a panel, of `symbols` symbols.

    instants: int64[n]. offsets: int64[n + 1], begins[s] and rows[s]: the bars of symbol s are those of its own from
    begins[s] on. at[s]: int64, the event of each, counted from the first; places[s]: its place among all bars.
    symbol, row: of each bar, in the order of the events; rows count from begins.
    """

    first: int
    instants: Ints
    offsets: Ints
    symbol: NDArray[np.int32]
    row: Ints
    begins: Ints
    at: tuple[Ints, ...]
    places: tuple[Ints, ...]

    def __len__(self) -> int:
        return len(self.instants)

    def rows(self, symbol: int) -> int:
        """How many bars of a symbol it holds."""
        return len(self.at[symbol])

    def known(self, symbol: int, values: NDArray[Any], before: float) -> NDArray[Any]:
        """The last of a symbol's values, one per bar of it, at each event; `before` until the first."""
        return spread(self.at[symbol], values, before, len(self))

    def closed(self, before: Sequence[int]) -> Ints:
        """The instant at which each symbol's last bar closed, int64[symbols, events]; `NEVER` where it had none."""
        last = np.empty((len(self.at), len(self)), np.int64)
        for symbol, at in enumerate(self.at):
            last[symbol] = self.known(symbol, self.instants[at], before[symbol])
        return last


def spread(at: Ints, values: NDArray[Any], before: float, count: int) -> NDArray[Any]:
    """Values that were known from the events `at` on, at each of `count` events; `before` ahead of the first."""
    if len(at) == count:
        return values
    held = np.empty(len(at) + 1, values.dtype)
    held[0], held[1:] = before, values
    return np.repeat(held, np.diff(at, prepend=0, append=count))


def stretches(events: Events, symbols: int, first: int, stop: int, bars: int | None = None) -> Iterator[Stretch]:
    """The events first … stop-1 in stretches of so many bars at most, `BARS` if None; an event is never parted."""
    most = max(1, CELLS // symbols)
    seen = np.bincount(events.symbol[: events.offsets[first]], minlength=symbols).astype(np.int64)
    while first < stop:
        room = events.offsets[first] + (BARS if bars is None else bars)
        end = int(np.searchsorted(events.offsets, room, side="right")) - 1
        end = min(stop, first + most, max(first + 1, end))
        yield _stretch(events, symbols, first, end, seen)
        seen = seen + np.bincount(events.symbol[events.offsets[first] : events.offsets[end]], minlength=symbols)
        first = end


def _stretch(events: Events, symbols: int, first: int, stop: int, begins: Ints) -> Stretch:
    offsets = events.offsets[first : stop + 1]
    within = slice(int(offsets[0]), int(offsets[-1]))
    symbol = events.symbol[within]
    event = np.repeat(np.arange(stop - first, dtype=np.int64), np.diff(offsets))
    order = np.argsort(symbol, kind="stable")
    cuts = np.cumsum(np.bincount(symbol, minlength=symbols))[:-1]
    at = tuple(np.split(event[order], cuts))
    row = np.ascontiguousarray(events.row[within] - begins[symbol])
    return Stretch(
        first, np.ascontiguousarray(events.instants[first:stop]), np.ascontiguousarray(offsets - offsets[0]),
        np.ascontiguousarray(symbol), row, begins, at, tuple(np.split(order, cuts)),
    )  # fmt: skip

"""Where the finer bars of a run stand: behind its books in `b`, of which they are no part."""

from __future__ import annotations

from array import array

from . import layout as at
from .buffers import Ints
from .state import TradingState


def give(state: TradingState, finer: array[float]) -> None:
    """Lay finer bars out behind the books, after a row of none. Before any address of `b` is taken."""
    state.k[at.FINER] = len(state.b) + at.FINER_WIDTH
    state.k[at.FINER_COUNT] = len(finer) // at.FINER_WIDTH
    state.b.extend([at.MISSING] * at.FINER_WIDTH)
    state.b.extend(finer)


def books_end(b: array[float], k: Ints) -> int:
    """How many numbers of `b` are the books."""
    return k[at.FINER] - at.FINER_WIDTH if k[at.FINER] else len(b)


def books_of(b: array[float], k: Ints) -> array[float]:
    """The books alone: `b` itself where there are no finer bars, else a copy."""
    return b[: books_end(b, k)] if k[at.FINER] else b

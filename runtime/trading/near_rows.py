"""Room behind the books for how near the market came to the orders of each statement (see `approach`)."""

from __future__ import annotations

from . import layout as at
from .state import TradingState


def give(state: TradingState) -> None:
    """Lay a row for each statement out behind the books. Before any address of `b` is taken."""
    state.k[at.NEAR] = len(state.b)
    for _ in range(state.k[at.STATEMENT_COUNT]):
        state.b.extend((0.0, at.FAR, -1.0, at.MISSING))

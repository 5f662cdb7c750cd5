"""Finer bars as they become known: those of bars to come are not there to be read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..trading import layout as at

if TYPE_CHECKING:
    from array import array

    from numpy.typing import NDArray

    from ..data.finer import Finer
    from ..trading.state import TradingState


class Known:
    """The finer bars in the books of a run, of which only those of bars up to some instant are laid open."""

    def __init__(self, state: TradingState, finer: Finer | None) -> None:
        """finer: those that the run was given; None: none."""
        self._all = _table(finer.rows) if finer is not None else _table(state.b[:0])
        self._laid = _table(state.b, state.k[at.FINER]) if len(self._all) else self._all
        self._open = 0
        self._laid[:] = at.MISSING

    def until(self, instant: int) -> None:
        """Those of bars that opened at `instant` or before are known from now on."""
        stop = int(self._all[:, at.FINER_TIME].searchsorted(instant, side="right"))
        self._laid[self._open : stop] = self._all[self._open : stop]
        self._open = max(stop, self._open)


def _table(b: array[float], begin: int = 0) -> NDArray[Any]:
    """Finer bars as rows, sharing memory."""
    import numpy as np

    held = np.frombuffer(b, dtype=np.float64) if len(b) else np.empty(0)
    return held[begin:].reshape(-1, at.FINER_WIDTH)

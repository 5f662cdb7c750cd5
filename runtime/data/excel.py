"""Days as times, of Excel, MATLAB and others: whole days since one of them (Excel's is 1899-12-30), the fraction the
time of day, in as many decimals as were kept.

Five decimals of a day are less than half a second off. Fewer are off by more, and every time with them: 0.3958 is 9:30
or 4 seconds of it. If all times lie that near to whole minutes, or hours, those are what was meant.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..calendar.civil import DAY, SECOND, day_of
from .table import MISSING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Floats = NDArray[np.float64]

_FIRST, _LAST = day_of(1, 1, 1) * DAY, day_of(9999, 12, 31) * DAY
_ENOUGH = 5
"""Decimals from which on a time of day is known to the second."""
_GRIDS = (43_200, 21_600, 14_400, 10_800, 7200, 3600, 1800, 900, 300, 120, 60, 30)
"""Seconds that bars last, what times of day may lie on; the coarsest first."""
_CLEAR = 5.0
"""How many times as far apart as the times are off its points lie on a grid at least; any times are near to others."""
_REST = 1e-6
"""By how much a fraction of a day of today, times ten thousand, may be off a whole number as float64."""


def read_days(days: Ints, rest: Floats, zero: int, least: int) -> tuple[Ints, tuple[str, ...]]:
    """Whole days since `zero`, in µs, and fractions, as stamps in µs; and a note where times moved.

    MISSING for what is no day, and for what is less than the `least` that is counted.
    """
    import numpy as np

    seconds = rest * 86_400.0
    clock = np.rint(seconds)
    notes: tuple[str, ...] = ()
    kept = _decimals(rest)
    if 0 < kept < _ENOUGH:
        clock, notes = _placed(seconds, clock, kept)
    there = (days >= least) & (days > (_FIRST - zero) // DAY) & (days < (_LAST - zero) // DAY)
    ts = np.where(there, days, 0) * DAY + zero + clock.astype(np.int64) * SECOND
    return np.where(there, ts, MISSING), notes


def _decimals(rest: Floats) -> int:
    """How many decimals the fractions have at most."""
    import numpy as np

    for kept in range(_ENOUGH):
        scaled = rest * 10.0**kept
        if (np.abs(scaled - np.rint(scaled)) < _REST).all():
            return kept
    return _ENOUGH


def _placed(seconds: Floats, rounded: Floats, kept: int) -> tuple[Floats, tuple[str, ...]]:
    """Times of day of few decimals on the coarsest grid on which all may lie; to the second where there is none."""
    import numpy as np

    off = 43_200.0 / 10**kept
    known = f"times of day are known to {off:.0f} s ({kept} decimal{'s' * (kept > 1)} of a day)"
    for grid in (grid for grid in _GRIDS if grid >= _CLEAR * off):
        placed = np.rint(seconds / grid) * grid
        if (np.abs(placed - seconds) <= off + _REST).all():
            moved = bool((placed != rounded).any())
            return placed, (f"{known}, and taken to the nearest {_told(grid)}",) * moved
    return rounded, (f"{known}, and are on no usual grid: {_ENOUGH} decimals tell the second",)


def _told(grid: int) -> str:
    return f"{grid} s" if grid < 60 else f"{grid // 60} min" if grid < 3600 else f"{grid // 3600} h"

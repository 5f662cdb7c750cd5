"""Jumps between two bars that look like splits: reported, never repaired."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ..calendar.civil import DAY
from .bars import Bars

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_RATIOS = (1.5, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 10.0, 15.0, 20.0, 25.0, 30.0, 50.0)
_NEAR = 0.06
"""How far the open may be from the close before it, split: a usual overnight move."""
_PAUSE = 7 * DAY
"""Past a longer hole in the data a jump says nothing."""
_LEAST, _MOST = 0.72, 1.4
"""A smaller change of price is no split."""
_SHOWN = 4
_BLOCK = 16_384
"""Bars looked at together: what is computed of them stays in the processor's cache."""


def jump_note(bars: Bars) -> str:
    """A sentence that names the jumps, or "" if there are none."""
    if len(bars) < 2:
        return ""
    found = [(at + 1, ratio) for at, change in _far(bars) if (ratio := _ratio(change))]
    if not found:
        return ""
    told = ", ".join(f"{ratio} at {_date(bars.ts[at])}" for at, ratio in found[:_SHOWN])
    more = f" and {len(found) - _SHOWN} more" if len(found) > _SHOWN else ""
    return f"prices jump like a split ({told}{more}); they were left as they are: adjust the data if it is one"


def _far(bars: Bars) -> Iterator[tuple[int, float]]:
    """The bars after which the next opens far away, not after a pause, and by how much; a block at a time."""
    import numpy as np

    for at in range(0, len(bars) - 1, _BLOCK):
        stop = min(at + _BLOCK, len(bars) - 1)
        with np.errstate(all="ignore"):
            change = bars.open[at + 1 : stop + 1] / bars.close[at:stop]
            far = (change < _LEAST) | (change > _MOST)
        for place in np.flatnonzero(far).tolist():
            if change[place] > 0.0 and bars.ts[at + place + 1] - bars.ts[at + place] <= _PAUSE:
                yield at + place, float(change[place])


def _ratio(change: float) -> str:
    """`2:1` for a price that halves, `1:2` for one that doubles; "" near none of the usual ratios."""
    size = max(change, 1.0 / change)
    near = min(_RATIOS, key=lambda ratio: abs(size / ratio - 1.0))
    if abs(size / near - 1.0) > _NEAR:
        return ""
    one, other = ("3", "2") if near == 1.5 else (f"{near:g}", "1")
    return f"{one}:{other}" if change < 1.0 else f"{other}:{one}"


def _date(ts: NDArray[np.int64]) -> str:
    import numpy as np

    return str(np.datetime64(int(ts), "us").astype("datetime64[D]"))

"""Jumps between two bars that look like splits: reported, never repaired."""

from __future__ import annotations

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
_SHOWN = 4


def jump_note(bars: Bars) -> str:
    """A sentence that names the jumps, or "" if there are none."""
    import numpy as np

    if len(bars) < 2:
        return ""
    with np.errstate(all="ignore"):
        change = bars.open[1:] / bars.close[:-1]
        far = ((change < 0.72) | (change > 1.4)) & (np.diff(bars.ts) <= _PAUSE) & (change > 0.0)
    found = [(int(at) + 1, ratio) for at in np.flatnonzero(far) if (ratio := _ratio(float(change[at])))]
    if not found:
        return ""
    told = ", ".join(f"{ratio} at {_date(bars.ts[at])}" for at, ratio in found[:_SHOWN])
    more = f" and {len(found) - _SHOWN} more" if len(found) > _SHOWN else ""
    return f"prices jump like a split ({told}{more}); they were left as they are: adjust the data if it is one"


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

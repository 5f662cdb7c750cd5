"""Prices that lie far from their neighbours: reported, never repaired.

A level that is left and not come back to looks like a split. A few bars far from those on both sides, or one price
far from all around it, look like a wrong price.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import inf
from typing import TYPE_CHECKING

from ..calendar.civil import DAY
from .bars import Bars
from .quality import BLOCK

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from .quality import Numbers

    Floats = NDArray[np.float64]

_RATIOS = (1.5, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 10.0, 15.0, 20.0, 25.0, 30.0, 50.0)
_NEAR = 0.06
"""How far the open may be from the close before it, split: a usual overnight move."""
_FALL, _RISE = 0.72, 1.4
"""Changes from a close to the next open beyond which something has happened."""
_BACK = 1.2
"""Within what factor of the level before a price has come back to it."""
_FEW = 3
"""Bars in a row that may be wrong and not a level."""
_SPIKE = 2.0
"""The factor between one price of a bar and all around it, from which on it looks wrong."""
_PAUSE = 7 * DAY
"""Past a longer hole in the data a jump says nothing."""
_SHOWN = 4


def jump_notes(bars: Bars, numbers: Numbers) -> tuple[str, ...]:
    """Sentences that name the jumps and the outliers; numbers: of the rows in the source."""
    jumps, spikes = _far(bars)
    wrong = dict.fromkeys(at for jump in jumps for at in _excursion(bars, jump))
    splits = [(at, ratio) for at, change in jumps.items() if not _touches(at, wrong) and (ratio := _ratio(change))]
    outliers = sorted({**wrong, **dict.fromkeys(spikes)})
    return (*_outlier_note(bars, outliers, numbers), *_split_note(bars, splits))


def _far(bars: Bars) -> tuple[dict[int, float], list[int]]:
    """The bars that open far from the close before, not after a pause, and by what factor; and those with a spike.

    A block at a time: what is computed stays in the processor's cache.
    """
    import numpy as np

    jumps: dict[int, float] = {}
    wide: list[int] = []
    for at in range(0, len(bars) - 1, BLOCK):
        stop = min(at + BLOCK, len(bars) - 1)
        before, after = bars.close[at:stop], bars.open[at + 1 : stop + 1]
        with np.errstate(all="ignore"):
            apart = (after < before * _FALL) | (after > before * _RISE)
            spread = bars.high[at:stop] > bars.low[at:stop] * _SPIKE
            if apart.any():
                places = np.flatnonzero(apart)
                jumps |= dict(_jumps(places + at, after[places] / before[places], bars.ts))
        if spread.any():
            wide += (np.flatnonzero(spread) + at).tolist()
    return jumps, _spikes(bars, np.array([place for place in wide if place], dtype=np.int64))


def _jumps(places: NDArray[np.int64], changes: Floats, ts: NDArray[np.int64]) -> Iterator[tuple[int, float]]:
    """Of the bars at these places, those after which the price opens so much changed: the place after, and by what."""
    for at, change in zip(places.tolist(), changes.tolist(), strict=True):
        if (0.0 < change < _FALL or change > _RISE) and ts[at + 1] - ts[at] <= _PAUSE:
            yield at + 1, change


# --- splits --------------------------------------------------------------------------------------------


def _split_note(bars: Bars, found: Sequence[tuple[int, str]]) -> Iterator[str]:
    if found:
        told = ", ".join(f"{ratio} at {_date(bars.ts[at])}" for at, ratio in found[:_SHOWN])
        yield (
            f"prices jump like a split ({told}{_more(len(found))}); "
            "they were left as they are: adjust the data if it is one"
        )


def _ratio(change: float) -> str:
    """`2:1` for a price that halves, `1:2` for one that doubles; "" near none of the usual ratios."""
    size = max(change, 1.0 / change)
    near = min(_RATIOS, key=lambda ratio: abs(size / ratio - 1.0))
    if abs(size / near - 1.0) > _NEAR:
        return ""
    one, other = ("3", "2") if near == 1.5 else (f"{near:g}", "1")
    return f"{one}:{other}" if change < 1.0 else f"{other}:{one}"


# --- outliers ------------------------------------------------------------------------------------------


def _outlier_note(bars: Bars, found: Sequence[int], numbers: Numbers) -> Iterator[str]:
    if found:
        told = ", ".join(f"{_farthest(bars, at)} in row {numbers[at]} ({_date(bars.ts[at])})" for at in found[:_SHOWN])
        one = len(found) == 1
        yield (
            f"{'a price lies' if one else 'prices lie'} far from {'its' if one else 'their'} neighbours: "
            f"{told}{_more(len(found))}; left as {'it is' if one else 'they are'}: mend the data if wrong"
        )


def _excursion(bars: Bars, jump: int) -> range:
    """The bars before or from a jump that lie elsewhere than those on both sides of them; none if the level stays."""
    for count in range(1, _FEW + 1):
        if jump + count < len(bars) and _near(bars.open[jump + count], bars.close[jump - 1]):
            return range(jump, jump + count)
        if jump - 1 - count >= 0 and _near(bars.open[jump], bars.close[jump - 1 - count]):
            return range(jump - count, jump)
    return range(0)


def _touches(jump: int, wrong: dict[int, None]) -> bool:
    return jump in wrong or jump - 1 in wrong


def _near(one: float, other: float) -> bool:
    return bool(one < other * _BACK and other < one * _BACK)


def _spikes(bars: Bars, wide: NDArray[np.int64]) -> list[int]:
    """Those bars of which one price is less than half, or more than double, of what is around it on both sides."""
    import numpy as np

    before, after = bars.close[wide - 1], bars.open[wide + 1]
    around = np.sort([before, after, bars.open[wide], bars.close[wide]], axis=0)
    calm = (before > 0.0) & (before < after * _BACK) & (after < before * _BACK) & (bars.low[wide] > 0.0)
    spiked = (bars.low[wide] * _SPIKE < around[1]) | (bars.high[wide] > around[2] * _SPIKE)
    found: list[int] = wide[calm & spiked].tolist()
    return found


def _farthest(bars: Bars, at: int) -> str:
    """The price of a bar that is farthest from the close before; one of zero or below is farther than any."""
    before = float(bars.close[max(0, at - 1)])
    prices = [float(column[at]) for column in (bars.low, bars.high, bars.open, bars.close)]
    far = max(prices, key=lambda price: _times(price, before))
    return f"{far:.10g} after {before:.10g}"


def _times(price: float, before: float) -> float:
    """By what factor a price lies away from one before, up or down; 0 where one of them is none."""
    if not price > 0.0:
        return inf if price <= 0.0 else 0.0
    return max(price / before, before / price) if before > 0.0 else 0.0


def _more(count: int) -> str:
    return f" and {count - _SHOWN} more" if count > _SHOWN else ""


def _date(ts: NDArray[np.int64]) -> str:
    import numpy as np

    return str(np.datetime64(int(ts), "us").astype("datetime64[D]"))

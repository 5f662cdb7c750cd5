"""Prices that lie far from their neighbours: reported, never repaired.

A level that is left and not come back to looks like a split. A few bars far from those on both sides, or one price
far from all around it, look like a wrong price.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from math import inf
from typing import TYPE_CHECKING

from ..calendar.civil import DAY
from .bars import Bars
from .scan import FALL, RISE, SPIKE

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from .quality import Numbers

    Floats = NDArray[np.float64]

_RATIOS = (1.5, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 10.0, 15.0, 20.0, 25.0, 30.0, 50.0)
_NEAR = 0.06
"""How far the open may be from the close before it, split: a usual overnight move."""
_BACK = 1.2
"""Within what factor of the level before a price has come back to it."""
_FEW = 3
"""Bars in a row that may be wrong and not a level."""
_PAUSE = 7 * DAY
"""Past a longer hole in the data a jump says nothing."""
_SHOWN = 4
_LIKE_A_SPLIT = "prices jump like a split"
MOST = 1_000
"""Jumps, and spikes, that are looked at one by one; more are counted."""


@dataclass(slots=True)
class Far:
    """The first bars that open far from the close before, by what factor, and those with a spike; how many there are.

    No more than `MOST` of each are kept: prices of options jump all the time.
    """

    bars: Bars
    jumps: dict[int, float] = field(default_factory=dict)
    spikes: list[int] = field(default_factory=list)
    jumped: int = 0
    spiked: int = 0

    def note(self, places: NDArray[np.int64], changes: Floats, spikes: NDArray[np.int64]) -> None:
        """More of them, in the order of the bars."""
        self.jumped += len(places)
        self.spiked += len(spikes)
        room = MOST - len(self.jumps)
        self.jumps.update(zip(places[:room].tolist(), changes[:room].tolist(), strict=True))
        self.spikes += spikes[: MOST - len(self.spikes)].tolist()

    def look(self, first: int, stop: int) -> None:
        """Those of the rows from `first` up to `stop`, and of the bar behind these; in order."""
        import numpy as np

        bars = self.bars
        stop = min(stop, len(bars) - 1)
        before, after = bars.close[first:stop], bars.open[first + 1 : stop + 1]
        with np.errstate(all="ignore"):
            apart = (after < before * FALL) | (after > before * RISE)
            spread = bars.high[first:stop] > bars.low[first:stop] * SPIKE
            if apart.any() or spread.any():
                spikes = _spikes(bars, np.flatnonzero(spread) + first)
                self.note(*_jumps(bars, np.flatnonzero(apart) + first), spikes)


def jump_notes(bars: Bars, numbers: Numbers, far: Far) -> tuple[str, ...]:
    """Sentences that name the jumps and the outliers; numbers: of the rows in the source.

    far: the bars far from others, all rows of which were looked at.
    """
    wrong = dict.fromkeys(at for jump in far.jumps for at in _excursion(bars, jump))
    splits = [(at, ratio) for at, change in far.jumps.items() if not _touches(at, wrong) and (ratio := _ratio(change))]
    outliers = sorted({**wrong, **dict.fromkeys(far.spikes)})
    return (*_outlier_note(bars, outliers, numbers), *_split_note(bars, splits), *_too_many(far))


def doubts(note: str) -> bool:
    """Whether a note is of prices that may be wrong."""
    return any(words in note for words in (_LIKE_A_SPLIT, "far from its neighbours", "far from their neighbours"))


def _too_many(far: Far) -> Iterator[str]:
    jumped, spiked = "open far from the close before", "have a price far from all around it"
    for count, what in ((far.jumped, jumped), (far.spiked, spiked)):
        if count > MOST:
            yield (
                f"{count:,} bars {what}, as those of options do: only the first {MOST:,} were looked at for splits and "
                "wrong prices"
            )


def _jumps(bars: Bars, before: NDArray[np.int64]) -> tuple[NDArray[np.int64], Floats]:
    """The bars behind these that open so much changed, with no pause between; and by what factor."""
    changes = bars.open[before + 1] / bars.close[before]
    far = (changes > 0.0) & (changes < FALL) | (changes > RISE)
    far &= bars.ts[before + 1] - bars.ts[before] <= _PAUSE
    return before[far] + 1, changes[far]


# --- splits --------------------------------------------------------------------------------------------


def _split_note(bars: Bars, found: Sequence[tuple[int, str]]) -> Iterator[str]:
    if found:
        told = ", ".join(f"{ratio} at {_date(bars.ts[at])}" for at, ratio in found[:_SHOWN])
        yield (
            f"{_LIKE_A_SPLIT} ({told}{_more(len(found))}); "
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


def _spikes(bars: Bars, wide: NDArray[np.int64]) -> NDArray[np.int64]:
    """Those bars of which one price is less than half, or more than double, of what is around it on both sides."""
    import numpy as np

    wide = wide[wide > 0]
    before, after = bars.close[wide - 1], bars.open[wide + 1]
    around = np.sort([before, after, bars.open[wide], bars.close[wide]], axis=0)
    calm = (before > 0.0) & (before < after * _BACK) & (after < before * _BACK) & (bars.low[wide] > 0.0)
    spiked = (bars.low[wide] * SPIKE < around[1]) | (bars.high[wide] > around[2] * SPIKE)
    found: NDArray[np.int64] = wide[calm & spiked]
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

"""How far and how long equity fell below its high-water mark, without a column of either.

Native code follows it bar by bar (`fall.py`). Without, equity is looked at by blocks. One that stays below the mark it
began with costs a look at its least and its greatest value: within it the mark is one number, and a lower equity is a
deeper fall, also after rounding. Only where a mark is reached or raised is it followed bar by bar.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .fall import BARS, FOUND, MONEY, RATIO

if TYPE_CHECKING:
    from ..output import Floats, Ints

_BLOCK = 1024
_TOGETHER = 64
"""Blocks looked at, and those of them followed bar by bar, at a time: they stay in the processor's cache."""


@dataclass(frozen=True, slots=True)
class Falls:
    """ratio, money: of the deepest fall below a high-water mark. bars: the longest way from one to its recovery.

    A fall that is not recovered counts to the end.
    """

    ratio: float = 0.0
    money: float = 0.0
    bars: int = 0


def falls(equity: Floats, capital: float, *, native: bool = False) -> Falls:
    """The falls of an equity that began at `capital`, above 0. native: native code may look for them."""
    import numpy as np

    if native and (quick := _followed(equity, capital)):
        return quick
    whole = len(equity) // _BLOCK * _BLOCK
    ratio = money = 0.0
    highs: list[Ints] = [np.array([-1])]
    mark = capital
    for first, blocks in _parts(equity, whole):
        tops, lows = blocks.max(axis=1), blocks.min(axis=1)
        marks = np.maximum.accumulate(np.concatenate([[mark], tops]))
        before, mark = marks[:-1], float(marks[-1])
        calm = tops < before
        depths = (before - lows)[calm]
        money = max(money, float(depths.max(initial=0.0)))
        ratio = max(ratio, float((depths / before[calm]).max(initial=0.0)))
        some = np.flatnonzero(~calm)
        if len(some):
            followed = blocks[some]
            water = np.maximum(np.maximum.accumulate(followed, axis=1), before[some, None])
            below = water - followed
            money, ratio = max(money, float(below.max())), max(ratio, float((below / water).max()))
            rows, places = np.nonzero(followed >= water)
            highs.append(first + some[rows] * blocks.shape[1] + places)
    return Falls(ratio, money, _longest(np.concatenate(highs), len(equity)))


def _followed(equity: Floats, capital: float) -> Falls | None:
    """Bar by bar in native code; None of few bars, and where that cannot be."""
    from ...native.passes import FEW, passes, plain

    found = array("d", bytes(8 * FOUND))
    quick = passes() if len(equity) >= FEW and plain(equity) else None
    if quick is None or not quick.follow(equity.ctypes.data, len(equity), capital, found.buffer_info()[0]):
        return None
    return Falls(found[RATIO], found[MONEY], int(found[BARS]))


def _parts(equity: Floats, whole: int) -> Iterator[tuple[int, Floats]]:
    """The blocks of equal length, some at a time, then the one that is left; with the place of the first bar."""
    for at in range(0, whole, _BLOCK * _TOGETHER):
        yield at, equity[at : min(whole, at + _BLOCK * _TOGETHER)].reshape(-1, _BLOCK)
    if whole < len(equity):
        yield whole, equity[whole:].reshape(1, -1)


def _longest(highs: Ints, count: int) -> int:
    """From the places of the bars at a high, the first before all bars: the longest time under water."""
    import numpy as np

    recovered = int(np.diff(highs).max(initial=0))  # 1: from one high to the next bar's, no drawdown between
    return max(recovered if recovered > 1 else 0, count - 1 - int(highs[-1]))

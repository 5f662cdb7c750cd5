"""One fall after the other, bar by bar; what `falls` finds by blocks. Written as operators are, for native code."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ....stdlib.operator import Floats

RATIO, MONEY, BARS, MARK, LOW, SINCE = 0, 1, 2, 3, 4, 5
"""Places of what is found, and of what is known on the way: the mark, the lowest equity since, and the mark's bar."""
FOUND = 6
_PIECE = 128
"""Bars of which is asked, all at once, whether any of them reaches the mark; mostly none does."""


def follow(equity: Floats, count: int, capital: float, found: Floats) -> int:
    """The deepest falls, as a ratio and in money, and the longest way from a high-water mark to its recovery or the
    end, of an equity that began at `capital`; 0 if an equity is missing, and they count for nothing.

    Between two marks the lowest equity is the deepest fall, also after rounding.
    """
    found[RATIO] = found[MONEY] = 0.0
    found[MARK] = found[LOW] = capital
    found[SINCE] = -1.0
    found[BARS] = 1.0
    missing = 0
    for first in range(0, count, _PIECE):
        stop = min(count, first + _PIECE)
        mark, reaches = found[MARK], 0
        for at in range(first, stop):
            reaches |= int(not equity[at] < mark)
        if reaches == 0:
            found[LOW] = _lowest(equity, first, stop, found[LOW])
        else:
            missing |= _by_bar(equity, first, stop, found)
    _recovered(found)
    since = int(found[SINCE])
    longest = found[BARS] if found[BARS] > 1.0 else 0.0
    found[BARS] = max(longest, float(count - 1 - since))
    return 1 - missing


def _lowest(equity: Floats, first: int, stop: int, low: float) -> float:
    """The least of them and of `low`, four at a time, none of which waits for another."""
    one = two = three = four = low
    whole = first + (stop - first) // 4 * 4
    for at in range(first, whole, 4):
        one = min(one, equity[at])
        two = min(two, equity[at + 1])
        three = min(three, equity[at + 2])
        four = min(four, equity[at + 3])
    for at in range(whole, stop):
        one = min(one, equity[at])
    return min(min(one, two), min(three, four))


def _by_bar(equity: Floats, first: int, stop: int, found: Floats) -> int:
    """Some bars one after the other; 1 if an equity is missing."""
    mark, low, since, longest = found[MARK], found[LOW], int(found[SINCE]), int(found[BARS])
    missing = 0
    for at in range(first, stop):
        value = equity[at]
        if value >= mark:
            if low < mark:
                found[MARK], found[LOW] = mark, low
                _recovered(found)
            longest = max(longest, at - since)
            since = at
            mark = low = value
        elif value < low:
            low = value
        elif value != value:
            missing = 1
    found[MARK], found[LOW], found[SINCE], found[BARS] = mark, low, float(since), float(longest)
    return missing


def _recovered(found: Floats) -> None:
    """A fall is over."""
    mark, low = found[MARK], found[LOW]
    if low < mark:
        found[MONEY] = max(found[MONEY], mark - low)
        found[RATIO] = max(found[RATIO], (mark - low) / mark)

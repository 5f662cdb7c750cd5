"""The timeframe of bars, read from their stamps.

Bars are missing where nothing traded, weekends are always missing, and clocks change, so the gap between two
stamps is often longer than a bar and never shorter. The smallest gap that is not a rarity is the answer.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ...lang.program.timeframe import Timeframe
from .civil import DAY, HOUR, MINUTE, SECOND, Ints

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_RARE = 0.05
"""A gap that makes up less than this share is an oddity (a clock change, a wrong stamp), not the bar."""

ENOUGH = 100_000
"""So many stamps decide; more would cost time and change nothing."""

_LONG = ((28, 31, Timeframe(1, "mo")), (89, 92, Timeframe(3, "mo")), (365, 366, Timeframe(12, "mo")))


@dataclass(frozen=True, slots=True)
class Inferred:
    """A timeframe, and the share of gaps that are exactly that long."""

    timeframe: Timeframe
    share: float

    def __str__(self) -> str:
        return f"timeframe {self.timeframe} inferred from the stamps ({self.share:.0%} of the gaps between bars)"


def infer(stamps: Ints, *, ends: bool = False) -> Inferred:
    """The timeframe of open instants in µs, in any order. ValueError where they cannot tell.

    ends: they are ends, of which the last of a session may be nearer to the one before than a bar is long.
    """
    gaps = _gaps(stamps[:ENOUGH])
    gaps = gaps[gaps > 0]
    if not len(gaps):
        if not len(stamps):
            raise ValueError("it holds no bar: a header at most, and no row below it")
        several = f"{len(stamps):,} bars of one and the same time"
        raise ValueError(
            f"the timeframe cannot be told from {several if len(stamps) > 1 else '1 bar'}; "
            'say it, for example --timeframe 1d (timeframe="1d" in Python)'
        )
    lengths, counts = _counted(gaps)
    at = int(counts.argmax()) if ends else _smallest_usual(counts)
    length, share = int(lengths[at]), float(counts[at]) / len(gaps)
    if length % DAY == 0 or _day_of_23_hours(length, lengths, counts):
        return _of_days(lengths, counts, len(gaps))
    return Inferred(_of_length(length), share)


def _gaps(stamps: Ints) -> Ints:
    """What lies between stamps that follow each other; of those in no order, what does when they are put in order."""
    import numpy as np

    gaps = np.diff(stamps)
    back = int((gaps < 0).sum())
    if min(back, len(gaps) - back) > _RARE * len(gaps):
        gaps = np.diff(np.unique(stamps))
    return np.abs(gaps)


def _counted(gaps: Ints) -> tuple[Ints, NDArray[np.intp]]:
    """The lengths that there are, in order, and how often; nothing has to be sorted where all are of one."""
    import numpy as np

    if (gaps == gaps[0]).all():
        return gaps[:1], np.array([len(gaps)])
    return np.unique(gaps, return_counts=True)


def _smallest_usual(counts: NDArray[np.intp]) -> int:
    """The first length that is not rare; the commonest where all are."""
    usual = (counts >= _RARE * counts.sum()).nonzero()[0]
    return int(usual[0]) if len(usual) else int(counts.argmax())


def _day_of_23_hours(length: int, lengths: Ints, counts: NDArray[np.intp]) -> bool:
    """Whether the gap is that between two midnights of a zone whose clocks are set forward, among whole days."""
    days = counts[lengths == DAY]
    return length == DAY - HOUR and len(days) == 1 and bool(days[0] > counts[lengths == length][0])


def _of_days(lengths: Ints, counts: NDArray[np.intp], total: int) -> Inferred:
    """Days and longer by the commonest gap: holidays shift weekly labels, and months differ in length."""
    days = int(lengths[counts.argmax()] // DAY)
    for low, high, found in _LONG:
        if low <= days <= high:
            inside = (lengths >= low * DAY) & (lengths <= high * DAY)
            return Inferred(found, float(counts[inside].sum()) / total)
    return Inferred(Timeframe(days, "d").canonical(), float(counts.max()) / total)


def _of_length(length: int) -> Timeframe:
    for unit, size in (("h", HOUR), ("m", MINUTE), ("s", SECOND)):
        if length % size == 0:
            return Timeframe(length // size, unit)
    raise ValueError(
        f"the usual gap between bars is {length / SECOND:g} s, and no timeframe is shorter than a second; "
        "these look like ticks: give bars"
    )

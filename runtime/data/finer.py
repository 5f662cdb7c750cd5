"""Finer bars beside the bars of a run: which of them make up which bar, and whether they do.

A bar is read by its finer bars only where they are it: the first opens where it opens, the last closes where it
closes, and their extremes are its own. Any other keeps the assumed path, and is counted: prices that are adjusted in
one of two files, or hours that one of them leaves out, show so.
"""

from __future__ import annotations

from array import array
from dataclasses import dataclass

from ...lang.program.timeframe import makes
from ..calendar.instants import shown
from ..errors import UsageFault
from .bars import Bars


@dataclass(frozen=True, slots=True)
class Finer:
    """rows: of every finer bar that can be used, the open instant of its bar in µs and its four prices. bars: that they
    make up. missing: bars without any. at_odds: bars that theirs disagree with. first: the open instant of the first
    of those, and what disagrees."""

    rows: array[float]
    timeframe: str
    bars: int
    missing: int
    at_odds: int
    first: str


def finer(base: Bars, fine: Bars) -> Finer:
    """The finer bars of each bar; UsageFault where the two cannot belong together."""
    import numpy as np

    _fit(base, fine)
    starts = np.searchsorted(fine.ts, base.ts)
    stops = np.searchsorted(fine.ts, np.minimum(base.closes, np.append(base.ts[1:], np.iinfo(np.int64).max)))
    has = np.flatnonzero(stops > starts)
    first, last = starts[has], stops[has] - 1
    made = {"open": fine.open[first], "close": fine.close[last]}
    edges = np.column_stack((first, last + 1)).ravel()
    for name, column, extreme in (("high", fine.high, np.maximum), ("low", fine.low, np.minimum)):
        made[name] = extreme.reduceat(np.append(column, np.nan), edges)[::2] if len(has) else column[:0]
    wrong = np.zeros(len(has), dtype=bool)
    told = ""
    for name in ("open", "high", "low", "close"):
        wrong |= ~(made[name] == getattr(base, name)[has])
    for at in np.flatnonzero(wrong)[:1]:
        of = next(name for name in made if made[name][at] != getattr(base, name)[has[at]])
        told = (f"{shown(int(base.ts[has[at]]))}, whose {of} is {getattr(base, of)[has[at]]:.10g} "
                f"and {made[of][at]:.10g} by its finer bars")  # fmt: skip
    good = has[~wrong]
    lengths = stops[good] - starts[good]
    which = np.repeat(starts[good] - np.append(0, np.cumsum(lengths)[:-1]), lengths) + np.arange(lengths.sum())
    of_bar = np.repeat(base.ts[good], lengths).astype(np.float64)
    table = np.column_stack((of_bar, fine.open[which], fine.high[which], fine.low[which], fine.close[which]))
    rows = array("d", table.astype(np.float64).tobytes())
    return Finer(rows, str(fine.timeframe), len(good), len(base) - len(has), int(wrong.sum()), told)


def _fit(base: Bars, fine: Bars) -> None:
    """Whether finer bars are of the same symbol, and of a timeframe that makes the other."""
    if base.daily:
        raise UsageFault(f"magnify: only bars shorter than a day have finer bars as yet, not those of {base.timeframe}")
    if fine.timeframe.seconds > base.timeframe.seconds or not makes(fine.timeframe, base.timeframe):
        raise UsageFault(f"magnify: bars of {fine.timeframe} make no bars of {base.timeframe}")

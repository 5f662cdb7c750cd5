"""Finer bars beside the bars of a run: which of them make up which bar, and whether they do.

A bar is read by its finer bars only where they are it: the first opens where it opens, the last closes where it
closes, and their extremes are its own. Any other keeps the assumed path, and is counted: prices that are adjusted in
one of two files, or hours that one of them leaves out, show so.
"""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ...lang.program.timeframe import makes
from ..calendar import Calendar
from ..calendar.civil import DAY
from ..calendar.instants import shown
from ..errors import UsageFault
from .bars import Bars

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Floats = NDArray[np.float64]

_PRICES = ("open", "high", "low", "close")


@dataclass(frozen=True, slots=True, eq=False)
class Finer:
    """rows: of every finer bar that can be used, the open instant of its bar in µs and its four prices.

    symbol, timeframe, count: of the finer bars, all of them. bars: of the data, that they make up. missing: bars
    without any. at_odds: bars that theirs disagree with. first: the first of those, and what disagrees. days: the zone
    whose days they were put together by, "" where instants alone tell. notes: on the finer data.
    """

    rows: array[float]
    symbol: str
    timeframe: str
    count: int
    bars: int
    missing: int
    at_odds: int
    first: str
    days: str = ""
    notes: tuple[str, ...] = ()

    def document(self, used: int) -> dict[str, object]:
        """As `result.json` keeps it. used: bars that went by finer ones. hash: of the finer bars that can be used."""
        from xxhash import xxh3_128

        return {
            "symbol": self.symbol, "timeframe": self.timeframe, "finer_bars": self.count, "bars": self.bars,
            "used": used, "missing": self.missing, "at_odds": self.at_odds, "first_at_odds": self.first,
            "hash": xxh3_128(memoryview(self.rows)).hexdigest(),
        }  # fmt: skip


def finer(base: Bars, fine: Bars, zone: str = "UTC", notes: tuple[str, ...] = ()) -> Finer:
    """The finer bars of each bar; UsageFault where the two cannot belong together.

    A bar of a day or longer is that of the days of the calendar of `zone`, as `@` and `resample` make them.
    """
    import numpy as np

    _fit(base, fine)
    starts, stops = _of_days(base, fine, zone) if base.daily else _of_hours(base, fine)
    has = np.flatnonzero(stops > starts)
    made = _made(fine, starts[has], stops[has])
    wrong = np.zeros(len(has), dtype=bool)
    for name in _PRICES:
        wrong |= ~(made[name] == getattr(base, name)[has])
    told = ""
    for at in np.flatnonzero(wrong)[:1]:
        told = _told(base, int(has[at]), {name: float(column[at]) for name, column in made.items()})
    good = has[~wrong]
    lengths = stops[good] - starts[good]
    which = np.repeat(starts[good] - np.append(0, np.cumsum(lengths)[:-1]), lengths) + np.arange(lengths.sum())
    of_bar = np.repeat(base.ts[good], lengths).astype(np.float64)
    table = np.column_stack((of_bar, fine.open[which], fine.high[which], fine.low[which], fine.close[which]))
    rows = array("d", table.astype(np.float64).tobytes())
    if fine.timeframe == base.timeframe:
        notes = (*notes, f"the finer bars are as long as those of the data, {fine.timeframe}, and tell no more")
    return Finer(rows, fine.symbol, str(fine.timeframe), len(fine), len(good), len(base) - len(has), int(wrong.sum()),
                 told, zone if base.daily and not fine.daily else "", notes)  # fmt: skip


def _of_hours(base: Bars, fine: Bars) -> tuple[Ints, Ints]:
    """Of each bar shorter than a day the first finer bar that opens in it, and the first after it."""
    import numpy as np

    ends = np.minimum(base.closes, np.append(base.ts[1:], np.iinfo(np.int64).max))
    return np.searchsorted(fine.ts, base.ts), np.searchsorted(fine.ts, ends)


def _of_days(base: Bars, fine: Bars, zone: str) -> tuple[Ints, Ints]:
    """Of each bar of a day or longer the first finer bar of its days, and the first after them."""
    import numpy as np

    calendar = Calendar(zone, daily=fine.daily)
    days: Ints = np.asarray(calendar.day_number(calendar.bucket(fine.ts, base.timeframe)[0])) * DAY
    own: Ints = np.asarray(Calendar(daily=True).bucket(base.ts, base.timeframe)[0])
    return np.searchsorted(days, own), np.searchsorted(days, own, side="right")


def _made(fine: Bars, starts: Ints, stops: Ints) -> dict[str, Floats]:
    """The four prices that these runs of finer bars make, each of one at least."""
    import numpy as np

    made = {"open": fine.open[starts], "close": fine.close[stops - 1]}
    edges = np.column_stack((starts, stops)).ravel()
    for name, column, extreme in (("high", fine.high, np.maximum), ("low", fine.low, np.minimum)):
        made[name] = extreme.reduceat(np.append(column, np.nan), edges)[::2] if len(starts) else column[:0]
    return made


def _told(base: Bars, at: int, made: dict[str, float]) -> str:
    """A bar that its finer bars do not make, and what of it."""
    of = next(name for name in _PRICES if made[name] != getattr(base, name)[at])
    when = shown(int(base.ts[at])).removesuffix("T00:00:00Z" if base.daily else "")
    return f"{when}, whose {of} is {getattr(base, of)[at]:.10g} and {made[of]:.10g} by its finer bars"


def _fit(base: Bars, fine: Bars) -> None:
    """Whether finer bars are of a timeframe that makes the other."""
    if fine.timeframe.seconds > base.timeframe.seconds or not makes(fine.timeframe, base.timeframe):
        raise UsageFault(f"magnify: bars of {fine.timeframe} make no bars of {base.timeframe}")

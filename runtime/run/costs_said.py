"""Costs that columns of the data say, borrow, funding and spread: looked at before a run, and told.

A column has no unit that could be read, so a result says what was made of it: 0.05 of a borrow is 5 % a year.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ...lang.inputs.assumptions import Assumptions
from ...lang.inputs.costs import Series
from ...lang.words.amounts import plain
from ..calendar.instants import shown
from ..data.bars import Bars
from ..errors import RunError, UsageFault
from ..machine.columns import own_column

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

_DEAREST = {"borrow": 1.0, "funding": 0.05}
"""Rates that hardly any venue has: what is above was perhaps meant in per cent."""
_OF = {"borrow": "a year, of a short position's value", "funding": "of the value, each bar that has one"}
_ABSURD = 0.25
"""A share of the price that no spread is as a rule: the column is in another unit."""


def costs_said(books: Sequence[Bars], own: Sequence[Assumptions], first: Sequence[int]) -> list[str]:
    """What is to be told of the columns that costs are read from, of each symbol that pays them.

    first: of each, the bar from which on it may decide. RunError where a column does not say what it is to.
    """
    told = [_rates(name, books, own[0]) for name in ("borrow", "funding")]
    return [note for note in (*told, _spreads(books, own, first)) if note]


def _rates(name: str, books: Sequence[Bars], assumed: Assumptions) -> str:
    import numpy as np

    column = getattr(assumed, name).column
    if not column:
        return ""
    rates = np.concatenate([_column(bars, column, len(books) > 1) for bars in books])
    known = rates[rates == rates]
    if not len(known):
        return f"{name}: the column {column!r} is missing throughout, so nothing is due"
    told = f"{name} is of the column {column!r}: {_percent(known.min())} to {_percent(known.max())} {_OF[name]}"
    if len(known) < len(rates):
        told += f"; it is missing on {len(rates) - len(known):,} of {len(rates):,} bars, where none is due"
    if np.abs(known).max() > _DEAREST[name]:
        told += ". That is more than venues ask: a column holds fractions, and 5% is 0.05 in it"
    return told


def _spreads(books: Sequence[Bars], own: Sequence[Assumptions], first: Sequence[int]) -> str:
    import numpy as np

    series = own[0].spread.series
    if series is None:
        return ""
    widths = []
    for bars, assumed, begin in zip(books, own, first, strict=True):
        wide = spread_of(bars, series, len(books) > 1)
        _sound(bars, series, wide, begin)
        widths.append(_share(wide, bars, assumed))
    shares = np.concatenate(widths)
    shares = shares[shares == shares]
    if not len(shares):
        return ""
    middle = float(np.median(shares))
    told = f"spread is {series}: in the middle {_percent(middle)} of the close, at most {_percent(shares.max())}"
    if middle <= _ABSURD:
        return told + _edge(books, series)
    units = " or ".join(f'"{series.columns[0]}" in {unit}' for unit in ("ticks", "bp", "percent"))
    raise RunError(f"{told}: it is hardly in that unit"
                   + (f"; say {units}" if len(series.columns) == 1 else "; bid and ask are to be prices"))  # fmt: skip


def spread_of(bars: Bars, series: Series, several: bool = False) -> Floats:
    """The way between bid and ask at each bar, in the unit of the data."""
    found = [_column(bars, name, several) for name in series.columns]
    return found[0] if len(found) == 1 else found[1] - found[0]


def _sound(bars: Bars, series: Series, wide: Floats, begin: int) -> None:
    """No ask lies below its bid, and the first bar that may decide knows a spread."""
    import numpy as np

    of = f"the spread of {bars.symbol}, {series}," if bars.symbol else f"the spread, {series},"
    below = np.flatnonzero(wide < 0.0)
    if len(below):
        row = int(below[0])
        raise RunError(f"{of} is {plain(float(wide[row]))} on {_when(bars, row)}: expected 0 or more"
                       + (", asks at or above bids" if len(series.columns) == 2 else ""))  # fmt: skip
    known = np.flatnonzero(wide == wide)
    if len(wide) and not len(known):
        raise RunError(f"{of} is missing throughout")
    if len(known) and known[0] > begin:
        begins, tested = (_when(bars, row) for row in (known[0], min(begin, len(wide) - 1)))
        raise RunError(f"{of} begins on {begins}, and the test on {tested}: give data that have it, or begin with "
                       f"--from {begins} (from_=)")  # fmt: skip


def _edge(books: Sequence[Bars], series: Series) -> str:
    """That closes stand at one of the two sides, where they do on most bars."""
    import numpy as np

    if len(series.columns) == 1:
        return ""
    for name, which in zip(series.columns, ("bids: a purchase pays half of it, not all, and a sale half, not none",
                                            "asks: a sale pays half of it, not all, and a purchase half, not none"),
                           strict=True):  # fmt: skip
        at = sum(int(np.count_nonzero(np.asarray(bars.close) == _column(bars, name, False))) for bars in books)
        if 2 * at > sum(map(len, books)):
            return f". The closes are {which}"
    return ""


def _share(wide: Floats, bars: Bars, assumed: Assumptions) -> Floats:
    import numpy as np

    series = assumed.spread.series
    unit = {"ticks": assumed.tick, "bp": 0.0001, "percent": 0.01}.get(series.unit if series else "", 1.0)
    if series and series.unit in ("bp", "percent"):
        return wide * unit
    close = np.asarray(bars.close, dtype=np.float64)
    found: Floats = wide * unit / np.where(close != 0.0, np.abs(close), np.nan)
    return found


def _column(bars: Bars, name: str, several: bool) -> Floats:
    import numpy as np

    try:
        return np.asarray(own_column(bars.extra, name, bars.unread), dtype=np.float64)
    except UsageFault as error:
        if not several:
            raise
        raise UsageFault(f"{bars.symbol}: {error}") from None


def _when(bars: Bars, row: int) -> str:
    return shown(int(bars.ts[row])).removesuffix("T00:00:00Z")


def _percent(share: float) -> str:
    return f"{float(share) * 100.0:.4g}%"

"""Rates of exchange: a column of the data that says what an instrument's money is worth in the account's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..calendar.instants import shown
from ..errors import RunError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from .bars import Bars

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]


def standing(bars: Bars, name: str) -> Floats:
    """float64[bars]: the rate of each bar, the last one known where it has none; missing before the first."""
    import numpy as np

    rates = np.asarray(bars.extra[name], dtype=np.float64)
    last = _last(rates)
    found: Floats = np.where(last >= 0, rates[np.maximum(last, 0)], np.nan)
    return found


def checked(bars: Bars, name: str, first: int) -> str:
    """What a reader of a result should know of the rates. RunError where one is not above 0, or there is none yet at
    the first bar that may decide, at `first`."""
    import numpy as np

    rates, whose = np.asarray(bars.extra[name], dtype=np.float64), f"the rates of {bars.symbol} in column {name!r}"
    if not len(rates):
        return ""
    wrong = np.flatnonzero(rates <= 0.0)
    if len(wrong):
        at = int(wrong[0])
        raise RunError(f"{whose}: expected more than 0, found {rates[at]:.10g} on {shown(int(bars.ts[at]))}")
    known = np.flatnonzero(rates == rates)
    if not len(known):
        raise RunError(f"{whose} are all missing")
    if known[0] > first:
        begins, tested = (shown(int(bars.ts[at])) for at in (known[0], first))
        raise RunError(f"{whose} begin on {begins}, and the test on {tested}: give data that have them, or begin with "
                       f"--from {begins} (from_=)")  # fmt: skip
    tested_rates = standing(bars, name)[first:]
    told = f"{whose} convert money: {tested_rates.min():.10g} to {tested_rates.max():.10g}"
    age = int((np.arange(len(rates)) - _last(rates))[first:].max())
    return f"{told}, one of them standing for {age} bar{'s' * (age != 1)} that have none" if age else told


def _last(rates: Floats) -> Ints:
    """The place of the last rate known at each bar, -1 before the first."""
    import numpy as np

    found: Ints = np.maximum.accumulate(np.where(rates == rates, np.arange(len(rates)), -1))
    return found

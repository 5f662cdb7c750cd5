"""The rules that bars keep, and which rows break them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from ...lang.program.timeframe import Timeframe
from ...stdlib.arith import LIMIT
from ..calendar import Calendar
from ..calendar.civil import DAY, SECOND, Ints, Whole, day_of
from .scan import BLOCK, Scan
from .table import MISSING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Mask = NDArray[np.bool_]
    Numbers = range | NDArray[np.int64]

PRICES = ("open", "high", "low", "close")
LARGEST = LIMIT
"""A number beyond it is missing: overflow can then never reach a running sum."""

ROUNDING = 2.0**-23
"""By what part of itself a price may lie beyond high or low and is still taken for it: both were rounded, to float32
at the worst, whose numbers have 24 bits."""

EARLIEST, LATEST = day_of(1678, 1, 1) * DAY, day_of(2262, 1, 1) * DAY
"""The first instant there is, and the first after the last, in µs: what nanoseconds in 64 bits can tell."""

UNTIMED = "is missing or cannot be read"
OUTSIDE = "is outside the years 1678 to 2261"
MISSING_PRICE = "is missing or no number"
REPEATED = "repeats the row before"
BACKWARD = "is earlier than the row before"
TOGETHER = "falls into the same bar as the row before"
NOT_POSITIVE = "is zero or negative"
INFINITE = "is beyond 1e300, the largest number"


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows under examination, of bars of a timeframe; `numbers` are their numbers in the source, from 1.

    `own`: the prices that have a column of their own; the others are those of the close.
    """

    ts: NDArray[np.int64]
    open: NDArray[np.float64]
    high: NDArray[np.float64]
    low: NDArray[np.float64]
    close: NDArray[np.float64]
    volume: NDArray[np.float64]
    extra: dict[str, NDArray[np.float64] | NDArray[np.bool_]]
    numbers: Numbers
    timeframe: Timeframe
    own: tuple[str, ...] = PRICES

    def take(self, kept: Mask | NDArray[np.intp] | slice) -> Rows:
        """The rows of a mask or slice, or at these places, in this order."""
        extra = {name: column[kept] for name, column in self.extra.items()}
        columns = {name: getattr(self, name)[kept] for name in ("ts", *PRICES, "volume")}
        return replace(self, extra=extra, numbers=_taken(self.numbers, kept), **columns)


def _taken(numbers: Numbers, kept: Mask | NDArray[np.intp] | slice) -> Numbers:
    """These of the numbers; a million of them in a row are made one by one only where some are left out."""
    import numpy as np

    if isinstance(kept, slice):
        return numbers[kept]
    each = np.arange(numbers.start, numbers.stop, numbers.step) if isinstance(numbers, range) else numbers
    return each[kept]


@dataclass(frozen=True, slots=True)
class Broken:
    """A rule that rows break: the column, what is wrong in words, and which rows."""

    column: str
    rule: str
    rows: Mask


def sound(rows: Rows) -> bool:
    """Whether every row keeps every rule; na fails every comparison of prices.

    Columns are compared by blocks that stay in the processor's cache, with nothing kept: loading waits for this.
    """
    return timed(rows) and all(priced(rows, at, at + BLOCK) for at in range(0, len(rows.ts), BLOCK))


def timed(rows: Rows, scan: Scan | None = None) -> bool:
    """Whether every row keeps the rules of times."""
    scan = scan or Scan()
    return not len(rows.ts) or bool(rows.ts[0] >= EARLIEST and rows.ts[-1] < LATEST and _apart(rows, scan))


def priced(rows: Rows, first: int, stop: int) -> bool:
    """Whether the rows from `first` up to `stop` keep the rules of prices and volume."""
    return _traded(rows.volume[first:stop]) and _ordered(rows, first, stop)


def _ordered(rows: Rows, first: int, stop: int) -> bool:
    """Whether the prices of a block keep their order, above 0 and not beyond the largest number."""
    opened, high, low, closed = (getattr(rows, name)[first:stop] for name in PRICES)
    if not (low.min() > 0.0 and high.max() <= LARGEST):
        return False
    inside = ((low, opened), (low, closed), (opened, high), (closed, high))
    return all(bool((lower <= upper).all()) for lower, upper in inside)


def _traded(volume: NDArray[np.float64]) -> bool:
    """Whether every volume is missing, or a number from 0 to the largest."""
    least, most = volume.min(), volume.max()
    if least == least:
        return bool(least >= 0.0 and most <= LARGEST)
    return not bool(((volume < 0.0) | (volume > LARGEST)).any())


def broken_rules(rows: Rows) -> Iterator[Broken]:
    """Every rule that some row breaks, in the order in which they are told."""
    import numpy as np

    for column, rule, check in _RULES:
        if column in PRICES and column not in rows.own:
            continue
        with np.errstate(invalid="ignore"):
            broken = check(rows)
        if broken.any():
            yield Broken(column, rule, broken)


def beyond(value: Any, bound: Any) -> Any:
    """Whether a price, or each of a column, lies above a bound by more than a rounding; na is not beyond."""
    return value - bound > ROUNDING * abs(bound)


def in_order(opened: float, high: float, low: float, closed: float) -> bool:
    """Whether the prices of one bar keep the rules of order, but for a rounding; na keeps none."""
    known = opened + high + low + closed == opened + high + low + closed
    return known and not any(beyond(price, high) or beyond(low, price) for price in (opened, closed, low))


def rounded(rows: Rows) -> Mask:
    """The rows with a price beyond high or low; where they break no rule, by a rounding."""
    import numpy as np

    lowest, highest = np.minimum(rows.open, rows.close), np.maximum(rows.open, rows.close)
    outside: Mask = (lowest < rows.low) | (highest > rows.high) | (rows.high < rows.low)
    return outside


_DAYS = (82_800, 86_400, 90_000)
"""Seconds of a day, those on which clocks change among them."""


def one_bar(before: Whole, now: Whole, timeframe: Timeframe) -> Any:
    """Whether two instants lie in one bar of a timeframe, in whatever zone its bars are cut."""
    calendar = Calendar(daily=not timeframe.intraday)
    together = calendar.bucket(before, timeframe)[0] == calendar.bucket(now, timeframe)[0]
    return together & (now - before < shortest(timeframe))


def shortest(timeframe: Timeframe) -> int:
    """µs between the nearest opens of two bars of a timeframe.

    Intraday bars are counted from midnight and cut at the next, and clocks make a day of 23 to 25 hours. Weeks and
    months may be stamped with their first day of trade, up to four days late.
    """
    seconds = timeframe.seconds
    if timeframe.intraday:
        return min(day % seconds or seconds for day in _DAYS) * SECOND
    if timeframe.unit == "d":
        return (seconds - 3600) * SECOND
    days = 28 * timeframe.count if timeframe.unit == "mo" else 7 * timeframe.count
    return (days - 4) * DAY


def unbroken(ts: Ints, timeframe: Timeframe) -> bool:
    """Whether each bar opens where the one before has closed, of bars that keep the rules of times: none is shorter
    than its timeframe, and together they last no longer."""
    length = timeframe.seconds * SECOND
    if not len(ts) or shortest(timeframe) != length:  # cut at midnight, or by the calendar
        return False
    return int(ts[-1]) - int(ts[0]) == (len(ts) - 1) * length


def _apart(rows: Rows, scan: Scan) -> bool:
    """Whether the times increase, and no two rows lie in one bar; a look at the gaps is mostly enough."""
    if len(rows.ts) < 2:
        return True
    least, most = scan.gaps(rows.ts)
    if rows.timeframe.seconds * SECOND <= least <= most < LATEST - EARLIEST:
        return True  # a gap so large that it ran over would be beyond the most
    before, now = rows.ts[:-1], rows.ts[1:]
    return bool((now > before).all() and not one_bar(before, now, rows.timeframe).any())


def _missing_time(rows: Rows) -> Mask:
    untimed: Mask = rows.ts == MISSING
    return untimed


def _repeated(rows: Rows) -> Mask:
    """The time of the row before; of several equal ones the first stands."""
    return _after(rows, lambda before, now: now == before)


def _backward(rows: Rows) -> Mask:
    """Earlier than the row before."""
    return _after(rows, lambda before, now: now < before)


def _outside_years(rows: Rows) -> Mask:
    outside: Mask = (rows.ts != MISSING) & ((rows.ts < EARLIEST) | (rows.ts >= LATEST))
    return outside


def _together(rows: Rows) -> Mask:
    """In the bar of the row before, and later than it."""
    return _after(rows, lambda before, now: (now > before) & one_bar(before, now, rows.timeframe))


def _after(rows: Rows, test: Callable[[NDArray[np.int64], NDArray[np.int64]], Mask]) -> Mask:
    import numpy as np

    found = np.zeros(len(rows.ts), dtype=np.bool_)
    timed = (rows.ts != MISSING).nonzero()[0]
    found[timed[1:]] = test(rows.ts[timed[:-1]], rows.ts[timed[1:]])
    return found


def _no_price(column: str) -> Callable[[Rows], Mask]:
    def check(rows: Rows) -> Mask:
        values = getattr(rows, column)
        missing: Mask = values != values
        return missing

    return check


def _infinite(column: str) -> Callable[[Rows], Mask]:
    return lambda rows: abs(getattr(rows, column)) > LARGEST


def _not_positive(column: str) -> Callable[[Rows], Mask]:
    return lambda rows: getattr(rows, column) <= 0.0


def _outside(column: str) -> Callable[[Rows], Mask]:
    """Beyond high or low, where these do not contradict each other."""

    def check(rows: Rows) -> Mask:
        values = getattr(rows, column)
        outside: Mask = ~beyond(rows.low, rows.high) & (beyond(values, rows.high) | beyond(rows.low, values))
        return outside

    return check


_RULES: tuple[tuple[str, str, Callable[[Rows], Mask]], ...] = (
    ("time", UNTIMED, _missing_time),
    ("time", OUTSIDE, _outside_years),
    ("time", REPEATED, _repeated),
    ("time", BACKWARD, _backward),
    ("time", TOGETHER, _together),
    *((column, MISSING_PRICE, _no_price(column)) for column in PRICES),
    *((column, INFINITE, _infinite(column)) for column in PRICES),
    *((column, NOT_POSITIVE, _not_positive(column)) for column in PRICES),
    ("high", "is below low", lambda rows: beyond(rows.low, rows.high)),
    ("open", "is outside low to high", _outside("open")),
    ("close", "is outside low to high", _outside("close")),
    ("volume", "is negative", lambda rows: rows.volume < 0.0),
    ("volume", INFINITE, lambda rows: abs(rows.volume) > LARGEST),
)

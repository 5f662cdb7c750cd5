"""The rules that bars keep, and which rows break them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from .table import MISSING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Mask = NDArray[np.bool_]

PRICES = ("open", "high", "low", "close")
LARGEST = 1e300
"""A number beyond it is missing: overflow can then never reach a running sum."""


UNTIMED = "is missing or cannot be read"
REPEATED = "repeats the row before"
BACKWARD = "is earlier than the row before"
INFINITE = "is beyond 1e300, the largest number"


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows under examination; `numbers` are their numbers in the source, from 1."""

    ts: NDArray[np.int64]
    open: NDArray[np.float64]
    high: NDArray[np.float64]
    low: NDArray[np.float64]
    close: NDArray[np.float64]
    volume: NDArray[np.float64]
    extra: dict[str, NDArray[np.float64] | NDArray[np.bool_]]
    numbers: NDArray[np.int64]

    def take(self, kept: Mask | slice) -> Rows:
        """The rows of a mask or slice, in this order."""
        extra = {name: column[kept] for name, column in self.extra.items()}
        names = ("ts", *PRICES, "volume", "numbers")
        return replace(self, extra=extra, **{name: getattr(self, name)[kept] for name in names})


@dataclass(frozen=True, slots=True)
class Broken:
    """A rule that rows break: the column, what is wrong in words, and which rows."""

    column: str
    rule: str
    rows: Mask


def sound(rows: Rows) -> bool:
    """Whether every row keeps every rule, in few passes; na fails every comparison."""
    import numpy as np

    if len(rows.ts) and (rows.ts[0] == MISSING or not (rows.ts[1:] > rows.ts[:-1]).all()):
        return False
    lowest, highest = np.minimum(rows.open, rows.close), np.maximum(rows.open, rows.close)
    inside: Mask = (rows.low > 0.0) & (rows.low <= lowest) & (highest <= rows.high) & (rows.high <= LARGEST)
    return bool(inside.all() and not ((rows.volume < 0.0) | (rows.volume > LARGEST)).any())


def broken_rules(rows: Rows) -> Iterator[Broken]:
    """Every rule that some row breaks, in the order in which they are told."""
    for column, rule, check in _RULES:
        broken = check(rows)
        if broken.any():
            yield Broken(column, rule, broken)


def _missing_time(rows: Rows) -> Mask:
    untimed: Mask = rows.ts == MISSING
    return untimed


def _repeated(rows: Rows) -> Mask:
    """The time of the row before; of several equal ones the first stands."""
    return _after(rows, lambda before, now: now == before)


def _backward(rows: Rows) -> Mask:
    """Earlier than the row before."""
    return _after(rows, lambda before, now: now < before)


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
        outside: Mask = (rows.high >= rows.low) & ((values > rows.high) | (values < rows.low))
        return outside

    return check


_RULES: tuple[tuple[str, str, Callable[[Rows], Mask]], ...] = (
    ("time", UNTIMED, _missing_time),
    ("time", REPEATED, _repeated),
    ("time", BACKWARD, _backward),
    *((column, "is missing or no number", _no_price(column)) for column in PRICES),
    *((column, INFINITE, _infinite(column)) for column in PRICES),
    *((column, "is zero or negative", _not_positive(column)) for column in PRICES),
    ("high", "is below low", lambda rows: rows.high < rows.low),
    ("open", "is outside low to high", _outside("open")),
    ("close", "is outside low to high", _outside("close")),
    ("volume", "is negative", lambda rows: rows.volume < 0.0),
    ("volume", INFINITE, lambda rows: abs(rows.volume) > LARGEST),
)

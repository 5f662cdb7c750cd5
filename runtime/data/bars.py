"""Bars: the price history of one symbol, as the engines take it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from ...lang.diagnostics.brief import brief
from ...lang.program.timeframe import Timeframe
from ..calendar import Calendar
from ..given import is_text, optional, whole
from .errors import DataError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

_PRICES = ("open", "high", "low", "close", "volume")
NAMELESS = frozenset({"data", "table", "series", "-", "stdin"})
"""What data are called that have no name of their own."""


@dataclass(frozen=True, slots=True, eq=False)
class Bars:
    """Columns of equal length and of the kinds below; DataError where one is not, because native code relies on it,
    and where anything else here is not of its kind.

    `ts` are open instants, µs since 1970 UTC, strictly increasing.

    `extra` holds the data's own columns by name, float64 or bool. `notes` say what a reader of a result should
    know about the data: what was inferred, left out or adjusted, and what looks odd. `unread` says of columns
    that hold other things why they are not in `extra`.
    """

    symbol: str
    timeframe: Timeframe
    ts: Ints
    open: Floats
    high: Floats
    low: Floats
    close: Floats
    volume: Floats
    extra: Mapping[str, NDArray[np.float64] | NDArray[np.bool_]] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    unread: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name, (right, expected) in _KINDS.items():
            if not right(getattr(self, name)):
                raise DataError(f"bars: {name} is {brief(getattr(self, name))}; expected {expected}")
        _fit("ts", self.ts, ("int64",))
        for name in _PRICES:
            _fit(name, getattr(self, name), ("float64",), len(self.ts))
        for name, column in self.extra.items():
            _fit(f"column {name!r}", column, ("float64", "bool"), len(self.ts))

    def __len__(self) -> int:
        return len(self.ts)

    def __repr__(self) -> str:
        return f"Bars({self.symbol!r}, {self.timeframe}, {len(self)} bar{'s' * (len(self) != 1)})"

    @property
    def daily(self) -> bool:
        """Whether the stamps are calendar dates, in no zone."""
        return not self.timeframe.intraday

    @property
    def closes(self) -> Ints:
        """The close instants."""
        return Calendar(daily=self.daily).close_of(self.ts, self.timeframe)

    def rows(self, first: int, stop: int) -> Bars:
        """The bars from `first` up to `stop`, counted from 0, sharing memory. UsageFault: no whole numbers."""
        whole(0)("first", first)
        whole(0)("stop", stop)
        cut = slice(first, stop)
        columns = {name: getattr(self, name)[cut] for name in ("ts", *_PRICES)}
        return replace(self, extra={name: column[cut] for name, column in self.extra.items()}, **columns)

    def between(self, begin: int | None = None, end: int | None = None) -> Bars:
        """The bars opened at `begin` or later and before `end` (instants in µs), sharing memory.

        UsageFault: no instants.
        """
        import numpy as np

        for name, bound in (("begin", begin), ("end", end)):
            optional(whole(-(1 << 63)))(name, bound)
        first = 0 if begin is None else int(np.searchsorted(self.ts, begin))
        stop = len(self) if end is None else int(np.searchsorted(self.ts, end))
        return self if (first, stop) == (0, len(self)) else self.rows(first, max(first, stop))


def _mapping(value: object) -> bool:
    return isinstance(value, Mapping) and all(map(is_text, value))


_KINDS: Mapping[str, tuple[Callable[[object], bool], str]] = {
    "symbol": (is_text, "a text"),
    "timeframe": (lambda value: isinstance(value, Timeframe), "a Timeframe, such as load_bars finds"),
    "extra": (_mapping, "a mapping of names to columns"),
    "notes": (lambda value: isinstance(value, tuple) and all(map(is_text, value)), "a tuple of texts"),
    "unread": (_mapping, "a mapping of names to texts"),
}
"""Of what is no column: whether it is of its kind, and what that is."""


def _fit(name: str, column: Any, kinds: tuple[str, ...], count: int | None = None) -> None:
    """DataError unless a column is an array of numbers of one of these kinds, with so many of them."""
    kind, shape = getattr(column, "dtype", type(column).__name__), getattr(column, "shape", ())
    if str(kind) not in kinds or len(shape) != 1:
        raise DataError(f"bars: {name} is {kind} of shape {shape}; expected one array of {' or '.join(kinds)}")
    if count is not None and len(column) != count:
        raise DataError(f"bars: {name} has {len(column)} values where ts has {count}: one a bar is expected")

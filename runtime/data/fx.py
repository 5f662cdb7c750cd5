"""Pairs of currencies: what money of one is worth in another, as far as it was known at an instant.

A pair is read as any symbol is, and of its bars the closes count, from the instant on at which they closed; of bars of
a day that are stamped off midnight, as 22:00 of the day before, from the end of the day after their date. Of two
kinds of bars those of a day or longer carry dates, in no zone: a date of a pair has then passed at midnight, of UTC or
of the run's zone, whichever comes later; and a date of an instrument begins at midnight of its zone or at 17:00 in New
York on the day before, where the day of currencies begins, whichever comes first. So no rate is used before it was.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from ...lang.diagnostics.brief import brief, named
from ...lang.inputs.currency import pair_of
from ..calendar.calendar import Calendar, clock_of
from ..calendar.civil import DAY, HOUR
from ..calendar.instants import shown
from ..errors import RunError, UsageFault
from .bars import Bars
from .errors import DataError, TimeframeError
from .load import Reading
from .panel import load_panel
from .panel.events import last_at
from .panel.model import Panel
from .panel.parts import parts_of
from .zone import OFF_MIDNIGHT

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from .panel.parts import Parts

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

_WAY = 'name it, --fx EURUSD=FILE (fx={"EURUSD": ...})'


@dataclass(frozen=True, slots=True)
class Pair:
    """The closes of a pair: what one `base` is worth in `quote`. available: the instants at which they closed. off: its
    bars of a day or longer are stamped off midnight, so that they end on the day after the one that their date says."""

    base: str
    quote: str
    bars: Bars
    available: Ints
    closes: Floats
    off: bool = False

    def __str__(self) -> str:
        return self.base + self.quote


@dataclass(frozen=True, slots=True)
class Leg:
    """One step from a currency to another."""

    pair: Pair
    inverse: bool

    def __str__(self) -> str:
        return f"1/{self.pair}" if self.inverse else str(self.pair)


@dataclass(frozen=True, slots=True)
class Route:
    """How money of a currency becomes that of the account: by one pair, or by two."""

    source: str
    target: str
    legs: tuple[Leg, ...]

    def __str__(self) -> str:
        return " x ".join(map(str, self.legs))

    @property
    def longest(self) -> int:
        """µs that the longest bar of its pairs lasts."""
        return max(leg.pair.bars.timeframe.seconds for leg in self.legs) * 1_000_000

    def rates(self, bars: Bars, zone: str) -> tuple[Floats, Ints]:
        """Of each bar the rate that was known at its open, missing before the first, and how old it was in µs, -1
        there. Of two pairs each is the last one known, and the older tells the age."""
        import numpy as np

        rate, age = np.ones(len(bars)), np.zeros(len(bars), dtype=np.int64)
        for leg in self.legs:
            available, opens = _on_one_clock(leg.pair, bars, zone)
            at = last_at(available, opens)
            close = leg.pair.closes[np.maximum(at, 0)] if len(leg.pair.closes) else np.full(len(bars), np.nan)
            rate = np.where(at >= 0, rate * (1.0 / close if leg.inverse else close), np.nan)
            own = opens - available[np.maximum(at, 0)] if len(available) else age
            age = np.where((at >= 0) & (age >= 0), np.maximum(age, own), -1)
        return rate, age


def _on_one_clock(pair: Pair, bars: Bars, zone: str) -> tuple[Ints, Ints]:
    """From when each close of a pair is known, and when each bar opens, as instants that compare."""
    import numpy as np

    if pair.bars.daily == bars.daily:
        return pair.available, bars.ts
    if pair.bars.daily:
        return np.maximum(pair.available, Calendar(zone).day_begins(pair.available // DAY)), bars.ts
    new_york = clock_of("America/New_York").begins(bars.ts - 7 * HOUR)
    return pair.available, np.minimum(new_york, Calendar(zone).day_begins(bars.ts // DAY))


@dataclass(frozen=True, slots=True)
class Pairs:
    """Every pair that is given, in that order."""

    every: tuple[Pair, ...]

    def __str__(self) -> str:
        return ", ".join(map(str, self.every))

    @property
    def currencies(self) -> frozenset[str]:
        return frozenset(each for pair in self.every for each in (pair.base, pair.quote))

    def route(self, source: str, target: str, of: str) -> Route:
        """From one currency to another: the pair itself, else its inverse, else both over a third, the first of which
        pairs are given. RunError says what was looked for, and what there is. of: whose money it is, in words."""
        if leg := self._leg(source, target):
            return Route(source, target, (leg,))
        thirds = dict.fromkeys(each for pair in self.every for each in (pair.base, pair.quote))
        for third in thirds:
            one, other = self._leg(source, third), self._leg(third, target)
            if one and other:
                return Route(source, target, (one, other))
        raise RunError(f"fx: no pair converts {source}, the money of {of}, to {target}, the account's: looked for "
                       f"{source}{target}, {target}{source}, and a third currency with a pair to each; given are "
                       f"{self or 'none'}")  # fmt: skip

    def _leg(self, source: str, target: str) -> Leg | None:
        for inverse, wanted in ((False, (source, target)), (True, (target, source))):
            for pair in self.every:
                if (pair.base, pair.quote) == wanted:
                    return Leg(pair, inverse)
        return None


# --- reading -------------------------------------------------------------------------------------------


def read_pairs(given: object, options: Mapping[str, Any]) -> Pairs:
    """The pairs of a path, a mapping by pair, bars, a table, or a list of these. options: of `load_panel`, for all.

    DataError says what cannot be read, and UsageFault what names no pair, or one twice.
    """
    found: dict[tuple[str, str], Pair] = {}
    for held in _held(given):
        for part in held.parts:
            pair = _pair(held, part.symbol, options)
            key = (pair.base, pair.quote)
            if key in found:
                raise UsageFault(f"fx: {pair} is given twice, keep one of the two")
            found[key] = pair
    return Pairs(tuple(found.values()))


def _held(given: object) -> Iterator[Parts]:
    several = isinstance(given, (list, tuple)) and not hasattr(given, "_fields")
    for each in given if several else (given,):  # type: ignore[attr-defined]
        if not isinstance(each, (str, os.PathLike, Mapping, Bars, Panel)) and not hasattr(each, "columns"):
            raise UsageFault(f"fx: expected the path of a pair's bars, or pairs by name, found {brief(each)}")
        try:
            yield parts_of(each, Reading())
        except DataError as error:
            raise type(error)(f"fx: {error}") from None


def _pair(held: Parts, name: str, options: Mapping[str, Any]) -> Pair:
    currencies = pair_of(name)
    if currencies is None:
        raise UsageFault(f"fx: {named(name) or brief(name)} names no pair of two currencies, such as EURUSD: {_WAY}")
    base, quote = currencies
    if base == quote:
        raise UsageFault(f"fx: {named(name)} is of one currency; expected a pair of two, such as EURUSD")
    try:
        bars = load_panel(held, symbols=[name], **options).bars[0]
    except TimeframeError:
        raise UsageFault(f"fx: how long a bar of {name} lasts cannot be told from so few: give more of them, or Bars "
                         f"(fx={{{name!r}: stratagem.load_bars(..., timeframe='1d')}})") from None  # fmt: skip
    except DataError as error:
        raise type(error)(f"fx: {error}") from None
    return _made(base, quote, bars)


def _made(base: str, quote: str, bars: Bars) -> Pair:
    known = bars.close == bars.close
    off = bars.daily and any(note.startswith(OFF_MIDNIGHT) for note in bars.notes)
    ends = Calendar(daily=bars.daily).close_of(bars.ts + DAY * off, bars.timeframe)
    closes, available = bars.close[known], ends[known]
    wrong = (closes <= 0.0).nonzero()[0]
    if len(wrong):
        raise RunError(f"fx: a close of {base}{quote} is {closes[wrong[0]]:.10g}, of the bar that closed at "
                       f"{shown(int(available[wrong[0]]))}; expected more than 0")  # fmt: skip
    return Pair(base, quote, bars, available, closes, off)


def own_pairs(every: Sequence[Bars], account: str) -> Pairs:
    """The pairs that bars themselves are, of which the first currency is the account's: an account of BTC and bars of
    BTCUSDT. What is known of such a bar at its open is that open, else the last close."""
    import numpy as np

    made = []
    for bars in every:
        named = pair_of(bars.symbol)
        if named is None or named[0] != account or named[0] == named[1]:
            continue
        closed = _made(*named, bars)
        opened = bars.open > 0.0
        known = np.concatenate([closed.available, bars.ts[opened]])
        order = np.argsort(known, kind="stable")  # of one instant the last counts: the open, not the close
        prices = np.concatenate([closed.closes, bars.open[opened]])
        made.append(replace(closed, available=known[order], closes=prices[order]))
    return Pairs(tuple(made))


def pairs_named(symbols: Sequence[str], known: frozenset[str]) -> dict[str, str]:
    """The currency of prices of each symbol that is called as a pair is, its second half one of those known."""
    found = {symbol: pair for symbol in symbols if (pair := pair_of(symbol))}
    return {symbol: quote for symbol, (_, quote) in found.items() if quote in known}

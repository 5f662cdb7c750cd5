"""Timeframes: how long a bar of a clock lasts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86_400, "w": 604_800, "mo": 2_592_000}
_DAY = _SECONDS["d"]
_LONGEST = 36_525 * _DAY
_TEXT = re.compile(r"([1-9][0-9]*)(s|mo|m|h|d|w)")


@dataclass(frozen=True, slots=True)
class Timeframe:
    """`15m`: a count of one unit (s, m, h, d, w, mo)."""

    count: int
    unit: str

    @property
    def seconds(self) -> int:
        """Nominal length in seconds; a month counts as 30 days (it orders clocks, it never closes a bar)."""
        return self.count * _SECONDS[self.unit]

    @property
    def intraday(self) -> bool:
        return self.unit in ("s", "m", "h")

    def canonical(self) -> Timeframe:
        """The same length in its largest whole unit: `60m` is `1h`, `24h` is `1d`, `7d` is `1w`."""
        if self.unit == "mo":
            return self
        for unit in ("w", "d", "h", "m"):
            if self.seconds % _SECONDS[unit] == 0:
                return Timeframe(self.seconds // _SECONDS[unit], unit)
        return self

    @property
    def whole_days(self) -> tuple[Timeframe, Timeframe]:
        """The nearest whole numbers of days that are shorter and longer."""
        days = self.seconds // _DAY
        return Timeframe(days, "d").canonical(), Timeframe(days + 1, "d").canonical()

    def refused(self) -> str:
        """Why the calendar cuts no bars of this length, "" if it does (semantics 4)."""
        if self.seconds > _LONGEST:
            return f"bars of {self} are longer than 100 years"
        if self.intraday and self.seconds > _DAY:
            shorter, longer = self.whole_days
            return f"bars longer than a day last whole days: {self} is none, {shorter} and {longer} are"
        return ""

    def __str__(self) -> str:
        return f"{self.count}{self.unit}"


def timeframe(text: str) -> Timeframe:
    """Read `15m`, `4h`, `1mo`; ValueError says what was expected, or why there are no such bars."""
    if not isinstance(text, str):
        raise _no_timeframe(text)
    return _read(text)


@lru_cache(maxsize=256)
def _read(text: str) -> Timeframe:
    """Few are read, and each again and again: with every block of a history."""
    match = _TEXT.fullmatch(text.strip())
    if not match:
        raise _no_timeframe(text)
    frame = Timeframe(int(match[1]), match[2]).canonical()
    if why := frame.refused():
        raise ValueError(why)
    return frame


def _no_timeframe(found: object) -> ValueError:
    return ValueError(f"expected a timeframe such as 30s, 15m, 4h, 1d, 1w or 1mo, found {found!r:.60}")


def makes(base: Timeframe, higher: Timeframe) -> bool:
    """Whether bars of `base` make those of `higher` without one that lies in two of them.

    What ends at midnight is cut there, so any bars within a day make days; months take days and weeks as they come.
    """
    if base.unit == "mo" or higher.unit == "mo":
        return base.unit != higher.unit or higher.count % base.count == 0
    return (base.intraday and not higher.intraday) or higher.seconds % base.seconds == 0

"""Timeframes: how long a bar of a clock lasts."""

from __future__ import annotations

import re
from dataclasses import dataclass

_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86_400, "w": 604_800, "mo": 2_592_000}
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

    def __str__(self) -> str:
        return f"{self.count}{self.unit}"


def timeframe(text: str) -> Timeframe:
    """Read `15m`, `4h`, `1mo`; ValueError says what was expected."""
    match = _TEXT.fullmatch(text.strip())
    if not match:
        raise ValueError(f"expected a timeframe such as 30s, 15m, 4h, 1d, 1w or 1mo, found {text!r}")
    return Timeframe(int(match[1]), match[2]).canonical()

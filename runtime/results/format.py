"""Values as people read them: one way to write a ratio, money, a count, an instant."""

from __future__ import annotations

import math

from .metrics.definitions import BARS, COUNT, MONEY, RATIO, Value

NOTHING = "–"
"""What stands for a value that has no meaning in this run."""


def shown(value: Value, unit: str, signed: bool = False) -> str:
    """A value in its unit: `12.34%`, `1,234.56`, `1,234`, `1.25`; signed ones carry a + too."""
    if value is None:
        return NOTHING
    sign = "+" if signed else ""
    if unit == RATIO:
        return percent(value, sign)
    if unit in (COUNT, BARS):
        return f"{value:{sign},.0f}" if float(value).is_integer() else f"{value:{sign},.1f}"
    if unit == MONEY:
        digits = 2 if abs(value) < 1e7 else 0
        if 1e-8 <= abs(value) < 0.1:  # of an account in BTC: three digits that say something
            digits = 2 - math.floor(math.log10(abs(value)))
        return f"{value + 0.0:{sign},.{digits}f}" if abs(value) < 1e12 else f"{value:{sign}.6g}"
    return f"{value + 0.0:{sign},.2f}" if abs(value) < 1e6 else f"{value:{sign}.4g}"


def counted(number: int, thing: str) -> str:
    """`1 bar`, `1,234 bars`."""
    return f"{number:,} {thing}{'s' * (number != 1)}"


def percent(value: float, sign: str = "") -> str:
    """Two decimals, fewer as it grows."""
    scaled = value * 100.0 + 0.0
    digits = 2 if abs(scaled) < 1_000 else 0
    return f"{scaled:{sign},.{digits}f}%" if abs(scaled) < 1e9 else f"{scaled:{sign}.3g}%"


def price(value: float) -> str:
    """A price in up to eight significant digits, without idle zeros."""
    return NOTHING if value != value else f"{value:.8g}" if abs(value) < 1e8 else f"{value:,.0f}"


def day_or_minute(ts: int, daily: bool) -> str:
    """An open instant: a date for bars of a day or longer, else to the minute, or to the second where it needs it."""
    import numpy as np

    text = str(np.datetime64(ts // 1_000_000, "s")).replace("T", " ")
    return text[:10] if daily else text.removesuffix(":00")

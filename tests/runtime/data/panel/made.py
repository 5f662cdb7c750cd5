"""Bars of several symbols made by rule, for the tests of panels."""

from __future__ import annotations

import numpy as np
from stratagem.lang.program.timeframe import timeframe
from stratagem.runtime.data import Bars

DAY = 86_400_000_000
JANUARY = 1_704_067_200_000_000  # 2024-01-01T00:00:00Z, a Monday


def bars(symbol: str, stamps: list[int], of: str = "1d", price: float = 100.0) -> Bars:
    """Bars opened at these stamps (µs), whose prices grow by 1 a bar from `price` on."""
    base = price + np.arange(float(len(stamps)))
    ts = np.array(stamps, dtype=np.int64)
    return Bars(symbol, timeframe(of), ts, base, base + 0.75, base - 0.5, base + 0.25, base * 10)


def daily(symbol: str, *days: int, price: float = 100.0) -> Bars:
    """Daily bars of these days of January 2024."""
    return bars(symbol, [JANUARY + (day - 1) * DAY for day in days], price=price)

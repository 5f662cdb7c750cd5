"""TA-Lib and talipp: the four indicators of W2, over a million bars at once and one bar at a time."""

from __future__ import annotations

from importlib.metadata import version

import talib
from common import columns, pushed, timed
from talipp.indicators import ATR, EMA, RSI
from talipp.ohlcv import OHLCV

PUSHED = 30_000


def main():
    _, opened, high, low, close, volume = columns(1_000_000)

    def at_once():
        found = talib.EMA(close, 20), talib.EMA(close, 50), talib.RSI(close, 14), talib.ATR(high, low, close, 14)
        return 0, float(found[0][-1])

    timed(f"TA-Lib {version('TA-Lib')}: the indicators of W2 alone, 1,000,000 bars", at_once)
    e20, e50, rsi, atr = EMA(20), EMA(50), RSI(14), ATR(14)

    def step(o, h, low_, c, v):
        e20.add(c)
        e50.add(c)
        rsi.add(c)
        atr.add(OHLCV(o, h, low_, c, v))

    bars = zip(*(column[:PUSHED].tolist() for column in (opened, high, low, close, volume)), strict=True)
    pushed(f"talipp {version('talipp')}: the indicators of W2 alone, one bar", step, bars)


main()

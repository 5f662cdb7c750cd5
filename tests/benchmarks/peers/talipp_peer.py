"""talipp: the four indicators of W2 alone, one bar at a time. No engine."""

from __future__ import annotations

from importlib.metadata import version

from common import pushed, rows, serve
from talipp.indicators import ATR, EMA, RSI
from talipp.ohlcv import OHLCV


def push(count):
    e20, e50, rsi, atr = EMA(20), EMA(50), RSI(14), ATR(14)

    def step(_, opened, high, low, close, volume):
        e20.add(close)
        e50.add(close)
        rsi.add(close)
        atr.add(OHLCV(opened, high, low, close, volume))

    return lambda: (None, pushed(step, rows(count)))


serve(f"talipp {version('talipp')}, indicators alone", {"push": push})

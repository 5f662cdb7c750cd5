"""TA-Lib: the four indicators of W2 alone, over all bars at once. No engine."""

from __future__ import annotations

from importlib.metadata import version

import talib
from common import columns, serve


def indicators(count):
    _, _, high, low, close, _ = columns(count)

    def run():
        _ = talib.EMA(close, 20), talib.EMA(close, 50), talib.RSI(close, 14), talib.ATR(high, low, close, 14)
        return None, None

    return run


serve(f"TA-Lib {version('TA-Lib')}, indicators alone", {"W2": indicators})

"""Moving averages."""

from __future__ import annotations

from ..arith import NAN, div, share
from ..operator import RECURSIVE, WINDOWED, Count, Floats, Ints, Number, operator
from .sums import SLIDING, add, slide


@operator(
    floats=2,
    ints=SLIDING,
    window=lambda length: length,
    warmup=lambda length: length - 1,
    missing=WINDOWED,
    unit="source",
    within=True,
    family="averages",
    formula="sum(source, length) / length",
    example="sma(close, 20)",
    beyond=lambda length: length,
)
def sma(f: Floats, k: Ints, w: Floats, source: Number, length: Count) -> Number:
    """The simple moving average: the mean of the last `length` values."""
    return share(slide(f, k, w, source, length), length)


def smooth(f: Floats, k: Ints, x: float, length: int, top: float, bottom: float) -> float:
    """Move f[0] towards x by the weight top / bottom, from the mean of the first `length` valid values in a row.

    k[0] counts the values of that seed, whose sum has two parts; from then on f[1] is the weight, which is divided
    once and not on every bar. The difference is weighted, not the two values apart: a flat series stays exactly flat.
    """
    if x != x:
        if k[0] < length:
            f[0] = 0.0
            f[1] = 0.0
            k[0] = 0
        return NAN
    if k[0] == length:
        f[0] += f[1] * (x - f[0])
        return f[0]
    add(f, 0, x)
    k[0] += 1
    if k[0] < length:
        return NAN
    f[0] = share(f[0] + f[1], length)
    f[1] = div(top, bottom)
    return f[0]


@operator(
    floats=2,
    ints=[lambda length: length],
    warmup=lambda length: length - 1,
    missing=RECURSIVE,
    unit="source",
    within=True,
    family="averages",
    formula="ema[1] + 2 / (length + 1) * (source - ema[1]), from sma(source, length)",
    example="ema(close, 20)",
    beyond=lambda length: length,
)
def ema(f: Floats, k: Ints, w: Floats, source: Number, length: Count) -> Number:
    """The exponential moving average, seeded by the simple one (TradingView, TA-Lib)."""
    return smooth(f, k, source, length, 2.0, length + 1.0)


@operator(
    floats=2,
    ints=[lambda length: length],
    warmup=lambda length: length - 1,
    missing=RECURSIVE,
    unit="source",
    within=True,
    family="averages",
    formula="rma[1] + (source - rma[1]) / length, from sma(source, length)",
    example="rma(tr(), 14)",
    beyond=lambda length: length,
)
def rma(f: Floats, k: Ints, w: Floats, source: Number, length: Count) -> Number:
    """Wilder's moving average, seeded by the simple one: the smoothing of RSI, ATR and ADX."""
    return smooth(f, k, source, length, 1.0, float(length))

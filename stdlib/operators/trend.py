"""Trend followers whose next value depends on their own last one."""

from __future__ import annotations

from ..arith import NAN, maximum, minimum
from ..operator import PASSES, RECURSIVE, UNBOUNDED, Bool, Floats, Ints, Number, operator


@operator(
    floats=1,
    ints=[1],
    missing=PASSES,
    unit="distance(high)",
    range=(0.0, UNBOUNDED),
    family="trend",
    formula="max(high - low, abs(high - close[1]), abs(low - close[1])); high - low where close[1] is missing",
    example="true_range_of(high, low, close)",
)
def true_range_of(f: Floats, k: Ints, w: Floats, high: Number, low: Number, close: Number) -> Number:
    """The true range of any three series: the bar's range, any gap from the close before included."""
    known = k[0]
    before = f[0]
    f[0] = close
    k[0] = 1 if close == close else 0
    if known == 0:
        return high - low
    return maximum(high, before) - minimum(low, before)


@operator(
    floats=4,
    ints=[1, (-1, 1)],
    missing=RECURSIVE,
    unit="source",
    outputs={"direction": 3},
    first="line",
    family="trend",
    formula="source ∓ distance, ratcheted; it changes side when close crosses it",
    example="supertrend_of(hl2(), 3 * atr(10), close).line",
    beyond=True,
)
def supertrend_of(
    f: Floats, k: Ints, w: Floats, source: Number, distance: Number, close: Number, long_first: Bool = False
) -> Number:
    """Supertrend of any middle and distance. direction: 1 rising (the line below), -1 falling (TradingView: negated).

    f: upper band, lower band, close before, direction given; k: started, direction kept.
    TradingView starts falling; `long_first` starts rising, as TA-Lib.
    """
    f[3] = NAN
    if source != source or distance != distance or close != close:
        return NAN
    upper = source + distance
    lower = source - distance
    if k[0] == 0:
        k[0] = 1
        k[1] = 1 if long_first else -1
    else:
        if not (upper < f[0] or f[2] > f[0]):
            upper = f[0]
        if not (lower > f[1] or f[2] < f[1]):
            lower = f[1]
        if k[1] < 0 and close > upper:
            k[1] = 1
        elif k[1] > 0 and close < lower:
            k[1] = -1
    f[0] = upper
    f[1] = lower
    f[2] = close
    f[3] = float(k[1])
    return lower if k[1] > 0 else upper


# --- parabolic stop and reverse ------------------------------------------------------------------

SAR, EXTREME, SPEED, HIGH, LOW, HIGH_2, LOW_2, CLOSE = range(8)  # slots of f; HIGH_2 is of two bars ago
SEEN, RISING = range(2)  # slots of k; SEEN stops at 2


@operator(
    floats=8,
    ints=[2, 1],
    warmup=lambda: 1,
    missing=RECURSIVE,
    unit="high",
    family="trend",
    formula="sar[1] + speed * (extreme - sar[1]), not inside the two bars before; it reverses when touched (Wilder)",
    example="sar_of(high, low, close, 0.02, 0.02, 0.2)",
    beyond=True,
)
def sar_of(
    f: Floats,
    k: Ints,
    w: Floats,
    high: Number,
    low: Number,
    close: Number,
    start: Number = 0.02,
    increment: Number = 0.02,
    limit: Number = 0.2,
    talib: Bool = False,
) -> Number:
    """Wilder's parabolic stop and reverse, of any three series.

    TradingView asks whether the bar passed the stop before it holds the stop
    outside the two bars before, and begins with the direction of the close;
    `talib` holds first, lets a touch reverse, and begins with the larger move.
    """
    if high != high or low != low or close != close or start != start or increment != increment or limit != limit:
        return NAN
    result = NAN
    if k[SEEN] > 0:
        if k[SEEN] == 1:
            begin(f, k, high, low, close, start, talib)
        if talib:
            f[SAR] = held(f, k, f[SAR])
        reverse_or_follow(f, k, high, low, start, increment, limit, talib)
        if not talib:
            f[SAR] = held(f, k, f[SAR])
        result = f[SAR]
        f[SAR] += f[SPEED] * (f[EXTREME] - f[SAR])
    remember(f, k, high, low, close)
    return result


def begin(f: Floats, k: Ints, high: float, low: float, close: float, start: float, talib: int) -> None:
    """The first direction, at the second bar: the stop is the other end of the first."""
    up = close > f[CLOSE]
    if talib:
        fall = f[LOW] - low
        up = not (fall > 0.0 and fall > high - f[HIGH])
    k[RISING] = 1 if up else 0
    f[SPEED] = start
    f[EXTREME] = high if up else low
    f[SAR] = f[LOW] if up else f[HIGH]
    if talib:  # holds the second stop outside the second bar only
        f[HIGH] = high
        f[LOW] = low
    else:
        f[SAR] += start * (f[EXTREME] - f[SAR])
    f[HIGH_2] = f[HIGH]
    f[LOW_2] = f[LOW]


def held(f: Floats, k: Ints, stop: float) -> float:
    """The stop, outside the two bars before."""
    if k[RISING]:
        return minimum(stop, minimum(f[LOW], f[LOW_2]))
    return maximum(stop, maximum(f[HIGH], f[HIGH_2]))


def reverse_or_follow(
    f: Floats, k: Ints, high: float, low: float, start: float, increment: float, limit: float, talib: int
) -> None:
    """Turn the trend where the bar passed the stop, else follow a new extreme faster."""
    if k[RISING]:
        if low < f[SAR] or (talib and low <= f[SAR]):
            k[RISING] = 0
            f[SAR] = maximum(f[EXTREME], maximum(high, f[HIGH]) if talib else high)
            f[EXTREME] = low
            f[SPEED] = start
        elif high > f[EXTREME]:
            f[EXTREME] = high
            f[SPEED] = minimum(f[SPEED] + increment, limit)
    elif high > f[SAR] or (talib and high >= f[SAR]):
        k[RISING] = 1
        f[SAR] = minimum(f[EXTREME], minimum(low, f[LOW]) if talib else low)
        f[EXTREME] = high
        f[SPEED] = start
    elif low < f[EXTREME]:
        f[EXTREME] = low
        f[SPEED] = minimum(f[SPEED] + increment, limit)


def remember(f: Floats, k: Ints, high: float, low: float, close: float) -> None:
    """This bar becomes the bar before."""
    f[HIGH_2] = f[HIGH]
    f[LOW_2] = f[LOW]
    f[HIGH] = high
    f[LOW] = low
    f[CLOSE] = close
    if k[SEEN] < 2:
        k[SEEN] += 1

"""Weighted by age: the linearly weighted average and the regression line of a window.

Both need Σx and Σ(place · x). The window is two `blocks`, turned into sums over each
of their ends, all from a shift that lies in the window, as in `statistics`.
"""

from __future__ import annotations

from ..arith import NAN, div, finite, share
from ..operator import WINDOWED, Count, Floats, Ints, Number, operator
from .blocks import TURNING, begin_block, forget


def weigh(f: Floats, k: Ints, w: Floats, x: float, length: int) -> int:
    """Take in x; 1 once f[3] and f[4] hold Σd and Σ(place · d) of the last `length` values.

    The oldest has place 0; d counts from f[0], the shift. f[1] and f[2] are the
    sums of the block being filled.
    """
    if x != x:
        forget(k)
        return 0
    slot = k[0]
    if slot == 0:
        f[1] = 0.0
        f[2] = 0.0
        if k[1] == 0:
            f[0] = x
    d = x - f[0]
    f[1] += d
    f[2] += float(slot) * d
    w[slot] = x
    slot += 1
    if slot == length:
        turn_weights(f, k, w, length)
        f[3] = w[0]
        f[4] = w[length]
        return 1
    k[0] = slot
    f[3] = f[1] + w[slot]
    f[4] = f[2] + float(length - slot) * f[1] + w[length + slot]
    return k[1]


def turn_weights(f: Floats, k: Ints, w: Floats, length: int) -> None:
    """Make the full block one of sums over its ends, from a new shift."""
    shift = w[length - 1]
    total = 0.0
    weighted = 0.0
    for at in range(length - 1, -1, -1):
        weighted += total  # every later value moves one place up
        total += w[at] - shift
        w[at] = total
        w[length + at] = weighted
    f[0] = shift
    begin_block(k)


@operator(
    floats=5,
    ints=TURNING,
    window=lambda length: 2 * length,
    warmup=lambda length: length - 1,
    missing=WINDOWED,
    unit="source",
    within=True,
    family="averages",
    formula="(length * source + (length - 1) * source[1] + … + source[length - 1]) / (length * (length + 1) / 2)",
    example="wma(close, 20)",
    beyond=True,
)
def wma(f: Floats, k: Ints, w: Floats, source: Number, length: Count) -> Number:
    """The linearly weighted moving average: this bar counts `length` times, the oldest once."""
    if weigh(f, k, w, source, length) == 0:
        return NAN
    return finite(f[0] + share(2.0 * (f[4] + f[3]), length * (length + 1)))


@operator(
    floats=5,
    ints=TURNING,
    window=lambda length: 2 * length,
    warmup=lambda length: length - 1,
    missing=WINDOWED,
    unit="source",
    family="statistics",
    formula="intercept + slope * (length - 1 - offset) of the least squares line through the window",
    example="linreg(close, 20)",
    beyond=True,
)
def linreg(f: Floats, k: Ints, w: Floats, source: Number, length: Count, offset: Number = 0) -> Number:
    """The end of the regression line through the last `length` values; `offset` bars before its end."""
    if weigh(f, k, w, source, length) == 0:
        return NAN
    place = 0.5 * float(length - 1) - offset
    return finite(f[0] + share(f[3], length) + tilt(f, length) * place)


@operator(
    floats=5,
    ints=TURNING,
    window=lambda length: 2 * length,
    warmup=lambda length: length - 1,
    missing=WINDOWED,
    unit="distance(source)",
    family="statistics",
    formula="slope, in one bar, of the least squares line through the window; 0 for length 1",
    example="linreg_slope(close, 20)",
    beyond=True,
)
def linreg_slope(f: Floats, k: Ints, w: Floats, source: Number, length: Count) -> Number:
    """The slope of the regression line through the last `length` values: its rise in one bar."""
    return finite(tilt(f, length)) if weigh(f, k, w, source, length) == 1 else NAN


def tilt(f: Floats, length: int) -> float:
    """The slope from the two sums that `weigh` left."""
    if length == 1:
        return 0.0
    n = float(length)
    return div(12.0 * (f[4] - 0.5 * (n - 1.0) * f[3]), n * (n * n - 1.0))

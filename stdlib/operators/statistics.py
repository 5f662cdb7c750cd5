"""Statistics of a window: deviation, correlation, regression.

The window is two `blocks`, turned into sums over each of their ends. Values count
from a shift that is the last value of the full block: it lies in the window or is
next to it, so the squares do not cancel whatever the level of the prices; a flat
window is exactly flat.
"""

from __future__ import annotations

from ..arith import NAN, absolute, div, finite, share, sqrt_
from ..operator import UNBOUNDED, WINDOWED, Bool, Count, Floats, Ints, Number, operator
from .blocks import TURNING, begin_block, forget
from .sums import SLIDING, slide

# --- deviation -----------------------------------------------------------------------------------


def spread(f: Floats, k: Ints, w: Floats, x: float, length: int) -> float:
    """The sum of squared differences from the mean of the last `length` values; f: shift, sum, sum of squares."""
    if x != x:
        return forget(k)
    slot = k[0]
    if slot == 0:
        f[1] = 0.0
        f[2] = 0.0
        if k[1] == 0:
            f[0] = x
    d = x - f[0]
    f[1] += d
    f[2] += d * d
    w[slot] = x
    k[0] = slot + 1
    if slot + 1 == length:
        turn_spread(f, k, w, length)
        return squares(w[0], w[length], length)
    if k[1] == 0:
        return NAN
    return squares(f[1] + w[slot + 1], f[2] + w[length + slot + 1], length)


def squares(total: float, of_squares: float, length: int) -> float:
    """Σ(x - mean)² from Σx and Σx², never below 0."""
    result = finite(of_squares - share(total * total, length))
    return 0.0 if result < 0.0 else result


def turn_spread(f: Floats, k: Ints, w: Floats, length: int) -> None:
    """Make the full block one of sums over its ends, from a new shift."""
    shift = w[length - 1]
    total = 0.0
    of_squares = 0.0
    for at in range(length - 1, -1, -1):
        d = w[at] - shift
        total += d
        of_squares += d * d
        w[at] = total
        w[length + at] = of_squares
    f[0] = shift
    begin_block(k)


@operator(
    floats=3,
    ints=TURNING,
    window=lambda length: 2 * length,
    warmup=lambda length: length - 1,
    missing=WINDOWED,
    range=(0.0, UNBOUNDED),
    family="statistics",
    formula="sum((source - mean)²) / length; / (length - 1) of a sample",
    example="variance(close, 20)",
    beyond=True,
)
def variance(f: Floats, k: Ints, w: Floats, source: Number, length: Count, sample: Bool = False) -> Number:
    """The variance of the last `length` values, of the population unless `sample`."""
    total = spread(f, k, w, source, length)
    return div(total, float(length - 1)) if sample else share(total, length)


@operator(
    floats=3,
    ints=TURNING,
    window=lambda length: 2 * length,
    warmup=lambda length: length - 1,
    missing=WINDOWED,
    unit="distance(source)",
    range=(0.0, UNBOUNDED),
    family="statistics",
    formula="sqrt(variance(source, length, sample))",
    example="stdev(close, 20)",
    beyond=True,
)
def stdev(f: Floats, k: Ints, w: Floats, source: Number, length: Count, sample: Bool = False) -> Number:
    """The standard deviation of the last `length` values, of the population unless `sample`."""
    total = spread(f, k, w, source, length)
    return sqrt_(div(total, float(length - 1)) if sample else share(total, length))


@operator(
    floats=2,
    ints=SLIDING,
    window=lambda length: length,
    warmup=lambda length: length - 1,
    missing=WINDOWED,
    unit="distance(source)",
    range=(0.0, UNBOUNDED),
    family="statistics",
    formula="sum(abs(source - mean)) / length, around the current mean",
    example="mean_deviation(close, 20)",
    beyond=lambda length: length,
)
def mean_deviation(f: Floats, k: Ints, w: Floats, source: Number, length: Count) -> Number:
    """The mean distance of the last `length` values from their mean (the deviation of CCI)."""
    total = slide(f, k, w, source, length)
    if total != total:
        return NAN
    mean = share(total, length)
    distance = 0.0
    for at in range(length):
        distance += absolute(w[at] - mean)
    return share(distance, length)


# --- correlation ---------------------------------------------------------------------------------


@operator(
    floats=7,
    ints=TURNING,
    window=lambda length: 5 * length,
    warmup=lambda length: length - 1,
    missing=WINDOWED,
    range=(-1.0, 1.0),
    family="statistics",
    formula="covariance(a, b) / (stdev(a) * stdev(b)), over length; na where either is flat",
    example="correlation(close, volume, 20)",
    beyond=True,
)
def correlation(f: Floats, k: Ints, w: Floats, a: Number, b: Number, length: Count) -> Number:
    """Pearson's correlation of the last `length` pairs: -1 … 1.

    f: shifts of a and b, then the sums of a, b, aa, bb, ab, which w keeps in five rows.
    """
    if a != a or b != b:
        return forget(k)
    slot = k[0]
    if slot == 0:
        for row in range(5):
            f[2 + row] = 0.0
        if k[1] == 0:
            f[0] = a
            f[1] = b
    add_pair(f, a - f[0], b - f[1])
    w[slot] = a
    w[length + slot] = b
    k[0] = slot + 1
    if slot + 1 == length:
        turn_pairs(f, k, w, length)
        return related(w[0], w[length], w[2 * length], w[3 * length], w[4 * length], length)
    if k[1] == 0:
        return NAN
    return related(
        f[2] + w[slot + 1],
        f[3] + w[length + slot + 1],
        f[4] + w[2 * length + slot + 1],
        f[5] + w[3 * length + slot + 1],
        f[6] + w[4 * length + slot + 1],
        length,
    )


def add_pair(f: Floats, a: float, b: float) -> None:
    """Add a pair to the five sums."""
    f[2] += a
    f[3] += b
    f[4] += a * a
    f[5] += b * b
    f[6] += a * b


def turn_pairs(f: Floats, k: Ints, w: Floats, length: int) -> None:
    """Make the full block one of sums over its ends, from new shifts."""
    f[0] = w[length - 1]
    f[1] = w[2 * length - 1]
    for row in range(5):
        f[2 + row] = 0.0
    for at in range(length - 1, -1, -1):
        add_pair(f, w[at] - f[0], w[length + at] - f[1])
        for row in range(5):
            w[row * length + at] = f[2 + row]
    begin_block(k)


def related(a: float, b: float, aa: float, bb: float, ab: float, length: int) -> float:
    """The correlation from the five sums."""
    together = finite(ab - share(a * b, length))
    result = div(together, sqrt_(squares(a, aa, length)) * sqrt_(squares(b, bb, length)))
    if result > 1.0:
        return 1.0
    return -1.0 if result < -1.0 else result

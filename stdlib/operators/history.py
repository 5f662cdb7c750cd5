"""Memory: the value of n bars ago, the last one known, the running total."""

from __future__ import annotations

from ..arith import NAN, finite
from ..operator import BARS, EVENT, PASSES, RECURSIVE, SPARSE, Bool, Count, Floats, Ints, Number, operator
from .sums import add


@operator(
    ints=[lambda n: n - 1, lambda n: n],
    window=lambda n: n,
    warmup=lambda n: n,
    missing=PASSES,
    unit="source",
    within=True,
    family="history",
    formula="source of n bars ago",
    example="close[1]",
)
def history(f: Floats, k: Ints, w: Floats, source: Number, n: Count) -> Number:
    """The value of `n` bars ago: what `source[n]` means. Missing before the start."""
    if n == 0:
        return source
    slot = k[0]
    past = NAN
    if k[1] < n:
        k[1] += 1
    else:
        past = w[slot]
    w[slot] = source
    slot += 1
    k[0] = 0 if slot == n else slot
    return past


@operator(
    ints=[lambda n: n - 1],
    window=lambda n: n,
    warmup=lambda n: n,
    missing=EVENT,
    family="history",
    formula="condition of n bars ago",
    example="(close > open)[1]",
)
def history_bool(f: Floats, k: Ints, w: Floats, condition: Bool, n: Count) -> Bool:
    """The condition of `n` bars ago: what `condition[n]` means. False before the start."""
    if n == 0:
        return 1 if condition else 0
    slot = k[0]
    past = w[slot]
    w[slot] = 1.0 if condition else 0.0
    slot += 1
    k[0] = 0 if slot == n else slot
    return 1 if past > 0.0 else 0


@operator(
    floats=1,
    ints=[1],
    missing=SPARSE,
    unit="source",
    within=True,
    family="history",
    formula="source, or the last value before it that was not missing",
    example="last_known(pivot_high(high, 5, 5))",
)
def last_known(f: Floats, k: Ints, w: Floats, source: Number) -> Number:
    """The latest value that was not missing."""
    if source == source:
        f[0] = source
        k[0] = 1
    return f[0] if k[0] else NAN


@operator(
    floats=1,
    ints=[1, BARS],
    missing=SPARSE,
    unit="source",
    within=True,
    family="history",
    formula="source, or the last value not missing if it is no more than `limit` bars old",
    example='fill(column("funding"), 8)',
)
def fill(f: Floats, k: Ints, w: Floats, source: Number, limit: Count = 0) -> Number:
    """Fill gaps with the value before them, for at most `limit` bars of a gap (0: however long it is)."""
    if source == source:
        f[0] = source
        k[0] = 1
        k[1] = 0
        return source
    if k[0] == 0 or (limit > 0 and k[1] >= limit):
        return NAN
    k[1] += 1
    return f[0]


@operator(
    floats=2,
    missing=RECURSIVE,
    unit="source",
    family="history",
    formula="the sum of every value so far",
    example="cumulative(change(close))",
    beyond=True,
)
def cumulative(f: Floats, k: Ints, w: Floats, source: Number) -> Number:
    """The running total from the first bar on; a missing value is left out."""
    if source != source:
        return NAN
    add(f, 0, source)
    return finite(f[0] + f[1])

"""Events: crosses, edges, runs, and how long ago something was."""

from __future__ import annotations

from ..arith import NAN
from ..operator import BARS, EVENT, SPARSE, UNBOUNDED, Bool, Count, Floats, Ints, Number, operator

NOT_ABOVE, NOT_BELOW = 1, 2  # how the pair stood on the bar before; 0 if a value was missing


@operator(
    ints=[1],
    warmup=lambda: 1,
    missing=EVENT,
    event=True,
    family="events",
    formula="a > b and a[1] <= b[1]",
    example="cross_above(close, sma(close, 50))",
)
def cross_above(f: Floats, k: Ints, w: Floats, a: Number, b: Number) -> Bool:
    """True on the bar where `a` rises above `b`. False where a value, or the pair of the bar before, is missing."""
    before = k[0]
    k[0] = 1 if a <= b else 0
    return before if a > b else 0


@operator(
    ints=[1],
    warmup=lambda: 1,
    missing=EVENT,
    event=True,
    family="events",
    formula="a < b and a[1] >= b[1]",
    example="cross_below(close, sma(close, 50))",
)
def cross_below(f: Floats, k: Ints, w: Floats, a: Number, b: Number) -> Bool:
    """True on the bar where `a` falls below `b`. False where a value, or the pair of the bar before, is missing."""
    before = k[0]
    k[0] = 1 if a >= b else 0
    return before if a < b else 0


@operator(
    ints=[NOT_ABOVE + NOT_BELOW],
    warmup=lambda: 1,
    missing=EVENT,
    event=True,
    family="events",
    formula="cross_above(a, b) or cross_below(a, b)",
    example="crosses(rsi(close, 14), 50)",
)
def crosses(f: Floats, k: Ints, w: Floats, a: Number, b: Number) -> Bool:
    """True on the bar where `a` crosses `b`, in either direction."""
    before = k[0]
    k[0] = (NOT_ABOVE if a <= b else 0) + (NOT_BELOW if a >= b else 0)
    if a > b:
        return before & NOT_ABOVE
    return (before & NOT_BELOW) >> 1 if a < b else 0


@operator(
    ints=[1],
    warmup=lambda: 1,
    missing=EVENT,
    event=True,
    family="events",
    formula="condition and not condition[1]",
    example="rising_edge(close > open)",
)
def rising_edge(f: Floats, k: Ints, w: Floats, condition: Bool) -> Bool:
    """True on the bar where a condition begins to hold."""
    before = k[0]
    k[0] = 1 if condition else 0
    return 1 if condition and before == 0 else 0


@operator(
    ints=[1],
    warmup=lambda: 1,
    missing=EVENT,
    event=True,
    family="events",
    formula="not condition and condition[1]",
    example="falling_edge(close > open)",
)
def falling_edge(f: Floats, k: Ints, w: Floats, condition: Bool) -> Bool:
    """True on the bar where a condition ceases to hold."""
    before = k[0]
    k[0] = 1 if condition else 0
    return 0 if condition else before


@operator(
    floats=1,
    ints=[1],
    missing=EVENT,
    event=True,
    family="events",
    formula="source != source[1], both known",
    example="changed(month)",
)
def changed(f: Floats, k: Ints, w: Floats, source: Number) -> Bool:
    """True where a value differs from that of the bar before. False where either is missing, so on the first bar."""
    result = 1 if k[0] and source == source and source != f[0] else 0
    k[0] = 1 if source == source else 0
    f[0] = source
    return result


def run(f: Floats, k: Ints, x: float, length: int) -> int:
    """1 once x has risen `length` times in a row; k[0] is 0 before a first value, then one more than the rises."""
    if x != x:
        k[0] = 0
        return 0
    if k[0] == 0 or x <= f[0]:
        k[0] = 1
    elif k[0] <= length:
        k[0] += 1
    f[0] = x
    return 1 if k[0] > length else 0


@operator(
    floats=1,
    ints=[lambda length: length + 1],
    warmup=lambda length: length,
    missing=EVENT,
    family="events",
    formula="source > source[1] and … and source[length - 1] > source[length]",
    example="rising(close, 3)",
)
def rising(f: Floats, k: Ints, w: Floats, source: Number, length: Count = 1) -> Bool:
    """Whether the value has risen on each of the last `length` bars."""
    return run(f, k, source, length)


@operator(
    floats=1,
    ints=[lambda length: length + 1],
    warmup=lambda length: length,
    missing=EVENT,
    family="events",
    formula="source < source[1] and … and source[length - 1] < source[length]",
    example="falling(close, 3)",
)
def falling(f: Floats, k: Ints, w: Floats, source: Number, length: Count = 1) -> Bool:
    """Whether the value has fallen on each of the last `length` bars."""
    return run(f, k, -source, length)


@operator(
    ints=[BARS],
    missing=SPARSE,
    unit="bars",
    range=(0.0, UNBOUNDED),
    family="events",
    formula="0 where condition holds, else barssince[1] + 1",
    example="barssince(cross_above(close, open))",
)
def barssince(f: Floats, k: Ints, w: Floats, condition: Bool) -> Number:
    """Bars since a condition last held: 0 on that bar, missing before the first."""
    if condition:
        k[0] = 1
    elif k[0] > 0:
        k[0] += 1
    return float(k[0] - 1) if k[0] > 0 else NAN


@operator(
    ints=[BARS],
    missing=SPARSE,
    family="events",
    formula="barssince(condition) <= n",
    example="recent(cross_above(close, open), 5)",
)
def recent(f: Floats, k: Ints, w: Floats, condition: Bool, n: Count) -> Bool:
    """Whether a condition held on this bar or on one of the `n` before it. False before the first time."""
    if condition:
        k[0] = 1
    elif k[0] > 0:
        k[0] += 1
    return 1 if 0 < k[0] <= n + 1 else 0


@operator(
    ints=[lambda occurrence: occurrence, lambda occurrence: occurrence + 1],
    window=lambda occurrence: occurrence + 1,
    missing=SPARSE,
    unit="source",
    within=True,
    family="events",
    formula="source on the last bar but `occurrence` where condition held",
    example="valuewhen(cross_above(close, open), low)",
)
def valuewhen(f: Floats, k: Ints, w: Floats, condition: Bool, source: Number, occurrence: Count = 0) -> Number:
    """The value when a condition last held (`occurrence` 1: the time before); missing until it has."""
    if condition:
        slot = k[0]
        w[slot] = source
        k[0] = 0 if slot == occurrence else slot + 1
        if k[1] <= occurrence:
            k[1] += 1
    return w[k[0]] if k[1] > occurrence else NAN

"""The highest and lowest of a window, where they stand, and the turning points they make.

The window is two `blocks`, turned into extremes of their ends. The lowest is the
highest of the negated values.
"""

from __future__ import annotations

from ..arith import NAN, negated
from ..operator import BARS, SPARSE, WINDOWED, Bool, Count, Floats, Ints, Number, operator
from .blocks import TURNING, begin_block, forget


def greatest(f: Floats, k: Ints, w: Floats, x: float, length: int) -> float:
    """The greatest of the last `length` values; f[0] is that of the block being filled."""
    if x != x:
        return forget(k)
    slot = k[0]
    best = f[0] if slot > 0 and f[0] > x else x
    f[0] = best
    w[slot] = x
    slot += 1
    if slot == length:
        return turn(k, w, length)
    k[0] = slot
    if k[1] == 0:
        return NAN
    return w[slot] if w[slot] > best else best


def turn(k: Ints, w: Floats, length: int) -> float:
    """Make the full block one of extremes of its ends, and begin the next."""
    for at in range(length - 2, -1, -1):
        if w[at + 1] > w[at]:
            w[at] = w[at + 1]
    begin_block(k)
    return w[0]


@operator(
    floats=1,
    ints=TURNING,
    window=lambda length: length,
    warmup=lambda length: length - 1,
    missing=WINDOWED,
    unit="source",
    within=True,
    family="windows",
    formula="the greatest of source … source[length - 1]",
    example="highest(high, 20)[1]",
)
def highest(f: Floats, k: Ints, w: Floats, source: Number, length: Count) -> Number:
    """The highest of the last `length` values, this bar's included."""
    return greatest(f, k, w, source, length)


@operator(
    floats=1,
    ints=TURNING,
    window=lambda length: length,
    warmup=lambda length: length - 1,
    missing=WINDOWED,
    unit="source",
    within=True,
    family="windows",
    formula="the smallest of source … source[length - 1]",
    example="lowest(low, 20)[1]",
)
def lowest(f: Floats, k: Ints, w: Floats, source: Number, length: Count) -> Number:
    """The lowest of the last `length` values, this bar's included."""
    return negated(greatest(f, k, w, -source, length))


# --- where it stands -----------------------------------------------------------------------------


def beats(later: float, earlier: float, latest: int) -> bool:
    """Whether a later value takes the place of an earlier one; of equals the latest stands, or the earliest."""
    return later > earlier or (latest != 0 and later == earlier)


def place(f: Floats, k: Ints, w: Floats, x: float, length: int, latest: int) -> float:
    """Bars since the greatest of the last `length` values, which is left in f[2].

    As `greatest`, with the bar of each extreme beside it: f[1] and w[length + slot]; k[2] counts bars.
    """
    if x != x:
        return forget(k)
    bar = k[2] + 1
    k[2] = bar
    slot = k[0]
    if slot == 0 or beats(x, f[0], latest):
        f[0] = x
        f[1] = float(bar)
    w[slot] = x
    w[length + slot] = float(bar)
    slot += 1
    if slot == length:
        turn_places(k, w, length, latest)
        f[2] = w[0]
        return float(bar) - w[length]
    k[0] = slot
    if k[1] == 0:
        return NAN
    if beats(f[0], w[slot], latest):
        f[2] = f[0]
        return float(bar) - f[1]
    f[2] = w[slot]
    return float(bar) - w[length + slot]


def turn_places(k: Ints, w: Floats, length: int, latest: int) -> None:
    """`turn`, with the bars."""
    for at in range(length - 2, -1, -1):
        if beats(w[at + 1], w[at], latest):
            w[at] = w[at + 1]
            w[length + at] = w[length + at + 1]
    begin_block(k)


@operator(
    floats=3,
    ints=[*TURNING, BARS],
    window=lambda length: 2 * length,
    warmup=lambda length: length - 1,
    missing=WINDOWED,
    unit="bars",
    range=lambda length: (0, length - 1),
    family="windows",
    formula="bars since highest(source, length), of equals the earliest unless `latest`; TradingView gives it negated",
    example="highest_bars(high, 20)",
)
def highest_bars(f: Floats, k: Ints, w: Floats, source: Number, length: Count, latest: Bool = False) -> Number:
    """How many bars ago the highest of the last `length` values was: 0 is this bar."""
    return place(f, k, w, source, length, latest)


@operator(
    floats=3,
    ints=[*TURNING, BARS],
    window=lambda length: 2 * length,
    warmup=lambda length: length - 1,
    missing=WINDOWED,
    unit="bars",
    range=lambda length: (0, length - 1),
    family="windows",
    formula="bars since lowest(source, length), of equals the earliest unless `latest`; TradingView gives it negated",
    example="lowest_bars(low, 20)",
)
def lowest_bars(f: Floats, k: Ints, w: Floats, source: Number, length: Count, latest: Bool = False) -> Number:
    """How many bars ago the lowest of the last `length` values was: 0 is this bar."""
    return place(f, k, w, -source, length, latest)


# --- since an event ------------------------------------------------------------------------------


def greatest_since(f: Floats, k: Ints, condition: int, x: float) -> float:
    """The greatest valid value since a condition last held; k[0]: it has, k[1]: a value has been seen since."""
    if condition:
        k[0] = 1
        k[1] = 0
    if x != x:
        return NAN
    if k[0] == 0:
        return NAN
    if k[1] == 0 or x > f[0]:
        f[0] = x
        k[1] = 1
    return f[0]


@operator(
    floats=1,
    ints=[1, 1],
    missing=SPARSE,
    unit="source",
    within=True,
    family="windows",
    formula="the greatest of source from the last bar where condition held to this one",
    example="highest_since(new_day(), high)",
)
def highest_since(f: Floats, k: Ints, w: Floats, condition: Bool, source: Number) -> Number:
    """The highest value since a condition last held, that bar included; missing before."""
    return greatest_since(f, k, condition, source)


@operator(
    floats=1,
    ints=[1, 1],
    missing=SPARSE,
    unit="source",
    within=True,
    family="windows",
    formula="the smallest of source from the last bar where condition held to this one",
    example="lowest_since(new_day(), low)",
)
def lowest_since(f: Floats, k: Ints, w: Floats, condition: Bool, source: Number) -> Number:
    """The lowest value since a condition last held, that bar included; missing before."""
    return negated(greatest_since(f, k, condition, -source))


# --- turning points ------------------------------------------------------------------------------


@operator(
    floats=3,
    ints=[lambda left, right: left + right, 1, BARS],
    window=lambda left, right: 2 * (left + right + 1),
    warmup=lambda left, right: left + right,
    missing=SPARSE,
    unit="source",
    within=True,
    event=True,
    family="windows",
    formula="source[right] where it is the greatest of left + 1 + right values and the last of equals, else na",
    example="last_known(pivot_high(high, 5, 5))",
)
def pivot_high(f: Floats, k: Ints, w: Floats, source: Number, left: Count = 5, right: Count = 5) -> Number:
    """A high with `left` bars not above it before and `right` bars below it after, given when they are known."""
    since = place(f, k, w, source, left + right + 1, 1)
    return f[2] if since == right else NAN


@operator(
    floats=3,
    ints=[lambda left, right: left + right, 1, BARS],
    window=lambda left, right: 2 * (left + right + 1),
    warmup=lambda left, right: left + right,
    missing=SPARSE,
    unit="source",
    within=True,
    event=True,
    family="windows",
    formula="source[right] where it is the smallest of left + 1 + right values and the last of equals, else na",
    example="last_known(pivot_low(low, 5, 5))",
)
def pivot_low(f: Floats, k: Ints, w: Floats, source: Number, left: Count = 5, right: Count = 5) -> Number:
    """A low with `left` bars not below it before and `right` bars above it after, given when they are known."""
    since = place(f, k, w, -source, left + right + 1, 1)
    return -f[2] if since == right else NAN

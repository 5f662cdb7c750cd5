"""Order statistics of a window: median, percentile, mean of a tail, percent rank.

The window is kept sorted, in blocks of 64 that are rings of their own: w holds the
values in order of arrival, then the sorted blocks, then the head of each block. A
new value moves at most the rest of two blocks and turns the rings between them, so
a short window is one sorted ring and a long one costs its length / 64.
"""

from __future__ import annotations

from ..arith import NAN, ceil_, floor_, share
from ..operator import WINDOWED, Bool, Count, Floats, Ints, Number, operator
from .sums import SLIDING

BITS, LAST = 6, 63  # a block holds 1 << BITS values


def heads(length: int) -> int:
    """Where in w the heads of the blocks begin; the sorted values begin at `length`."""
    return length + (((length >> BITS) + 1) << BITS)


def at(length: int, w: Floats, rank: int) -> int:
    """Where in w the value of this rank stands."""
    block = rank >> BITS
    return length + (block << BITS) + ((int(w[heads(length) + block]) + rank) & LAST)


def rotate(length: int, w: Floats, block: int, by: int) -> None:
    """Turn the ring of a block by one place."""
    head = heads(length) + block
    w[head] = float((int(w[head]) + by) & LAST)


def below(length: int, w: Floats, count: int, x: float) -> int:
    """How many of the `count` values are smaller than x."""
    low = 0
    high = count
    while low < high:
        middle = (low + high) >> 1
        if w[at(length, w, middle)] < x:
            low = middle + 1
        else:
            high = middle
    return low


def up_to(length: int, w: Floats, count: int, x: float) -> int:
    """How many of the `count` values are not above x."""
    low = 0
    high = count
    while low < high:
        middle = (low + high) >> 1
        if w[at(length, w, middle)] <= x:
            low = middle + 1
        else:
            high = middle
    return low


def move(length: int, w: Floats, gone: int, to: int, x: float) -> None:
    """Take out the value of rank `gone` and put x in at rank `to`, counted without it."""
    if to >= gone:
        shift_down(length, w, gone, to)
    else:
        shift_up(length, w, gone, to)
    w[at(length, w, to)] = x


def shift_down(length: int, w: Floats, gone: int, to: int) -> None:
    """Move the values of ranks gone + 1 … to one rank down."""
    first = gone >> BITS
    last = to >> BITS
    end = to if first == last else (first << BITS) + LAST
    for rank in range(gone, end):
        w[at(length, w, rank)] = w[at(length, w, rank + 1)]
    for block in range(first + 1, last + 1):
        start = block << BITS
        w[at(length, w, start - 1)] = w[at(length, w, start)]
        if block < last:
            rotate(length, w, block, 1)
        else:
            for rank in range(start, to):
                w[at(length, w, rank)] = w[at(length, w, rank + 1)]


def shift_up(length: int, w: Floats, gone: int, to: int) -> None:
    """Move the values of ranks to … gone - 1 one rank up."""
    first = to >> BITS
    last = gone >> BITS
    start = to if first == last else last << BITS
    for rank in range(gone, start, -1):
        w[at(length, w, rank)] = w[at(length, w, rank - 1)]
    for block in range(last, first, -1):
        if block < last:
            rotate(length, w, block, -1)
        w[at(length, w, block << BITS)] = w[at(length, w, (block << BITS) - 1)]
        if block == first + 1:
            for rank in range((first << BITS) + LAST, to, -1):
                w[at(length, w, rank)] = w[at(length, w, rank - 1)]


def arrange(k: Ints, w: Floats, x: float, length: int) -> int:
    """Take in x and let the oldest go; how many values are held. k: slot of arrival, count.

    A missing value starts anew: what is left in w is overwritten before it is read. Whatever stands in w, every rank
    lies in the window.
    """
    if x != x:
        k[0] = 0
        k[1] = 0
        return 0
    value = x + 0.0  # one zero: -0.0 would be found as 0.0
    slot = k[0]
    count = k[1]
    to = up_to(length, w, count, value)
    if count == length:
        old = w[slot]
        gone = below(length, w, length - 1, old)
        move(length, w, gone, to - 1 if old <= value and to > 0 else to, value)
    else:
        move(length, w, count, to, value)
        k[1] = count + 1
    w[slot] = value
    slot += 1
    k[0] = 0 if slot == length else slot
    return k[1]


def heads_in_rings(k: Ints, w: Floats, length: int) -> bool:
    """Whether the head of every block is a place in its ring."""
    for block in range((length >> BITS) + 1):
        head = w[heads(length) + block]
        if not 0.0 <= head <= float(LAST) or head != floor_(head):
            return False
    return True


@operator(
    ints=SLIDING,
    sound=heads_in_rings,
    window=lambda length: 3 * length + 65,
    warmup=lambda length: length - 1,
    missing=WINDOWED,
    unit="source",
    within=True,
    family="statistics",
    formula="the middle of the sorted window, or the mean of its two middles",
    example="median(close, 20)",
)
def median(f: Floats, k: Ints, w: Floats, source: Number, length: Count) -> Number:
    """The median of the last `length` values."""
    if arrange(k, w, source, length) < length:
        return NAN
    low = w[at(length, w, (length - 1) >> 1)]
    high = w[at(length, w, length >> 1)]
    return low + 0.5 * (high - low)


def between(length: int, w: Floats, percent: float) -> float:
    """The value at this percentage of a full window, in proportion between two of them."""
    place = share(percent * float(length), 100) - 0.5
    last = float(length - 1)
    if place <= 0.0:
        place = 0.0
    if place >= last:
        place = last
    rank = int(floor_(place))
    low = w[at(length, w, rank)]
    if place == float(rank):
        return low
    return low + (place - float(rank)) * (w[at(length, w, rank + 1)] - low)


@operator(
    ints=SLIDING,
    sound=heads_in_rings,
    window=lambda length: 3 * length + 65,
    warmup=lambda length: length - 1,
    missing=WINDOWED,
    unit="source",
    within=True,
    family="statistics",
    formula="linear between the sorted values, value i of the window being at (i - 0.5) / length * 100",
    example="percentile(close, 100, 90)",
)
def percentile(f: Floats, k: Ints, w: Floats, source: Number, length: Count, percent: Number = 50) -> Number:
    """The value that `percent` of the last `length` values do not exceed, between two of them if need be."""
    if arrange(k, w, source, length) < length or not 0.0 <= percent <= 100.0:
        return NAN
    return between(length, w, percent)


@operator(
    ints=SLIDING,
    sound=heads_in_rings,
    window=lambda length: 3 * length + 65,
    warmup=lambda length: length - 1,
    missing=WINDOWED,
    unit="source",
    within=True,
    family="statistics",
    formula="the value of rank ceil(percent / 100 * length) in the sorted window",
    example="percentile_nearest(close, 100, 90)",
)
def percentile_nearest(f: Floats, k: Ints, w: Floats, source: Number, length: Count, percent: Number = 50) -> Number:
    """The smallest of the last `length` values that `percent` of them do not exceed (nearest rank)."""
    if arrange(k, w, source, length) < length or not 0.0 <= percent <= 100.0:
        return NAN
    rank = int(ceil_(share(percent * float(length), 100))) - 1
    return w[at(length, w, rank if rank > 0 else 0)]


@operator(
    ints=SLIDING,
    sound=heads_in_rings,
    window=lambda length: 3 * length + 65,
    warmup=lambda length: length - 1,
    missing=WINDOWED,
    unit="source",
    within=True,
    family="statistics",
    formula="the mean of those of the window that are <= percentile(source, length, percent)",
    example="tail_mean(close / close[1] - 1, 100, 5)",
)
def tail_mean(f: Floats, k: Ints, w: Floats, source: Number, length: Count, percent: Number = 50) -> Number:
    """The mean of the last `length` values that are not above their percentile: what the worst come to."""
    if arrange(k, w, source, length) < length or not 0.0 <= percent <= 100.0:
        return NAN
    limit = between(length, w, percent)
    count = up_to(length, w, length, limit)
    if count == 0:
        return NAN  # not of a window that is sorted
    below_it = 0.0
    for rank in range(count):
        below_it += w[at(length, w, rank)] - limit
    return limit + share(below_it, count)


@operator(
    ints=SLIDING,
    sound=heads_in_rings,
    window=lambda length: 3 * length + 65,
    warmup=lambda length: length,
    missing=WINDOWED,
    range=(0.0, 100.0),
    family="statistics",
    formula="100 * (how many of source[1] … source[length] are <= source) / length",
    example="percentrank(close, 100)",
)
def percentrank(f: Floats, k: Ints, w: Floats, source: Number, length: Count, strict: Bool = False) -> Number:
    """How many per cent of the `length` values before are not above this one: 0 … 100.

    `strict` counts only those below it, as TA-Lib.
    """
    count = k[1]
    rank = below(length, w, count, source) if strict else up_to(length, w, count, source)
    arrange(k, w, source, length)
    return share(100.0 * float(rank), length) if count == length and source == source else NAN

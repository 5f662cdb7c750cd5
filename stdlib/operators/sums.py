"""Compensated sums: the running total in f[at], what its roundings lost in f[at + 1].

Every addition is exact in the pair (Neumaier), so a value added once and taken
away later leaves nothing behind, however many bars lie between.
"""

from __future__ import annotations

from ..arith import NAN, finite
from ..operator import WINDOWED, Count, Floats, Ints, Number, operator


def add(f: Floats, at: int, x: float) -> None:
    """Add x to the sum in f[at], f[at + 1]."""
    before = f[at]
    total = before + x
    part = total - before
    f[at + 1] += (before - (total - part)) + (x - part)
    f[at] = total


SLIDING = (lambda length: length - 1, lambda length: length)
"""The bounds of the slots of `slide`: the place of the next value, and how many there are."""


def slide(f: Floats, k: Ints, w: Floats, x: float, length: int) -> float:
    """The sum of the last `length` values in a row, missing until there are so many; needs two f and two k.

    A missing value starts everything anew, so nothing of it can stay behind.
    """
    if x != x:
        f[0] = 0.0
        f[1] = 0.0
        k[0] = 0
        k[1] = 0
        return NAN
    slot = k[0]
    if k[1] < length:
        k[1] += 1
    else:
        add(f, 0, -w[slot])
    add(f, 0, x)
    w[slot] = x
    slot += 1
    k[0] = 0 if slot == length else slot
    return f[0] + f[1] if k[1] == length else NAN


@operator(
    name="sum",
    floats=2,
    ints=SLIDING,
    window=lambda length: length,
    warmup=lambda length: length - 1,
    missing=WINDOWED,
    unit="source",
    family="windows",
    formula="source + source[1] + … + source[length - 1]",
    example="sum(volume, 20)",
    beyond=lambda length: length,
)
def sum_(f: Floats, k: Ints, w: Floats, source: Number, length: Count) -> Number:
    """The sum of the last `length` values."""
    return finite(slide(f, k, w, source, length))

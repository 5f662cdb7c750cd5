"""Operators of the tests' own: every kind of state, argument and result, and the ways to be wrong."""

from __future__ import annotations

from collections.abc import MutableSequence
from math import exp as m_exp
from math import pow as m_pow
from math import sqrt as m_sqrt
from typing import TypeAlias

Number: TypeAlias = float
Bool: TypeAlias = int
Count: TypeAlias = int
Floats: TypeAlias = MutableSequence[float]
Ints: TypeAlias = MutableSequence[int]

MISSING = float("nan")


def ratio(a: float, b: float) -> float:
    return a / b if b != 0.0 else MISSING


def missing(x: float) -> bool:
    return x != x


def ema(f: Floats, k: Ints, w: Floats, x: Number, length: Count) -> Number:
    if missing(x):
        return x
    if k[0] == 0:
        k[0] = 1
        f[0] = x
    else:
        f[0] += ratio(2.0, length + 1.0) * (x - f[0])
    return f[0]


def sma(f: Floats, k: Ints, w: Floats, x: Number, length: Count) -> Number:
    slot = k[0]
    if k[1] < length:
        k[1] += 1
    else:
        f[0] -= w[slot]
    f[0] += x
    w[slot] = x
    k[0] = 0 if slot + 1 == length else slot + 1
    return ratio(f[0], length) if k[1] == length else MISSING


def highest(f: Floats, k: Ints, w: Floats, x: Number, length: Count) -> Number:
    w[k[0]] = x
    k[0] = 0 if k[0] + 1 == length else k[0] + 1
    k[1] += k[1] < length
    best = w[0]
    for i in range(1, k[1]):
        best = max(best, w[i])
    return best if k[1] == length else MISSING


def cross_above(f: Floats, k: Ints, w: Floats, a: Number, b: Number) -> Bool:
    crossed = a > b and k[0] == 1
    k[0] = 1 if a <= b else 0
    return crossed


def curve(f: Floats, k: Ints, w: Floats, x: Number, power: Number) -> Number:
    if not 0.0 < x < 1e90:
        return MISSING
    return m_pow(x, power) + m_exp(ratio(-x, 100.0)) + m_sqrt(x)


def both(f: Floats, k: Ints, w: Floats, a: Bool, b: Bool) -> Bool:
    return a and b


def raises(f: Floats, k: Ints, w: Floats, x: Number) -> Number:
    if x < 0.0:
        raise ValueError("negative")
    return x


def allocates(f: Floats, k: Ints, w: Floats, x: Number) -> Number:
    held = [x, x]
    return held[0]


def untyped(f: Floats, k: Ints, w: Floats, x) -> Number:  # type: ignore[no-untyped-def]
    return x  # type: ignore[no-any-return]


FLOATS = {"ema": 1, "sma": 1}
INTS = {"ema": 1, "sma": 2, "highest": 2, "cross_above": 1}
WINDOWED = ("sma", "highest")


def function(symbol: str) -> object:
    """The step behind `op_NAME`."""
    return globals()[symbol.removeprefix("op_")]

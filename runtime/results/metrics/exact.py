"""Exact sums: of all numbers, rounded once at the end, so that they depend on no processor and no order."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..output import Floats

_FEW = 64
"""Numbers up to which a loop is as quick."""


def total(values: Floats) -> float:
    """The sum of `math.fsum`, bit by bit, at the speed of arrays.

    Each round takes from every number its multiple of one power of two, so coarse that no partial sum of these
    needs more than the 53 bits there are: they add up exactly in any order. What is left of the numbers goes the same
    way, and after a few rounds nothing is (Rump, Ogita and Oishi 2008, "Accurate floating-point summation").
    """
    import numpy as np

    if len(values) <= _FEW:
        return math.fsum(values.tolist())
    rest, parts = np.array(values), []
    room = len(values).bit_length() + 1
    while largest := float(np.abs(rest).max()):
        if not math.isfinite(largest):
            return math.fsum(values.tolist())
        exponent = math.frexp(largest)[1] + room
        if exponent > 1023:
            return math.fsum(values.tolist())
        coarse = math.ldexp(1.0, exponent)
        taken = (rest + coarse) - coarse
        parts.append(float(taken.sum()))
        rest -= taken
    return math.fsum(parts)

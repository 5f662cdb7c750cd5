"""A window kept as two blocks, so that no cost grows with it and nothing is ever taken out of a sum.

One block is being filled: a running value of it is enough. The full block before it was turned, once, when it
became full, into values of its ends: w[slot] is then that of what the window still holds of it. k[0] is the slot
of the next value, k[1] whether a full block lies before.
"""

from __future__ import annotations

from ..arith import NAN
from ..operator import Ints

TURNING = (lambda length: length - 1, 1)
"""The bounds of the two slots."""


def forget(k: Ints) -> float:
    """A value is missing: the window begins anew."""
    k[0] = 0
    k[1] = 0
    return NAN


def begin_block(k: Ints) -> None:
    """The block is full and was turned: it is the one before, and the next is filled from its first slot."""
    k[0] = 0
    k[1] = 1

"""Books as they were at some moment, copied."""

from __future__ import annotations

from array import array
from dataclasses import dataclass

from ..trading.specs import UNNAMED, Called


@dataclass(frozen=True, slots=True)
class Books:
    """The arrays of trading at some moment. called: what an answer calls guards."""

    b: array[float]
    k: array[int]
    called: Called = UNNAMED

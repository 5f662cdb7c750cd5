"""Books as they were at some moment, copied."""

from __future__ import annotations

from array import array
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Books:
    """The arrays of trading at some moment. scopes: what guards are of besides the account."""

    b: array[float]
    k: array[int]
    scopes: tuple[str, ...] = ()

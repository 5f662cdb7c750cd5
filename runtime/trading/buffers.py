"""The buffers of trading as the functions see them: anything that is indexed by whole numbers.

`array`s or `memoryview`s in CPython, pointers in native code.
"""

from __future__ import annotations

from typing import Protocol


class Floats(Protocol):
    """Float64 storage."""

    def __getitem__(self, at: int, /) -> float: ...

    def __setitem__(self, at: int, value: float, /) -> None: ...


class Ints(Protocol):
    """Int64 storage."""

    def __getitem__(self, at: int, /) -> int: ...

    def __setitem__(self, at: int, value: int, /) -> None: ...

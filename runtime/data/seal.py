"""A seal on columns that belong to somebody else: whether they still hold what they held when it was made.

Data in memory are not copied, and a result reads them again for what it makes only when asked. Sums of whole numbers,
each times an odd number of its place, tell any change of a single value, and all but one in 2**64 of others.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..errors import RunError
from .bars import Bars

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_ROW = 64
_ODD = 0x9E37_79B9_7F4A_7C15
"""2**64 over the golden ratio, whose multiples lie far apart."""


class Seal:
    """The sums of the columns of bars; `check` refuses where one of them is another now."""

    __slots__ = ("_bars", "_sums")

    def __init__(self, bars: Bars) -> None:
        self._bars = bars
        self._sums = {name: _sum(column) for name, column in _columns(bars).items()}

    def check(self, *names: str) -> None:
        """RunError if one of these columns has changed since; all of them if none is named."""
        for name, column in _columns(self._bars).items():
            if (not names or name in names) and _sum(column) != self._sums[name]:
                raise RunError(
                    f"the data were changed after the run (column {name!r}), and a result is of the data as they were: "
                    "read what you need before, or give the run a copy"
                )


def _columns(bars: Bars) -> dict[str, NDArray[np.generic]]:
    """Each column once, though several names may share its memory."""
    named = {name: getattr(bars, name) for name in ("ts", "open", "high", "low", "close", "volume")}
    held: dict[int, str] = {}
    for name, column in {**named, **bars.extra}.items():
        held.setdefault(id(column), name)
    return {name: {**named, **bars.extra}[name] for name in held.values()}


def _sum(column: NDArray[np.generic]) -> int:
    import numpy as np

    whole = np.ascontiguousarray(column)
    bits = whole.view(np.int64) if whole.itemsize == 8 else whole.astype(np.int64)
    rows, rest = divmod(len(bits), _ROW)
    factors = _factors(_ROW)
    inner = np.einsum("ij,j->i", bits[: rows * _ROW].reshape(rows, _ROW), factors)  # faster than @ for whole numbers
    outer = np.concatenate([inner, bits[rows * _ROW :]])
    return hash((rest, int((outer * _factors(len(outer))).sum())))


def _factors(count: int) -> NDArray[np.int64]:
    """An odd number for each place."""
    import numpy as np

    return (np.arange(1, count + 1, dtype=np.uint64) * np.uint64(_ODD) | np.uint64(1)).view(np.int64)

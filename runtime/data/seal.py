"""A seal on columns that belong to somebody else: whether they still hold what they held when it was made.

Data in memory are not copied, and a result reads them again for what it makes only when asked. XXH3 tells all but one
in 2**64 changes, and reads memory as fast as it can be read.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from ..errors import RunError
from .bars import Bars

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class Seal:
    """The sums of the columns of bars; `check` refuses where one of them is another now."""

    __slots__ = ("_begun", "_columns", "_count", "_held", "_sums", "_upto")

    def __init__(self, bars: Bars) -> None:
        """It is made by `add`, of rows as they are looked at for something else; what is left, when it is closed."""
        from xxhash import xxh3_64  # here: data of a file are not sealed

        self._columns, self._held = _columns(bars)
        self._begun = {name: xxh3_64() for name in self._columns}
        self._sums: dict[str, int] = {}
        self._upto, self._count = 0, len(bars)

    def add(self, first: int, stop: int) -> None:
        """The rows from `first` up to `stop`, where they are those that come next."""
        import numpy as np

        if first == self._upto:
            self._upto = stop
            for name, begun in self._begun.items():
                begun.update(np.ascontiguousarray(self._columns[name][first:stop]).data)

    def close(self) -> Seal:
        """No row is left."""
        self.add(self._upto, self._count)
        self._sums |= {name: begun.intdigest() for name, begun in self._begun.items()}
        self._begun = {}  # sums that are done: a result can be pickled and copied
        return self

    def check(self, *names: str) -> None:
        """RunError if one of these columns has changed since; all of them if none is named."""
        for name in dict.fromkeys(self._held[name] for name in names or self._held):
            if _sum(self._columns[name]) != self._sums[name]:
                raise RunError(
                    f"the data were changed after the run (column {name!r}), and a result is of the data as they were: "
                    "read what you need before, or give the run a copy"
                )


class Seals:
    """The seals of several symbols' bars, checked as one."""

    __slots__ = ("_each",)

    def __init__(self, bars: Iterable[Bars]) -> None:
        self._each = [Seal(each).close() for each in bars]

    def check(self, *names: str) -> None:
        """RunError if one of these columns of any has changed since; all of them if none is named."""
        for seal in self._each:
            seal.check(*names)


def _columns(bars: Bars) -> tuple[dict[str, NDArray[np.generic]], dict[str, str]]:
    """Each column once, by its first name, and that of every name: several may share their memory."""
    named = {name: getattr(bars, name) for name in ("ts", "open", "high", "low", "close", "volume")} | dict(bars.extra)
    first: dict[int, str] = {}
    held = {name: first.setdefault(id(column), name) for name, column in named.items()}
    return {name: named[name] for name in first.values()}, held


def _sum(column: NDArray[np.generic]) -> int:
    import numpy as np
    from xxhash import xxh3_64_intdigest

    return xxh3_64_intdigest(np.ascontiguousarray(column).data)

"""A table as it was read: columns by name, before anything is known about them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Union

from .errors import DataError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Column = Union["NDArray[Any]", Sequence[str]]
"""Numbers, bools or datetimes as an array, or texts as a sequence."""

MISSING = -(1 << 63)
"""The stamp of a row whose time is missing or unreadable."""


@dataclass(frozen=True, slots=True)
class Table:
    """`source` is what errors call it. `naive` says whether its datetime64 columns are in no zone.

    `splits_told`: the notes already say what is to be known about splits.
    `rows` are the places of the rows in the source where some were left out (a file of several symbols).
    """

    source: str
    columns: Mapping[str, Column]
    naive: bool = True
    rows: NDArray[np.int64] | None = None
    symbol: str = ""
    notes: tuple[str, ...] = ()
    splits_told: bool = False


def choose_symbol(names: Sequence[str], wanted: str | None, source: str) -> str:
    """The one of `names` that is meant. DataError lists them where it is open."""
    if wanted is None and len(names) == 1:
        return names[0]
    match = [name for name in names if wanted is not None and name.lower() == wanted.lower()]
    if match:
        return match[0]
    shown = ", ".join(sorted(names)[:30]) + (", …" if len(names) > 30 else "")
    if wanted is None:
        raise DataError(f"{source} holds {len(names)} symbols: choose one with --symbol: {shown}")
    raise DataError(f"{source} holds no symbol {wanted!r}; it holds {shown}")

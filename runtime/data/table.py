"""A table as it was read: columns by name, before anything is known about them."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Union

from ...lang.diagnostics.brief import brief, named
from .errors import DataError, SeveralSymbolsError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class Packed(Sequence[str]):
    """Texts that lie in one piece of memory; what is fast with them is done there, and means what it means elsewhere.

    Each of its ways gives None where the texts are not all as plain as it needs: the usual way then decides.
    """

    @abstractmethod
    def digits(self) -> NDArray[np.int64] | None:
        """Whole numbers of equal width without a sign."""

    @abstractmethod
    def cells(self) -> NDArray[np.uint8] | None:
        """Rows of ASCII bytes, where all texts are equally long and have no blanks at their ends."""

    @abstractmethod
    def take(self, rows: NDArray[np.int64]) -> Sequence[str]:
        """Some of them."""


Column = Union["NDArray[Any]", Sequence[str]]
"""Numbers, bools or datetimes as an array, or texts as a sequence."""

MISSING = -(1 << 63)
"""The stamp of a row whose time is missing or unreadable."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where rows are from, for messages: what the source is called, and the places of the rows in it (None: all)."""

    source: str
    rows: NDArray[np.int64] | None = None

    def row(self, at: int) -> int:
        """The number of a row in the source, from 1."""
        return at + 1 if self.rows is None else int(self.rows[at]) + 1


@dataclass(frozen=True, slots=True)
class Table:
    """`source` is what errors call it. `zones` are those of datetime64 columns that are instants; others are in none.

    `splits_told`: the notes already say what is to be known about splits.
    `rows` are the places of the rows in the source where some were left out (a file of several symbols).
    `twice` are headers that stood over several columns; the second is `NAME_2` here.
    """

    source: str
    columns: Mapping[str, Column]
    zones: Mapping[str, str] = field(default_factory=dict)
    rows: NDArray[np.int64] | None = None
    symbol: str = ""
    notes: tuple[str, ...] = ()
    splits_told: bool = False
    twice: tuple[str, ...] = ()

    @property
    def place(self) -> Place:
        return Place(self.source, self.rows)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What of a source is asked for: a symbol; the program's own, which decides where none is; columns by field."""

    symbol: str | None = None
    own: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)


def choose_symbol(names: Sequence[str], wanted: Wanted, source: str) -> tuple[str, tuple[str, ...]]:
    """The one of `names` that is meant, and a note if the program decided. DataError lists them where it is open."""
    if wanted.symbol is None and len(names) == 1:
        return names[0], ()
    asked = wanted.own if wanted.symbol is None else wanted.symbol
    match = [name for name in names if name.lower() == asked.lower()] if asked else []
    if match and wanted.symbol is None:
        told = f"{match[0]} taken of the {len(names)} symbols of {source}, as the program says `on {asked}`"
        return match[0], (told,)
    if match:
        return match[0], ()
    shown = ", ".join(map(named, sorted(names)[:30])) + (", …" if len(names) > 30 else "")
    if wanted.symbol is None:
        own = f" (the program's {asked} is none of them)" if asked else ""
        raise SeveralSymbolsError(f"{source} holds {len(names)} symbols{own}: choose one with --symbol: {shown}")
    raise DataError(f"{source} holds no symbol {brief(asked)}; it holds {shown}")


def take(column: Column, rows: NDArray[np.int64]) -> Column:
    """Some rows of a column."""
    import numpy as np

    if isinstance(column, np.ndarray):
        taken: NDArray[Any] = column[rows]
        return taken
    return column.take(rows) if isinstance(column, Packed) else [column[row] for row in rows.tolist()]

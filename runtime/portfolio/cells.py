"""Cells of one event: where native code finds the columns of each symbol's bar, and what crosses between symbols.

A bar is written once, whichever plans read it: the kernels of the levels and of the books look at the same cells.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping, Sequence
from struct import Struct
from typing import Any

from ...lang.plan.model import Column
from ..machine.columns import Live
from .columns import FIELDS, Bars

READ_ACROSS = ("given", "book_of")
"""Sources of columns that are no part of a bar."""


class Cells:
    """For each symbol a row of cells: its bar, what the bar's time alone says, the data's own columns; and for each
    crossing a value for every symbol. Their addresses are used: whoever has them keeps this."""

    def __init__(
        self, wanted: Sequence[Iterable[Column]], given: Mapping[str, array[float]], timeframe: Any, zone: str
    ) -> None:
        """wanted: by the place of a symbol the columns that any plan reads of it. given: by column what crosses."""
        self._given, live = given, Live(timeframe, zone)
        made: dict[tuple[Column, ...], _Row] = {}
        self._rows: list[_Row] = []
        for columns in wanted:
            own = tuple(dict.fromkeys(each for each in columns if each.source not in READ_ACROSS))
            if own not in made:
                made[own] = _Row(own, live)
            self._rows.append(made[own])
        self._cells = [array("d", bytes(8 * (row.size + 1))) for row in self._rows]

    def write(self, members: Sequence[int], bars: Bars) -> None:
        """The bars of one event, of the symbols at these places."""
        rows, cells = self._rows, self._cells
        for place in members:
            bar, extra = bars[place]
            row = rows[place]
            if bar[0] != row.at:
                row.tell_time(bar)
            if row.own:
                own = [read(bar, extra) for read in row.own]
                row.write(cells[place], 0, *bar, *row.facts, *own)
            else:
                row.write(cells[place], 0, *bar, *row.facts)

    def pointers(self, place: int, columns: Sequence[Column]) -> array[int]:
        """Where the columns of the symbol at a place are; those of other books in a cell that nobody reads."""
        first, row = self._cells[place].buffer_info()[0], self._rows[place]
        return array("q", [
            self._given[column.name].buffer_info()[0] + 8 * place if column.source == "given"
            else first + 8 * row.places.get(column, row.size)
            for column in columns
        ])  # fmt: skip


class _Row:
    """How the cells of a symbol are laid out: the fields of a bar, what its time says, the data's own columns."""

    def __init__(self, columns: Sequence[Column], live: Live) -> None:
        fields = [column for column in columns if column.source == "bar" and column.name in FIELDS]
        own = [column for column in columns if column.source == "data"]
        timed = [column for column in columns if column not in (*fields, *own)]
        beside = (*timed, *own)
        self.places = {column: FIELDS[column.name] for column in fields}
        self.places |= {column: place for place, column in enumerate(beside, len(FIELDS))}
        self.size = len(FIELDS) + len(beside)
        self.write = Struct("qddddd" + "".join("q" if column.whole else "d" for column in beside)).pack_into
        self._timed, self.own = [live.reader(each) for each in timed], [live.reader(each) for each in own]
        self.at: int | None = None
        self.facts: tuple[Any, ...] = ()

    def tell_time(self, bar: Any) -> None:
        """What the time of a bar says: once for all bars of one event."""
        self.at, self.facts = bar[0], tuple([read(bar, {}) for read in self._timed])

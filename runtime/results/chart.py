"""Charts of characters: a line and a hanging area, in braille dots or in plain ASCII."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .output import Floats

# The bit of each of a braille cell's dots: two columns of four.
_DOTS = ((0x01, 0x02, 0x04, 0x40), (0x08, 0x10, 0x20, 0x80))
_BRAILLE = 0x2800
_ACROSS, _DOWN = 2, 4


class Canvas:
    """A grid of dots: in braille eight a character, in ASCII one."""

    def __init__(self, width: int, height: int, ascii: bool) -> None:
        self.ascii = ascii
        self.across, self.down = (1, 1) if ascii else (_ACROSS, _DOWN)
        self.columns, self.rows = width * self.across, height * self.down
        self._cells = [[0] * width for _ in range(height)]

    def dot(self, column: int, row: int) -> None:
        """Set a dot; row 0 is at the top."""
        bit = 1 if self.ascii else _DOTS[column % _ACROSS][row % _DOWN]
        self._cells[row // self.down][column // self.across] |= bit

    def lines(self) -> list[str]:
        return ["".join(self._character(cell) for cell in row).rstrip() for row in self._cells]

    def _character(self, cell: int) -> str:
        if not cell:
            return " "
        return "*" if self.ascii else chr(_BRAILLE + cell)


def line_chart(values: Floats, width: int, height: int, ascii: bool = False) -> list[str]:
    """A line through the values, from their lowest at the bottom to their highest at the top."""
    canvas = Canvas(width, height, ascii)
    points = resampled(values, canvas.columns)
    low, high = min(points, default=0.0), max(points, default=0.0)
    before = None
    for column, value in enumerate(points):
        row = _row(high - value, high - low, canvas.rows)
        start = row if before is None else before
        for between in range(min(start, row) + (row > start), max(start, row) + (row >= start)):
            canvas.dot(column, between)
        canvas.dot(column, row)
        before = row
    return canvas.lines()


def hanging_chart(values: Floats, width: int, height: int, ascii: bool = False) -> list[str]:
    """An area that hangs from the top, down to the largest value; the worst of each column is drawn."""
    canvas = Canvas(width, height, ascii)
    points = resampled(values, canvas.columns, worst=True)
    deepest = max(points, default=0.0)
    for column, value in enumerate(points):
        for row in range(_filled(value, deepest, canvas.rows)):
            canvas.dot(column, row)
    return canvas.lines()


def resampled(values: Floats, count: int, worst: bool = False) -> Sequence[float]:
    """`count` values along the whole: the last, or the largest, of each part; few are stretched."""
    import numpy as np

    if not len(values):
        return []
    ends = np.maximum((np.arange(1, count + 1) * len(values)) // count, 1)
    if not worst:
        last: list[float] = values[ends - 1].tolist()
        return last
    begins = np.minimum(np.concatenate([[0], ends[:-1]]), ends - 1)
    return [float(values[a:b].max()) for a, b in zip(begins.tolist(), ends.tolist(), strict=True)]


def _row(below: float, span: float, rows: int) -> int:
    return rows // 2 if span <= 0.0 else min(rows - 1, int(below / span * rows))


def _filled(value: float, deepest: float, rows: int) -> int:
    return 0 if value <= 0.0 or deepest <= 0.0 else max(1, round(value / deepest * rows))

"""Texts of a large file in Arrow's memory: no Python object each, and times read from their bytes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, overload

from .shapes import number_of
from .table import Packed

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa
    from numpy.typing import NDArray

_WIDEST = 64
_DIGITS = 18  # that fit an int64 whatever they are


class ArrowTexts(Packed):
    """A column of strings without nulls."""

    __slots__ = ("_column",)

    def __init__(self, column: pa.ChunkedArray) -> None:
        self._column = column

    def __len__(self) -> int:
        return len(self._column)

    def __iter__(self) -> Iterator[str]:
        for chunk in self._column.chunks:
            yield from chunk.to_pylist()

    @overload
    def __getitem__(self, at: int) -> str: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[str]: ...
    def __getitem__(self, at: int | slice) -> str | Sequence[str]:
        if isinstance(at, slice):
            return ArrowTexts(self._column[at])
        return str(self._column[at])

    def take(self, rows: NDArray[np.int64]) -> Sequence[str]:
        import pyarrow as pa

        return ArrowTexts(self._column.take(pa.array(rows)))

    def longest(self) -> int:
        """Characters of the longest text."""
        return max(map(len, self), default=0)

    def digits(self) -> NDArray[np.int64] | None:
        import numpy as np

        cells = self.cells()
        if cells is None or cells.shape[1] > _DIGITS or not ((cells >= 48) & (cells <= 57)).all():
            return None
        return number_of(np.ascontiguousarray(cells.T), 0, cells.shape[1])

    def cells(self) -> NDArray[np.uint8] | None:
        import numpy as np

        width = len(self[0]) if len(self) else 0
        if not 1 <= width <= _WIDEST:
            return None
        blocks = [_block(chunk, width) for chunk in self._column.chunks if len(chunk)]
        if any(block is None for block in blocks):
            return None
        cells: NDArray[np.uint8] = np.concatenate([block for block in blocks if block is not None])
        plain = bool((cells < 128).all()) and bool((cells[:, [0, -1]] > 32).all())
        return cells if plain else None


def _block(chunk: pa.Array, width: int) -> NDArray[Any] | None:
    """The bytes of a chunk as a row for each text; None if some text is not so wide."""
    import numpy as np

    _, offsets, content = chunk.buffers()
    places = np.frombuffer(offsets, np.int32)[chunk.offset :][: len(chunk) + 1]
    if content is None or not (np.diff(places) == width).all():
        return None
    return np.frombuffer(content, np.uint8)[places[0] : places[-1]].reshape(-1, width)

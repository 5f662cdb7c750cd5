"""Times as texts, a column at once: `2024-01-01T14:30:00Z`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..calendar.civil import DAY, HOUR, MINUTE, SECOND, date_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Letters = NDArray[np.uint8]


def iso(ts: Ints) -> Any:
    """Instants (µs since 1970, of the years 1 to 9999) as an Arrow column of ISO 8601 in UTC.

    Where any has a part of a second, all have six digits of it.
    """
    import numpy as np
    import pyarrow as pa

    letters = _letters(ts)
    offsets = np.arange(len(ts) + 1, dtype=np.int32) * np.int32(letters.shape[1])
    return pa.StringArray.from_buffers(len(ts), pa.py_buffer(offsets), pa.py_buffer(letters))


def iso_texts(ts: Ints) -> list[str]:
    """The same as Python's texts, for a process that has no other need of Arrow."""
    letters = _letters(ts)
    texts: list[str] = letters.view(f"S{letters.shape[1]}").ravel().astype(str).tolist()
    return texts


def _letters(ts: Ints) -> Letters:
    """A row of letters for each instant."""
    import numpy as np

    day, within = np.divmod(ts, DAY)
    seconds, micros = np.divmod(within, SECOND)
    exact = not micros.any()
    letters = np.empty((len(ts), 20 if exact else 27), dtype=np.uint8)
    letters[:, :11] = _dates(day)
    _write(letters, 11, seconds // (HOUR // SECOND), ":")
    _write(letters, 14, seconds // (MINUTE // SECOND) % 60, ":")
    _write(letters, 17, seconds % 60, "Z" if exact else ".")
    for place in () if exact else (20, 22, 24):
        _write(letters, place, micros // 100 ** ((24 - place) // 2) % 100, "Z")
    return letters


def _dates(day: Ints) -> Letters:
    """`2024-01-01T` of each day; days that follow one another alike are written once."""
    import numpy as np

    begins = np.flatnonzero(np.diff(day, prepend=day[:1] - 1))
    year, month, date = date_of(day[begins])
    letters = np.empty((len(begins), 11), dtype=np.uint8)
    _write(letters, 0, year // 100, "-")
    _write(letters, 2, year % 100, "-")
    _write(letters, 5, month, "-")
    _write(letters, 8, date, "T")
    return np.repeat(letters, np.diff(begins, append=len(day)), axis=0)


def _write(letters: Letters, at: int, values: Ints, after: str) -> None:
    """Numbers of two digits, and what follows them."""
    import numpy as np

    tens, ones = np.divmod(values.astype(np.uint8), np.uint8(10))
    letters[:, at] = tens + np.uint8(ord("0"))
    letters[:, at + 1] = ones + np.uint8(ord("0"))
    letters[:, at + 2] = ord(after)

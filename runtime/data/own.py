"""The data's own columns: numbers and bools that are no prices (funding, sentiment, signals of another system)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from .numbers import NOTHING, floats, no_numbers
from .quality import LARGEST
from .table import Column

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from .quality import Numbers

    Values = NDArray[np.float64] | NDArray[np.bool_]

_BOOLS = {"true": True, "false": False}


@dataclass(frozen=True, slots=True)
class Own:
    """`columns` by name, float64 or bool; `unread` says of every other one why it is none; `notes` for the result."""

    columns: dict[str, Values]
    unread: dict[str, str]
    notes: tuple[str, ...]


def read_own(columns: Mapping[str, Column], numbers: Numbers) -> Own:
    """The columns that hold numbers or bools. numbers: of the rows in the source."""
    found: dict[str, Values] = {}
    unread: dict[str, str] = {}
    notes: list[str] = []
    for name, column in columns.items():
        values = _values(column, numbers)
        if isinstance(values, str):
            unread[name] = values
        else:
            found[name], count = within_bounds(values)
            notes += [f"column {name!r}: {_numbers(count)} beyond 1e300, taken as missing"] * (count > 0)
    return Own(found, unread, tuple(notes))


def within_bounds(values: Values) -> tuple[Values, int]:
    """The values with na for every number beyond ±1e300, and how many those are; the same array if there are none."""
    import numpy as np

    if values.dtype == np.bool_:
        return values, 0
    far = np.abs(values) > LARGEST
    count = int(np.count_nonzero(far))
    return (np.where(far, np.nan, values) if count else values), count


def _values(column: Column, numbers: Numbers) -> Values | str:
    """A column as numbers or bools, or in words why it is neither."""
    import numpy as np

    if not isinstance(column, np.ndarray):
        return _of_texts(column, numbers)
    if column.dtype == np.bool_:
        return column
    return floats(column) if column.dtype.kind in "iuf" else f"it holds {column.dtype}, no numbers and no bools"


def _of_texts(column: Sequence[str], numbers: Numbers) -> Values | str:
    import numpy as np

    first = next((plain for text in column if (plain := text.strip().lower()) not in NOTHING), "")
    if first in _BOOLS:
        bools = [_BOOLS.get(text.strip().lower()) for text in column]
        strange, expected = (at for at, value in enumerate(bools) if value is None), "true or false"
        values: Any = np.array(bools, dtype=np.bool_)
    else:
        values, expected = floats(column), "a number"
        strange = (at for at in no_numbers(column, values))
    at = next(strange, None)
    return values if at is None else f"row {numbers[at]} of it is {column[at][:40]!r} where {expected} is expected"


def _numbers(count: int) -> str:
    return f"{count} number{'s' * (count != 1)}"

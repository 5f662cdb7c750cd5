"""Times in numbers that lost their last digits: a spreadsheet that showed 1.70415E+12 and saved it, or float32.

What was lost is not in the data, so such times are refused: bars of a day would be 80,000 or 90,000 seconds apart,
and those of minutes would be equal by the hundred.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..calendar.civil import DAY, MINUTE, SECOND
from .errors import DataError
from .origins import count_of
from .table import Place

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]

_LOOK = 2000
"""Numbers by which it is told."""
_LOST, _EVEN = 100 * SECOND, 300 * SECOND
"""On whole multiples of the one lie bars of 5 minutes, of hours and days; they are multiples of the other apart."""
_CLEAR = 1000 * SECOND
"""Of rows that are all of one time it is told by this: few times of day are whole multiples of it."""
_SPREADSHEET = (
    "take the times as they were before a spreadsheet saved them, or give their column the number format 0 there "
    "before it is saved"
)
_FLOAT32 = "keep times as int64 or float64"


def refuse_rounded(numbers: Ints, form: str, rows: Ints | range, place: Place) -> None:
    """DataError where the last digits of all numbers were lost, with the rows that are equal or unevenly spaced.

    form: what the numbers are, dates in digits or a unit since an instant; days lose nothing that way.
    """
    import numpy as np

    head = numbers[:_LOOK]
    counted = count_of(form)
    if len(head) < 2 or not (counted or form == "YYYYMMDD") or form.startswith("d"):
        return
    by_ten = _power(head, 10)
    if counted is None:
        if all(map(_no_day, head.tolist())):
            raise _error(numbers, head, by_ten, rows, place)
        return
    gaps = np.abs(np.diff(head)) * counted.times // counted.by
    stands = not gaps.any() and int(head[0]) * counted.times // counted.by % DAY > 0
    step = by_ten * counted.times // counted.by
    if step >= _LOST and (step >= _CLEAR if stands else (gaps % _EVEN).any()):
        raise _error(numbers, head, by_ten, rows, place)
    apart = _of_float32(head)  # numbers of this size
    lost = apart > 1 and apart * counted.times // counted.by >= SECOND and _power(head, 2) >= apart
    if lost and (stands or (gaps % MINUTE).any()):
        raise _error(numbers, head, apart, rows, place, float32=True)


def _no_day(number: int) -> bool:
    """Whether digits are a date and perhaps a time of day, of which the day was lost."""
    text = str(number)
    return len(text) in (8, 12, 14) and "1900" <= text[:4] < "2100" and text[4:6] <= "12" and not text[6:].strip("0")


def _power(numbers: Ints, base: int) -> int:
    """The greatest power of a base of which all numbers are multiples; 1 where they are all 0."""
    power = 1
    while power < 2**50 and numbers.any() and not (numbers % (power * base)).any():
        power *= base
    return power


def _of_float32(numbers: Ints) -> int:
    """How far numbers of this size are apart in float32."""
    return 1 << max(0, int(abs(numbers).max()).bit_length() - 24)


def _error(
    numbers: Ints, head: Ints, apart: int, rows: Ints | range, place: Place, *, float32: bool = False
) -> DataError:
    """What is wrong with numbers that are multiples of `apart`: which rows are equal, which are how far apart."""
    import numpy as np

    first = int(head[0])
    digits = max(1, len(str(abs(first))) - len(str(apart)) + 1)
    how = "as float32 holds them" if float32 else f"as a spreadsheet shows them ({first:.{digits - 1}E})"
    gaps = np.diff(numbers)
    equal, other = np.flatnonzero(gaps == 0), np.flatnonzero(gaps != gaps[0])
    told = []
    if len(equal):
        at, s = int(equal[0]), "s" if len(equal) > 1 else ""
        told.append(f"{len(equal)} row{s} ha{'ve' if s else 's'} the time of the row before, first row "
                    f"{place.row(int(rows[at + 1]))}")  # fmt: skip
    if len(other):
        at = int(other[0])
        told.append(f"row {place.row(int(rows[at + 1]))} is {abs(gaps[at])} after the one before where row "
                    f"{place.row(int(rows[1]))} is {abs(gaps[0])}")  # fmt: skip
    return DataError(
        f"{place.source}, row {place.row(int(rows[0]))}: the times are rounded to whole multiples of {apart:,}, {how}: "
        f"{'; '.join(told)}. What was lost is not in the data: {_FLOAT32 if float32 else _SPREADSHEET}"
    )

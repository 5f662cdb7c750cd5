"""Texts as numbers, in the spellings that exports use: `1,234.5`, `1'234`, `$12.30`, `96.7M`, and ways to say none."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from .table import Column, Packed

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

NOTHING = frozenset(("", "na", "nat", "n/a", "nan", "null", "none", "nil", "-", "--", ".", "#n/a"))
MONEY = "[$€£¥₹₩₽₺]"
"""Signs of currencies, before a number or behind it."""
APART = " '\u2019\u00a0\u202f\u2009"
"""What stands between thousands where it is no comma and no point: `1 234.5`, `1'234.5`."""
_GROUPS = rf"\d{{1,3}}(?:,\d{{3}}){{1,20}}|\d{{1,3}}(?:[{APART}]\d{{3}}){{1,20}}|\d{{1,2}}(?:,\d\d){{1,10}},\d{{3}}"
_SPELLED = re.compile(
    rf"([-+]?){MONEY}?\s?([-+]?)((?:{_GROUPS})(?:\.\d{{0,40}})?|\d{{1,40}}\.?\d{{0,40}}|\.\d{{1,40}})"
    rf"\s{{0,3}}([kmbt]?)\s?{MONEY}?"
)
_NO_THOUSANDS = dict.fromkeys(map(ord, f",{APART}"))
_SCALES = {"": "", "k": "e3", "m": "e6", "b": "e9", "t": "e12"}
"""Powers of ten, written behind the digits: 4.03 times 1000 is not the number that 4.03e3 is."""
_EPOCH = re.compile(r"-?\d{1,20}(?:\.\d{1,20})?(?:[eE]\+?\d{1,2})?")


def floats(column: Column) -> NDArray[np.float64]:
    """A column as float64, not copied where it is that already; what is no number is na."""
    import numpy as np

    if isinstance(column, np.ndarray):
        return np.ascontiguousarray(column, dtype=np.float64)
    try:
        return np.array([*map(float, column)])
    except ValueError:
        return np.array([number(text) for text in column])


def no_numbers(column: Column, values: NDArray[np.float64]) -> list[int]:
    """The places of texts that say something and are no number, where `values` are those of the column."""
    if hasattr(column, "dtype"):
        return []
    absent = (values != values).nonzero()[0].tolist()
    return [at for at in absent if column[at].strip().lower() not in NOTHING]


def whole_numbers(texts: Sequence[str]) -> NDArray[Any] | None:
    """Texts as int64 or float64 with na for what is no number; None if the first that says something is none."""
    import numpy as np

    first = next((plain for text in texts if (plain := text.strip()).lower() not in NOTHING), "")
    if not _EPOCH.fullmatch(first):
        return None
    fast = texts.digits() if isinstance(texts, Packed) else None
    if fast is not None:
        return fast
    try:
        return np.array([*map(int, texts)], dtype=np.int64)
    except (ValueError, OverflowError):
        return floats(texts)


def decimal_points(column: Sequence[str]) -> list[str]:
    """Numbers written with a decimal comma (`1.234,5`) rewritten with a point."""
    return [text.replace(".", "").replace(",", ".") for text in column]


def number(text: str) -> float:
    """One text as a number; na if it is none."""
    try:
        return float(text)
    except ValueError:
        pass
    match = _SPELLED.fullmatch(text.strip().lower())
    if not match:
        return float("nan")
    sign = -1.0 if "-" in (match[1], match[2]) else 1.0
    return sign * float(match[3].translate(_NO_THOUSANDS) + _SCALES[match[4]])

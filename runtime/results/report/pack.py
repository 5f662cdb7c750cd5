"""Columns made small for a page: whole steps of a decimal grid, differences, byte planes, deflate, base64.

A column whose numbers have few decimals comes back exactly. Any other is kept to nine digits of its largest
number, which is more than a screen shows; the files beside the report have every bit.
"""

from __future__ import annotations

import base64
import math
import zlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from .drawn import Drawn

DIGITS, DRAWN_DIGITS, COARSE_DIGITS = 9, 6, 4
"""Of what is read as a number, of what is only drawn, and of what is drawn in a low pane."""
_FINEST = 300  # decimals: finer powers of ten are no float64


def packed(values: NDArray[Any], digits: int = DIGITS) -> dict[str, object]:
    """A column as plain JSON: `count`, `decimals`, `base`, `bytes`, and `missing` where some are missing."""
    import numpy as np

    held = np.asarray(values, dtype=np.float64)
    missing = ~np.isfinite(held)
    whole, decimals = _on_grid(np.where(missing, 0.0, held), digits)
    whole = _filled_forward(whole, missing)
    base = int(whole[0]) if len(whole) else 0
    steps = np.diff(whole, prepend=base) if len(whole) else whole
    zigzag = ((steps << 1) ^ (steps >> 63)).astype("<u4")
    planes = zigzag.view(np.uint8).reshape(-1, 4).T
    made: dict[str, object] = {"count": len(held), "decimals": decimals, "base": base, "bytes": _small(planes)}
    if missing.any():
        made["missing"] = _small(np.packbits(missing))
    return made


def volumes(groups: Drawn, volume: NDArray[np.float64]) -> dict[str, object]:
    """`volume` of each group of bars, in whole units where they are many; nothing where it is not known."""
    import numpy as np

    known = np.nan_to_num(volume)
    if not known.any():
        return {}
    summed = groups.summed(known)
    return {"volume": packed(np.round(summed, max(0, 5 - math.ceil(math.log10(float(summed.max()) + 1.0)))))}


def _on_grid(values: NDArray[np.float64], digits: int) -> tuple[NDArray[np.int64], int]:
    """The fewest decimals that keep every value, or as many as the digits allow; and the values in steps of them."""
    import numpy as np

    largest = float(np.abs(values).max(initial=0.0))
    most = min(digits - 1 - math.floor(math.log10(largest)), _FINEST) if largest > 0.0 else 0
    for decimals in range(0, most):
        scaled = np.rint(values * 10.0**decimals)
        if np.array_equal(scaled / 10.0**decimals, values):
            return scaled.astype(np.int64), decimals
    return np.rint(values * 10.0**most).astype(np.int64), most


def _filled_forward(whole: NDArray[np.int64], missing: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Missing places repeat the value before, so that they cost nothing."""
    import numpy as np

    if not missing.any():
        return whole
    last = np.maximum.accumulate(np.where(missing, 0, np.arange(len(whole))))
    return whole[last]


def _small(array: NDArray[np.uint8]) -> str:
    return base64.b64encode(zlib.compress(array.tobytes(), 6)).decode("ascii")

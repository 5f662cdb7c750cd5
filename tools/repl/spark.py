"""A series in a line of eight levels, or of four letters where a terminal has no blocks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from numpy.typing import NDArray

_BLOCKS, _PLAIN = "▁▂▃▄▅▆▇█", "_.-=*#"


def sparkline(values: NDArray[Any], width: int, *, unicode: bool = True) -> str:
    """The mean of each of `width` parts of the values, from the least to the greatest; blank where none is known.

    Of a condition the share of the bars on which it holds, from none to all.
    """
    import numpy as np

    if not len(values) or width < 1:
        return ""
    parts = min(width, len(values))
    ends = (np.arange(1, parts + 1) * len(values)) // parts
    begins = np.concatenate([[0], ends[:-1]])
    known = ~np.isnan(values) if values.dtype != np.bool_ else np.ones(len(values), np.bool_)
    sums = np.add.reduceat(np.where(known, values, 0.0), begins)
    counts = np.add.reduceat(known.astype(np.int64), begins)
    means = np.divide(sums, counts, out=np.full(parts, np.nan), where=counts > 0)
    low, high = (0.0, 1.0) if values.dtype == np.bool_ else _edges(means)
    levels = _BLOCKS if unicode else _PLAIN
    return "".join(_level(mean, low, high, levels) for mean in means.tolist())


def _edges(means: NDArray[Any]) -> tuple[float, float]:
    import numpy as np

    known = means[np.isfinite(means)]
    return (float(known.min()), float(known.max())) if len(known) else (0.0, 0.0)


def _level(value: float, low: float, high: float, levels: str) -> str:
    if value != value or value in (float("inf"), float("-inf")):
        return " "
    share = (value - low) / (high - low) if high > low else 0.5
    return levels[min(len(levels) - 1, max(0, int(share * len(levels))))]

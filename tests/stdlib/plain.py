"""The plain definition of each windowed operator: a formula over the values of one window, oldest first."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from fractions import Fraction

Window = Sequence[float]


def total(x: Window) -> float:
    return math.fsum(x)


def mean(x: Window) -> float:
    return math.fsum(x) / len(x)


def whole(x: Window) -> tuple[list[int], int]:
    """The very values as whole numbers over one number: their sums are exact, and quicker than those of fractions."""
    ratios = [float(v).as_integer_ratio() for v in x]
    under = max(below for _, below in ratios)  # powers of two
    return [above * (under // below) for above, below in ratios], under


def variance(x: Window) -> float:
    """Exact, then rounded once: n times the sum of squares, less the square of the sum, over n squared."""
    values, under = whole(x)
    above = len(x) * sum(v * v for v in values) - sum(values) ** 2
    return float(Fraction(above, (len(x) * under) ** 2))


def deviation(x: Window) -> float:
    return math.sqrt(variance(x))


def weighted(x: Window) -> float:
    return math.fsum((at + 1) * v for at, v in enumerate(x)) / (len(x) * (len(x) + 1) / 2)


def slope(x: Window) -> float:
    """Exact, then rounded once: places are counted in halves from the middle, so that all are whole."""
    (values, under), halves = whole(x), range(1 - len(x), len(x), 2)
    above, square = sum(at * v for at, v in zip(halves, values, strict=True)), sum(at * at for at in halves)
    return float(Fraction(2 * above, square * under)) if len(x) > 1 else 0.0


def line_end(x: Window) -> float:
    return mean(x) + slope(x) * (len(x) - 1) / 2


def mean_deviation(x: Window) -> float:
    middle = mean(x)
    return math.fsum(abs(v - middle) for v in x) / len(x)


def since_greatest(x: Window) -> float:
    return len(x) - 1 - list(x).index(max(x))


def since_smallest(x: Window) -> float:
    return len(x) - 1 - list(x).index(min(x))


def median(x: Window) -> float:
    ranked, n = sorted(x), len(x)
    return (ranked[(n - 1) // 2] + ranked[n // 2]) / 2


def nearest(x: Window) -> float:
    return sorted(x)[math.ceil(50 * len(x) / 100) - 1]


def between(x: Window) -> float:
    ranked, place = sorted(x), min(max(len(x) * 0.5 - 0.5, 0.0), len(x) - 1.0)
    low = math.floor(place)
    return ranked[low] + (place - low) * (ranked[min(low + 1, len(x) - 1)] - ranked[low])


def tail(x: Window) -> float:
    limit = between(x)
    worst = [v for v in x if v <= limit]
    return mean(worst)


def rank(x: Window) -> float:
    """Of a window one longer than the operator's length: the last value among those before it."""
    return 100 * sum(v <= x[-1] for v in x[:-1]) / (len(x) - 1)


# name -> (definition, how many more values its window holds than its length)
DEFINITIONS: dict[str, tuple[Callable[[Window], float], int]] = {
    "sum": (total, 0),
    "sma": (mean, 0),
    "variance": (variance, 0),
    "stdev": (deviation, 0),
    "wma": (weighted, 0),
    "linreg": (line_end, 0),
    "linreg_slope": (slope, 0),
    "mean_deviation": (mean_deviation, 0),
    "highest": (max, 0),
    "lowest": (min, 0),
    "highest_bars": (since_greatest, 0),
    "lowest_bars": (since_smallest, 0),
    "median": (median, 0),
    "percentile": (between, 0),
    "percentile_nearest": (nearest, 0),
    "tail_mean": (tail, 0),
    "percentrank": (rank, 1),
}


def tolerance(name: str, x: Window) -> float:
    """How far from exact an operator may be on this window (semantics 15)."""
    level = math.fsum(abs(v) for v in x) / len(x)
    if name in ("variance", "stdev"):
        allowed = 1e-9 * max(variance(x), 1e-12 * mean(x) ** 2)
        return allowed if name == "variance" else min(math.sqrt(allowed), allowed / max(deviation(x), 1e-300))
    if name == "sum":
        return 1e-12 * level * len(x)
    if name in ("sma", "wma", "linreg", "linreg_slope", "mean_deviation", "median", "percentile", "tail_mean"):
        return 1e-12 * level
    return 0.0

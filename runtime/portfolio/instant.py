"""What one instant says across the symbols of a portfolio: the definition of every cross-sectional function.

Values stand in the order of the panel's symbols, and sums run in it, so that their rounding is that order's; as none is
beyond 1e300, no sum overflows. Conditions are 1.0 and 0.0. A push calls this; `crossings.py` does the same over many
instants at once, to the last bit.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import compress
from math import sqrt

from ...stdlib.arith import LIMIT, finite

NA = float("nan")

NAMED = ("of", "fresh")
"""Functions that read one named symbol; every other looks across those that take part."""


def across(function: str, values: Sequence[float], takes: Sequence[bool], count: float = NA) -> list[float]:
    """The value of `function` for each symbol. One that does not take part has no place among the others: it reads
    `MISSING`; what is one number for all, it reads as well.

    takes: which symbols take part; the value of each is no `na`. count: the n of `top`.
    """
    taking = list(compress(values, takes))
    if not taking:
        return [MISSING[function]] * len(values)
    answers = _FUNCTIONS[function](taking, count)
    if function in FOR_ALL:
        return [answers[0]] * len(values)
    if len(taking) == len(values):
        return answers
    missing, rest = MISSING[function], iter(answers)
    return [next(rest) if takes_part else missing for takes_part in takes]


def _descending(values: list[float]) -> list[int]:
    """Places, the highest first; of equal values the first in the panel is the higher."""
    keys = [-value for value in values]
    return sorted(range(len(values)), key=keys.__getitem__)


def _rank(values: list[float], count: float) -> list[float]:
    """1 for the highest."""
    ranks = [0.0] * len(values)
    for rank, place in enumerate(_descending(values), 1):
        ranks[place] = float(rank)
    return ranks


def _top(values: list[float], count: float) -> list[float]:
    """Whether the rank is at most `count`, of which a fraction or nothing counts for none."""
    found = [0.0] * len(values)
    within = int(min(count, len(values))) if count >= 1.0 else 0
    for place in _descending(values)[:within]:
        found[place] = 1.0
    return found


def _quantile_of(values: list[float], count: float) -> list[float]:
    """The share of the others that lie below; missing where there are no others."""
    if len(values) == 1:
        return [NA]
    ascending = sorted(values)
    below: dict[float, int] = {}
    for place, value in enumerate(ascending):
        below.setdefault(value, place)
    return [below[value] / (len(values) - 1) for value in values]


def _total(values: list[float], count: float) -> list[float]:
    return [finite(_sum(values))] * len(values)


def _average(values: list[float], count: float) -> list[float]:
    return [_mean(values)] * len(values)


def _demean(values: list[float], count: float) -> list[float]:
    mean = _mean(values)
    return [finite(value - mean) for value in values]


def _zscore_across(values: list[float], count: float) -> list[float]:
    """Deviations from the mean in population deviations; missing where all are equal."""
    mean = _mean(values)
    away = [value - mean for value in values]
    deviation = sqrt(_sum([each * each for each in away]) / len(values))
    return [finite(each / deviation) if 0.0 < deviation <= LIMIT else NA for each in away]


def _any(values: list[float], count: float) -> list[float]:
    return [1.0 if any(values) else 0.0] * len(values)


def _all(values: list[float], count: float) -> list[float]:
    return [1.0 if all(values) else 0.0] * len(values)


def _count(values: list[float], count: float) -> list[float]:
    return [float(sum(map(bool, values)))] * len(values)


def _sum(values: list[float]) -> float:
    total = 0.0
    for value in values:
        total += value
    return total


def _mean(values: list[float]) -> float:
    """The sum over the count, kept between the lowest and the highest, so that equal values have exactly that mean.

    A zero has no sign: which of two equal ones `min` gives depends on their order.
    """
    return min(max(_sum(values) / len(values), min(values)), max(values)) + 0.0


_FUNCTIONS: dict[str, Callable[[list[float], float], list[float]]] = {
    "rank": _rank,
    "top": _top,
    "quantile_of": _quantile_of,
    "zscore_across": _zscore_across,
    "demean": _demean,
    "total": _total,
    "average": _average,
    "any": _any,
    "all": _all,
    "count": _count,
}

FOR_ALL = ("total", "average", "any", "all", "count")
"""Functions whose value is one for all symbols."""

MISSING = {name: 0.0 if name in ("top", "any", "all", "count") else NA for name in _FUNCTIONS}
"""What a symbol reads that does not take part, and of what is one for all every symbol where none does."""

"""Cross-sectional functions over many instants: `instant.across`, vectorised over the instants alone.

A matrix is [symbols, instants]. What rounds goes symbol by symbol in the panel's order, as it does for one instant, so
that a history at once and one push after another give the same bits.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np

from ...stdlib.arith import LIMIT
from .instant import FOR_ALL, MISSING

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Matrix = NDArray[np.float64]
    Mask = NDArray[np.bool_]


def combine(function: str, values: Matrix, takes: Mask, count: float = float("nan")) -> Matrix:
    """The value of `function` for each symbol at each instant, float64[symbols, instants]; conditions are 1.0 and 0.0.

    takes: which symbols take part at which instant; their values are no `na`. count: the n of `top`.
    """
    if not values.size:
        return np.empty(values.shape)
    with np.errstate(all="ignore"):
        found = _FUNCTIONS[function](np.where(takes, values, 0.0), takes, count)
    there = takes.any(axis=0) if function in FOR_ALL else takes
    return np.where(there, found, MISSING[function])


def _rank(values: Matrix, takes: Mask, count: float) -> Matrix:
    """Places in a stable descending order; those that take no part stand behind all others."""
    order = np.argsort(np.where(takes, -values, np.inf), axis=0, kind="stable")
    ranks = np.empty(values.shape)
    np.put_along_axis(ranks, order, np.arange(1.0, len(values) + 1)[:, None], axis=0)
    return ranks


def _top(values: Matrix, takes: Mask, count: float) -> Matrix:
    return np.where(_rank(values, takes, count) <= count, 1.0, 0.0)


def _quantile_of(values: Matrix, takes: Mask, count: float) -> Matrix:
    """How many lie below is the place of the first that is equal, in ascending order."""
    keys = np.where(takes, values, np.inf)
    order = np.argsort(keys, axis=0, kind="stable")
    ascending = np.take_along_axis(keys, order, axis=0)
    places = np.broadcast_to(np.arange(float(len(values)))[:, None], values.shape)
    begins = np.ones(values.shape, np.bool_)
    begins[1:] = ascending[1:] != ascending[:-1]
    below = np.empty(values.shape)
    np.put_along_axis(below, order, np.maximum.accumulate(np.where(begins, places, 0.0), axis=0), axis=0)
    others = takes.sum(axis=0) - 1.0
    return np.where(others > 0.0, below / others, np.nan)


def _total(values: Matrix, takes: Mask, count: float) -> Matrix:
    return _spread(_finite(_sum(values)), values)


def _average(values: Matrix, takes: Mask, count: float) -> Matrix:
    return _spread(_mean(values, takes), values)


def _demean(values: Matrix, takes: Mask, count: float) -> Matrix:
    return _finite(values - _mean(values, takes))


def _zscore_across(values: Matrix, takes: Mask, count: float) -> Matrix:
    away = np.where(takes, values - _mean(values, takes), 0.0)
    deviation = np.sqrt(_sum(away * away) / takes.sum(axis=0))
    return np.where((deviation > 0.0) & (deviation <= LIMIT), _finite(away / deviation), np.nan)


def _any(values: Matrix, takes: Mask, count: float) -> Matrix:
    return _spread(((values != 0.0) & takes).any(axis=0), values)


def _all(values: Matrix, takes: Mask, count: float) -> Matrix:
    return _spread(((values != 0.0) | ~takes).all(axis=0), values)


def _count(values: Matrix, takes: Mask, count: float) -> Matrix:
    return _spread(((values != 0.0) & takes).sum(axis=0), values)


def _sum(values: Matrix) -> Matrix:
    """Symbol by symbol: numpy's own sum has another order. Those that take no part are 0.0, which changes no bit."""
    total = np.zeros(values.shape[1])
    for row in values:
        total += row
    return total


def _mean(values: Matrix, takes: Mask) -> Matrix:
    mean: Matrix = _sum(values) / takes.sum(axis=0)
    lowest = np.where(takes, values, np.inf).min(axis=0)
    highest = np.where(takes, values, -np.inf).max(axis=0)
    kept: Matrix = np.minimum(np.maximum(mean, lowest), highest) + 0.0
    return kept


def _spread(across: NDArray[Any], values: Matrix) -> Matrix:
    """One value an instant, for every symbol."""
    return np.broadcast_to(across.astype(np.float64), values.shape)


def _finite(values: Matrix) -> Matrix:
    return np.where(np.abs(values) <= LIMIT, values, np.nan)


_FUNCTIONS: dict[str, Callable[[Matrix, Mask, float], Matrix]] = {
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

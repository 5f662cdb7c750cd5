"""A portfolio as it is between two events, kept in memory to come back to.

A snapshot that nobody else can have written, so that it need not be held to anything. The rows that were drained stay
with the books.
"""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..machine.engines import Arrays
from ..trading.finer_rows import books_of
from .snapshot import numbers, runs, take_over

if TYPE_CHECKING:
    from .machine import Portfolio


@dataclass(frozen=True, slots=True)
class Kept:
    """numbers: what there is beside the runs; states: of each run its bars, and its arrays."""

    index: int
    numbers: tuple[array[int], array[float]]
    account: tuple[array[float], array[int]]
    states: list[tuple[int, list[array[Any]]]]


def keep(portfolio: Portfolio) -> Kept:
    """The portfolio as it is now."""
    account = portfolio.account
    states = [(run.index, copied(run.arrays)) for run in runs(portfolio)]
    return Kept(portfolio.index, numbers(portfolio), (account.b[:], account.k[:]), states)


def put_back(portfolio: Portfolio, kept: Kept) -> None:
    """As it was."""
    for run, (index, states) in zip(runs(portfolio), kept.states, strict=True):
        run.index = index
        put_state(run.arrays, states)
    take_over(portfolio, kept.index, *kept.numbers, kept.account)


def copied(arrays: Arrays) -> list[array[Any]]:
    """What a run changes as it goes, copied: the state of its nodes, and its books."""
    books = books_of(arrays.b, arrays.bk)
    return [arrays.f[:], arrays.k[:], arrays.w[:], books[:], arrays.bk[:]]


def put_state(arrays: Arrays, states: list[array[Any]]) -> None:
    """What was copied, in its place again."""
    every: tuple[array[Any], ...] = (arrays.f, arrays.k, arrays.w, arrays.b, arrays.bk)
    for held, values in zip(every, states, strict=True):
        memoryview(held)[: len(values)] = memoryview(values)

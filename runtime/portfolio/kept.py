"""A portfolio as it is between two events, kept in memory to come back to.

A snapshot that nobody else can have written, so that it need not be held to anything. The rows that were drained stay
with the books.
"""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..machine.engines import Arrays
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
    states = [(run.index, [held[:] for held in state_of(run.arrays)]) for run in runs(portfolio)]
    return Kept(portfolio.index, numbers(portfolio), (account.b[:], account.k[:]), states)


def put_back(portfolio: Portfolio, kept: Kept) -> None:
    """As it was."""
    for run, (index, states) in zip(runs(portfolio), kept.states, strict=True):
        run.index = index
        for held, values in zip(state_of(run.arrays), states, strict=True):
            memoryview(held)[:] = memoryview(values)
    take_over(portfolio, kept.index, *kept.numbers, kept.account)


def state_of(arrays: Arrays) -> tuple[array[Any], ...]:
    """What a run changes as it goes: the state of its nodes, and its books."""
    return (arrays.f, arrays.k, arrays.w, arrays.b, arrays.bk)

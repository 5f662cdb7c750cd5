"""Money that comes to an account from outside its program while it runs: known beforehand where a run is run again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from ..trading import over_account
from ..trading.state import TradingState


class Transfer(NamedTuple):
    """After so many bars, or events, the last of which opened at `time`: what was asked for, and what moved; below 0 it
    goes."""

    after: int
    time: int
    asked: float
    got: float


Due = Mapping[int, Sequence[Transfer]]
"""Transfers by the number of bars, or events, after which they are."""


def by_bar(transfers: Iterable[Transfer]) -> Due:
    """In their order."""
    found: dict[int, list[Transfer]] = {}
    for each in transfers:
        found.setdefault(each.after, []).append(each)
    return found


def pay(due: Due, index: int, state: TradingState) -> bool:
    """What comes to an account, or goes, before the bar, or event, of this number; whether anything did."""
    now = due.get(index, ())
    for each in now:
        rows = (state.orders, state.records)
        over_account.transfer(state.b, state.k, *rows, max(index - 1, 0), each.time, each.asked, each.got)
    return bool(now)


def next_after(due: Due, index: int, stop: int) -> int:
    """How far a run may go from a number on before money moves."""
    return min((place for place in due if index < place < stop), default=stop)

"""Money that was paid in and taken out during a run, and what it leaves of equity when returns are measured.

A flow comes at the close of its bar, after that close has marked the books. So the return of a bar is what equity was
before its flow / what it was at the close before, and returns are time-weighted without an approximation: Bacon,
"Practical Portfolio Performance Measurement and Attribution" (2008), chapter 2, "true time-weighted return".
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from ..trading.rows import (
    BY_PORTFOLIO,
    DEPOSIT_ROW,
    ORDER_GOT,
    ORDER_INDEX,
    ORDER_KIND,
    ORDER_REASON,
    WITHDRAW_ROW,
)
from .output import RunOutput

if TYPE_CHECKING:
    from .output import Floats


def flow_rows(output: RunOutput) -> Floats:
    """The orders' rows of deposits and withdrawals, those that were denied among them, in time.

    What moved between strategies of a portfolio came to each of them, and not to all of it.
    """
    import numpy as np

    kind = np.ascontiguousarray(output.orders[:, ORDER_KIND])
    rows: Floats = output.orders[np.flatnonzero((kind == DEPOSIT_ROW) | (kind == WITHDRAW_ROW))]
    return rows if output.strategies is None else rows[rows[:, ORDER_REASON] != BY_PORTFOLIO]


def money_of(rows: Floats) -> Floats:
    """Of each such row the money that moved: above 0 it was paid in."""
    import numpy as np

    return np.where(rows[:, ORDER_KIND] == DEPOSIT_ROW, rows[:, ORDER_GOT], -rows[:, ORDER_GOT])


def by_bar(output: RunOutput) -> Floats | None:
    """The money paid in less that taken out at the close of each tested bar; None where none ever was."""
    import numpy as np

    if not len(output.orders):
        return None
    rows = flow_rows(output)
    money = money_of(rows)
    if not money.any():
        return None
    found = np.zeros(output.tested)
    np.add.at(found, rows[:, ORDER_INDEX].astype(np.int64) - output.first, money)
    return found


def time_weighted(equity: Floats, flows: Floats, capital: float) -> Floats:
    """What the capital would have become at each bar, had nothing been paid in or taken out.

    It grows with each bar by (equity - flow) / the equity before. Where that is not above 0 there is no such growth:
    all was taken out, and it stays as it was; or all was lost, and so it stays.
    """
    import numpy as np

    before = np.concatenate([[capital], equity[:-1]])
    grown = np.where(before > 0.0, (equity - flows) / np.where(before > 0.0, before, 1.0), 1.0)
    lost = np.flatnonzero(grown <= 0.0)
    if len(lost):
        grown[lost[0] + 1 :] = 1.0
    made: Floats = np.multiply.accumulate(np.concatenate([[capital], grown]))[1:]
    return made


def money_weighted(money: Sequence[float], years: Sequence[float]) -> float | None:
    """The yearly rate at which all that was put in comes to what was got out: Σ money × (1 + rate)^-years = 0.

    money: what the investor gets, below 0 what he puts in, the last the equity that is left; years: when, from 0 on.
    It is the internal rate of return, XIRR of spreadsheets but for the length of a year. Of several rates that solve it
    the one on the side of the profit is meant, which is found first from 0. None where there is none.
    """
    longest = max(years, default=0.0)
    if longest <= 0.0 or not any(money):
        return None
    profit = math.fsum(money)
    if profit == 0.0:
        return 0.0
    way = 1.0 if profit > 0.0 else -1.0
    near, far = 0.0, way * min(0.125, 1.0 / longest)
    while _worth(money, years, far)[0] * way > 0.0:
        near, far = far, 2.0 * far
        if abs(far) * longest > 690.0:
            return None
    growth = _root(money, years, near, far, way)
    return math.expm1(growth) if growth < 690.0 else None


def _root(money: Sequence[float], years: Sequence[float], near: float, far: float, way: float) -> float:
    """Newton's method, kept within a bracket that every step narrows; the growth is continuous, ln(1 + rate)."""
    at = far
    for _ in range(200):
        value, slope = _worth(money, years, at)
        if value == 0.0:
            return at
        near, far = (at, far) if value * way > 0.0 else (near, at)
        low, high = min(near, far), max(near, far)
        step = at - value / slope if slope else at
        following = step if low < step < high else (low + high) / 2.0
        if following in (at, low, high):
            return following
        at = following
    return at


def _worth(money: Sequence[float], years: Sequence[float], growth: float) -> tuple[float, float]:
    """Σ money × exp(-growth × years), and by how much it changes with the growth."""
    parts = [amount * math.exp(-growth * year) for amount, year in zip(money, years, strict=True)]
    return math.fsum(parts), -math.fsum(part * year for part, year in zip(parts, years, strict=True))

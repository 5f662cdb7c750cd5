"""When the shares of a portfolio are set anew, and how much money moves between the strategies then."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ....lang.diagnostics.brief import brief
from ....lang.diagnostics.suggest import nearest
from ....lang.inputs.readers import either
from ...calendar.civil import date_of

DAILY, WEEKLY, MONTHLY, QUARTERLY, YEARLY = PERIODS = ("daily", "weekly", "monthly", "quarterly", "yearly")
DUST = 1e-9
"""A share of the portfolio's equity below which a difference is rounding."""


def read_period(given: object) -> str:
    """How often shares are set anew; ValueError says what is expected."""
    if isinstance(given, str) and given in PERIODS:
        return given
    near = nearest(given, PERIODS) if isinstance(given, str) else None
    hint = f": did you mean {near}?" if near else ""
    raise ValueError(f"rebalance: expected {either(PERIODS)}, found {brief(given)}{hint}")


def period_of(day: int, every: str) -> int:
    """The period that a day lies in; weeks begin on a Monday."""
    if every == DAILY:
        return day
    if every == WEEKLY:
        return (day + 3) // 7
    year, month, _ = (int(part) for part in date_of(day))
    months = {MONTHLY: 1, QUARTERLY: 3, YEARLY: 12}[every]
    return (year * 12 + month - 1) // months


@dataclass(frozen=True, slots=True)
class Due:
    """What a strategy is to get, below 0 to give, and what of it moves."""

    asked: float
    got: float


def shared_out(
    equities: Sequence[float], free: Sequence[float], shares: Sequence[float], cash: float
) -> tuple[list[Due], float]:
    """What each strategy gets and gives so that it has its share of all equity, and the cash that nobody has then.

    free: what is not tied up of each. Who has too much gives what is free of it; where that is less than the others are
    to get, each of them gets the same part of it, the cash as one of them.
    """
    total = cash
    for equity in equities:
        total += equity
    if not total > 0.0:
        return [Due(0.0, 0.0) for _ in equities], cash
    rest = total * (1.0 - sum(shares))
    asked = [total * share - equity for share, equity in zip(shares, equities, strict=True)]
    asked = [money if abs(money) > DUST * total else 0.0 for money in asked]
    given = [min(-money, max(have, 0.0)) if money < 0.0 else 0.0 for money, have in zip(asked, free, strict=True)]
    wanted = sum(money for money in asked if money > 0.0) + max(rest - cash, 0.0)
    there = sum(given) + max(cash - rest, 0.0)
    part = min(1.0, there / wanted) if wanted > 0.0 else 0.0
    if part > 1.0 - DUST:
        part = 1.0
    got = [money * part if money > 0.0 else -gives for money, gives in zip(asked, given, strict=True)]
    for money in got:
        cash -= money
    return [Due(*each) for each in zip(asked, got, strict=True)], cash

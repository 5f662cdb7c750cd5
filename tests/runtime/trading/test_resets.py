"""What resets guards: months and weeks by the calendar, halts of several, and an account of which nothing is left."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from stratagem.lang.inputs.assumptions import read_assumptions
from stratagem.runtime.trading import layout as at
from stratagem.runtime.trading.guards import guard_at, mark_at
from stratagem.runtime.trading.resets import begin_periods, lift_marks, month_of
from stratagem.runtime.trading.specs import GuardSpec
from stratagem.runtime.trading.state import TradingState, lay_out

EPOCH = date(1970, 1, 1)


def state(*guards: GuardSpec) -> TradingState:
    """The account with all of these tripped, on 31 January 2024, a Wednesday."""
    made = lay_out([], list(guards), read_assumptions({"capital": 1000}), 8)
    begin_periods(made.b, made.k, day(2024, 1, 31))
    for guard in range(len(guards)):
        made.k[guard_at(made.k, guard) + at.TRIPPED] = 1
    made.k[at.HALTED] = max(made.k[guard_at(made.k, guard) + at.GUARD_UNTIL] for guard in range(len(guards)))
    return made


def day(*of: int) -> float:
    return float((date(*of) - EPOCH).days)


def tripped(made: TradingState) -> list[int]:
    return [made.k[guard_at(made.k, guard) + at.TRIPPED] for guard in range(made.k[at.GUARD_COUNT])]


@pytest.mark.parametrize("year", [1, 1600, 1899, 1900, 1970, 2000, 2023, 2024, 2100, 2400])
def test_every_month_has_a_number_one_above_that_of_the_month_before(year: int) -> None:
    for month in range(1, 13):
        first = date(year, month, 1)
        last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
        begins, ends = (month_of(float((each - EPOCH).days)) for each in (first, last))
        assert begins == ends == month_of(float((last - EPOCH).days) + 1.0) - 1.0


def test_each_halt_ends_with_its_own_period() -> None:
    until = [GuardSpec("daily_loss", 0.05, "halt"), *(GuardSpec("loss", 0.1, "halt", until=word)
             for word in ("day", "week", "month", "never"))]  # fmt: skip
    made = state(*until)
    found = []
    for of in ((2024, 2, 1), (2024, 2, 2), (2024, 2, 5)):  # a month begins, a day, a week
        begin_periods(made.b, made.k, day(*of))
        found.append((tripped(made)[:5], made.k[at.HALTED]))
    assert found == [([0, 0, 1, 0, 1], at.FOR_EVER)] * 2 + [([0, 0, 0, 0, 1], at.FOR_EVER)]
    weekly = state(*until[2:4])
    halted = [begin_periods(weekly.b, weekly.k, day(*of)) or weekly.k[at.HALTED] for of in ((2024, 2, 1), (2024, 2, 5))]
    assert halted == [at.UNTIL_WEEK, at.NOT_HALTED], "the month's has ended, the week's has not"


def test_losses_count_anew_and_only_a_drawdowns_mark_rises() -> None:
    made = state(*(GuardSpec(kind, 0.1, "halt", until="day") for kind in ("drawdown", "loss", "daily_loss")))
    made.b[at.EQUITY] = 800.0
    begin_periods(made.b, made.k, day(2024, 2, 1))
    made.b[at.EQUITY] = 900.0
    lift_marks(made.b, made.k)
    assert [made.b[mark_at(made.k, guard)] for guard in range(3)] == [900.0, 800.0, 0.0]
    made.b[at.EQUITY] = 700.0
    lift_marks(made.b, made.k)
    assert made.b[mark_at(made.k, 0)] == 900.0


def test_where_nothing_is_left_a_drawdown_is_not_reset() -> None:
    made = state(GuardSpec("drawdown", 0.1, "halt", until="day"), GuardSpec("exposure", 1.0, "halt", until="day"))
    made.b[at.EQUITY] = 0.0
    begin_periods(made.b, made.k, day(2024, 2, 1))
    assert tripped(made)[:2] == [1, 0] and made.k[at.HALTED] == at.UNTIL_DAY

"""When a `rebalance` is decided, against a calendar: dates on which it falls due, and the first bars after them."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from stratagem.lang.compile import compile_text
from stratagem.lang.plan.build import plan
from stratagem.lang.program.timeframe import timeframe
from stratagem.runtime.data.bars import Bars

from ..enginekit import assert_equal, empty_outputs, history, machine, make_bars, run, stepped


def days(seed: int, count: int, first: str = "1998-11-20") -> Bars:
    """Days of which many are missing, now and then for weeks."""
    random = np.random.default_rng(seed)
    steps = np.where(random.random(count) < 0.2, random.integers(2, 5, count), 1)
    steps[random.random(count) < 0.01] = 45
    ts = (np.datetime64(first, "us").astype(np.int64) + np.cumsum(steps) * 86_400_000_000).astype(np.int64)
    flat = np.full(count, 100.0)
    return Bars("TEST", timeframe("1d"), ts, flat, flat, flat, flat, flat, {})


def first_of(period: str, when: date) -> date:
    if period == "daily":
        return when
    if period == "weekly":
        return when - timedelta(days=when.weekday())
    month = {"monthly": when.month, "quarterly": (when.month - 1) // 3 * 3 + 1, "yearly": 1}[period]
    return date(when.year, month, 1)


def fallen_due(period: str, day: int, after: date, until: date) -> bool:
    """Whether a day `day` of some period lies after one date and not after another; a short one has its end instead."""
    longest = {"daily": 1, "weekly": 7, "monthly": 31, "quarterly": 92, "yearly": 366}[period]
    begin = first_of(period, after - timedelta(days=400))
    while begin <= until:
        following = first_of(period, begin + timedelta(days=longest))
        if after < min(begin + timedelta(days=day - 1), following) <= until:
            return True
        begin = following
    return False


def expected(period: str, day: int, dates: list[date], warm: int) -> list[bool]:
    return [
        at == warm or (at > warm and fallen_due(period, day, dates[at - 1], when)) for at, when in enumerate(dates)
    ]  # fmt: skip


def decided(text: str, bars: Bars, engine: str) -> list[bool]:
    """On which bars the statement is decided: its condition holds and it is warm."""
    program = compile_text(text)
    (hold,) = program.holds
    made = plan(program, [("when", hold.when)], trading=False)
    outcome = run(made, bars, engine)
    assert_equal(outcome, stepped(made, bars, engine))
    gate = plan(program).decisions[0].gate[0]
    warm = int(str(plan(program).thresholds[gate[1] - len(plan(program).stage)]))
    return [bool(held) and at >= warm for at, held in enumerate(outcome.outputs["when"])]


CASES = [("daily", 1), ("weekly", 1), ("weekly", 3), ("weekly", 7), ("monthly", 1), ("monthly", 15), ("monthly", 31),
         ("quarterly", 1), ("quarterly", 2), ("quarterly", 45), ("quarterly", 92), ("yearly", 1), ("yearly", 60),
         ("yearly", 366)]  # fmt: skip


NATIVE = [("weekly", 3), ("monthly", 31), ("quarterly", 45), ("yearly", 60)]


@pytest.mark.parametrize(
    ("engine", "period", "day"), [*(("interpreted", *case) for case in CASES), *(("native", *case) for case in NATIVE)]
)
def test_the_first_bar_on_or_after_the_day_of_each_period(engine, period, day):
    bars = days(day + len(period), 2500 if engine == "native" else 900)
    dates = [date(1970, 1, 1) + timedelta(microseconds=int(ts)) for ts in bars.ts]
    said = period if day == 1 else f"{period} day {day}"
    found = decided(f"on X every 1d\nrebalance {said} weight 20%", bars, engine)
    assert found == expected(period, day, dates, 0)
    assert sum(found) >= 2


def test_day_one_is_the_first_bar_as_if_no_day_were_said():
    bars = days(3, 900)
    for period in ("weekly", "monthly", "quarterly", "yearly"):
        text = "on X every 1d\nrebalance {0} weight 20%"
        plain, first = (decided(text.format(said), bars, "interpreted") for said in (period, f"{period} day 1"))
        assert plain == first


def test_the_first_warm_bar_is_included_wherever_it_is():
    bars = days(5, 400)
    dates = [date(1970, 1, 1) + timedelta(microseconds=int(ts)) for ts in bars.ts]
    text = "on X every 1d\nrebalance monthly weight if close > sma(close, {0}) then 20% else 1%"
    for length in (2, 10, 25, 60):
        found = decided(text.format(length), bars, "interpreted")
        assert found == expected("monthly", 1, dates, length - 1)
        assert found[length - 1]


def test_a_band_that_is_no_number_yet_is_waited_for_too():
    text = "on X every 1d\nrebalance yearly weight 20% band sma(close, 30) / (100 * close)"
    found = decided(text, days(6, 200), "interpreted")
    assert found.index(True) == 29


def test_periods_are_those_of_the_program_s_zone():
    bars = make_bars(9, 3000, 60)
    zone = "America/New_York"
    text = f'on X every 1h\nassume timezone "{zone}"\nrebalance daily weight 20%'
    program = compile_text(text)
    made = plan(program, [("when", program.holds[0].when)], trading=False)
    over = machine(made, "interpreted")
    (out,) = outs = empty_outputs(over, len(bars))
    over.run(history(bars, zone), len(bars), [memoryview(each) for each in outs])
    dates = [datetime.fromtimestamp(int(ts) / 1e6, ZoneInfo(zone)).date() for ts in bars.ts]
    assert [bool(held) for held in out] == expected("daily", 1, dates, 0)


def test_a_parameter_may_be_the_day():
    bars = days(8, 600)
    dates = [date(1970, 1, 1) + timedelta(microseconds=int(ts)) for ts in bars.ts]
    found = decided("on X every 1d\nparam n = 11 in 1 to 28\nrebalance monthly day n weight 20%", bars, "interpreted")
    assert found == expected("monthly", 11, dates, 0)

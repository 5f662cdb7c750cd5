"""The parts of a condition: every value worked out by hand."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
import stratagem as sg
from stratagem.runtime.why import evaluated

from .made import history, part, run, statement, when

TWO = """
let fast = sma(close, 2)
let slow = sma(close, 3)
enter long when fast > slow and close > 11
exit long when fast < slow
"""
CLOSES = [10, 11, 12, 13, 12, 10, 9]
# fast: na 10.5 11.5 12.5 12.5 11 9.5, slow: na na 11 12 37/3 35/3 31/3


def test_what_held_and_the_values_it_rests_on() -> None:
    found = statement(run(TWO, history(CLOSES)).why(at="2024-01-03"))
    assert (found.verdict.code, found.line, found.statement) == ("acted", 4, "enter long")
    assert found.condition.role == "all"
    assert [p.text for p in found.condition.parts] == ["fast > slow", "close > 11"]
    first = found.condition.parts[0]
    assert (first.holds, first.operator, first.gap) == (True, ">", 0.5)
    assert part(found, "fast").value == 11.5
    assert part(found, "slow").value == 11.0
    assert part(found, "slow").text == "sma(close, 3)"
    assert found.condition.parts[1].gap == 1.0


def test_what_failed_how_near_it_was_and_when_it_last_held() -> None:
    found = statement(run(TWO, history(CLOSES)).why(at="2024-01-06"))
    assert found.verdict.code == "condition"
    assert "`fast > slow` failed, and 1 further part with it" in found.verdict.text
    first, second = found.condition.parts
    assert (first.holds, second.holds) == (False, False)
    assert first.gap == pytest.approx(35 / 3 - 11)
    assert second.gap == 1.0
    assert first.last_held == second.last_held == when("2024-01-05")


def test_what_is_not_warm_and_when_it_will_be() -> None:
    why = run(TWO, history(CLOSES)).why(at="2024-01-02")
    found = statement(why)
    assert found.verdict.code == "warming_up"
    assert "`slow`" in found.verdict.text
    assert (part(found, "fast").warm, part(found, "slow").warm) == (True, False)
    assert part(found, "slow").warm_from == when("2024-01-03")
    slow = part(found, "slow").value
    assert slow is not None
    assert math.isnan(slow)
    assert "not warm before 2024-01-03" in why.text()


def test_what_these_data_never_make_warm_says_so() -> None:
    why = run("enter long when close > sma(close, 9)", history(CLOSES)).why(at="2024-01-07")
    assert part(statement(why), "sma(close, 9)").warm_from is None
    assert "not within these data" in why.text()


def test_a_higher_bar_is_told_with_the_time_it_opened() -> None:
    """Hours with the closes 1 … 12: bars of 4h close at 4, 8 and 12, and their average of two is 6, then 10."""
    result = run("enter long when sma(close, 2) @ 4h > 5", history(range(1, 13), hours=1))
    sampled = part(statement(result.why(at="2024-01-01T07:00")), "sma(close, 2) @ 4h")
    assert (sampled.value, sampled.timeframe, sampled.bar_opened) == (6.0, "4h", when("2024-01-01T04:00"))
    sampled = part(statement(result.why(at="2024-01-01T10:00")), "sma(close, 2) @ 4h")
    assert (sampled.value, sampled.bar_opened) == (6.0, when("2024-01-01T04:00"))
    early = part(statement(result.why(at="2024-01-01T06:00")), "sma(close, 2) @ 4h")
    assert (early.warm, early.warm_from, early.bar_opened) == (False, when("2024-01-01T07:00"), when("2024-01-01"))


def test_parts_of_a_condition_on_a_higher_clock_are_read_there() -> None:
    """The 4h bar of 04:00 opens at 5, closes at 8 and reaches 8; that of 00:00 opens at 1 and closes at 4."""
    result = run("enter long when (close > open and high > 6) @ 4h", history(range(1, 13), hours=1))
    found = statement(result.why(at="2024-01-01T08:00"))
    assert found.condition.timeframe == "4h"
    assert [p.holds for p in found.condition.parts] == [True, True]
    assert [p.gap for p in found.condition.parts] == [3.0, 2.0]
    found = statement(result.why(at="2024-01-01T05:00"))
    assert [p.holds for p in found.condition.parts] == [True, False]
    assert found.verdict.text.endswith("`high > 6 @ 4h` failed")


def test_a_forming_bar_is_the_one_that_grows() -> None:
    result = run("enter long when close @ forming 4h > 5", history(range(1, 13), hours=1))
    sampled = part(statement(result.why(at="2024-01-01T05:00")), "close @ forming 4h")
    assert (sampled.value, sampled.bar_opened) == (6.0, when("2024-01-01T04:00"))
    assert "of the 4h bar of 2024-01-01 04:00" in result.why(at="2024-01-01T05:00").text()


def test_a_cross_is_told_with_the_bar_before() -> None:
    result = run("let line = sma(close, 2)\nenter long when cross_below(close, line)", history(CLOSES))
    found = statement(result.why(at="2024-01-05"))
    assert found.condition.holds is True
    assert (part(found, "close").value, part(found, "close").before) == (12.0, 13.0)
    assert (part(found, "line").value, part(found, "line").before) == (12.5, 12.5)
    later = statement(result.why(at="2024-01-06"))
    assert later.condition.holds is False
    assert later.condition.gap == 1.0  # 10 and 11
    assert "below by 1 already" in result.why(at="2024-01-06").text()


def test_the_bar_before_of_a_higher_clock_is_the_higher_bar_before() -> None:
    result = run("enter long when cross_above(close, 5) @ 4h", history(range(1, 13), hours=1))
    close = statement(result.why(at="2024-01-01T07:00")).condition.parts[0]
    assert (close.value, close.before) == (8.0, 4.0)


def test_a_state_is_told_with_what_it_was_before() -> None:
    """Closes rise at the 2nd, 3rd and 4th bar: the streak is 3 there, and was 2."""
    text = "state streak = 0 then if close > close[1] then streak + 1 else 0\nenter long when streak >= 3"
    found = statement(run(text, history(CLOSES)).why(at="2024-01-04"))
    assert part(found, "streak").role == "state"
    assert part(found, "streak").value == 3.0
    assert part(found, "streak of the bar before").value == 2.0
    assert part(found, "close > close[1]").holds is True


def test_a_missing_value_is_no_distance() -> None:
    data = history(CLOSES, funding=[1, 2, float("nan"), 3, 3, 3, 3])
    why = run('enter long when column("funding") > 2', data).why(at="2024-01-03")
    condition = statement(why).condition
    assert (condition.holds, condition.gap) == (False, None)
    assert "na > 2: missing" in why.text()
    assert why.to_json()["bar"]["statements"][0]["condition"]["parts"][0]["value"] is None


def test_parameters_are_told_with_the_values_of_the_run() -> None:
    result = run("param n = 2 in 2 to 5\nenter long when close > sma(close, n)", history(CLOSES), params={"n": 3})
    why = result.why(at="2024-01-04")
    assert part(statement(why), "n").value == 3.0
    assert part(statement(why), "sma(close, n)").value == 12.0
    assert "with n = 3" in why.text()


def test_or_and_not_say_which_part_decided() -> None:
    text = "enter long when (close > 12 or close < 10) and not (close == 9)"
    found = statement(run(text, history(CLOSES)).why(at="2024-01-07"))
    either, not_ = found.condition.parts
    assert (either.role, [p.holds for p in either.parts], either.holds) == ("any", [False, True], True)
    assert (not_.role, not_.holds, not_.parts[0].holds) == ("not", False, True)


def test_a_library_function_is_not_opened() -> None:
    found = statement(run("enter long when rsi(close, 3) > 50", history(CLOSES)).why(at="2024-01-05"))
    assert part(found, "rsi(close, 3)").parts == ()


def test_what_is_shared_is_opened_once() -> None:
    text = "let line = sma(close, 2) + 1\nenter long when line > 5 and line < 50"
    condition = statement(run(text, history(CLOSES)).why(at="2024-01-05")).condition
    lines = [p for p in condition.all() if p.name == "line"]
    assert [p.told_above for p in lines] == [False, True]
    assert [bool(p.parts) for p in lines] == [True, False]
    assert lines[1].value == 13.5


def test_clauses_are_told_at_their_decision() -> None:
    text = "enter long when close > 11 size 50% stop lowest(low, 2) target entry + 2 * highest(high, 2)"
    found = statement(run(text, history(CLOSES)).why(at="2024-01-03"))
    assert {c.word: c.part.value for c in found.clauses} == {"stop": 11.0, "target": 24.0}  # 2 * 12


REAL = """
param n = 20 in 5 to 100
let fast = ema(close, n)
let slow = ema(close, 50) @ 1w
let m = macd(close)
state run = 0 then if close > fast then run + 1 else 0
enter long when fast > slow and m.hist > 0 and run >= 2
exit long when cross_below(close, fast)
"""


def real(**options: Any) -> sg.Result:
    return sg.compile(REAL).backtest("sample:AAPL", **options)


def test_values_are_those_of_the_series_on_real_prices() -> None:
    result = real()
    names = ("fast", "slow", "m.hist", "run")
    for at in ("2001-06-11", "2005-03-07", "2008-10-10", "2012-12-31"):
        index = int(np.searchsorted(result.output.bars.ts, when(at)))
        found = statement(result.why(at=at))
        for name in names:
            assert part(found, name).value == result.series[name][index], (at, name)


def test_both_engines_give_the_same_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    interpreted = [real(engine="interpreted").why(**asked).to_json() for asked in ASKED]
    monkeypatch.setattr(evaluated, "SHORT", 0)
    assert [real(engine="native").why(**asked).to_json() for asked in ASKED] == interpreted


ASKED: list[dict[str, Any]] = [{"trade": 7}, {"at": "2004-04-01"}, {"at": "2003", "to": "2005"}, {"order": 3}]


def test_blocks_of_bars_do_not_show(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = [real().why(**asked).to_json() for asked in ASKED]
    monkeypatch.setattr(evaluated, "CELLS", 1)
    assert [real().why(**asked).to_json() for asked in ASKED] == whole


def test_the_calendar_is_called_by_its_own_words_and_what_days_are_counted_by_is_not_told() -> None:
    """`new_month()` reads year and month, as others do; `new_day()` and `new_week()` count days unsaid."""
    text = """
    enter long when new_month() or new_week() and month == 1
    exit long when new_day() and new_year()
    """
    why = run(text, history(range(10, 20))).why(at="2024-01-08")
    enter, leave = statement(why), statement(why, 2)
    months, weeks = enter.condition.parts
    assert [(each.text, each.value) for each in months.parts] == [("year", 2024), ("month", 1)]
    assert [each.text for each in weeks.parts] == ["new_week()", "month == 1"] and weeks.parts[0].parts == ()
    days, years = leave.condition.parts
    assert days.holds and days.parts == ()
    assert [(each.text, each.value, each.before) for each in years.parts] == [("year", 2024, 2024)]

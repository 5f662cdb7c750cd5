"""What is asked: times, numbers and statements that there are, and messages that name them where there are not."""

from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np
import pytest
import stratagem as sg

from tests.runtime.test_odd_arguments import ODD, OURS

from .made import bar, history, run, when

HOURS = "enter long when close > 2\nexit long when close > 5\nenter short when close > 99"
# Friday 14:00 to 17:00 and Monday 08:00 to 11:00
WEEK = history(range(1, 9), hours=1)
WEEK["ts"] = np.array([f"2024-03-0{d}T{h:02}:00" for d, hs in ((1, range(14, 18)), (4, range(8, 12))) for h in hs],
                      dtype="datetime64[us]")  # fmt: skip
RESULT = run(HOURS, WEEK, timeframe="1h")


def refused(**asked: Any) -> str:
    with pytest.raises(sg.RunError) as caught:
        RESULT.why(**asked)
    return str(caught.value)


@pytest.mark.parametrize("at", [
    "2024-03-01T15:00Z", "2024-03-01T15:00", "2024-03-01T15:59:59", "2024-03-01T10:30-05:00",
    dt.datetime(2024, 3, 1, 15, 30), np.datetime64("2024-03-01T15:00"), when("2024-03-01T15:20"),
])  # fmt: skip
def test_a_time_means_the_bar_that_holds_it(at: Any) -> None:
    assert bar(RESULT.why(at=at)).time == when("2024-03-01T15:00")


def test_a_time_in_a_hole_names_the_nearest_bars() -> None:
    told = refused(at="2024-03-02T12:00")
    assert told == ("no bar of the data holds 2024-03-02T12:00:00Z: the nearest are those of 2024-03-01T17:00:00Z and "
                    "2024-03-04T08:00:00Z")  # fmt: skip
    assert refused(at="2024-03-01").endswith("the data begin with the bar of 2024-03-01T14:00:00Z")
    assert refused(at="2024-03-04T12:00").endswith("the data end with the bar of 2024-03-04T11:00:00Z")
    assert "cannot be read" in refused(at="yesterday")


def test_a_naive_time_in_another_zone_is_told_as_it_was_read() -> None:
    zoned = run("assume timezone \"America/New_York\"\n" + HOURS, WEEK, timeframe="1h")
    why = zoned.why(at="2024-03-01T15:00")
    assert bar(why).time == when("2024-03-01T15:00")
    assert why.notes == ("'2024-03-01T15:00' was read as UTC, as every time without a zone: it is 2024-03-01 10:00 in "
                         "America/New_York",)  # fmt: skip
    assert "bar of 2024-03-01 10:00" in why.text()
    assert zoned.why(at="2024-03-01T15:00Z").notes == ()
    assert zoned.why(at="2024-03-01T10:00-05:00").notes == ()
    assert RESULT.why(at="2024-03-01T15:00").notes == ()


def test_a_span_begins_with_the_bar_that_holds_its_time_and_ends_before_its_end() -> None:
    span = RESULT.why(at="2024-03-01T16:30", to="2024-03-04T10:00").span
    assert span is not None
    assert (span.first, span.last, span.bars) == (when("2024-03-01T16:00"), when("2024-03-04T09:00"), 4)
    whole = RESULT.why(at="2000", to="2100").span
    assert whole is not None
    assert whole.bars == 8
    assert "the nearest are those" in refused(at="2024-03-02", to="2024-03-03")
    assert "begin before it ends" in refused(at="2024-03-02", to="2024-03-02")


def test_numbers_that_there_are_not_name_those_there_are() -> None:
    assert refused(trade=3) == "there is no trade 3: the run has trades 1 to 2, in their tables' order"
    assert "trades 1 to 2" in refused(trade=0)
    assert "orders 0 to" in refused(order=99)
    with pytest.raises(sg.RunError, match="the run has no trades; a time"):
        run("enter long when close > 99", WEEK, timeframe="1h").why(trade=1)


def test_one_thing_is_asked_at_a_time() -> None:
    assert "say what to explain" in refused()
    assert "found trade and at" in refused(trade=1, at="2024")
    assert "`to` ends a span" in refused(trade=1, to="2025")
    assert "`statement` goes with a time" in refused(trade=1, statement=1)
    assert "why it was not" in refused(trade=1, why_not=True)


@pytest.mark.parametrize(("asked", "found"), [
    (None, [1, 2, 3]), (2, [2]), ("3", [3]), ("long", [1, 2]), ("enter", [1, 3]), ("enter short", [3]), ("Exit", [2]),
])  # fmt: skip
def test_statements_are_chosen_by_number_side_or_kind(asked: Any, found: list[int]) -> None:
    assert [s.number for s in bar(RESULT.why(at="2024-03-01T15:00", statement=asked)).statements] == found


def test_a_statement_that_there_is_not_names_those_there_are() -> None:
    assert refused(at="2024-03-01T15:00", statement=4) == (
        "there is no statement 4: the program has 3 statements, 1 `enter long`, 2 `exit long`, 3 `enter short`; a side "
        "or `enter` or `exit` chooses several"
    )
    assert "there is no statement 'exit short'" in refused(at="2024-03-01T15:00", statement="exit short")


def test_why_not_leaves_out_what_acted_and_what_held() -> None:
    why = RESULT.why(at="2024-03-01T16:00", why_not=True)  # the close is 3: the first acts
    assert "1. enter long" not in why.text()
    assert "3. enter short" in why.text()
    assert "leave out --not" in RESULT.why(at="2024-03-01T16:00", why_not=True, statement=1).text()


@pytest.mark.parametrize("name", ["trade", "order", "at", "to", "statement", "why_not"])
def test_whatever_is_given_one_error_says_what_was_expected(name: str) -> None:
    beside = {"at": "2024-03-01T15:00"} if name in ("to", "statement", "why_not") else {}
    for odd in ODD.values():
        try:
            RESULT.why(**{**beside, name: odd})
        except OURS as error:
            assert str(error).strip()


def test_a_changed_array_is_refused() -> None:
    data = history(range(1, 9))
    result = run("enter long when close > 2", data)
    data["close"][3] = 7.0
    with pytest.raises(sg.RunError, match="changed"):
        result.why(trade=1)


def test_a_program_answers_without_a_result() -> None:
    program = sg.compile(HOURS)
    asked = {"timeframe": "1h", "engine": "interpreted", "fee": "0.1%"}
    whole = program.backtest(WEEK, **asked)
    assert program.why(WEEK, trade=1, **asked).to_json() == whole.why(trade=1).to_json()
    span = program.why(WEEK, at="2024-03-01", to="2024-03-02", **asked)
    assert span.to_json() == whole.why(at="2024-03-01", to="2024-03-02").to_json()
    cut = program.why(WEEK, trade=1, to="2024-03-04T09:00", **asked)
    assert cut.trade is not None
    assert cut.trade.exit == "end"

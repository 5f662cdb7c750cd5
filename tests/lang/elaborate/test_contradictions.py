"""Conditions that exclude each other, orders that never act, and what is near them of which nothing is said."""

from __future__ import annotations

from dataclasses import replace

import pytest
from stratagem.lang.compile import check_text
from stratagem.lang.diagnostics.render import apply_fixes


def codes(text: str) -> list[str]:
    return [each.code for each in check_text(text).diagnostics]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("hour > 16 and hour < 9", ["hour > 16 or hour < 9"]),
        ("close > open and close < open", ["close > open or close < open"]),
        ("close > 100 and close < 50", ["close > 100 or close < 50"]),
        ("month == 1 and month == 2", ["month == 1 or month == 2"]),
        ("month != 1 or month != 2", ["month != 1 and month != 2"]),
        ("rsi(close, 14) > 30 or rsi(close, 14) < 70", ["rsi(close, 14) > 30 and rsi(close, 14) < 70"]),
        ("cross_above(close, open) and close < open", []),
        ("cross_above(close, 5) and cross_below(close, 5)", []),
        ("rising(close) and close < close[1]", ["rising(close) or close < close[1]"]),
        ("close > open and not (close > open)", []),
        ("position.flat and position.size > 0", ["position.flat or position.size > 0"]),
        ("close > sma(close, 9) and sma(close, 9) > open and close < open", []),
        ("close > open or close <= open", []),
    ],
)  # fmt: skip
def test_what_excludes_each_other_is_told_with_the_other_joint(written: str, meant: list[str]) -> None:
    text = f"let a = {written}"
    (told,) = check_text(text).diagnostics
    assert told.code == "W203" and not any(fix.safe for fix in told.fixes)
    assert [apply_fixes(text, [replace(told, fixes=(fix,))]) for fix in told.fixes] == [f"let a = {m}" for m in meant]
    assert not any(codes(f"let a = {each}") for each in meant)


def test_it_is_told_once_and_of_the_two_that_exclude_each_other() -> None:
    (told,) = check_text("let a = volume > 5 and close > 9 and close < 3 and open > 1").diagnostics
    assert told.message == "`close > 9` and `close < 3` never hold on one bar"


def test_of_parameters_only_what_holds_for_all_their_values() -> None:
    head = "param lo = 30 in 10 to {0}\nparam hi = 70 in 60 to 90\nlet a = rsi(close, 14) < lo and rsi(close, 14) > hi"
    assert codes(head.format(40)) == ["W203"] and codes(head.format(80)) == []


@pytest.mark.parametrize(
    "condition",
    [
        "hour > 9 and hour < 16", "hour > 16 or hour < 9", "close >= open and close <= open", "close > 5 and open < 3",
        "close > high[1] or close < low[1]", "cross_above(close, open) or close < open",
        "rsi(close, 14) > 70 or is_na(close)",
        "(hour >= 9 and hour < 12) or (hour >= 14 and hour < 16)",
        'between("22:00", "04:00") and hour > 3',
        "close > open and close[1] < open[1]", "rising(close) and falling(volume)",
        "close > close[1] and close < close[2]",
        "recent(close < open, 5) and close > open", "cross_above(close, open) and close[1] < open[1]",
        "close > sma(close, 9) and sma(close, 9) > sma(close, 20) and close > sma(close, 20)",
        "month != 1 and month != 2",
    ],
)  # fmt: skip
def test_nothing_is_said_of_conditions_that_may_hold(condition: str) -> None:
    assert codes(f"let a = {condition}") == []


def test_a_long_chain_is_passed_over() -> None:
    assert codes(f"let a = {' and '.join(f'close > {n}' for n in range(60))} and close < 0") == []


@pytest.mark.parametrize(
    "orders",
    [
        "enter long when close > open expire 3 bars\nexit long when position.bars >= 2 and close < open",
        "enter long when close > open expire 3 bars size 20% scale 2\nexit long when position.bars > 5",
        "enter long when close > open\nexit long when close < open or position.flat",
        "enter long when close > open\nexit long when position.bars > 5",
        "enter long when close > open size 25% scale 3\nexit long when close < open",
        "enter long when close > open size 100%\nexit long when close < open",
        "guard exposure 300%\nenter long when close > open size 250%\nexit long when close < open",
        "assume leverage 2\nenter long when close > open size 150%\nexit long when close < open",
        "guard exposure 50%\nenter long when close > open\nexit long when close < open",
        "enter long when close > open size 50%\nenter long when close > open size 50% scale 1\n"
        "exit long when close < open",
        "enter long when close > open\nexit long when close < open\nexit short when close > open",
        "enter long when close > open limit 1%\nenter long when close > open limit 2%\nexit long when close < open",
        "enter long when close > open\nexit long when close > open size 50% once\nexit long when close < low[1]",
    ],
)  # fmt: skip
def test_nothing_is_said_of_orders_that_act(orders: str) -> None:
    assert codes(orders) == []


@pytest.mark.parametrize(("frame", "condition"), [
    ("1h", 'between("09:30", "16:00")'), ("1h", "weekday == monday and day == 3"), ("1d", "weekday == friday"),
    ("1d", "day > 25 and month == 2"), ("1w", "month == 5"), ("1mo", "month == 5"),
])  # fmt: skip
def test_nothing_is_said_of_the_calendar_where_bars_differ(frame: str, condition: str) -> None:
    assert codes(f"on X every {frame}\nlet a = {condition}") == []


@pytest.mark.parametrize("condition", ["hour == 9", "minute == 0", 'between("09:30", "16:00")'])
def test_bars_of_a_day_have_no_time_of_day(condition: str) -> None:
    assert codes(f"on X every 1d\nlet a = {condition}") == ["W404"]
    assert codes(f"on X every 1h\nlet a = ({condition}) @ 1d") == ["W404"]

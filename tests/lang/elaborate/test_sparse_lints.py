"""Values that most bars do not have, counts of bars, signs and anchors: what is told, offered, and let be."""

from __future__ import annotations

import pytest
from stratagem.lang.compile import check_text
from stratagem.lang.diagnostics.model import Diagnostic
from stratagem.lang.diagnostics.render import apply_fixes

EVENT = "let a = rising(macd(close).hist @ event 1w)\non A every 1d\nenter long when a\n  stop 1%\n"
HEAD = "let p = pivot_low(low, 5, 5)\nlet trend = supertrend(3, 10)\nplot p + trend.line\n"


def told(text: str) -> list[Diagnostic]:
    return list(check_text(f"{HEAD}{text}").diagnostics)


@pytest.mark.parametrize(
    ("text", "code", "meant"),
    [
        ("let a = rising(p)", "W304", "let a = last_known(p) > valuewhen(not is_na(p), p, 1)"),
        ("let a = falling(p)", "W304", "let a = last_known(p) < valuewhen(not is_na(p), p, 1)"),
        ("let a = p > p[1]", "W304", "let a = last_known(p) > valuewhen(not is_na(p), p, 1)"),
        ("let a = p[2] < p[1]", "W304", "let a = valuewhen(not is_na(p), p, 2) < valuewhen(not is_na(p), p, 1)"),
        ("let a = changed(p)", "W304", "let a = not is_na(p)"),
        ("let a = cross_above(close, p)", "W304", "let a = cross_above(close, last_known(p))"),
        ("let a = sma(p, 3)", "W304", "let a = sma(last_known(p), 3)"),
        ("let a = pivot_high(high) > p", "W304", "let a = last_known(pivot_high(high)) > last_known(p)"),
        ("let a = close < p", "W203", "let a = close < last_known(p)"),
        ("let a = close > pivot_high(high)", "W203", "let a = close > last_known(pivot_high(high))"),
        ("let a = highest_bars(high, 20) == -1", "E212", "let a = highest_bars(high, 20) == 1"),
        ("let a = lowest_bars(low, 20) > -5", "E212", "let a = lowest_bars(low, 20) < 5"),
        ("let a = vwap() @ 1d", "W208", "let a = vwap(anchor = new_month()) @ 1d"),
    ],
)  # fmt: skip
def test_what_was_meant_is_offered(text: str, code: str, meant: str) -> None:
    (found,) = told(text)
    assert (found.code, [fix.safe for fix in found.fixes]) == (code, [False])
    assert apply_fixes(HEAD + text, [found]) == HEAD + meant
    assert told(meant) == []


@pytest.mark.parametrize("text", ["let a = rising(p, 2)", "let a = p - p[1] > 0", "let a = macd(p).line"])
def test_where_nothing_is_certain_the_way_is_told_in_words(text: str) -> None:
    (found,) = told(text)
    assert (found.code, found.fixes) == ("W304", ()) and "valuewhen(not is_na(p), p, 1)" in found.help


def test_a_count_of_bars_is_offered_no_share() -> None:
    (found,) = told("let a = highest_bars(high, 20) >= 20")
    assert (found.code, found.fixes) == ("E212", ())


@pytest.mark.parametrize(
    "text",
    [
        "let a = p > sma(close, 50)", "let a = p > 0", "let a = is_na(p) or p < close", "let a = close > p",
        "let a = last_known(p) > valuewhen(not is_na(p), p, 1)", "let a = sma(close @ event 4h, 1)",
        "let a = lowest_bars(low, 20) == 0", "let a = barssince(close > open) < 5", "let a = highest_bars(high, 9) < 2",
        "on X every 1d\nlet a = vwap(anchor = new_month())", "on X every 5m\nlet a = vwap()", "let a = vwap()",
        "on X every 5m\nlet a = highest_since(new_day(), high)",
    ],
)  # fmt: skip
def test_what_may_be_meant_is_let_be(text: str) -> None:
    assert [found.code for found in told(text)] == []


EXITS = "\nexit long when close < open\nexit short when close > open"


@pytest.mark.parametrize(
    "condition",
    ["trend.direction < 0", "close > open and trend.direction == -1", "cross_below(trend.direction, 0)",
     "0 > trend.direction"],
)  # fmt: skip
def test_an_entry_against_the_supertrend_is_hinted_at(condition: str) -> None:
    assert [(d.code, d.severity) for d in told(f"enter long when {condition}{EXITS}")] == [("W207", "hint")]
    assert told(f"enter short when {condition}{EXITS}") == []


@pytest.mark.parametrize(
    "condition", ["trend.direction > 0 and trend.direction[1] < 0", "trend.direction > 0", "changed(trend.direction)"]
)
def test_an_entry_with_it_and_its_exit_are_not(condition: str) -> None:
    assert told(f"enter long when {condition}\nexit long when trend.direction < 0") == []


@pytest.mark.parametrize(
    ("clauses", "hinted"),
    [("stop 2%", True), ("stop 2% size 50%", True), ("trail 2%", False), ("stop 2% target 4%", False),
     ("stop 2% expire 5 bars", False), ("stop 2% stop 0r after 1r", False), ("stop 2% trail 1%", False)],
)  # fmt: skip
def test_a_stop_alone_is_no_way_out_that_was_said(clauses: str, hinted: bool) -> None:
    found = told(f"enter long when close > open {clauses}")
    assert [(d.code, d.severity) for d in found] == ([("W605", "hint")] if hinted else [])
    assert told(f"enter long when close > open {clauses}\nexit long when close < open") == []


@pytest.mark.parametrize(
    ("text", "instead"),
    [
        (EVENT, "`rising(macd(close).hist) @ 1w`"),
        (EVENT.replace("rising(", "rising(b) and not is_na("), "`sma(close, 3) @ 1w`"),
    ],
)
def test_a_window_on_a_longer_timeframe_is_written_out(text: str, instead: str) -> None:
    """`@ event 1w` inside a window; where another definition reads it, an example."""
    told = check_text(f"let b = close @ event 1w\n{text}").diagnostics
    assert any(each.code == "W304" and each.help.endswith(instead) for each in told)

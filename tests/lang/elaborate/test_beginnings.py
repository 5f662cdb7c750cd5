"""Entries that wait for a trade before them, and those that only look so."""

from __future__ import annotations

import pytest
from stratagem.lang.compile import check_text, compile_text
from stratagem.lang.diagnostics.model import Diagnostic
from stratagem.lang.diagnostics.render import apply_fixes

EXIT = "\nexit long when close < open"


def said(text: str) -> list[Diagnostic]:
    return list(compile_text(text + EXIT).diagnostics)


@pytest.mark.parametrize(
    ("condition", "note"),
    [
        ("trades.bars_since > 5", "`trades.bars_since` is missing until a trade has closed"),
        ("trades.last_return[1] > 0", "`trades.last_return` is missing until a trade has closed"),
        ("trades.mean_win / 2 > trades.mean_loss", "`trades.mean_win` is missing until a trade has closed"),
        ("close > position.entry_price * 1.02", "`position.entry_price` is missing until something is held"),
        ("not position.flat", "`position.flat` is true until something is held"),
        ("position.long", "`position.long` is false until something is held"),
        ("position.bars > 3", "`position.bars` is 0 until something is held"),
        ('trades.last_reason == "stop"', "`trades.last_reason` equals no reason until a trade has closed"),
        ("drawdown > 10%", "`drawdown` is 0 until something is held"),
        ("(trades.win_rate > 0.4 or trades.last_return > 0)", "is missing until a trade has closed"),
        ("(if position.flat then trades.last_return else 1) > 0", "is missing until a trade has closed"),
    ],
)
def test_an_entry_that_no_trade_can_come_before_is_told_with_what_it_waits_for(condition: str, note: str) -> None:
    (warning,) = said(f"enter long when close > open and {condition}")
    assert warning.code == "W505" and "nothing is ever entered" in warning.message
    assert note in warning.notes[0].message


@pytest.mark.parametrize(
    "condition",
    [
        "position.flat", "not position.long", "position.size == 0", "trades.count < 10", "trades.loss_streak < 3",
        "trades.today == 0", 'trades.last_reason != "stop"', "drawdown < 20%", "equity > 50_000", "pnl.day > -100",
        "or_else(trades.bars_since, 999) > 5", "(is_na(trades.bars_since) or trades.bars_since > 5)",
        "(trades.last_return > 0 or close > open)", "(trades.count < 10 or trades.win_rate > 0.4)",
        "(if trades.count > 9 then trades.win_rate > 0.4 else true)",
    ],
)  # fmt: skip
def test_what_a_first_trade_can_meet_is_fine(condition: str) -> None:
    assert said(f"enter long when close > open and {condition}") == []


def test_an_entry_that_adds_to_what_another_opened_is_fine() -> None:
    adds = "enter long when close < position.last_price * 0.9 size 25% scale 2"
    assert said(f"enter long when close > open size 25%\n{adds}") == []


def test_beside_an_entry_that_can_begin_a_missing_reading_of_trades_is_hinted_at() -> None:
    (hint,) = said("enter long when close > open\nenter short when trades.bars_since > 5 and close < open")
    assert (hint.code, hint.severity) == ("W402", "hint")
    assert said('enter long when close > open\nenter short when trades.last_reason == "stop" and close < open') == []


@pytest.mark.parametrize(
    ("condition", "mended"),
    [
        ("trades.bars_since > 5", "or_else(trades.bars_since, 999) > 5"),
        ("10 <= trades.bars_since", "10 <= or_else(trades.bars_since, 999)"),
        ("trades.bars_since > 2000", "(is_na(trades.bars_since) or trades.bars_since > 2000)"),
        ("trades.bars_since < 5", "(is_na(trades.bars_since) or trades.bars_since < 5)"),
        ("trades.win_rate > 0.4", "(is_na(trades.win_rate) or trades.win_rate > 0.4)"),
        ("trades.mean_win > trades.mean_loss",
         "(is_na(trades.mean_win) or is_na(trades.mean_loss) or trades.mean_win > trades.mean_loss)"),
    ],
)  # fmt: skip
def test_the_fix_lets_the_first_trade_through(condition: str, mended: str) -> None:
    text = f"enter long when close > open and {condition}"
    (warning,) = said(text)
    fixed = apply_fixes(text, [warning])
    assert fixed == f"enter long when close > open and {mended}"
    assert said(fixed) == []
    assert compile_text(fixed + EXIT).enters


def test_an_entry_that_was_not_understood_may_be_the_first() -> None:
    found = check_text("enter long when clos > open\nenter long when trades.bars_since > 5" + EXIT)
    assert [d.code for d in found.diagnostics] == ["E101"]


def test_one_condition_for_both_sides_is_told_and_two_are_not() -> None:
    (warning,) = said("let up = close > open\nenter long when up\nenter short when close > open")
    assert warning.code == "W506" and "`" not in warning.message
    assert said("enter long when close > open\nenter short when close < open") == []

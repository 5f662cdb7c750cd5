"""What a trader wrote and was offered another thing for: each is answered with what it means."""

from __future__ import annotations

import pytest
from stratagem.lang.compile import check_text
from stratagem.lang.diagnostics.model import Diagnostic
from stratagem.lang.diagnostics.render import apply_fixes
from stratagem.lang.inputs.errors import AssumptionError
from stratagem.lang.inputs.guards import read_guards


def errors(text: str) -> list[Diagnostic]:
    return [d for d in check_text(text).diagnostics if d.is_error]


EXIT = "\nexit long when close < open"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("close > sma(close, 20) for 3 bars", "sum(number(close > sma(close, 20)), 3) == 3"),
        ("close > open for 3 bars and volume > 0", "sum(number(close > open), 3) == 3 and volume > 0"),
        ("close > open for 3 bars\n  size 50%", "sum(number(close > open), 3) == 3\n  size 50%"),
        ("close > open size 1/4", "close > open size 100%/4"),
        ("close > open size 0.1 / annual_volatility(20)", "close > open size 10% / annual_volatility(20)"),
        ("close > open size 1 - 1 / atr(9)", "close > open size 100% * (1 - 1 / atr(9))"),
        ("close > open size trades.loss_streak", "close > open size 100% * trades.loss_streak"),
        ("close > open scale in 3", "close > open scale 3"),
        ("close > open size 50% for 10 bars", "close > open size 50% expire 10 bars"),
    ],
)
def test_what_was_meant_is_the_first_fix(written: str, meant: str) -> None:
    text = f"enter long when {written}{EXIT}"
    (found,) = errors(text)
    assert apply_fixes(text, [found]) == f"enter long when {meant}{EXIT}"
    assert errors(f"enter long when {meant}{EXIT}") == []


def test_a_size_without_its_unit_is_told_as_that() -> None:
    (found,) = errors(f"enter long when close > open size 1/4{EXIT}")
    assert found.code == "E403" and "does not say of what" in found.message


@pytest.mark.parametrize(("side", "word"), [("short", "sell"), ("long", "buy")])
def test_a_leg_called_by_its_side(side: str, word: str) -> None:
    text = "on A, B\natomic when close > open\n  {} A size 50%\n  buy B size 50%\n"
    (found,) = errors(text.format(side))
    assert found.code == "E015" and apply_fixes(text.format(side), [found]) == text.format(word)
    assert errors(text.format(word)) == []


@pytest.mark.parametrize("name", ["weekly_loss", "monthly_loss"])
def test_a_longer_loss_is_no_daily_one(name: str) -> None:
    period = name.partition("ly")[0]
    (found,) = errors(f"guard {name} 5% then halt{EXIT}")
    assert found.fixes == () and f"new_{period}()" in found.help and f"until {period}" in found.help
    state = found.help.split("`")[1]
    assert errors(f"{state}\nenter long when equity > 95% * begun{EXIT}") == []
    with pytest.raises(AssumptionError, match=rf"no guard named '{name}'.* new_{period}\(\) .*until {period}"):
        read_guards(f"{name} 5% then halt")


@pytest.mark.parametrize("name", ["last_day", "month_end", "last_trading_day", "last_day()", "is_month_end()"])
def test_the_end_of_a_month_is_told_by_the_calendar(name: str) -> None:
    (found,) = errors(f"let a = {name}")
    assert found.fixes == () and "no holidays" in found.help
    _, condition, _, days, _ = found.help.split("`")
    assert errors(f"{days}\nenter long when {condition}{EXIT}") == []


def test_entries_of_today_are_read() -> None:
    (found,) = errors(f"enter long when entries.today < 2{EXIT}")
    assert found.fixes == () and "`trades.opened_today`" in found.help
    assert errors(f"enter long when trades.opened_today < 2{EXIT}") == []

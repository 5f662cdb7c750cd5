"""How far an exclusion goes, and what a request takes back that it said: each was once taken for its contrary."""

from __future__ import annotations

import pytest
from stratagem.tools.assistant.translate.translator import translation

FRAME = "Enter long if ROC(20) is greater than 5{}. Exit if ROC(20) is below zero."
NO_FRIDAY, NO_DECEMBER = "weekday != friday", "month != 12"

BOTH = {
    ", except on Fridays and in December": [NO_FRIDAY, NO_DECEMBER],
    ", not on Fridays or in December": [NO_FRIDAY, NO_DECEMBER],
    ", but never on Fridays and in December": [NO_FRIDAY, NO_DECEMBER],
    ". No trades on Fridays or in December": [NO_FRIDAY, NO_DECEMBER],
    ", but not on Mondays, Fridays and in December": ["weekday != monday", NO_FRIDAY, NO_DECEMBER],
    ", except in December and on Fridays": [NO_DECEMBER, "weekday != friday"],
    ", except on Fridays and after 15:00": [NO_FRIDAY, 'not between("15:00", "00:00")'],
    ", except on Fridays and when rsi is above 70": [NO_FRIDAY, "rsi(close, 14) <= 70"],
    ", but not when rsi is above 70 or on fridays": ["rsi(close, 14) <= 70", "weekday != friday"],
}


@pytest.mark.parametrize(("said", "parts"), BOTH.items())
def test_all_that_is_listed_is_excluded(said: str, parts: list[str]) -> None:
    made = translation(FRAME.format(said))
    assert f"enter long when {' and '.join(['roc(close, 20) > 5', *parts])}" in made.draft.text
    assert not made.holes


WANTED = {
    ", not on Fridays, and rsi below 30": [NO_FRIDAY, "rsi(close, 14) < 30"],
    " and not on Fridays and rsi below 30": [NO_FRIDAY, "rsi(close, 14) < 30"],
    ", except on Fridays, and only in December": [NO_FRIDAY, "month == 12"],
}


@pytest.mark.parametrize(("said", "parts"), WANTED.items())
def test_what_is_wanted_again_is_not(said: str, parts: list[str]) -> None:
    text = translation(FRAME.format(said)).draft.text
    assert f"enter long when {' and '.join(['roc(close, 20) > 5', *parts])}" in text


def test_two_conditions_behind_unless_are_asked_about() -> None:
    made = translation(FRAME.format(" unless rsi is above 70 and adx is below 20"))
    assert "adx(14) < 20" not in made.draft.text and [hole.kind for hole in made.holes] == ["definition"]


def test_the_slope_of_a_regression_is_its_own() -> None:
    made = translation("Be long while the slope of the 50-bar linear regression of the close is positive, else flat.")
    assert "linreg_slope(close, 50) > 0" in made.draft.text and "[1]" not in made.draft.text
    turned = translation("Buy when the slope of the 50 bar linear regression turns up, sell 5 bars later").draft.text
    assert "cross_above(linreg_slope(close, 50), 0)" in turned


CONTRARY = [
    "Buy on a bar that closes higher than the bar before and that is the third lower close in a row. Out 4 bars later.",
    "buy after 3 lower closes in a row on a bar that closes higher than the bar before, sell after 4 bars",
    "always in the market: long when macd is above its signal, short when it is below. stay in cash on Thursdays",
    "never flat: long when rsi is above 50, short when rsi is below 50; out on fridays",
]


@pytest.mark.parametrize("request_", CONTRARY)
def test_what_cannot_be_both_is_no_program(request_: str) -> None:
    made = translation(request_)
    assert made.draft.refusals or made.holes, made.draft.text


def test_always_in_the_market_by_turning_round_is_one() -> None:
    made = translation("always in the market: long when rsi is above 50, short when rsi is below 50")
    assert made.draft.text.split() == (
        "enter long when rsi(close, 14) > 50 enter short when rsi(close, 14) < 50".split()
    )


ENTERS_LESS = {
    "except in August": "month != 8",
    "but not between 12:00 and 13:00": 'not between("12:00", "13:00")',
    "but not after 15:00": 'not between("15:00", "00:00")',
    "but only on Mondays": "weekday == monday",
}


@pytest.mark.parametrize(("said", "part"), ENTERS_LESS.items())
def test_a_time_that_is_excluded_behind_the_way_out_narrows_the_entry(said: str, part: str) -> None:
    text = translation(f"buy when rsi(9) is under 30, sell when rsi(9) is over 70, {said}").draft.text
    assert text == f"enter long when rsi(close, 9) < 30 and {part}\nexit long when rsi(close, 9) > 70\n"


@pytest.mark.parametrize("said", [" only in March", ". Sell there, but not after 15:00", ", only on Fridays"])
def test_a_time_in_a_sentence_that_only_leaves_is_asked_about(said: str) -> None:
    made = translation(f"Entry: rsi(9) < 30. Exit: rsi(9) > 70{said}")
    assert made.holes, made.draft.text

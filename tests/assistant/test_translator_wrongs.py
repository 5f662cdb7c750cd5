"""Words that were once passed over in silence: each of them is in the program, or is asked about."""

from __future__ import annotations

import pytest
from stratagem.tools.assistant.translate.translator import translation

LEVELS = {
    "buy limit 1% below yesterday's low": "limit low[1] * 0.99",
    "place a limit buy at 1% under yesterday's low": "limit low[1] * 0.99",
    "buy limit 1% below the 20 bar average": "limit sma(close, 20) * 0.99",
    "buy limit 0.5 ATR below the low": "limit low - 0.5 * atr(14)",
    "buy limit 1% below the close": "limit 1%",
    "buy limit 1% below the last close": "limit 1%",
}


@pytest.mark.parametrize(("words", "clause"), LEVELS.items())
def test_a_limit_keeps_the_level_it_rests_below(words: str, clause: str) -> None:
    made = translation(f"{words} when rsi < 30, stop 2%")
    assert clause in [line.strip() for line in made.draft.text.split("\n")]
    assert not made.holes


def test_a_limit_below_a_level_of_days_runs_on_days() -> None:
    text = translation("buy limit 1% below yesterday's low when rsi < 30, stop 2%").draft.text
    assert text.startswith("on every 1d\n")


def test_a_limit_below_what_is_no_price_is_no_limit_below_the_close() -> None:
    made = translation("buy limit 1% below the rsi when volume > 1000, stop 2%")
    assert "limit 1%" not in made.draft.text
    assert made.holes or made.draft.refusals


@pytest.mark.parametrize("name", ["DAX", "NASDAQ", "FTSE", "DOW", "BITCOIN"])
def test_a_name_in_capitals_is_no_ticker(name: str) -> None:
    made = translation(f"I trade the {name}. Buy when rsi < 30, stop 2%")
    assert [hole.kind for hole in made.holes] == ["symbol"]
    assert translation("Trade SPY. Buy when rsi < 30, stop 2%").holes == ()


def test_only_if_narrows_the_entry_that_is_said_behind_it() -> None:
    made = translation("Long ETHUSDT only if BTCUSDT is above its 50 average; entry rsi < 30; stop 2%")
    assert made.draft.text.count("enter ") == 1
    assert "rsi(close, 14) < 30 and close of BTCUSDT > sma(close, 50) of BTCUSDT" in made.draft.text


def test_what_stands_before_then_stays_with_its_own_action() -> None:
    made = translation("buy when rsi is below 30 and the close is above the 100 sma then sell when rsi is above 70")
    assert "enter long when rsi(close, 14) < 30 and close > sma(close, 100)" in made.draft.text
    assert "exit long when rsi(close, 14) > 70" in made.draft.text

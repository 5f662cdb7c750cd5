"""Orders that rest, in any words: where, for how long, what ends them, and several of them at once."""

from __future__ import annotations

import pytest
from stratagem.tools.assistant.translate.translator import translation

ENTRY, EXIT = "enter long when rsi(close, 14) < 30", "exit long when rsi(close, 14) > 70"


def clauses(words: str) -> list[str]:
    """What is said of the entry by the words between it and the way out."""
    found = translation(f"When rsi(14) is under 30, {words}. Sell when rsi(14) is over 70.")
    assert not found.holes and not found.draft.refusals, (words, found)
    head, *rest, last = found.draft.text.splitlines()
    assert (head, last) == (ENTRY, EXIT)
    return [line.strip() for line in rest]


@pytest.mark.parametrize(
    ("words", "made"),
    [
        ("buy half an ATR cheaper with a limit", ["limit 0.5 * atr(14)"]),
        ("I try to buy 0.5% cheaper with a limit order for one bar", ["limit 0.5%", "valid 1 bars"]),
        ("limit order at the close minus 1 ATR", ["limit atr(14)"]),
        ("rest a bid at the low of the bar", ["limit low"]),
        ("buy limit 1% below the close, keep it for 5 bars", ["limit 1%", "valid 5 bars"]),
        ("buy limit 1% below the close, the order works for 3 bars", ["limit 1%", "valid 3 bars"]),
        ("buy limit 1% below the close, cancel after 5 bars if not filled", ["limit 1%", "valid 5 bars"]),
        ("buy limit 1% below the close, withdrawn if not filled in 5 bars", ["limit 1%", "valid 5 bars"]),
        ("buy limit 1% below the close that stays in for the next 9 bars, otherwise forget it",
         ["limit 1%", "valid 9 bars"]),
        ("buy limit 1% below the close, valid until cancelled", ["limit 1%", "until false"]),
        ("buy limit 1% below the close and the order stays until it fills", ["limit 1%", "until false"]),
        ("buy limit 1% below the close, pull the order when rsi(14) is over 50",
         ["limit 1%", "until rsi(close, 14) > 50"]),
        ("buy limit 1% below the close, keep working it until filled or until rsi(14) is over 50",
         ["limit 1%", "until rsi(close, 14) > 50"]),
        ("buy stop 10 cents over the high, next bar only", ["trigger high + 0.1", "valid 1 bars"]),
        ("enter with a stop order above the high of the last 20 bars", ["trigger highest(high, 20)"]),
        ("buy on a stop at the prior bar's high", ["trigger high[1]"]),
        ("buy stop 1 ATR above the close", ["trigger close + atr(14)"]),
        ("buy stop at the high plus 10 cents", ["trigger high + 0.1"]),
        ("trigger a buy at the high of the last 20 bars", ["trigger highest(high, 20)"]),
        ("buy stop limit: stop at the 20 bar high, limit 0.5% above it",
         ["trigger highest(high, 20)", "limit highest(high, 20) * 1.005"]),
        ("place three buy limits 1%, 2% and 3% below the close, 1000 dollars each",
         ["size 1000 cash", "limit 1%", "ladder 3 step 1%"]),
        ("place five buy limits 1 ATR apart below the close", ["limit close - atr(14)", "ladder 5 step atr(14)"]),
    ],
)  # fmt: skip
def test_an_order_that_rests(words: str, made: list[str]) -> None:
    assert clauses(words) == made


@pytest.mark.parametrize(
    ("words", "made"),
    [
        ("buy with a stop 2% below entry", ["stop 2%"]),
        ("buy with a stop below the low of the last 5 bars", ["stop lowest(low, 5)"]),
        ("buy and put the stop at the low of the bar", ["stop low"]),
    ],
)
def test_a_stop_that_protects_is_no_entry(words: str, made: list[str]) -> None:
    assert clauses(words) == made


def test_a_threshold_is_no_number_of_limits() -> None:
    found = translation("When rsi(14) crosses above 50 buy limit 1% below the close. Stop 4%, target 8%.")
    assert "ladder" not in found.draft.text and "50)" in found.draft.text and not found.holes


def test_limits_of_uneven_steps_are_asked_about() -> None:
    found = translation("When rsi(14) < 30 place three buy limits 1%, 2% and 5% below the close. Stop 9%.")
    assert found.holes or found.draft.refusals


def test_a_tick_is_asked_about() -> None:
    found = translation("Buy with a stop order one tick above the 20 bar high when rsi(14) > 50. Stop loss 2%.")
    assert [hole.kind for hole in found.holes] == ["tick"]


@pytest.mark.parametrize(
    "words",
    [
        "whichever fills first cancels the other", "one cancels the other", "OCO", "when one fills, cancel the other",
        "if one is filled the other has to go",
    ],
)  # fmt: skip
def test_of_two_orders_of_one_condition_one_cancels_the_other(words: str) -> None:
    found = translation(
        f"When ADX(14) is below 20, buy stop at the 10 bar high and sell short stop at the 10 bar low, {words}. "
        "Stop loss 2%, target 4%."
    )
    assert not found.holes and found.draft.text.splitlines() == [
        "assume entries one_cancels_other",
        "enter long when adx(14) < 20", "  trigger highest(high, 10)", "  stop 2%", "  target 4%",
        "enter short when adx(14) < 20", "  trigger lowest(low, 10)", "  stop 2%", "  target 4%",
    ]  # fmt: skip


def test_limits_on_both_sides_of_the_market() -> None:
    found = translation(
        "If ADX(14) is under 20, bracket the market with limits: buy at 1 ATR below the close, sell short at 1 ATR "
        "above it. If one is filled the other has to go. Orders live one bar. Stop and target are 1.5 ATR."
    )
    own = ["  limit atr(14)", "  valid 1 bars", "  stop 1.5 * atr(14)", "  target 1.5 * atr(14)"]
    assert not found.holes and found.draft.text.splitlines() == [
        "assume entries one_cancels_other", "enter long when adx(14) < 20", *own, "enter short when adx(14) < 20", *own,
    ]  # fmt: skip


def test_what_withdraws_no_order_is_asked_about() -> None:
    found = translation("Buy when rsi(14) < 30, pull the order when rsi(14) > 50. Sell when rsi(14) > 70.")
    assert found.holes or found.draft.refusals

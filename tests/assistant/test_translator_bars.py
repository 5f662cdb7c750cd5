"""Clauses about bars: which bar is meant, what it does, how many of them, and what is asked rather than guessed."""

from __future__ import annotations

import pytest
from stratagem.tools.assistant.translate.tokens.token import Series
from stratagem.tools.assistant.translate.translator import translation
from stratagem.tools.assistant.translate.values.bar_names import Bar, earlier, series_before

CONDITIONS = {
    "the close is above the high of the bar before": "close > high[1]",
    "the bar before closed above the high of the 10 bars before it": "close[1] > highest(high, 10)[2]",
    "the previous candle's low is below the close": "low[1] < close",
    "this candle closes above the highs of all 8 candles before it": "close > highest(high, 8)[1]",
    "the close is higher than the last close by more than one ATR": "close > close[1] + atr(14)",
    "the close is at least 2% above the close of 5 bars ago": "close >= close[5] * 1.02",
    "price is lower than 20 bars ago": "close < close[20]",
    "more volume than on any of the 30 bars before": "volume > highest(volume, 30)[1]",
    "the body is bigger than the body of the previous bar": "abs(close - open) > abs(close[1] - open[1])",
    "the range is less than half the range of the bar before": "(high - low) < 0.5 * (high[1] - low[1])",
    "the high minus the low is over 2 ATR": "(high - low) > 2 * atr(14)",
    "a green candle closes above the previous candle's high": "close > open and close > high[1]",
    "the candle is green and the one before it was red": "close > open and close[1] < open[1]",
    "two inside bars back to back": "high < high[1] and low > low[1] and high[1] < high[2] and low[1] > low[2]",
    "a red bar, then a green bar": "close > open and close[1] < open[1]",
    "a green bar after two red bars": "close > open and close[1] < open[1] and close[2] < open[2]",
    "the previous two bars were red": "close[1] < open[1] and close[2] < open[2]",
    "the last two bars were red": "close < open and close[1] < open[1]",
    "it is the third lower close in a row": "falling(close, 1) and falling(close, 1)[1] and falling(close, 1)[2]",
    "both the highs and the lows have been rising for 3 bars": "rising(high, 3) and rising(low, 3)",
    "at least 4 of the last 5 bars are green": "sum(number(close > open), 5) >= 4",
    "3 out of the last 4 bars closed red": "sum(number(close < open), 4) >= 3",
    "each of the last 2 closes was higher than the one before it": "close > close[1] and close[1] > close[2]",
    "it closes in the bottom quarter of its range": "close <= low + 0.25 * (high - low)",
    "a bar gaps up 1% or more": "open >= close[1] * 1.01",
    "it gaps down below the low of the bar before": "open < low[1]",
    "the range is the narrowest of the last 4 bars": "high - low < lowest(high - low, 3)[1]",
    "NR4 and inside bar": "high - low < lowest(high - low, 3)[1] and high < high[1] and low > low[1]",
    "the close is the lowest of the last 10 bars": "close <= lowest(close, 10)",
    "a hammer (lower wick at least twice the body) forms": "(min(open, close) - low) >= 2 * abs(close - open)",
    "the 20 bar high minus the 20 bar low is under 6 ATR": "highest(high, 20) - lowest(low, 20) < 6 * atr(14)",
    "the bar opens 1% under the close of the bar before": "open < close[1] * 0.99",
    "the low undercuts the previous bar's low": "low < low[1]",
    "three lower closes are followed by a higher close":
        "rising(close, 1) and falling(close, 1)[1] and falling(close, 1)[2] and falling(close, 1)[3]",
    "an inside bar comes after an outside bar":
        "high < high[1] and low > low[1] and high[1] > high[2] and low[1] < low[2]",
    "there is no lower wick and a green body": "(min(open, close) - low) <= 0 and close > open",
    "internal bar strength is below 20%": "(close - low) / (high - low) < 20%",
    "(close - low) / (high - low) is below 0.2": "(close - low) / (high - low) < 0.2",
    "the last bar was red and this bar is green": "close[1] < open[1] and close > open",
    "the last bar closed green": "close > open",
    "the close is above the last bar's high": "close > high[1]",
    "this candle and the one before it are both red": "close < open and close[1] < open[1]",
    "the close has gone up 4 bars in a row": "rising(close, 4)",
    "a bar wasn't red": "not (close < open)",
    "the price opens below the low of the bar before and closes above it": "open < low[1] and close > low[1]",
    "a bar two bars ago made a lower low": "falling(low, 1)[2]",
    "the range of the last 10 bars is less than 3 ATR": "highest(high, 10) - lowest(low, 10) < 3 * atr(14)",
    "the high is above the low by more than 2 ATR": "high > low + 2 * atr(14)",
    "the close is more than 6% above where it was 15 bars ago": "close > close[15] * 1.06",
    "the volume exceeds 1 million shares": "volume > 1000000",
    "there was no red bar in the last 4 bars": "sum(number(close < open), 4) == 0",
    "an inside bar is followed by a close above its high":
        "close > high[1] and high[1] < high[2] and low[1] > low[2]",
}  # fmt: skip


@pytest.mark.parametrize("words", CONDITIONS)
def test_a_clause_about_bars(words: str) -> None:
    found = translation(f"buy when {words}, stop 2%, target 4%")
    assert (found.draft.refusals, found.holes) == ((), ())
    assert found.draft.text == f"enter long when {CONDITIONS[words]}\n  stop 2%\n  target 4%\n"


DAILY = {
    "yesterday closed red and today closes above yesterday's open": "close[1] < open[1] and close > open[1]",
    "the close is lower than yesterday's and yesterday's was lower than the day before":
        "close < close[1] and close[1] < close[2]",
    "yesterday gapped up 0.5% or more": "open[1] >= close[2] * 1.005",
    "it makes a new 52 week high": "close > highest(high, 252)[1]",
    "the close is above the highest high of the past year": "close > highest(high, 252)[1]",
    "the close is in the top half of yesterday's range": "close >= high[1] - 0.5 * (high[1] - low[1])",
    "Monday closes lower than the day before": "weekday == monday and close < close[1]",
    "the close is above last week's high": "close > high @ 1w",
    "last week closed higher than it opened": "close @ 1w > open @ 1w",
    "last week was a green week": "close @ 1w > open @ 1w",
    "the close is above both last week's high and last month's high": "close > high @ 1w and close > high @ 1mo",
    "it is within 1% of last month's low": "close <= low @ 1mo * 1.01",
    "Friday closes higher than Thursday": "weekday == friday and close > close[1]",
    "the low is below Wednesday's low on a Thursday": "low < low[1] and weekday == thursday",
    "the close is below the low of the previous month": "close < low @ 1mo",
    "the close is above the midpoint of last week's range": "close > ((high + low) / 2) @ 1w",
}


@pytest.mark.parametrize("words", DAILY)
def test_a_clause_about_days_and_weeks(words: str) -> None:
    found = translation(f"daily chart. buy when {words}, sell after 3 bars")
    assert (found.draft.refusals, found.holes) == ((), ())
    assert found.draft.text == f"on every 1d\nenter long when {DAILY[words]}\n  expire 3 bars\n"


def test_a_weekday_is_read_from_the_other_one() -> None:
    found = translation("daily. buy on monday if friday closed lower than thursday, sell on wednesday")
    assert "enter long when weekday == monday and close[1] < close[2]\n" in found.draft.text
    found = translation("daily. buy at the open of Thursday if Wednesday was down more than 1%, sell after 2 bars")
    assert "enter long when weekday == wednesday and close < close[1] * 0.99\n" in found.draft.text
    found = translation("daily. buy at the open of Friday if Wednesday was down more than 1%, sell after 2 bars")
    assert found.holes or found.draft.refusals


INTRADAY = {
    "the close is more than 1% above yesterday's close": "close > close @ 1d * 1.01",
    "price is above today's open": "close > valuewhen(new_day(), open)",
    "the second bar of the day is red": "barssince(new_day()) == 1 and close < open",
    "price is above yesterday's close": "close > close @ 1d",
    "yesterday was red and price is above yesterday's high": "close @ 1d < open @ 1d and close > high @ 1d",
    "the first bar of the day is red": "new_day() and close < open",
    "it closes above the high of the day's first bar": "close > valuewhen(new_day(), high)",
    "it closes above the high of the first 3 bars of the day":
        "barssince(new_day()) >= 3 and close > valuewhen(barssince(new_day()) == 2, highest(high, 3))",
}


@pytest.mark.parametrize("words", INTRADAY)
def test_a_clause_about_the_day_on_its_bars(words: str) -> None:
    found = translation(f"15 min chart. buy when {words}, flat at the end of the day")
    assert (found.draft.refusals, found.holes) == ((), ())
    assert found.draft.text == f"on every 15m\nenter long when {INTRADAY[words]}\n  expire day\n"


ASKED = (
    "buy a hammer, stop 2%, target 4%",
    "buy the dip, stop 2%, target 4%",
    "buy when the candle is big and green, stop 2%, target 4%",
    "buy when a bar covers something, stop 2%, target 4%",
    "up bar, then a rest: the bar before was green. buy, stop 2%, target 4%",
    "15 min chart. buy when yesterday was down more than 1% on the day, stop 2%, target 4%",
    "buy when it closes near its high, stop 2%, target 4%",
    "buy when price is above the weekly high, stop 2%, target 4%",
    "buy when exactly 3 of the last 5 bars closed green, stop 2%, target 4%",
    "5 min chart. buy when price is above today's high, stop 2%, flat at the end of the day",
    "buy when it makes higher highs, stop 2%, target 4%",
    "buy when the close is well above the 20 bar low, stop 2%, target 4%",
    "buy when the close is near the 20 bar high, stop 2%, target 4%",
    "buy after a close below the low of the bar before, then a close above the high of the bar before, stop 2%",
    "buy when it takes out the recent low, stop 2%, target 4%",
    "buy when the close is higher than one of the last 3 closes, stop 2%, target 4%",
    "buy a doji (body under 10% of the range) and short a doji, stop 2%, target 4%",
)


@pytest.mark.parametrize("request_", ASKED)
def test_what_is_not_plain_is_asked(request_: str) -> None:
    found = translation(request_)
    assert found.holes or found.draft.refusals


KINDS = {
    "buy when it breaks the recent high, stop 2%, target 4%": "length",
    "buy the opening range breakout, out at the end of the day": "length",
    "buy after the last few bars were red, stop 2%, target 4%": "length",
    "buy after several red candles, stop 2%, target 4%": "threshold",
    "buy when volume is high, stop 2%, target 4%": "threshold",
    "buy when price is near yesterday's high, stop 2%, target 4%": "threshold",
    "buy a candle with a big body, stop 2%, target 4%": "definition",
    "buy a large gap down, stop 2%, target 4%": "threshold",
    "buy a volume spike, stop 2%, target 4%": "definition",
}


@pytest.mark.parametrize("request_", KINDS)
def test_what_is_missing_is_asked_by_its_kind(request_: str) -> None:
    assert KINDS[request_] in {hole.kind for hole in translation(request_).holes}


def test_what_it_is_beyond_is_what_was_compared_last() -> None:
    found = translation("buy when the close is within 5% of the 50 bar high, sell when it is more than 15% below it")
    assert found.draft.text.endswith("exit long when close < highest(high, 50) * 0.85\n")


@pytest.mark.parametrize(
    ("text", "back", "before"),
    [
        ("close", 1, "close[1]"),
        ("close[1] * 1.02", 2, "close[3] * 1.02"),
        ("high - low", 1, "high[1] - low[1]"),
        ("abs(close - open)", 1, "abs(close[1] - open[1])"),
        ("sma(close, 20)", 3, "sma(close, 20)[3]"),
        ("highest(high, 10)[1]", 1, "highest(high, 10)[2]"),
        ("2 * atr(14)", 1, "(2 * atr(14))[1]"),
        ("70", 1, "70"),
        ("rsi(close, 2)", 0, "rsi(close, 2)"),
    ],
)
def test_a_text_so_many_bars_before(text: str, back: int, before: str) -> None:
    assert earlier(text, back) == before


def test_an_extreme_of_an_earlier_bar_is_of_those_before_it() -> None:
    series = Series("highest(high, 10)", name="highest", length=10, window=True)
    made = series_before(series, Bar(1))
    assert (made.written, made.window) == ("highest(high, 10)[2]", False)
    assert series_before(series, Bar()) == series

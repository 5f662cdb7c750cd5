"""The words of a request: decoration asks nothing, hides no condition, slips and numbers are read in every spelling."""

from __future__ import annotations

import pytest
from stratagem.tools.assistant.translate.translator import translation
from stratagem.tools.assistant.translate.words.numerals import with_numbers
from stratagem.tools.assistant.translate.words.scan import scanned
from stratagem.tools.assistant.translate.words.spelling import corrected, guessed

PLAIN = "buy when rsi < 30, sell when rsi > 70"
WRITTEN = "enter long when rsi(close, 14) < 30\nexit long when rsi(close, 14) > 70\n"

DECORATED = (
    "Hi there! {} Thanks a lot and have a lovely weekend!",
    "I'm coming from one of those drag and drop builders. {}. That's all, nothing else to it.",
    "My wife thinks I'm nuts, but {}",
    "{}, nothing fancy please",
    "Honestly I don't really know how to code. {}",
    "I've noticed that markets like to bounce after an ugly couple of days. {}",
    "ok so hear me out. my girlfriend thinks im nuts. {}",
    "I lost 20 grand this year. {}",
    "Twenty years of work taught me patience. {}",
    "{}. Let me know if you need anything else.",
    "I run a small shop from home and check my phone each morning. {}",
)
HIDDEN = (
    "buy when rsi < 30 unless the market is crazy, sell when rsi > 70",
    "buy when rsi < 30 and everything looks beautiful, sell when rsi > 70",
    "buy when rsi < 30 but only if my wife agrees, sell when rsi > 70",
    "buy when rsi < 30 in the morning, sell when rsi > 70",
    "buy when rsi < 30 except on holidays, sell when rsi > 70",
    "buy when rsi < 30, not before earnings, sell when rsi > 70",
    "buy when the quiet rsi is under 30, sell above 70",
    "buy when rsi is almost 30, sell when rsi > 70",
    "buy when rsi recently fell under 30, sell when rsi > 70",
    "buy when rsi < 30, in a stage two advance, sell when rsi > 70",
    "buy when rsi < 30 provided moonphase is full, sell when rsi > 70",
    "buy AAPL when rsi < 30 and gold is rising, sell when rsi > 70",
    "I don't trade during lunch. buy when rsi < 30, sell when rsi > 70",
    "I only trade liquid names. buy when rsi < 30, sell when rsi > 70",
    "skip it when the spread is wide. buy when rsi < 30, sell when rsi > 70",
    "avoid fomc days. buy when rsi < 30, sell when rsi > 70",
    "buy when rsi < 30 twice, sell when rsi > 70",
    "wait for a retest, then buy when rsi < 30, sell when rsi > 70",
    "buy when rsi < 30 and volume is healthy, sell when rsi > 70",
    "buy when rsi < 30 while the dollar is weak, sell when rsi > 70",
    "buy when rsi < 30 after a nice run, sell when rsi > 70",
    "buy when rsi < 30, let the dust settle, sell when rsi > 70",
    "buy when rsi < 30 and no news is out, sell when rsi > 70",
    "buy when rsi < 30 or when I tell you, sell when rsi > 70",
    "if the moon is full I buy when rsi < 30, sell when rsi > 70",
    "usually buy when rsi < 30, sell when rsi > 70",
)


@pytest.mark.parametrize("words", DECORATED)
def test_decoration_asks_nothing(words: str) -> None:
    made = translation(words.format(PLAIN))
    assert made.draft.text == WRITTEN
    assert not made.holes


@pytest.mark.parametrize("words", HIDDEN)
def test_decoration_hides_no_condition(words: str) -> None:
    made = translation(words)
    assert made.holes or made.draft.refusals


def test_what_is_set_aside_and_no_filler_is_told() -> None:
    (told,) = [note for note in translation(f"My zebra agrees. {PLAIN}").draft.notes if "zebra" in note]
    assert told == "Not read: 'my zebra agrees'."


@pytest.mark.parametrize(
    ("typed", "meant"),
    [pair.split("=") for pair in (
        "undr=under lowst=lowest abvoe=above belwo=below sel=sell persent=percent croses=crosses averge=average "
        "moveing=moving tagret=target wensday=wednesday firday=friday parabolc=parabolic histogrm=histogram indx=index "
        "stochastik=stochastic momentm=momentum exitt=exit closse=close brekout=breakout alwasy=always "
        "supertrnd=supertrend"
    ).split()],
)  # fmt: skip
def test_a_slip_is_put_right(typed: str, meant: str) -> None:
    assert corrected(typed) == meant


@pytest.mark.parametrize("word", "cloning slower order party coast bread stock lurker clover pierce threat".split())
def test_an_english_word_is_taken_for_no_other(word: str) -> None:
    assert corrected(word) in {None, word}


def test_a_guess_is_told() -> None:
    assert guessed("porfolio") == "portfolio"
    assert "'porfolio' is read as 'portfolio'." in translation(f"10% of my porfolio: {PLAIN}").draft.notes
    assert guessed("under") is None


@pytest.mark.parametrize(
    ("words", "value"),
    [("twelve hundred dollars", 1200), ("one hundred and fifty points", 150), ("two and a half percent", 2.5),
     ("1 1/2 percent", 1.5), ("three quarters of a percent", 0.75), ("half an atr", 0.5), ("a tenth of an r", 0.1),
     ("half a dozen", 6), ("5 grand", 5000), ("1.5k", 1500), ("fifty five", 55), ("two thousand five hundred", 2500)],
)  # fmt: skip
def test_a_number_in_words(words: str, value: float) -> None:
    tokens = [token for token in scanned(words) if token.kind != "filler"]
    assert with_numbers(tokens)[0].value == pytest.approx(value)


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("the supertrend with factor 2 and length 10 turns green", "cross_above(supertrend(2, 10).direction, 0)"),
        ("aroon up (25) crosses above aroon down", "cross_above(aroon(25).up, aroon(25).down)"),
        ("the 20-bar z-score of the close is below -2", "zscore(close, 20) < -2"),
        ("the z-score of the close over 50 bars is below -2", "zscore(close, 50) < -2"),
        ("the 5/35/5 macd histogram turns positive", "cross_above(macd(close, 5, 35, 5).hist, 0)"),
        ("the close is under the lower keltner band with parameters 20 and 2.5", "close < kc(close, 20, 2.5).lower"),
        ("the linear regression slope of 20 bars is above 0", "linreg_slope(close, 20) > 0"),
        ("relative volume (20) > 2", "volume / sma(volume, 20) > 2"),
        ("chande momentum < -50", "cmo(close, 14) < -50"),
        ("+DI(20) is over -DI(20)", "dmi(20).plus > dmi(20).minus"),
        ("c > o", "close > open"),
        ("the rsi is above the 30", "rsi(close, 14) > 30"),
    ],
)
def test_an_indicator_by_any_name_and_parameters(words: str, text: str) -> None:
    assert translation(f"buy when {words}, stop 2%").draft.text == f"enter long when {text}\n  stop 2%\n"

"""Conditions on indicators in many words: read text for text, at the entry and at the exit; what is mirrored; and what
is silently taken for nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest
from stratagem.tools.assistant.translate.translator import translation

LINES = Path(__file__).with_name("indicator_clauses.txt").read_text(encoding="utf-8").split("\n")
PAIRS = [tuple(line.split(" => ")) for line in LINES if line and not line.startswith("#")]
CONDITIONS = [(words, text) for words, text in PAIRS if not words.startswith("! ")]
WHOLE = [(words.removeprefix("! "), text) for words, text in PAIRS if words.startswith("! ")]
VOICES = Path(__file__).with_name("whole_requests.txt").read_text(encoding="utf-8").split("\n")
WHOLE += [tuple(line.replace("\\n", "\n").split(" => ")) for line in VOICES if line and not line.startswith("#")]
ENTRY = "buy when {}, stop 3%"


def program(text: str) -> str:
    """The program that stands in one line."""
    return text.replace(" ; ", "\n").replace(";;", "\n  ") + "\n"


@pytest.mark.parametrize(("words", "text"), CONDITIONS, ids=[words[:50] for words, _ in CONDITIONS])
def test_a_condition(words: str, text: str) -> None:
    made = translation(ENTRY.format(words))
    if text == "asks":
        assert made.holes
        return
    assert made.draft.text == f"enter long when {text}\n  stop 3%\n", made.draft.refusals


@pytest.mark.parametrize(("words", "text"), WHOLE, ids=[words[:50] for words, _ in WHOLE])
def test_a_request(words: str, text: str) -> None:
    made = translation(words)
    if text == "asks":
        assert made.holes
        return
    assert made.draft.text == program(text), made.draft.refusals


@pytest.mark.parametrize(
    ("words", "other"),
    [
        ("the low touches the lower keltner band", "high >= kc(close, 20, 1.5).upper"),
        ("the close is more than 2 ATR below the 20 ema", "close > ema(close, 20) + 2 * atr(14)"),
        ("the close is 3% below the 20 ema", "close > ema(close, 20) * 1.03"),
        ("%b is below 0.1", "> 0.9"),
        ("obv is above its 20 bar average", "obv() < sma(obv(), 20)"),
        ("volume is rising for 3 bars and the bar is green", "rising(volume, 3) and close < open"),
        ("the macd histogram rises 3 bars in a row", "falling(macd(close, 12, 26, 9).hist, 3)"),
        ("rsi was below 30 within the last 5 bars", "recent(rsi(close, 14) > 70, 5)"),
    ],
)
def test_the_other_side_is_mirrored_whole(words: str, other: str) -> None:
    text = translation(f"Long when {words}, stop 3%. The other way round for shorts.").draft.text
    assert other in text.split("enter short when ")[1].split("\n")[0]


def test_a_level_at_a_line_is_mirrored_too() -> None:
    words = "Long when rsi > 50, stop at the low of the bar before, target 2%. The other way round for shorts."
    made = translation(words).draft.text
    assert "stop low[1]" in made and "stop high[1]" in made


def test_the_way_out_is_mirrored_with_what_is_counted() -> None:
    words = "Long when rsi is under 30, exit when it was over 60 within the last 3 bars. Mirror for shorts."
    assert "exit short when recent(rsi(close, 14) < 40, 3)" in translation(words).draft.text


@pytest.mark.parametrize(
    "words",
    [
        "sell when rsi is under 40 and cci is under -100 or close is above the 200 sma",
        "sell when close is below the 20 ema since the 10 ema crossed above the 30 ema",
        "sell when close drops below 5% of something",
        "sell when close is above the 50 sma, RSI(14) above 55 and adx above 25, or at least two of them",
    ],
)
def test_what_may_mean_more_is_asked(words: str) -> None:
    made = translation(f"Buy when close is above open. {words}.")
    assert made.holes or made.draft.refusals


@pytest.mark.parametrize("out", ["exit", "out", "cover"])
@pytest.mark.parametrize("mark", [",", "."])
def test_a_way_out_is_of_the_entry_before_it_where_each_has_its_own(mark: str, out: str) -> None:
    words = f"Long when rsi < 30{mark} Exit when rsi > 55. Short when rsi > 70{mark} {out} when rsi < 45."
    assert translation(words).draft.text == program(
        "enter long when rsi(close, 14) < 30 ; enter short when rsi(close, 14) > 70 ; "
        "exit long when rsi(close, 14) > 55 ; exit short when rsi(close, 14) < 45"
    )


def test_a_way_out_behind_both_entries_is_of_both() -> None:
    text = translation("Long when rsi < 30. Short when rsi > 70. Exit when adx < 15.").draft.text
    assert "exit long when adx(14) < 15\nexit short when adx(14) < 15\n" in text

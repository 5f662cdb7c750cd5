"""Ways out in many words, beside one plain pair of conditions: each gives exactly the clauses that stand behind it."""

from __future__ import annotations

from pathlib import Path

import pytest
from stratagem.tools.assistant.translate.translator import translation

FRAMES = {
    "long": "Buy when the close is above the 50 bar average, sell when it is below the 50 bar average. ",
    "short": "Short when the close is below the 50 bar average, cover when it is above the 50 bar average. ",
    "both": "Long when ema 10 crosses above ema 30, short when ema 10 crosses below ema 30. ",
}
"""What the rows stand behind; `short |` and `both |` before a row say another than the first."""
OWN = {
    "enter long when close > sma(close, 50)", "exit long when close < sma(close, 50)",
    "enter short when close < sma(close, 50)", "exit short when close > sma(close, 50)", "on every 15m",
    "enter long when cross_above(ema(close, 10), ema(close, 30))",
    "enter short when cross_below(ema(close, 10), ema(close, 30))",
}  # fmt: skip
TABLE = Path(__file__).with_name("ways_out.txt").read_text(encoding="utf-8").splitlines()
ROWS = [line for line in TABLE if line and not line.startswith("#")]


def clauses(words: str, frame: str = "long") -> list[str]:
    """What is written beside the conditions of the frame; thirds rounded."""
    made = translation(FRAMES[frame] + words)
    assert not made.draft.refusals
    assert not made.holes
    lines = [line.strip().replace("33.3333333333%", "33%") for line in made.draft.text.splitlines()]
    return sorted(line for line in lines if line not in OWN)


@pytest.mark.parametrize("row", ROWS)
def test_a_way_out(row: str) -> None:
    words, _, expected = row.partition(" => ")
    frame, parts, rest = words.partition(" | ")
    found = clauses(rest, frame) if parts else clauses(words)
    assert found == sorted(expected.split(" ; "))


@pytest.mark.parametrize(
    "words",
    [
        "Use a tight stop.", "stop below the recent swing low", "My pain threshold is a 3% loss.",
        "move stop to breakeven",
        "after 2% profit, stop 3%", "exit when rsi is above 70 and up 4%, if the trend is strong",
        "risk 2 ATR per trade as stop", "if nothing has happened after 10 bars, close", "trail it closely",
        "at +4% sell some of it", "sell a quarter of the position at each of 2%, 4%", "stop 5% above my entry",
    ],
)  # fmt: skip
def test_what_is_not_plain_is_asked_or_refused(words: str) -> None:
    made = translation(FRAMES["long"] + words)
    assert made.holes or made.draft.refusals


@pytest.mark.parametrize(
    "words",
    [
        "buy when rsi is below 30, sell when rsi is above 70 and up 4%",
        "buy when rsi is below 30. when rsi is above 70 and I'm up 3%, sell",
        "buy when rsi is below 30, sell at 4% profit if rsi is above 70",
        "buy when rsi is below 30, sell when rsi is above 70 and at 5% profit",
    ],
)
def test_a_gain_that_has_to_hold_with_a_condition_is_no_target(words: str) -> None:
    made = translation(words)
    assert made.holes or made.draft.refusals or "target" not in made.draft.text


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("exit if rsi > 70, or if rsi > 55 and macd histogram is negative",
         "rsi(close, 14) > 70 or (rsi(close, 14) > 55 and macd(close, 12, 26, 9).hist < 0)"),
        ("exit if rsi > 70 or rsi < 20", "rsi(close, 14) > 70 or rsi(close, 14) < 20"),
        ("exit if rsi > 70 and adx < 20 or cci > 100", None),
    ],
)  # fmt: skip
def test_and_and_or_of_an_exit(words: str, expected: str | None) -> None:
    """`, or if` begins anew; where nothing tells which belong together it is asked."""
    made = translation(f"buy when rsi < 35. {words}")
    if expected is None:
        assert [hole.kind for hole in made.holes] == ["definition"]
    else:
        assert f"exit long when {expected}\n" in made.draft.text

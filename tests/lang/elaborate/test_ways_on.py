"""What a fault tells to do: each fix is the change one would make oneself, and compiles."""

from __future__ import annotations

import pytest
from stratagem.lang.compile import check_text
from stratagem.lang.diagnostics.model import Diagnostic
from stratagem.lang.diagnostics.render import apply_fixes


def errors(text: str) -> list[Diagnostic]:
    return [d for d in check_text(text).diagnostics if d.is_error]


@pytest.mark.parametrize(
    ("written", "mended"),
    [
        ("plot close.sma(20)", "plot sma(close, 20)"),
        ("plot close.sma()", None),
        ("emit a when weekday == \"Monday\"", "emit a when weekday == monday"),
        ("emit a when close > \"100\"", "emit a when close > 100"),
        ("enter long when close > open stop \"2%\"", "enter long when close > open stop 2%"),
        ("emit a when between(\"9:30\", \"16:00\")", "emit a when between(\"09:30\", \"16:00\")"),
        ("emit a when close < stop", "emit a when close < position.stop"),
        ("emit a when close < entry", "emit a when close < position.entry_price"),
        ("emit a when close > \"high\"", None),
        ("emit a when rsi < 30", "emit a when rsi(close, 14) < 30"),
        ("emit a when macd > 0", "emit a when macd(close).hist > 0"),
        ("emit a when sma > close", "emit a when sma(close, 20) > close"),
        ("emit a when position.size() > 0", "emit a when position.size > 0"),
        ("emit a when open > close(1)", "emit a when open > close[1]"),
        ("emit a when close() > open", "emit a when close > open"),
    ],
)  # fmt: skip
def test_the_fix_is_what_was_meant(written: str, mended: str | None) -> None:
    (said,) = errors(written)
    if mended is None:
        assert not said.fixes or errors(apply_fixes(written, [said]))
    else:
        assert apply_fixes(written, [said]) == mended and not errors(mended)
        assert not any(fix.safe for fix in said.fixes) or "()" in written, "a guess"


def test_the_parts_of_a_record_are_named() -> None:
    (said,) = errors("let m = macd(close)\nemit a when m > 0")
    assert said.help == "choose one of its parts: `m.line`, `m.signal`, `m.hist`"


@pytest.mark.parametrize("written", ["hour() > 3", "equity(2) > 3", "close(SPY) > 3"])
def test_a_value_that_is_called_is_told_to_stand_alone(written: str) -> None:
    said = errors(f"emit a when {written}")[0]
    assert said.code == "E102" and said.help.startswith(f"it stands alone: `{written.partition('(')[0]}`")


def test_a_gain_beside_a_share_may_be_of_equity_or_of_what_was_put_in() -> None:
    text = "enter long when close > open\nexit long when position.pnl > 5%"
    (said,) = errors(text)
    assert [fix.edits[0].text for fix in said.fixes] == [
        "5% * equity", "5% * abs(position.size) * position.entry_price",
    ]  # fmt: skip


def test_a_negative_offset_is_told_where_the_bar_before_is() -> None:
    (said,) = errors("plot close[-1]")
    assert said.help == "the future cannot be read; the bar before is `[1]`"


@pytest.mark.parametrize(("clause", "denied"), [("stop close * 1.1", True), ("target close * 0.9", False)])
def test_only_a_stop_on_the_wrong_side_is_denied_with_a_risk(clause: str, denied: bool) -> None:
    found = check_text(f"enter long when close > open {clause} expire 3 bars").diagnostics
    (said,) = [d for d in found if d.code == "W503"]
    assert ("denied" in said.notes[0].message) == denied


@pytest.mark.parametrize(
    ("length", "help", "fixed"),
    [
        ("sma(close, k)", "what never changes is no state: `let k = 5`", True),
        ("sma(close, if close > open then 10 else 20)",
         "choose between two results: `if … then sma(close, 10) else sma(close, 20)`", False),
        ("highest(high, position.bars)", "since the entry: `position.high` and `position.low`", False),
        ("highest(high, barssince(close > open))",
         "what was reached since an event is `highest_since(event, high)` or `lowest_since(event, low)`", False),
        ("close[barssince(close > open)]", "a value as it was at an event is `valuewhen(event, close)`", False),
        ("sma(close, round(atr(14)))", "use a number, or a `param` with a domain", False),
    ],
)  # fmt: skip
def test_in_place_of_a_length_that_is_a_series_there_is_another_way(length: str, help: str, fixed: bool) -> None:
    text = f"state k = 5 then k\nemit a when close > {length}"
    (said,) = errors(text)
    assert said.code == "E205" and said.help == help
    assert bool(said.fixes) is fixed
    if fixed:
        assert apply_fixes(text, [said]).startswith("let k = 5\n") and not errors(apply_fixes(text, [said]))

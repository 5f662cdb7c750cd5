"""A bare number that could mean several things is refused, with each of them as a fix that compiles."""

from __future__ import annotations

from dataclasses import replace

import pytest
from stratagem.lang.compile import check_text
from stratagem.lang.diagnostics.render import apply_fixes

ORDER = "enter long when close > open {}\nexit long when close < open\nguard exposure 300%\nassume tick 0.01\n"


@pytest.mark.parametrize(
    ("text", "readings"),
    [
        ("assume fee 5\nplot close", ["fee 5%", "fee 5/order", "fee 5/unit"]),
        ("assume fee 0.1\nplot close", ["fee 0.1%", "fee 0.1/order", "fee 0.1/unit"]),
        ("assume slippage 5\nassume tick 1\nplot close", ["slippage 5%", "slippage 5ticks", "slippage 5/unit"]),
        ("guard drawdown 20\nplot close", ["drawdown 20%"]),
        ("guard drawdown 0.2\nplot close", ["drawdown 20%", "drawdown 0.2%"]),
        ("guard exposure 3\nplot close", ["exposure 3%", "exposure 300%"]),
        (ORDER.format("risk 1 stop 2%"), ["risk 1%"]),
        (ORDER.format("risk 0.01 stop 2%"), ["risk 1%", "risk 0.01%"]),
        (ORDER.format("cap 50 stop 2%"), ["cap 50%"]),
        (ORDER.format("size 0.5"), ["size 0.5 units", "size 0.5 cash", "size 50%", "size 0.5%"]),
        (ORDER.format("stop 5"), ["stop 5%", "stop 5ticks", "stop entry - 5"]),
        (ORDER.format("stop 500"), ["stop 500ticks", "stop entry - 500"]),
        (ORDER.format("stop 1"), ["stop 1%", "stop 1ticks", "stop entry - 1"]),
        (ORDER.format("size 500"), ["size 500 units", "size 500 cash"]),
        (ORDER.format("cap 1 stop 2%"), ["cap 1%", "cap 100%"]),
        ("guard exposure 300\nplot close", ["exposure 300%"]),
        ("guard daily_loss 500\nplot close", []),
        ("assume fee 500\nplot close", ["fee 500/order", "fee 500/unit"]),
        (ORDER.format("trail 0.05"), ["trail 5%", "trail 0.05%", "trail 0.05ticks"]),
    ],
)
def test_each_reading_is_a_fix(text: str, readings: list[str]) -> None:
    (said,) = check_text(text).diagnostics
    assert said.is_error and len(said.fixes) == len(readings)
    for fix, reading in zip(said.fixes, readings, strict=True):
        assert not fix.safe
        mended = apply_fixes(text, [replace(said, fixes=(fix,))])
        assert reading in mended
        assert not any(d.is_error for d in check_text(mended).diagnostics)


def test_a_limit_that_is_no_percentage_may_be_a_sum_of_money() -> None:
    (said,) = check_text("guard daily_loss 500\nplot close").diagnostics
    assert said.help.endswith("a sum of money is written as its share of equity: 500 of 100_000 are `0.5%`")
    (said,) = check_text("guard daily_loss 5\nplot close").diagnostics
    assert "money" not in said.help and [fix.edits[0].text for fix in said.fixes] == ["5%"]


@pytest.mark.parametrize("text", ["assume fee 0", "assume slippage 0", "assume capital 5000", "assume lot 1"])
def test_what_has_one_meaning_needs_no_unit(text: str) -> None:
    assert check_text(f"{text}\nplot close").diagnostics == ()


@pytest.mark.parametrize("length", ["20 bars", "2 * 10 bars", "round(n * 50%)", "1d / 1h", "n // 2"])
def test_what_counts_bars_may_be_a_length(length: str) -> None:
    assert check_text(f"param n = 20 in 2 to 50\nplot sma(close, {length}) + n").program is not None


@pytest.mark.parametrize(
    ("written", "fixed"), [("close[14d]", "close[14]"), ("recent(close > open, 2h)", "recent(close > open, 2)")]
)
def test_a_duration_is_no_count_of_bars(written: str, fixed: str) -> None:
    text = f"let a = {written}"
    (said,) = [d for d in check_text(text).diagnostics if d.is_error]
    assert "counts bars, found a duration" in said.message
    assert apply_fixes(text, [said]) == f"let a = {fixed}"


def test_a_sign_before_a_distance_is_taken_away() -> None:
    text = "enter long when close > open stop -2%"
    (said,) = check_text(text).diagnostics
    assert said.code == "E415" and apply_fixes(text, [said]) == "enter long when close > open stop 2%"


@pytest.mark.parametrize(
    ("side", "clause", "fixed"),
    [("long", "stop 5", "stop entry - 5"), ("long", "target 5", "target entry + 5"),
     ("short", "stop 2.5", "stop entry + 2.5"), ("short", "target 5", "target entry - 5")],
)  # fmt: skip
def test_points_of_price_count_to_the_proper_side(side: str, clause: str, fixed: str) -> None:
    text = f"enter {side} when close > open {clause}"
    (said,) = [d for d in check_text(text).diagnostics if d.code == "E408"]
    mended = apply_fixes(text, [replace(said, fixes=said.fixes[-1:])])
    assert mended.endswith(fixed) and not [d for d in check_text(mended).diagnostics if d.is_error]

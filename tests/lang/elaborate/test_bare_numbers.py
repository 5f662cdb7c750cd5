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
        (ORDER.format("size 500"), ["size 500 units", "size 500 cash"]),
        (ORDER.format("cap 1 stop 2%"), ["cap 1%", "cap 100%"]),
        ("guard exposure 300\nplot close", ["exposure 300%"]),
        ("guard daily_loss 500\nplot close", []),
        ("assume fee 500\nplot close", ["fee 500/order", "fee 500/unit"]),
        (ORDER.format("trail 0.05"), ["trail 5%", "trail 0.05%", "trail 0.05ticks", "trail close - (close - 0.05)"]),
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
    text = "enter long when close > open expire 5 bars stop -2%"
    (said,) = check_text(text).diagnostics
    assert said.code == "E415" and apply_fixes(text, [said]) == text.replace("-2%", "2%")


PRICES = [
    ("long", "stop 5", "warning", ["5%", "5ticks", "entry - 5"]),
    ("long", "stop 1", "warning", ["1%", "1ticks", "entry - 1"]),
    ("short", "stop 2.5", "warning", ["2.5%", "2.5ticks", "entry + 2.5"]),
    ("short", "target 5", "warning", ["5%", "5ticks", "entry - 5"]),
    ("long", "stop 4 * 2", "warning", ["entry - (4 * 2)"]),
    ("long", "stop n", "warning", ["entry - n"]),
    ("long", "stop 1% take 50% at 3", "warning", ["3%", "3ticks", "entry + 3"]),
    ("long", "stop 1% stop 0r after 3", "warning", ["3%", "3ticks", "entry + 3"]),
    ("long", "limit 0.5", "warning", ["50%", "0.5%", "0.5ticks", "close - 0.5"]),
    ("short", "trigger 0.01", "warning", ["1%", "0.01%", "0.01ticks", "close - 0.01"]),
    ("long", "stop 90", "hint", ["90ticks", "entry - 90"]),
    ("long", "target 500", "hint", ["500ticks", "entry + 500"]),
]  # fmt: skip


@pytest.mark.parametrize(("side", "clause", "severity", "readings"), PRICES)
def test_a_number_that_is_taken_as_a_price_is_told(
    side: str, clause: str, severity: str, readings: list[str]
) -> None:
    """What is hardly a price is warned about: 2 beside a fill, a part of 1 beside the close."""
    text = f"param n = 2 in 1 to 9\nenter {side} when close > n {clause}\nexit {side} when close < open\nassume tick 1"
    (said,) = check_text(text).diagnostics
    assert (said.code, said.severity) == ("W509", severity)
    assert [fix.edits[0].text for fix in said.fixes] == readings and not any(fix.safe for fix in said.fixes)
    for fix in said.fixes:
        mended = check_text(apply_fixes(text, [replace(said, fixes=(fix,))]))
        assert not [d for d in mended.diagnostics if d.is_error or d.code == "W509"]


@pytest.mark.parametrize("clause", ["limit 90", "trigger 105", "trigger 105 limit 1.08", "stop level", "limit 2"])
def test_a_number_where_a_price_is_usual_is_one(clause: str) -> None:
    text = f"param level = 90 in 80 to 100\nenter long when close > level {clause}\nexit long when close < open"
    assert check_text(text).diagnostics == ()


@pytest.mark.parametrize("clause", ['stop column("floor")', 'limit column("x")[1]', 'stop 1% take 50% at column("x")'])
def test_a_column_of_the_data_may_be_a_price(clause: str) -> None:
    assert check_text(f"enter long when close > open {clause}\nexit long when close < open").diagnostics == ()


@pytest.mark.parametrize("clause", ["stop rsi(close, 14)", "limit volume", "trigger bar_index", "stop close / 3d"])
def test_what_measures_another_thing_is_no_price(clause: str) -> None:
    found = check_text(f"enter long when close > open {clause}\nexit long when close < open").diagnostics
    assert [d.code for d in found if d.is_error] == ["E408"]

"""What is compared, added and given to functions: the fixes offered, and what must never be refused."""

from __future__ import annotations

import pytest
from stratagem.lang.compile import check_text, compile_text
from stratagem.lang.diagnostics.model import CompileError, Diagnostic
from stratagem.lang.diagnostics.render import apply_fixes
from stratagem.stdlib import library
from stratagem.stdlib.catalogue import catalogue


def diagnostics(text: str) -> tuple[Diagnostic, ...]:
    try:
        return compile_text(text).diagnostics
    except CompileError as error:
        return error.diagnostics


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("rsi(14) < 30", "rsi(close, 14) < 30"),
        ("stoch(14)", "stoch(close, high, low, 14)"),
        ("bb(20, 2).upper < close", "bb(close, 20, 2).upper < close"),
        ("macd(12, 26, 9).line", "macd(close, 12, 26, 9).line"),
        ("mfi(14)", "mfi(hlc3(), 14)"),
        ("rising(3)", "rising(close, 3)"),
        ("pivot_low(5, 5)", "pivot_low(low, 5, 5)"),
        ("ema(1, 5)", "ema(close, 5)"),
        ("sma(20)", "sma(close, 20)"),
        ("highest(20)", "highest(high, 20)"),
        ("position.pnl > 2%", "position.pnl > 2% * equity"),
        ("atr(14) > 2%", "atr(14) / close > 2%"),
        ("rsi(close, 14) < 30%", "rsi(close, 14) < 30"),
        ("position.bars > 5%", "position.bars > 5"),
        ("position.size > 50%", "position.weight > 50%"),
        ("position.pnl > 2 * atr(14)", "position.pnl / abs(position.size) > 2 * atr(14)"),
        ("close > 2%", "close / close[1] - 1 > 2%"),
        ("drawdown > 10", "drawdown > 10%"),
        ("tsi(close) > 25", "tsi(close) > 25%"),
        ("stoch(close) > 0.8", "stoch(close) > 80"),
        ("wpr(14) > -0.2", "wpr(14) > -20"),
        ("max(atr(14), 1%)", "max(atr(14), 1% * close)"),
        ("2% + close", "close * (1 + 2%)"),
    ],
)  # fmt: skip
def test_the_fix_is_what_was_meant(written: str, meant: str) -> None:
    text = f"let a = {written}"
    (said,) = diagnostics(text)
    assert not any(fix.safe for fix in said.fixes), "it changes what the text means"
    assert apply_fixes(text, [said]) == f"let a = {meant}"
    assert diagnostics(f"let a = {meant}") == ()


def test_a_duration_beside_bars_is_counted_in_bars_of_the_program() -> None:
    text = "on X every 1h\nlet a = position.bars > 4h"
    (said,) = diagnostics(text)
    assert apply_fixes(text, [said]).endswith("position.bars > 4")


@pytest.mark.parametrize(
    ("written", "million"),
    [("volume > 1m", "1_000_000"), ("1.5m <= sma(volume, 20)", "1_500_000"), ("equity > 2m", "2_000_000")],
)
def test_a_duration_in_minutes_beside_an_amount_may_be_meant_as_millions(written: str, million: str) -> None:
    (said,) = check_text(f"let a = {written}").diagnostics
    assert said.code == "E211" and said.help == f"a million is written out: `{million}`"
    assert [(fix.safe, fix.edits[0].text) for fix in said.fixes] == [(False, million)]


LEGITIMATE = [
    "let a = position.pnl > 0",
    "let a = position.pnl > 2% * equity",
    "let a = position.pnl / equity > 2%",
    "let a = position.pnl < -500",
    "let a = equity > 110000",
    "let a = drawdown > 10%",
    "let a = drawdown > 0.1",
    "let a = 100 * drawdown > 10",
    "let a = rsi(close, 14) < 30",
    "let a = rsi(close, 14) / 100 < 30%",
    "let a = rsi(close, 14) > sma(rsi(close, 14), 9)",
    "let a = rsi(close, 14) < rsi(close, 14)[1]",
    "let a = rsi(close, 14) > adx(14)",
    "let a = atr(14) / close > 2%",
    "let a = atr(14) > 0.5",
    "let a = atr(14) > 1.5 * sma(atr(14), 50)",
    "let a = close / close[1] - 1 > 2%",
    "let a = close / close[1] > 1.02",
    "let a = close > 100",
    "let a = high - low > 10ticks",
    "let a = close - open > 0.5 * atr(14)",
    "let a = close > open + 0.5 * atr(14)",
    "let a = close > sma(close, 20) * (1 + 2%)",
    "let a = close > 1.02 * sma(close, 20)",
    "let a = 2 * ema(close, 9) - ema(ema(close, 9), 9) > close",
    "let a = volume > 2 * sma(volume, 20)",
    "let a = volume > 1_000_000",
    "let a = close * volume > 1000000",
    "let a = position.bars >= 10",
    "let a = position.bars > 3 and position.bars < 10",
    "let a = barssince(close > open) < 5",
    "let a = hour >= 9 and hour < 24",
    "let a = weekday == monday",
    "let a = weekday <= 5",
    "let a = minute == 0",
    "let a = month == 1",
    'let a = time >= "2024-01-31"',
    "let a = time - time[1] > 1h",
    "let a = time - time[1] > 3600",
    'let a = column("funding") > 0.01%',
    'let a = column("funding") > 0.5',
    "let a = stdev(log(close / close[1]), 20) > 1%",
    "let a = stdev(close / close[1] - 1, 20) * sqrt(252) > 20%",
    "let a = linreg_slope(close, 20) > 0",
    "let a = trades.win_rate > 0.5",
    "let a = trades.win_rate > 50%",
    "let a = trades.loss_streak >= 3",
    "let a = trades.last_return < -2%",
    "let a = position.weight > 150%",
    "let a = position.weight > 2",
    "let a = cci(close, 20) > 100",
    "let a = macd(close).hist > 0",
    "let a = macd(close).line > macd(close).signal",
    "let a = zscore(close, 20) > 2",
    "let a = zscore(close, 20) < -2.5",
    "let a = correlation(close, volume, 20) > 50%",
    "let a = correlation(close, volume, 20) > 0.5",
    "let a = tsi(close) > 0.25",
    "let a = aroon(14).up > 70",
    "let a = aroon(14).up > aroon(14).down",
    "let a = stoch_rsi(close).k < 20",
    "let a = supertrend().direction > 0",
    "let a = obv() > ema(obv(), 20)",
    "let a = cross_above(rsi(close, 14), 30)",
    "let a = cross_above(rsi(close, 14), 50) or cross_below(close, sma(close, 20))",
    "let a = cross_above(macd(close).hist, 0)",
    "let a = cumulative(1) > 100",
    "let a = cumulative(number(close > open))",
    "let a = valuewhen(close > open, 1) == 1",
    "let a = sum(number(close > open), 20) > 12",
    "let a = barssince(true)",
    "let a = max(close, open)",
    "let a = max(0.5, atr(14))",
    "let a = min(high, close * 1.01)",
    "let a = if drawdown > 5% then 1 else 2",
    "let a = bb(close, 20).upper - bb(close, 20).lower > 2 * atr(14)",
    "let a = (bb(close, 20).upper - bb(close, 20).lower) / bb(close, 20).middle < 5%",
    "let a = kcw(close) < 3%",
    "let a = bbw(close, 20) < 5",
    "let a = position.entry_price * 1.02 < close",
    "let a = close > position.entry_price + 2 * atr(14)",
    "let a = close / position.entry_price - 1 > 3%",
    "let a = vwap() > close",
    "let a = equity > 1.1 * 100000",
    "let a = pnl.day < -1000",
    "let a = pnl.day / equity < -1%",
    "let a = bar_index > 200",
    "let a = bar_index - position.bars > 5",
    "let a = roc(close, 10) > 5",
    "let a = mom(close, 10) > 0",
    "let a = mom(close, 10) / close > 1%",
    "let a = donchian(20).upper[1] < close",
    "let a = close[1] * (1 - 5%) > low",
    "let a = log(close / close[1]) > 1%",
    "let a = percentrank(close, 100) > 90",
    "let a = percentile(close, 100, 90) < close",
    "let a = volume == 0",
    "let a = trades.count < 10",
    "let a = trades.bars_since > -1",
    "let a = year > 2015",
    "let a = day >= 25",
    "let a = change(close) / close[1] < -3%",
    "let a = abs(change(close)) > atr(14)",
    "let a = mfi(hlc3(), 14) < 20",
    "param lvl = 30 in 10 to 50\nlet a = rsi(close, 14) < lvl",
    "param p = 2% in 1% to 5%\nlet a = position.pnl > p * equity",
    "param p = 0.3\nlet a = rsi(close, 14) / 100 < p",
    "param p = 1.5 in 0.5 to 3.0\nlet a = rsi(close, 14) < 50 * p",
    "let a = position.risk / equity > 1%",
    "state t = 0 then t + 1\nlet a = t > 10",
    "state hw = equity then max(hw, equity)\nlet a = equity < 95% * hw",
    "state p = close then max(p, high)\nlet a = close < p * (1 - 3%)",
]


@pytest.mark.parametrize("text", LEGITIMATE)
def test_nothing_is_said_of_what_may_well_be_meant(text: str) -> None:
    assert diagnostics(text) == ()


def test_scales_are_told_by_the_catalogue() -> None:
    told = {row.name: row.range for row in catalogue() if row.range}
    assert told["rsi"] == "0 to 100" and told["wpr"] == "-100 to 0" and told["correlation"] == "-1 to 1"
    assert told["roc"] == "any number", "in per cent: no share of anything"
    mentioned = {name for name in library.names() if "Range:" in library.find(name).doc}  # type: ignore[union-attr]
    assert mentioned <= told.keys(), "a range that is not understood"


@pytest.mark.parametrize(
    ("condition", "note"),
    [
        ("position.pnl > 3%", "3% is the number 0.03, a share of something"),
        ("rsi(close, 14) < 30%", "30% is the number 0.3, a share of something"),
        ("position.pnl > close / close[1]", "2% is the number 0.02, a share of something"),
        ("close > open + 5%", "5% is the number 0.05: that much is added to the value, and no share of it"),
    ],
)
def test_a_share_is_told_as_the_number_that_it_is(condition: str, note: str) -> None:
    found = diagnostics(f"enter long when {condition}")
    assert note in [each.message for diagnostic in found for each in diagnostic.notes]

"""Shares beside plain numbers, quotients beside per cents: what is told, and what may well be meant."""

from __future__ import annotations

from dataclasses import replace

import pytest
from stratagem.lang.compile import check_text
from stratagem.lang.diagnostics.model import Diagnostic
from stratagem.lang.diagnostics.render import apply_fixes


def only(text: str) -> Diagnostic:
    (found,) = check_text(text).diagnostics
    return found


def offered(text: str, told: Diagnostic) -> list[str]:
    return [apply_fixes(text, [replace(told, fixes=(fix,))]) for fix in told.fixes]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("close / close[1] - 1 > 2", "close / close[1] - 1 > 2%"),
        ("2 < close / close[1] - 1", "2% < close / close[1] - 1"),
        ("close / close[1] - 1 < -3", "close / close[1] - 1 < -3%"),
        ("change(close) / close[1] > 3", "change(close) / close[1] > 3%"),
        ("(close - open) / open >= 1", "(close - open) / open >= 1%"),
        ("abs(close / open - 1) > 1.5", "abs(close / open - 1) > 1.5%"),
        ("1 - close / highest(close, 20) > 5", "1 - close / highest(close, 20) > 5%"),
        ("(close / close[1] - 1) @ 1w > 4", "(close / close[1] - 1) @ 1w > 4%"),
        ("(close / close[1] - 1)[3] > 4", "(close / close[1] - 1)[3] > 4%"),
        ("cross_above(close / close[1] - 1, 2)", "cross_above(close / close[1] - 1, 2%)"),
        ("sma(close / close[1] - 1, 20) > 1", "sma(close / close[1] - 1, 20) > 1%"),
        ("stdev(close / close[1] - 1, 20) > 2", "stdev(close / close[1] - 1, 20) > 2%"),
        ("log(close / close[1]) > 2", "log(close / close[1]) > 2%"),
        ("max(close / close[1] - 1, 0) > 2", "max(close / close[1] - 1, 0) > 2%"),
        ("close / close[20] - 1 > 10", "close / close[20] - 1 > 10%"),
        ("close / close[250] - 1 > 20", "close / close[250] - 1 > 20%"),
        ("close / sma(close, 200) - 1 > 3", "close / sma(close, 200) - 1 > 3%"),
        ("close / position.entry_price - 1 > 5", "close / position.entry_price - 1 > 5%"),
        ("close / vwap() - 1 > 2", "close / vwap() - 1 > 2%"),
        ("atr(14) / close > 2", "atr(14) / close > 2%"),
        ("(bb(close, 20).upper - bb(close, 20).lower) / bb(close, 20).middle < 5",
         "(bb(close, 20).upper - bb(close, 20).lower) / bb(close, 20).middle < 5%"),
        ("kcw(close) > 3", "kcw(close) > 3%"),
        ("annual_volatility(20) > 20", "annual_volatility(20) > 20%"),
        ("ewma_volatility() > 2", "ewma_volatility() > 2%"),
        ("position.weight > 50", "position.weight > 50%"),
        ("exposure.gross > 150", "exposure.gross > 150%"),
        ("margin.use > 80", "margin.use > 80%"),
        ("margin.distance < 5", "margin.distance < 5%"),
        ("trades.last_return < -5", "trades.last_return < -5%"),
        ("position.pnl / equity > 2", "position.pnl / equity > 2%"),
        ("pnl.day / equity < -1", "pnl.day / equity < -1%"),
        ("close / close[1] > 5", "close / close[1] - 1 > 5%"),
    ],
)  # fmt: skip
def test_a_share_beside_a_number_that_it_hardly_reaches(written: str, meant: str) -> None:
    text = f"let a = {written}"
    told = [each for each in check_text(text).diagnostics if each.code == "W209"]
    assert [offered(text, each) for each in told] == [[f"let a = {meant}"]]
    assert not told[0].fixes[0].safe, "it changes what the text means"
    assert not [each for each in check_text(f"let a = {meant}").diagnostics if each.code in ("W209", "W210")]


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ("close / close[1] - 1 > 2", "above 200 %"), ("close / close[1] - 1 >= 2.5", "from 250 % on"),
        ("annual_volatility(20) < 20", "below 2_000 %"), ("trades.last_return <= -5", "up to -500 %"),
        ("cross_below(position.weight, 50)", "crosses 5_000 %"),
    ],
)  # fmt: skip
def test_it_is_told_what_the_text_means_as_it_is_written(written: str, says: str) -> None:
    told = only(f"let a = {written}")
    assert told.message.endswith(says)
    assert told.help == f"if that is meant, write `{says.partition(' %')[0].split()[-1]}%`"


def test_a_name_that_holds_a_share_is_one() -> None:
    text = "let rise = close / close[1] - 1\nlet a = rise > 2"
    assert offered(text, only(text)) == ["let rise = close / close[1] - 1\nlet a = rise > 2%"]
    text = "let ratio = close / close[1]\nlet a = 3% < ratio"
    assert offered(text, only(text)) == ["let ratio = close / close[1]\nlet a = 3% < ratio - 1"]


def test_of_a_parameter_it_is_told_where_the_per_cents_go() -> None:
    told = only("param p = 5 in 2 to 10\nlet a = close / close[1] - 1 > p")
    assert told.code == "W209" and not told.fixes
    assert told.help == "a parameter that is a share has its unit in its default and in its domain: `2%`"


def test_of_a_call_of_ones_own_function_it_is_told_inside_it() -> None:
    told = only("fn jump(x, n) = x / x[1] - 1 > n\nlet a = jump(close, 3)")
    assert told.code == "W209"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("close / close[1] > 2%", ["close / close[1] - 1 > 2%"]),
        ("2% <= close / close[1]", ["2% <= close / close[1] - 1"]),
        ("close / close[1] > 0.02", ["close / close[1] - 1 > 0.02"]),
        ("close / close[1] < 2%", ["close / close[1] < 1 - 2%", "close / close[1] - 1 < 2%"]),
        ("close / close[1] < -2%", ["close / close[1] - 1 < -2%"]),
        ("cross_above(close / close[1], 2%)", ["cross_above(close / close[1] - 1, 2%)"]),
        ("close / sma(close, 200) > 5%", ["close / sma(close, 200) - 1 > 5%"]),
        ("close / position.entry_price > 10%", ["close / position.entry_price - 1 > 10%"]),
        ("(close / close[1]) @ 1h > 2%", ["(close / close[1]) @ 1h - 1 > 2%"]),
    ],
)  # fmt: skip
def test_a_quotient_beside_a_few_per_cent(written: str, meant: list[str]) -> None:
    text = f"let a = {written}"
    told = only(text)
    assert told.code == "W210" and offered(text, told) == [f"let a = {each}" for each in meant]
    assert not any(fix.safe for fix in told.fixes)
    assert not any(check_text(f"let a = {each}").diagnostics for each in meant)


@pytest.mark.parametrize(
    "condition",
    [
        "100 * (close - open) / open > 1", "(close / close[1] - 1) * 100 > 2", "(close / close[1] - 1) * 10_000 > 50",
        "roc(close, 10) > 5", "bbw(close, 20) > 5", "close / close[250] > 2", "close / close[250] - 1 > 1",
        "close / close[20] - 1 > 1", "close / close[1] > 2", "close / close[1] < 0.5", "close / close[1] < 60%",
        "close / highest(high, 250) < 30%", "close / highest(high, 1000) < 0.1", "close / lowest(low, 250) > 4",
        "close / close[1] - 1 > 0.9", "close / close[1] - 1 > 250%", "close / close[1] > 102%",
        "volume / sma(volume, 20) > 5", "volume / volume[1] < 10%", "(close - open) / (high - low) > 2",
        "(close - low) / (high - low) < 20%", "(close - open) / atr(14) > 3", "atr(14) / atr(100) > 5",
        "annual_volatility(20) / annual_volatility(250) > 6", "stdev(close, 20) / stdev(close, 100) < 10%",
        "annual_volatility(20) > 1.2", "exposure.gross > 3", "position.weight > 1.5", "position.weight < -1",
        "margin.use > 1", "pnl.total / equity > 1", "macd(close).hist / close > 0.5", "column(\"pe\") / close > 5",
        "position.entry_price / 10 > close / 20", "close * close[1] / close[2] > 7", "zscore(close, 20) > 2",
        "sum(close / close[1] - 1, 20) > 2", "close / cumulative(open) > 5", "close / close[1] - 1 > -0.9",
    ],
)  # fmt: skip
def test_nothing_is_said_of_shares_that_may_well_be_meant(condition: str) -> None:
    assert check_text(f"let a = {condition}").diagnostics == ()


def test_prices_of_two_symbols_may_be_any_multiple_of_each_other() -> None:
    head = "on GLD, SLV\nlet a = "
    assert check_text(f"{head}close of GLD / close of SLV > 60").diagnostics == ()
    assert check_text(f"{head}close of SLV / close of GLD > 2%").diagnostics == ()
    assert only(f"{head}(close / close[1] - 1) of GLD > 2").code == "W209"


def test_the_time_between_two_prices_counts_and_not_the_bars() -> None:
    assert only("on X every 5m\nlet a = close / close[1] - 1 > 0.5").code == "W209"
    assert check_text("on X every 1d\nlet a = close / close[1] - 1 > 0.5").diagnostics == ()
    assert only("on X every 1h\nlet a = close / close[100] - 1 > 1").code == "W209"
    assert check_text("on X every 1w\nlet a = close / close[50] - 1 > 1").diagnostics == ()


def test_facts_of_a_run_are_shares_too() -> None:
    test = 'test "up"\n  prices 10, 11, 12\n  expect run.max_drawdown < 10'
    assert [each.code for each in check_text(f"enter long when close > open expire 3 bars\n{test}").diagnostics] == [
        "W209"
    ]

"""Sizes that are hardly meant, with what may be; and those near them of which nothing is said."""

from __future__ import annotations

import pytest
from stratagem.lang.compile import check_text, compile_text
from stratagem.lang.diagnostics.model import Diagnostic
from stratagem.lang.diagnostics.render import apply_fixes

EXITS = "\nexit long when close < open\nexit short when close > high[1]"


def only(text: str) -> Diagnostic:
    (found,) = check_text(text + EXITS).diagnostics
    return found


@pytest.mark.parametrize(
    ("condition", "meant"),
    [
        ("close > open * 1.01%", ["close > open * 1.01", "close > open * (1 + 1.01%)"]),
        ("close > open * 2%", ["close > open * (1 + 2%)"]),
        ("close < open * 2%", ["close < open * (1 - 2%)"]),
        ("50bp * open < close", ["(1 + 50bp) * open < close"]),
        ("close > open * 101", ["close > open * 101%"]),
        ("close / 100 > open", []),
        ("close * 3% > open[1] * 2", ["close * (1 - 3%) > open[1] * 2"]),
    ],
)
def test_a_price_beside_a_small_part_of_one_is_told_with_what_may_be_meant(condition: str, meant: list[str]) -> None:
    text = f"enter long when {condition}"
    warning = only(text)
    assert warning.code == "W205"
    offered = [f"{text[: f.edits[0].span.start]}{f.edits[0].text}{text[f.edits[0].span.end :]}" for f in warning.fixes]
    assert offered == [f"enter long when {mended}" for mended in meant]
    assert not any(fix.safe for fix in warning.fixes)


@pytest.mark.parametrize(
    "condition",
    [
        "close > open * 1.01", "close > open * (1 + 1%)", "close < highest(high, 250) * 50%", "close > open * 101%",
        "high - low > close * 1%", "atr(14) < close * 2%", "abs(close - open) > 0.1% * open", "close * 1% > open * 1%",
        "close > lowest(low, 250) * 3", "close / 2 < open", "close > 0 * open", "stdev(close, 20) > close * 1%",
        "(close - open) / open > 1%", "macd(close).hist > close * 0.1%",
    ],
)  # fmt: skip
def test_distances_and_common_multiples_of_prices_are_fine(condition: str) -> None:
    assert compile_text(f"enter long when {condition}{EXITS}").diagnostics == ()


@pytest.mark.parametrize(
    ("order", "mended"),
    [
        ("enter long when close > open stop 98%", "stop 2%"), ("enter long when close > open trail 95%", "trail 5%"),
        ("enter short when close > open stop 102%", "stop 2%"), ("enter long when close > open stop 60%", ""),
        ("enter long when close > open target 103%", "target 3%"), ("enter long when close > open trail 100%", ""),
        ("enter short when close > open target 97.5%", "target 2.5%"),
    ],
)  # fmt: skip
def test_a_share_that_looks_like_a_level_is_told_with_its_distance(order: str, mended: str) -> None:
    warning = only(order)
    assert warning.code == "W507"
    assert apply_fixes(order, [warning]).endswith(mended) and bool(mended) == bool(warning.fixes)


@pytest.mark.parametrize(
    "clause",
    ["stop 50%", "stop 2%", "target 100%", "target 150%", "target 500%", "target 60%", "trail 30%", "stop room"],
)
def test_shares_that_people_use_are_fine(clause: str) -> None:
    assert compile_text(f"param room = 40% in 10% to 60%\nplot room\nenter long when close > open {clause}{EXITS}"
                        ).diagnostics == ()  # fmt: skip


@pytest.mark.parametrize("clause", ["expire 1.5", "expire 1.5 bars", "expire 0.5", "expire n", "expire whole / 2"])
def test_a_part_of_a_bar_is_no_expiry(clause: str) -> None:
    params = "param n = 2.0 in 1.0 to 3.0\nparam whole = 6 in 2 to 9\nplot n\nplot whole\n"
    text = f"{params}enter long when close > open {clause}"
    fault = only(text)
    assert fault.code == "E204" and "whole bars" in fault.message
    for place in range(len(fault.fixes)):
        edit = fault.fixes[place].edits[0]
        assert only_warnings(text[: edit.span.start] + edit.text + text[edit.span.end :])


def only_warnings(text: str) -> bool:
    return not any(d.is_error for d in check_text(text + EXITS).diagnostics)


@pytest.mark.parametrize(
    ("frame", "expire", "told"),
    [("1d", "90m", True), ("1h", "59m", True), ("1h", "1h", False), ("15m", "4h", False), ("", "90m", False)],
)
def test_an_expiry_within_one_bar_is_told_where_the_timeframe_is_known(frame: str, expire: str, told: bool) -> None:
    on = f"on X every {frame}\n" if frame else ""
    found = compile_text(f"{on}enter long when close > open expire {expire}{EXITS}").diagnostics
    assert [d.code for d in found] == ["W508"] * told

"""`@` in arithmetic: what is told, both ways to say it, and where nothing is ambiguous."""

from __future__ import annotations

from dataclasses import replace

import pytest
from stratagem.lang.compile import check_text
from stratagem.lang.diagnostics.render import apply_fixes


def mended(written: str) -> list[str]:
    """The text after each of the fixes offered for the one thing said."""
    text = f"let a = {written}"
    (said,) = check_text(text).diagnostics
    found = []
    for fix in said.fixes:
        assert not fix.safe, "each changes the meaning, or may"
        found.append(apply_fixes(text, [replace(said, fixes=(fix,))]).removeprefix("let a = "))
        assert check_text(f"let a = {found[-1]}").diagnostics == ()
    return found


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("(high + low + close) / 3 @ 1d", ["((high + low + close) / 3) @ 1d"]),
        ("high / 4 + low / 4 @ 1d", ["(high / 4 + low / 4) @ 1d"]),
        ("close > 100 @ event 1d", ["(close > 100) @ event 1d"]),
        ("high - low @ 1d", ["high - (low @ 1d)", "(high - low) @ 1d"]),
        ("close - 2 * atr(14) @ forming 1d", ["close - 2 * (atr(14) @ forming 1d)",
                                              "(close - 2 * atr(14)) @ forming 1d"]),
        ("(high - low @ 1d) / 2", ["(high - (low @ 1d)) / 2", "((high - low) @ 1d) / 2"]),
        ("close / sma(close, 5) @ 1d - 1", ["close / (sma(close, 5) @ 1d) - 1", "(close / sma(close, 5)) @ 1d - 1"]),
        ("1 @ 1d", []),
        ("sma(close, 3 @ 1d)", []),
    ],
)  # fmt: skip
def test_both_ways_are_offered(written: str, meant: list[str]) -> None:
    assert mended(written) == meant


@pytest.mark.parametrize(
    "text",
    [
        "let a = high - (low @ 1d)",
        "let a = (high - low) @ 1d",
        "let a = close @ 1d - open @ 1d",
        "let a = close @ 1d - open",
        "let a = 2 * atr(14) @ 1d",
        "let a = -close @ 1d",
        "param k = 2.0\nlet a = k * atr(14) @ 1d",
        "let past = close @ 1d\nlet a = past - low @ 1d",
        "let past = low @ 1d\nlet a = high - past",
        "let a = position.entry_price - atr(14) @ 1d",  # the books are read on this bar only
        "fn daily(x) = x @ 1d\nlet a = daily(close) + daily(5)",
    ],
)
def test_nothing_is_said_where_one_thing_is_meant(text: str) -> None:
    assert check_text(text).diagnostics == ()

"""A text that would run without doing anything is told so; a library of functions is none."""

from __future__ import annotations

import pytest
from stratagem.lang.compile import check_text


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "W602"), ("# a comment", "W602"), ('strategy "x"', "W602"), ("stratagem 1 on X every 1d", "W602"),
        ("assume fee 0.1% guard drawdown 20%", "W602"), ("exit long when close < open", "W603"),
    ],
)  # fmt: skip
def test_nothing_to_run(text: str, code: str) -> None:
    assert [d.code for d in check_text(text).diagnostics] == [code]


@pytest.mark.parametrize("text", ["let a = close", "fn f(x) = x", "plot close", "emit up when close > open"])
def test_what_shows_or_defines_something_may_stand_alone(text: str) -> None:
    assert check_text(text).diagnostics == ()

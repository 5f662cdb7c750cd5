"""What stands at a place, and whose argument it is."""

from __future__ import annotations

import pytest
from stratagem.lang.analysis.analysis import analyse
from stratagem.lang.analysis.calls import call_at
from stratagem.lang.analysis.hover import standing_at

from .marked import marked

STANDS = {
    "let x = |n": ("param n = 20 in 5 to 50", ("unit: number",)),
    "let x = |calm.upper": ("let calm", ("calm one", "a record of middle, upper, lower")),
    "let x = calm.|upper": ("calm.upper", ("a price",)),
    "let x = |f(1)": ("fn f(a, b = …)", ("adds",)),
    "let x = |count": ("state count", ("a number",)),
    "let x = |ema(close, 3)": ("ema(source, length)", ("moving average", "unit: that of source", "length - 1")),
    "let x = |close": ("close", ("the last price of the bar", "unit: price")),
    "let |x = close > 1": ("let x", ("a condition",)),
    "let |x = 2%": ("let x", ("a ratio, constant",)),
    "enter long when true |size 5%": ("size", ("how much",)),
    "enter long when true size |5%": ("5%", ("a hundredth",)),
    "let x = close @ |4h": ("4h", ("hours",)),
    "assume |fee 1bp": ("fee", ("what every fill costs",)),
    "guard |drawdown 5%": ("drawdown", ("the fall from the highest mark of equity",)),
    "guard drawdown 5% then |flatten": ("flatten", ("everything is closed",)),
    "let x = position.|pnl": ("position.pnl", ("open profit", "unit: money")),
    "|enter long when true": ("enter", ("when a position is entered",)),
    "enter long when true target |entry + 1": ("entry", ("the fill of the lot",)),
}


@pytest.mark.parametrize("text", STANDS)
def test_what_stands(text: str) -> None:
    analysis, offset = marked(text)
    found = standing_at(analysis, offset)
    assert found is not None
    title, parts = STANDS[text]
    assert found.title == title
    for part in parts:
        assert any(part in line for line in found.lines), found.lines
    assert analysis.text[found.span.start : found.span.end] in title.replace(".", " ").replace("(", " ").split()


WAITS = {
    "param n = 20 in 5 to 50\nlet |x = sma(close, n)": ("a price", "known from 20 bars on"),
    "let x = rsi(close, 14) @ 1w\nplot |x": ("a number", "known from 15 bars of 1w on"),
    "let |x = sma(close, 3) > sma(close, 9) @ 1d": ("a condition", "known from 3 bars and 9 bars of 1d on"),
    "let |x = bb(close, 20)": ("a record of middle, upper, lower", "known from 20 bars on"),
    "state |count = na then sma(close, 5)": ("a price", "known from 5 bars on"),
    "let |x = close": ("a price",),
    "let x = |sma(close, 7) - sma(close, 9)": (
        "The simple moving average: the mean of the last `length` values.", "unit: that of source",
        "warm-up: length - 1", "here: a price, known from 7 bars on",
    ),
}  # fmt: skip


@pytest.mark.parametrize("text", WAITS)
def test_from_which_bar_on_a_value_is_known(text: str) -> None:
    mark = text.index("|")
    found = standing_at(analyse(text.replace("|", "")), mark)
    assert found is not None and found.lines == WAITS[text]


def test_of_a_text_with_a_fault_it_is_not_told_how_long_a_value_waits() -> None:
    found = standing_at(analyse("let x = sma(close, 7)\nplot nope"), 4)
    assert found is not None and found.lines == ("a price",)


@pytest.mark.parametrize("text", ["let x |= 1", "let x = 1 | ", "# |close", "|"])
def test_where_nothing_stands(text: str) -> None:
    assert standing_at(*marked(text)) is None


CALLS = {
    "let x = bb(close|, 3": ("bb(source, length = 20, mult = 2)", 0, ()),
    "let x = bb(close, |": ("bb(source, length = 20, mult = 2)", 1, ()),
    "let x = bb(close, max(1, 2), |2)": ("bb(source, length = 20, mult = 2)", 2, ()),
    "let x = bb(mult = |2": ("bb(source, length = 20, mult = 2)", 2, ("mult",)),
    "let x = f(1, ema(close|": ("ema(source, length)", 0, ()),
    "let x = f(1, (close + |": ("f(a, b = …)", 1, ()),
    "let x = ema(close, 3, 4|": ("ema(source, length)", None, ()),
}


@pytest.mark.parametrize("text", CALLS)
def test_whose_argument(text: str) -> None:
    found = call_at(*marked(text))
    assert found is not None
    assert (str(found.signature), found.at, found.given) == CALLS[text]


@pytest.mark.parametrize("text", ["let x = close|", "let x = ema(close, 3)|", "let x = (close |", "let x = foo(|"])
def test_where_nothing_is_called(text: str) -> None:
    assert call_at(*marked(text)) is None

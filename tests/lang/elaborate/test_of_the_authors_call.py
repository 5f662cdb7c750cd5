"""A fault inside a function is told of the call and the argument that the author wrote, not of what it is made of."""

from __future__ import annotations

import re

import pytest
from stratagem.lang.compile import check_text
from stratagem.lang.diagnostics.model import Diagnostic
from stratagem.stdlib import library

WRONG = ("0", "2.5", "bar_index", "14d", "200%", '"x"', "close > open", "position")
CALLS = [
    (name, parameter, wrong)
    for name in library.names()
    for parameter, _ in library.find(name).parameters  # type: ignore[union-attr]
    for wrong in WRONG
    if name != "range"  # answered as Python's
]


NUMBERS = {"mult", "factor", "increment", "limit", "x", "least", "greatest", "start", "a", "b",
           "quantile"}  # fmt: skip
SHARES = {"confidence", "decay"}
SERIES = {"source", "upper", "lower"}
USUAL = {"length": "14", "n": "14", "market": "roc(close, 1)"}
FLAGS = {"talib", "first", "wilder", "anchor", "latest", "true_range", "aligned"}
"""The parameters that count no bars."""
NO_BARS = {("change", "n"), ("mom", "length"), ("roc", "length"), ("aroon", "length")}
"""Counts that may be 0."""


def fits(name: str, parameter: str, value: str) -> bool:
    """Whether the value is of the kind that the parameter takes."""
    if value in ('"x"', "position"):
        return False
    if parameter in FLAGS:
        return value == "close > open"
    if parameter in SERIES | SHARES:
        return value == "bar_index"
    if parameter in NUMBERS:
        return value != "close > open"
    return value == "0" and (name, parameter) in NO_BARS


def written(name: str, parameter: str, wrong: str) -> str:
    entry = library.find(name)
    assert entry is not None
    needed = [p for p, default in entry.parameters if default is None and p != parameter]
    others = [f"{p} = {USUAL.get(p, 'close')}" for p in needed]
    return f"let a = {name}({', '.join([f'{parameter} = {wrong}', *others])})"


def test_prices_are_no_returns() -> None:
    """Nor is money; shares and plain numbers may be."""
    prices = {"close": "a price", "equity": "an amount of money", "close - open": "a distance of prices"}
    for wrong, found in prices.items():
        for call in (f"value_at_risk(20, returns = {wrong})", f"beta({wrong}, 20)", f"annual_volatility(20, {wrong})"):
            (said,) = errors(f"let a = {call}")
            assert said.code == "E211" and said.message.endswith(f"found {found}"), call
    for right in ("close / close[1] - 1", "roc(close, 1)", "change(log(close))", "equity_return()"):
        assert not errors(f"let a = value_at_risk(20, returns = {right})"), right


def errors(text: str) -> list[Diagnostic]:
    return [d for d in check_text(text).diagnostics if d.is_error]


def test_every_wrong_argument_is_told_and_no_right_one() -> None:
    silent = {call for call in CALLS if not errors(written(*call))}
    assert silent == {call for call in CALLS if fits(*call)}


def test_every_argument_of_the_library_is_told_by_its_own_name() -> None:
    for name, parameter, wrong in CALLS:
        text = written(name, parameter, wrong)
        for said in errors(text):
            if f"`{parameter}` of `{name}`" in said.message:
                assert text[said.span.start : said.span.end] == wrong, text
            else:  # told of what the library computes from it, or that it is no series
                assert said.code in ("E210", "E206") and f"`{name}`" in said.message, f"{text}: {said.message}"
            inner = re.findall(r"`\w+` of `(\w+)`", said.message)
            assert set(inner) <= {name}, f"{text}: {said.message}"


@pytest.mark.parametrize(
    ("call", "message", "span"),
    [
        ("atr(0)", "`length` of `atr` must be 1 or more, found 0", "0"),
        ("macd(close, fast = 2.5).hist", "`fast` of `macd` must be a whole number", "2.5"),
        ("hma(close, 14d)", "`length` of `hma` counts bars, found a duration", "14d"),
        ("trima(close, 2.5)", "`length` of `trima` must be a whole number", "2.5"),
        ("trima(close, 14d)", "`length` of `trima` counts bars, found a duration", "14d"),
        ("aroon(14d).up", "`length` of `aroon` counts bars, found a duration", "14d"),
        ("aroon(200%).up", "`length` of `aroon` counts bars, found a ratio", "200%"),
        ("hma(close, 0)", "`length` of `hma` must be 1 or more, found 0", "0"),
        ("aroon(-3).up", "`aroon` does not take these arguments: `length + 1` must be 1 or more, found -2",
         "aroon(-3)"),
        ("rsi(close > open)", "expected a number for `source` of `rsi`, found a bool", "close > open"),
    ],
)  # fmt: skip
def test_what_is_said_of_the_library(call: str, message: str, span: str) -> None:
    text = f"let a = {call}"
    (said,) = errors(text)
    assert (said.message, text[said.span.start : said.span.end]) == (message, span)


def test_of_ones_own_functions_the_place_inside_is_a_note() -> None:
    text = "fn f(x, n) = sma(x, n)\nfn g(m) = f(close, m) + 1\nlet a = g(0)"
    (said,) = errors(text)
    assert said.message == "`m` of `g` must be 1 or more, found 0" and said.span.start == text.rindex("0")
    assert [note.message for note in said.notes] == ["here it is `length` of `sma`"]


def test_what_a_function_computes_is_told_at_its_place_with_the_call() -> None:
    text = "fn f(x, n) = sma(x, n * 2)\nlet a = f(close, 0)"
    (said,) = errors(text)
    assert text[said.span.start : said.span.end] == "n * 2"
    (note,) = said.notes
    assert note.span is not None and text[note.span.start : note.span.end] == "f(close, 0)"

"""A span: on how many bars each part held, and the bars nearest to acting, counted by hand."""

from __future__ import annotations

from stratagem.runtime.why.answer import SpanStatement
from stratagem.runtime.why.why import Why

from .made import history, run, when

CLOSES = [10, 11, 12, 13, 12, 10, 9, 12]
TEXT = """
let fast = sma(close, 2)
let slow = sma(close, 3)
let trend = fast > slow
enter long when trend and close > 11
exit long when cross_below(close, slow)
"""
# fast: na 10.5 11.5 12.5 12.5 11   9.5    10.5
# slow: na na   11   12   37/3 35/3 31/3   31/3


def over(why: Why, number: int = 1) -> SpanStatement:
    assert why.span is not None
    return next(s for s in why.span.statements if s.number == number)


def test_how_often_each_part_held() -> None:
    found = over(run(TEXT, history(CLOSES)).why(at="2024-01-02", to="2024-01-09"))
    assert [(p.text, p.depth, p.held, p.warm) for p in found.parts] == [
        ("all of", 0, 4, 6),
        ("trend = fast > slow", 1, 4, 6),
        ("close > 11", 1, 4, 7),
    ]
    assert (found.held, found.already) == (4, 2)  # 3rd to 5th and 8th; on the 4th and 5th it was long
    assert found.orders == {"filled": 1, "cancelled": 1}  # the last has no bar to fill in


def test_the_bars_nearest_to_acting() -> None:
    """`slow < 12` fails on the 4th (12) by 0, on the 5th (37/3) by 1/3; `close > 11` on the 6th by 1, the 7th by 2."""
    text = "let slow = sma(close, 3)\nenter long when slow < 12 and close > 11"
    found = over(run(text, history(CLOSES)).why(at="2024-01-04", to="2024-01-08"))
    assert [(n.time, n.failed) for n in found.nearest] == [
        (when("2024-01-04"), ("slow < 12",)),
        (when("2024-01-05"), ("slow < 12",)),
        (when("2024-01-06"), ("close > 11",)),
        (when("2024-01-07"), ("close > 11",)),
    ]
    gaps = [n.gap for n in found.nearest]
    assert gaps[0] == 0.0
    assert gaps[2:] == [1 / 11, 2 / 11]


def test_a_cross_that_lies_behind_is_not_near() -> None:
    """The close is above `slow` on the 4th, the first bar on which a cross of it is warm, and on the 8th."""
    found = over(run(TEXT, history(CLOSES)).why(at="2024-01-03", to="2024-01-09"), 2)
    assert found.held == 1  # the 5th
    assert [(n.time, n.gap) for n in found.nearest] == [
        (when("2024-01-04"), 1 / 13), (when("2024-01-08"), (12 - 31 / 3) / 12),
    ]  # fmt: skip


def test_nothing_decides_before_the_test_or_before_it_is_warm() -> None:
    result = run("enter long when close > 9", history(CLOSES), from_="2024-01-04")
    assert over(result.why(at="2024", to="2025")).held == 4  # the 4th to the 6th and the 8th
    result = run("enter long when close > 9 stop lowest(low, 3)", history(CLOSES))
    assert over(result.why(at="2024", to="2025")).held == 5  # from the 3rd on: what its stop reads is waited for


def test_the_text_of_a_span_tells_counts_and_shares() -> None:
    told = " ".join(run(TEXT, history(CLOSES)).why(at="2024-01-02", to="2024-01-09").text().split())
    assert "1. enter long (line 5): could decide and held on 4 of 7 bars; its orders: 1 cancelled, 1 filled" in told
    assert "on 2 of them the position was open already" in told
    assert "close > 11 held on 4 (57.14%)" in told
    assert "trend = fast > slow held on 4 (57.14%), warm on 6" in told
    assert "2024-01-04 failed: cross_below(close, slow), by 7.7%" in told

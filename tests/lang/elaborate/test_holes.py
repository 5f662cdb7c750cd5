"""Holes: what each asks for, and that nothing else is said of a text because of one."""

from __future__ import annotations

from pathlib import Path

import pytest
from stratagem.lang.compile import check_text
from stratagem.lang.diagnostics.holes import Hole, found_in
from stratagem.lang.syntax import tree
from stratagem.lang.syntax.parse import parse

ROOT = Path(__file__).resolve().parents[3]
STRATEGIES = sorted((ROOT / "strategies").glob("*.strat"))
EXIT = " exit long when close < open"
EVERY = 17  # of the places of a text, one in so many is asked: another in each text


def asked(text: str) -> list[Hole]:
    return list(found_in(check_text(text).diagnostics, text))


# What stands around the hole, and the kind and the unit of its answer.
KINDS = {
    'on ?"q"': ("symbol", ""),
    'on GLD, ?"q" every 1d': ("symbol", ""),
    'watch ?"q"': ("symbol", ""),
    'universe ?"q" every 1d': ("symbol", ""),
    'let a = close of ?"q"': ("symbol", ""),
    'on A, B enter long ?"q" when close > open': ("symbol", ""),
    'on A, B rebalance monthly weight of ?"q" 20%': ("symbol", ""),
    'on A, B atomic when close > open buy ?"q" size 20%': ("symbol", ""),
    'on A, B assume lot of ?"q" 10': ("symbol", ""),
    'on every ?"q"': ("timeframe", ""),
    'on GLD every ?"q"': ("timeframe", ""),
    'let a = sma(close, 20) @ ?"q"': ("timeframe", ""),
    'let a = close @ forming ?"q"': ("timeframe", ""),
    'let a = close @ event ?"q"': ("timeframe", ""),
    'let a = closes(?"q")': ("timeframe", ""),
    'assume magnify ?"q"': ("timeframe", ""),
    'let a = sma(close, ?"q")': ("length", "bars"),
    'let a = hma(close, ?"q")': ("length", "bars"),
    'let a = macd(close, 12, ?"q").hist': ("length", "bars"),
    'let a = close[?"q"]': ("length", "bars"),
    'let a = recent(close > open, ?"q")': ("length", "bars"),
    'param n = ?"q" let a = ema(close, n)': ("length", "bars"),
    'let n = ?"q" let a = ema(close, n)': ("length", "bars"),
    'fn f(x, n) = ema(x, n) let a = f(close, ?"q")': ("length", "bars"),
    'rebalance monthly day ?"q" weight 20%': ("length", "bars"),
    'let a = ema(?"q", 20)': ("series", ""),
    'let a = cross_above(?"q", close)': ("series", ""),
    'plot ?"q"': ("series", ""),
    'prefer ?"q"': ("series", ""),
    'enter long when ?"q"': ("condition", ""),
    'enter long when close > open and ?"q"': ("condition", ""),
    'let a = not ?"q"': ("condition", ""),
    'let a = if ?"q" then 1 else 2': ("condition", ""),
    'let a = barssince(?"q")': ("condition", ""),
    'state on_it = ?"q" then close > open': ("condition", ""),
    'state on_it = false then ?"q"': ("condition", ""),
    'enter long when close > open limit 1% until ?"q"': ("condition", ""),
    'alert when ?"q"': ("condition", ""),
    'require ?"q"': ("condition", ""),
    'let a = close > ?"q"': ("price", "price"),
    'let a = ?"q" < high': ("price", "price"),
    'let a = atr(14) > ?"q"': ("distance", "distance"),
    'let a = close + ?"q"': ("distance", "distance"),
    'let a = close - ?"q"': ("distance", "distance"),
    'let a = close > open + ?"q"': ("distance", "distance"),
    'let a = drawdown > ?"q"': ("percent", "ratio"),
    'let a = equity < ?"q"': ("money", "money"),
    'let a = position.bars >= ?"q"': ("bars", "bars"),
    'let a = volume > ?"q"': ("quantity", "quantity"),
    'let a = time >= ?"q"': ("time", "time"),
    'let a = trades.last_reason == ?"q"': ("exit reason", ""),
    'let a = ?"q" != trades.last_reason': ("exit reason", ""),
    'let a = rsi(close, 14) < ?"q"': ("number", "number"),
    'let a = ?"q" * atr(14)': ("number", "number"),
    'let a = bb(close, 20, ?"q").upper': ("number", "number"),
    'let a = if close > open then ?"q" else close': ("price", "price"),
    'param n = ?"q" in 5 to 50 let a = sma(close, n)': ("number", "number"),
    'param n = ?"q" in 1% to 5%': ("percent", "ratio"),
    'param n = 1% in ?"q" to 5%': ("percent", "ratio"),
    'param n = 10 in 5 to ?"q" step 5': ("number", "number"),
    'param n = 10 in [5, ?"q"]': ("number", "number"),
    'let a = between(?"q", "16:00")': ("time of day", ""),
    'let a = between("09:30", "16:00", ?"q")': ("time zone", ""),
    'assume timezone ?"q"': ("time zone", ""),
    'let a = column(?"q") > 2': ("column", ""),
    'assume capital ?"q"': ("money", "money"),
    'assume fee ?"q"': ("cost", "ratio"),
    'assume fee 5/order+?"q"': ("cost", "ratio"),
    'assume fee 1% max ?"q"': ("cost", "ratio"),
    'assume tick ?"q"': ("distance", "distance"),
    'assume path ?"q"': ("choice", ""),
    'guard drawdown ?"q"': ("percent", "ratio"),
    'guard drawdown 10% then ?"q"': ("choice", ""),
    'guard day_trades ?"q"': ("number", "number"),
    'guard leverage ?"q"': ("number", "number"),
    'rebalance ?"q" weight 20%': ("choice", ""),
    'rebalance monthly weight ?"q"': ("percent", "ratio"),
    'rebalance monthly weight 20% band ?"q"': ("percent", "ratio"),
    'deposit ?"q" monthly': ("money", "money"),
    'deposit ?"q" cash monthly': ("money", "money"),
    'on A, B sequence when close > open buy A size ?"q"': ("percent", "ratio"),
}
CLAUSES = {
    'size ?"q"': ("percent", "ratio"), 'size ?"q" units': ("quantity", "quantity"),
    'size ?"q" cash': ("money", "money"), 'volatility ?"q" cap 50%': ("percent", "ratio"),
    'size 10% cap ?"q"': ("percent", "ratio"), 'stop ?"q"': ("level", "distance"),
    'stop ?"q" * atr(14)': ("number", "number"), 'target ?"q"': ("level", "distance"),
    'trail ?"q"': ("distance", "distance"), 'take ?"q" at 5%': ("percent", "ratio"),
    'take 50% at ?"q"': ("level", "distance"), 'stop 2% stop 0r after ?"q"': ("level", "distance"),
    'stop 2% stop ?"q" after 1r': ("level", "distance"), 'expire ?"q"': ("bars", "bars"),
    'scale ?"q"': ("number", "number"), 'limit ?"q"': ("level", "distance"),
    'trigger ?"q"': ("level", "distance"), 'limit 1% valid ?"q"': ("bars", "bars"),
    'limit 1% ladder ?"q" step 1%': ("number", "number"),
    'size 20% limit 1% ladder 3 step ?"q"': ("distance", "distance"),
    'fill ?"q"': ("choice", ""), 'because ?"q"': ("text", ""),
}  # fmt: skip


@pytest.mark.parametrize(("text", "wanted"), KINDS.items())
def test_a_hole_asks_for_what_fits_its_place(text: str, wanted: tuple[str, str]) -> None:
    (hole,) = asked(text)
    assert (hole.kind, hole.unit) == wanted
    assert (hole.code, hole.question, text[hole.start : hole.end]) == ("Q001", "q", '?"q"')
    assert hole.noun and (hole.column, hole.end_column) == (hole.start + 1, hole.end + 1)
    assert not [d for d in check_text(text).diagnostics if d.is_error]


@pytest.mark.parametrize(("clause", "wanted"), CLAUSES.items())
def test_a_hole_in_a_clause(clause: str, wanted: tuple[str, str]) -> None:
    text = f"enter long when close > open {clause}{EXIT}"
    (hole,) = asked(text)
    assert (hole.kind, hole.unit) == wanted
    assert [d.code for d in check_text(text).diagnostics if d.code != "W604"] == ["Q001"]


def test_an_oscillator_tells_the_bounds_of_its_answer() -> None:
    assert asked('let a = rsi(close, 14) < ?"q"')[0].noun == "a number from 0 to 100"


BOUNDED = {
    'rsi(close, 14) < ?"q"': ("a number from 0 to 100", "50"),
    'adx(14) > ?"q"': ("a number from 0 to 100", "50"),  # of unit ratio, and nobody says 2500%
    'hour >= ?"q"': ("a number from 0 to 23", "11"),  # an hour that there is
    'weekday == ?"q"': ("a number from 1 to 7", "4"),
    '?"q" > 1': ("a number", "2"),  # a constant bounds nothing
    '1.5 <= ?"q"': ("a number", "2"),
    '?"q" > 2%': ("a percentage", "5%"),
    'position.weight > ?"q"': ("a percentage", "5%"),
    'cross_above(rsi(close, 14), ?"q")': ("a number from 0 to 100", "50"),
    'cross_below(?"q", adx(14))': ("a number from 0 to 100", "50"),
    'cross_above(close, ?"q")': ("a series", "close"),
}


@pytest.mark.parametrize("text", BOUNDED)
def test_bounds_are_those_of_what_is_measured_and_the_example_is_one_of_its_values(text: str) -> None:
    (hole,) = asked(f"let a = {text}")
    assert (hole.noun, hole.example) == BOUNDED[text]
    answered = text.replace('?"q"', hole.example)
    assert not [d for d in check_text(f"let a = {answered}").diagnostics if d.is_error]


def test_several_questions_are_told_in_the_order_of_the_text_after_the_errors() -> None:
    found = check_text('on ?"one"\nlet a = clse + ?"two"\nenter long when close > open size ?"three"' + EXIT)
    assert found.program is None
    assert [d.severity for d in found.diagnostics] == ["error", "question", "question", "question"]
    assert [d.message for d in found.diagnostics[1:]] == ["one", "two", "three"]


def test_everything_else_is_still_checked() -> None:
    """Beside a hole, around it, and in what reads it."""
    text = (
        'let n = ?"how long"\nlet slow = sma(close, n)\nlet wrong = slow > rsi(close, 14)\n'
        'enter long when slow > clse and ?"when" stop ?"where" expire 5 bars size 10\nguard exposre 10%'
    )
    assert {d.code for d in check_text(text).diagnostics} == {"Q001", "W202", "E101", "E403", "E413"}


@pytest.mark.parametrize("path", STRATEGIES, ids=lambda path: path.stem)
def test_nothing_follows_from_a_hole(path: Path) -> None:
    """Whatever expression of a sound text is a question, the question is all that is said anew."""
    text = path.read_text()
    before = {d.code for d in check_text(text).diagnostics}
    places = sorted({(e.span.start, e.span.end) for e in tree.walk(parse(text).module.statements)
                     if isinstance(e, tree.Expr.__args__) and not isinstance(e, tree.Text)})  # fmt: skip
    for start, end in places[len(text) % EVERY :: EVERY]:
        holed = f'{text[:start]}?"q"{text[end:]}'
        if parse(holed).failed:  # a name that is called, or the owner of a field
            continue
        said = check_text(holed).diagnostics
        assert [d.code for d in said if d.code not in before] == ["Q001"], (holed[start - 40 : start + 20], said)


@pytest.mark.parametrize(("text", "code"), [
    ('let a = ?""', "E025"), ("let a = ?", "E025"), ('let a = ?"open', "E004"), ("let a = ?'how'", "E016"),
    ("let a = close > open ? 1 : 2", "E024"),
])  # fmt: skip
def test_what_is_no_hole(text: str, code: str) -> None:
    assert [d.code for d in check_text(text).diagnostics if d.is_error] == [code]


def test_typographic_quotes_are_put_right() -> None:
    found = check_text("plot sma(close, ?“how many bars”)")
    assert [d.code for d in found.diagnostics] == ["Q001", "W001"]
    assert found.diagnostics[0].message == "how many bars"

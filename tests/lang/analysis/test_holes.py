"""The questions of a text for its faces, and the edit that answers one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import stratagem as sg
from stratagem.lang.analysis.analysis import analyse
from stratagem.lang.analysis.holes import AnswerError, answer, holes
from stratagem.lang.analysis.hover import standing_at
from stratagem.lang.format.format import formatted
from stratagem.runtime.errors import UsageFault

TEXT = '''on ?"which symbol" every ?"how long are the bars"
assume fee ?"what does a fill cost"
param n = ?"how many bars" in 5 to 50
enter long when close > sma(close, n)
  size ?"how much"
  stop ?"how many times" * atr(14)
exit long when ?"when to leave"
'''
ANSWERS = ("SPY", "1d", "0.1%", "20", "50%", "2", "close < sma(close, n)")


def test_a_program_is_answered_hole_by_hole() -> None:
    text = TEXT
    for given in ANSWERS:
        text = answer(text, 0, given)
    assert text == """on SPY every 1d
assume fee 0.1%
param n = 20 in 5 to 50
enter long when close > sma(close, n)
  size 50%
  stop 2 * atr(14)
exit long when close < sma(close, n)
"""
    assert holes(text) == () and sg.compile(text).title == ""


def test_the_last_is_answered_as_the_first() -> None:
    found = holes(TEXT)
    assert len(found) == 7 and analyse(TEXT).holes == found
    assert answer(TEXT, found[-1], "close < open") == TEXT.replace('?"when to leave"', "close < open")


@pytest.mark.parametrize(("text", "given", "made"), [
    ('let a = 2 * ?"q"', "1 + 2", "let a = 2 * (1 + 2)"),
    ('let a = close > ?"q"', "open", "let a = close > open"),
    ('enter long when close > open size ?"q"', "10 units", "enter long when close > open size 10 units"),
    ('deposit ?"q" monthly', "500 cash", "deposit 500 cash monthly"),
    ('on ?"q"', '"BRK-B"', 'on "BRK-B"'),
    ('assume fee ?"q"', "5/order+0.1% min 1", "assume fee 5/order+0.1% min 1"),
    ('guard drawdown 10% then ?"q"', "halt", "guard drawdown 10% then halt"),
    ('alert when close > ?"q"', "high[1]", "alert when close > high[1]"),
    ('enter long when true because ?"q"', '"at {close}"', 'enter long when true because "at {close}"'),
    ('let a = sma(close, ?"q")', '?"twice as long as what" * 2', 'let a = sma(close, ?"twice as long as what" * 2)'),
])  # fmt: skip
def test_an_answer_takes_the_place_of_the_hole(text: str, given: str, made: str) -> None:
    assert answer(text, 0, given) == made


@pytest.mark.parametrize(("text", "given", "code"), [
    ('enter long when close > open size ?"q"', "10", "E403"),
    ('enter long when close > open size ?"q"', "", ""),
    ('enter long when close > open size ?"q"', "10% stop 2%", ""),
    ('enter long when close > open size ?"q"', "10%\nguard drawdown 5%", ""),
    ('enter long when close > open size ?"q"', "10% # half", ""),
    ('enter long when close > open size ?"q"', "10 %% 2", "E001"),
    ('let a = sma(close, ?"q")', "1d", "E204"),
    ('let a = sma(close, ?"q")', "close", "E205"),
    ('let a = sma(close, ?"q")', "20, 3", ""),
    ('let a = close + ?"q"', "nothing", "E101"),
    ('on ?"q"', "SPY, TLT", ""),
    ('on SPY every ?"q"', "daily", ""),
    ('guard drawdown 10% then ?"q"', "stop_all", "E413"),
    ('assume fee ?"q"', "0.1", "E416"),
    ('assume fee ?"q"', "0.1% assume lot 1", ""),
])  # fmt: skip
def test_what_is_no_answer_is_refused(text: str, given: str, code: str) -> None:
    with pytest.raises(AnswerError, match='"q"') as refused:
        answer(text, 0, given)
    assert not code or code in [d.code for d in refused.value.diagnostics]


@pytest.mark.parametrize(("used", "given", "said"), [
    ("enter long when x > open", '"text"', "in line 3, expected a number before `>`, found a text"),
    ("enter long when x > open", "close > open", "in line 3, expected a number before `>`, found a bool"),
    ("enter long when x > open", "volume", "in line 3, a quantity is compared with a price"),
    ("enter long when x", "close", "in line 3, expected a condition"),
])  # fmt: skip
def test_an_answer_that_is_wrong_elsewhere_is_refused(used: str, given: str, said: str) -> None:
    text = f'let x = ?"q"\nlet y = nothing\n{used}\nexit long when close < open'
    with pytest.raises(AnswerError, match=f'does not answer "q": {said}') as refused:
        answer(text, 0, given)
    assert "E101" not in {d.code for d in refused.value.diagnostics}  # `nothing` was no name before
    assert answer(text, 0, "high" if "x > " in used else "high > 3")


def test_why_a_trade_ended_is_answered_by_a_text() -> None:
    text = 'enter long when close > open\nexit long when trades.last_reason == ?"q"'
    assert holes(text)[0].example == '"stop"' and "liquidation" in holes(text)[0].noun
    assert sg.compile(sg.answer(text, 0, '"stop"'))
    with pytest.raises(AnswerError, match="no trade ends"):
        sg.answer(text, 0, '"whim"')


def test_a_file_is_asked_as_a_text_is(tmp_path: Path) -> None:
    path = tmp_path / "a.strat"
    path.write_text(TEXT)
    assert sg.holes(path) == sg.holes(str(path)) == sg.holes(TEXT.encode()) == holes(TEXT)
    assert sg.answer(path, sg.holes(path)[0], "SPY") == answer(TEXT, 0, "SPY") and path.read_text() == TEXT
    with pytest.raises(FileNotFoundError, match="`holes` takes the path"):
        sg.holes(tmp_path / "none.strat")


@pytest.mark.parametrize(("call", "said"), [
    (lambda: sg.holes(None), "`holes` takes the text of a program or a path, found None"),
    (lambda: sg.answer(None, 0, "5"), "`answer` takes the text"),
    (lambda: sg.answer(TEXT, 0, 5), "`answer` takes what stands in the place of the hole.*found 5"),
    (lambda: sg.answer(TEXT, 0, None), "found None"), (lambda: sg.answer(TEXT, 0, b"5"), "found b'5'"),
    (lambda: sg.answer(TEXT, None, "5"), "one of `holes"), (lambda: sg.answer(TEXT, True, "5"), "found True"),
])  # fmt: skip
def test_what_is_no_text_no_hole_and_no_answer_is_told(call: Callable[[], object], said: str) -> None:
    with pytest.raises(UsageFault, match=said):
        call()


def test_a_hole_that_is_not_there_is_refused() -> None:
    first = holes('let a = ?"one"')[0]
    for hole in (1, -1, first):
        with pytest.raises(AnswerError):
            answer('let aa = ?"one"', hole, "2")
    with pytest.raises(AnswerError, match="asks nothing"):
        answer("let a = 1", 0, "2")


def test_hover_tells_what_is_asked() -> None:
    text = 'let a = sma(close, ?"how many bars")'
    for at in (text.index("?"), text.index("many")):
        told = standing_at(analyse(text), at)
        assert told is not None and told.title == '?"how many bars"'
        assert told.lines == ("how many bars", "asks for a number of bars, known before the run", "example: 20")


def test_holes_are_laid_out() -> None:
    loose = 'on ? "which"   every ?  “how long”\nenter long when close>?"what"  size  ?"how much" units'
    laid = formatted(loose).text
    assert laid == 'on ?"which" every ?"how long"\nenter long when close > ?"what"\n  size ?"how much" units\n'
    assert formatted(laid).text == laid


def test_a_program_that_asks_is_not_compiled() -> None:
    with pytest.raises(sg.CompileError, match='asks 7 questions.*"which symbol"; .*and 2 more') as refused:
        sg.compile(TEXT)
    assert {d.severity for d in refused.value.diagnostics} == {"question"}
    with pytest.raises(sg.CompileError, match='asks a question.*"how many bars"'):
        sg.evaluate('sma(close, ?"how many bars")', "sample:AAPL")

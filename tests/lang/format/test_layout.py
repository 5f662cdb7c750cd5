"""The one layout: what stands in a line, what below what, where a long line goes on."""

from __future__ import annotations

from time import process_time

import pytest
from stratagem.lang.format.format import WIDTH, formatted

LAID_OUT = {
    "definitions of a kind stand in columns": (
        "let a=close let longer = open\nstate n = 0 then n+1 state other=na then close",
        "let a      = close\nlet longer = open\nstate n     = 0  then n + 1\nstate other = na then close\n",
    ),
    "domains too": (
        "param fast = 5 in 2 to 10 step 1 param slow=50 in [20,50,] param on_ = true",
        "param fast = 5  in 2 to 10 step 1\nparam slow = 50 in [20, 50]\nparam on_  = true\n",
    ),
    "an empty line or a comment parts columns": (
        "let a = 1\n\n\nlet longer = 2\n# so\nlet xy = 3",
        "let a = 1\n\nlet longer = 2\n# so\nlet xy = 3\n",
    ),
    "each clause has its line, what they say below each other": (
        'enter long when close>open size 50% stop 2*atr(14) because "up" once target 3r',
        "enter long when close > open\n  size   50%\n  stop   2 * atr(14)\n"
        '  because "up"\n  once\n  target 3r\n',
    ),
    "clauses of several words": (
        "enter long when close > open take 50% at 1r stop 0r after 1r ladder 3 step 1% again expire 4 bars",
        "enter long when close > open\n  take   50% at 1r\n  stop   0r after 1r\n  ladder 3 step 1% again\n"
        "  expire 4 bars\n",
    ),
    "orders without clauses stand in columns": (
        "exit long when close<open exit short when close>open cancel long when true",
        "exit long   when close < open\nexit short  when close > open\ncancel long when true\n",
    ),
    "guards, plots, events": (
        'guard drawdown 20% then flatten guard daily_loss 3% then halt guard exposure 300% plot close as "c" '
        'plot open*2 as "o" emit up when close>open emit lower when true',
        "guard drawdown   20% then flatten\nguard daily_loss 3%  then halt\nguard exposure   300%\n"
        'plot close    as "c"\nplot open * 2 as "o"\nemit up    when close > open\nemit lower when true\n',
    ),
    "legs": (
        "atomic when true buy KO size 5% sell PEP size 10%",
        "atomic when true\n  buy  KO  size 5%\n  sell PEP size 10%\n",
    ),
    "functions": (
        "fn f(a,b=2)=a+b fn g(x) let y=x let longer=y return y*longer",
        "fn f(a, b = 2) = a + b\nfn g(x)\n  let y      = x\n  let longer = y\n  return y * longer\n",
    ),
    "blanks in expressions": (
        "let a = -close[ 1 ]+( {x , y : 2} . y )*ema( close,length = 20 )@forming 4h of SPY-3 bars//2",
        "let a = -close[1] + ({x, y: 2}.y) * ema(close, length = 20) @ forming 4h of SPY - 3 bars // 2\n",
    ),
    "assumptions": (
        "assume fee 0.1%+0.5/order   min 1/order on\n entries after 1_000 0.05% assume latency 2 bars "
        "assume lot of ES 1",
        "assume fee 0.1% + 0.5/order min 1/order on entries after 1_000 0.05%\nassume latency 2 bars\n"
        "assume lot of ES 1\n",
    ),
    "heading": (
        'stratagem 1 strategy "x"\non A,B every 1d watch VIX',
        'stratagem 1\nstrategy "x"\non A, B every 1d\nwatch VIX\n',
    ),
    "money and weights": (
        "deposit 100 cash monthly day 3 rebalance monthly day 2 weight 5% band 1% prefer close",
        "deposit 100 cash monthly day 3\nrebalance monthly day 2\n  weight 5%\n  band   1%\nprefer close\n",
    ),
}  # fmt: skip


@pytest.mark.parametrize("text, laid", LAID_OUT.values(), ids=LAID_OUT)
def test_layout(text: str, laid: str) -> None:
    found = formatted(text)
    assert found.diagnostics == ()
    assert found.text == laid


SHORT = "sma(close, 20)"
LONG = "cross_above(sma(close, 20), sma(close, 50))"


def test_a_long_line_goes_on_before_and_or_then_else() -> None:
    some = formatted(f"let a = {LONG} and {LONG} and {LONG} or close > open")
    assert some.text == (
        f"let a = {LONG}\n        and {LONG}\n        and {LONG}\n    or close > open\n"
    )  # fmt: skip
    other = formatted(f"let a = if {LONG} and close > open then {LONG} else {LONG} or close < open")
    assert other.text == (
        f"let a = if {LONG} and close > open\n    then {LONG}\n    else {LONG} or close < open\n"
    )  # fmt: skip
    clause = formatted(f"enter long when true stop if {LONG} and close > open then 2% else {SHORT} * 1000 + 1%")
    assert clause.text.splitlines()[1:] == [
        f"  stop if {LONG} and close > open then 2% else {SHORT} * 1000 + 1%"
    ]  # fmt: skip


def test_a_long_bracket_has_its_parts_on_lines_of_their_own() -> None:
    names = ", ".join(f"name_of_a_field_{at}: close[{at}]" for at in range(5))
    laid = formatted("let r = {" + names + "}").text.splitlines()
    assert laid == ["let r = {", *(f"    name_of_a_field_{at}: close[{at}]{',' * (at < 4)}" for at in range(5)), "}"]


def test_lines_are_no_wider_than_they_have_to_be() -> None:
    text = f"let a = ({LONG} and ({LONG} or {LONG})) and max({SHORT}, {SHORT} * {SHORT} + 123456) > 1"
    assert all(len(line) <= WIDTH for line in formatted(text).text.splitlines())


MARKS = {
    "let a = close – 1 plot a as “my title”": 'let a = close - 1\nplot a as "my title"\n',
    "let a = close ≤ open && true;": "let a = close <= open and true\n",
}


@pytest.mark.parametrize("text, laid", MARKS.items(), ids=["quotes and dashes", "signs"])
def test_marks_of_chat_windows_are_put_right(text: str, laid: str) -> None:
    assert formatted(text).text == laid


FAULTY = ("let a = ", "enter long when close >", "let a = close let = 3", "x" * 5, "let a = & & 2", b"\xff let a = 1")


@pytest.mark.parametrize("text", FAULTY)
def test_a_text_that_cannot_be_read_is_left_and_told(text: str | bytes) -> None:
    found = formatted(text)
    assert found.diagnostics
    assert isinstance(text, bytes) or found.text == text


@pytest.mark.parametrize("text", ["plot close > 1;0", "plot sma(close, 1;00)", "pl;ot close", "plot open; -close"])
def test_a_semicolon_joins_nothing(text: str) -> None:
    assert formatted(text, "x").diagnostics
    assert formatted("plot open;plot close;", "x").text == "plot open\nplot close\n"


def test_line_ends_and_the_mark_at_the_begin_are_kept() -> None:
    assert formatted("let a=1\r\nlet bc=2\r\n").text == "let a  = 1\r\nlet bc = 2\r\n"
    assert formatted("\ufefflet a=1").text == "\ufefflet a = 1\n"
    assert formatted("").text == "" == formatted(" \n\n ").text


def test_faults_of_meaning_are_no_hindrance() -> None:
    assert formatted("let a=clse+1").text == "let a = clse + 1\n"


def test_a_long_text_is_laid_out_in_linear_time() -> None:
    text = "let a = max(close, " + ", ".join(["open"] * 5_000) + ")\n" + "plot close exit long when true\n" * 2_000
    laid = formatted(text).text
    assert laid.count("\n    open") == 5_000
    assert laid.count("\nplot close\nexit long when true") == 2_000


def test_a_long_column_takes_time_in_proportion_to_its_lines() -> None:
    """Of a text so long that more than that would take minutes."""
    began = process_time()
    laid = formatted("".join(f"let a{at} = close\n" for at in range(6000))).text
    assert process_time() - began < 30
    assert laid.startswith("let a0    = close\n") and laid.endswith("let a5999 = close\n")

"""`strat why`: what it prints, in which width, and what it says of questions that have no answer."""

from __future__ import annotations

import pytest
import stratagem as sg
from stratagem.lang.diagnostics.lines import width
from stratagem.runtime.results.result import Result
from stratagem.runtime.why.why import Why

from .conftest import GOLDEN_CROSS, ROOT, Strat

ASKED = (GOLDEN_CROSS, "--data", "sample:AAPL")
DEEP = """
let a_definition_with_a_name_that_is_rather_long = ema(close, 20) > ema(close, 50)
state run = 0 then if (close > open and (volume > 1000 or high - low > 2 * atr(14))) then run + 1 else 0
enter long when a_definition_with_a_name_that_is_rather_long and not (run > 3 or rsi(close, 14) > 70) and run[1] >= 1
  and recent(cross_above(sma(close, 10), sma(close, 30)), 40) and (close > open and (high > low or close < 3)) @ 1w
  stop 2 * atr(14)
  because "a text that is so long that it can hardly fit on one line of a narrow terminal, with {close}"
"""


@pytest.fixture(scope="module")
def result() -> Result:
    return sg.compile(ROOT / "strategies" / "golden_cross.strat").backtest("sample:AAPL")


def test_a_trade_is_explained(strat: Strat) -> None:
    """The averages are those of `test_values_are_those_of_the_series_on_real_prices` and of pandas' rolling means."""
    done = strat("why", *ASKED, "--trade", "3")
    assert done.code == 0
    assert "Why it entered: the bar of 2003-05-15" in done.out
    assert "✓ cross_above(quick, calm)" in done.out
    assert "quick = sma(close, fast)  7.4449; before: 7.4038" in done.out
    assert "Why it left: signal, the bar of 2006-06-21" in done.out
    assert "2. exit long (line 20): it acted" in done.out


def test_a_bar_and_a_span(strat: Strat) -> None:
    done = strat("why", *ASKED, "--at", "2003-05-14", "--not", "--statement", "enter")
    assert "1. enter long (line 17): its condition did not hold" in done.out
    assert "✗ cross_above(quick, calm)" in done.out
    assert "exit long" not in done.out
    done = strat("why", *ASKED, "--at", "2003", "--to", "2004", "--json")
    assert done.json["question"] == "span"
    assert done.json["span"]["bars"] == 252
    assert (done.json["span"]["from"], done.json["span"]["to"]) == ("2003-01-02T00:00:00Z", "2003-12-31T00:00:00Z")


def test_the_options_are_those_of_a_backtest(strat: Strat) -> None:
    options = ("--param", "fast=10", "--fee", "0.5%", "--capital", "5000", "--from", "2005")
    found = strat("why", *ASKED, *options, "--trade", "1", "--json").json
    run = sg.compile(ROOT / "strategies" / "golden_cross.strat").backtest(
        "sample:AAPL", params={"fast": 10}, fee="0.5%", capital=5000, from_="2005"
    )
    assert found == run.why(trade=1).to_json()
    assert found["params"] == {"fast": 10, "slow": 200}
    assert found["trade"]["row"]["fees"] == run.trades["fees"][0].as_py()


@pytest.mark.parametrize(("asked", "told"), [
    (("--trade", "99"), "the run has trades 1 to 6"),
    (("--trade", "x"), "there is no trade 'x'"),
    (("--order", "-1"), "there is no order '-1'"),
    (("--at", "2003-05-17"), "the nearest are those of 2003-05-16 and 2003-05-19"),  # a Saturday
    (("--at", "1999"), "the data begin with the bar of 2000-03-01"),
    (("--at", "soon"), "cannot be read"),
    (("--at", "2003-05-15", "--statement", "7"), "1 `enter long`, 2 `exit long`"),
    (("--at", "2003-05-15", "--to", "2003-05-15"), "begin before it ends"),
    (("--at", "2003-05-15", "--trade", "1"), "not allowed with"),
    ((), "one of the arguments --trade --order --at is required"),
])  # fmt: skip
def test_a_question_without_an_answer_says_what_there_is(strat: Strat, asked: tuple[str, ...], told: str) -> None:
    strat("why", *ASKED, *asked).failed(2, told)
    strat("why", *ASKED, *asked, "--json").failed(2, told)


def test_a_program_with_an_error_is_told_as_everywhere(strat: Strat, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("why") / "x.strat"
    path.write_text("enter long when closee > 3")
    strat("why", str(path), "--data", "sample:AAPL", "--trade", "1").failed(1, "nothing was run")


def answers(result: Result) -> list[Why]:
    return [result.why(trade=3), result.why(at="2003-05-14"), result.why(at="2003", to="2005"), result.why(order=0)]


@pytest.mark.parametrize("columns", [40, 60, 80, 120, 200])
def test_every_line_fits(result: Result, columns: int) -> None:
    deep = sg.compile(DEEP).backtest("sample:AAPL")
    for why in (*answers(result), deep.why(at="2005-03-07"), deep.why(at="2005", to="2006")):
        wide = [line for line in why.text(width=columns).splitlines() if width(line) > min(columns, 160)]
        assert wide == []


def test_plain_ascii_and_colour(result: Result) -> None:
    plain = result.why(at="2003-05-14").text(ascii=True)
    assert plain.isascii()
    assert "- cross_above(quick, calm)" in plain
    assert "\x1b" not in plain
    assert "\x1b[31m" in result.why(at="2003-05-14").text(colour=True)

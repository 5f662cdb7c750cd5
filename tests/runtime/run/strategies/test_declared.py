"""What a person writes of a portfolio: every fault is told at its line, with what is expected there."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import stratagem as sg
from stratagem.runtime.run.strategies.limits import Limit, read_limit
from stratagem.runtime.run.strategies.shares import all_shares, capitals, read_share

PROGRAM = 'strategy "P"\nenter long when close > open\nexit long when close < open\n'
DATA = {"ts": ["2024-01-01", "2024-01-02"], "close": [1.0, 2.0]}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("declared")
    (place / "p.strat").write_text(PROGRAM)
    (place / "bad.strat").write_text("enter long when\n")
    return place


def read(folder: Path, text: str) -> Any:
    (folder / "both.yaml").write_text(text)
    return sg.portfolio(folder / "both.yaml")


ONE = "strategies:\n  a: {file: p.strat}\n"


def test_a_file_is_read_as_it_is_written(folder: Path) -> None:
    text = (
        "portfolio: Two\ncapital: 5_000\nstrategies:\n  a:\n    file: p.strat\n    share: 62.5%\n    data: prices.csv\n"
        "    assume: {fee: 0.1%}\n  b:\n    file: p.strat\n    data: {X: x.csv, Y: sample:AAPL}\n"
        "limits:\n  drawdown: 15% then flatten\n  positions: 3\n"
    )
    made = read(folder, text)
    declared = made.declared
    assert (declared.title, declared.capital) == ("Two", "5_000") and made.shares == {"a": 0.625, "b": 0.375}
    a, b = declared.strategies
    assert a.data == str(folder / "prices.csv") and a.assumptions == {"fee": "0.1%"}
    assert b.data == {"X": str(folder / "x.csv"), "Y": "sample:AAPL"}
    assert declared.limits == (Limit("drawdown", 0.15, "flatten"), Limit("positions", 3.0, "deny"))
    assert (read(folder, ONE).declared.title, read(folder, ONE).declared.rebalance) == ("both", "")
    assert read(folder, ONE + "rebalance: quarterly\n").declared.rebalance == "quarterly"


@pytest.mark.parametrize(("text", "line", "told"), [
    ("strategies:\n  a: {file: p.strat, shares: 50%}\n", 2, "did you mean share?"),
    (ONE + "limit:\n  drawdown: 5%\n", 3, "did you mean limits?"),
    (ONE + "rebalance: monthy\n", 3, "did you mean monthly?"),
    (ONE + "rebalance: [monthly]\n", 3, "daily, weekly, monthly, quarterly or yearly"),
    ("strategies:\n  a: {file: p.strat, rebalance: monthly}\n", 2, "stands beside `strategies:`"),
    ("", 1, "below it each by its name"),
    ("strategies: {}\n", 1, "no strategy is named"),
    ("strategies: [a, b]\n", 1, "names and values"),
    ("strategies:\n  a: p.strat\n", 2, "such as `file:` and `share:`"),
    ("strategies:\n  a: {share: 50%}\n", 2, "has no `file:`"),
    ("strategies:\n  a: {file: none.strat}\n", 2, "cannot be read"),
    ("strategies:\n  a: {file: ''}\n", 2, "empty"),
    ("strategies:\n  a: {file: p.strat}\n  a: {file: p.strat}\n", 3, "stands twice"),
    ("strategies:\n  a: {file: p.strat}\n  A: {file: p.strat}\n", 3, "in other letters"),
    ("strategies:\n  ../a: {file: p.strat}\n", 2, "no name of a strategy"),
    ("strategies:\n  'a.': {file: p.strat}\n", 2, "no name of a strategy"),
    ("strategies:\n  a: &x {file: p.strat}\n  b: *x\n", 2, "anchors and aliases"),
    ("strategies:\n  a: {file: p.strat, share: 60%}\n  b: {file: p.strat, share: 50%}\n", 1, "come to 110%"),
    ("strategies:\n  a: {file: p.strat, share: 100%}\n  b: {file: p.strat}\n", 1, "all of the capital"),
    ("strategies:\n  a: {file: p.strat, share: 0.6}\n", 2, "`60%` or `0.6%`"),
    ("strategies:\n  a: {file: p.strat, share: 0%}\n", 2, "more than 0%"),
    ("strategies:\n  a: {file: p.strat, share: -5%}\n", 2, "more than 0%"),
    ("strategies:\n  a: {file: p.strat, share: half}\n", 2, "such as 40%"),
    ("strategies:\n  a: {file: p.strat, assume: {capital: 5}}\n", 2, "its share of the portfolio's"),
    ("capital: -5\n" + ONE, 1, "capital"),
    (ONE + "limits:\n  drawdown: 15\n", 4, "`15%`"),
    (ONE + "limits:\n  drawdown: 15% then sell\n", 4, "deny, halt or flatten"),
    (ONE + "limits:\n  drawdown: 15% then reduce\n", 4, "reduce brings exposure or position back"),
    (ONE + "limits:\n  exposure: 15% then redeuce\n", 4, "did you mean reduce?"),
    (ONE + "limits:\n  drawdown: 15% flatten\n", 4, "such as `15% then flatten`"),
    (ONE + "limits:\n  drawdown: [15%, flatten]\n", 4, "such as `15% then flatten`"),
    (ONE + "limits:\n  drawdown: 150%\n", 4, "at most 100%"),
    (ONE + "limits:\n  leverage: 150%\n", 4, "did you mean exposure?"),
    (ONE + "limits:\n  positions: 1.5\n", 4, "whole number"),
    (ONE + "limits:\n  day_trades: 5\n", 4, "`guard` has it"),
    ("strategies:\n  '': {file: p.strat}\n", 2, "'' is no name"),
    ('strategies:\n  a: {file: "x\\0y"}\n', 2, "file: expected the path of a program"),
    ("strategies:\n  a: {file: p.strat, data: []}\n", 2, "data: expected a path, or paths by symbol; found []"),
    ("strategies:\n  a: {file: p.strat, data: }\n", 2, "data is empty"),
    ("strategies:\n  a: {file: p.strat, symbols: [A, B]}\n", 2, "symbols: expected a text; found ['A', 'B']"),
    ("strategies:\n  a: {file: p.strat, share: 0}\n", 2, "such as 40%, found '0'"),
    ("strategies:\n  a:\n    file: p.strat\n    params: {m: 3}\n", 4, "a: the program has no parameter `m`"),
    ("strategies:\n  a:\n    file: p.strat\n    assume:\n      fees: 1%\n", 5, "did you mean fee?"),
    ("strategies:\n  a:\n    file: p.strat\n    assume:\n      fee: 0.1\n", 5, "0.1 can mean 0.1%"),
    ("strategies:\n  a: {file: p.strat, assume: {guards: [loss]}}\n", 2, "a guard and its limit"),
    ("strategies:\n  a: {file: p.strat, assume: {model: x}}\n", 2, "model: expected"),
    ("strategies:\n  a:\n    file: p.strat\n    symbols: 'A, a'\n", 4, "a: symbols: A and a are one"),
    ("strategies:\n  a:\n    file: p.strat\n    symbols: 'A,'\n", 4, "a: symbols: expected names of symbols"),
    ("strategies:\n  a:\n    file: p.strat\n    timeframe: 7x\n", 4, "a: expected a timeframe such as 30s"),
    ("a: [" * 30, 1, ""),
])  # fmt: skip
def test_a_fault_is_told_at_its_line(folder: Path, text: str, line: int, told: str) -> None:
    with pytest.raises(sg.DataError) as fault:
        read(folder, text)
    message = str(fault.value)
    assert told in message
    if told:
        assert message.startswith(f"both.yaml, line {line}: "), message
    assert "pydantic" not in message and "\n" not in message


@pytest.mark.parametrize(("assumed", "given", "told"), [
    ("leverage: 5, \n maintenance: 30%", {}, "both.yaml, line 3: a: maintenance: expected less than the margin of 20%"),
    ("\n leverage: 5, \n margin: 20%", {}, "both.yaml, line 3: a: leverage and margin say the same"),
    ("\n slippage: 1 tick", {}, "both.yaml, line 3: a: slippage in ticks needs"),
    ("\n maintenance: 30%", {"leverage": 5}, "both.yaml, line 3: a: maintenance: expected less"),
    ("leverage: 5", {"maintenance": "30%"}, "a: maintenance: expected less"),
    ("maintenance: 30%", {"maintenance": "30%", "leverage": 5}, "a: maintenance: expected less"),
])  # fmt: skip
def test_assumptions_that_contradict_each_other_are_told_where_the_file_says_them(
    folder: Path, assumed: str, given: dict[str, Any], told: str
) -> None:
    """Not at reading, as what is given for all may resolve it; not at a line where only what is given is at fault."""
    made = read(folder, f"strategies:\n  a: {{file: p.strat, assume: {{{assumed}}}}}\n")
    with pytest.raises(sg.RunError) as fault:
        made.backtest(DATA, engine="interpreted", **given)
    assert str(fault.value).startswith(told)


def test_what_is_given_for_all_resolves_a_contradiction(folder: Path) -> None:
    made = read(folder, "strategies:\n  a: {file: p.strat, assume: {leverage: 5, maintenance: 30%}}\n")
    assert made.backtest(DATA, engine="interpreted", leverage=2).stats["bars"] == 2


def test_what_is_no_file(folder: Path) -> None:
    for place, told in ((folder / "nowhere.yaml", "nowhere.yaml"), (folder, "is a folder")):
        with pytest.raises(sg.DataError, match=told):
            sg.portfolio(place)
    (folder / "raw.yaml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(sg.DataError, match="no UTF-8"):
        sg.portfolio(folder / "raw.yaml")


def test_a_program_with_faults_is_told_as_anywhere(folder: Path) -> None:
    with pytest.raises(sg.CompileError):
        read(folder, "strategies:\n  a: {file: bad.strat}\n")


def test_from_python() -> None:
    program = sg.compile(PROGRAM)
    assert sg.portfolio([program]).shares == {"P": 1.0}
    assert sg.portfolio({"x": PROGRAM, "y": program}, shares={"x": 0.25}).shares == {"x": 0.25, "y": 0.75}
    cases: list[tuple[Any, dict[str, Any], str]] = [
        ([program, program], {}, "two strategies are called P"),
        (5, {}, "expected the path"),
        ({"x": {"share": 0.5}}, {}, "has no program"),
        ({"x": program}, {"shares": {"z": 0.5}}, "no strategy 'z'"),
        ({"x": {"program": program, "share": 0.5}}, {"shares": {"x": 0.5}}, "a share of its own"),
        ({"x": {"program": program, "file": "y.strat"}}, {}, "keep one of the two"),
        ({"x": program}, {"limits": {"drawdown": 0.15}}, "`15%` or `0.15%`"),
        ({"x": program}, {"limits": 5}, "expected a mapping"),
        ({"x": {"program": program, "params": 5}}, {}, "params"),
        ({}, {}, "no strategy is named"),
        ({5: program, "5": program}, {}, "expected names that are texts, found 5"),
        ({"x": {"program": program, "params": {5: 1}}}, {}, "params: expected names that are texts"),
        ({"x": program}, {"limits": {None: 1}}, "limits: expected names that are texts"),
        ({"x": program}, {"title": 5}, "expected a text; found 5"),
    ]
    for given, more, told in cases:
        with pytest.raises((sg.RunError, sg.DataError)) as fault:
            sg.portfolio(given, **more)
        assert told in str(fault.value), (told, str(fault.value))


def test_a_fault_of_a_run_says_whose_it_is() -> None:
    both = sg.portfolio({"x": PROGRAM, "y": {"program": PROGRAM, "params": {"nothing": 1}}})
    with pytest.raises(sg.RunError, match=r"^y: .*nothing"):
        both.backtest(DATA, engine="interpreted")
    with pytest.raises(sg.RunError, match="x has no data"):
        sg.portfolio({"x": PROGRAM}).backtest()
    with pytest.raises(TypeError, match="`params` are of each strategy"):
        sg.portfolio({"x": PROGRAM}).backtest(DATA, params={"n": 1})
    with pytest.raises(TypeError, match="did you mean `fee`"):
        sg.portfolio({"x": PROGRAM}).backtest(DATA, feee="1%")
    zones = sg.portfolio(
        {"x": PROGRAM, "y": PROGRAM + 'assume timezone "Asia/Tokyo"\n'}, limits={"daily_loss": "1%"}
    )  # fmt: skip
    with pytest.raises(sg.RunError, match="one time zone"):
        zones.backtest(DATA, engine="interpreted")
    assert zones.backtest(DATA, engine="interpreted", timezone="UTC").stats["bars"] == 2


def test_what_gives_way_is_told() -> None:
    told = {"x": {"program": PROGRAM + "assume capital 7\n", "assume": {"fee": "1%"}, "share": "30%"}, "y": PROGRAM}
    left = sg.portfolio(told, shares={"y": "50%"}).backtest(DATA, engine="interpreted", fee="2%", capital=1000)
    notes = "\n".join(left.notes)
    assert "fee of x: as given" in notes and "x has its share of the capital, 300.00, not the 7" in notes
    assert "200.00 of the capital are no strategy's" in notes
    assert left.strategies["x"].stats["capital"] == 300.0 and left.stats["capital"] == 1000.0
    equal = sg.portfolio({"x": PROGRAM, "y": PROGRAM}).backtest(DATA, engine="interpreted")
    assert "an equal share" in "\n".join(equal.notes)


def test_limits_that_are_given_for_all_stand_beside_those_of_a_strategy() -> None:
    """Of 1,000 at 100: `a` may hold 40 % though 80 % are given, `b` 80 % though it says 90 %; both may lose no more."""
    program = sg.compile("enter long when close > open\n  size 100%\n")
    data = {"ts": ["2024-01-01", "2024-01-02", "2024-01-03", "2024-01-04"], "open": [99.0, 100.0, 100.0, 49.0],
            "high": [100.0, 100.0, 100.0, 50.0], "low": [99.0, 100.0, 50.0, 49.0], "close": [100.0, 100.0, 50.0, 50.0]}
    strategies = {
        "a": {"program": program, "assume": {"guards": ["exposure 40%", "drawdown 10% then halt"]}},
        "b": {"program": program, "assume": {"guards": "exposure 90%; drawdown 45% then halt"}},
    }
    left = sg.portfolio(strategies, capital=2000).backtest(
        data, guards=["exposure 80%", "drawdown 30% then halt"], engine="interpreted"
    )
    entered = [row for row in left.orders.to_pylist() if row["kind"] == "enter"]
    assert [(row["strategy"], row["got"], row["reason"]) for row in entered[:2]] == [
        ("a", 4.0, "exposure"), ("b", 8.0, "exposure")
    ]  # fmt: skip
    halts = [row["strategy"] for row in left.orders.to_pylist() if row["kind"] == "guard"]
    assert halts == ["a", "b"], "20 % and 40 % were lost: 10 % hold of the one, 30 % of the other"
    assert not any("as given" in note for note in left.notes)
    none = sg.portfolio(strategies, limits={"exposure": "10%"}).backtest(data, engine="interpreted")
    assert "the limit exposure 10% denied 4 orders of a, b, at 2 events" in none.notes
    with pytest.raises(sg.RunError, match="did you mean exposure"):
        sg.portfolio(strategies).backtest(data, guards=["exposur 5%"], engine="interpreted")


def test_shares_are_exact() -> None:
    shares = all_shares({"a": "10%", "b": "20%", "c": "70%"})
    assert capitals(list(shares.values()), 100_000.0) == ([10_000.0, 20_000.0, 70_000.0], 0.0)
    assert capitals(list(all_shares(dict.fromkeys("abc")).values()), 100.0)[1] == 0.0


def test_limits_say_themselves() -> None:
    for text in ("drawdown 15% then flatten", "exposure 120%", "positions 3 then halt", "daily_loss 0.5% then halt"):
        measure, given = text.split(" ", 1)
        assert str(read_limit(measure, given)) == text
    assert read_limit("exposure", "0%").level == 0.0 and str(read_limit("exposure", "5% then deny")) == "exposure 5%"


def test_numbers_of_numpy_are_numbers() -> None:
    assert str(read_limit("positions", np.int64(3))) == "positions 3"
    assert read_share(np.float64(0.25)) == Fraction(1, 4) == read_share(0.25)
    with pytest.raises(ValueError, match="share: expected"):
        read_share(np.bool_(True))

"""Many trades explained at once: held against `why` of each trade alone, and its bounds."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import stratagem as sg
from stratagem.runtime.results.result import Result
from stratagem.runtime.why import many
from stratagem.runtime.why.answer import BarAnswer
from stratagem.runtime.why.many import Explained, Told, explained

from .made import history, run

STRATEGIES = Path(__file__).resolve().parents[3] / "strategies"
TEXT = """
let fast = sma(close, 5)
let calm = sma(close, 20)
enter long when cross_above(fast, calm) and close > 5 stop 2 * atr(14)
exit long when cross_below(fast, calm) or hour > 22
"""


@pytest.fixture(scope="module")
def result() -> Result:
    return run(TEXT, "sample:IBM")


def values_of(told: Told, row: int) -> dict[str, tuple[Any, Any]]:
    """Of each line its value and that of the bar before."""
    def at(column: int) -> float | None:
        return None if column < 0 else float(told.columns[column][row])

    return {part.text: (at(part.value), at(part.before)) for part in told.parts}


def answered(bar: BarAnswer) -> dict[str, tuple[Any, Any]]:
    """The same of `why`, by what a part is and what it is called."""
    (statement,) = bar.statements
    trees = [("", statement.condition), *((c.word, c.part) for c in statement.clauses)]
    found = {}
    for word, tree in trees:
        for at, part in enumerate(tree.all()):
            value = part.value if part.holds is None else float(part.holds)
            before = None if part.before is None else float(part.before)
            name = f"{part.name} = {part.text}" if part.name and part.name != part.text else part.text
            found[f"{word} {name}".strip() if at == 0 else name] = (value, before)
    return found


def test_each_trade_has_the_values_that_why_tells_of_it(result: Result) -> None:
    found = explained(result.output)
    trades = len(result.output.trades)
    assert found.count == trades > 30 and found.missing == ""
    for trade in (1, 2, trades // 2, trades):
        answer = result.why(trade=trade).trade
        assert answer is not None
        for bar, (statement, row) in ((answer.entered, found.entered[trade - 1]), (answer.left, found.left[trade - 1])):
            if bar is None or not bar.statements:
                assert statement == -1
                continue
            told, expected = found.statements[statement], answered(bar)
            assert told.line == bar.statements[0].line
            compared = {name: pair for name, pair in values_of(told, row).items() if name in expected}
            assert len(compared) >= 3
            for name, pair in compared.items():
                assert pair == expected[name], name


def test_a_trade_that_a_level_closed_has_no_condition_of_its_exit(result: Result) -> None:
    found, reasons = explained(result.output), result.trades["exit_reason"].to_pylist()
    assert {"stop", "signal"} <= set(reasons)
    for reason, (statement, _) in zip(reasons, found.left, strict=True):
        assert (statement >= 0) == (reason == "signal")
        assert statement < 0 or found.statements[statement].label == "exit long"


def test_sides_of_a_comparison_are_told_and_bare_ones_have_no_line(result: Result) -> None:
    enter = explained(result.output).statements[0]
    compared = next(part for part in enter.parts if part.operator == ">")
    assert compared.sides is not None and compared.text == "close > 5"
    closes = enter.columns[compared.sides[0]]
    assert closes.min() > 5.0 and set(enter.columns[compared.sides[1]]) == {5.0}
    assert "close" not in [part.text for part in enter.parts]


def test_a_reversal_is_left_by_the_entry_of_the_other_side() -> None:
    both = run("enter long when close > close[1]\nenter short when close < close[1]", history([1, 2, 1, 2, 1, 2, 2]))
    found = explained(both.output)
    assert [found.statements[at].label for at, _ in found.left[:-1]] == ["enter short", "enter long"] * 2
    assert found.left[-1] == (-1, -1), "the end of the data closed the last"


# --- bounds ------------------------------------------------------------------------------------------


def test_only_the_last_trades_are_explained_where_there_are_more(result: Result) -> None:
    every, last = explained(result.output), explained(result.output, most=7)
    assert last.count == 7 and len(last.entered) == 7
    for (a, i), (b, j) in zip(every.entered[-7:], last.entered, strict=True):
        assert values_of(every.statements[a], i) == values_of(last.statements[b], j)


def test_fewer_trades_where_statements_have_many_parts(result: Result, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(many, "CELLS", 200)
    found = explained(result.output)
    assert 0 < found.count < len(result.output.trades)
    assert sum(values.size for told in found.statements for values in told.columns.values()) <= 2 * 200


def test_more_work_than_a_page_is_worth_is_told(result: Result, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(many, "WORK", 1000)
    found = explained(result.output)
    assert found.count == 0 and "are more than are computed for a page: `strat why --trade N`" in found.missing


def test_a_run_without_trades_and_one_that_was_made_elsewhere_say_so(result: Result) -> None:
    idle = run("enter long when close > 999", history([1, 2]))
    assert explained(idle.output) == Explained(missing="the run has no trades")
    assert "there is no program to ask" in explained(replace(result.output, again=None)).missing


def test_data_that_were_changed_since_are_told() -> None:
    data = history([1, 2, 3, 4, 5])
    result = run("enter long when close > 2", data)
    data["close"][1] = 9.0
    assert "changed" in explained(result.output).missing


@pytest.mark.parametrize("name", ["golden_cross", "turtle_breakout", "rsi2_reversion"])
def test_shipped_strategies_are_explained(name: str) -> None:
    result = sg.compile(STRATEGIES / f"{name}.strat").backtest("sample:AAPL")
    found = explained(result.output)
    assert found.count == len(result.output.trades)
    for statement, row in found.entered:
        whole = found.statements[statement]
        assert whole.columns[whole.parts[0].value][row] == 1.0, "what was entered held"
    assert all(np.isfinite(whole.columns[whole.parts[0].value]).all() for whole in found.statements)

"""What the notes of a sweep say of its best row, in Python as on the command line."""

from __future__ import annotations

import json
from typing import Any

import pyarrow as pa
import stratagem
from stratagem.runtime.sweep.ranking import ranking_notes


def told(metric: str, returns: list[float | None], trades: list[int]) -> list[str]:
    columns: dict[str, Any] = {metric: pa.array(returns, pa.float64()), "trades": trades}
    return list(ranking_notes(pa.table(columns), metric, ("n",)))


def test_it_is_of_the_best_row_wherever_it_stands() -> None:
    (note,) = told("return", [0.1, 0.5, 0.3], [100, 3, 100])
    assert note.startswith("the best set made 3 trades: with fewer than 30 a result says little")
    assert "`trades>=30` (--where, where=)" in note
    assert not told("return", [0.1, 0.2, 0.3], [3, 3, 30])


def test_the_best_of_what_should_be_small_is_the_smallest() -> None:
    assert "made 1 trade:" in told("max_drawdown", [0.1, 0.5, 0.3], [1, 100, 100])[0]


def test_of_equal_ones_the_first_is_the_best_and_a_missing_one_never_is() -> None:
    assert not told("return", [0.5, None, 0.5], [30, 1, 1])
    assert "made 2 trades" in told("return", [None, None], [2, 100])[0]


def test_a_parameter_may_have_the_name_of_a_statistic() -> None:
    swept = pa.table({"trades": [100, 100], "return": [0.1, 0.2], "result_trades": [5, 7]})
    assert "made 7 trades" in next(ranking_notes(swept, "return", ("trades",)))


def test_the_best_of_many_sharpe_ratios_is_told_with_what_luck_alone_brings() -> None:
    """0 and 1 deviate by 1/2; of two, the best to be expected is 1/2 × 0.5772 × Φ⁻¹(1 − 1 / 2e) = 0.26."""
    (note,) = told("sharpe", [0.0, 1.0, None], [50, 50, 50])
    assert "the best of 2 Sharpe ratios is 1.00" in note and "about 0.26" in note
    assert not told("sharpe", [1.0], [50]) and not told("sortino", [0.0, 1.0], [50, 50])
    some = pa.table({"sharpe": [0.0, 1.0], "trades": [50, 50]}).replace_schema_metadata({"left_out": "1"})
    assert not list(ranking_notes(some, "sharpe", ("n",)))


def test_without_a_row_nothing_is_ranked() -> None:
    assert told("return", [], []) == ["no row is left to be ranked"]


def test_python_is_told_in_the_metadata_of_the_table() -> None:
    program = stratagem.compile("param n = 5 in 2 to 300\nenter long when cross_above(close, sma(close, n))\nexit long "
                                "when close < sma(close, n)")  # fmt: skip
    few, many, none = (
        json.loads(program.sweep("sample:AAPL", {"n": [n]}, where=where).schema.metadata[b"notes"])
        for n, where in ((300, ()), (5, ()), (5, "trades > 1e9"))
    )
    assert few[0].startswith("the best set made ") and none[0] == "no row is left to be ranked"
    assert many == few[1:] == none[1:]

"""What a sweep takes and gives: grids, what is skipped, what is shared, errors that teach."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
import stratagem
from stratagem.lang.program.timeframe import timeframe
from stratagem.runtime.errors import UsageFault
from stratagem.runtime.sweep import best_first
from stratagem.runtime.sweep import sweep as public
from stratagem.runtime.sweep.split import split

from ...enginekit import make_bars
from .strategies import CASES, CROSS

BARS = make_bars(2, 400)


def swept(grid: dict[str, Any], **options: Any) -> pa.Table:
    return stratagem.compile(CROSS).sweep(BARS, grid, **options)


def told(table: pa.Table) -> dict[str, str]:
    return {name.decode(): value.decode() for name, value in table.schema.metadata.items()}


def test_rows_follow_the_grid_and_skipped_ones_are_counted() -> None:
    table = swept({"fast": (9, 3), "slow": (5, 20)})
    assert list(zip(table["fast"].to_pylist(), table["slow"].to_pylist(), strict=True)) == [(9, 20), (3, 5), (3, 20)]
    assert told(table)["combinations"] == "3"
    assert told(table)["skipped"] == "1"
    assert table.schema.field("fast").type == pa.int64()
    assert table.column_names == ["fast", "slow", "final_equity", "return", "max_drawdown", "trades"]


def test_best_first_puts_what_is_missing_last() -> None:
    table = swept({"fast": (2, 3, 5), "slow": (150, 20, 9)}, metric="profit_factor")
    values = best_first(table, "profit_factor")["profit_factor"].to_pylist()
    known = [value for value in values if value is not None]
    assert known == sorted(known, reverse=True)
    assert None not in values[: len(known)]
    drawdowns = best_first(swept({"fast": (2, 3), "slow": (9, 20)}, metric="max_drawdown"), "max_drawdown")
    assert drawdowns["max_drawdown"].to_pylist() == sorted(drawdowns["max_drawdown"].to_pylist())


def test_a_parameter_may_be_called_like_a_statistic() -> None:
    program = stratagem.compile("param payoff = 5 in 2 to 9\nenter long when close > sma(close, payoff)")
    table = program.sweep(BARS, {"payoff": (3, 4)}, metric="payoff")
    assert table.column_names == ["payoff", "final_equity", "return", "max_drawdown", "trades", "result_payoff"]


@pytest.mark.parametrize("metric", ["omega", "drawdowns", "worst_mae"])
def test_every_metric_can_be_swept(metric: str) -> None:
    table = swept({"fast": (3, 4), "slow": (9, 30)}, metric=metric, where=f"{metric} > -100%")
    program = stratagem.compile(CROSS)
    rows = zip(table["fast"].to_pylist(), table["slow"].to_pylist(), table[metric].to_pylist(), strict=True)
    for fast, slow, value in rows:
        assert value == program.backtest(BARS, {"fast": fast, "slow": slow}).metrics()[metric]
    assert table.num_rows == 4


def test_parameters_that_stay() -> None:
    table = swept({"fast": (3, 4)}, params={"slow": 30})
    result = stratagem.compile(CROSS).backtest(BARS, {"fast": 4, "slow": 30})
    assert table["final_equity"].to_pylist()[1] == result.stats["final_equity"]


@pytest.mark.parametrize("metric", ["return", "sharpe"])
def test_progress_ends_with_all_done(metric: str) -> None:
    calls: list[tuple[int, int]] = []
    swept({"fast": (3, 4), "slow": (9, 30)}, metric=metric, progress=lambda done, of: calls.append((done, of)))
    assert calls
    assert calls[-1][0] == calls[-1][1]


@pytest.mark.parametrize(("grid", "options", "says"), [
    ({}, {}, "needs a grid"),
    ({"fat": (1,)}, {}, "did you mean `fast`"),
    ({"fast": ()}, {}, "no values"),
    ({"fast": 5}, {}, "a list of values"),
    ({"fast": "5"}, {}, "a list of values"),
    ({"fast": (3, 3)}, {}, "twice"),
    ({"fast": (3, 1000)}, {}, "takes 2 to 50"),
    ({"fast": (2.5,)}, {}, "whole number"),
    ({"fast": (40,), "slow": (20, 30)}, {}, "none of the 2 combinations"),
    ({"fast": (3,)}, {"params": {"fast": 4}}, "keep one of the two"),
    ({"fast": (3,)}, {"metric": "sharp"}, "did you mean 'sharpe'"),
    ({"fast": (3,)}, {"engine": "fast"}, "native or interpreted"),
    ({"fast": (3,)}, {"threads": 0}, "1 or more"),
])  # fmt: skip
def test_errors_say_what_to_do(grid: dict[str, Any], options: dict[str, Any], says: str) -> None:
    with pytest.raises(UsageFault, match=says):
        public(stratagem.compile(CROSS), BARS, grid, **options)


def test_what_depends_on_some_parameters_is_shared() -> None:
    parts = split(stratagem.compile(CROSS).typed, ("fast", "slow"), {"fast": 9.0, "slow": 30.0})
    assert {shared.names: [op.name for op in shared.plan.ops if op.kind == "step"] for shared in parts.shared} == {
        ("fast",): ["sma"], ("slow",): ["sma"],
    }  # fmt: skip
    assert sorted(op.name for op in parts.trading.ops if op.kind == "step") == ["cross_above", "cross_below"]


def test_books_and_other_clocks_are_not_shared() -> None:
    text = CASES["cells, one that everybody shares and one that books feed"].text
    parts = split(stratagem.compile(text).typed, ("n", "limit"), {})
    assert [op.name for op in parts.trading.ops if op.kind == "cell"] == ["losses"]
    higher = split(stratagem.compile(CASES["a higher timeframe"].text).typed, ("n", "h"), {})
    assert [clock.timeframe for clock in higher.trading.clocks] == ["1h"]
    assert all(not shared.plan.clocks for shared in higher.shared)


def test_buffers_have_the_size_that_the_grid_needs() -> None:
    typed = stratagem.compile(CROSS).typed
    small, large = (split(typed, ("fast", "slow"), {"fast": 9.0, "slow": most}).shared[1] for most in (30.0, 200.0))
    assert small.plan.state.window < large.plan.state.window


def test_what_holds_for_every_run_is_told_as_a_backtest_tells_it() -> None:
    import json

    bars = replace(make_bars(3, 400), timeframe=timeframe("15m"))
    bars = replace(bars, ts=np.datetime64("2024-01-02T01:15", "us").astype("int64") + np.arange(400) * 900_000_000)
    text = "on AAPL\nparam n = 5 in 2 to 9\nenter long when close > sma(close, n) @ 4h\nexit long when close < open"
    program = stratagem.compile(text)
    announced: list[tuple[str, ...]] = []
    table = program.sweep(bars, {"n": [3, 5]}, announce=lambda told: announced.append(told.notes), fee=0.2)
    alone = program.backtest(bars, fee=0.2).notes
    assert announced == [tuple(json.loads(table.schema.metadata[b"notes"]))]
    assert [note for note in alone if note in announced[0]] == list(announced[0])
    for part in ("made for AAPL", "of every fill", "may be partial", "guard exposure 100%"):
        assert any(part in note for note in announced[0]), part

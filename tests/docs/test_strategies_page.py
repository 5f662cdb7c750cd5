"""The worked example of docs/strategies-together.md: its numbers come out of the portfolio, and out of arithmetic."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import stratagem as sg
from stratagem.runtime.results.result import Result

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "strategies-together.md").read_text(encoding="utf-8")


def block(kind: str, number: int = 0) -> str:
    return re.findall(rf"```{kind}\n(.*?)```", PAGE, re.DOTALL)[number]


@pytest.fixture(scope="module")
def program() -> sg.CompiledProgram:
    return sg.compile(block("strat"))


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> str:
    place = tmp_path_factory.mktemp("together") / "two.csv"
    place.write_text(block("csv"))
    return str(place)


def run(program: sg.CompiledProgram, data: str, engine: str = "interpreted", **limits: str) -> Result:
    both = {
        "a": {"program": program, "share": "60%", "symbol": "A"},
        "b": {"program": program, "share": "40%", "symbol": "B", "params": {"n": 3}},
    }
    return sg.portfolio(both, capital=1000, limits=limits).backtest(data, engine=engine)


def test_the_live_block_runs(capsys: pytest.CaptureFixture[str]) -> None:
    both = sg.portfolio({"trend": "strategies/golden_cross.strat", "pullbacks": "strategies/rsi2_reversion.strat"})
    scope = {"sg": sg, "both": both}
    exec(compile(block("python", 1), "page", "exec"), scope)
    assert scope["again"].equity == scope["live"].equity == 100_000.0  # type: ignore[attr-defined]


def column(number: int) -> list[float]:
    lines = PAGE[PAGE.index("| event | no limit") :].splitlines()[2:7]
    return [float(line.strip("|").split("|")[number]) for line in lines]


def test_the_table_is_what_the_portfolio_does(program: sg.CompiledProgram, data: str) -> None:
    limits: list[dict[str, str]] = [{}, {"drawdown": "10% then flatten"}, {"exposure": "60%"}, {"positions": "1"}]
    for number, limit in zip((1, 2, 3, 3), limits, strict=True):
        assert run(program, data, **limit).equity["equity"].to_pylist() == column(number)


def test_the_native_engine_does_the_same(program: sg.CompiledProgram, data: str) -> None:
    found = run(program, data, "native", drawdown="10% then flatten", exposure="1000%")
    assert found.equity["equity"].to_pylist() == column(2)


def test_the_table_is_what_arithmetic_says() -> None:
    assert [600 - 550 + 5 * close for close in (112, 90)] == [610, 500]
    assert 50 + 5 * 91 == 505 and 505 - 5 * 96 + 5 * 100 == 525
    assert [400 - 312 + 3 * close for close in (106, 108)] == [406, 412]
    assert column(1) == [1000, 610 + 400, 500 + 406, 505 + 412, 525 + 412]
    assert 906 <= 1010 * 0.9 and column(2) == [1000, 1010, 906, 505 + 88 + 3 * 106, 911]
    assert (560 + 312) / 1010 > 0.6 > 318 / 900 and (475 + 324) / 911 > 0.6
    assert column(3) == [1000, 1010, 500 + 400, 505 + 400 - 318 + 324, 911]


def test_what_the_limits_did_is_told(program: sg.CompiledProgram, data: str) -> None:
    left = run(program, data, drawdown="10% then flatten")
    assert [(str(row["ts"])[:10], row["limit"], row["what"], row["strategy"]) for row in left.limits.to_pylist()] == [
        ("2024-01-03", "drawdown", "flatten", None)
    ]
    assert left.limits["reading"].to_pylist() == pytest.approx([(1010 - 906) / 1010])
    assert any("drawdown 10% then flatten was reached at 2024-01-03" in note for note in left.notes)
    trades = left.trades.to_pylist()
    assert [(t["strategy"], t["symbol"], t["exit_price"], t["exit_reason"]) for t in trades] == [
        ("a", "A", 91.0, "guard"), ("b", "B", 106.0, "guard")
    ]  # fmt: skip
    denied = run(program, data, exposure="60%").limits.to_pylist()
    assert [(str(row["ts"])[:10], row["strategy"], row["orders"]) for row in denied] == [
        ("2024-01-02", "b", 1), ("2024-01-04", "a", 1), ("2024-01-05", "a", 1),
    ]  # fmt: skip
    assert denied[0]["reading"] == pytest.approx(872 / 1010)


def test_what_each_brought_adds_up(program: sg.CompiledProgram, data: str) -> None:
    left = run(program, data)
    assert left.by_strategy["pnl"].to_pylist() == [-75.0, 12.0] and left.stats["net_profit"] == -63.0
    assert left.by_strategy["other_pnl"].to_pylist() == [0.0, 0.0] and left.stats["unattributed_pnl"] == 0.0
    rows = left.attribution.to_pylist()
    assert [(row["strategy"], row["symbol"], row["pnl"]) for row in rows] == [("a", "A", -75.0), ("b", "B", 12.0)]
    assert left.stats["other_pnl"] == 0.0
    assert left.strategies["a"].equity["equity"].to_pylist() == [600.0, 610.0, 500.0, 505.0, 525.0]
    assert left.equity["equity of b"].to_pylist() == [400.0, 400.0, 406.0, 412.0, 412.0]
    assert left.orders["order"].to_pylist() == list(range(len(left.orders)))


def test_the_page_runs_from_python() -> None:
    space: dict[str, object] = {}
    exec(block("python"), space)  # as it stands
    result = space["result"]
    assert isinstance(result, Result) and list(result.strategies) == ["trend", "pullbacks"]


def test_columns_that_the_page_names_are_there(program: sg.CompiledProgram, data: str) -> None:
    left, told = run(program, data, exposure="60%"), PAGE[PAGE.index("## What it leaves") :]
    columns = [*left.by_strategy.column_names, *left.limits.column_names]
    assert not [name for name in columns if f"`{name}`" not in told]
    assert {f"equity of {name}" for name in left.strategies} <= set(left.equity.column_names)

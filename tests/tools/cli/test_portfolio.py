"""Several strategies on the command line: files side by side, and a portfolio in a file."""

from __future__ import annotations

from pathlib import Path

import pytest
import stratagem as sg

from .conftest import GOLDEN_CROSS, ROOT, Strat

EXAMPLE = str(ROOT / "examples" / "portfolio.yaml")
REVERSION = str(ROOT / "strategies" / "rsi2_reversion.strat")
DATA = ("--data", "sample:AAPL")


def test_the_example_runs_and_writes_everything(strat: Strat, tmp_path: Path) -> None:
    done = strat("backtest", "--portfolio", EXAMPLE, *DATA, "--out", str(tmp_path / "out"))
    assert done.code == 0 and "by strategy" in done.out and "Trend and pullbacks · 2 strategies" in done.out
    place = tmp_path / "out"
    top = {path.name for path in place.iterdir() if not path.name.startswith(".")}
    tables = {f"{name}.csv" for name in ("trades", "orders", "equity", "daily", "strategies", "limits")}
    assert top == {"result.json", "report.html", "strategies", *tables}
    assert {path.name for path in (place / "strategies").iterdir()} == {"trend", "pullbacks"}
    assert (place / "strategies" / "trend" / "report.html").is_file()
    head, *rows = (place / "trades.csv").read_text().splitlines()
    assert head.startswith("id,strategy,symbol,") and {row.split(",")[1] for row in rows} == {"trend", "pullbacks"}
    page = (place / "report.html").read_text()
    assert "id='strategies'" in page and "What the limits did" in page and "drawdown 50% then flatten" in page
    again = strat("backtest", GOLDEN_CROSS, REVERSION, *DATA, "--data-from", "2012", "--out", str(place), "--no-report")
    assert again.code == 0 and not (place / "report.html").exists()
    assert {path.name for path in (place / "strategies").iterdir()} == {"golden_cross", "rsi2_reversion"}


def test_json_says_what_each_brought(strat: Strat) -> None:
    told = strat("backtest", "--portfolio", EXAMPLE, *DATA, "--json").json
    assert [row["strategy"] for row in told["strategies"]] == ["trend", "pullbacks"]
    assert [row["share"] for row in told["strategies"]] == [0.6, 0.3]
    assert sum(row["pnl"] for row in told["strategies"]) + told["unattributed_pnl"] == pytest.approx(told["net_profit"])
    assert [(row["strategy"], row["symbol"]) for row in told["symbols"]] == [("trend", "AAPL"), ("pullbacks", "AAPL")]
    assert told["limits"][0] == {"limit": "drawdown 50% then flatten", "acted": 1, "denied": 0}
    assert told["params"]["trend.fast"] == 50 and told["capital"] == 100_000.0


def test_files_side_by_side_are_what_each_is_alone(strat: Strat) -> None:
    told = strat("backtest", GOLDEN_CROSS, REVERSION, *DATA, "--capital", "1000", "--json").json
    for row, path in zip(told["strategies"], (GOLDEN_CROSS, REVERSION), strict=True):
        alone = sg.compile(Path(path)).backtest("sample:AAPL", capital=500)
        assert (row["capital"], row["final_equity"]) == (500.0, alone.stats["final_equity"])
    assert any("equal share" in note for note in told["notes"])


def test_files_are_found_in_the_portfolio(strat: Strat, tmp_path: Path) -> None:
    place = tmp_path / "p.yaml"
    place.write_text("strategies:\n  golden_cross: {share: 70%}\n  other: {file: x/rsi2_reversion.strat}\n")
    told = strat("backtest", GOLDEN_CROSS, REVERSION, "--portfolio", str(place), *DATA, "--json").json
    assert [(row["strategy"], row["share"]) for row in told["strategies"]] == [("golden_cross", 0.7), ("other", 0.3)]


def test_what_does_not_fit_is_said(strat: Strat, tmp_path: Path) -> None:
    place = tmp_path / "p.yaml"
    place.write_text("strategies:\n  a: {file: none.strat}\n")
    strat("backtest", "--portfolio", str(place), *DATA).failed(2, "p.yaml, line 2", "none.strat")
    place.write_text("strategies:\n  a: {file: !x none.strat}\n")
    strat("backtest", "--portfolio", str(place), *DATA).failed(2, "p.yaml, line 2", "(`!x`)")
    strat("backtest", REVERSION, "--portfolio", EXAMPLE.replace("portfolio.yaml", "none.yaml"), *DATA).failed(3, "none")
    strat("backtest", str(ROOT / "strategies" / "pairs.strat"), "--portfolio", EXAMPLE, *DATA).failed(2, "pairs")
    strat("backtest", GOLDEN_CROSS, GOLDEN_CROSS, *DATA).failed(2, "two strategies are called golden_cross")
    strat("backtest", GOLDEN_CROSS, "-", *DATA).failed(2, "standard input")
    strat("backtest", GOLDEN_CROSS, REVERSION).failed(2, "--data")
    strat("backtest", *DATA).failed(2, "FILE")
    strat("backtest", GOLDEN_CROSS, REVERSION, *DATA, "--param", "fast=3").failed(2, "params")
    strat("backtest", "--portfolio", EXAMPLE).failed(2, "trend has no data")
    strat("backtest", "--portfolio", EXAMPLE, *DATA, "--from", "2040").failed(2, "trend: ", "no bar lies")


def test_a_portfolio_is_verified(strat: Strat, tmp_path: Path) -> None:
    done = strat("verify", "--portfolio", EXAMPLE, *DATA, "--data-from", "2008", "--json")
    assert done.code == 0 and done.json["equal"] and list(done.json["strategies"]) == ["trend", "pullbacks"]
    strat("verify", GOLDEN_CROSS, REVERSION).failed(2, "required: --data", "`strat verify --help`")
    strat("verify", "--portfolio", EXAMPLE, *DATA, "--param", "fast=3").failed(2, "params")

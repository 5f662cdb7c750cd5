"""`strat sweep`: what it prints and writes, and how it refuses."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from pyarrow import csv, parquet
from stratagem.tools.cli.console import UsageError
from stratagem.tools.cli.sweep_command import read_grid

from .conftest import Strat

GRID = ("--data", "sample:AAPL", "--grid", "fast=10:40:10", "--grid", "slow=50,100")


def test_best_first_and_what_was_skipped(strat: Strat, golden_cross: str) -> None:
    done = strat("sweep", golden_cross, *GRID[:4], "--grid", "slow=50,100", "--json", "--param", "fast=12")
    assert done.code == 2  # fast is in the grid as well
    document = strat("sweep", golden_cross, *GRID, "--json").json
    assert (document["combinations"], document["skipped"], document["metric"]) == (6, 0, "return")
    returns = [row["return"] for row in document["rows"]]
    assert returns == sorted(returns, reverse=True)
    single = strat("backtest", golden_cross, *GRID[:2], "--param", "fast=10", "--param", "slow=100", "--json").json
    row = next(row for row in document["rows"] if (row["fast"], row["slow"]) == (10, 100))
    assert {name: row[name] for name in ("final_equity", "return", "max_drawdown", "trades")} == {
        name: single[name] for name in ("final_equity", "return", "max_drawdown", "trades")
    }
    shown = strat("sweep", golden_cross, "--data", "sample:AAPL", "--grid", "fast=60,90", "--grid", "slow=80")
    assert "1 combination, 1 skipped" in shown.out
    assert shown.err == ""


@pytest.mark.parametrize("suffix", ["csv", "parquet", "json"])
def test_all_rows_on_disk(strat: Strat, golden_cross: str, tmp_path: Path, suffix: str) -> None:
    path = tmp_path / "folder" / f"rows.{suffix}"
    document = strat("sweep", golden_cross, *GRID, "--metric", "sharpe", "--out", str(path), "--json").json
    if suffix == "json":
        rows = json.loads(path.read_text())["rows"]
    else:
        rows = (parquet.read_table(path) if suffix == "parquet" else csv.read_csv(path)).to_pylist()
    assert rows == document["rows"]


def test_refusals(strat: Strat, golden_cross: str, program: Callable[[str], str]) -> None:
    data = ("--data", "sample:AAPL")
    strat("sweep", golden_cross, *data, "--grid", "fat=1").failed(2, "did you mean `fast`")
    strat("sweep", golden_cross, *data, "--grid", "fast=50", "--grid", "slow=50").failed(2, "fast < slow")
    strat("sweep", golden_cross, *GRID, "--metric", "sharp").failed(2, "did you mean 'sharpe'")
    strat("sweep", golden_cross, *GRID, "--out", "rows.txt").failed(2, ".csv, .json, .parquet")


@pytest.mark.parametrize(("given", "values"), [
    ("n=5:8:1", ["5", "6", "7"]),
    ("n=5:7", ["5", "6"]),
    ("n=0.1:0.4:0.1", ["0.1", "0.2", "0.3"]),
    ("n=1%:2%:0.5%", ["1%", "1.5%"]),
    ("n=3, 9 ,2%", ["3", "9", "2%"]),
])  # fmt: skip
def test_grids(given: str, values: list[str]) -> None:
    assert read_grid([given]) == {"n": values}


@pytest.mark.parametrize("given", [
    "n", "n=", "=3", "n=1:2:0", "n=1:2:-1", "n=a:b:c", "n=1:2:3:4", "n=5:5:1", "n=0:9:1e-9",
])  # fmt: skip
def test_wrong_grids(given: str) -> None:
    with pytest.raises(UsageError, match="--grid"):
        read_grid([given])


def test_a_name_twice() -> None:
    with pytest.raises(UsageError, match="twice"):
        read_grid(["n=1", "n=2"])
